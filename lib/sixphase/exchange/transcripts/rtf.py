"""Transcripts in Rich Text Format: a small reader of its groups, control words and characters.

What is in a destination that a reader does not see (fonts, styles, comments, notes, codes of fields, pictures) is passed
over; hidden words and tracked deletions are left out and counted.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from ..arrivals import Arrival, paragraphs_of, refused, tidied

TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.S)
UNSEEN = {"colortbl", "stylesheet", "info", "pict", "object", "objdata", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "fldinst",
          "xe", "tc", "listtable", "listoverridetable", "rsidtbl", "themedata", "generator", "revtbl", "filetbl", "pn", "pntext", "bkmkstart", "bkmkend", "nonshppict",
          "sp", "template", "private", "datastore", "atrfstart", "atrfend", "atnref", "do"}
COUNTED = {"annotation": "comments", "footnote": "notes", "atnid": "", "atnauthor": "", "atndate": "", "atntime": "", "atnicn": ""}
READ = {"shpinst", "shptxt", "shprslt", "fldrslt", "ud", "result", "pgdsctbl"} - {"pgdsctbl", "shprslt"}  # read although marked as one that may be passed over
SIGNS = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n", "cell": "\n", "nestcell": "\n", "nestrow": "\n", "tab": "\t", "emdash": "—",
         "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " "}
PAGES = {0: "", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
         186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437"}
DEEPEST = 500


@dataclass
class Group:
    """What holds inside one pair of braces."""

    seen: bool = True
    hidden: bool = False
    deleted: bool = False
    skip: int = 1  # bytes that follow a Unicode character for older readers
    page: str = ""
    kind: str = ""  # the destination, where it is one we keep an eye on


def read(path: Path, raw: bytes) -> list[Arrival]:
    """Read an RTF document as one interview."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise refused(path, "its name ends in .rtf, but it is no rich text (RTF)", do="give the file its right ending")
    words, left_out = _words(path, raw)
    text, notes, doubts = tidied(words)
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        raise refused(path, "no words found: the document is empty")
    notes = [f"{number:,} {what} not imported" for what, number in sorted(left_out.items())] + notes
    return [Arrival(path.stem, "rtf", raw, paragraphs, encoding="rtf", notes=notes, doubts=doubts)]


def _words(path: Path, raw: bytes) -> tuple[str, Counter]:
    groups, pieces, left_out, fonts = [Group()], [], Counter(), {}
    pending, skip, at, font, may_pass = bytearray(), 0, 0, 0, False
    ansi = "cp1252"

    def say(words: str) -> None:
        here = groups[-1]
        if here.seen and not here.hidden and not here.deleted:
            pieces.append(words)

    def flush() -> None:
        if pending:
            say(_decoded(bytes(pending), groups[-1].page or ansi))
            pending.clear()

    while at < len(raw):
        found = TOKEN.match(raw, at)
        if found is None:
            break  # a lone backslash at the end of a file that was cut off
        at = found.end()
        word, number, byte, sign, brace, plain = found.groups()
        if byte is not None or plain is not None:
            content = bytes.fromhex(byte.decode()) if byte is not None else plain
            dropped = min(skip, len(content))
            skip -= dropped
            pending += content[dropped:]
            continue
        flush()
        if brace == b"{":
            groups.append(replace(groups[-1], kind=""))
            may_pass, skip = False, 0
            if len(groups) > DEEPEST:
                raise refused(path, "nested too deeply to be a transcript")
        elif brace == b"}":
            skip = 0
            if len(groups) == 1:
                raise refused(path, "it is damaged: a brace closes what was never opened", do="open it in its own program and save it again")
            groups.pop()
        elif sign is not None:
            may_pass = may_pass or sign == b"*"
            say({b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}.get(sign, ""))
        elif word is not None:
            name, value = word.decode(), int(number) if number else None
            here = groups[-1]
            if name == "bin":
                at += max(0, value or 0)
            elif name == "u":
                say(_character(value or 0))
                skip = here.skip
            elif name == "uc":
                here.skip = min(max(0, value or 0), 9)
            elif name == "ansicpg":
                ansi = _known(f"cp{value}") or ansi
            elif name in ("mac", "pc"):
                ansi = "mac_roman" if name == "mac" else "cp437"
            elif name == "fonttbl":
                here.seen, here.kind = False, name
            elif name == "f":
                font = value or 0
                here.page = fonts.get(font, "") if here.seen else here.page
            elif name == "fcharset":
                fonts[font] = _known(PAGES.get(value or 0, ""))
            elif name in ("plain", "pard"):
                here.hidden = here.hidden and name == "pard"
            elif name == "v":
                here.hidden = value != 0
                left_out["hidden passages"] += here.hidden and here.seen
            elif name == "deleted":
                here.deleted = value != 0
                left_out["tracked deletions"] += here.deleted and here.seen
            elif name == "upr":
                here.seen = False
            elif name in COUNTED:
                left_out[COUNTED[name]] += here.seen and bool(COUNTED[name])
                here.seen = False
            elif name in READ:
                here.seen = here.seen or name == "ud"
            elif name in UNSEEN or may_pass:
                left_out["codes of fields"] += name == "fldinst" and here.seen
                here.seen = False
            else:
                say(SIGNS.get(name, ""))
            may_pass = False
    flush()
    if len(groups) > 1:
        raise refused(path, "it is damaged: cut off before its end", do="open it in its own program and save it again")
    return _joined("".join(pieces)), +left_out


def _decoded(content: bytes, page: str) -> str:
    return content.decode(page, errors="replace").replace("\ufffd", "[?]")


def _character(number: int) -> str:
    return chr(number + 65536 if number < 0 else number) if -65536 <= number <= 0x10FFFF else "[?]"


def _joined(text: str) -> str:
    """Pairs of half characters, as RTF writes what is beyond the first 65,536, made one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", errors="replace")


def _known(page: str) -> str:
    import codecs

    try:
        return codecs.lookup(page).name if page else ""
    except LookupError:
        return ""

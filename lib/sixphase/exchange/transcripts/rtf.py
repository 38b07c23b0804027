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
UNSEEN = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "objdata", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "fldinst",
          "xe", "tc", "listtable", "listoverridetable", "rsidtbl", "themedata", "generator", "revtbl", "filetbl", "pn", "pntext", "bkmkstart", "bkmkend", "nonshppict",
          "sp", "template", "private", "datastore", "atrfstart", "atrfend", "atnref", "do", "upr"}
COUNTED = {"annotation": "comments", "footnote": "notes", "atnid": "", "atnauthor": "", "atndate": "", "atntime": "", "atnicn": ""}
READ = {"shpinst", "shptxt", "fldrslt", "ud", "result"}  # read although marked as one that may be passed over
SIGNS = {"par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "row": "\n", "cell": "\n", "nestcell": "\n", "nestrow": "\n", "tab": "\t", "emdash": "—",
         "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " "}
PAGES = {0: "", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
         186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437"}
ESCAPED = {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}
DEEPEST = 500


@dataclass
class Group:
    """What holds inside one pair of braces."""

    seen: bool = True
    hidden: bool = False
    deleted: bool = False
    skip: int = 1  # bytes that follow a Unicode character for older readers
    page: str = ""


def read(path: Path, raw: bytes) -> list[Arrival]:
    """Read an RTF document as one interview."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise refused(path, "its name ends in .rtf, but it is no rich text (RTF)", do="give the file its right ending")
    words, left_out = _Words(path).read(raw)
    text, notes, doubts = tidied(words)
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        raise refused(path, "no words found: the document is empty")
    notes = [f"{number:,} {what} not imported" for what, number in sorted(left_out.items())] + notes
    return [Arrival(path.stem, "rtf", raw, paragraphs, encoding="rtf", notes=notes, doubts=doubts)]


class _Words:
    """Reads the words of a document token by token, and counts what is left out."""

    def __init__(self, path: Path):
        self.path = path
        self.groups, self.pieces, self.left_out = [Group()], [], Counter()
        self.pending, self.skip = bytearray(), 0  # bytes of a page of characters that are not decoded yet; how many more stand in for a Unicode character
        self.ansi, self.fonts, self.font = "cp1252", {}, 0
        self.may_pass = False  # what comes may be passed over by who does not know it

    def read(self, raw: bytes) -> tuple[str, Counter]:
        at = 0
        while at < len(raw) and (found := TOKEN.match(raw, at)):  # nothing matches a lone backslash at the end of a file that was cut off
            at = found.end()
            word, number, byte, sign, brace, plain = found.groups()
            if byte is not None or plain is not None:
                self._characters(bytes.fromhex(byte.decode()) if byte is not None else plain)
                continue
            self._flush()
            if brace is not None:
                self._brace(brace)
            elif sign is not None:
                self.may_pass = self.may_pass or sign == b"*"
                self._say(ESCAPED.get(sign, ""))
            elif word == b"bin":
                at, self.may_pass = at + max(0, int(number or 0)), False  # bytes of a picture
            elif word is not None:
                self._word(word.decode(), int(number) if number else None)
        self._flush()
        if len(self.groups) > 1:
            raise refused(self.path, "it is damaged: cut off before its end", do="open it in its own program and save it again")
        return _joined("".join(self.pieces)), +self.left_out

    def _say(self, words: str) -> None:
        here = self.groups[-1]
        if here.seen and not here.hidden and not here.deleted:
            self.pieces.append(words)

    def _characters(self, content: bytes) -> None:
        dropped = min(self.skip, len(content))
        self.skip -= dropped
        self.pending += content[dropped:]

    def _flush(self) -> None:
        if self.pending:
            self._say(_decoded(bytes(self.pending), self.groups[-1].page or self.ansi))
            self.pending.clear()

    def _brace(self, brace: bytes) -> None:
        self.skip = 0
        if brace == b"{":
            self.groups.append(replace(self.groups[-1]))
            self.may_pass = False
            if len(self.groups) > DEEPEST:
                raise refused(self.path, "nested too deeply to be a transcript")
        elif len(self.groups) == 1:
            raise refused(self.path, "it is damaged: a brace closes what was never opened", do="open it in its own program and save it again")
        else:
            self.groups.pop()

    def _word(self, name: str, value: int | None) -> None:
        """A control word: about characters, about what is hidden, a destination, or a sign."""
        if not (self._of_characters(name, value) or self._of_hiding(name, value)):
            self._destination(name)
        self.may_pass = False

    def _of_characters(self, name: str, value: int | None) -> bool:
        here = self.groups[-1]
        if name == "u":
            self._say(_character(value or 0))
            self.skip = here.skip
        elif name == "uc":
            here.skip = min(max(0, value or 0), 9)
        elif name == "ansicpg":
            self.ansi = _known(f"cp{value}") or self.ansi
        elif name in ("mac", "pc"):
            self.ansi = "mac_roman" if name == "mac" else "cp437"
        elif name == "f":
            self.font = value or 0
            here.page = self.fonts.get(self.font, "") if here.seen else here.page
        elif name == "fcharset":
            self.fonts[self.font] = _known(PAGES.get(value or 0, ""))
        return name in ("u", "uc", "ansicpg", "mac", "pc", "f", "fcharset")

    def _of_hiding(self, name: str, value: int | None) -> bool:
        here = self.groups[-1]
        if name in ("plain", "pard"):
            here.hidden = here.hidden and name == "pard"
        elif name == "v":
            here.hidden = value != 0
            self.left_out["hidden passages"] += here.hidden and here.seen
        elif name == "deleted":
            here.deleted = value != 0
            self.left_out["tracked deletions"] += here.deleted and here.seen
        return name in ("plain", "pard", "v", "deleted")

    def _destination(self, name: str) -> None:
        here = self.groups[-1]
        if name in COUNTED:
            self.left_out[COUNTED[name]] += here.seen and bool(COUNTED[name])
            here.seen = False
        elif name in READ:
            here.seen = here.seen or name == "ud"
        elif name in UNSEEN or self.may_pass:
            self.left_out["codes of fields"] += name == "fldinst" and here.seen
            here.seen = False
        else:
            self._say(SIGNS.get(name, ""))


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

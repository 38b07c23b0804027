"""What a reader makes of a file: interviews that have arrived, but are not in a study yet."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from ..problems import Problem, StudyError, shown

ODD_ASCII = re.compile("[\0-\b\v-\x1f\x7f]")
ODD = re.compile("[\0-\b\v-\x1f\x7f\x85\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ud800-\udfff\ufeff]")
NO_TEXT = {b"PK\x03\x04": "a zip file (a document of Word or Excel?)", b"%PDF": "a PDF", b"{\\rtf": "rich text (RTF)", b"\xd0\xcf\x11\xe0": "an old document of Word or Excel"}

@dataclass
class Arrival:
    """One interview of a file.

    Attributes
    ----------
    name : str
        What the file calls it.
    paragraphs : list of str
        Its text, if speakers are still to be found in it.
    turns : list of (label, words)
        Its turns, if the file itself says who speaks.
    times : list of (begins, ends)
        Seconds from the start of the recording, one pair a paragraph or a turn; empty when the file tells none.
    counts : list of int
        Words of its paragraphs, labels included, or of its turns, labels not; empty when they are still to be counted.
    attributes : dict
        What a survey says of the person who answered.
    format, encoding : str
        How it was read.
    raw : bytes
        The file as it arrived.
    notes : list of str
        What was normalised or left out: kept with the import.
    doubts : list of str
        What a person should look at before accepting.
    """

    name: str
    format: str
    raw: bytes = field(repr=False)
    paragraphs: list[str] = field(default_factory=list, repr=False)
    turns: list[tuple[str, str]] = field(default_factory=list, repr=False)
    times: list[tuple[float | None, float | None]] = field(default_factory=list, repr=False)
    counts: list[int] = field(default_factory=list, repr=False)
    attributes: dict[str, str] = field(default_factory=dict, repr=False)
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    spoken_at: list[tuple[float | None, float | None]] = field(default_factory=list, repr=False)  # of its turns, once they are cut
    spoken: list[int] = field(default_factory=list, repr=False)  # words of its turns, once they are cut


def refused(path: Path, what: str, *, expected: str = "", found: str = "", do: str = "") -> StudyError:
    """The error that refuses a file; nothing was imported."""
    return StudyError([Problem(str(path), None, what, expected, found, do)], "what was to be imported; nothing was changed")


def decoded(path: Path, raw: bytes, encoding: str | None) -> tuple[str, str]:
    """Read bytes as text: by the encoding a person named, by a byte-order mark, or as UTF-8. Never by a guess.

    Returns
    -------
    (text, encoding)

    Raises
    ------
    StudyError
        The bytes do not fit. The error proposes an encoding and shows the words that decide it.
    """
    marks = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
    kind = next((kind for start, kind in NO_TEXT.items() if raw.startswith(start)), "")
    if kind:
        raise refused(path, f"its name ends in {path.suffix}, but it is {kind}", do="save it as plain text (UTF-8), or give the file its right ending")
    used = encoding or next((name for mark, name in marks if raw.startswith(mark)), "utf-8")
    if used == "utf-8" and encoding is None and raw.count(0) > len(raw) / 4:  # reads as UTF-8, but half of each character would be lost
        likely = _proposal(raw)
        raise refused(path, "every other byte is NUL, so it is not UTF-8", do=f"most likely it is {likely}: say --encoding {likely}")
    try:
        return raw.decode(used), used
    except LookupError:
        raise refused(path, f"no encoding is called {shown(used)}", do="for example: utf-8, cp1252, utf-16, mac_roman") from None
    except UnicodeDecodeError as error:
        line = raw[:error.start].count(b"\n") + 1
        likely = _proposal(raw)
        words = " ".join(re.findall(r"\S*[^\x00-\x7f]\S*", raw.decode(likely, errors="replace"))[:6])
        raise refused(path, f"line {line} is not {used.upper()}", found=f"read as {likely} its special words would be: {words}",
                      do=f"if these words are right, say --encoding {likely}; if not, try another") from None


def _proposal(raw: bytes) -> str:
    if raw.count(0) > len(raw) / 4:
        return "utf-16-le" if raw[1::2].count(0) > raw[::2].count(0) else "utf-16-be"
    from charset_normalizer import from_bytes  # slow to import, and seldom needed

    likely = list(from_bytes(raw))[:3]  # of a few words, several fit equally well
    if not likely or {"cp1252", "latin_1"} & {match.encoding for match in likely} or str(likely[0]) == raw.decode("cp1252", errors="replace"):
        return "cp1252"
    return likely[0].encoding


def paragraphs_of(text: str) -> list[str]:
    """The lines of tidied text that hold something, with single spaces."""
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def tidied(text: str) -> tuple[str, list[str], list[str]]:
    """Bring text into canonical form: NFC, line feeds, no control characters.

    Returns
    -------
    (text, notes, doubts)
        What was changed, counted; and what hides in the text and was left there.
    """
    notes, doubts = [], []
    if not (ODD_ASCII if text.isascii() else ODD).search(text) and unicodedata.is_normalized("NFC", text):
        return text, notes, doubts
    text = text.removeprefix("\ufeff")
    ends = text.count("\r\n") + len(re.findall(r"\r(?!\n)|[\u2028\u2029\x85\v\f]", text))
    if ends:
        notes.append(f"{ends:,} line ends written as LF")
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\v\f]", "\n", text)
    controls = re.findall(r"[\x00-\x08\x0e-\x1f\x7f]", text)
    if controls:
        notes.append(f"{len(controls):,} control characters taken out")
        text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f]", "", text)
    if not unicodedata.is_normalized("NFC", text):
        notes.append("letters joined with their accents (Unicode NFC)")
        text = unicodedata.normalize("NFC", text)
    half = len(re.findall("[\ud800-\udfff]", text))
    if half:
        doubts.append(f"{half:,} half characters (lone surrogates) could not be read and were taken out")
        text = re.sub("[\ud800-\udfff]", "", text)
    hidden = re.findall("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", text)
    if hidden:
        doubts.append(f"{len(hidden):,} invisible characters (soft hyphens, zero-width, direction marks) are in the text and were left there")
    return text, notes, doubts

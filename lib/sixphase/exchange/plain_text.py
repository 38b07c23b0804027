"""Plain-text transcripts: a turn begins with its speaker's label and a colon."""

import re
from pathlib import Path

from .arrivals import Arrival, decoded, refused, tidied


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read a text file as one interview."""
    if raw[:4] in (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0") or raw.startswith(b"{\\rtf"):
        kind = {b"PK": "a zip file (a Word document?)", b"%P": "a PDF", b"{\\": "rich text (RTF)"}.get(raw[:2], "an old Word document")
        raise refused(path, f"its name ends in .txt, but it is {kind}", do="save it as plain text, or give the file its right ending")
    text, used = decoded(path, raw, encoding)
    text, notes, doubts = tidied(text)
    paragraphs = [line.strip() for line in re.sub(r"[ \t]+", " ", text).split("\n") if line.strip()]
    if not paragraphs:
        raise refused(path, "no words found: the file is empty")
    return [Arrival(path.stem, "text", raw, paragraphs, encoding=used, notes=notes, doubts=doubts)]

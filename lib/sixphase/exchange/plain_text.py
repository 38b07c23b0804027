"""Plain-text transcripts: a turn begins with its speaker's label and a colon."""

import re
from pathlib import Path

from .arrivals import Arrival, decoded, refused, tidied


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read a text file as one interview."""
    text, used = decoded(path, raw, encoding)
    text, notes, doubts = tidied(text)
    paragraphs = [line.strip() for line in re.sub(r"[ \t]+", " ", text).split("\n") if line.strip()]
    if not paragraphs:
        raise refused(path, "no words found: the file is empty")
    return [Arrival(path.stem, "text", raw, paragraphs, encoding=used, notes=notes, doubts=doubts)]

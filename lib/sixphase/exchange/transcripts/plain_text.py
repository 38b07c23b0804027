"""Plain-text transcripts: a turn begins with its speaker's label and a colon, or, as Otter writes it, with a line of name and time; and the chat of a Zoom meeting."""

import re
from pathlib import Path

from ..arrivals import Arrival, decoded, paragraphs_of, refused, tidied
from .clock import otter_headings, seconds

CHAT = re.compile(r"(\d{1,2}:\d{2}:\d{2})\t(?:From )?([^\t:]{1,80}?)(?: to .{1,40})? ?:\t?")


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read a text file as one interview."""
    text, used = decoded(path, raw, encoding)
    text, notes, doubts = tidied(text)
    chat = [CHAT.match(line) for line in text.split("\n") if line.strip()]
    if chat and all(chat):
        said = [line for line in text.split("\n") if line.strip()]
        return [Arrival(path.stem, "chat", raw, turns=[(m[2].strip(), " ".join(line[m.end():].split())) for m, line in zip(chat, said, strict=True)],
                        times=[(seconds(m[1]), None) for m in chat], encoding=used, notes=[*notes, f"times of {len(chat)} messages kept"], doubts=doubts)]
    paragraphs = paragraphs_of("\n".join(otter_headings(text.split("\n"))))
    if not paragraphs:
        raise refused(path, "no words found: the file is empty")
    if re.search(r"^(<{7}|>{7}) ", text, re.M):
        raise refused(path, "it holds the marks of an unfinished merge", do="settle the merge first")
    return [Arrival(path.stem, "text", raw, paragraphs, encoding=used, notes=notes, doubts=doubts)]

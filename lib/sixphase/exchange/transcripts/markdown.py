"""Transcripts in Markdown: read as the page that it makes."""

import re
from pathlib import Path

from ..arrivals import Arrival, decoded, refused, tidied
from .web_page import paragraphs

FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.S)


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read a Markdown file as one interview. What looks like HTML in it is somebody's words, as in `<inaudible>`."""
    from markdown_it import MarkdownIt

    text, used = decoded(path, raw, encoding)
    text, notes, doubts = tidied(text)
    without = FRONT_MATTER.sub("", text)
    notes += ["the lines between --- at its top left out"] if without != text else []
    without, comments = re.subn(r"<!--.*?-->", "", without, flags=re.S)
    notes += [f"{comments:,} comments not imported"] if comments else []
    found, more = paragraphs(path, MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(without))
    if not found:
        raise refused(path, "no words found: the file is empty")
    return [Arrival(path.stem, "markdown", raw, found, encoding=used, notes=[*notes, *more], doubts=doubts)]

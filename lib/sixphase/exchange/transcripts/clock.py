"""Timestamps of transcripts: taken out of the words, kept as seconds.

A timestamp is taken where it stands at the head of a paragraph (`[00:01:02] INT: …`, `INT [00:01:02]: …`), alone on a line,
or beside a name that is alone on a line, as Otter writes it. In the middle of a sentence it is somebody's words.
"""

import re

from ..arrivals import Arrival

TIME = r"(?:(?:\d{1,3}:)?[0-5]?\d:[0-5]\d(?:[.,]\d{1,3})?)"
STAMP = rf"(?:\[{TIME}\]|\({TIME}\)|<{TIME}>|#{TIME}(?:-\d)?#|{TIME})"
ALONE = re.compile(rf"({STAMP})(?: ?(?:-->|[-–—]) ?({STAMP}))?")
HEAD = re.compile(rf"({STAMP})[ \t]+(?=\S)")
LABELLED = re.compile(rf"([^\W\d_][^:\[\]()<>#]{{0,40}}?|\[?\w{{1,12}}\]?) ?({STAMP}) ?:(?=\s|$)")
OTTER = re.compile(rf"([^\W\d_][^:\[\]()]{{0,40}}?)(?:  +|\t+| ?\()({TIME})\)? *$")

TIMED = re.compile(r"\d:[0-5]\d")


def seconds(stamp: str) -> float:
    """The seconds a timestamp means.

    Examples
    --------
    >>> seconds("[01:02:03.5]"), seconds("2:05")
    (3723.5, 125.0)
    """
    whole = 0.0
    for part in re.sub(r"-\d#?$", "", stamp).strip("[]()<>#").replace(",", ".").split(":"):
        whole = whole * 60 + float(part)
    return whole


def take_times(arrival: Arrival) -> None:
    """Move the timestamps of an arrival's paragraphs from its words to its `times`."""
    if not arrival.paragraphs or arrival.times:
        return
    kept: list[str] = []
    times: list[tuple[float | None, float | None]] = []
    waiting: tuple[float | None, float | None] = (None, None)
    taken = 0
    for paragraph in arrival.paragraphs:
        words, begins, ends = _split(paragraph)
        taken += begins is not None
        if not words:
            waiting = (begins, ends)
            continue
        kept.append(words)
        times.append((begins, ends) if begins is not None else waiting)
        waiting = (None, None)
    if taken:
        arrival.paragraphs, arrival.times = kept, times
        arrival.notes.append(f"{taken:,} timestamps moved out of the text")


def _split(paragraph: str) -> tuple[str, float | None, float | None]:
    """A paragraph without its timestamp, and when it begins and ends."""
    if not TIMED.search(paragraph, 0, 80):
        return paragraph, None, None
    alone = ALONE.fullmatch(paragraph)
    if alone:
        return "", seconds(alone[1]), seconds(alone[2]) if alone[2] else None
    labelled = LABELLED.match(paragraph)
    if labelled:
        return f"{labelled[1].strip()}:{paragraph[labelled.end():]}", seconds(labelled[2]), None
    head = HEAD.match(paragraph)
    if head and (head[1][0] in "[(<#" or re.match(r"[^\W\d_][^:]{0,40}:(\s|$)", paragraph[head.end():])):
        return paragraph[head.end():], seconds(head[1]), None
    return paragraph, None, None


def otter_headings(lines: list[str]) -> list[str]:
    """Lines of a text in which a name and a time stand alone above each turn, as Otter writes it, with the name as a label."""
    headings = [OTTER.fullmatch(line.rstrip()) for line in lines]
    if sum(map(bool, headings)) < 2:
        return lines
    joined: list[str] = []
    waiting = ""
    for line, heading in zip(lines, headings, strict=True):
        if heading:
            joined += [waiting] if waiting else []
            waiting = f"[{heading[2]}] {heading[1].strip()}:"
        elif waiting and line.strip():
            joined.append(f"{waiting} {line.strip()}")
            waiting = ""
        else:
            joined.append(line)
    return [*joined, *([waiting] if waiting else [])]

"""Rows of a table in a document: a row may be a turn."""

import re

from .clock import ALONE

LABEL = re.compile(r"[^\W\d_][\w.’'()\- ]{0,39}:?|\w{1,12}:?")


def row_as_paragraphs(cells: list[str]) -> list[str]:
    """A row of time, speaker and words as one labelled paragraph; [] when the row is not of that shape.

    Examples
    --------
    >>> row_as_paragraphs(["00:01:02", "INT", "How is it?"])
    ['[00:01:02] INT: How is it?']
    >>> row_as_paragraphs(["1", "2", "3", "4"])
    []
    """
    cells = [cell.strip() for cell in cells]
    stamp = next((f"[{cell.strip('[]()')}] " for cell in cells[:1] + cells[-1:] if cell and ALONE.fullmatch(cell)), "")
    rest = [cell for cell in cells if not (stamp and cell and ALONE.fullmatch(cell))]
    if len(rest) != 2 or not rest[1] or not LABEL.fullmatch(rest[0]) or len(rest[0].split()) > 4 or "\n" in rest[0]:
        return []
    if not (stamp or rest[0].endswith(":") or re.fullmatch(r"[\w.-]{1,15}|(?:Interviewer|Speaker|Participant|Respondent) ?\w{0,3}", rest[0].rstrip(":"))):
        return []
    lines = rest[1].split("\n")
    return [f"{stamp}{rest[0].rstrip(':')}: {lines[0]}", *lines[1:]]

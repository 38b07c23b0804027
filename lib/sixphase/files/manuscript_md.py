"""The author's manuscript: one Markdown file that refers into the study for every number and quotation."""

from pathlib import Path

from ..problems import Problem

NAME = "manuscript/manuscript.md"


def read_manuscript(folder: Path, problems: list[Problem]) -> str:
    """Read the manuscript of a study; "" when there is none yet."""
    path = folder / NAME
    if not path.is_file():
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(Problem(NAME, path.read_bytes()[:error.start].count(b"\n") + 1, "not UTF-8", do="save it again as UTF-8"))
        return ""

"""The author's manuscript: one Markdown file that refers into the study for every number and quotation, and what lies beside it."""

import json
from pathlib import Path

from ..problems import Problem
from .publishing_yaml import read_publishing
from .yaml_files import read_mapping

NAME = "manuscript/manuscript.md"
REFERENCES = "manuscript/references.json"
ANSWERS, STANDARDS = "manuscript/answers.yaml", "manuscript/standards.yaml"


def read_manuscript(folder: Path, problems: list[Problem]) -> str:
    """Read the manuscript of a study; "" when there is none yet."""
    return _text(folder, NAME, problems)


def read_beside_manuscript(folder: Path, problems: list[Problem]) -> dict:
    """Read what lies beside the manuscript.

    Returns
    -------
    dict
        `references`: the literature, a list of CSL JSON items; `publishing`: the `journal` it is meant for, the role-holders in the case (`frame`),
        what a second person said of each quotation (`quotations`), attempts to recognise somebody (`intruder`); `answers` to prompts and `standards`: what the
        author says to items of reporting lists, both knowing their lines. Empty where there is none.
    """
    text, references = _text(folder, REFERENCES, problems), []
    if text.strip():
        try:
            references = json.loads(text)
        except ValueError as error:
            problems.append(Problem(REFERENCES, getattr(error, "lineno", None), "cannot be read", "JSON, as reference managers export it (CSL JSON)", str(error).split("\n")[0]))
    if not isinstance(references, list) or not all(isinstance(item, dict) and item.get("id") for item in references):
        problems.append(Problem(REFERENCES, 1, "cannot be used", "a list of items, each with an id"))
        references = []
    return {"references": references, "publishing": read_publishing(folder, problems),
            **{name: read_mapping(folder, file, problems) for name, file in (("answers", ANSWERS), ("standards", STANDARDS))}}


def _text(folder: Path, name: str, problems: list[Problem]) -> str:
    path = folder / name
    if not path.is_file():
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(Problem(name, path.read_bytes()[:error.start].count(b"\n") + 1, "not UTF-8", do="save it again as UTF-8"))
        return ""

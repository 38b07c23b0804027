"""The author's manuscript: one Markdown file that refers into the study for every number and quotation, and what lies beside it."""

import json
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..problems import Problem
from .yaml_files import read_mapping

NAME = "manuscript/manuscript.md"
REFERENCES, PUBLISHING = "manuscript/references.json", "manuscript/publishing.yaml"
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
    found: dict = {"references": [], "publishing": {}} | {name: read_mapping(folder, file, problems) for name, file in (("answers", ANSWERS), ("standards", STANDARDS))}
    for name, file, kind, read in (("references", REFERENCES, list, json.loads), ("publishing", PUBLISHING, dict, YAML(typ="safe", pure=True).load)):
        text = _text(folder, file, problems)
        if not text.strip():
            continue
        try:
            value = read(text)
        except (ValueError, YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            line = getattr(error, "lineno", None) or (mark.line + 1 if mark else None)
            problems.append(Problem(file, line, "cannot be read", "JSON, as reference managers export it (CSL JSON)" if kind is list else "YAML", str(error).split("\n")[0]))
            continue
        if isinstance(value, kind) and (kind is dict or all(isinstance(item, dict) and item.get("id") for item in value)):
            found[name] = value
        else:
            problems.append(Problem(file, 1, "cannot be used", "a list of items, each with an id" if kind is list else "journal, frame, quotations and intruder"))
    return found


def _text(folder: Path, name: str, problems: list[Problem]) -> str:
    path = folder / name
    if not path.is_file():
        return ""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(Problem(name, path.read_bytes()[:error.start].count(b"\n") + 1, "not UTF-8", do="save it again as UTF-8"))
        return ""

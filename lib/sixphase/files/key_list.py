"""The key list: who is who. A CSV file outside the study, readable by its owner only, one row a written form.

It says which forms are replaced, by which words, and which are kept. A spreadsheet can edit it.
"""

import csv
import io
import os
from pathlib import Path

import pandas as pd

from ..identifiers import FORMS, KINDS
from ..places import ROOT
from ..problems import Problem, StudyError, nearest, shown
from . import durable
from .tables_csv import table_bytes

DECISIONS = ("replace", "keep", "")


def read_key(path: Path, folder: Path) -> pd.DataFrame | None:
    """Read a key list; None where there is none yet.

    Parameters
    ----------
    path : Path
    folder : Path
        The study, in which a key list must not lie.

    Returns
    -------
    DataFrame
        Columns `identifiers.FORMS`.

    Raises
    ------
    StudyError
        The place is not allowed, or a row cannot be used; all problems at once.
    """
    _outside(path, folder)
    if not path.exists():
        return None
    problems: list[Problem] = []
    rows = _rows(path, problems)
    if problems:
        raise StudyError(problems, "the key list; nothing was changed")
    return pd.DataFrame(rows, columns=list(FORMS))


def write_key(path: Path, folder: Path, forms: pd.DataFrame) -> None:
    """Write a key list, whole or not at all, readable by its owner only.

    Raises
    ------
    StudyError
        The place is not allowed.
    durable.NotSaved
    """
    _outside(path, folder)
    content = table_bytes(list(FORMS), forms.to_dict("records"))
    if path.exists():
        os.chmod(path, 0o600)
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.replace(path, content)
    os.chmod(path, 0o600)


def _outside(path: Path, folder: Path) -> None:
    place = path.expanduser().resolve()
    for inside, what in ((folder.resolve(), "the study"), (ROOT, "this repository")):
        if place.is_relative_to(inside):
            raise StudyError([Problem(str(path), None, f"a list of who is who must not lie inside {what}",
                                      do="choose a place that is never shared and never in git, such as a folder of your own")], "what was asked for")


def _rows(path: Path, problems: list[Problem]) -> list[dict]:
    name = str(path)
    try:
        reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        missing = [column for column in ("form", "kind", "decision", "replacement") if column not in (reader.fieldnames or [])]
        rows = [] if missing else list(reader)
    except UnicodeDecodeError:
        problems.append(Problem(name, None, "not UTF-8", do="save it again as “CSV UTF-8”"))
        return []
    except csv.Error as error:
        problems.append(Problem(name, None, f"not CSV that can be read ({error})", do="look for a quotation mark that is not closed"))
        return []
    problems += [Problem(name, 1, f"the column {column} is missing", ", ".join(FORMS)) for column in missing]
    read = []
    for line, row in enumerate(rows, start=2):
        row = {column: (row.get(column) or "").strip() for column in FORMS}
        problems += [Problem(name, line, complaint, *more) for complaint, *more in complaints(row)]
        read.append({**row, "places": int(row["places"] or 0) if row["places"].isdigit() else 0, "interviews": int(row["interviews"]) if row["interviews"].isdigit() else 0})
    return read


def complaints(row: dict) -> list[tuple[str, ...]]:
    """What is wrong with a row of the list: each complaint with what was expected, what is there and what to do, as far as that helps."""
    form, decision, words = row["form"], row["decision"].lower(), row["replacement"]
    found = []
    if not form:
        found.append(("the form is missing: the name as it is written",))
    if decision not in DECISIONS:
        found.append((f"the decision {shown(row['decision'])} is none of the choices", "", "", nearest(decision, [d for d in DECISIONS if d])))
    if row["kind"] not in KINDS:
        found.append((f"the kind {shown(row['kind'])} is none of the choices", "", "", nearest(row["kind"], KINDS)))
    if decision == "replace" and not (words.startswith("[") and words.endswith("]") and len(words) > 2 and not set("[]\n") & set(words[1:-1])):
        found.append((f"{shown(words)} cannot stand for a name", "a description in square brackets, such as [colleague, finance]"))
    if decision == "replace" and form and form.casefold() in words.casefold():
        found.append((f"the description {shown(words)} holds the name itself", "", "", "describe who or what it is"))
    row["decision"] = decision
    return found

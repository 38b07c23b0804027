"""Decisions, reviews, moves on the board, sittings of reading and imports: each a JSON Lines file of its own, appended to and never edited."""

import uuid
from pathlib import Path

import pandas as pd

from ..problems import Problem, StudyError
from ..study import Study
from ..tables import DECISIONS, IMPORTS, READING, REVIEWS, Table, frame, parse_row
from ..themes import REVIEW_NEEDS, missing
from . import acts, durable
from .codings_jsonl import now


def read_records(folder: Path, table: Table, problems: list[Problem]) -> pd.DataFrame:
    """Read the decisions, reviews, moves, sittings or imports of a study, in the order of their lines."""
    rows, seen = [], {}
    for number, record in acts.read(folder / table.file, table.file, problems):
        row, complaints = parse_row(table, record)
        problems += [Problem(table.file, number, f"{column} {complaint}") for column, complaint in complaints]
        if row[table.key] in seen and seen[row[table.key]] != record:
            problems.append(Problem(table.file, number, f"{table.key} {row[table.key]} stands twice", do="give one of them another id"))
        elif not complaints and row[table.key] not in seen:
            rows.append(row)
        seen.setdefault(row[table.key], record)
    return frame(table, rows)


def append_decision(study: Study, what: str, *, by: str, phase: int, because: str, about: list[str] | None = None,
                    alternatives: list[str] | None = None, back_to: int | None = None, on: str = "") -> str:
    """Record a decision with its reason; returns its id once it is on the disk.

    Parameters
    ----------
    study : Study
    what, because : str
        What was decided, and why.
    phase : int
        The phase it was taken in, 1 to 6.
    about : list of str
        `code:x`, `theme:y`, `source:z`.
    alternatives : list of str
        What else was considered.
    back_to : int
        The earlier phase it leads back to, if it does.
    on : str
        The day; today unless it is given.
    """
    return append_record(study.folder, DECISIONS, {
        "on": on or now()[:10], "by": by, "phase": phase, "back_to": back_to, "what": what,
        "about": about or [], "because": because, "alternatives": alternatives or []})


def append_reading(study: Study, source_id: str, *, by: str, minutes: int | None = None, note: str = "", on: str = "") -> str:
    """Record a sitting with one interview; returns its id once it is on the disk."""
    if source_id not in study.texts:
        raise ValueError(f"no source {source_id} in {study.name}")
    return append_record(study.folder, READING, {"source_id": source_id, "on": on or now()[:10], "by": by, "minutes": minutes, "note": note})


def append_import(folder: Path, row: dict) -> str:
    """Record where a transcript came from; returns the id of the import once it is on the disk."""
    return append_record(folder, IMPORTS, row)


def append_review(study: Study, kind: str, *, by: str, review_id: str = "", created: str = "", **said: object) -> str:
    """Record an act of review; returns its id once it is on the disk.

    Parameters
    ----------
    study : Study
    kind : str
        What was done or found, as `tables.REVIEW_KINDS` names it; `themes.REVIEW_NEEDS` says which columns each kind needs.
    by : str
        Who read.
    review_id : str
        An id of the caller's own: the same act given twice, as a button pressed twice does, is stored once. A new one unless it is given.
    created : str
        The moment; now unless it is given.
    said
        The other columns of `tables.REVIEWS`: `theme_id`, `coding_id`, `because`, `claim`, `how`, `found`, `changed`, `replaces` ...

    Raises
    ------
    StudyError
        A column is wrong or missing, or the id stands for another act already. Nothing is written.
    durable.NotSaved

    Examples
    --------
    `sp.files.append_review(study, "dropped", by="am", theme_id="others-know", coding_id="urn:test:6", because="a topic only")`
    """
    return append_once(study.folder, REVIEWS, {"kind": kind, "by": by, "created": created or None, **said}, REVIEW_NEEDS, review_id)


def append_once(folder: Path, table: Table, row: dict, needs: dict[str, tuple[str, ...]], key: str = "") -> str:
    """Store an act under the caller's own id unless it stands there already; returns the id once it is on the disk.

    Raises
    ------
    StudyError
        A column is wrong or missing, or the id stands for another act already. Nothing is written.
    """
    said = {name: value for name, value in row.items() if value not in (None, "", [])}
    with durable.locked(folder / f"{table.file}.numbers"):  # a lock of its own: acts.append takes that of the file
        problems: list[Problem] = []
        there = [record for _, record in acts.read(folder / table.file, table.file, problems)]
        same = next((record for record in there if record.get(table.key) == key), None) if key else None
        if same is not None and all(same.get(name) == value for name, value in said.items()):
            return key
        record = {table.key: key or uuid.uuid4().urn, "created": now(), "number": 1 + max([0, *(n for r in there if isinstance(n := r.get("number"), int))]), **said}
        _, complaints = parse_row(table, record)
        wrong = [f"{column} {complaint}" for column, complaint in complaints] + [f"{column} is missing: {table[column].meaning}" for column in missing(record, needs)]
        wrong += [f"{table.key} {key} stands for another act already"] if same is not None else []
        if wrong:
            raise StudyError([Problem(table.file, None, complaint) for complaint in wrong], "what was to be recorded; nothing was written")
        acts.append(folder / table.file, [record])
    return record[table.key]


def append_record(folder: Path, table: Table, row: dict) -> str:
    """Store a row of the decisions, the reading log or the imports; returns its id once it is on the disk.

    Parameters
    ----------
    folder : Path
        The study.
    table : Table
        `tables.DECISIONS`, `tables.READING` or `tables.IMPORTS`.
    row : dict
        A new random id unless it has one. A row whose id is there already is not stored again.

    Raises
    ------
    StudyError
        The row does not fit the table; nothing is written.
    durable.NotSaved
    """
    record = {table.key: uuid.uuid4().urn, **{name: value for name, value in row.items() if value not in (None, "", [])}}
    _, complaints = parse_row(table, record)
    if complaints:
        raise StudyError([Problem(table.file, None, f"{column} {complaint}") for column, complaint in complaints],
                         "what was to be recorded; nothing was written")
    path = folder / table.file
    if table.key not in row or all(known.get(table.key) != record[table.key] for _, known in acts.read(path, table.file, [])):
        acts.append(path, [record])
    return record[table.key]

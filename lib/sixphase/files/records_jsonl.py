"""Decisions, sittings of reading and imports: each a JSON Lines file of its own, appended to and never edited."""

import uuid
from pathlib import Path

import pandas as pd

from ..problems import Problem, StudyError
from ..study import Study
from ..tables import DECISIONS, IMPORTS, READING, Table, frame, parse_row
from . import acts
from .codings_jsonl import now


def read_records(folder: Path, table: Table, problems: list[Problem]) -> pd.DataFrame:
    """Read the decisions, the reading log or the imports of a study, in the order of their lines."""
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

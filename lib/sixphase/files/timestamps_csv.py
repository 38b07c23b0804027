"""When the turns of a transcript begin and end in its recording: a CSV file a source, which a study need not have.

Times are worked out at import and never coded; a transcript reads the same with and without them.
"""

import csv
import io
from pathlib import Path

import pandas as pd

from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import TIMESTAMPS, frame, parse_row
from .tables_csv import table_bytes


def timestamps(study: Study, source_id: str) -> pd.DataFrame:
    """The times of one source's turns.

    Returns
    -------
    DataFrame
        `tables.TIMESTAMPS`, in the order of the transcript; empty when no times are known.

    Raises
    ------
    ValueError
        The study has no such source.
    StudyError
        Its file has problems.
    """
    if source_id not in study.texts:
        raise ValueError(f"no source in {study.name} is called {shown(source_id)}: {nearest(source_id, study.texts)}")
    problems: list[Problem] = []
    found = read_timestamps(study, source_id, problems)
    if problems:
        raise StudyError(problems, f"the study {study.name}")
    return found


def read_timestamps(study: Study, source_id: str, problems: list[Problem]) -> pd.DataFrame:
    """Read the times of one source's turns, and list what is wrong with them."""
    path = file_of(study.folder, source_id)
    name = f"timestamps/{path.name}"
    if not path.exists():
        return frame(TIMESTAMPS, [])
    try:
        table = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        problems.append(Problem(name, None, "no table that can be read", do="import the transcript again"))
        return frame(TIMESTAMPS, [])
    last = int((study.turns["source_id"] == source_id).sum())
    rows, seen = [], set()
    for line, cells in enumerate(table[1:], start=2):
        row, complaints = parse_row(TIMESTAMPS, dict(zip(table[0], cells, strict=False)))
        complaints += [("source_id", f"is {row['source_id']}; the file's name says {source_id}")] if row["source_id"] not in (None, source_id) else []
        complaints += [("turn", f"is {row['turn']}; {source_id} has {last} turns")] if row["turn"] is not None and not 1 <= row["turn"] <= last else []
        complaints += [("turn", f"{row['turn']} stands twice")] if row["turn"] in seen else []
        seen.add(row["turn"])
        problems += [Problem(name, line, f"{column} {complaint}") for column, complaint in complaints]
        rows.append(row)
    return frame(TIMESTAMPS, rows).sort_values("turn", ignore_index=True)


def timestamp_bytes(source_id: str, times: list[tuple[float | None, float | None]]) -> bytes:
    """The file of a source whose turns begin and end at these seconds."""
    rows = [{"source_id": source_id, "turn": number, "begins": _seconds(begins), "ends": _seconds(ends)}
            for number, (begins, ends) in enumerate(times, start=1) if begins is not None or ends is not None]
    return table_bytes(TIMESTAMPS.names, rows)


def file_of(folder: Path, source_id: str) -> Path:
    """The file that holds the times of one source."""
    return folder / "timestamps" / f"{source_id}.csv"


def _seconds(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}".rstrip("0").rstrip(".")

"""Sources and participants: CSV that a spreadsheet can edit, read strictly.

UTF-8 (a byte-order mark is passed over), commas, one header line. Every cell is text until its column says otherwise,
so an id 007 stays 007 and a participant called “NA” stays a participant.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ..problems import Problem, nearest, shown
from ..tables import Table, frame, parse_row


def read_table(folder: Path, table: Table, problems: list[Problem]) -> tuple[pd.DataFrame, list[int]]:
    """Read a CSV table of a study.

    Returns
    -------
    (table, lines)
        The rows that could be read, in the order of the file; and the line each begins on, from 1.
    """
    rows, lines = [], []
    for line, row in _rows(folder / table.file, table, problems):
        read, complaints = parse_row(table, row)
        problems += [Problem(table.file, line, f"{column} {complaint}") for column, complaint in complaints]
        if any(read[column.name] is None for column in table.columns if column.required):
            continue  # a row that only lacks a detail is kept, so that what hangs on it is not reported as lost
        earlier = [n for n, other in zip(lines, rows, strict=True) if other[table.key] == read[table.key]]
        if earlier:
            problems.append(Problem(table.file, line, f"{table.key} {shown(read[table.key])} stands twice (also line {earlier[0]})",
                                    do="give each row an id of its own"))
            continue
        rows.append(read)
        lines.append(line)
    return frame(table, rows), lines


def _rows(path: Path, table: Table, problems: list[Problem]) -> Iterable[tuple[int, dict]]:
    """The rows of a CSV file with their lines, once its header is as it should be."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(table.file, None, "the file is missing", do=f"make it with the columns {', '.join(table.names)}"))
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[:error.start].count(b"\n") + 1
        problems.append(Problem(table.file, line, "not UTF-8", do="save it again as “CSV UTF-8”"))
        return
    if "\0" in text:
        problems.append(Problem(table.file, text[:text.index("\0")].count("\n") + 1, "a NUL character", do="delete it, or take the file from a backup"))
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not _header_fits(header, table, problems):
            return
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    problems.append(Problem(table.file, line, "the row does not fit the header", f"{len(header)} cells",
                                            f"{len(cells)} cells", "put a cell that holds a comma in quotation marks"))
                else:
                    yield line, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        problems.append(Problem(table.file, reader.line_num, f"not CSV that can be read ({error})",
                                do="look for a quotation mark that is not closed"))


def _header_fits(header: list[str], table: Table, problems: list[Problem]) -> bool:
    missing = [c.name for c in table.columns if c.required and c.name not in header]
    unknown = [] if table.open_ended else [name for name in header if name not in table.names]
    if len(header) == 1 and ";" in header[0]:
        problems.append(Problem(table.file, 1, "the cells are separated by “;”", "commas", shown(header[0]), "save it as comma-separated CSV"))
        return False
    problems += [Problem(table.file, 1, f"the column {name} is missing", f"the columns {', '.join(table.names)}", ", ".join(header)) for name in missing]
    problems += [Problem(table.file, 1, f"no column {shown(name)} belongs in this file", do=nearest(name, table.names)) for name in unknown]
    twice = sorted({name for name in header if header.count(name) > 1})
    problems += [Problem(table.file, 1, f"the column {shown(name)} stands twice", do="rename or delete one") for name in twice]
    return not (missing or unknown or twice)


def table_bytes(header: list[str], rows: Iterable[dict]) -> bytes:
    """A CSV table as it is stored: UTF-8, LF, lists joined with “;”, missing values blank."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in header} for row in rows)
    return out.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ";".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or value is pd.NA else str(value)

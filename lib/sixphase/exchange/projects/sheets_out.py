"""Codings as a spreadsheet, CSV or Excel, in which no cell is a formula.

In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe; `sixphase code` takes it away again. In Excel
every cell is text or a number by its type.
"""

import csv
import io
import re

import pandas as pd

from ...codebook import paths
from .leaving import Leaving
from .refi_writing import lawful

GUARDED = re.compile(r"'*[=+\-@\t\r]")
COLUMNS = ("source_id", "participant_id", "coder_id", "code_id", "code", "themes", "start", "end", "quotation", "comment", "created", "pass", "coding_id", "text_sha256", "suggested_by", "edited")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `coding_sheet.unguarded` gives it back.

    Examples
    --------
    >>> guarded("=SUM(A1)"), guarded("'-"), guarded("yes")
    ("'=SUM(A1)", "''-", 'yes')
    """
    return f"'{cell}" if GUARDED.match(cell) else cell


def codings_table(told: Leaving) -> pd.DataFrame:
    """One row a coding, with the path of its code and the themes the code is in."""
    themes: dict[str, list[str]] = {}
    for theme in told.themes.itertuples():
        for code in theme.codes or []:
            themes.setdefault(code, []).append(theme.name)
    table = told.codings.assign(code=told.codings["code_id"].map(paths(told.codes)), themes=["; ".join(themes.get(code, [])) for code in told.codings["code_id"]],
                                text_sha256=told.codings["source_sha256"], edited=told.codings["edited"].map({True: "yes", False: "no"}))
    return table[list(COLUMNS)]


def _cells(table: pd.DataFrame) -> list[list]:
    return [["" if pd.isna(cell) else int(cell) if isinstance(cell, int) else str(cell) for cell in row] for row in table.astype(object).itertuples(index=False, name=None)]


def write_csv(told: Leaving) -> bytes:
    """One row a coding, UTF-8 with a byte-order mark, so that Excel reads it rightly."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in _cells(codings_table(told)))
    return out.getvalue().encode("utf-8-sig")


def write_codebook(told: Leaving) -> bytes:
    """The codes as a CSV that Taguette takes for a codebook: `tag`, the code with those above it, and `description`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = paths(told.codes)
    writer.writerows([("tag", "description"), *((guarded(names[row.code_id]), guarded(row.definition if isinstance(row.definition, str) else "")) for row in told.codes.itertuples())])
    return out.getvalue().encode("utf-8")


def write_xlsx(told: Leaving) -> bytes:
    """A workbook: codings, codes, themes, interviews, participants, and what was left out."""
    import openpyxl

    codes = told.codes[["code_id", "name", "definition", "use_when", "not_when", "near_miss", "example", "parent", "status"]]
    themes = told.themes[["theme_id", "name", "status", "parent", "concept", "codes"]].assign(codes=["; ".join(c or []) for c in told.themes["codes"]])
    sources = told.sources[["source_id", "participants", "occasion"]].assign(participants=["; ".join(p) for p in told.sources["participants"]])
    about = pd.DataFrame({"about": [told.title, *(["SYNTHETIC – not research data."] if told.synthetic else []), *told.said_there]})
    book = openpyxl.Workbook(write_only=True)
    for name, table in (("Codings", codings_table(told)), ("Codes", codes), ("Themes", themes), ("Interviews", sources), ("Participants", told.people), ("About", about)):
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in [list(table.columns), *_cells(table)]:
            sheet.append([_cell(sheet, value) for value in row])
    return _still(book)


def _cell(sheet, value: str | int):
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, lawful(value)[:32_767] if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # or "=1+1" would be a formula
    return cell


def _still(book) -> bytes:
    """A workbook without clock or user, always the same bytes."""
    import datetime as dt
    import zipfile

    from .refi_writing import packed

    book.properties.creator, book.properties.created = "sixphase", dt.datetime(2000, 1, 1)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core)
    return packed(members)

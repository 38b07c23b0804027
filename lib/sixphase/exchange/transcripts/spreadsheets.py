"""Transcripts in an Excel workbook: a row a turn, a row an interview, or a row a survey's answer, as in CSV."""

import datetime as dt
import io
import warnings
from pathlib import Path

from ..arrivals import Arrival, refused
from .archives import LARGEST_PART, Archive, damaged
from .separated import from_rows

MOST_ROWS = 200_000


def read(path: Path, raw: bytes, *, sheet: str | None = None, text: str | None = None, speaker: str | None = None, name: str | None = None,
         rows: range | None = None, answers: list[str] | None = None, people: str | None = None) -> list[Arrival]:
    """Read one sheet of a workbook: the first, unless `sheet` names another. Cells show values; formulas are never worked out."""
    archive = Archive(path, raw)
    for part in archive.names:  # looked through before the library reads them: no document types, nothing that grows without end
        if part.endswith((".xml", ".rels")):
            content = archive.read(part)
            if b"<!DOCTYPE" in content[:4096].replace(b"\0", b"").upper():
                raise refused(path, "it contains a document type (DTD), refused", do="do not trust this file")
    if "xl/workbook.xml" not in archive.names:
        raise refused(path, "it is a zip file, but no workbook of Excel", do="give the file its right ending")
    title, cells, sheets = _cells(path, raw, sheet)
    header = [str(cell).strip() if cell is not None else "" for cell in cells[0]] if cells else []
    while header and not header[-1]:
        header.pop()
    table = [[_said(cell) for cell in row[:len(header)]] + [""] * (len(header) - len(row)) for row in cells[1:]]
    table = [row for row in table if any(row)]
    if not header or not table:
        raise refused(path, f"no rows found on the sheet “{title}”", expected="a header line and at least one row below it")
    if "" in header:
        raise refused(path, f"column {header.index('') + 1} of the sheet “{title}” has no heading", do="give every column a heading")
    notes = [f"the sheet “{title}” was read; {len(sheets) - 1} others were not"] if len(sheets) > 1 else []
    return from_rows(path, raw, header, table, notes, [], format="excel", encoding="xlsx", text=text, speaker=speaker, name=name, rows=rows, answers=answers, people=people)


def _cells(path: Path, raw: bytes, sheet: str | None) -> tuple[str, list[tuple], list[str]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            sheets = list(book.sheetnames)
            if sheet is not None and sheet not in sheets:
                raise refused(path, f"no sheet “{sheet}”", expected=f"one of: {', '.join(sheets)}")
            chosen = book[sheet] if sheet else book.worksheets[0]
            cells, size = [], 0
            for row in chosen.iter_rows(values_only=True, max_col=200):
                cells.append(row)
                size += sum(len(cell) for cell in row if isinstance(cell, str))
                if len(cells) > MOST_ROWS or size > LARGEST_PART:
                    raise refused(path, "too large to be transcripts")
            return chosen.title, cells, sheets
        except (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, SyntaxError):
            raise damaged(path) from None


def _said(cell: object) -> str:
    """A cell as a person sees it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)

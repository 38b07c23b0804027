"""Rows of spreadsheets that other programs export: CSV and Excel, as text."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from . import archive
from .project import Refused

LONGEST = 1_000_000  # characters of one cell


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a sheet as text, the first sheet of a workbook; empty rows are passed over.

    Raises
    ------
    Refused
        It is damaged, or not UTF-8.
    """
    rows = _of_workbook(path) if path.suffix.lower() == ".xlsx" else _of_text(path)
    yield from (row for row in rows if any(cell.strip() for cell in row))


def table_of(path: Path, known: dict[str, str]) -> list[dict[str, str]]:
    """The rows of a sheet as dicts, by names of ours.

    Parameters
    ----------
    path : Path
    known : dict
        Our name for each heading, in lower case. The first row that holds one of them is the header; titles above it are passed over.
    """
    header: list[str] = []
    found = []
    for row in rows_of(path):
        names = [known.get(cell.strip().strip("|").strip().lower(), "") for cell in row]
        if not header and any(names):
            header = names
        elif header:
            found.append({name: cell for name, cell in zip(header, row, strict=False) if name} | {"cells": row})
    return found


def _of_text(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("it is not UTF-8", "export it again as CSV UTF-8") from None
    csv.field_size_limit(LONGEST)
    first = text.partition("\n")[0] + text[:4000]
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count))
    except csv.Error as error:
        raise Refused(f"it is not CSV that can be read ({error})") from None


def _of_workbook(path: Path) -> Iterator[list[str]]:
    import openpyxl

    with archive.opened(path):
        pass
    try:
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else cell.isoformat() if hasattr(cell, "isoformat") else str(cell) for cell in row]
    except Refused:
        raise
    except Exception as error:  # a hostile file may raise anything; none of it may reach the person as a traceback
        raise Refused(f"it is damaged, or no Excel workbook ({type(error).__name__})", "save it again in Excel") from None

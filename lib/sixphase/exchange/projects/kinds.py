"""What a file of another program is, by its name and its first bytes."""

import csv
import io
import sqlite3
import zipfile
from pathlib import Path


WORD = "Word file with codes as comments"  # only when a person says so: a Word file may be a transcript that somebody commented on


def kind_of(path: Path) -> str:
    """The kind of project a file or folder is, a key of `projects.READERS`; "" when it is none."""
    ending = path.suffix.lower()
    if not path.exists() or (path.is_dir() and path.is_symlink()):
        return ""
    if path.is_dir():
        return "QualCoder project" if (path / "data.qda").is_file() else ""
    if ending in (".qdpx", ".qde"):
        return "REFI-QDA project"
    if ending == ".qdc":
        return "REFI-QDA codebook"
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:  # whoever reads it says so
        return ""
    if head.startswith(b"SQLite format 3\0"):
        return _of_database(path)
    if ending in (".html", ".htm"):
        return "Taguette highlights" if b"<title>Taguette" in head else ""
    if ending == ".xlsx" and head.startswith(b"PK"):
        return _of_header(_first_rows(path))
    if ending == ".csv":
        lines = head.decode("utf-8-sig", "replace").splitlines()[:2]
        return _of_header([next(csv.reader(io.StringIO(line), delimiter=_delimiter(line)), []) for line in lines])
    return ""


def _delimiter(line: str) -> str:
    return max(";,\t", key=line.count)


def _of_database(path: Path) -> str:
    try:
        with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as database:
            tables = {row[0] for row in database.execute("select name from sqlite_master where type='table'")}
    except sqlite3.Error:
        return ""
    return "Taguette project" if {"highlights", "highlight_tags"} <= tables else "QualCoder project" if {"code_text", "code_name"} <= tables else ""


def _first_rows(path: Path) -> list[list[str]]:
    """The first two rows of a spreadsheet, without opening all of it."""
    from .sheets import rows_of

    try:
        return [row for _, row in zip(range(2), rows_of(path), strict=False)]
    except (zipfile.BadZipFile, Exception):  # a damaged file is no project; whoever reads it says so
        return []


def _of_header(rows: list[list[str]]) -> str:
    for row in rows:
        if len(row) > 1 and row[1].startswith(("●", "○")):
            return "ATLAS.ti codes" if row[0].strip().lower() == "code" else "ATLAS.ti co-occurrence"
        names = {name.strip().strip("|").strip().lower() for name in row}
        if names >= {"id", "document", "tag", "content"}:
            return "Taguette highlights"
        if names >= {"tag", "description"} and len(names) <= 4:
            return "Taguette codebook"
        if {"text content", "quotation content"} & names and "codes" in names:
            return "ATLAS.ti quotations"
        if ("magnitude degree" in names or "grounded" in names) and "code" in names or {"código", "comentário"} <= names:
            return "ATLAS.ti codes"
        if {"code", "segment"} <= names and {"document name", "document"} & names:
            return "MAXQDA coded segments"
    return ""

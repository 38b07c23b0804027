"""QualCoder: its project folder, or the SQLite database in it (data.qda)."""

import sqlite3
from pathlib import Path

from . import offsets
from .project import Case, Code, Coding, Note, Project, Refused, Source


def read(path: Path) -> Project:
    """Read a QualCoder project.

    Raises
    ------
    Refused
        It is damaged, or no project of QualCoder.
    """
    file = path / "data.qda" if path.is_dir() else path
    try:
        with sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True) as database:
            database.row_factory = sqlite3.Row
            return _of_database(database, path.stem)
    except sqlite3.Error as error:
        raise Refused(f"it is damaged, or no project of QualCoder ({error})", "close the project in QualCoder, then try again") from None


def _rows(database: sqlite3.Connection, table: str) -> list[dict]:
    """All rows of a table; none when this version of QualCoder has no such table."""
    there = database.execute("select 1 from sqlite_master where type='table' and name=?", (table,)).fetchone()
    return [dict(row) for row in database.execute(f"select * from {table} order by rowid")] if there else []


def _of_database(database: sqlite3.Connection, name: str) -> Project:
    project = Project(name=name, origin="QualCoder")
    for row in _rows(database, "code_cat"):
        above = f"category {row['supercatid']}" if row.get("supercatid") else ""
        project.codes.append(Code(f"category {row['catid']}", row["name"], above, "", row["memo"] or "", False))
    for row in _rows(database, "code_name"):
        above = f"category {row['catid']}" if row.get("catid") else ""
        project.codes.append(Code(str(row["cid"]), row["name"], above, (row.get("color") or "").lower(), row["memo"] or ""))
    texts = {}
    for row in _rows(database, "source"):
        if row["fulltext"] is None:
            project.lose("pictures, PDF files, audio and video")
            continue
        texts[str(row["id"])] = offsets.stored(row["fulltext"])
        project.sources.append(Source(str(row["id"]), row["name"], texts[str(row["id"])].text, _values(database, "file", row["id"])))
        if row["memo"]:
            project.notes.append(Note(f"source {row['id']}", row["name"], row["memo"], row["date"] or "", row["owner"] or "", [str(row["id"])]))
    project.ready()
    _codings(database, project, texts)
    for row in _rows(database, "journal"):
        project.notes.append(Note(f"journal {row['jid']}", row["name"] or "journal", row["jentry"] or "", row["date"] or "", row["owner"] or ""))
    for row in _rows(database, "cases"):
        sources = [str(part["fid"]) for part in _rows(database, "case_text") if part["caseid"] == row["caseid"]]
        project.cases.append(Case(f"case {row['caseid']}", row["name"], _values(database, "case", row["caseid"]), list(dict.fromkeys(sources)), row["memo"] or ""))
    project.coders |= {owner: owner for owner in sorted({c.coder for c in project.codings} | {n.coder for n in project.notes}) if owner}
    for table, what in (("code_image", "codings of pictures"), ("code_av", "codings of audio and video"), ("stored_sql", "stored searches")):
        project.lose(what, len(_rows(database, table)))
    return project


def _values(database: sqlite3.Connection, kind: str, key: int) -> dict[str, str]:
    return {row["name"]: str(row["value"]) for row in _rows(database, "attribute") if row["attr_type"] == kind and row["id"] == key and str(row["value"] or "").strip()}


def _codings(database: sqlite3.Connection, project: Project, texts: dict) -> None:
    coded = _rows(database, "code_text")
    reading, said, doubts = offsets.choose(texts, [(str(r["fid"]), r["pos0"], r["pos1"], r["seltext"] or "") for r in coded])
    project.said += said
    project.doubts += doubts
    rulers = {key: offsets.Ruler(text, reading) for key, text in texts.items()}

    def span(row: dict) -> tuple[int, int]:
        return rulers[str(row["fid"])].span(row["pos0"], row["pos1"]) if str(row["fid"]) in rulers and row["pos0"] >= 0 else (row["pos0"], row["pos1"])

    for number, row in enumerate(coded, start=1):
        project.place(Coding(f"coding {row.get('ctid', number)}", str(row["fid"]), str(row["cid"]), *span(row), row["owner"] or "", (row["date"] or "").replace(" ", "T"), row["memo"] or ""))
    for number, row in enumerate(_rows(database, "annotation"), start=1):
        about = [[str(row["fid"]), *span(row)]] if str(row["fid"]) in texts else []
        project.notes.append(Note(f"annotation {number}", "annotation", row["memo"] or "", row["date"] or "", row["owner"] or "", about))

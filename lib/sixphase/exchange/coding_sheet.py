"""Codings from a sheet: the way in for people who coded in a spreadsheet, on paper, or in another tool.

A row names its interview, its code, and either the words themselves or their place. Words must stand in the transcript
exactly once; a place is checked against its words or `text_sha256` where the sheet gives them, so that it is never that of another text.
A row that a program proposed names it in `suggested_by`; the coder is the person who goes through the proposals.
"""

import csv
import io
import re
from pathlib import Path

from ..problems import Problem, StudyError, nearest, shown
from ..tables import CODINGS, parse_row
from ..study import Study
from ..transcripts import sha256
from .arrivals import decoded, tidied

TOLD = ("participant_id", "coder_id", "code", "themes", "edited")  # columns of an export that say what follows from the others
GUARD = re.compile(r"'+[=+\-@\t\r]")
COLUMNS = ("source_id", "code_id", "quotation", "start", "end", "comment", "pass", "created", "coding_id", "text_sha256", "suggested_by")


def read_sheet(path: Path, study: Study, coder: str, *, encoding: str | None = None) -> tuple[list[dict], int]:
    """Read a sheet of codings, or W3C annotations (.jsonld, .json). Of an export, only the rows of this coder are taken.

    Parameters
    ----------
    path : Path
        A CSV file with the columns source_id, code_id, and quotation or start and end; optionally the others of `COLUMNS`.
    study : Study
    coder : str
        Who coded: an id in study.yaml.
    encoding : str, optional
        How the bytes are to be read; UTF-8, or what a byte-order mark says, unless it is given.

    Returns
    -------
    (codings, repeated)
        Rows for `files.append_codings`; and how many rows say what the study has already.

    Raises
    ------
    StudyError
        With every row that does not fit.
    """
    rows, problems = _rows(path, encoding)
    if coder not in (study.settings["coders"] or {}):
        problems.append(Problem("--coder", None, f"no coder {shown(coder)} in study.yaml", do=nearest(coder, study.settings["coders"] or {})))
    there = set(study.given.loc[study.given["coder_id"] == coder, ["source_id", "code_id", "start", "end"]].itertuples(index=False, name=None))
    ids = set(study.given["coding_id"])
    codings, repeated = [], 0
    for line, row in rows:
        if row.get("coder_id", coder) not in (coder, ""):
            continue
        found = _located(path.name, line, row, study, problems)
        if found is not None:
            key = (row["source_id"], row["code_id"], *found)
            repeated += key in there
            if key not in there:
                problems += _wrong_cells(path.name, line, row, ids)
                ids.add(row.get("coding_id"))
                codings.append({**{k: v for k, v in row.items() if v and k in ("comment", "pass", "created", "coding_id", "suggested_by")},
                                "source_id": row["source_id"], "code_id": row["code_id"], "start": found[0], "end": found[1]})
            there.add(key)
    if problems:
        raise StudyError(problems, f"the sheet {path.name}; nothing was stored")
    return codings, repeated


def _rows(path: Path, encoding: str | None) -> tuple[list[tuple[int, dict]], list[Problem]]:
    if not path.is_file():
        what = "this is a folder, not a file" if path.is_dir() else "there is no such file"
        raise StudyError([Problem(str(path), None, what)], "what was asked for")
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".numbers"):
        raise StudyError([Problem(str(path), None, "this is a workbook, not a CSV file", do="save its sheet as CSV UTF-8 there, and name that file")], "what was asked for")
    if path.suffix.lower() in (".jsonld", ".json"):
        return _annotations(path), []
    text, _ = decoded(path, path.read_bytes(), encoding)
    text = tidied(text)[0]
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=lambda mark: (first.count(mark), mark == ",")))
    header = reader.fieldnames or []
    problems = [Problem(path.name, 1, f"no column {shown(name)} belongs in a sheet", do=nearest(name, COLUMNS)) for name in header if name not in COLUMNS + TOLD]
    problems += [Problem(path.name, 1, f"the column {name} is missing") for name in ("source_id", "code_id") if name not in header]
    if "quotation" not in header and not {"start", "end"} <= set(header):
        problems.append(Problem(path.name, 1, "nothing says which words", "a column quotation, or start and end"))
    if problems:
        raise StudyError(problems, f"the sheet {path.name}; nothing was stored")
    rows = []
    try:
        for row in reader:
            if row.get(None):
                problems.append(Problem(path.name, reader.line_num, "more cells than the header has columns", do="put words that hold a comma into quotation marks"))
            elif any(row.values()):
                rows.append((reader.line_num, {k: unguarded((v or "").strip()).strip() for k, v in row.items()}))
    except csv.Error as error:
        problems.append(Problem(path.name, reader.line_num, f"a row cannot be read ({error})"))
    return rows, problems


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that kept a spreadsheet from taking it for a formula.

    Examples
    --------
    >>> unguarded("'=SUM(A1)"), unguarded("''-"), unguarded("'tis")
    ('=SUM(A1)', "'-", "'tis")
    """
    return cell[1:] if GUARD.match(cell) else cell


def _annotations(path: Path) -> list[tuple[int, dict]]:
    from .projects.annotations import read_rows

    try:
        rows = read_rows(path)
    except (ValueError, RecursionError) as error:
        raise StudyError([Problem(path.name, None, f"no W3C annotations that can be read: {str(error)[:120]}")], f"the file {path.name}; nothing was stored") from None
    return [(number, {name: cell.strip() for name, cell in row.items()}) for number, row in enumerate(rows, start=1)]


def _wrong_cells(name: str, line: int, row: dict, ids: set) -> list[Problem]:
    """What is wrong with the cells of a row that need not be there."""
    given = {column: row[column] for column in ("pass", "created", "coding_id") if row.get(column)}
    problems = [Problem(name, line, f"{column} {complaint}") for column, complaint in parse_row(CODINGS, given)[1] if column in given]
    if "coding_id" in given and given["coding_id"] in ids:
        problems.append(Problem(name, line, f"there is a coding {shown(row['coding_id'])} already", do="leave coding_id empty; a new one is made"))
    return problems


def _located(name: str, line: int, row: dict, study, problems: list[Problem]) -> tuple[int, int] | None:
    """The span a row means; None, and a problem, when it means none or more than one."""
    codes = set(study.codes.loc[~study.codes["status"].isin(["merged", "retired"]), "code_id"])
    text = study.texts.get(row["source_id"])
    before = len(problems)
    if text is None:
        problems.append(Problem(name, line, f"no source {shown(row['source_id'])}", do=nearest(row["source_id"], study.texts)))
    if row["code_id"] not in codes:
        problems.append(Problem(name, line, f"no active code {shown(row['code_id'])} in codebook.yaml", do=nearest(row["code_id"], codes)))
    if len(problems) > before:
        return None
    if row.get("text_sha256") and not sha256(text).startswith(row["text_sha256"]):
        problems.append(Problem(name, line, "its place was counted in another version of this transcript", do="give the words in a column quotation instead"))
        return None
    if row.get("start"):
        return _place(name, line, row, text, problems)
    words = row.get("quotation", "")
    times = text.count(words) if words else 0
    if times != 1:
        problems.append(Problem(name, line, "these words are nowhere in the transcript" if not times else f"these words stand {times} times in the transcript",
                                found=f"{shown(words)} in {row['source_id']}", do=_nearly(words, text) if not times else "copy a few words more, until they stand only once"))
        return None
    return text.index(words), text.index(words) + len(words)


FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})  # one character for one


def _nearly(words: str, text: str) -> str:
    """What to do about words that stand nowhere: a program may only have changed their quotes, dashes or spaces."""
    pattern = r"\s+".join(re.escape(word) for word in words.translate(FOLDED).split())
    found = re.search(pattern, text.translate(FOLDED)) if pattern else None
    if not found:
        return "copy them from the transcript"
    return f"the transcript has {shown(text[found.start():found.end()])} on line {text.count(chr(10), 0, found.start()) + 1}: other quotes, dashes or spaces"


def _place(name: str, line: int, row: dict, text: str, problems: list[Problem]) -> tuple[int, int] | None:
    try:
        start, end = int(row["start"]), int(row["end"])
    except (ValueError, KeyError):
        start, end = -1, -1
    if 0 <= start < end <= len(text):
        if row.get("quotation", "") in ("", text[start:end].strip()):
            return start, end
        problems.append(Problem(name, line, "its place and its words do not agree", found=f"{shown(text[start:end])} at {start} to {end}, not {shown(row['quotation'])}",
                                do="leave one of the two empty"))
        return None
    problems.append(Problem(name, line, "not a place in the transcript", f"0 ≤ start < end ≤ {len(text)}", f"{row.get('start')} to {row.get('end')}"))
    return None

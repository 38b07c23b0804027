"""matrix.jsonl: cells of the framework matrix as people chart them. Each is an act, appended and kept; the latest of a cell counts."""

from pathlib import Path

from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import CELL_STATES, SUMMARIES, Column, Table
from ..themes import passages, sentences
from .records_jsonl import append_once
from .tables_csv import read_table


def append_summary(study: Study, participant_id: str, theme_id: str, said: list[tuple[str, list[str]]] | str, *, by: str, source_id: str = "", summary_id: str = "", created: str = "") -> str:
    """Chart a cell of the framework matrix; returns the id of the act once it is on the disk.

    Parameters
    ----------
    study : Study
    participant_id, theme_id : str
        The row and the column.
    said : list of (sentence, coding ids), or str
        The summary, each sentence with the codings whose words it rests on; or a state: `asked, nothing said`, `not asked`, and `not yet charted`
        to take a summary back.
    by : str
        Who charts.
    source_id : str
        The interview; the participant's first unless it is given.
    summary_id : str
        An id of the caller's own: the same act given twice is stored once. A new one unless it is given.
    created : str
        The moment; now unless it is given.

    Raises
    ------
    StudyError
        With everything that does not fit: a sentence without a passage, a coding of another cell. Nothing is written.
    durable.NotSaved

    Examples
    --------
    `sp.files.append_summary(study, "P01", "coming", [("Her aunt handed it on.", ["urn:test:allotment:1"])], by="am")`
    """
    own = study.sources[[participant_id in there for there in study.sources["participants"]]].sort_values(["occasion", "source_id"])
    source_id = source_id or (own["source_id"].iloc[0] if len(own) else "")
    wrong = [] if source_id in set(own["source_id"]) else [f"{shown(participant_id)} does not speak in {shown(source_id)}"]
    row = {"participant_id": participant_id, "source_id": source_id, "theme_id": theme_id, "by": by, "created": created or None}
    if isinstance(said, str):
        wrong += [] if said in CELL_STATES[1:] else [f"{shown(said)} is no state of a cell; there are: {', '.join(CELL_STATES[1:])}"]
        row |= {"state": said}
    else:
        row |= {"state": "summary", "sentences": [{"says": words, "codings": list(codings)} for words, codings in said]}
    wrong += _wrong(study, row)
    if wrong:
        raise StudyError([Problem(SUMMARIES.file, None, complaint) for complaint in wrong], "what was to be recorded; nothing was written")
    return append_once(study.folder, SUMMARIES, row, {}, summary_id)


def append_chart(study: Study, sheet: str | Path, *, by: str) -> int:
    """Chart every cell that somebody wrote into a sheet of notebook 4 (`themes.chart_sheet`); returns how many.

    Raises
    ------
    StudyError
        With every cell that does not fit, by line; nothing is written.
    durable.NotSaved
    """
    path, problems = Path(sheet), []
    columns = (Column("cell", "text", "which cell", required=True), Column("participant_id", "id", "its row", required=True),
               Column("source_id", "id", "its interview", required=True), Column("theme_id", "id", "its column", required=True), Column("codings", "texts", "its passages"),
               Column("write", "text", "the summary, or a state"))
    rows, lines = read_table(path.parent, Table("sheet", path.name, "", columns, key="cell", open_ended=True), problems)
    charted = []
    for line, row in zip(lines, rows.to_dict("records"), strict=True):
        if not isinstance(row["write"], str):
            continue
        try:
            cell = _cell(row, by)
        except ValueError as error:
            problems.append(Problem(path.name, line, f"{row['cell']}: {error}"))
            continue
        problems += [Problem(path.name, line, f"{row['cell']}: {complaint}", do="write [1], the number of a passage, after it") for complaint in _wrong(study, cell)]
        charted.append(cell)
    if problems:
        raise StudyError(problems, f"the sheet {path.name}; nothing was stored")
    for cell in charted:
        append_once(study.folder, SUMMARIES, cell, {})
    return len(charted)


def _cell(row: dict, by: str) -> dict:
    cell = {name: row[name] for name in ("participant_id", "source_id", "theme_id")} | {"by": by}
    if row["write"] in CELL_STATES[1:]:
        return cell | {"state": row["write"]}
    return cell | {"state": "summary", "sentences": sentences(row["write"], row["codings"] or [])}


def _wrong(study: Study, cell: dict) -> list[str]:
    """What does not fit in a cell that is to be charted."""
    if cell["theme_id"] not in set(study.theme_codes["theme_id"]):
        return [f"no theme {shown(cell['theme_id'])} with codes. {nearest(cell['theme_id'], study.theme_codes['theme_id'])}"]
    if cell["state"] != "summary":
        return []
    if not cell["sentences"]:
        return ["a summary without a sentence"]
    there = passages(study.all_codings, study.theme_codes)
    here = set(there.loc[(there[["participant_id", "source_id", "theme_id"]] == [cell["participant_id"], cell["source_id"], cell["theme_id"]]).all(axis=1), "coding_id"])
    return [f"“{sentence['says']}” rests on no passage" for sentence in cell["sentences"] if not sentence["codings"]] + [
        f"{shown(coding)} is no coding of this cell" for sentence in cell["sentences"] for coding in sentence["codings"] if coding not in here]

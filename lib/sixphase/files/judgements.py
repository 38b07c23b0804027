"""What people judge about the study as a whole: information power, a codebook held stable, dimensions of codes, and blind card sorts. Each is an act, appended and kept."""

import uuid
from pathlib import Path

from ..codebook import HELD, digest
from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import CARDS, DIMENSIONS, POWER, Column, Table
from . import acts
from .codings_jsonl import now
from .records_jsonl import append_decision, append_record
from .tables_csv import read_table
from .yaml_files import read_codes


def append_power(study: Study, item: str, sentence: str, *, by: str, interviews: int | None = None, on: str = "") -> str:
    """Record one of the five judgements of information power; returns its id once it is on the disk.

    Parameters
    ----------
    study : Study
    item : str
        What is judged, one of `tables.POWER_ITEMS`: aim, sample specificity, established theory, quality of dialogue, analysis strategy.
    sentence : str
        The judgement, as the write-up can say it.
    interviews : int
        Interviews held by then; all that the study has unless it is given.
    on : str
        The day; today unless it is given.

    Raises
    ------
    StudyError
        The judgement does not fit; nothing is written.
    durable.NotSaved
    """
    held = len(study.sources) if interviews is None else interviews
    return append_record(study.folder, POWER, {"on": on or now()[:10], "by": by, "item": item, "sentence": sentence, "interviews": held})


def append_hold(study: Study, *, by: str, because: str, on: str = "") -> str:
    """Record that the codebook is held stable from the end of a day; returns the id of the decision once it is on the disk.

    What the codebook says is kept as a digest, so that a change by hand, of which no history tells, is found later.

    Parameters
    ----------
    study : Study
    by, because : str
        Who decided, and why now.
    on : str
        The day; today unless it is given.

    Raises
    ------
    StudyError
        The codebook cannot be read, or the decision does not fit; nothing is written.
    durable.NotSaved
    """
    problems: list[Problem] = []
    codes, _ = read_codes(study.folder, problems)  # as it is on the disk now
    if problems:
        raise StudyError(problems, "the codebook; nothing was written")
    return append_decision(study, "the codebook is held stable", by=by, phase=2, because=because, about=[HELD, f"codebook:{digest(codes)}"], on=on)


def append_dimension(study: Study, coding_id: str, dimension: str, *, by: str, on: str = "") -> str:
    """Record a dimension of its code that a reader saw in a coding; returns its id once it is on the disk.

    Raises
    ------
    StudyError
        There is no such coding, or the dimension is missing; nothing is written.
    durable.NotSaved
    """
    if study.standing(coding_id) not in set(study.given["coding_id"]):
        raise StudyError([Problem(DIMENSIONS.file, None, f"{shown(coding_id)} is no coding that stands")], "what was to be recorded; nothing was written")
    return append_record(study.folder, DIMENSIONS, {"on": on or now()[:10], "by": by, "coding_id": coding_id, "dimension": dimension})


def append_card_sort(study: Study, sheet: str | Path, *, by: str, on: str = "") -> int:
    """Record a sheet of extracts that somebody sorted blind to the definitions; returns how many cards are on the disk.

    Parameters
    ----------
    study : Study
    sheet : str or Path
        The CSV file that notebook 5 dealt (`card_sort.sheet`), with theme ids, or none, in the column `into`; a blank is a card not sorted yet.
    by : str
        Who sorted.
    on : str
        The day; today unless it is given.

    Raises
    ------
    StudyError
        With every row that does not fit; nothing is written.
    durable.NotSaved
    """
    path, problems = Path(sheet), []
    columns = (Column("card", "integer", "its number"), Column("coding_id", "text", "the extract", required=True), Column("quotation", "text", "its words"),
               Column("into", "texts", "theme ids separated by “;”, or none"), Column("because", "text", "why"))
    rows, lines = read_table(path.parent, Table("sheet", path.name, "", columns, key="coding_id", open_ended=True), problems)
    known, given = {*study.themes["theme_id"], "none"}, set(study.given["coding_id"])
    for line, row in zip(lines, rows.to_dict("records"), strict=True):
        if study.standing(row["coding_id"]) not in given:
            problems.append(Problem(path.name, line, f"{shown(row['coding_id'])} is no coding that stands", do="deal a new sheet in notebook 5"))
        problems += [Problem(path.name, line, f"no theme {shown(theme)}", do=nearest(theme, known)) for theme in row["into"] or [] if theme not in known]
    if problems:
        raise StudyError(problems, f"the sheet {path.name}; nothing was stored")
    cards = [{"card_id": uuid.uuid4().urn, "on": on or now()[:10], "by": by, "coding_id": row["coding_id"], "into": row["into"],
              **({"because": row["because"]} if isinstance(row["because"], str) else {})} for row in rows.to_dict("records") if row["into"]]
    acts.append(study.folder / CARDS.file, cards)
    return len(cards)

"""A study folder: found, opened, checked, begun."""

import re
from pathlib import Path

import pandas as pd

from ..places import NAME, find_study
from ..problems import Problem, StudyError, shown
from ..study import Study, disagreements
from ..tables import CARDS, DECISIONS, DEFINITIONS, DIMENSIONS, FACTS, IMPORTS, MOVES, PARTICIPANTS, POWER, PSEUDONYMS, READING, REVIEWS, SOURCES, STORED, SUGGESTIONS, SUMMARIES, empty
from ..withdrawals import without_withdrawn
from . import durable
from .additions import unsettled
from .codings_jsonl import read_codings
from .memos_md import read_memos
from .manuscript_md import read_beside_manuscript, read_manuscript
from .records_jsonl import read_records
from .tables_csv import read_table
from .timestamps_csv import read_timestamps
from .transcripts_txt import read_texts
from .yaml_files import read_codes, read_relations, read_settings, read_themes

FRAME = Path(__file__).parent / "new_study"  # what `new` copies


def open_study(study: str | Path) -> Study:
    """Open a study and check all of it. What is about people who withdrew is checked too, and then left out.

    Parameters
    ----------
    study : str or Path
        A folder, or the name of one in data/ or in a folder that SIXPHASE_STUDIES lists.

    Raises
    ------
    StudyError
        With every problem of every file.
    """
    folder = find_study(study)
    opened, problems = read_study(folder)
    if problems:
        raise StudyError(problems, f"the study {folder.name}")
    return without_withdrawn(opened)


def check_study(study: str | Path) -> list[Problem]:
    """List every problem of a study; an empty list means that it can be run.

    Raises
    ------
    StudyError
        There is no such study.
    """
    opened, problems = read_study(find_study(study))
    for source_id in opened.texts:
        read_timestamps(opened, source_id, problems)
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.what))


def read_study(folder: Path) -> tuple[Study, list[Problem]]:
    """Read a study folder as far as it can be read, and list what is wrong with it."""
    problems = unsettled(folder) + _copies(folder)
    settings = read_settings(folder, problems)
    sources, source_lines = read_table(folder, SOURCES, problems)
    participants, participant_lines = read_table(folder, PARTICIPANTS, problems)
    codes, code_lines = read_codes(folder, problems)
    themes, theme_lines = read_themes(folder, problems)
    texts = read_texts(folder, sources, source_lines, problems)
    replaced: dict[str, str] = {}
    proposed: list[pd.DataFrame] = []
    codings = read_codings(folder, texts, list(settings.get("coders") or {}), problems, replaced, proposed)
    lines = {"sources": dict(zip(sources["source_id"], source_lines, strict=True)), "codes": code_lines, "themes": theme_lines,
             "participants": dict(zip(participants["participant_id"], participant_lines, strict=True))}
    study = Study(folder, settings, sources, participants, texts, codings, codes, themes, read_memos(folder, problems),
                  *(read_records(folder, table, problems) for table in (DECISIONS, READING, IMPORTS)),
                  read_manuscript(folder, problems), lines, read_relations(folder, problems),
                  *(read_records(folder, table, problems) for table in (REVIEWS, MOVES)),
                  read_table(folder, FACTS, problems)[0] if (folder / FACTS.file).exists() else empty(FACTS), replaced, read_beside_manuscript(folder, problems),
                  *(read_records(folder, table, problems) for table in (PSEUDONYMS, POWER, DIMENSIONS, CARDS, SUMMARIES, DEFINITIONS)),
                  suggestions=pd.concat(proposed, ignore_index=True) if proposed else empty(SUGGESTIONS))
    if not problems:  # tables that could not be read would only be reported a second time
        problems += disagreements(study)
    return study, problems


def _copies(folder: Path) -> list[Problem]:
    """Copies that a sync program made of a study's own files, which nobody would read."""
    problems = []
    for file in sorted({table.file for table in STORED if "/" not in table.file}):
        stem, ending = file.rsplit(".", 1)
        made = re.compile(rf"{stem}( \d+| ?\(.*\)|.*conflict.*)\.{ending}", re.I)
        problems += [Problem(path.name, None, f"a copy of {file}, as sync programs make them when two people change a file at once",
                             do=f"bring what is new in it into {file}, then delete the copy")
                     for path in sorted(folder.iterdir()) if made.fullmatch(path.name)]
    return problems


def new_study(name: str, parent: Path) -> Path:
    """Begin a study: a folder with every file it needs, each with a comment that says what to write there.

    Raises
    ------
    StudyError
        The name cannot be a folder's, or is taken. Nothing is written.
    """
    folder = parent / name
    if not NAME.fullmatch(name):
        raise StudyError([Problem(name, None, "not a name for a study", "letters, digits, - and _", shown(name), "for example winter_survey")], "the new study")
    if folder.exists():
        raise StudyError([Problem(str(folder), None, "there is something here already", do="choose another name")], "the new study")
    for part in ("", "transcripts", "codings", "memos"):
        (folder / part).mkdir(parents=True, mode=0o700)
    for path in sorted(FRAME.iterdir()):
        durable.replace(folder / path.name.replace("gitignore", ".gitignore"), path.read_bytes().replace(b"NAME", name.encode()))
    return folder

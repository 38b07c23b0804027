"""What leaves a study when it is exported: chosen by consent and disclosure, and said in sentences before anything is written.

An interview may leave as a whole when everybody in it agreed to archiving, in quotations when everybody agreed to be quoted; a blank is a no, and
who withdrew never leaves. Attributes leave only if study.yaml publishes them, and only as far as all that is told about a person fits enough people.
Names of coders and interviewers, memos, comments, decisions and dates of interviews stay unless they are asked for.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from ... import cases, disclosure
from ...problems import Problem, StudyError, count
from ...study import Study
from ...suggestions import mark
from . import record

NOTES = {"memos": lambda study: study.memos, "decisions": record.decisions, "history": record.histories}
HELD = {"comments": "comments", "memos": "memos", "decisions": "decisions", "history": "what happened to codes and themes, and those that were merged or let go"}
COUNTED = {"memos": lambda number: f"{count(number, 'memo')}", "decisions": lambda number: f"{count(number, 'decision')} as notes,",
           "history": lambda number: f"{number:,} histories of codes and themes as notes, with those that were merged or let go,"}
STAYING = re.compile(r"^(stays: [\d,]+ interviews? of people who did not agree or withdrew) \(.*\)$")
CONSENT = {"texts": ("archiving", "to archiving"), "quotations": ("quotation", "to be quoted"), "codes": ("", "")}


@dataclass
class Leaving:
    """The part of a study that may leave.

    Attributes
    ----------
    title : str
    synthetic : bool
    texts : dict
        Canonical text by source.
    sources : DataFrame
        `tables.SOURCES`, those that leave.
    codings, codes, themes, memos : DataFrame
        Tables of the study, as far as they leave; among the memos decisions and histories, where they are asked for (`record`).
    people : DataFrame
        `participant_id`, and the attributes that may be told; NA where they would fit too few people.
    kept : dict
        What came with a project and has no place in a study, the program's own keys, and the file as it came.
    said : list of str
        What leaves and what stays.
    """

    title: str
    synthetic: bool
    texts: dict[str, str] = field(repr=False)
    sources: pd.DataFrame
    codings: pd.DataFrame
    codes: pd.DataFrame
    themes: pd.DataFrame
    memos: pd.DataFrame
    people: pd.DataFrame
    kept: dict = field(repr=False)
    said: list[str]

    @property
    def said_there(self) -> list[str]:
        """The sentences as the file itself tells them: without the ids of interviews that stay, or it would say who did not agree."""
        return [STAYING.sub(r"\1", sentence) for sentence in self.said]


def leaving(study: Study, what: str, *, more: Collection[str] = (), leave_out: bool = False, within_team: bool = False) -> Leaving:
    """Choose what may leave.

    Parameters
    ----------
    study : Study
    what : str
        What the format carries: “texts” (whole transcripts), “quotations”, or “codes” (no words of participants).
    more : collection of str
        “comments”, “kept”, or of `NOTES`: what leaves though it usually stays.
    leave_out : bool
        Leave out the interviews of those who did not agree, instead of refusing.
    within_team : bool
        It goes only to people who may read the transcripts anyway, so that consent to archiving and quotation is not asked for.

    Raises
    ------
    StudyError
        Somebody did not agree, or withdrew: whom, and what to do.
    """
    refusals = [] if what == "codes" else _refusals(study, *CONSENT[what], within_team=within_team)
    if refusals and not leave_out:
        raise StudyError([problem for _, problem in refusals], "what would leave; nothing was written")
    gone = {person for person, _ in refusals}
    stays = [source for source, people in zip(study.sources["source_id"], study.sources["participants"], strict=True) if gone & set(people)]
    sources = study.sources.iloc[:0] if what == "codes" else study.sources[~study.sources["source_id"].isin(stays)].reset_index(drop=True)
    codings = study.all_codings[study.all_codings["source_id"].isin(set(sources["source_id"]))].reset_index(drop=True)
    codings = codings if "comments" in more else codings.assign(comment=pd.Series(pd.NA, index=codings.index, dtype="str"))
    codes = study.codes[study.codes["status"].ne("merged").fillna(True).astype(bool)].reset_index(drop=True)
    themes = study.themes[study.themes["status"] != "let go"].reset_index(drop=True)
    attending = list(dict.fromkeys(sources["participants"].explode().dropna()))
    people, told = publishable(study, attending, sources)
    told_of = {*(f"source:{source}" for source in stays), *(f"participant:{person}" for person in gone)}
    notes = {name: _elsewhere(table(study), told_of) for name, table in NOTES.items() if name in more}
    texts = {source: study.texts[source] for source in sources["source_id"]} if what == "texts" else {}
    said = _said(study, what, sources, codings, codes, themes, notes, attending, stays, set(more), within_team) + (told if what != "codes" else [])
    return Leaving(study.settings["title"], bool(study.settings["synthetic"]), texts, sources, codings, codes, themes,
                   pd.concat([study.memos.iloc[:0], *notes.values()], ignore_index=True), people, kept(study, "kept" in more and not gone), said)


def _elsewhere(notes: pd.DataFrame, told_of: set[str]) -> pd.DataFrame:
    """The notes that are not about an interview, or a person, that stays."""
    return notes[pd.Series([not any(":".join(link.split(":")[:2]) in told_of for link in about or []) for about in notes["about"]], index=notes.index, dtype="bool")]


def _refusals(study: Study, consent: str, words: str, *, within_team: bool) -> list[tuple[str, Problem]]:
    """Who forbids it, with the problem that tells so."""
    found = []
    for person in study.participants.to_dict("records"):
        name = person["participant_id"]
        line = study.lines["participants"].get(name)
        if pd.notna(person["withdrawn"]):
            found.append((name, Problem("participants.csv", line, f"{name} withdrew on {person['withdrawn']}", do="--leave-out leaves their interviews out")))
        elif not within_team and not (pd.notna(person[consent]) and person[consent]):
            found.append((name, Problem("participants.csv", line, f"{name} did not agree {words}", f"{consent}: yes", "no" if pd.notna(person[consent]) else "blank, which is a no",
                                        "--leave-out leaves their interviews out; --within-team if it goes only to people who may read the transcripts anyway")))
    return found


def publishable(study: Study, people: list[str], sources: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The attributes that may be told of each person, and a sentence on each attribute that study.yaml publishes.

    For each person attributes are taken in the order of study.yaml as long as all that is told fits at least as many people as
    `smallest_group` (`disclosure.exposure`), in the sample and among the role-holders in manuscript/publishing.yaml. Of whom several interviews leave (`sources`),
    it is told anyway that they were interviewed so often.
    """
    names = [name for name, entry in (study.settings["attributes"] or {}).items() if str((entry or {}).get("publish")).lower() in ("yes", "true") and name in study.participants]
    frame = (study.beside.get("publishing") or {}).get("frame")
    smallest = int((study.settings["thresholds"] or {}).get("smallest_group", disclosure.SMALLEST))
    everybody = cases.with_times(study.participants, study.sources)
    leaving = cases.interviews_each(sources)
    there = everybody[everybody["participant_id"].isin(people)][["participant_id", cases.TIMES, *names]].reset_index(drop=True)
    there[cases.TIMES] = there[cases.TIMES].where(there["participant_id"].map(leaving).gt(1))
    told_of: dict[tuple, tuple] = {}
    rows = []
    for person in there.itertuples(index=False):
        values = tuple(None if pd.isna(value) else value for value in person[1:])
        if values not in told_of:
            pairs = list(zip([cases.TIMES, *names], values, strict=True))
            told_of[values] = _tellable(person[0], pairs, everybody, pd.DataFrame(frame) if frame else None, smallest)
        rows.append((person[0], *told_of[values]))
    table = pd.DataFrame(rows, columns=["participant_id", *names]).astype("str")
    said = [f"of participants: {name} of {table[name].notna().sum()} of {len(table)} (of the others it would fit fewer than {smallest} people, or is not known)" for name in names]
    return table, said or ["of participants: their ids and no attribute, since study.yaml publishes none"]


def _tellable(person: str, pairs: list[tuple], participants: pd.DataFrame, frame: pd.DataFrame | None, smallest: int) -> tuple:
    """The values that may be told, None for the others; the first pair is told whatever it is."""
    chosen = [pair for pair in pairs[:1] if pair[1] is not None]
    for name, value in pairs[1:]:
        if value is None:
            continue
        union = pd.DataFrame([(person, n, v, "export") for n, v in [*chosen, (name, value)]], columns=["participant_id", "attribute", "value", "where"])
        if disclosure.exposure(union, participants, frame=frame, smallest=smallest)["state"].iloc[0] == "ok":
            chosen.append((name, value))
    return tuple(dict(chosen).get(name) for name, _ in pairs[1:])


def kept(study: Study, asked: bool) -> dict:
    """What came with the project this study was made from: the program's keys always, the rest when it is asked for."""
    files = sorted((study.folder / "raw").glob("*.kept.json"))
    told = json.loads(files[-1].read_text(encoding="utf-8")) if files else {}
    came_as = files[-1].with_name(files[-1].name.replace(".kept.json", ".qdpx")) if files else None
    return {"guids": told.get("guids", {}), "xml": told.get("xml", {}) if asked else {}, "came_as": came_as if came_as and came_as.is_file() else None}


def _said(study: Study, what: str, sources: pd.DataFrame, codings: pd.DataFrame, codes: pd.DataFrame, themes: pd.DataFrame, notes: dict[str, pd.DataFrame],
          people: list[str], stays: list[str], more: set[str], within_team: bool) -> list[str]:
    said = [f"leaves: {count(len(codes), 'code')} with their definitions, {count(len(themes), 'theme')}"]
    if what != "codes":
        words = "whole transcripts of" if what == "texts" else "quotations from"
        coders = ", ".join(sorted(codings["coder_id"].unique()))
        said = [f"leaves: {words} {count(len(sources), 'interview')} with {count(len(people), 'participant')}, by their ids",
                f"leaves: {count(len(codings), 'coding')} with the day and the id of the coder ({coders}){', and comments' if 'comments' in more else ''}", *said]
    proposed = sorted({told for row in codings.itertuples() if (told := mark(row.suggested_by, row.edited))})
    said += [f"leaves: codings {told}: {sum(mark(row.suggested_by, row.edited) == told for row in codings.itertuples())}" for told in proposed] if what != "codes" else []
    said += [f"leaves: {COUNTED[name](len(table))} not about an interview that stays, whatever they say of people" for name, table in notes.items()]
    said += ["leaves: what came with the project from another program and has no place here, unread"] if "kept" in more and not stays else []
    said += ["stays: what came with the project from another program, since it may hold words of those who did not agree"] if "kept" in more and stays else []
    held = ["names of coders and interviewers", "participants’ other attributes", "dates of interviews", *(words for name, words in HELD.items() if name not in more)]
    said += [f"stays: {', '.join(held)}"]
    said += [f"stays: {count(len(stays), 'interview')} of people who did not agree or withdrew ({', '.join(stays)})"] if stays else []
    return said + (["consent to archiving and quotation was not asked for: this goes only to people who may read the transcripts anyway"] if within_team else [])

"""The coding pane and the reading desk: a transcript to read and to code in JupyterLab, and its still view everywhere else.

The transcript reaches the page by a message when a person opens it. It is never part of the widget's state, which
notebooks store. Each act of a person comes as a message with an id, and is answered when it is on the disk.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Protocol

import anywidget
import pandas as pd
import traitlets
from markupsafe import escape

from ... import codebook, transcripts
from ...study import Study
from ...tables import MEMO_KINDS
from ..reading import still
from ..results import SYNTHETIC, Page
from . import modules

MOST = 400  # places of a search that are shown


class Desk(Protocol):
    """What a pane needs of `files.Desk`: the study, who works on it, what is on the disk now, and a place for acts."""

    study: Study
    by: str
    blind: bool
    times: int
    coders: list[str]

    def codings(self, source_id: str) -> pd.DataFrame:
        """The codings of a source as they stand now."""

    def record(self, act: dict) -> str:
        """Store an act; says what it changed."""


class Coder(anywidget.AnyWidget):
    """A pane over one desk. What it shows of itself without a kernel is the still view."""

    _esm = modules.joined("coder.js")
    _css = modules.style()
    desk = traitlets.Unicode().tag(sync=True)  # a name for the place acts go to; no words of anybody
    source = traitlets.Unicode().tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: Desk, source_id: str, mode: str):
        folder = hashlib.sha256(str(desk.study.folder.resolve()).encode()).hexdigest()[:8]
        super().__init__(desk=f"{desk.study.name} {desk.by} {folder}", source=source_id, mode=mode)
        self._desk = desk
        self.on_msg(self._heard)

    def _heard(self, _, message: dict, __) -> None:
        if "act" in message:
            self._act(message["act"])
        elif message.get("ask") in ASKED:
            self.send(_answered(ASKED[message["ask"]], self._desk, message))

    def _act(self, act: dict) -> None:
        desk, source_id = self._desk, act.get("source_id")
        others = source_id in desk.study.texts and desk.changed_by_others(source_id)
        try:
            changed = desk.record(act)
        except Exception as error:  # whatever it is, the person must hear that this is not saved
            self.send({"refused": {"id": act.get("id"), "why": sentence(error)}, **(_news(desk, "codings", source_id) if source_id in desk.study.texts else {})})
            return
        told = {} if changed == "codings" and not others else _news(desk, changed, source_id)
        self.send({"saved": {"id": act["id"], "act": act}, **told})

    def __repr__(self) -> str:
        return f"{'Coding pane' if self.mode == 'coding' else 'Reading desk'}: {self.source}. In JupyterLab, run this cell to work in it."

    def _repr_mimebundle_(self, **kwargs):
        made = super()._repr_mimebundle_(**kwargs)
        bundle = made[0] if isinstance(made, tuple) else made
        study, codings = self._desk.study, self._desk.codings(self.source)
        codings = codebook.current(codings, study.codes) if self.mode == "coding" else codings.iloc[:0]
        page = still(self.source, study.texts[self.source], study.turns[study.turns["source_id"] == self.source], codings, codebook.paths(study.codes))
        page.label = SYNTHETIC if study.settings["synthetic"] else ""
        return {**bundle, "text/plain": repr(self), "text/html": page._repr_html_()}


def coder(desk: Desk, source_id: str = "") -> Coder | Page:
    """A pane to code an interview in.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom.
    source_id : str
        The interview to open; the first one this coder has not coded yet unless it is given.

    Returns
    -------
    Coder or Page
        The pane; a page that says what to do where the study has no transcript yet.

    Raises
    ------
    ValueError
        The study has no such source.
    """
    return _pane(desk, source_id, set(desk.study.given.loc[desk.study.given["coder_id"] == desk.by, "source_id"]), "coding")


def reader(desk: Desk, source_id: str = "") -> Coder | Page:
    """A desk to read an interview at, alone or beside another, before anything is coded; parameters as `coder`.

    The first interview this person has no sitting with is opened unless one is given. Codings are not shown.
    """
    reading = desk.study.reading
    return _pane(desk, source_id, set(reading.loc[reading["by"] == desk.by, "source_id"]), "reading")


def _pane(desk: Desk, source_id: str, done: set[str], mode: str) -> Coder | Page:
    known = list(desk.study.texts)
    if source_id and source_id not in known:
        raise ValueError(f"no source in {desk.study.name} is called “{source_id}”: {', '.join(known[:40]) or 'there is none yet'}")
    if not known:
        return Page(f"<p>{escape(desk.study.name)} has no transcript yet. Bring some in (<code>import FILE … --study NAME</code>), then run this cell again.</p>", "No transcript yet.")
    return Coder(desk, source_id or next((source for source in known if source not in done), known[0]), mode)


def _answered(answer: Callable, desk, message: dict) -> dict:
    try:
        return {"re": message["id"], **answer(desk, message)}
    except Exception as error:  # a person who asked is told, whatever it is
        return {"re": message["id"], "why": sentence(error)}


def sentence(error: Exception) -> str:
    """An error as a person reads it: its words, and what kind of error it is where it is none of ours."""
    words = str(error).strip("'\"\n ") or type(error).__name__
    return words if isinstance(error, ValueError | OSError) or type(error).__name__ == "StudyError" else f"{type(error).__name__}: {words}"


def _interview(desk, message: dict) -> dict:
    study, source_id = desk.study, message["source_id"]
    text = desk.text(source_id)
    current = {"codings": _codings(desk, source_id), **{name: part for kind in ("codes", "memos", "reading", "decisions") for name, part in _news(desk, kind, source_id).items()}}
    return {"source_id": source_id, "turns": _turns(study.turns[study.turns["source_id"] == source_id], text), **current,
            "sources": _sources(desk), "themes": _themes(study), "coders": {coder: study.settings["coders"][coder] for coder in desk.coders},
            "me": desk.by, "blind": desk.blind, "pass": desk.times, "memo_kinds": list(MEMO_KINDS), "label": SYNTHETIC if study.settings["synthetic"] else ""}


def _turns(turns: pd.DataFrame, text: str) -> list[dict]:
    before, told = 0, []
    for turn in turns.itertuples():
        told.append({"turn": int(turn.turn), "line": int(turn.line), "speaker": turn.speaker, "asks": bool(pd.isna(turn.participant_id)),
                     "start": int(turn.start), "lead": text[before:turn.start], "text": text[turn.start:turn.end]})
        before = turn.end
    return told


def _codings(desk, source_id: str) -> list[dict]:
    columns = ["coding_id", "code_id", "coder_id", "start", "end", "comment", "created", "pass"]
    return _records(desk.codings(source_id)[columns])


def _sources(desk) -> list[dict]:
    given = desk.study.given
    coded = given[given["coder_id"] == desk.by]["source_id"].value_counts()
    sittings = desk.reading["source_id"].value_counts()
    return [{"source_id": source, "codings": int(coded.get(source, 0)), "sittings": int(sittings.get(source, 0))} for source in desk.study.texts]


def _themes(study) -> list[dict]:
    names = study.themes.set_index("theme_id")["name"]
    return [{"theme_id": theme, "name": names[theme], "codes": sorted(set(found))} for theme, found in study.theme_codes.groupby("theme_id", sort=False)["code_id"]]


def _news(desk, kind: str, source_id: str) -> dict:
    """What a page should know after something changed."""
    if kind == "codings":
        return {"source_id": source_id, "codings": _codings(desk, source_id)}
    if kind == "codes":
        codes, elsewhere = desk.codes, desk.elsewhere(source_id)
        counts = elsewhere.groupby("code_id")["source_id"].agg(["size", "nunique"])
        told = codes.assign(elsewhere=codes["code_id"].map(counts["size"]).fillna(0).astype(int), interviews_elsewhere=codes["code_id"].map(counts["nunique"]).fillna(0).astype(int))
        return {"codes": _records(told)}
    return {kind: _records(getattr(desk, kind))}


def _records(table: pd.DataFrame) -> list[dict]:
    names = table.columns.tolist()
    return [dict(zip(names, row, strict=True)) for row in zip(*(_told(table[name]) for name in names), strict=True)]


def _told(column: pd.Series) -> list:
    values = column.tolist() if column.dtype != object else [_plain(value) for value in column]
    return [None if missing else value for value, missing in zip(values, column.isna().tolist(), strict=True)]


def _plain(value: object) -> object:
    """A value as JSON has it: days as text, entries of YAML as plain lists and mappings."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _find(desk, message: dict) -> dict:
    study, source_id = desk.study, message.get("source_id") or ""
    turns = study.turns[study.turns["source_id"] == source_id] if source_id else study.turns
    places = transcripts.concordance(study.texts, turns, message["words"], regular=bool(message.get("regular")), interviewers=bool(message.get("interviewers")))
    return {"places": _records(places.head(MOST)), "total": len(places)}


def _passages(desk, message: dict) -> dict:
    found = desk.elsewhere(message["source_id"])
    found = found[found["code_id"] == message["code_id"]]
    lines = found.assign(exact=found["quotation"], line=found["text_line"])
    return {"passages": _records(lines[["coding_id", "source_id", "code_id", "coder_id", "start", "end", "exact", "line", "comment", "pass"]])}


ASKED = {"interview": _interview, "find": _find, "passages": _passages}

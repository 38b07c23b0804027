"""What can be done at a desk with definition cards and with the framework matrix.

As `desk_acts`: each checks the act against what is on the disk now, stores it once, and says what it changed. An act says what
stood there when the person wrote (`was`), so that nobody writes over what somebody else has written meanwhile.
"""

from typing import TYPE_CHECKING

import pandas as pd

from ..approaches import fitting
from ..problems import StudyError, nearest, shown
from ..tables import CARD_PARTS
from ..themes import CELL, charted
from .definitions_jsonl import append_definition
from .desk_acts import Refused
from .matrix_jsonl import append_summary

if TYPE_CHECKING:
    from .desks import Desk


def _define(desk: "Desk", act: dict) -> str:
    """`theme_id`, `part`, `value` (words, or the shortlist), `was`; optionally `because`."""
    theme_id, part, value, was = act["theme_id"], act["part"], act["value"], act["was"]
    if act["id"] not in set(desk.definitions["definition_id"]):
        now = _now(desk, theme_id, part)
        if not _alike(now, was) and not _alike(now, value):
            raise Refused(f"somebody wrote here meanwhile. What stands there now: {shown(now if isinstance(now, str) else 'another shortlist')}. "
                          "Copy your words, let this go, and write again on what you see then")
    try:
        append_definition(desk.study, theme_id, part, value, by=desk.by, because=str(act.get("because") or "").strip(), definition_id=act["id"], created=act["created"])
    except StudyError as wrong:
        raise Refused(" ".join(f"{problem.what}. {problem.do}".rstrip(". ") + "." for problem in wrong.problems)) from None
    return "cards"


def _now(desk: "Desk", theme_id: str, part: str) -> str | list[dict]:
    themes = desk.themes.set_index("theme_id")
    if theme_id not in themes.index:
        raise Refused(f"no theme is called {shown(theme_id)}: {nearest(theme_id, themes.index)}")
    if part not in CARD_PARTS:
        raise Refused(f"{shown(part)} is no part of a card: {nearest(part, CARD_PARTS)}")
    now = themes.loc[theme_id, part]
    if part == "extracts":
        standing = [{**extract, "coding": desk.study.standing(extract.get("coding"))} for extract in (now or [])]
        return [extract for extract in standing if extract["coding"] not in desk.study.left]  # words of who withdrew are on no list
    return str(now) if pd.notna(now) else ""


def _alike(now: str | list[dict], said: str | list[dict]) -> bool:
    if isinstance(now, list) and isinstance(said, list):
        return [(one.get("coding"), one.get("because") or "") for one in now] == [(one.get("coding"), one.get("because") or "") for one in said]
    return isinstance(now, str) and isinstance(said, str) and now.strip() == said.strip()


def _chart(desk: "Desk", act: dict) -> str:
    """`participant_id`, `source_id`, `theme_id`, `said` (a state, or sentences as {says, codings}), `was`: the id of the summary that stood there, or ""."""
    gate = fitting(desk.study.family, "framework matrix")
    if not gate.open:
        raise Refused(gate.sentence)
    summaries = desk.summaries
    if act["id"] in set(summaries["summary_id"]):
        return "matrix"
    stands = charted(summaries)
    here = stands[(stands[CELL] == [act[name] for name in CELL]).all(axis=1)]
    if (here["summary_id"].iloc[0] if len(here) else "") != (act["was"] or ""):
        raise Refused("somebody charted this cell meanwhile. Copy your words, let this go, and write again on what you see then")
    said = act["said"] if isinstance(act["said"], str) else [(str(one["says"]).strip(), list(one["codings"])) for one in act["said"]]
    try:
        append_summary(desk.study, act["participant_id"], act["theme_id"], said, by=desk.by, source_id=act["source_id"], summary_id=act["id"], created=act["created"])
    except StudyError as wrong:
        raise Refused("; ".join(problem.what for problem in wrong.problems)) from None
    return "matrix"


CARD_KINDS = {"define": _define, "chart": _chart}

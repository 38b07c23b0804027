"""What can be done at a desk: one function a kind of act, each with the names its act must have.

Each checks the act against what is on the disk now, stores it, and says what it changed. An act that is there already
is not stored again. What cannot be stored is `Refused` with a sentence, and nothing is written.
"""

import re
from typing import TYPE_CHECKING

import pandas as pd

from ..problems import nearest, shown
from ..tables import CODES, DECISIONS, READING
from .codings_jsonl import annotation
from .memos_md import write_memo
from .records_jsonl import append_record
from .yaml_files import change_entry

if TYPE_CHECKING:
    from .desks import Desk

WRITABLE = ("name", "definition", "use_when", "not_when", "near_miss", "example", "parent")  # what a person may change of a code


class Refused(ValueError):
    """An act that cannot be stored as it is; the message says why and what to do."""


def _give(desk: "Desk", act: dict) -> str:
    """`source_id`, `code_id`, `start`, `end`, `exact`; optionally `comment`, `pass`, and `replaces`, the coding it takes the place of."""
    source_id, text = act["source_id"], desk.unchanged_text(act["source_id"])
    if act["id"] in desk.records(source_id, desk.by):
        return "codings"
    start, end = passage_in(text, act)
    codes = desk.codes
    usable = codes.loc[codes["status"].ne("retired"), "code_id"]  # a merged code may still be named, as by an undo: it counts for the one it became
    if act["code_id"] not in set(usable):
        raise Refused(f"no active code is called {shown(act['code_id'])}: {nearest(act['code_id'], usable)}")
    if act.get("replaces"):
        desk.standing(source_id, act["replaces"])
    desk.store(source_id, desk.by, [annotation(
        text, source_id, desk.by, act["code_id"], start, end, created=act["created"], coding_id=act["id"], comment=act.get("comment") or "",
        times=act.get("pass") or desk.times, replaces=act.get("replaces") or "", source_sha256=desk.study.blanked.get(source_id, ""))])
    return "codings"


def _withdraw(desk: "Desk", act: dict) -> str:
    """`source_id`, `coding_id`; optionally `because`."""
    desk.text(act["source_id"])
    if act["id"] not in desk.records(act["source_id"], desk.by):
        desk.standing(act["source_id"], act["coding_id"])
        not_quoted(desk, act["coding_id"])
        desk.store(act["source_id"], desk.by, [{"type": "Withdrawal", "id": act["id"], "withdraws": act["coding_id"], "creator": desk.by,
                                                 "created": act["created"], "because": act.get("because") or ""}])
    return "codings"


def _new_code(desk: "Desk", act: dict) -> str:
    """`code_id`, `name`; optionally what else `tables.CODES` has."""
    if act["code_id"] in set(desk.codes["code_id"]):
        known = desk.codes.set_index("code_id").loc[act["code_id"]]
        if known["name"] == act["name"]:
            return "codes"
        raise Refused(f"the id {shown(act['code_id'])} is taken by the code {shown(known['name'])}")
    _change(desk, act, {**{name: act[name] for name in WRITABLE if act.get(name)}, "created": act["created"][:10]}, "")
    return "codes"


def _change_code(desk: "Desk", act: dict) -> str:
    """`code_id`, `changes` (column and new value), `what` (in words), `because`."""
    unknown = set(act["changes"]) - set(WRITABLE)
    if unknown:
        raise Refused(f"{shown(sorted(unknown)[0])} is not a person's to change: {', '.join(WRITABLE)}")
    _known_code(desk, act["code_id"])
    if act["changes"].get("parent"):
        _known_code(desk, act["changes"]["parent"])
        _no_circle(desk, act["code_id"], act["changes"]["parent"])
    _change(desk, act, {name: value or None for name, value in act["changes"].items()}, act["what"])
    return "codes"


def _merge_codes(desk: "Desk", act: dict) -> str:
    """`code_id`, `into`, `because`: the codings stay as they were given and count for the other code from now on."""
    _known_code(desk, act["code_id"])
    codes = desk.codes.set_index("code_id")
    if _known_code(desk, act["into"]) == act["code_id"]:
        raise Refused("a code cannot be merged into itself")
    if codes.loc[act["into"], "status"] in ("merged", "retired"):
        raise Refused(f"{shown(codes.loc[act['into'], 'name'])} is {codes.loc[act['into'], 'status']} itself; merge into a code that stands")
    _change(desk, act, {"status": "merged", "merged_into": act["into"], "because": reason_of(act)}, f"merged into {act['into']}")
    _decide(desk, act, f"Merged the code {act['code_id']} into {act['into']}", [f"code:{act['code_id']}", f"code:{act['into']}"])
    return "codes"


def _retire_code(desk: "Desk", act: dict) -> str:
    """`code_id`, `because`."""
    _known_code(desk, act["code_id"])
    _change(desk, act, {"status": "retired", "because": reason_of(act)}, "retired")
    _decide(desk, act, f"Retired the code {act['code_id']}", [f"code:{act['code_id']}"])
    return "codes"


def _restore_code(desk: "Desk", act: dict) -> str:
    """`code_id`, `because`: a merged or retired code stands again."""
    _known_code(desk, act["code_id"])
    _change(desk, act, {"status": None, "merged_into": None, "because": None}, "stands again")
    _decide(desk, act, f"The code {act['code_id']} stands again", [f"code:{act['code_id']}"])
    return "codes"


def _split_code(desk: "Desk", act: dict) -> str:
    """`code_id`, `into` (code ids), `because`: says that codings of one code were given to others; each coding is an act of its own."""
    _known_code(desk, act["code_id"])
    into = ", ".join(_known_code(desk, other) for other in act["into"])
    _change(desk, act, {}, f"split: some of it went to {into}")
    _decide(desk, act, f"Split the code {act['code_id']}: some of it went to {into}", [f"code:{code}" for code in [act["code_id"], *act["into"]]])
    return "codes"


def _memo(desk: "Desk", act: dict) -> str:
    """`title`, `text`, `kind`, `about` (a list); to change a memo, also its `memo_id` and `was`, the text that was read."""
    if not str(act["text"]).strip() or not str(act["title"]).strip():
        raise Refused("a memo needs a heading and some words")
    memos = desk.memos.set_index("memo_id")
    known = memos.loc[act["memo_id"]] if act.get("memo_id") in memos.index else None
    words = f"# {' '.join(str(act['title']).split())}\n\n{str(act['text']).strip()}"
    if known is not None and known["by"] != desk.by:
        raise Refused(f"{known['by']} wrote this memo; write one of your own about it")
    if known is not None and known["text"] not in (act.get("was"), words):
        raise Refused("somebody changed this memo since you opened it; copy your words, open it again and put them in")
    name = act.get("memo_id") or f"{act['created'][:10]}-{_words_of(act['title'])}-{act['id'][-4:]}"
    write_memo(desk.study.folder, name[11:], words, on=name[:10], by=desk.by if known is None else known["by"], kind=act["kind"], about=list(act["about"]))
    return "memos"


def _read(desk: "Desk", act: dict) -> str:
    """`source_id`; optionally `minutes`, `turns`, `note`."""
    desk.text(act["source_id"])
    append_record(desk.study.folder, READING, {"reading_id": act["id"], "source_id": act["source_id"], "on": act["created"][:10], "by": desk.by,
                                               **{name: act.get(name) for name in ("minutes", "turns", "note")}})
    return "reading"


def _settle(desk: "Desk", act: dict) -> str:
    """`what`, `because`, `about`; optionally `alternatives`: what was decided about a passage that people read differently."""
    _decide(desk, act, act["what"], list(act["about"]), act.get("alternatives"))
    return "decisions"


KINDS = {"give": _give, "withdraw": _withdraw, "new code": _new_code, "change code": _change_code, "merge codes": _merge_codes,
         "retire code": _retire_code, "restore code": _restore_code, "split code": _split_code, "memo": _memo, "read": _read, "settle": _settle}


def _change(desk: "Desk", act: dict, changes: dict, what: str) -> None:
    entry = {"on": act["created"][:10], "by": desk.by, "what": what, "because": act.get("because") or ""}
    entry = {name: value for name, value in entry.items() if value}
    rows = desk.codes.set_index("code_id").to_dict("index")
    before = rows.get(act["code_id"], {"history": None})
    last = (before["history"] or [{}])[-1]
    if what and {name: value for name, value in last.items() if name != "was"} == entry:
        return  # the same act, sent again
    was = {name: before[name] if pd.notna(before[name]) else None for name, value in changes.items() if name in before and before[name] != value and not (pd.isna(before[name]) and value is None)}
    try:
        change_entry(desk.study.folder, CODES, act["code_id"], {**changes, **({"history": [{**entry, **({"was": was} if was else {})}]} if what else {})})
    except ValueError as wrong:
        raise Refused(str(wrong)) from None


def _decide(desk: "Desk", act: dict, what: str, about: list[str], alternatives: list[str] | None = None) -> None:
    append_record(desk.study.folder, DECISIONS, {"decision_id": act["id"], "on": act["created"][:10], "by": desk.by, "phase": 2, "what": what,
                                                 "about": about, "because": reason_of(act), "alternatives": alternatives})


def passage_in(text: str, act: dict) -> tuple[int, int]:
    """The place an act names, in code points; refused where the words on the page do not stand there."""
    start, end = act["start"], act["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text) or not act["exact"]:
        raise Refused(f"the passage {start}–{end} is not inside {act['source_id']}, which has {len(text):,} characters. Nothing was saved.")
    if text[start:end] != act["exact"]:
        raise Refused(f"the words on the page are not those of the transcript at {start}–{end}: {shown(act['exact'])} against {shown(text[start:end])}. "
                      "Nothing was saved; open the interview again and select the words once more.")
    return start, end


def reason_of(act: dict) -> str:
    """Why somebody did something; refused where that is not said."""
    if not str(act.get("because") or "").strip():
        raise Refused("say why: a reason is kept with this")
    return str(act["because"]).strip()


def _known_code(desk: "Desk", code_id: str) -> str:
    known = desk.codes["code_id"]
    if code_id not in set(known):
        raise Refused(f"no code is called {shown(code_id)}: {nearest(code_id, known)}")
    return code_id


def _no_circle(desk: "Desk", code_id: str, parent: str) -> None:
    above = desk.codes.dropna(subset="parent").set_index("code_id")["parent"].to_dict()
    here: str | None = parent
    while here is not None:
        if here == code_id:
            raise Refused("a code cannot lie under itself")
        here = above.get(here)


def not_quoted(desk: "Desk", coding_id: str) -> None:
    """Refuse to withdraw what a theme's shortlist or the manuscript rests on: that is undone first, with open eyes."""
    study = desk.study
    for theme_id, listed in study.themes[["theme_id", "extracts"]].itertuples(index=False):
        if any(extract.get("coding") == coding_id for extract in listed or []):
            raise Refused(f"this coding is on the shortlist of the theme {theme_id}; take it off there first (themes.yaml, extracts)")
    if any(study.standing(quoted) == coding_id for quoted in re.findall(r"\(quote:([^)\s]+)\)", study.manuscript)):
        raise Refused("the manuscript quotes this coding; take the quotation out there first (manuscript/manuscript.md)")


def _words_of(title: object) -> str:
    return " ".join(str(title).split())[:40]

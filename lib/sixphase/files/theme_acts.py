"""What can be done at a desk with themes: moves on the board, lines of the map, acts of review, decisions about a theme.

As `desk_acts`: each checks the act against what is on the disk now, stores it once, and says what it changed.
"""

from typing import TYPE_CHECKING

import pandas as pd

from ..approaches import shows
from ..problems import nearest, shown
from ..tables import DECISIONS, RELATIONS, REVIEWS
from ..themes import MOVE_NEEDS, REVIEW_NEEDS, as_of
from .board_jsonl import append_move
from .desk_acts import Refused
from .records_jsonl import append_record, append_review
from .yaml_files import set_relations

if TYPE_CHECKING:
    from .desks import Desk

MOVED = ("code_id", "from_theme", "theme_id", "name", "parent", "because", "replaces")  # what a move may say
REVIEWED = tuple(name for name in REVIEWS.names if name not in ("review_id", "created", "number", "by", "kind"))


def too_early(desk: "Desk") -> str:
    """Say why no theme can be made yet: in a reflexive study themes are developed from coding; "" when one can."""
    study = desk.study
    if shows(study.family, "themes before coding") == "shown" or len(study.given) or any(len(desk.codings(source_id)) for source_id in study.texts):
        return ""
    return "nothing is coded yet, and in a reflexive study themes are developed from coding; code first, and keep the idea in a memo"


def _move(desk: "Desk", act: dict) -> str:
    """`kind`, as `tables.MOVE_KINDS` names it, and the columns of `tables.MOVES` that kind needs; optionally `because` and `replaces`."""
    said = {name: str(act[name]).strip() for name in MOVED if act.get(name)}
    if act["kind"] not in MOVE_NEEDS:
        raise Refused(f"{shown(act['kind'])} is no move on the board: {nearest(str(act['kind']), MOVE_NEEDS)}")
    themes = desk.themes
    if act["kind"] == "theme named" and said.get("theme_id") not in set(themes["theme_id"]) and (why := too_early(desk)):
        raise Refused(why)
    if act["kind"] not in ("code moved", "theme named"):
        _two_levels(themes, desk.moves, {"move_id": act["id"], "created": act["created"], "kind": act["kind"], **said})
    append_move(desk.study, act["kind"], by=desk.by, move_id=act["id"], created=act["created"], **said)
    return "board"


def _two_levels(themes: pd.DataFrame, moves: pd.DataFrame, move: dict) -> None:
    """Refuse a move after which a subtheme would hang on a subtheme, or on a theme that was let go."""
    if move["move_id"] in set(moves["move_id"]):
        return
    last = moves["number"].max()
    told = pd.DataFrame([{**dict.fromkeys(moves.columns), **move, "number": 1 + (int(last) if pd.notna(last) else 0)}])
    board = as_of(themes, pd.concat([moves.astype("object"), told], ignore_index=True))
    stands = board[board["status"] != "let go"].set_index("theme_id")
    names = themes.set_index("theme_id")["name"]
    for theme_id, parent in stands["parent"].dropna().items():
        if parent not in stands.index:
            raise Refused(f"{shown(names.get(parent, parent))} has the subtheme {shown(names[theme_id])}: place that elsewhere, or let it go, first")
        if parent == theme_id or pd.notna(stands.loc[parent, "parent"]):
            raise Refused(f"{shown(names[theme_id])} would be a subtheme of a subtheme: two levels at most")


def _relate(desk: "Desk", act: dict) -> str:
    """`from`, `to`, `label`, optionally `because`: a line of the thematic map; with `was`, its old words, in place of the line that had them."""
    ends = {*desk.themes["theme_id"], *desk.codes["code_id"]}
    for end in (act["from"], act["to"]):
        if end not in ends:
            raise Refused(f"no theme or code is called {shown(end)}: {nearest(str(end), ends)}")
    if act["from"] == act["to"]:
        raise Refused("a line of the map leads from one theme to another")
    relations = desk.relations
    row = {name: str(act[name]).strip() for name in RELATIONS.names if act.get(name)}
    same = _line(relations, act["from"], act["to"], act.get("was") or act["label"])
    rows = relations.astype("object").where(relations.notna(), None).to_dict("records")
    if same.any():
        rows[int(same.to_numpy().argmax())] = row
    else:
        rows.append(row)
    return _store_relations(desk, rows)


def _unrelate(desk: "Desk", act: dict) -> str:
    """`from`, `to`, `label`: takes a line of the map away."""
    relations = desk.relations
    kept = relations[~_line(relations, act["from"], act["to"], act["label"])]
    return _store_relations(desk, kept.to_dict("records")) if len(kept) < len(relations) else "board"


def _line(relations: pd.DataFrame, start: str, end: str, label: str) -> pd.Series:
    return (relations["from"] == start) & (relations["to"] == end) & (relations["label"] == str(label).strip())


def _store_relations(desk: "Desk", rows: list[dict]) -> str:
    try:
        set_relations(desk.study.folder, pd.DataFrame(rows, columns=RELATIONS.names))
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    return "board"


def _review(desk: "Desk", act: dict) -> str:
    """`kind`, as `tables.REVIEW_KINDS` names it, and the columns of `tables.REVIEWS` that kind needs."""
    if act["kind"] not in REVIEW_NEEDS:
        raise Refused(f"{shown(act['kind'])} is no act of review: {nearest(str(act['kind']), REVIEW_NEEDS)}")
    said = {name: act[name] for name in REVIEWED if act.get(name)}
    _there(desk, said)
    if act["kind"] == "taken back" and said.get("replaces") not in set(desk.reviews["review_id"]):
        raise Refused("there is no such act of review to take back")
    append_review(desk.study, act["kind"], by=desk.by, review_id=act["id"], created=act["created"], **said)
    return "reviews"


def _there(desk: "Desk", said: dict) -> None:
    """Refuse what names a theme, extract, transcript or participant that there is not: such a study could not be opened again."""
    themes, study = set(desk.themes["theme_id"]), desk.study
    codings = set(study.all_codings["coding_id"])
    known = {"theme_id": themes, "to_theme": themes, "coding_id": codings, "against": codings, "contrary": codings, "source_id": set(study.texts),
             "participant_id": set(study.participants["participant_id"])}
    for column, names in known.items():
        value = said.get(column, [])
        for name in value if isinstance(value, list) else [value]:
            if name not in names:
                raise Refused(f"there is no {column} {shown(name)}" + ("; it may have been withdrawn: open the study again" if names is codings else f": {nearest(str(name), names)}"))


def _decide(desk: "Desk", act: dict) -> str:
    """`phase`, `what`, `because`, `about`; optionally `back_to` and `alternatives`."""
    if not str(act.get("because") or "").strip():
        raise Refused("say why: a decision is kept with its reason")
    append_record(desk.study.folder, DECISIONS, {
        "decision_id": act["id"], "on": act["created"][:10], "by": desk.by, "phase": act["phase"], "back_to": act.get("back_to"), "what": act["what"],
        "about": list(act["about"]), "because": str(act["because"]).strip(), "alternatives": act.get("alternatives")})
    return "reviews"


THEME_KINDS = {"move": _move, "relate": _relate, "unrelate": _unrelate, "review": _review, "decide": _decide}

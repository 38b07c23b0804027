"""The theme board: where codes and themes stood on any day.

themes.yaml says where everything stands now. The moves in board.jsonl say how it came there, so that an earlier day is
worked out backwards: what no move speaks of stood then as it stands now. The order of the lines makes no difference.
"""

import pandas as pd

from ..days import NEVER, before_pauses
from .acts import standing


def as_of(themes: pd.DataFrame, moves: pd.DataFrame, day: str = NEVER) -> pd.DataFrame:
    """The themes as they stood at the end of a day.

    Parameters
    ----------
    themes : DataFrame
        `tables.THEMES`, as they stand now.
    moves : DataFrame
        `tables.MOVES`.
    day : str
        As YYYY-MM-DD; the last move unless it is given.

    Returns
    -------
    DataFrame, one row a theme or subtheme that there was, in the order of `themes`
        `theme_id`, `name`, `status`, `parent`, `codes`. The codes of a theme that was let go lie on the pile.
    """
    acts = standing(moves)
    rows = []
    for theme in themes.to_dict("records"):
        own = acts[acts["theme_id"] == theme["theme_id"]]
        named = own[own["kind"] == "theme named"]
        begun = named["created"].iloc[0][:10] if len(named) else theme["created"] if pd.notna(theme["created"]) else ""
        if begun > day:
            continue
        status = _status(theme, own, day)
        rows.append({"theme_id": theme["theme_id"], "name": _then(own, "theme named", "name", theme["name"], day), "status": status,
                     "parent": _then(own, "theme placed", "parent", theme["parent"], day),
                     "codes": [] if status == "let go" else _codes(theme, acts, day)})
    return pd.DataFrame(rows, columns=["theme_id", "name", "status", "parent", "codes"]).astype({"parent": "str"}) if rows else pd.DataFrame(
        columns=["theme_id", "name", "status", "parent", "codes"])


def _then(own: pd.DataFrame, kind: str, column: str, now: object, day: str) -> object:
    """What the latest move of a kind until a day said; the first one's word before it; what is there now when no move speaks of it."""
    said = own[own["kind"] == kind]
    until = said[said["created"].str[:10] <= day]
    if kind == "theme placed" and until.empty and len(said):
        return said["from_theme"].iloc[0]  # before it was placed under another; missing when it stood alone
    return now if said.empty else (until[column].iloc[-1] if len(until) else said[column].iloc[0])


def _status(theme: dict, own: pd.DataFrame, day: str) -> str:
    said = own[own["kind"].isin(["theme let go", "theme taken up"])]
    until = said[said["created"].str[:10] <= day]
    if len(until):
        return "let go" if until["kind"].iloc[-1] == "theme let go" else "candidate"
    if len(said):
        return "candidate" if said["kind"].iloc[0] == "theme let go" else "let go"
    return "candidate" if theme["status"] == "final" and len(own) and day < own["created"].iloc[-1][:10] else theme["status"]


def _codes(theme: dict, acts: pd.DataFrame, day: str) -> list[str]:
    """The codes of a theme on a day, by name: each decided by the latest move until then, or by the first one after it, turned round."""
    here = theme["theme_id"]
    moved = acts[(acts["kind"] == "code moved") & ((acts["theme_id"] == here) | (acts["from_theme"] == here))]
    codes = set(theme["codes"] if isinstance(theme["codes"], list) else [])
    for code_id, of_code in moved.groupby("code_id"):
        until = of_code[of_code["created"].str[:10] <= day]
        arrived = (until["theme_id"].iloc[-1] == here) if len(until) else (of_code["theme_id"].iloc[0] != here)
        codes = codes | {code_id} if arrived else codes - {code_id}
    return sorted(codes)


def board_days(moves: pd.DataFrame, decisions: pd.DataFrame, *, most: int = 4) -> list[str]:
    """Days that each stand for a version of the board: the end of phase 3, the days before the longest pauses after it, and the last.

    Parameters
    ----------
    moves : DataFrame
        `tables.MOVES`.
    decisions : DataFrame
        `tables.DECISIONS`; those of phase 3 say when the candidates were taken to review.
    most : int
        Days to choose, at most; of pauses of one length the earlier.
    """
    days = sorted(set(standing(moves)["created"].str[:10]))
    later = decisions.loc[decisions["phase"] > 3, "on"].min()
    taken = decisions.loc[(decisions["phase"] == 3) & ~(decisions["on"] > (later if pd.notna(later) else NEVER)), "on"].max()
    first = [day for day in days if day <= taken][-1:] if pd.notna(taken) else []
    rest = [day for day in days if not first or day > first[0]]
    return first + before_pauses(rest, most - len(first))


def changes(before: pd.DataFrame, after: pd.DataFrame, moves: pd.DataFrame, *, since: str = "", until: str = NEVER) -> pd.DataFrame:
    """Say what changed on the board between two days.

    Parameters
    ----------
    before, after : DataFrame
        Two results of `as_of`.
    moves : DataFrame
        `tables.MOVES`, whose reasons are given for the days after `since` and not after `until`.

    Returns
    -------
    DataFrame, one row a theme that changed, in the order of `after`
        `theme_id`, `name`; `what`: new, let go, taken up, renamed, placed elsewhere, other codes; `codes_in`, `codes_out`: by name; `because`.
    """
    acts = standing(moves)
    acts = acts[(acts["created"].str[:10] > since) & (acts["created"].str[:10] <= until)].dropna(subset="because")
    then = before.set_index("theme_id").to_dict("index")
    rows = []
    for theme in after.to_dict("records"):
        old = then.get(theme["theme_id"])
        what, came, left = _changed(old, theme)
        about = acts[(acts["theme_id"] == theme["theme_id"]) | (acts["from_theme"] == theme["theme_id"])]
        if what:
            rows.append({"theme_id": theme["theme_id"], "name": theme["name"], "what": ", ".join(what), "codes_in": came, "codes_out": left,
                         "because": "; ".join(dict.fromkeys(about["because"]))})
    return pd.DataFrame(rows, columns=["theme_id", "name", "what", "codes_in", "codes_out", "because"])


def _changed(old: dict | None, new: dict) -> tuple[list[str], list[str], list[str]]:
    old_codes, codes = set(old["codes"] if old else []), set(new["codes"])
    what = ["new"] if old is None else []
    if new["status"] == "let go" and (old is None or old["status"] != "let go"):
        what.append("let go")
    if old is not None:
        what += ["taken up"] if old["status"] == "let go" != new["status"] else []
        what += [f"renamed, was “{old['name']}”"] if old["name"] != new["name"] else []
        what += ["placed elsewhere"] if _same(old["parent"]) != _same(new["parent"]) else []
        what += ["other codes"] if old_codes != codes and "let go" not in what else []
    return what, sorted(codes - old_codes), sorted(old_codes - codes)


def _same(parent: object) -> object:
    return None if pd.isna(parent) else parent


def all_changes(boards: list[pd.DataFrame], days: list[str], moves: pd.DataFrame) -> pd.DataFrame:
    """Say what changed from each version of the board to the next: the columns of `changes` after `version` (v1, v2 ...) and `on`, its day."""
    steps = zip(days, days[1:], boards, boards[1:], strict=False)
    found = [changes(before, after, moves, since=day, until=later).assign(version=f"v{n}", on=later) for n, (day, later, before, after) in enumerate(steps, start=1)]
    columns = ["version", "on", "theme_id", "name", "what", "codes_in", "codes_out", "because"]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns)


def unrecorded(themes: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """List where themes.yaml stands otherwise than the moves lead to: what was changed there by hand, and has no day and no reason.

    Returns
    -------
    DataFrame, in the order of `themes`
        `theme_id`, `look_at`: one sentence. Empty when no move was ever recorded.
    """
    rows = []
    led = as_of(themes, moves).set_index("theme_id").to_dict("index") if len(moves) else {}
    for theme in themes[themes["status"] != "let go"].to_dict("records"):
        board, codes = led.get(theme["theme_id"]), set(theme["codes"] if isinstance(theme["codes"], list) else [])
        if board is None:
            continue
        rows += [(theme["theme_id"], f"{code_id} was put in by hand") for code_id in sorted(codes - set(board["codes"]))]
        rows += [(theme["theme_id"], f"{code_id} was taken out by hand") for code_id in sorted(set(board["codes"]) - codes)]
        rows += [(theme["theme_id"], f"was called “{board['name']}” on the board")] if board["name"] != theme["name"] else []
        rows += [(theme["theme_id"], "was placed elsewhere by hand")] if _same(board["parent"]) != _same(theme["parent"]) else []
    return pd.DataFrame(rows, columns=["theme_id", "look_at"])

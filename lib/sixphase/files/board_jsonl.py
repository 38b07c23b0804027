"""The theme board on disk: moves in board.jsonl, and where everything stands now in themes.yaml.

A move is stored first and then carried out in themes.yaml. Given again under the same id, as after a kill between the two, it is
stored once and carried out once.
"""

import pandas as pd

from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import MOVES, THEMES
from ..themes import MOVE_NEEDS, as_of, standing
from .records_jsonl import append_once, read_records
from .yaml_files import change_entry, read_themes


def append_move(study: Study, kind: str, *, by: str, move_id: str = "", created: str = "", **said: str) -> str:
    """Store a move on the theme board and carry it out in themes.yaml; returns its id once both are on the disk.

    Parameters
    ----------
    study : Study
    kind : str
        As `tables.MOVE_KINDS` names it: "code moved" (`code_id`; `from_theme` and `theme_id`, each the pile when it is left out), "theme named" (`theme_id`,
        `name`; a theme not there yet is made, as a candidate), "theme placed" (`theme_id`, `parent`; `from_theme`, the one before), "theme let go" (with `because`), "theme taken up",
        "taken back" (`replaces`: the move). To split or merge is to make themes and move codes.
    by : str
        Who moved.
    move_id : str
        An id of the caller's own: the same move given twice is stored once. A new one unless it is given.
    created : str
        The moment; now unless it is given.
    said
        The columns named above, and `because`.

    Raises
    ------
    StudyError
        There is no such code or theme, a column is wrong or missing, or the id stands for another move already. Nothing is written.
    durable.NotSaved
    """
    problems: list[Problem] = []
    themes, _ = read_themes(study.folder, problems)  # as they stand on the disk, since the study was opened before the moves that led here
    known = {"code_id": set(study.codes["code_id"]), "from_theme": set(themes["theme_id"]), "parent": set(themes["theme_id"])}
    known |= {} if kind == "theme named" else {"theme_id": known["parent"]}
    problems += [Problem(MOVES.file, None, f"no {column} {shown(said[column])}", do=nearest(said[column], names)) for column, names in known.items()
                 if said.get(column) and said[column] not in names]
    moves = read_records(study.folder, MOVES, problems)
    undone = moves[moves["move_id"] == said.get("replaces", "")]
    if kind == "taken back" and undone.empty:
        problems.append(Problem(MOVES.file, None, f"no move {shown(said.get('replaces', ''))}", "replaces: the id of the move to take back"))
    elif len(undone) and undone["kind"].iloc[0] == "theme named" and (standing(moves).query("kind == 'theme named'")["theme_id"] == undone["theme_id"].iloc[0]).sum() < 2:
        problems.append(Problem(MOVES.file, None, "the first name of a theme cannot be taken back", do="name it anew, or let the theme go"))
    if problems:
        raise StudyError(problems, "the move; nothing was written")
    key = append_once(study.folder, MOVES, {"kind": kind, "by": by, "created": created or None, **said}, MOVE_NEEDS, move_id)
    _carry_out(study, read_records(study.folder, MOVES, problems), key)
    return key


def _carry_out(study: Study, moves: pd.DataFrame, key: str) -> None:
    """Bring themes.yaml to where the moves lead, for the themes that this one speaks of."""
    move = root = moves[moves["move_id"] == key].iloc[0]
    while root["kind"] == "taken back":  # a taking back can itself be taken back
        root = moves[moves["move_id"] == root["replaces"]].iloc[0]
    touched = moves[moves["move_id"] == root["move_id"]]
    stand = standing(moves)
    undone = touched[~touched["move_id"].isin(stand["move_id"])]
    for theme_id in sorted({*touched["theme_id"].dropna(), *touched["from_theme"].dropna()}):
        themes, _ = read_themes(study.folder, [])
        now = themes[themes["theme_id"] == theme_id]
        if now.empty:
            named = moves[(moves["theme_id"] == theme_id) & (moves["kind"] == "theme named")].iloc[0]
            change_entry(study.folder, THEMES, theme_id, {"name": named["name"], "status": "candidate", "codes": [], "created": named["created"][:10],
                                                          "history": [_told(named, f"created as: {named['name']}")]})
            continue
        before = now.iloc[0]
        stands = as_of(now, moves).set_index("theme_id").loc[theme_id].to_dict() | _before(theme_id, undone, stand, before)
        codes = _codes(before["codes"], stands["codes"]) if stands["status"] != "let go" else before["codes"]
        changes = {"name": stands["name"], "parent": stands["parent"] if pd.notna(stands["parent"]) else None, "codes": codes,
                   "status": stands["status"] if "let go" in (stands["status"], before["status"]) else before["status"]}
        if stands["status"] == "let go" and pd.isna(before["because"]):
            changes["because"] = root["because"]
        differs = {name: value for name, value in changes.items() if not _same(before[name], value)}
        if differs:
            change_entry(study.folder, THEMES, theme_id, {**differs, "history": [_told(move, _what(move, differs), before["name"] if "name" in differs else "")]})


def _before(theme_id: str, undone: pd.DataFrame, moves: pd.DataFrame, now: pd.Series) -> dict:
    """What a theme goes back to by a move taken back, where no move that stands speaks of the same."""
    back = {}
    for move in undone.to_dict("records"):
        kinds = ("theme let go", "theme taken up") if move["kind"] in ("theme let go", "theme taken up") else (move["kind"],)
        same = moves[moves["kind"].isin(kinds) & ((moves["theme_id"] == theme_id) | ((moves["from_theme"] == theme_id) & (moves["kind"] == "code moved")))]
        if move["kind"] == "code moved" and same[same["code_id"] == move["code_id"]].empty:
            others = [code for code in now["codes"] or [] if code != move["code_id"]]
            back["codes"] = others if move["theme_id"] == theme_id else [*others, move["code_id"]]
        elif move["kind"] == "theme placed" and move["theme_id"] == theme_id and same.empty:
            back["parent"] = move["from_theme"]
        elif len(kinds) == 2 and same.empty:
            back["status"] = "candidate" if move["kind"] == "theme let go" else "let go"
    return back


def _codes(before: list | None, now: list[str]) -> list[str]:
    """The codes that stand, in the order in which they stood; new ones last."""
    kept = [code for code in before or [] if code in now]
    return kept + [code for code in now if code not in kept]


def _same(before: object, after: object) -> bool:
    return before == after or (not isinstance(before, list) and not isinstance(after, list) and pd.isna(before) and (after is None or pd.isna(after)))


def _what(move: pd.Series, differs: dict) -> str:
    if move["kind"] == "code moved":
        return f"{move['code_id']} {'moved in' if move['code_id'] in differs.get('codes', []) else 'moved out'}"
    return f"renamed: {differs['name']}" if "name" in differs else str(move["kind"])


def _told(move: pd.Series, what: str, was: str = "") -> dict:
    told = {"on": move["created"][:10], "by": move["by"], "what": what} | ({"was": was} if was else {})
    return {**told, "because": move["because"]} if pd.notna(move["because"]) else told

"""The theme board: codes as cards, themes as columns, and what fits none; moved by mouse or keyboard, each move kept."""

import pandas as pd

from ...themes import as_of, changes, standing
from ..boards import still
from ..results import SYNTHETIC, Page
from . import modules
from .pane import Desk, _records
from .work import Work, passages, transcript


class Board(Work):
    """The theme board of one study. What it shows of itself without a kernel is a table of the themes and their codes."""

    _esm = modules.joined("board.js")
    title = "Theme board"

    def news(self, act: dict) -> dict:
        """The grouping and the map as they are on the disk now."""
        return {"board": _grouping(self._desk)}

    def still(self) -> Page:
        """The board as a table."""
        return still(self._desk.themes, self._desk.codes, self._desk.study.codings)


def board(desk: Desk) -> Board:
    """A board to develop themes on.

    Codes are cards and themes columns; a card is moved with the mouse, or with the keyboard (M on a card). Each move is kept
    with its day and, where somebody gives one, its reason.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom.
    """
    return Board(desk)


def _grouping(desk) -> dict:
    themes, moves = desk.themes, standing(desk.moves)
    told = themes[["theme_id", "name", "status", "parent", "codes", "concept", "because"]]
    return {"themes": _records(told), "relations": _records(desk.relations), "days": sorted(set(moves["created"].str[:10]), reverse=True),
            "too_early": desk.too_early if themes.empty else ""}


def _board(work: Board, message: dict) -> dict:
    desk, study = work._desk, work._desk.study
    return {"board": _grouping(desk), "codes": _codes(desk), "me": desk.by, "label": SYNTHETIC if study.settings["synthetic"] else "", "interviews": len(study.texts)}


def _codes(desk) -> list[dict]:
    codes, codings = desk.codes, desk.study.codings
    given = codings.groupby("code_id").agg(codings=("coding_id", "size"), interviews=("source_id", "nunique"), participants=("participant_id", "nunique"))
    active = codes.loc[~codes["status"].isin(["merged", "retired"]), ["code_id", "name", "definition"]]
    return _records(active.merge(given, left_on="code_id", right_index=True, how="left").fillna({"codings": 0, "interviews": 0, "participants": 0}).astype(
        {"codings": "int64", "interviews": "int64", "participants": "int64"}))


def _extracts(work: Board, message: dict) -> dict:
    codings = work._desk.study.codings
    return {"passages": passages(codings[codings["code_id"] == message["code_id"]])}


def _then(work: Board, message: dict) -> dict:
    """The board at the end of a day, and what had changed since the day before on which something moved."""
    desk, day = work._desk, message["day"]
    themes, moves = desk.themes, desk.moves
    earlier = [other for other in sorted(set(standing(moves)["created"].str[:10])) if other < day]
    now = as_of(themes, moves, day)
    before = as_of(themes, moves, earlier[-1]) if earlier else now.iloc[:0]
    changed = changes(before, now, moves, since=earlier[-1] if earlier else "", until=day)
    return {"themes": _records(now.assign(concept=pd.NA, because=pd.NA)), "changed": _records(changed)}


Board.asked = {"board": _board, "extracts": _extracts, "then": _then, "transcript": transcript}

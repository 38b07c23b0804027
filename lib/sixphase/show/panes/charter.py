"""The framework matrix as a form: participants by categories, each cell summed up by a person who has its passages before them."""

import pandas as pd

from ... import approaches, cases, themes
from ..framework import matrix
from ..measured import Hidden
from ..results import SYNTHETIC, Page
from . import modules
from .pane import Desk, _records
from .work import Work, transcript


class Charter(Work):
    """The matrix of one study. Without a kernel it shows the matrix to be read."""

    _esm = modules.joined("charter.js")
    _css = modules.style("pane.css", "board.css", "forms.css")
    title = "Framework matrix"

    def news(self, act: dict) -> dict:
        """The cell that was charted, as it is on the disk now."""
        if not {"participant_id", "source_id", "theme_id"} <= act.keys():
            return {}
        return {"cells": _cells(self._desk, source_id=act["source_id"], theme_id=act["theme_id"])}

    def still(self) -> Page:
        """The matrix as a page."""
        tops = themes.tops(self._desk.themes)
        caption = "The framework matrix: participants by categories. A dash marks a later interview of the same person."
        gate = approaches.fitting(self._desk.study.family, "framework matrix")
        return matrix(_laid_out(self._desk, _rows(self._desk), tops), caption, names=tops.set_index("theme_id")["name"].to_dict(), gate=gate)


def charter(desk: Desk) -> Charter | Hidden:
    """A form to chart the framework matrix in.

    A cell opens with its passages; each sentence of a summary is linked to those it rests on, or the cell says that the person was asked and said nothing, or was
    not asked. A row is read along, a column down.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom.

    Returns
    -------
    Charter or Hidden
        The form; the sentence that says whose it is in a study that has no framework matrix.
    """
    gate = approaches.fitting(desk.study.family, "framework matrix")
    return Charter(desk) if gate.open else Hidden(gate.sentence)


def _rows(desk) -> pd.DataFrame:
    return cases.attendance(desk.study.sources).sort_values(["participant_id", "occasion", "source_id"], kind="stable", ignore_index=True)


def _passages(desk) -> pd.DataFrame:
    return themes.passages(desk.study.codings, themes.theme_codes(desk.themes))


def _laid_out(desk, rows: pd.DataFrame, tops: pd.DataFrame) -> pd.DataFrame:
    return themes.matrix(desk.summaries, rows, tops, _passages(desk), desk.study.replaced)


def _cells(desk, *, source_id: str = "", theme_id: str = "") -> list[dict]:
    """The cells, all of them or one, each with the sentences and the id of the summary that stands in it."""
    rows, tops = _rows(desk), themes.tops(desk.themes)
    if source_id:
        rows, tops = rows[rows["source_id"] == source_id], tops[tops["theme_id"] == theme_id]
    stands = themes.charted(desk.summaries)[[*themes.CELL, "summary_id", "sentences", "created"]]
    told = _laid_out(desk, rows, tops).merge(stands, how="left", on=themes.CELL)
    return _records(told.assign(sentences=[listed if isinstance(listed, list) else [] for listed in told["sentences"]])[
        [*themes.CELL, "state", "sentences", "by", "passages", "look_at", "summary_id", "created"]])


def _matrix(work: Charter, message: dict) -> dict:
    desk = work._desk
    return {"rows": _records(_rows(desk)[["participant_id", "source_id", "occasion"]]), "themes": _records(themes.tops(desk.themes)[["theme_id", "name", "concept"]]),
            "cells": _cells(desk), "me": desk.by, "label": SYNTHETIC if desk.study.settings["synthetic"] else ""}


def _cell(work: Charter, message: dict) -> dict:
    """The passages of a cell in reading order, and what became of those that a summary still names."""
    desk, study = work._desk, work._desk.study
    found = _passages(desk)
    own = found[(found[themes.CELL] == [message[name] for name in themes.CELL]).all(axis=1)]
    names = desk.codes.set_index("code_id")["name"].to_dict()
    places = study.codings[["coding_id", "code_id", "text_line", "start", "end", "comment"]].drop_duplicates("coding_id")
    told = own.merge(places, on="coding_id").rename(columns={"text_line": "line", "quotation": "words"})
    now = {coding: standing for coding in message["named"] if (standing := study.standing(coding)) != coding and standing in set(own["coding_id"])}
    return {"passages": _records(told.assign(code=told["code_id"].map(names).fillna(told["code_id"]))[["coding_id", "source_id", "line", "start", "end", "words", "comment", "code"]]), "now": now}


Charter.asked = {"matrix": _matrix, "cell": _cell, "transcript": transcript}

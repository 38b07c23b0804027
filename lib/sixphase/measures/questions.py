"""What the whole dataset asks about one theme, as questions a person answers: never a statistic, and never a verdict.

They hold the coding and the interpretation as they are (`influence`), and know a question of the guide by its words only (`themes.asked`).
"""

from collections.abc import Mapping

import pandas as pd

from .. import themes
from ..codings import attention, coverage, order_coded
from ..problems import count
from . import influence

ABOUT = ("somebody left out", "a group left out", "few people", "who was asked", "order and attention")


def of_theme(theme_id: str, board: pd.DataFrame, codings: pd.DataFrame, codes: pd.DataFrame, sources: pd.DataFrame, turns: pd.DataFrame, groups: pd.Series,
             asked: pd.DataFrame, guide: Mapping[str, str]) -> pd.DataFrame:
    """List the questions about one theme, its subthemes and codes.

    Parameters
    ----------
    theme_id : str
        A theme that stands at the top.
    board, codings, codes, sources, turns : DataFrame
        `tables.THEMES`, the codings the analysis rests on, `tables.CODES`, `tables.SOURCES`, `tables.TURNS`.
    groups : Series
        The role group of each participant, by id.
    asked : DataFrame
        `themes.asked`.
    guide : mapping
        The wording of each question of the guide, by id.

    Returns
    -------
    DataFrame, in the order of `ABOUT`
        `about`; `part`: name of the theme, subtheme or code; `asks`: a sentence.
    """
    grouped = themes.theme_codes(board)
    own = grouped[grouped["theme_id"] == theme_id]
    names = {**codes.set_index("code_id")["name"].to_dict(), **board.set_index("theme_id")["name"].to_dict()}
    parts = themes.with_subthemes(own)
    alone = influence.questions(influence.leave_one_out(themes.extracts(themes.with_codes(parts, codes[codes["code_id"].isin(own["code_id"])]), codings)))
    together = influence.questions(influence.leave_one_out(themes.extracts(parts, codings), by=groups))
    extracts = themes.extracts(own, codings)
    rows = [(about, row.theme_id, f"Without {row.left_out}: {row.look_at}") for about, found in zip(ABOUT, (alone, together), strict=False) for row in found.itertuples()]
    rows += [("few people", row.part, f"{row.carried_by} say four fifths of its coded words, of {count(row.participants, 'participant')} heard in it. Does it say whose it is?")
             for row in themes.thin_parts(own, codings, names).itertuples()]
    rows += [("who was asked", theme_id, _asked(row, guide)) for row in themes.asked_adjusted(extracts, asked, sources).itertuples()]
    order = order_coded(codings)
    rows += [("order and attention", theme_id, f"{row.first_third}, {row.middle_third} and {row.last_third} extracts come from the first, middle and last third of the interviews as they were coded. "
              "Were the early ones gone through again once the theme was there?") for row in themes.by_order(extracts, order).itertuples()]
    given = attention(coverage(codings, turns), order)
    apart = list(given.loc[given["look_again"], "source_id"])
    rows += [("order and attention", theme_id, f"{', '.join(apart)}: coded far more or less densely than the other interviews. Is the theme heard there as it would be elsewhere?")] if apart else []
    return pd.DataFrame([(about, names.get(part, part), asks) for about, part, asks in rows], columns=["about", "part", "asks"], dtype="str")


def _asked(row, guide: Mapping[str, str]) -> str:
    if row.question not in guide:
        return f"{row.extracts} extracts come before any question that is known by its words. Do people bring it up by themselves?"
    return (f"{row.extracts} extracts come after “{guide[row.question]}”: {row.heard_of_asked} of {row.asked} asked are heard in it, and {row.heard_of_others} who were not. "
            "Is it more than the answers to that question?")

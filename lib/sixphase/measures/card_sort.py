"""A blind card sort: a second reader sorts shuffled extracts to the definitions of themes, and sees no theme they stand in.

It tries how clear the definitions are. What moved is read and talked over; there is no figure for the whole.
"""

import numpy as np
import pandas as pd

SEVERAL, NONE = "several", "none"


def sheet(extracts: pd.DataFrame, *, each: int = 6, seed: int) -> pd.DataFrame:
    """Deal a sheet of extracts, drawn from every theme alike and shuffled.

    Parameters
    ----------
    extracts : DataFrame
        `theme_id`, `coding_id`, `quotation`, as `themes.extracts` gives them.
    each : int
        Extracts of each theme, or all it has if these are fewer.
    seed : int
        Decides which are drawn, and their order.

    Returns
    -------
    DataFrame, one row an extract
        `card`: 1, 2, ...; `coding_id`, `quotation`; `into` and `because`, empty: the reader writes theme ids separated by “;”, or none.
    """
    rows = extracts[["theme_id", "coding_id", "quotation"]].sort_values(["theme_id", "coding_id"], kind="stable", ignore_index=True)
    rows = rows.assign(draw=np.random.default_rng(seed).random(len(rows)))
    dealt = rows.sort_values("draw", kind="stable").groupby("theme_id", sort=False).head(each).drop_duplicates("coding_id").reset_index(drop=True)
    return pd.DataFrame({"card": np.arange(1, len(dealt) + 1), "coding_id": dealt["coding_id"], "quotation": dealt["quotation"], "into": "", "because": ""})


def definitions(themes: pd.DataFrame) -> pd.DataFrame:
    """What the reader sorts to: `theme_id`, `name`, `concept`, `is`, `is_not`."""
    return themes[["theme_id", "name", "concept", "is", "is_not"]].reset_index(drop=True)


def confusion(cards: pd.DataFrame, extracts: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Count into which definition the extracts of each theme were sorted.

    Parameters
    ----------
    cards : DataFrame
        `tables.CARDS`; the last answer of a reader about an extract counts.
    extracts : DataFrame
        `theme_id`, `coding_id`: where each extract stands. One that stands in several themes counts in each.
    themes : list of str
        The themes, in the order they are to be shown.

    Returns
    -------
    DataFrame, themes x (themes, several, none), int64
        Rows: where it stands; columns: where it was sorted. Empty where nothing was sorted.
    """
    told = _answers(cards, extracts)
    if told.empty:
        return pd.DataFrame(columns=[*themes, SEVERAL, NONE], dtype="int64").rename_axis("stands_in")
    counted = pd.crosstab(told["theme_id"], told["answer"])
    return counted.reindex(index=themes, columns=[*themes, SEVERAL, NONE], fill_value=0).rename_axis("stands_in").rename_axis(None, axis=1)


def moved(cards: pd.DataFrame, extracts: pd.DataFrame) -> pd.DataFrame:
    """List the extracts that were sorted elsewhere than they stand, to be read again.

    Returns
    -------
    DataFrame, by theme, extract and reader
        `theme_id`, `coding_id`, `quotation`, `by`, `sorted_into`, `because`.
    """
    told = _answers(cards, extracts)
    elsewhere = told[told["answer"] != told["theme_id"]]
    table = elsewhere.assign(sorted_into=elsewhere["into"].map(", ".join))
    return table.sort_values(["theme_id", "coding_id", "by"], kind="stable", ignore_index=True)[["theme_id", "coding_id", "quotation", "by", "sorted_into", "because"]]


def _answers(cards: pd.DataFrame, extracts: pd.DataFrame) -> pd.DataFrame:
    last = cards.sort_values(["on", "card_id"], kind="stable").drop_duplicates(["by", "coding_id"], keep="last")
    told = last.merge(extracts[["theme_id", "coding_id", "quotation"]], on="coding_id")
    return told.assign(answer=told["into"].map(lambda into: into[0] if len(into) == 1 else SEVERAL).astype("str"))

"""What two coders made of the same interviews: which these are, each code first, then figures for all codes together.

Only what participants said counts; an interviewer's turn that nobody may code would be agreement for nothing. An interview is taken as
coded by whoever gave it at least one coding. Where nobody coded the same interview there is nothing to compare, and no row.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from .. import spans
from . import agreement, by_character, unitizing
from .resampling import limits, resampled


def pairs(codings: pd.DataFrame) -> pd.DataFrame:
    """List which two coders coded which interviews: `first`, `second` (coders), `interviews` (how many), `sources` (which), by name."""
    coded = codings[["source_id", "coder_id"]].drop_duplicates().groupby("coder_id")["source_id"].agg(set)
    rows = [(first, second, len(both), ", ".join(sorted(both))) for first, second in combinations(sorted(coded.index), 2) if (both := coded[first] & coded[second])]
    return pd.DataFrame(rows, columns=["first", "second", "interviews", "sources"])


def by_code(codings: pd.DataFrame, turns: pd.DataFrame, *, resamples: int = 1000, seed: int) -> pd.DataFrame:
    """Compare every two coders on every code, over each code point that participants said in the interviews both coded.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `coder_id`, `code_id`, `start`, `end`.
    turns : DataFrame
        `tables.TURNS`.
    resamples, seed : int
        For the intervals, which draw interviews again.

    Returns
    -------
    DataFrame, one row a pair of coders and a code, by name
        `coders`, `interviews`; then the columns of `by_character.per_code` and the limits of alpha of `by_character.intervals`.
    """
    found = []
    for pair in pairs(codings).itertuples():
        given, lengths = _said(codings, turns, pair)
        coders = (pair.first, pair.second)
        table = by_character.per_code(given, lengths, coders).merge(by_character.intervals(given, lengths, coders, resamples=resamples, seed=seed), on="code_id")
        table.insert(0, "coders", f"{pair.first}, {pair.second}")
        table.insert(1, "interviews", pair.interviews)
        found.append(table[["coders", "interviews", "code_id", "first", "second", "both", "percent", "kappa", "alpha", "alpha_low", "alpha_high", "ac1", "undefined"]])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["coders", "interviews", "code_id"])


def overall(codings: pd.DataFrame, turns: pd.DataFrame, *, resamples: int = 1000, seed: int) -> pd.DataFrame:
    """Compare every two coders over all codes together, in three ways; none of them is the right one alone.

    Returns
    -------
    DataFrame, three rows a pair of coders, by name
        `coders`, `interviews`; `figure`: `same codes` (share of turns given just the same codes), `alpha of sets` (Krippendorff's alpha of the sets of
        codes of a turn, apart by MASI), `where marked` (|u-alpha: where anything was marked, over code points); `value`, `low`, `high` (the
        middle 95 % when interviews are drawn again; NA with fewer than two); `units`: turns, or code points; `undefined`: why there is no value.
    """
    rows = []
    for pair in pairs(codings).itertuples():
        given, lengths = _said(codings, turns, pair)
        ratings, interviews = _turns(given, turns, (pair.first, pair.second))
        marked = spans.union(given, by=("coder_id", "source_id")).assign(value="marked")
        draws = resampled(pair.interviews, resamples if pair.interviews > 1 else 0, seed)
        figures = {"same codes": (agreement.percent(ratings), _same(ratings, interviews, draws)),
                   "alpha of sets": (agreement.alpha(ratings, level="masi"), agreement.alpha_interval(ratings, interviews, level="masi", resamples=resamples, seed=seed)),
                   "where marked": (unitizing.binary(marked, lengths), _marked(marked, lengths, draws))}
        rows += [{"coders": f"{pair.first}, {pair.second}", "interviews": pair.interviews, "figure": name, "value": found.value, "low": low, "high": high,
                  "units": found.units, "undefined": found.undefined} for name, (found, (low, high)) in figures.items()]
    columns = ["coders", "interviews", "figure", "value", "low", "high", "units", "undefined"]
    return pd.DataFrame(rows, columns=columns).astype({"value": "Float64", "low": "Float64", "high": "Float64"})


def _said(codings: pd.DataFrame, turns: pd.DataFrame, pair) -> tuple[pd.DataFrame, pd.Series]:
    """The two coders' codings of what participants said in the interviews both coded, and how much that is, in code points."""
    sources = pair.sources.split(", ")
    theirs = turns[turns["participant_id"].notna() & turns["source_id"].isin(sources)].reset_index(drop=True)
    given = codings[codings["coder_id"].isin((pair.first, pair.second)) & codings["source_id"].isin(sources)].reset_index(drop=True)
    met = spans.meetings(given, theirs)
    begins = np.maximum(given["start"].to_numpy()[met["first"]], theirs["start"].to_numpy()[met["second"]])
    clipped = given[["source_id", "coder_id", "code_id"]].iloc[met["first"]].reset_index(drop=True).assign(start=begins, end=begins + met["shared"].to_numpy())
    return clipped, (theirs["end"] - theirs["start"]).groupby(theirs["source_id"]).sum()


def _turns(given: pd.DataFrame, turns: pd.DataFrame, coders: tuple[str, str]) -> tuple[pd.DataFrame, pd.Series]:
    """The set of codes each coder gave each turn of a participant, the empty set included; and the interview of each turn."""
    theirs = turns[turns["participant_id"].notna() & turns["source_id"].isin(given["source_id"])].reset_index(drop=True)
    met = spans.meetings(given, theirs)
    said = pd.DataFrame({"turn": met["second"], "coder": given["coder_id"].to_numpy()[met["first"]], "code": given["code_id"].to_numpy()[met["first"]]})
    sets = said.groupby(["turn", "coder"])["code"].agg(frozenset).to_dict()
    ratings = pd.DataFrame({coder: pd.Series([sets.get((turn, coder), frozenset()) for turn in range(len(theirs))], dtype="object") for coder in coders})
    return ratings, theirs["source_id"]


def _same(ratings: pd.DataFrame, interviews: pd.Series, draws: np.ndarray) -> tuple[float | None, float | None]:
    alike = (ratings.iloc[:, 0] == ratings.iloc[:, 1]).groupby(interviews).agg(["sum", "size"])
    return limits(draws @ alike["sum"].to_numpy("float64") / np.maximum(1, draws @ alike["size"].to_numpy("float64")))


def _marked(marked: pd.DataFrame, lengths: pd.Series, draws: np.ndarray) -> tuple[float | None, float | None]:
    """The limits of |u-alpha of two coders: for each interview the lengths that `unitizing.binary` adds up over all."""
    long = (marked["end"] - marked["start"]).astype("float64")
    met = spans.meetings(marked, marked)
    other = met[met["first"] != met["second"]]
    both = other["shared"].groupby(marked["source_id"].to_numpy()[other["first"]]).sum()  # counted from each side
    given, squares = (draws @ values.groupby(marked["source_id"]).sum().reindex(lengths.index, fill_value=0).to_numpy() for values in (long, long ** 2))
    total = 2 * (draws @ lengths.to_numpy("float64"))
    differ = 2 * (given - draws @ both.reindex(lengths.index, fill_value=0).to_numpy("float64"))
    below = total - (squares + total - given) / np.maximum(1, total)
    expected = 2 * given * (total - given) / np.where(below > 0, below, 1)
    return limits(1 - np.divide(differ, expected, out=np.full(len(draws), np.nan), where=expected > 0))

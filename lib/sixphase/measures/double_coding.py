"""What two coders made of the same interviews: which these are and whether they count, each code first, then figures for all codes together.

Only what participants said counts; an interviewer's turn that nobody may code would be agreement for nothing. An interview is taken as
coded by whoever gave it at least one coding. Where nobody coded the same interview there is nothing to compare, and no row.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from .. import spans
from ..codebook import Hold
from . import agreement, by_character, unitizing
from .resampling import limits, resampled


def coded_under(codings: pd.DataFrame, hold: Hold | None, changed: pd.DataFrame, *, needed: bool) -> pd.DataFrame:
    """Say of each interview coded by more than one whether its codings were given under the codebook that was held stable: only then do coders apply the same codes.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `coder_id`, `created`.
    hold : Hold or None
        `codebook.held`: it holds from the end of its day.
    changed : DataFrame
        `codebook.changed_since`: from the first day on which a code changed all the same, codings are not given under the codebook held stable.
    needed : bool
        Whether nothing counts where nobody held the codebook stable, as in a study coded for reliability.

    Returns
    -------
    DataFrame, one row an interview and coder, by the day on which the interview was begun
        `source_id`, `coder_id`, `from`, `to`: days; `counted`: yes or no; `why`: why not, or what to bear in mind.
    """
    days = codings.assign(day=codings["created"].str[:10]).groupby(["source_id", "coder_id"])["day"].agg(["min", "max"]).reset_index()
    days = days[days.groupby("source_id")["coder_id"].transform("size") > 1]
    begun = days.groupby("source_id")["min"].transform("min")
    days = days.assign(begun=begun).sort_values(["begun", "source_id", "coder_id"], kind="stable", ignore_index=True)
    told = [_under(row["min"], row["max"], hold, changed, needed) for row in days.to_dict("records")]
    table = days[["source_id", "coder_id"]].assign(**{"from": days["min"], "to": days["max"]})
    return table.assign(counted=pd.Series([counted for counted, _ in told], dtype="str"), why=pd.Series([why for _, why in told], dtype="str"))


def _under(first: str, last: str, hold: Hold | None, changed: pd.DataFrame, needed: bool) -> tuple[str, str]:
    if hold is None:
        return ("no", "nobody held the codebook stable") if needed else ("yes", "nobody held the codebook stable: codes may have changed between the two")
    if first <= hold.on:
        return "no", f"begun before the codebook was held stable (end of {hold.on})"
    if len(changed) and last >= changed["on"].iloc[0]:
        codes = ", ".join(dict.fromkeys(changed.loc[changed["on"] <= last, "code_id"]))
        return "no", f"a code changed on the way or before, though the codebook was held stable: {codes}"
    return "yes", ""


def counted(codings: pd.DataFrame, under: pd.DataFrame) -> pd.DataFrame:
    """The codings from which agreement may be worked out: those of interviews and coders that `coded_under` counts."""
    return codings.merge(under.loc[under["counted"] == "yes", ["source_id", "coder_id"]])


def by_interview(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Compare every two coders interview by interview, in the order in which they were begun: whether they drift apart late in the dataset.

    Returns
    -------
    DataFrame, one row a pair of coders and an interview
        `coders`; `place`: 1 for the interview that the two began first; `source_id`; `turns` of participants; `same_codes`: share of them given just the same codes; `codes_apart`: the codes
        that most turns differ by, at most three, by name where equal.
    """
    begun = codings.groupby("source_id")["created"].min().str[:10].to_dict()
    rows = []
    for pair in pairs(codings).itertuples():
        given, _ = _said(codings, turns, pair)
        ratings, interviews = _turns(given, turns, (pair.first, pair.second))
        for place, source_id in enumerate(sorted(pair.sources.split(", "), key=lambda name: (begun[name], name)), start=1):
            here = ratings[interviews == source_id]
            apart = pd.Series([code for one, other in here.itertuples(index=False) for code in sorted(one ^ other)], dtype="str").value_counts().sort_index().sort_values(ascending=False, kind="stable")
            rows.append((f"{pair.first}, {pair.second}", place, source_id, len(here), float((here.iloc[:, 0] == here.iloc[:, 1]).mean()) if len(here) else None, ", ".join(apart.index[:3])))
    return pd.DataFrame(rows, columns=["coders", "place", "source_id", "turns", "same_codes", "codes_apart"]).astype({"same_codes": "Float64"})


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

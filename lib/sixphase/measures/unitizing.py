"""Agreement of coders who mark their own segments: Krippendorff's unitizing family.

Each coder cuts a continuum into segments with a value and gaps between them. Several sources lie one after the other on one
continuum. Within one coder the segments may not overlap. After Krippendorff, Mathet, Bouvry & Widlöcher (2016), Quality &
Quantity 50, 2347-2364. 1 is perfect, 0 what chance would bring; where nothing can be compared the value is undefined.
"""

import numpy as np
import pandas as pd

from .. import spans
from .agreement import ONE_CATEGORY, Coefficient

NOTHING = "no two coders marked a place in common"


def u(segments: pd.DataFrame, lengths: pd.Series) -> Coefficient:
    """Agreement on segments and their values together, gaps included (u-alpha).

    Parameters
    ----------
    segments : DataFrame
        `coder_id`, `source_id`, `start`, `end`, `value`.
    lengths : Series
        Code points of each source that all coders coded, by source id.

    Raises
    ------
    ValueError
        There is one coder only, or segments of one coder overlap.
    """
    return _off_diagonal(*_crossed(segments, lengths))


def binary(segments: pd.DataFrame, lengths: pd.Series) -> Coefficient:
    """Agreement on where anything was marked, whatever its value (|u-alpha); parameters as for `u`."""
    return u(segments.assign(value="marked"), lengths)


def cu(segments: pd.DataFrame, lengths: pd.Series) -> Coefficient:
    """Agreement on the values where coders marked the same places, gaps left out (cu-alpha); parameters as for `u`.

    The pairable length of a segment is its overlap with what another coder marked, averaged over the other coders. That reading
    gives the printed .724 of Krippendorff's example; the union over the others, which is in circulation, gives .728.
    """
    return _off_diagonal(*_crossed_values(segments, lengths)[:2])


def per_value(segments: pd.DataFrame, lengths: pd.Series) -> pd.DataFrame:
    """Agreement on each value where coders marked the same places ((k)u-alpha); parameters as for `u`.

    Observed and expected are taken as shares of the value's own length: of the forms tried, the one that gives the known 0 for
    values that nobody shares. No worked figure for other cases was found in print.

    Returns
    -------
    DataFrame, one row a value, by name
        `value`; `alpha`: NA when undefined; `coverage`: share of what was given the value that others marked too, 0 to 1;
        `undefined`: why there is no alpha.
    """
    observed, expected, values, pairable = _crossed_values(segments, lengths)
    given = (segments["end"] - segments["start"]).groupby(segments["value"]).sum()
    rows = []
    for place, value in enumerate(values):
        seen, chance = observed[place].sum(), expected[place].sum()
        apart = 1 - expected[place, place] / chance if seen > 0 and chance > 0 else 0.0
        alpha = 1 - (1 - observed[place, place] / seen) / apart if apart > 1e-9 else None
        reason = "" if alpha is not None else NOTHING if not pairable[place] else ONE_CATEGORY
        rows.append((value, alpha, pairable[place] / given[value], reason))
    return pd.DataFrame(rows, columns=["value", "alpha", "coverage", "undefined"]).astype({"alpha": "Float64"})


def _off_diagonal(observed: np.ndarray, expected: np.ndarray) -> Coefficient:
    differ, by_chance = (float(table.sum() - np.trace(table)) for table in (observed, expected))
    total = float(observed.sum())
    if total <= 0:
        return Coefficient(None, np.nan, np.nan, 0, NOTHING)
    if by_chance <= 1e-9:
        return Coefficient(None, differ / total, 0.0, round(total), ONE_CATEGORY)
    return Coefficient(1 - differ / by_chance, differ / total, by_chance / total, round(total))


def _crossed(segments: pd.DataFrame, lengths: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Observed and expected lengths, (gaps and values) x (gaps and values)."""
    coders, values, met = _met(segments, lengths)
    whole, size = float(lengths.sum()), len(values) + 1
    observed = np.zeros((size, size))
    observed[1:, 1:] = _laid(met, len(values)) / (len(coders) - 1)
    long = (segments["end"] - segments["start"]).to_numpy(float)
    place = pd.Categorical(segments["value"], categories=values).codes
    given = np.bincount(place, weights=long, minlength=len(values))
    observed[1:, 0] = observed[0, 1:] = given - observed[1:, 1:].sum(axis=1)
    observed[0, 0] = whole * len(coders) - given.sum() - observed[0, 1:].sum()
    squares = np.bincount(place, weights=long ** 2, minlength=len(values))
    return observed, _by_chance(observed, np.concatenate([[whole * len(coders) - given.sum()], squares]))


def _crossed_values(segments: pd.DataFrame, lengths: pd.Series) -> tuple[np.ndarray, np.ndarray, list, np.ndarray]:
    coders, values, met = _met(segments, lengths)
    observed = _laid(met, len(values)) / (len(coders) - 1)
    pairable = np.bincount(met["first"], weights=met["shared"], minlength=len(segments)) / (len(coders) - 1)
    place = pd.Categorical(segments["value"], categories=values).codes
    squares = np.bincount(place, weights=pairable ** 2, minlength=len(values))
    return observed, _by_chance(observed, squares), values, np.bincount(place, weights=pairable, minlength=len(values))


def _met(segments: pd.DataFrame, lengths: pd.Series) -> tuple[list, list, pd.DataFrame]:
    """The coders, the values, and every meeting of segments of two coders with the places of their values."""
    coders, values = sorted(segments["coder_id"].unique()), sorted(segments["value"].unique())
    if len(coders) < 2:
        raise ValueError("agreement needs at least two coders")
    unknown = sorted(set(segments["source_id"]) - set(lengths.index))
    if unknown:
        raise ValueError(f"no length is given for {', '.join(unknown)}")
    met = spans.meetings(segments, segments)
    who = segments["coder_id"].to_numpy()
    same = who[met["first"]] == who[met["second"]]
    if (same & (met["first"] != met["second"])).any():
        clash = met[same & (met["first"] != met["second"])].iloc[0]
        raise ValueError(f"{who[clash['first']]} gave overlapping segments in {segments['source_id'].iloc[clash['first']]}; "
                         "compare such codes one by one")
    place = pd.Categorical(segments["value"], categories=values).codes.astype("int64")
    met = met[~same]
    return coders, values, met.assign(c=place[met["first"]], k=place[met["second"]])


def _laid(met: pd.DataFrame, size: int) -> np.ndarray:
    return np.bincount(met["c"] * size + met["k"], weights=met["shared"], minlength=size ** 2).reshape(size, size)


def _by_chance(observed: np.ndarray, squares: np.ndarray) -> np.ndarray:
    margin = observed.sum(axis=1)
    total = margin.sum()
    below = total - squares.sum() / total if total else 0
    return (np.outer(margin, margin) - np.diag(squares)) / below if below > 0 else np.zeros(observed.shape)

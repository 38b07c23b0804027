"""Agreement of two coders code by code, over every character: for coding whose segments overlap.

A character of a source either has a code from a coder or not. Characters are never laid out one by one: lengths of spans do.
Characters next to each other are no independent judgements, so intervals come from resampling interviews.
"""

import numpy as np
import pandas as pd

from .. import spans
from .agreement import ONE_CATEGORY
from .resampling import middle, resampled

NAMES = ("kappa", "alpha", "ac1")


def per_code(codings: pd.DataFrame, lengths: pd.Series, coders: tuple[str, str]) -> pd.DataFrame:
    """Compare two coders on each code over the code points of the sources both coded.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `coder_id`, `code_id`, `start`, `end`.
    lengths : Series
        Code points of each source that both coders coded, by source id; other sources are left out.
    coders : tuple of str
        The two coders.

    Returns
    -------
    DataFrame, one row a code that either gave, by name
        `code_id`; `first`, `second`, `both`: code points; `percent`: agreement, 0 to 1, high for any rare code; `kappa` (Cohen 1960),
        `alpha` (Krippendorff 2011), `ac1` (Gwet 2008): NA when undefined; `undefined`: why.
    """
    names, first, second, both = _laid(codings, lengths, coders)
    table = pd.DataFrame({"code_id": names, "first": first.sum(axis=0), "second": second.sum(axis=0), "both": both.sum(axis=0)})
    found = _coefficients(*(table[name].to_numpy("float64") for name in ("first", "second", "both")), float(lengths.sum()))
    undefined = np.isnan(found["kappa"])
    table = table.astype({"code_id": "str", "first": "int64", "second": "int64", "both": "int64"}).assign(percent=found["percent"])
    return table.assign(**{name: pd.array(found[name], dtype="Float64") for name in NAMES}, undefined=np.where(undefined, ONE_CATEGORY, ""))


def intervals(codings: pd.DataFrame, lengths: pd.Series, coders: tuple[str, str], *, resamples: int = 1000, seed: int) -> pd.DataFrame:
    """Say between which values the middle 95 % of alpha and kappa lie when interviews are drawn again, with replacement.

    Parameters as for `per_code`, and:

    resamples : int
        How often as many interviews as there are are drawn.
    seed : int

    Returns
    -------
    DataFrame, one row a code, by name
        `code_id`; `kappa_low`, `kappa_high`, `alpha_low`, `alpha_high`: NA with fewer than two interviews, or where the value is undefined in
        every draw; `drawn`: draws in which it is defined.
    """
    names, first, second, both = _laid(codings, lengths, coders)
    table = pd.DataFrame({"code_id": pd.Series(names, dtype="str")})
    weights = resampled(len(lengths), resamples, seed)
    found = _coefficients(weights @ first, weights @ second, weights @ both, (weights @ lengths.to_numpy("float64"))[:, None])
    for name in ("kappa", "alpha"):
        low, high = middle(found[name])
        table[f"{name}_low"], table[f"{name}_high"] = pd.array(low, dtype="Float64"), pd.array(high, dtype="Float64")
    return table.assign(drawn=(~np.isnan(found["alpha"])).sum(axis=0))


def _laid(codings: pd.DataFrame, lengths: pd.Series, coders: tuple[str, str]) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """The codes, and for each interview and code the code points of the first coder, of the second, and of both."""
    source = lengths.index.get_indexer(codings["source_id"])
    known = (source >= 0) & codings["coder_id"].isin(coders).to_numpy()
    given = codings[known]
    code, names = pd.factorize(given["code_id"], sort=True)
    pair = source[known] * len(names) + code  # an interview and a code together: only the same code of the same interview meets
    numbers = pd.DataFrame({"source_id": pair, "start": given["start"].to_numpy(), "end": given["end"].to_numpy()})
    who = given["coder_id"].to_numpy()
    first, second = (spans.union(numbers[who == coder]) for coder in coders)
    met = spans.meetings(first, second)
    size = len(lengths) * len(names)
    laid = [np.bincount(place, weights=long, minlength=size).reshape(len(lengths), len(names)) for place, long in (
        (first["source_id"], first["end"] - first["start"]), (second["source_id"], second["end"] - second["start"]),
        (first["source_id"].to_numpy()[met["first"]], met["shared"]))]
    return [str(name) for name in names], *laid



def _coefficients(first: np.ndarray, second: np.ndarray, both: np.ndarray, n: float | np.ndarray) -> dict[str, np.ndarray]:
    """Percent, kappa, alpha and AC1 from lengths, of any shape; the last three are NaN where everything or nothing has the code."""
    with np.errstate(divide="ignore", invalid="ignore"):  # where the value is undefined, and set to NaN
        a, b = first / n, second / n
        percent, mean = 1 - a - b + 2 * both / n, (a + b) / 2
        chance = {"kappa": a * b + (1 - a) * (1 - b), "alpha": 1 - 2 * mean * (1 - mean) * 2 * n / (2 * n - 1), "ac1": 2 * mean * (1 - mean)}
        varies = (mean > 0) & (mean < 1)
        return {"percent": percent} | {name: np.where(varies, (percent - expected) / (1 - expected), np.nan) for name, expected in chance.items()}

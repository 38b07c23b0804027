"""Agreement of two coders code by code, over every character: for coding whose segments overlap.

A character of a source either has a code from a coder or not. Characters are never laid out one by one: lengths of spans do.
"""

import numpy as np
import pandas as pd

from .. import spans
from .agreement import ONE_CATEGORY


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
        `alpha` (Krippendorff 2011), `ac1` (Gwet 2008): NA when undefined; `undefined`: why. Characters next to each other
        are no independent judgements, so no interval follows from their number; resample interviews.
    """
    known = codings[codings["source_id"].isin(lengths.index)]
    names = sorted(known.loc[known["coder_id"].isin(coders), "code_id"].unique())
    first, second = (_joined(known[known["coder_id"] == coder], names) for coder in coders)
    met = spans.meetings(first, second)
    both = np.bincount(first["code"].to_numpy()[met["first"]], weights=met["shared"], minlength=len(names))
    a, b = (np.bincount(given["code"], weights=given["end"] - given["start"], minlength=len(names)) for given in (first, second))
    table = pd.DataFrame({"code_id": names, "first": a, "second": b, "both": both}).astype({"code_id": "str", "first": "int64", "second": "int64", "both": "int64"})
    return _with_coefficients(table, float(lengths.sum()))


def _joined(given: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Segments of one coder joined by code; `source_id` stands for source and code together, so that only the same code meets."""
    joined = spans.union(given, by=("source_id", "code_id"))
    code = pd.Categorical(joined["code_id"], categories=names).codes.astype("int64")
    return joined.assign(code=code, source_id=joined["source_id"].astype("str") + "\n" + joined["code_id"].astype("str"))


def _with_coefficients(table: pd.DataFrame, n: float) -> pd.DataFrame:
    a, b = table["first"] / n, table["second"] / n
    percent, mean = 1 - a - b + 2 * table["both"] / n, (a + b) / 2
    chance = {"kappa": a * b + (1 - a) * (1 - b), "alpha": 1 - 2 * mean * (1 - mean) * 2 * n / (2 * n - 1), "ac1": 2 * mean * (1 - mean)}
    varies = (mean > 0) & (mean < 1)
    found = {name: ((percent - expected) / (1 - expected)).where(varies).astype("Float64") for name, expected in chance.items()}
    return table.assign(percent=percent, **found, undefined=np.where(varies, "", ONE_CATEGORY))

"""Agreement of coders on fixed units, for studies that settle on one coding.

Ratings are a table of units x coders: what each coder gave each unit, NA where a coder did not code it. 1 is perfect, 0 what
chance would bring. A coefficient is undefined, and says why, when fewer than two coders met or when only one category occurs:
where nothing varies, nothing can be told from chance. Look at the table code by code first; one figure for all hides failures.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from .resampling import limits, resampled

ONE_CATEGORY = "only one category occurs, so agreement cannot be told from chance"
NO_PAIR = "no unit was coded by two coders"
Distance = Callable[[object, object], float]


@dataclass(frozen=True)
class Coefficient:
    """A coefficient of agreement.

    Attributes
    ----------
    value : float or None
        1 is perfect, 0 what chance would bring; None when it is undefined.
    observed, expected : float
        Observed and expected agreement; for alpha, observed and expected disagreement.
    units : int
        Units that at least two coders coded.
    undefined : str
        Why there is no value; "" when there is one.
    """

    value: float | None
    observed: float
    expected: float
    units: int
    undefined: str = ""

    def __str__(self) -> str:
        return f"undefined: {self.undefined}" if self.value is None else f"{self.value:.3f}"


def percent(ratings: pd.DataFrame) -> Coefficient:
    """The share of pairs of coders who gave the same, averaged over units. Chance is not taken into account (expected is 0)."""
    observed, units = _observed(*_counted(ratings)[:1], None)
    return Coefficient(observed, observed, 0.0, units) if units else Coefficient(None, np.nan, np.nan, 0, NO_PAIR)


def cohen(ratings: pd.DataFrame, *, weights: pd.DataFrame | None = None) -> Coefficient:
    """Cohen's kappa of two coders, over the units both coded: (Po - Pe) / (1 - Pe), Pe from each coder's own shares.

    Cohen (1960), Educational and Psychological Measurement 20(1); with `weights` (categories x categories, 1 on the diagonal, 0 for
    no agreement at all) Cohen (1968), Psychological Bulletin 70(4).

    Raises
    ------
    ValueError
        There are not exactly two coders.
    """
    if ratings.shape[1] != 2:
        raise ValueError(f"Cohen's kappa compares two coders, not {ratings.shape[1]}; for more take conger, fleiss or alpha")
    return conger(ratings.dropna(), weights=weights)


def conger(ratings: pd.DataFrame, *, weights: pd.DataFrame | None = None) -> Coefficient:
    """Kappa of two or more coders with each coder's own shares: Conger (1980), Psychological Bulletin 88(2).

    Of two coders who coded all units it is Cohen's kappa. Units some did not code count as in Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th ed., section 2.5.
    """
    counts, categories = _counted(ratings)
    own = np.array([[(ratings[coder] == category).sum() for category in categories] for coder in ratings]).reshape(ratings.shape[1], len(categories))
    coded = own.sum(axis=1, keepdims=True)
    shares = np.divide(own, coded, out=np.zeros(own.shape), where=coded > 0)
    same = _weights(categories, weights)
    total, coders = shares.sum(axis=0), max(2, ratings.shape[1])
    expected = (total @ same @ total - np.einsum("gk,kl,gl->", shares, same, shares)) / (coders * (coders - 1))
    return _beyond_chance(counts, expected, weights=same)


def fleiss(ratings: pd.DataFrame) -> Coefficient:
    """Fleiss' kappa: coders are taken as alike, chance agreement is the sum of squared shares of the categories.

    Fleiss (1971), Psychological Bulletin 76(5); of two coders it is Scott's pi (1955). Units some did not code count as in Gwet (2014).
    """
    counts, _ = _counted(ratings)
    return _beyond_chance(counts, float((_shares(counts) ** 2).sum()))


def brennan_prediger(ratings: pd.DataFrame, *, categories: int | None = None) -> Coefficient:
    """Agreement beyond 1 / categories: Brennan & Prediger (1981), Educational and Psychological Measurement 41(3); Bennett's S (1954).

    Parameters
    ----------
    ratings : DataFrame
        Units x coders.
    categories : int, optional
        How many the coders could choose from; those that occur unless it is given.
    """
    counts, found = _counted(ratings)
    return _beyond_chance(counts, 1 / max(1, categories or len(found)))


def gwet(ratings: pd.DataFrame, *, weights: pd.DataFrame | None = None) -> Coefficient:
    """Gwet's AC1, steady where one category is rare: Pe = sum of p(1 - p) over q - 1, for q categories.

    Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1); with `weights` (see `cohen`) it is AC2.
    """
    counts, categories = _counted(ratings)
    same, shares, q = _weights(categories, weights), _shares(counts), len(categories)
    expected = same.sum() / (q * (q - 1)) * float((shares * (1 - shares)).sum()) if q > 1 else 1.0
    return _beyond_chance(counts, expected, weights=same)


def alpha(ratings: pd.DataFrame, *, level: str = "nominal", distance: Distance | None = None) -> Coefficient:
    """Krippendorff's alpha, 1 - Do / De, for any number of coders and with units that some did not code.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. A value that nobody else's stands beside is left out.

    Parameters
    ----------
    ratings : DataFrame
        Units x coders; for the levels `jaccard` and `masi` each cell holds a frozenset of codes.
    level : str
        What the values are: nominal, ordinal, interval, ratio; or how far two sets of codes are apart: `jaccard` (1 - shared /
        either) or `masi` (Passonneau 2006, with the exact thirds; two empty sets are 0 apart).
    distance : callable, optional
        Takes the place of `level`: the squared distance of two values, 0 for the same.

    Raises
    ------
    ValueError
        There is no such level.
    """
    if distance is None and level not in LEVELS:
        raise ValueError(f"no level “{level}”; levels: {', '.join(LEVELS)}")
    counts, values = _counted(ratings)
    counts = counts[counts.sum(axis=1) > 1]
    marginal, coded = counts.sum(axis=0), counts.sum(axis=1)
    if not len(counts):
        return Coefficient(None, np.nan, np.nan, 0, NO_PAIR)
    apart = _ordinal(marginal) if level == "ordinal" and distance is None else _apart(values, distance or LEVELS[level])
    n = marginal.sum()
    observed = float((((counts @ apart) * counts).sum(axis=1) / (coded - 1)).sum() / n)
    expected = float(marginal @ apart @ marginal / (n * (n - 1)))
    if expected <= 0:
        return Coefficient(None, observed, expected, len(counts), ONE_CATEGORY)
    return Coefficient(1 - observed / expected, observed, expected, len(counts))


def interval(coefficient: Callable[[pd.DataFrame], Coefficient], ratings: pd.DataFrame, interviews: pd.Series, *, resamples: int = 1000,
             seed: int) -> tuple[float | None, float | None]:
    """The middle 95 % of a coefficient when interviews, never units, are drawn again with replacement.

    Parameters
    ----------
    coefficient : callable
        `cohen`, `alpha` or another of this module.
    ratings : DataFrame
        Units x coders.
    interviews : Series
        The interview of each unit, in the order of `ratings`.
    resamples, seed : int
        How often they are drawn, and from which seed.

    Returns
    -------
    (low, high)
        None with fewer than two interviews, or where no draw has a value. Draws in which it is undefined are left out.
    """
    names = sorted(interviews.unique())
    rows = [np.flatnonzero(interviews.to_numpy() == one) for one in names]
    drawn = resampled(len(names), resamples if len(names) > 1 else 0, seed).astype("int64")
    values = [coefficient(ratings.iloc[np.concatenate([np.tile(rows[i], times) for i, times in enumerate(weights)])]).value for weights in drawn]
    return limits(np.array([np.nan if value is None else value for value in values]))


def alpha_interval(ratings: pd.DataFrame, interviews: pd.Series, *, level: str = "nominal", resamples: int = 1000, seed: int) -> tuple[float | None, float | None]:
    """The same as `interval(alpha, ...)` with the same draws, many times as fast; for levels whose distance does not hang on the units (not ordinal)."""
    counts, values = _counted(ratings)
    apart, coded = _apart(values, LEVELS[level]), counts.sum(axis=1)
    counts, coded, names = counts[coded > 1], coded[coded > 1], interviews.to_numpy()[coded > 1]
    everyone = sorted(interviews.unique())
    own = np.array([counts[names == one].sum(axis=0) for one in everyone])
    disagreed = np.array([float((((counts[names == one] @ apart) * counts[names == one]).sum(axis=1) / (coded[names == one] - 1)).sum()) for one in everyone])
    drawn = resampled(len(everyone), resamples if len(everyone) > 1 else 0, seed)
    marginal, seen = drawn @ own, drawn @ disagreed
    n = marginal.sum(axis=1)
    expected = ((marginal @ apart) * marginal).sum(axis=1) / np.maximum(1, n * (n - 1))
    return limits(1 - np.divide(seen / np.maximum(1, n), expected, out=np.full(len(drawn), np.nan), where=expected > 0))


def jaccard(first: frozenset, second: frozenset) -> float:
    """How far two sets of codes are apart: 1 - shared / either; two empty sets are 0 apart."""
    return 1 - len(first & second) / len(first | second) if first | second else 0.0


def masi(first: frozenset, second: frozenset) -> float:
    """How far two sets of codes are apart: 1 - J M, M being 1 for the same, 2/3 for one in the other, 1/3 for a mere overlap.

    Passonneau (2006), Measuring Agreement on Set-valued Items (MASI), LREC. Rounded thirds (.67, .33) give slightly other figures.
    """
    if first == second:
        return 0.0
    nested = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1 - (1 - jaccard(first, second)) * nested


LEVELS = {
    "nominal": lambda a, b: float(a != b), "ordinal": None, "interval": lambda a, b: (a - b) ** 2,
    "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0, "jaccard": jaccard, "masi": masi}


def table(ratings: pd.DataFrame) -> pd.DataFrame:
    """All coefficients of one table of ratings, side by side: none of them is the right one alone.

    Returns
    -------
    DataFrame, one row a coefficient
        `coefficient`; `value`: NA when undefined; `observed`, `expected`: agreement, for alpha disagreement; `units`: coded by at
        least two coders; `undefined`: why there is no value.
    """
    found = {"percent": percent(ratings)} | ({"Cohen's kappa": cohen(ratings)} if ratings.shape[1] == 2 else {"Conger's kappa": conger(ratings)})
    found |= {"Fleiss' kappa": fleiss(ratings), "Krippendorff's alpha": alpha(ratings), "Gwet's AC1": gwet(ratings)}
    rows = [{"coefficient": name, "value": c.value, "observed": c.observed, "expected": c.expected, "units": c.units, "undefined": c.undefined}
            for name, c in found.items()]
    return pd.DataFrame(rows).astype({"value": "Float64"})


def _counted(ratings: pd.DataFrame) -> tuple[np.ndarray, list]:
    """How many coders gave each unit each category, and the categories in order."""
    cells = ratings.to_numpy(dtype="object")
    given = np.array([[not (value is None or value is pd.NA or value != value) for value in row] for row in cells], dtype=bool).reshape(cells.shape)
    values = set(cells[given])
    ordered = sorted(values, key=lambda v: (str(type(v)), sorted(v))) if any(isinstance(v, frozenset) for v in values) else _in_order(values)
    place = {value: number for number, value in enumerate(ordered)}
    counts = np.zeros((len(cells), len(ordered)))
    rows, columns = np.nonzero(given)
    np.add.at(counts, (rows, [place[cells[r, c]] for r, c in zip(rows, columns, strict=True)]), 1)
    return counts, ordered


def _in_order(values: set) -> list:
    try:
        return sorted(values)
    except TypeError:  # names beside numbers: only whether they are the same can matter
        return sorted(values, key=lambda value: (str(type(value)), str(value)))


def _observed(counts: np.ndarray, weights: np.ndarray | None) -> tuple[float, int]:
    """Mean share of agreeing pairs, over units that two or more coded, and the number of those."""
    met = counts[counts.sum(axis=1) > 1]
    coded = met.sum(axis=1)
    agreeing = (met * (met if weights is None else met @ weights)).sum(axis=1) - coded
    return (float((agreeing / (coded * (coded - 1))).mean()), len(met)) if len(met) else (np.nan, 0)


def _shares(counts: np.ndarray) -> np.ndarray:
    coded = counts.sum(axis=1, keepdims=True)
    return (counts / np.where(coded > 0, coded, 1))[coded[:, 0] > 0].mean(axis=0) if coded.any() else counts.sum(axis=0)


def _weights(categories: list, weights: pd.DataFrame | None) -> np.ndarray:
    return np.eye(len(categories)) if weights is None else weights.loc[categories, categories].to_numpy(dtype=float)


def _beyond_chance(counts: np.ndarray, expected: float, *, weights: np.ndarray | None = None) -> Coefficient:
    observed, units = _observed(counts, weights)
    if not units:
        return Coefficient(None, np.nan, np.nan, 0, NO_PAIR)
    if np.count_nonzero(counts.sum(axis=0)) < 2 or expected >= 1:
        return Coefficient(None, observed, expected, units, ONE_CATEGORY)
    return Coefficient((observed - expected) / (1 - expected), observed, expected, units)


def _apart(values: list, distance: Distance) -> np.ndarray:
    return np.array([[0.0 if i == j else distance(a, b) for j, b in enumerate(values)] for i, a in enumerate(values)]).reshape(len(values), len(values))


def _ordinal(marginal: np.ndarray) -> np.ndarray:
    """Squared distance of ranks: how many values lie between two, half of the two themselves counted."""
    middle = np.cumsum(marginal) - marginal / 2
    return (middle[:, None] - middle[None, :]) ** 2

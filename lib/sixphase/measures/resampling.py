"""Intervals by drawing interviews again: what the figure would have been, had other interviews of this kind been coded twice.

Interviews are drawn, never segments or turns: those of one interview are no independent judgements.
"""

import numpy as np


def resampled(interviews: int, resamples: int, seed: int) -> np.ndarray:
    """How often each interview is drawn, resamples x interviews: each row draws as many interviews as there are, with replacement."""
    drawn = np.random.default_rng(seed).integers(0, max(1, interviews), (resamples, interviews))
    weights = np.zeros((resamples, interviews))
    np.add.at(weights, (np.arange(resamples)[:, None], drawn), 1)
    return weights


def middle(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 2.5th and 97.5th percentile of each column over the draws in which it is defined; NaN where it is in none."""
    defined = ~np.isnan(drawn).all(axis=0)
    low, high = np.full(drawn.shape[1], np.nan), np.full(drawn.shape[1], np.nan)
    if defined.any():
        low[defined], high[defined] = np.nanpercentile(drawn[:, defined], [2.5, 97.5], axis=0)
    return low, high


def limits(drawn: np.ndarray) -> tuple[float | None, float | None]:
    """`middle` of one figure; None and None where no draw has a value."""
    low, high = middle(drawn.reshape(len(drawn), 1)) if len(drawn) else ([np.nan], [np.nan])
    return (float(low[0]), float(high[0])) if low[0] == low[0] else (None, None)

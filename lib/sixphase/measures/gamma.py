"""Gamma: agreement of coders who mark their own segments, by the best alignment of what they marked.

Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41(3), worked out by the library pygamma-agreement (Titeux & Riad 2021,
Journal of Open Source Software 6(62)). That library brings solvers of several hundred megabytes, so it is installed only when asked for; README.md beside this file
says what was tried with it.
"""

import numpy as np
import pandas as pd

from .agreement import ONE_CATEGORY, Coefficient

MISSING = "gamma needs the library pygamma-agreement, which is not installed here: pip install “sixphase[gamma]” brings it"


def gamma(segments: pd.DataFrame, *, alpha: float = 1.0, beta: float = 1.0, precision: float | None = .02, seed: int) -> Coefficient:
    """Work out gamma of one source: 1 is perfect, 0 what chance would bring.

    What chance would bring is drawn at random, so the value holds to `precision`, and the same seed gives the same value.

    Parameters
    ----------
    segments : DataFrame
        `coder_id`, `start`, `end` and `value`, of one source; segments of one coder may overlap.
    alpha, beta : float
        How much the place, and how much the value, of two segments weighs.
    precision : float
        Half the width of the interval of the expected disorder, at 95 %; None draws 30 times and leaves it there.
    seed : int

    Raises
    ------
    ImportError
        The library is not installed; the sentence says how to get it.
    ValueError
        There are fewer than two coders.
    """
    try:
        import pygamma_agreement as library
        from pyannote.core import Segment
    except ImportError:
        raise ImportError(MISSING) from None
    if segments["coder_id"].nunique() < 2:
        raise ValueError("agreement needs at least two coders")
    continuum = library.Continuum()
    for row in segments.sort_values(["coder_id", "start", "end", "value"], kind="stable").itertuples():
        continuum.add(row.coder_id, Segment(int(row.start), int(row.end)), row.value)
    np.random.seed(seed)  # the library draws from numpy's global generator
    found = continuum.compute_gamma(library.CombinedCategoricalDissimilarity(alpha=alpha, beta=beta), precision_level=precision)
    if not found.expected_disorder:
        return Coefficient(None, found.observed_disorder, found.expected_disorder, len(segments), ONE_CATEGORY)
    return Coefficient(float(found.gamma), float(found.observed_disorder), float(found.expected_disorder), len(segments))

"""Two heuristics of other fields, worked out only for a study that asks for them: codes not seen yet, and the chance to hear a theme.

Both take interviews for draws at random. A purposive sample is none, and a theme is developed, not drawn; both are disputed.
"""

from math import comb

import pandas as pd


def lower_bound(codings: pd.DataFrame, interviews: int) -> pd.DataFrame:
    """Bound from below how many codes there would be: S + ((m - 1) / m) Q1 (Q1 - 1) / (2 (Q2 + 1)).

    Chao (1987), Biometrics 43(4), in its bias-corrected form.

    Parameters
    ----------
    codings : DataFrame
        `code_id`, `source_id`.
    interviews : int
        All interviews, those without codings included.

    Returns
    -------
    DataFrame, one row, or none where nothing is coded
        `seen`: codes (S); `in_one`, `in_two`: codes in exactly one and two interviews (Q1, Q2); `bound`.
    """
    each = codings.groupby("code_id")["source_id"].nunique()
    once, twice = int((each == 1).sum()), int((each == 2).sum())
    bound = len(each) + (interviews - 1) / interviews * once * (once - 1) / (2 * (twice + 1)) if interviews else 0.0
    return pd.DataFrame([{"seen": len(each), "in_one": once, "in_two": twice, "bound": bound}]).head(len(each))


def chance_of_hearing(share: float, participants: int, *, at_least: int = 1) -> float:
    """The chance, 0 to 1, that at least so many participants voice what a share of a population would voice; binomial.

    Fugard & Potts (2015), International Journal of Social Research Methodology 18(6).

    Raises
    ------
    ValueError
        The share is not between 0 and 1, or a number is negative.
    """
    if not 0 <= share <= 1 or participants < 0 or at_least < 0:
        raise ValueError("the share lies between 0 and 1, and numbers of participants are not negative")
    return 1 - sum(comb(participants, k) * share ** k * (1 - share) ** (participants - k) for k in range(min(at_least, participants + 1)))

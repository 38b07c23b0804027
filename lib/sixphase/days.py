"""Days, as YYYY-MM-DD, and which of them each stand for a version of something people worked on."""

from itertools import pairwise

import pandas as pd

NEVER = "9999-12-31"


def before_pauses(days: list[str], most: int) -> list[str]:
    """Choose days on which a stretch of work ended: those before the longest pauses, and always the last.

    Parameters
    ----------
    days : list of str
        The days on which something was done, in order.
    most : int
        Days to choose, at most; of pauses of one length the earlier.
    """
    pauses = [(pd.Timestamp(after) - pd.Timestamp(day)).days for day, after in pairwise(days)]
    longest = sorted(range(len(pauses)), key=lambda n: (-pauses[n], n))[:max(0, most - 1)]
    return [days[n] for n in sorted(longest)] + days[-1:]

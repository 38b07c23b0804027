"""Arithmetic on spans of text.

A span is half-open, [start, end), in Unicode code points from the start of the source:
`text[start:end]` is its words and `end - start` its length. Two spans meet when they share
at least one code point; spans that only touch do not meet.
"""

import numpy as np
import pandas as pd


def union(spans: pd.DataFrame, *, by: tuple[str, ...] = ("source_id",)) -> pd.DataFrame:
    """Join spans that meet or touch, within each source.

    Parameters
    ----------
    spans : DataFrame
        `source_id`, `start`, `end`.
    by : tuple of str
        Columns within which spans are joined: with `code_id` added, only those of one code.

    Returns
    -------
    DataFrame
        The columns of `by`, `start`, `end`: disjoint spans, in the order of these columns.
    """
    group = spans.groupby(list(by)).ngroup().to_numpy("int64")
    longest = int(spans["end"].max()) if len(spans) else 0
    base = group * (longest + 2)  # groups lie one after the other on one line, and never touch
    starts, ends = spans["start"].to_numpy("int64") + base, spans["end"].to_numpy("int64") + base
    order = np.lexsort((ends, starts))
    reach = np.maximum.accumulate(ends[order])
    opens = np.flatnonzero(np.concatenate([[True], starts[order][1:] > reach[:-1]])) if len(spans) else order
    first = order[opens]
    joined = spans.iloc[first][list(by)].reset_index(drop=True)
    last = np.concatenate([opens[1:], [len(order)]]) - 1 if len(spans) else opens
    return joined.assign(start=starts[first] - base[first], end=reach[last] - base[first])


def meetings(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Pair every span of one table with every span of another that it meets in the same source.

    Parameters
    ----------
    first, second : DataFrame
        `source_id`, `start`, `end`.

    Returns
    -------
    DataFrame
        `first`, `second`: row positions (not labels); `shared`: code points in common, at least 1.
        In the order of `first`, then of `second`.
    """
    (a_start, a_end), (b_start, b_end) = on_one_line(first, second)
    by_start = np.argsort(b_start, kind="stable")
    # A span that starts before ours ends may still have ended before ours starts, so we look back from
    # the furthest end reached so far: everything before that point cannot meet us.
    furthest = np.maximum.accumulate(b_end[by_start]) if len(b_end) else b_end
    lowest = np.searchsorted(furthest, a_start, side="right")
    highest = np.searchsorted(b_start[by_start], a_end, side="left")
    count = np.maximum(highest - lowest, 0)
    left = np.repeat(np.arange(len(a_start)), count)
    right = by_start[np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(lowest, count)]
    shared = np.minimum(a_end[left], b_end[right]) - np.maximum(a_start[left], b_start[right])
    found = pd.DataFrame({"first": left, "second": right, "shared": shared})[shared > 0]
    return found.sort_values(["first", "second"], kind="stable", ignore_index=True)


def on_one_line(*tables: pd.DataFrame) -> list[tuple[np.ndarray, np.ndarray]]:
    """Lay all sources one after the other, so that one number stands for source and place.

    Returns for each table its starts and its ends on that line, as int64.
    """
    number, _ = pd.factorize(pd.concat([t["source_id"] for t in tables], ignore_index=True))
    longest = max((int(t["end"].max()) for t in tables if len(t)), default=0)
    bases = np.split(number.astype("int64") * (longest + 1), np.cumsum([len(t) for t in tables])[:-1])
    return [(t["start"].to_numpy("int64") + base, t["end"].to_numpy("int64") + base) for t, base in zip(tables, bases, strict=True)]


def length(spans: pd.DataFrame) -> int:
    """Code points inside the spans, each counted once."""
    joined = union(spans)
    return int((joined["end"] - joined["start"]).sum())

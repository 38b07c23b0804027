"""Arithmetic on spans of text.

A span is half-open, [start, end), in Unicode code points from the start of the source:
`text[start:end]` is its words and `end - start` its length. Two spans meet when they share
at least one code point; spans that only touch do not meet.
"""

import numpy as np
import pandas as pd


def union(spans: pd.DataFrame) -> pd.DataFrame:
    """Join spans that meet or touch, within each source.

    Parameters
    ----------
    spans : DataFrame
        `source_id`, `start`, `end`.

    Returns
    -------
    DataFrame
        `source_id`, `start`, `end`: disjoint spans, by source and start.
    """
    ordered = spans.sort_values(["source_id", "start", "end"], kind="stable")[["source_id", "start", "end"]]
    reach = ordered.groupby("source_id")["end"].cummax().groupby(ordered["source_id"]).shift()
    opens = (reach.isna() | (ordered["start"] > reach)).cumsum()
    joined = ordered.groupby(opens.to_numpy()).agg(
        source_id=("source_id", "first"), start=("start", "first"), end=("end", "max"))
    return joined.reset_index(drop=True)


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
    sources = pd.concat([t["source_id"] for t in tables]).unique()
    longest = max((int(t["end"].max()) for t in tables if len(t)), default=0)
    base = pd.Series(np.arange(len(sources), dtype="int64") * (longest + 1), index=sources)
    moved = [base.reindex(t["source_id"]).to_numpy() for t in tables]
    return [(t["start"].to_numpy("int64") + b, t["end"].to_numpy("int64") + b) for t, b in zip(tables, moved, strict=True)]


def length(spans: pd.DataFrame) -> int:
    """Code points inside the spans, each counted once."""
    joined = union(spans)
    return int((joined["end"] - joined["start"]).sum())

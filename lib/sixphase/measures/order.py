"""Attention over the course of the work: prompts to look again, none of them a fault.

Braun & Clarke (2006), criterion 2: each data item has been given equal attention.
"""

import pandas as pd


def trend(attention: pd.DataFrame) -> float | None:
    """Rank correlation (Spearman 1904, ties at their mean rank) of density with the place in the order of coding; None where nothing varies.

    Parameters
    ----------
    attention : DataFrame
        `place` and `density` of `codings.attention`.
    """
    known = attention.dropna(subset="density").astype({"density": "float64"})
    if len(known) < 3 or known["density"].nunique() < 2:
        return None
    return float(known["place"].rank().corr(known["density"].rank()))


def new_by_pass(codings: pd.DataFrame) -> pd.DataFrame:
    """Count what each pass through the interviews brought: one row a pass with `pass`, `codings`, `interviews`, `new_codes` (first given in it)."""
    table = codings.groupby("pass").agg(codings=("coding_id", "size"), interviews=("source_id", "nunique"))
    first = codings.groupby("code_id")["pass"].min().value_counts()
    return table.assign(new_codes=first.reindex(table.index, fill_value=0).astype("int64")).reset_index()


def late(decisions: pd.DataFrame, *, part: float = .1) -> dict[str, int]:
    """Count the decisions of the last part of the calendar, from the first decision to the last: `decisions`, `late`, `days` in all."""
    if decisions.empty:
        return {"decisions": 0, "late": 0, "days": 0}
    days = pd.to_datetime(decisions["on"])
    span = (days.max() - days.min()).days
    return {"decisions": len(decisions), "late": int(((days.max() - days).dt.days < part * span).sum()), "days": span}


def course(attention: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Both prompts side by side: one row with `interviews`, `trend`, `decisions`, `late` (in the last tenth of `days`) and `days`."""
    return pd.DataFrame([{"interviews": len(attention), "trend": trend(attention), **late(decisions)}]).astype({"trend": "Float64"})

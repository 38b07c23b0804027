"""Decisions: what was decided, when, by whom, why, and what else was considered."""

import pandas as pd


def of_phase(decisions: pd.DataFrame, phase: int) -> pd.DataFrame:
    """The decisions taken in one phase, by day: `on`, `by`, `what`, `because`, `alternatives`, `back_to`."""
    found = decisions[decisions["phase"] == phase].sort_values(["on", "decision_id"], kind="stable", ignore_index=True)
    spoken = found["alternatives"].map(lambda others: "; ".join(others) if isinstance(others, list) else "")
    return found.assign(alternatives=spoken)[["on", "by", "what", "because", "alternatives", "back_to"]]


def backward(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions that led back to an earlier phase. A study without one is worth a second thought."""
    return decisions[decisions["back_to"].notna() & (decisions["back_to"] < decisions["phase"])].reset_index(drop=True)


def about(decisions: pd.DataFrame, link: str) -> pd.DataFrame:
    """The decisions that name `link` in `about`, such as “theme:permission”; a table with the same columns, without rows where there is none."""
    return decisions[decisions["about"].map(lambda links: isinstance(links, list) and link in links).astype(bool)]

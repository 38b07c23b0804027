"""Holding the codebook stable: from when on no code is to change, by whom and why, and what changed all the same.

A decision about `codebook:held stable` says so (`files.append_hold`); the latest counts. It holds from the end of its day, since what happened earlier or later on one day
cannot be told apart. In a study coded for reliability this is what is called freezing the codebook.
"""

import hashlib
from typing import NamedTuple

import pandas as pd

HELD = "codebook:held stable"
MEANING = ("code_id", "name", "definition", "use_when", "not_when", "near_miss", "parent", "status", "merged_into")


class Hold(NamedTuple):
    """A decision to hold the codebook stable: its day, by whom, why, and the `digest` of what it said then, "" where none was kept."""

    on: str
    by: str
    because: str
    digest: str


def digest(codes: pd.DataFrame) -> str:
    """16 hex digits (of SHA-256) that stand for what a codebook says: names, meanings, limits, places, and what was merged or retired."""
    rows = ["\x1f".join(str(value) if isinstance(value, str) else "" for value in row) for row in codes[list(MEANING)].replace({"status": {"active": None}}).itertuples(index=False)]
    return hashlib.sha256("\x1e".join(sorted(rows)).encode("utf-8")).hexdigest()[:16]


def holds(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions to hold the codebook stable, oldest first: `on`, `by`, `because`, `digest`."""
    found = decisions[decisions["about"].map(lambda about: isinstance(about, list) and HELD in about).astype(bool)].sort_values(["on", "decision_id"], kind="stable", ignore_index=True)
    kept = [next((link.removeprefix("codebook:") for link in about if link.startswith("codebook:") and link != HELD), "") for about in found["about"]]
    return found[["on", "by", "because"]].assign(digest=pd.Series(kept, index=found.index, dtype="str"))


def held(decisions: pd.DataFrame) -> Hold | None:
    """The latest decision to hold the codebook stable; None when there is none."""
    found = holds(decisions)
    return Hold(*found.iloc[-1]) if len(found) else None


def changed_since(codes: pd.DataFrame, hold: Hold | None) -> pd.DataFrame:
    """List what happened to codes after the codebook was held stable.

    Returns
    -------
    DataFrame, by day, then in the order of the codebook
        `code_id`, `on`, `by`, `what`, `because`. A code that was made since counts; empty where nobody held it stable.
    """
    rows = []
    for code in codes.to_dict("records") if hold else []:
        later = [entry for entry in code["history"] or [] if str(entry.get("on")) > hold.on] if isinstance(code["history"], list) else []
        rows += [(code["code_id"], str(entry.get("on")), entry.get("by"), entry.get("what"), entry.get("because")) for entry in later]
        if not later and isinstance(code["created"], str) and code["created"] > hold.on:
            rows.append((code["code_id"], code["created"], None, "created", None))
    return pd.DataFrame(rows, columns=["code_id", "on", "by", "what", "because"], dtype="str").sort_values("on", kind="stable", ignore_index=True)


def changed_by_hand(then: pd.DataFrame, hold: Hold | None) -> bool:
    """Whether the codebook of the day on which it was held stable (`as_of`) says otherwise than it did: a change that its history is silent about."""
    return bool(hold and hold.digest) and digest(then) != hold.digest


def gone_through(hold: Hold | None, codings: pd.DataFrame, reading: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Say which interviews were gone through with the codebook as it was held stable: template analysis codes all of them with the final one.

    Parameters
    ----------
    hold : Hold or None
    codings, reading, sources : DataFrame
        `source_id` and `created`; `source_id` and `on` of `tables.READING`; `source_id`.

    Returns
    -------
    DataFrame, in the order of `sources`
        `source_id`; `last_coded`, `last_read`: days, NA when never; `since`: yes when one of them is after the day it was held stable. A sitting counts, since going through an
        interview may change nothing. Empty where nobody held it stable.
    """
    last_coded = codings.groupby("source_id")["created"].max().str[:10]
    last_read = reading.groupby("source_id")["on"].max()
    table = sources[["source_id"]].head(len(sources) if hold else 0).assign(last_coded=lambda t: t["source_id"].map(last_coded).astype("str"), last_read=lambda t: t["source_id"].map(last_read).astype("str"))
    after = (table[["last_coded", "last_read"]] > (hold.on if hold else "")).any(axis=1)
    return table.assign(since=after.map({True: "yes", False: "no"}))

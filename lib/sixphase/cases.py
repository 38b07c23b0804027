"""Participants and interviews: two units that are never mixed.

One participant may be interviewed more than once, and a group interview has several participants, so 28 interviews
may be with 23 people. Every function here says which of the two it counts.
"""

from dataclasses import dataclass, field

import pandas as pd

TIMES = "times interviewed"


@dataclass
class Interview:
    """An interview that is to be added to a study.

    Attributes
    ----------
    source_id : str
    text : str
        The canonical transcript.
    participants, interviewers : list of str
        The labels of those who are interviewed and of those who ask, in the order in which they first speak.
    raw : bytes
        The file as it arrived; several interviews may come from one file.
    format, encoding : str
        How it was read.
    notes : list of str
        What was normalised or left out.
    times : list of (begins, ends)
        Seconds from the start of the recording, one pair a turn; empty when they are not known.
    attributes : dict
        By participant id, what a survey says of the person.
    """

    source_id: str
    text: str
    participants: list[str]
    interviewers: list[str]
    raw: bytes = field(repr=False)
    format: str
    encoding: str = ""
    notes: list[str] = field(default_factory=list)
    times: list[tuple[float | None, float | None]] = field(default_factory=list, repr=False)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)


def attendance(sources: pd.DataFrame) -> pd.DataFrame:
    """Say who took part in which interview.

    Returns
    -------
    DataFrame, one row a participant in an interview, in the order of `sources`
        `source_id`, `participant_id`, `occasion`.
    """
    spread = sources[["source_id", "participants", "occasion"]].explode("participants", ignore_index=True)
    return spread.rename(columns={"participants": "participant_id"})[["source_id", "participant_id", "occasion"]].astype({"participant_id": "str"})


def interviews_each(sources: pd.DataFrame) -> pd.Series:
    """Count the interviews of each participant; int64, by participant id."""
    return attendance(sources).groupby("participant_id")["source_id"].nunique().astype("int64")


def with_times(participants: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """`participants` with how often each was interviewed, as a text in the column `TIMES`: an attribute like the others, since whoever was seen twice can be known by it."""
    each = interviews_each(sources).reindex(participants["participant_id"])
    return participants.assign(**{TIMES: each.astype("Int64").astype("str").to_numpy()})


def group_of(participants: pd.DataFrame, by: str | None) -> pd.Series:
    """The group of each participant, by participant id.

    Parameters
    ----------
    participants : DataFrame
        `participant_id` and the attribute `by`.
    by : str or None
        The attribute that tells groups apart. A participant without it is in the group “not recorded”; without an
        attribute all are in the group “all participants”.
    """
    named = participants.set_index("participant_id", drop=False)
    return named[by].fillna("not recorded") if by else pd.Series("all participants", index=named.index, dtype="str")


def groups(participants: pd.DataFrame, sources: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count participants and interviews in each group.

    Parameters
    ----------
    participants : DataFrame
        `participant_id` and the attribute `by`.
    sources : DataFrame
        `tables.SOURCES`.
    by : str
        The attribute. A participant without it is in the group “not recorded”.

    Returns
    -------
    DataFrame, one row a group, by name
        The attribute; `participants`: people; `interviews`: interviews in which at least one of them took part.
    """
    grouped = group_of(participants, by).rename(by).reset_index()
    seen = attendance(sources).merge(grouped, on="participant_id", how="right")
    return seen.groupby(by).agg(participants=("participant_id", "nunique"), interviews=("source_id", "nunique")).reset_index()

"""Counts of people that may be printed: each table goes through `disclosure.suppressed`, so that no small cell stands in it or follows from it.

A cell that is not printed is NA. What is printed beside it counts too: the size of each group, and the total of each row.
"""

import pandas as pd

from .. import cases, disclosure, themes
from ..study import Study
from .gate import quoted_people, smallest_group

TOGETHER = "other groups, put together"


def printed_groups(study: Study, by: str | None) -> pd.Series | None:
    """The group each participant is counted in, by participant id: groups of too few are put together; None when these are too few even so."""
    group, smallest = cases.group_of(study.participants, by), smallest_group(study)
    sizes = group.value_counts()
    small = group.isin(sizes[sizes < smallest].index)
    return None if 0 < small.sum() < smallest else group.mask(small, TOGETHER)


def people_by_group(study: Study, by: str | None) -> pd.DataFrame | None:
    """Count the participants and interviews of each group.

    Returns
    -------
    DataFrame, one row a group, by name, small ones put together at the end
        `group`; `participants`: people; `interviews`, Int64: NA where it would tell that few of a group were interviewed again. None when no group may be printed.
    """
    group = printed_groups(study, by)
    if group is None:
        return None
    seen = cases.attendance(study.sources).assign(group=lambda seen: seen["participant_id"].map(group)).groupby("group")["source_id"].nunique()
    again = cases.interviews_each(study.sources).reindex(group.index, fill_value=0) > 1
    hidden = disclosure.suppressed(pd.crosstab(group.to_numpy(), again.to_numpy()), smallest=smallest_group(study)).isna().any(axis=1)
    table = pd.DataFrame({"participants": group.value_counts(), "interviews": seen}).reindex(_ordered(group)).rename_axis("group").reset_index()
    table["interviews"] = table["interviews"].astype("Int64").mask(table["group"].map(hidden))
    return table.astype({"participants": "int64"})


def heard_by_group(study: Study, by: str | None) -> pd.DataFrame:
    """Count the participants of each group from whom each theme is heard: themes by groups, Int64; NA where these, or those not heard, are few."""
    group = printed_groups(study, by)
    found = themes.extracts(study.theme_codes, study.codings)
    rows = {theme.name: _among(group, set(found.loc[found["theme_id"] == theme.theme_id, "participant_id"]), smallest_group(study)) for theme in themes.tops(study.themes).itertuples()}
    return pd.DataFrame(rows).T.astype("Int64")


def quoted_by_group(study: Study, by: str | None) -> pd.DataFrame:
    """Count the participants of each group whose words the manuscript quotes: one row, groups by column, Int64; NA where these, or those not quoted, are few."""
    return pd.DataFrame([_among(printed_groups(study, by), quoted_people(study), smallest_group(study))], index=["quoted"]).astype("Int64")


def _among(group: pd.Series | None, people: set[str], smallest: int) -> pd.Series:
    """How many of each group are among these people, as far as it may be printed."""
    if group is None:
        return pd.Series(dtype="Int64")
    inside = pd.Series(group.index.isin(people), index=group.index)
    counts = pd.crosstab(inside.to_numpy(), group.to_numpy()).reindex(index=[True, False], columns=_ordered(group), fill_value=0)
    return disclosure.suppressed(counts, smallest=smallest).loc[True]


def _ordered(group: pd.Series) -> list[str]:
    return sorted(set(group), key=lambda name: (name == TOGETHER, name))

"""How evenly codings or quotations fall on participants, and who is quoted much, little or not at all.

Even is not better: a rich informant may deserve more, and safety may require fewer.
"""

import numpy as np
import pandas as pd

MOST_OF_ALL, MOST_OF_THEME = .15, .25  # share of one participant above which a note is asked for


def evenness(counts: pd.Series) -> pd.Series:
    """Describe how evenly something falls on participants, those with none included.

    Parameters
    ----------
    counts : Series
        How many each participant has, 0 or more.

    Returns
    -------
    Series, Float64
        `participants` and `contributing` (with at least one); `shannon`: H = -sum p ln p; `pielou_all`, `pielou_contributing`: H / ln S, for S
        all participants and for S those contributing, 1 for perfectly even; `effective`: e^H, the number of participants who would be as
        even; `hhi`: sum of squared shares; `gini`: 0 for perfectly even. NA where there is nothing to share out, or nobody to share it with.
    """
    n, some, total = len(counts), int((counts > 0).sum()), counts.sum()
    if not total:
        return pd.Series({"participants": n, "contributing": 0} | dict.fromkeys(NAMES), dtype="Float64")
    p = np.sort((counts / total).to_numpy("float64"))
    shannon = -sum(float(share * np.log(share)) for share in p if share)
    gini = 2 * float((np.arange(1, n + 1) * p).sum()) / n - (n + 1) / n
    return pd.Series({"participants": n, "contributing": some, "shannon": shannon, "pielou_all": shannon / np.log(n) if n > 1 else None,
                      "pielou_contributing": shannon / np.log(some) if some > 1 else None, "effective": np.exp(shannon),
                      "hhi": float((p ** 2).sum()), "gini": gini}, dtype="Float64")


NAMES = ("shannon", "pielou_all", "pielou_contributing", "effective", "hhi", "gini")


def per_theme(extracts: pd.DataFrame, participants: pd.Series) -> pd.DataFrame:
    """Describe how evenly the extracts of each theme fall on all participants.

    Parameters
    ----------
    extracts : DataFrame
        `theme_id`, `participant_id`.
    participants : Series
        Every participant id of the study.

    Returns
    -------
    DataFrame, one row a theme, in the order of `extracts`
        `theme_id`, and the figures of `evenness`.
    """
    rows = [{"theme_id": theme_id, **evenness(found["participant_id"].value_counts().reindex(participants, fill_value=0))}
            for theme_id, found in extracts.groupby("theme_id", sort=False)]
    return pd.DataFrame(rows, columns=["theme_id", "participants", "contributing", *NAMES]).astype({name: "Float64" for name in NAMES})


def by_group(quoted: pd.DataFrame, speech: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Compare each group's share of the quotations with its share of the words.

    Parameters
    ----------
    quoted : DataFrame
        `participant_id`, one row a quotation.
    speech : DataFrame
        `participant_id`, `words`.
    groups : Series
        The group of each participant, by participant id.

    Returns
    -------
    DataFrame, one row a group, by name
        `group`, `participants`, `quoted` (participants of it), `quotations`, `words`; `ratio`: share of quotations / share of words.
    """
    said = speech.assign(group=speech["participant_id"].map(groups), quotations=speech["participant_id"].map(quoted["participant_id"].value_counts()).fillna(0))
    table = said.assign(quoted=said["quotations"] > 0).groupby("group").agg(
        participants=("participant_id", "nunique"), quoted=("quoted", "sum"), quotations=("quotations", "sum"), words=("words", "sum")).reset_index()
    share = table["words"] / max(1, table["words"].sum())
    ratio = table["quotations"] / max(1, table["quotations"].sum()) / share.where(share > 0)
    return table.astype({"quotations": "int64"}).assign(ratio=ratio.astype("Float64"))


def shortlists(quoted: pd.DataFrame, extracts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Say on how many people and groups the shortlist of each theme rests, and of how many it could.

    Parameters
    ----------
    quoted : DataFrame
        `theme_id`, `participant_id`, one row an extract on a shortlist.
    extracts : DataFrame
        `theme_id`, `participant_id`: all extracts of each theme.
    groups : Series
        The group of each participant of the study, by participant id.

    Returns
    -------
    DataFrame, one row a theme, in the order of `extracts`
        `theme_id`; `extracts`: on the shortlist; `participants`, `of_all`: people on it, in the study; `heard`: people heard in the theme; `groups`, `of_groups`,
        `groups_heard`: the same of groups; `much`: who has more than a quarter of it and more than one extract, with how many; `not_on_it`: who is heard in
        the theme and not on it.
    """
    rows = []
    for theme_id, heard in extracts.groupby("theme_id", sort=False):
        chosen = quoted.loc[quoted["theme_id"] == theme_id, "participant_id"].dropna()
        people, whole = set(chosen), set(heard["participant_id"].dropna())
        rows.append({"theme_id": theme_id, "extracts": len(chosen), "participants": len(people), "of_all": len(groups), "heard": len(whole),
                     "groups": groups.reindex(sorted(people)).nunique(), "of_groups": groups.nunique(), "groups_heard": groups.reindex(sorted(whole)).nunique(),
                     "much": [f"{person} ({times} of {len(chosen)})" for person, times in _much(chosen.to_frame(), MOST_OF_THEME)], "not_on_it": sorted(whole - people)})
    return pd.DataFrame(rows, columns=["theme_id", "extracts", "participants", "of_all", "heard", "groups", "of_groups", "groups_heard", "much", "not_on_it"])


def questions(quoted: pd.DataFrame, speech: pd.DataFrame) -> pd.DataFrame:
    """Ask about those who are quoted much, and those who are not quoted at all.

    Parameters
    ----------
    quoted : DataFrame
        `participant_id` and `theme_id`, one row a quotation.
    speech : DataFrame
        `participant_id` of everybody who speaks.

    Returns
    -------
    DataFrame, one row a question, participants by id
        `participant_id`, `theme_id` (NA: all themes together), `look_at`.
    """
    rows = [(person, None, f"{times} of all {len(quoted)} quotations: is that meant?") for person, times in _much(quoted, MOST_OF_ALL)]
    for theme_id, of_theme in quoted.groupby("theme_id", sort=True):
        rows += [(person, theme_id, f"{times} of its {len(of_theme)} quotations: whose theme is it?") for person, times in _much(of_theme, MOST_OF_THEME)]
    rows += [(person, None, "never quoted: why not?") for person in sorted(set(speech["participant_id"]) - set(quoted["participant_id"]))]
    return pd.DataFrame(rows, columns=["participant_id", "theme_id", "look_at"], dtype="str").sort_values("participant_id", kind="stable", ignore_index=True)


def _much(quoted: pd.DataFrame, share: float) -> list[tuple[str, int]]:
    times = quoted["participant_id"].value_counts()
    return [(person, int(times[person])) for person in sorted(times.index) if times[person] > share * len(quoted) and times[person] > 1]

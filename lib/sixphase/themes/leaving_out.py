"""What a theme would lose with somebody laid aside: a table of questions, never a statistic.

The coding and the interpretation stay as they are, so that nothing here says whether a theme would have been developed without a
person. It says where to ask whose pattern it is; a theme from one voice can be kept, if it says so.
"""

import pandas as pd

MOST = 1 / 3  # share of a theme's extracts from which one voice is asked about
PEOPLE, GROUPS = 3, 2  # participants and groups below which a theme is asked about


def left_out(extracts: pd.DataFrame, groups: pd.Series, sources: pd.DataFrame) -> pd.DataFrame:
    """Ask of each theme what is left of it without each participant, each group, and the second interviews.

    A question is asked where one participant gives more than a third of the extracts, or the second interviews do; where fewer than 3 participants or
    2 groups would be left; and where a code of the theme would be gone. A large group says much: its share alone is no question.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`; a part of a theme, or a single code, stands in it as a theme of its own (`with_subthemes`, `with_codes`).
    groups : Series
        The group of each participant, by participant id (`cases.group_of`).
    sources : DataFrame
        `tables.SOURCES`, whose `occasion` tells second interviews.

    Returns
    -------
    DataFrame, one row a theme and what is laid aside, where there is something to ask; themes in the order of `extracts`, the most extracts first
        `theme_id`; `without`: who is laid aside, one at a time; `extracts` theirs, `of` all; `participants_left`, `groups_left`; `ask`: in a sentence or two.
    """
    second = set(sources.loc[sources["occasion"].fillna(1) > 1, "source_id"])
    told = extracts.dropna(subset="participant_id")
    told = told.assign(group=told["participant_id"].map(groups), occasion=told["source_id"].isin(second).map({True: "the second interviews", False: None}))
    rows = []
    for theme_id, found in told.groupby("theme_id", sort=False):
        of_theme = []
        for column in ("participant_id", "group", "occasion"):
            for who, theirs in found.dropna(subset=column).groupby(column):
                left = found[found[column].fillna("") != who]
                if column == "group" and theirs["participant_id"].nunique() == 1:
                    continue  # that one participant has a row already
                if asks := _asks(who, column, theirs, left, found):
                    of_theme.append({"theme_id": theme_id, "without": who, "extracts": len(theirs), "of": len(found), "participants_left": left["participant_id"].nunique(),
                                     "groups_left": left["group"].nunique(), "ask": " ".join(asks)})
        rows += _alike(sorted(of_theme, key=lambda row: (-row["extracts"], row["without"])))
    return pd.DataFrame(rows, columns=["theme_id", "without", "extracts", "of", "participants_left", "groups_left", "ask"])


def _alike(rows: list[dict]) -> list[dict]:
    """Rows of one theme of which the same is asked, and of which the same would be left, as one: “P06, or P08, or P13”."""
    joined: dict[tuple, dict] = {}
    for row in rows:
        key = (row["extracts"], row["participants_left"], row["groups_left"], row["ask"])
        joined[key] = {**joined[key], "without": f"{joined[key]['without']}, or {row['without']}"} if key in joined else row
    return list(joined.values())


def _asks(who: str, column: str, theirs: pd.DataFrame, left: pd.DataFrame, found: pd.DataFrame) -> list[str]:
    if left.empty:
        return [f"Nothing is left without {who}: whose pattern is it?"]
    share = len(theirs) / len(found) > MOST
    asks = [f"More than a third of it is {who}’s: does it hold for others, in their own words?"] if share and column == "participant_id" else []
    asks += ["More than a third of it was said in second interviews: was it asked for there?"] if share and column == "occasion" else []
    people, groups = left["participant_id"].nunique(), left["group"].nunique()
    if people < PEOPLE <= found["participant_id"].nunique():
        asks.append(f"{people} of {found['participant_id'].nunique()} participants would be left: is it kept as small, and does it say so?")
    if groups < GROUPS <= found["group"].nunique():
        asks.append("One group would be left: does it say whose it is?")
    gone = sorted(set(theirs["code_id"]) - set(left["code_id"]))
    return asks + ([f"The code {', '.join(gone)} would be gone: a part of this theme, or one voice?"] if gone else [])

"""The words behind the themes: extracts, who is heard in them and who is not, where themes meet.

Counts here are prompts to read again, each with its unit: a theme heard from few participants may be the one that matters.
"""

import numpy as np
import pandas as pd

from .. import spans


def extracts(theme_codes: pd.DataFrame, codings: pd.DataFrame, *, seed: int | None = None) -> pd.DataFrame:
    """Collect the segments behind each theme, each once, in shuffled order.

    The order an analyst remembers is the order of vividness; a shuffled one asks each extract anew whether it belongs.

    Parameters
    ----------
    theme_codes : DataFrame
        `tables.THEME_CODES`.
    codings : DataFrame
        `tables.CODINGS` with `participant_id`.
    seed : int, optional
        Decides the order within each theme; reading order when it is left out.

    Returns
    -------
    DataFrame
        The codings' columns with `theme_id` before them and `codes`: all codes of the theme on this very segment.
    """
    pairs = theme_codes[["theme_id", "code_id"]].drop_duplicates()
    found = pairs.merge(codings, on="code_id")
    segment = ["theme_id", "source_id", "start", "end"]
    together = found.groupby(segment)["code_id"].agg(lambda codes: ", ".join(sorted(set(codes)))).rename("codes")
    once = found.sort_values([*segment, "code_id", "coding_id"], kind="stable").drop_duplicates(segment).merge(together, on=segment)
    order = {theme: place for place, theme in enumerate(dict.fromkeys(theme_codes["theme_id"]))}
    rank = once["theme_id"].map(order)
    if seed is None:
        return once.assign(rank=rank).sort_values(["rank", "source_id", "start"], kind="stable", ignore_index=True).drop(columns="rank")
    draw = np.random.default_rng(seed).random(len(once))
    return once.assign(rank=rank, draw=draw).sort_values(["rank", "draw"], kind="stable", ignore_index=True).drop(columns=["rank", "draw"])


def distribution(extracts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Count from whom each theme is heard.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`.
    groups : Series
        The group of each participant, by participant id (`cases.group_of`).

    Returns
    -------
    DataFrame, one row a theme, in the order of `extracts`
        `theme_id`, `extracts`, `interviews`, `participants`; `largest_share`: share of the extracts that come from the
        participant with the most, 0 to 1; `groups`: role groups heard.
    """
    rows = []
    for theme_id, found in extracts.groupby("theme_id", sort=False):
        people = found["participant_id"].dropna()
        rows.append({"theme_id": theme_id, "extracts": len(found), "interviews": found["source_id"].nunique(),
                     "participants": people.nunique(), "largest_share": people.value_counts().max() / len(found) if len(people) else 0.0,
                     "groups": groups.reindex(people.unique()).nunique()})
    return pd.DataFrame(rows, columns=["theme_id", "extracts", "interviews", "participants", "largest_share", "groups"])


def heard_from(extracts: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Count the participants of each group from whom each theme is heard.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`.
    groups : Series
        The group of each participant, by participant id (`cases.group_of`).

    Returns
    -------
    DataFrame, themes x groups, int64, themes in the order of `extracts`, groups by name
    """
    who = extracts.dropna(subset="participant_id").drop_duplicates(["theme_id", "participant_id"])
    table = pd.crosstab(who["theme_id"], who["participant_id"].map(groups))
    return table.reindex(index=list(dict.fromkeys(extracts["theme_id"])), columns=sorted(groups.unique()), fill_value=0)


def absent(extracts: pd.DataFrame, sources: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """List who is absent from each theme, with the interviews in which to look for them.

    Absence of a coding is not absence of a view: not everyone was asked.

    Returns
    -------
    DataFrame, one row a theme and absent participant
        `theme_id`, `participant_id`, `interviews`: their sources, by name.
    """
    read = sources.explode("participants").groupby("participants")["source_id"].agg(lambda ids: ", ".join(sorted(ids)))
    rows = []
    for theme_id in themes["theme_id"]:
        heard = set(extracts.loc[extracts["theme_id"] == theme_id, "participant_id"].dropna())
        rows += [(theme_id, person, read[person]) for person in sorted(set(read.index) - heard)]
    return pd.DataFrame(rows, columns=["theme_id", "participant_id", "interviews"])


def overlaps(extracts: pd.DataFrame) -> pd.DataFrame:
    """Compare themes two by two: how much text do they share?

    Returns
    -------
    DataFrame, one row a pair of themes, most shared first
        `first`, `second`; `meeting`: extracts of the first that meet one of the second; `shared`: code points in both;
        `jaccard`: shared code points / code points in either, 0 to 1.
    """
    rows = []
    names = list(dict.fromkeys(extracts["theme_id"]))
    for i, first in enumerate(names):
        for second in names[i + 1:]:
            ours, theirs = extracts[extracts["theme_id"] == first], extracts[extracts["theme_id"] == second]
            a, b = spans.union(ours), spans.union(theirs)
            shared = int(spans.meetings(a, b)["shared"].sum())
            either = spans.length(ours) + spans.length(theirs) - shared
            rows.append({"first": first, "second": second, "meeting": spans.meetings(ours, theirs)["first"].nunique(),
                         "shared": shared, "jaccard": shared / either if either else 0.0})
    table = pd.DataFrame(rows, columns=["first", "second", "meeting", "shared", "jaccard"])
    return table.sort_values(["jaccard", "first", "second"], ascending=[False, True, True], kind="stable", ignore_index=True)


def thin_parts(theme_codes: pd.DataFrame, codings: pd.DataFrame, names: dict[str, str], *, few: int = 3, most_of: float = 0.8) -> pd.DataFrame:
    """List the subthemes, and the codes of themes, that few participants carry.

    Few is not too few: it is a reason to say whose voice it is.

    Parameters
    ----------
    few : int
        Participants, at most.
    most_of : float
        The share of the coded words that they say together, 0 to 1, at least.

    Returns
    -------
    DataFrame, fewest carriers first, then by name
        `part`: the subtheme or code; `kind`; `of`: the theme at the top; `participants` heard at all; `carried_by`: the fewest who together
        say `most_of` of its coded words, the most first, with their share.
    """
    rows = []
    below = theme_codes.dropna(subset="subtheme_id")
    parts = [(sub, "subtheme", of["theme_id"].iloc[0], set(of["code_id"])) for sub, of in below.groupby("subtheme_id", sort=False)]
    parts += [(row.code_id, "code", row.theme_id, {row.code_id}) for row in theme_codes.drop_duplicates("code_id").itertuples()]
    for part, kind, top, codes in parts:
        shares = carried_by(codings[codings["code_id"].isin(codes)])
        carriers = shares[shares["share"].cumsum() - shares["share"] < most_of]
        if 0 < len(carriers) <= few:
            rows.append({"part": names.get(part, part), "kind": kind, "of": names.get(top, top), "participants": len(shares), "carriers": len(carriers),
                         "carried_by": ", ".join(f"{row.participant_id} {row.share:.0%}" for row in carriers.itertuples())})
    table = pd.DataFrame(rows, columns=["part", "kind", "of", "participants", "carriers", "carried_by"])
    return table.sort_values(["carriers", "part"], kind="stable", ignore_index=True).drop(columns="carriers")


def carried_by(codings: pd.DataFrame) -> pd.DataFrame:
    """Say who carries these codings in substance, by the code points they said inside them.

    A code on a long story and on two passing remarks is heard from three people, and carried by one.

    Returns
    -------
    DataFrame, one row a participant, the largest share first, then by id
        `participant_id`, `codings`, `shared_points`: code points inside at least one coding; `share`: of all of them, 0 to 1.
    """
    joined = spans.union(codings.dropna(subset="participant_id"), by=("participant_id", "source_id"))
    points = (joined["end"] - joined["start"]).groupby(joined["participant_id"]).sum()
    table = pd.DataFrame({"participant_id": points.index, "codings": codings["participant_id"].value_counts().reindex(points.index).to_numpy("int64"),
                          "shared_points": points.to_numpy("int64"), "share": (points / max(1, points.sum())).to_numpy("float64")})
    return table.sort_values(["share", "participant_id"], ascending=[False, True], kind="stable", ignore_index=True)


def by_order(extracts: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Count the extracts of each theme over the interviews in the order in which they were coded, in three parts as equal as can be.

    A theme that thins out towards the end may have been made early and looked for less; one that swells may have been looked for
    once it had a name. Both are reasons to read again, not faults.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`.
    order : list of str
        The sources in the order they were coded (`codings.order_coded`).

    Returns
    -------
    DataFrame, one row a theme, in the order of `extracts`
        `theme_id`; `first_third`, `middle_third`, `last_third`: extracts from the interviews coded first, next and last.
    """
    part = {source_id: place * 3 // len(order) for place, source_id in enumerate(order)}
    counts = pd.crosstab(extracts["theme_id"], extracts["source_id"].map(part)).reindex(columns=[0, 1, 2], fill_value=0)
    counts = counts.reindex(list(dict.fromkeys(extracts["theme_id"]))).astype("int64")
    counts.columns = ["first_third", "middle_third", "last_third"]
    return counts.rename_axis("theme_id").reset_index()

"""Themes: patterns of shared meaning that people develop, review and let go.

A theme is developed from codes; a subtheme names some of them. Counts here are prompts to read again, each with its
unit: a theme heard from few participants may be the one that matters.
"""

import numpy as np
import pandas as pd

from . import spans
from .tables import THEME_CODES, frame

PARTS = {  # what a person must write before a theme is final
    "concept": "its central organising concept", "is": "what belongs to it", "is_not": "what does not belong to it",
    "contribution": "what it says to the question", "counter_evidence": "what was looked for against it"}


def theme_codes(themes: pd.DataFrame) -> pd.DataFrame:
    """List the codes of each theme that was not let go, subthemes counted to the theme at the top.

    Returns
    -------
    DataFrame
        `tables.THEME_CODES`, in the order of the themes.
    """
    kept = themes[themes["status"] != "let go"]
    parents = kept.dropna(subset="parent").set_index("theme_id")["parent"].to_dict()
    rows = []
    for theme in kept.itertuples():
        top = parents.get(theme.theme_id, theme.theme_id)
        for code_id in theme.codes if isinstance(theme.codes, list) else []:
            rows.append({"theme_id": top, "subtheme_id": theme.theme_id if top != theme.theme_id else None, "code_id": code_id})
    return frame(THEME_CODES, rows)


def with_subthemes(theme_codes: pd.DataFrame) -> pd.DataFrame:
    """The codes of each theme, followed by those of each of its subthemes: a theme heard from everybody may rest on parts that are not."""
    parts = []
    for _, of_theme in theme_codes.groupby("theme_id", sort=False):
        below = of_theme.dropna(subset="subtheme_id")
        parts += [of_theme, below.assign(theme_id=below["subtheme_id"])]
    return pd.concat(parts, ignore_index=True) if parts else theme_codes


def tops(themes: pd.DataFrame) -> pd.DataFrame:
    """The themes that are not subthemes and were not let go, in their own order."""
    return themes[themes["parent"].isna() & (themes["status"] != "let go")].reset_index(drop=True)


def without_theme(codes: pd.DataFrame, theme_codes: pd.DataFrame, reach: pd.DataFrame) -> pd.DataFrame:
    """List the codes that stand in no theme, the most given first: `code_id`, `codings`, `interviews`, `participants`."""
    active = codes[~codes["status"].isin(["merged", "retired"]) & ~codes["code_id"].isin(theme_codes["code_id"])]
    found = active[["code_id"]].merge(reach, on="code_id", how="left").fillna({"codings": 0, "interviews": 0, "participants": 0})
    found = found.astype({"codings": "int64", "interviews": "int64", "participants": "int64"})
    return found.sort_values(["codings", "code_id"], ascending=[False, True], kind="stable", ignore_index=True)


def code_map(theme_codes: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Count the codings behind each code of each theme: codes x themes, int64, codes by theme and name."""
    times = codings.groupby("code_id").size()
    laid = theme_codes.drop_duplicates(["theme_id", "code_id"]).assign(codings=theme_codes["code_id"].map(times).fillna(0).astype("int64"))
    order = list(dict.fromkeys(laid.sort_values(["theme_id", "code_id"], kind="stable")["code_id"]))
    table = laid.pivot(index="code_id", columns="theme_id", values="codings").fillna(0).astype("int64")
    return table.reindex(index=order, columns=list(dict.fromkeys(theme_codes["theme_id"])))


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


def gaps(themes: pd.DataFrame) -> pd.DataFrame:
    """List what each theme's definition still lacks.

    Returns
    -------
    DataFrame, in the order of the themes
        `theme_id`, `look_at`: one sentence.
    """
    rows = []
    for theme in themes[themes["status"] != "let go"].itertuples(index=False):
        theme = dict(zip(themes.columns, theme, strict=True))
        is_sub = pd.notna(theme["parent"])
        rows += [(theme["theme_id"], f"{words} is not written ({part})") for part, words in PARTS.items()
                 if pd.isna(theme[part]) and (part == "concept" or not is_sub)]
        if len(theme["name"].split()) < 2:
            rows.append((theme["theme_id"], f"its name “{theme['name']}” is one word: is it a topic?"))
        if not is_sub and not theme["extracts"]:
            rows.append((theme["theme_id"], "has no extract on its shortlist"))
        if is_sub and len(theme["codes"] or []) < 2:
            rows.append((theme["theme_id"], "is a subtheme of one code: is it a code?"))
    return pd.DataFrame(rows, columns=["theme_id", "look_at"])

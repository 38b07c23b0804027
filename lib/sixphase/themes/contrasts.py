"""Words that pull against each other: within a theme, within one person, and between two interviews of one person."""

import pandas as pd

from .acts import standing


def contrast_pairs(shortlists: pd.DataFrame, reviews: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Lay extracts side by side that pull against each other, to ask whether one theme can hold both.

    Nothing is chosen by a measure: a pair is there because a reader marked it, because one extract was called the best and another
    the worst fitting of a theme, or because a search for evidence against the theme found one of them.

    Parameters
    ----------
    shortlists : DataFrame
        `theme_id`, `coding_id`: extracts that speak for each theme, the first of each beside what was found against it.
    reviews : DataFrame
        `tables.REVIEWS`.
    codings : DataFrame
        `Study.all_codings`.

    Returns
    -------
    DataFrame, one row a pair, by theme (marks about no theme last) and in the order in which they were made
        `theme_id`, `chosen`: why they are side by side; `first`, `first_words`, `second`, `second_words`: where each stands, and its words; `because`;
        `whose`: one interview, two interviews of one person, or two people.
    """
    acts, pairs = standing(reviews), []
    for act in acts[acts["kind"] == "pulls against"].itertuples():
        pairs.append((act.theme_id, "a reader's mark", act.coding_id, act.against, act.because))
    for theme_id, of_theme in acts[acts["kind"].isin(["best fitting", "worst fitting"])].groupby("theme_id"):
        best, worst = (of_theme[of_theme["kind"] == kind] for kind in ("best fitting", "worst fitting"))
        if len(best) and len(worst):
            pairs.append((theme_id, "best and worst fitting", best["coding_id"].iloc[-1], worst["coding_id"].iloc[-1], worst["because"].iloc[-1]))
    first = shortlists.drop_duplicates("theme_id").set_index("theme_id")["coding_id"]
    for act in acts[(acts["kind"] == "negative case") & acts["theme_id"].isin(first.index)].itertuples():
        pairs += [(act.theme_id, "found against it", first[act.theme_id], contrary, act.claim) for contrary in (act.contrary or []) if contrary != first[act.theme_id]]
    there = codings.drop_duplicates("coding_id").set_index("coding_id")
    rows = [_pair(*pair, there) for pair in pairs if pair[2] in there.index and pair[3] in there.index]
    table = pd.DataFrame(rows, columns=["theme_id", "chosen", "first", "first_words", "second", "second_words", "because", "whose"])
    return table.sort_values("theme_id", kind="stable", na_position="last", ignore_index=True)


def _pair(theme_id, chosen: str, first: str, second: str, because, there: pd.DataFrame) -> tuple:
    a, b = there.loc[first], there.loc[second]
    whose = ("one interview" if a["source_id"] == b["source_id"] else
             "two interviews of one person" if a["participant_id"] == b["participant_id"] else "two people")
    return (theme_id, chosen, f"{a['source_id']}, line {a['text_line']}", a["quotation"], f"{b['source_id']}, line {b['text_line']}", b["quotation"], because, whose)


def opposites(relations: pd.DataFrame, codings: pd.DataFrame, theme_codes: pd.DataFrame) -> pd.DataFrame:
    """List who says both sides of what people marked as opposed, and where.

    Parameters
    ----------
    relations : DataFrame
        `tables.RELATIONS`; those labelled `opposes`, between codes or themes.
    codings : DataFrame
        `Study.codings`.
    theme_codes : DataFrame
        `tables.THEME_CODES`: a theme stands for its codes.

    Returns
    -------
    DataFrame, one row a pair and participant, in the order of `relations`, then by participant
        `first`, `second`: what is opposed; `participant_id`; `first_at`, `second_at`: places of each, as “P01-1, line 9”;
        `where`: in one interview, or in two.
    """
    rows = []
    for relation in relations[relations["label"] == "opposes"].to_dict("records"):
        sides = [_codings_of(relation[end], codings, theme_codes) for end in ("from", "to")]
        for person in sorted(set(sides[0]["participant_id"].dropna()) & set(sides[1]["participant_id"].dropna())):
            first, second = (side[side["participant_id"] == person] for side in sides)
            both = set(first["source_id"]) & set(second["source_id"])
            rows.append({"first": relation["from"], "second": relation["to"], "participant_id": person, "first_at": _places(first), "second_at": _places(second),
                         "where": "in one interview" if both else "in two interviews"})
    return pd.DataFrame(rows, columns=["first", "second", "participant_id", "first_at", "second_at", "where"])


def _codings_of(name: str, codings: pd.DataFrame, theme_codes: pd.DataFrame) -> pd.DataFrame:
    in_theme = theme_codes.loc[(theme_codes["theme_id"] == name) | (theme_codes["subtheme_id"] == name), "code_id"]
    return codings[codings["code_id"].isin({name, *in_theme} if len(in_theme) else {name})]


def _places(codings: pd.DataFrame) -> str:
    places = codings.sort_values(["source_id", "start"])[["source_id", "text_line"]].drop_duplicates()
    return "; ".join(f"{place.source_id}, line {place.text_line}" for place in places.itertuples())


def two_interviews(codings: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Compare what was given to the first and to the later interviews of the same person.

    A second interview is not a confirmation: people take back, add and fall silent. A code in one only is a reason to read both.

    Parameters
    ----------
    codings : DataFrame
        `source_id`, `participant_id`, `code_id` (or `theme_id` under that name, to compare themes).
    sources : DataFrame
        `tables.SOURCES`.

    Returns
    -------
    DataFrame, one row a participant seen more than once, by id
        `participant_id`, `first`, `later`: their interviews; `only_first`, `only_later`, `in_both`: codes, by name.
    """
    attended = sources.explode("participants").rename(columns={"participants": "participant_id"}).sort_values(["participant_id", "occasion", "source_id"])
    rows = []
    for person, held in attended.groupby("participant_id"):
        if len(held) < 2:
            continue
        first, later = held["source_id"].iloc[0], list(held["source_id"].iloc[1:])
        own = codings[codings["participant_id"] == person]
        before, after = (set(own.loc[own["source_id"].isin(ids), "code_id"]) for ids in ([first], later))
        rows.append({"participant_id": person, "first": first, "later": ", ".join(later), "only_first": sorted(before - after), "only_later": sorted(after - before),
                     "in_both": sorted(before & after)})
    return pd.DataFrame(rows, columns=["participant_id", "first", "later", "only_first", "only_later", "in_both"])

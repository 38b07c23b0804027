"""What readers found when they reviewed the themes, worked out from the acts in reviews.jsonl.

Level 1 asks of each extract whether it belongs; level 2 asks of the whole dataset whether the theme holds (Braun & Clarke
2006, phase 4). The state is a fold over the acts and does not depend on the order of their lines.
"""

import pandas as pd

from .acts import standing

VERDICTS, FITS = ("kept", "moved", "dropped"), ("best fitting", "worst fitting")


def verdicts(extracts: pd.DataFrame, reviews: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Lay the readers' verdicts beside the extracts of each theme.

    A verdict is on the segment: it was given to one of its codings and holds for all of them. The latest counts.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`.
    reviews : DataFrame
        `tables.REVIEWS`.
    codings : DataFrame
        `Study.all_codings`, in which the segment of each verdict is looked up.

    Returns
    -------
    DataFrame, one row an extract, in the order of `extracts`
        `theme_id`, `source_id`, `text_line`, `coding_id`, `quotation`; `verdict`: kept, moved, dropped, or NA when nobody has judged it;
        `to_theme`; `fit`: best or worst fitting, as a reader marked it; `because`; `by`.
    """
    places = codings.drop_duplicates("coding_id")[["coding_id", "source_id", "start", "end"]]
    acts = standing(reviews).drop(columns="source_id").merge(places, on="coding_id")  # keeps the order of the acts
    segment = ["theme_id", "source_id", "start", "end"]
    judged = acts[acts["kind"].isin(VERDICTS)].drop_duplicates(segment, keep="last").rename(columns={"kind": "verdict"})
    fits = acts[acts["kind"].isin(FITS)].drop_duplicates(segment, keep="last").rename(columns={"kind": "fit", "because": "why_fit", "by": "by_fit"})
    sheet = extracts.merge(judged[[*segment, "verdict", "to_theme", "because", "by"]], on=segment, how="left")
    sheet = sheet.merge(fits[[*segment, "fit", "why_fit", "by_fit"]], on=segment, how="left")
    sheet = sheet.assign(because=sheet["because"].fillna(sheet["why_fit"]), by=sheet["by"].fillna(sheet["by_fit"]))
    return sheet[["theme_id", "source_id", "text_line", "coding_id", "quotation", "verdict", "to_theme", "fit", "because", "by"]]


def reviewed(extracts: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The extracts as the verdicts leave them: without those dropped, and those moved in the theme they were moved to."""
    found = extracts.merge(verdicts[["theme_id", "coding_id", "verdict", "to_theme"]], on=["theme_id", "coding_id"], how="left")
    found = found[found["verdict"].fillna("kept") != "dropped"]
    moved = found["verdict"].fillna("") == "moved"
    return found.assign(theme_id=found["theme_id"].where(~moved, found["to_theme"])).drop(columns=["verdict", "to_theme"]).reset_index(drop=True)


def progress(verdicts: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Say how far the review of each theme has come.

    Returns
    -------
    DataFrame, one row a theme of `themes`, in its order
        `theme_id`; `extracts`; of them `judged`, `kept`, `moved`, `dropped`, `best_fitting`, `worst_fitting`; `transcripts_read_again`:
        sources; `absent_looked_for`: participants; `searches`: recorded searches for evidence against it.
    """
    acts = standing(reviews)
    rows = []
    for theme_id in themes["theme_id"]:
        sheet, of_theme = verdicts[verdicts["theme_id"] == theme_id], acts[acts["theme_id"] == theme_id]
        rows.append({"theme_id": theme_id, "extracts": len(sheet), "judged": int(sheet["verdict"].notna().sum()),
                     **{verdict: int((sheet["verdict"] == verdict).sum()) for verdict in VERDICTS},
                     **{fit.replace(" ", "_"): int((sheet["fit"] == fit).sum()) for fit in FITS},
                     "transcripts_read_again": of_theme.loc[of_theme["kind"] == "re-read", "source_id"].nunique(),
                     "absent_looked_for": of_theme.loc[of_theme["kind"] == "absent looked for", "participant_id"].nunique(),
                     "searches": int((of_theme["kind"] == "negative case").sum())})
    return pd.DataFrame(rows, columns=["theme_id", "extracts", "judged", *VERDICTS, "best_fitting", "worst_fitting", "transcripts_read_again",
                                       "absent_looked_for", "searches"])


def looked_at(absent: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Lay beside each absent participant what a reader found who looked for them in the transcript.

    Parameters
    ----------
    absent : DataFrame
        The result of `absent`.

    Returns
    -------
    DataFrame
        The columns of `absent`; `looked_on`: the day, NA when nobody has looked; `what_stands_there`.
    """
    acts = standing(reviews)
    seen = acts[acts["kind"] == "absent looked for"].drop_duplicates(["theme_id", "participant_id"], keep="last")
    seen = seen.assign(looked_on=seen["created"].str[:10]).rename(columns={"because": "what_stands_there"})
    return absent.merge(seen[["theme_id", "participant_id", "looked_on", "what_stands_there"]], on=["theme_id", "participant_id"], how="left")


def negative_cases(reviews: pd.DataFrame, themes: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """The register of searches for evidence against each theme.

    A theme that was searched for without success is as well reviewed as one for which something was found; a theme that
    nobody searched has a row that says so.

    Returns
    -------
    DataFrame, themes in the order of `themes`, searches by date
        `theme_id`, `claim`, `on`, `by`, `how`, `found`, `what`, `changed`; `contrary`: where the codings stand that speak
        against it, as “P01-1, line 9”.
    """
    acts = standing(reviews)
    places = {row.coding_id: f"{row.source_id}, line {row.text_line}" for row in codings.itertuples()}
    found = acts[acts["kind"] == "negative case"].assign(on=acts["created"].str[:10]).rename(columns={"because": "what"})
    listed = themes[["theme_id"]].merge(found[["theme_id", "claim", "on", "by", "how", "found", "what", "changed", "contrary"]], how="left")
    where = [[places.get(coding_id, coding_id) for coding_id in ids] if isinstance(ids, list) else [] for ids in listed["contrary"]]
    return listed.assign(found=listed["found"].fillna("not searched yet"), contrary=where)

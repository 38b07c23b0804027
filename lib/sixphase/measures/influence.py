"""What rests on whom: each theme looked at again without one participant, or without one group.

A table of questions and never a statistic of robustness: it holds the coding and the interpretation fixed, so it cannot say
that a theme would not have been developed without somebody. A theme from one voice can stand, if that is said.
"""

import pandas as pd

FEWEST = 3  # participants below which a theme is asked about
LARGEST = 1 / 3  # share of a theme's extracts above which one participant, or one group, is asked about


def leave_one_out(extracts: pd.DataFrame, by: pd.Series | None = None) -> pd.DataFrame:
    """Count what is left of each theme when one participant, or one group, is left out with all their interviews.

    Parameters
    ----------
    extracts : DataFrame
        `theme_id`, `participant_id`, `source_id`, `coding_id`, `code_id`: one row an extract (`themes.extracts`). Made with
        `themes.with_subthemes`, subthemes are looked at too. An extract of an interviewer has no participant and always stays.
    by : Series, optional
        The group of each participant, by participant id (`cases.group_of`); each participant alone when it is left out.

    Returns
    -------
    DataFrame, one row a theme and whoever is heard in it; themes in the order of `extracts`, then the largest share, then by name
        `theme_id`; `left_out`: the participant or group; `lost`: extracts that go; `share`: lost / extracts of the theme, 0 to 1;
        `extracts`, `interviews`, `participants`, `codes`: what is left, each in its own unit; `codes_lost`: codes that go
        altogether, by name.
    """
    rows = extracts.assign(left_out=extracts["participant_id"] if by is None else extracts["participant_id"].map(by))
    keys = ["theme_id", "left_out"]
    theirs = rows.dropna(subset="left_out").groupby(keys)
    table = theirs.size().rename("lost").reset_index()
    whole = rows.groupby("theme_id").agg(extracts=("coding_id", "size"), interviews=("source_id", "nunique"),
                                         participants=("participant_id", "nunique"), codes=("code_id", "nunique"))
    before = whole.loc[table["theme_id"]].reset_index(drop=True)
    where = pd.MultiIndex.from_frame(table[keys])
    alone = {name: _only_theirs(rows, name) for name in ("source_id", "code_id", "participant_id")}
    gone = {name: found.groupby(keys).size().reindex(where, fill_value=0).to_numpy() for name, found in alone.items()}
    codes_lost = alone["code_id"].sort_values("code_id").groupby(keys)["code_id"].agg(", ".join).reindex(where).fillna("").to_numpy()
    table = table.assign(
        share=table["lost"] / before["extracts"], extracts=before["extracts"] - table["lost"], interviews=before["interviews"] - gone["source_id"],
        participants=before["participants"] - gone["participant_id"], codes=before["codes"] - gone["code_id"], codes_lost=codes_lost)
    place = table["theme_id"].map({theme_id: place for place, theme_id in enumerate(dict.fromkeys(extracts["theme_id"]))})
    return table.assign(place=place).sort_values(["place", "share", "left_out"], ascending=[True, False, True], kind="stable",
                                                 ignore_index=True).drop(columns="place").astype({"codes_lost": "str"})


def _only_theirs(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The values of a column that a theme has from one participant, or group, and from nobody else."""
    pairs = rows[["theme_id", "left_out", name]].dropna(subset=name).drop_duplicates()
    return pairs[~pairs.duplicated(["theme_id", name], keep=False)].dropna(subset="left_out")


def questions(left: pd.DataFrame) -> pd.DataFrame:
    """Ask about the themes that would change without somebody.

    Parameters
    ----------
    left : DataFrame
        The result of `leave_one_out`.

    Returns
    -------
    DataFrame, in the order of `left`, several rows where there are several questions
        `theme_id`, `left_out`, `look_at`: one sentence. A theme may be kept as it is, narrowed, renamed or merged; the reason is
        yours to write. A theme of fewer than three participants is asked about under each of them.
    """
    rows = []
    for row in left.itertuples():
        if not row.extracts:
            rows.append((row.theme_id, row.left_out, "nothing of it is left: whose pattern is it, and does the write-up say so?"))
            continue
        if row.participants < FEWEST:
            who = "one other participant" if row.participants == 1 else f"{row.participants} other participants"
            rows.append((row.theme_id, row.left_out, f"it rests on {who}: is it a pattern, or a few people's?"))
        if row.share > LARGEST:
            rows.append((row.theme_id, row.left_out, f"{row.lost} of its {row.lost + row.extracts} extracts go: does its concept hold for the others?"))
        if row.codes_lost:
            rows.append((row.theme_id, row.left_out, f"no extract is left of {row.codes_lost}: is that part of the theme theirs alone?"))
    return pd.DataFrame(rows, columns=["theme_id", "left_out", "look_at"], dtype="str")

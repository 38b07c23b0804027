"""The words of segments, exactly as they stand, with where they stand."""

import pandas as pd


def quotable(codings: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Keep the codings whose participant agreed to be quoted and has not withdrawn.

    A blank answer counts as no. Words of an interviewer are never quoted as a participant's.
    """
    agreed = participants["quotation"].fillna(False).astype(bool) & participants["withdrawn"].isna()
    return codings[codings["participant_id"].isin(participants.loc[agreed, "participant_id"])].reset_index(drop=True)


def reference(coding: pd.Series) -> str:
    """Where a quotation stands, as a reader can find it: “P07-2, line 41”. A row of `Study.codings`, as a Series or from itertuples."""
    return f"{coding.source_id}, line {coding.text_line}"


def balance(quoted: pd.DataFrame, speech: pd.DataFrame) -> pd.DataFrame:
    """Compare each participant's share of the quotations with their share of the words.

    Even is not better: a rich informant may deserve more, and safety may require fewer.

    Parameters
    ----------
    quoted : DataFrame
        `participant_id`, one row a quotation.
    speech : DataFrame
        `participant_id` and `words` (see `transcripts.speech`).

    Returns
    -------
    DataFrame, one row a participant, by id
        `participant_id`, `quotations`, `words`; `ratio`: share of quotations / share of words; 1 where the two are alike.
    """
    times = quoted["participant_id"].value_counts()
    table = speech[["participant_id", "words"]].assign(quotations=lambda t: t["participant_id"].map(times).fillna(0).astype("int64"))
    share = table["words"] / max(1, table["words"].sum())
    ratio = (table["quotations"] / max(1, table["quotations"].sum())) / share.where(share > 0)
    return table.assign(ratio=ratio.astype("Float64"))[["participant_id", "quotations", "words", "ratio"]]

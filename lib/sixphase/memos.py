"""Memos: what a researcher wrote down along the way."""

import pandas as pd


def about(memos: pd.DataFrame, what: str) -> pd.DataFrame:
    """The memos about one thing: `source:P07-1` (and passages of it), `code:waiting`, `theme:permission`."""
    return memos[[isinstance(links, list) and any(link == what or link.startswith(f"{what}:") for link in links) for links in memos["about"]]].reset_index(drop=True)


def kinds(memos: pd.DataFrame) -> pd.DataFrame:
    """Count memos by kind: `kind`, `memos`, `first`, `last` (days), by kind."""
    return memos.groupby("kind").agg(memos=("memo_id", "size"), first=("on", "min"), last=("on", "max")).reset_index()


def unread(memos: pd.DataFrame, reading: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Show how far familiarisation has come.

    Returns
    -------
    DataFrame, one row a source, in the order of `sources`
        `source_id`; `sittings`: entries of the reading log; `minutes`: minutes read; `first_read`: the day;
        `memos`: familiarisation memos about it.
    """
    log = reading.groupby("source_id").agg(sittings=("source_id", "size"), minutes=("minutes", "sum"), first_read=("on", "min"))
    first = memos[memos["kind"] == "familiarisation"].explode("about")["about"].value_counts()
    table = sources[["source_id"]].merge(log, left_on="source_id", right_index=True, how="left")
    table["memos"] = [int(first.get(f"source:{source_id}", 0)) for source_id in table["source_id"]]
    return table.astype({"first_read": "str"}).assign(sittings=table["sittings"].fillna(0).astype("int64"),
                                                      minutes=table["minutes"].fillna(0).astype("int64")).reset_index(drop=True)

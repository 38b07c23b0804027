"""The framework matrix: participants by categories, in each cell a summary that a person wrote and the passages it rests on.

Rows are participants; a second interview is a row below its first. After Ritchie & Spencer (1994) and Gale et al. (2013). Nothing here
writes a summary: it lays out what was charted, and tells where the passages below it are no longer what they were.
"""

import re
from collections.abc import Mapping

import pandas as pd

from ..problems import count

CELL = ["participant_id", "source_id", "theme_id"]
MARKS = r"((?:\[\d+\]\s*)+)"  # [1] or [1][3], after the sentence that rests on these passages
SENTENCES = r"(?<=\w{3}[.!?])\s+(?=\S)"  # not after Dr. or St.


def passages(codings: pd.DataFrame, theme_codes: pd.DataFrame) -> pd.DataFrame:
    """What was coded for each cell, to be summed up.

    Parameters
    ----------
    codings : DataFrame
        Codings that stand, with `participant_id`.
    theme_codes : DataFrame
        `tables.THEME_CODES`.

    Returns
    -------
    DataFrame, one row a coding in a cell, in reading order
        `participant_id`, `source_id`, `theme_id`, `coding_id`, `quotation`.
    """
    found = codings.merge(theme_codes[["theme_id", "code_id"]].drop_duplicates(), on="code_id").dropna(subset="participant_id")
    return found.sort_values(["source_id", "start", "end", "coding_id"], kind="stable", ignore_index=True)[[*CELL, "coding_id", "quotation"]]


def charted(summaries: pd.DataFrame) -> pd.DataFrame:
    """The summary of each cell that counts: the latest, whatever the order of the lines."""
    return summaries.sort_values(["created", "number", "summary_id"], kind="stable").drop_duplicates(CELL, keep="last")


def matrix(summaries: pd.DataFrame, rows: pd.DataFrame, themes: pd.DataFrame, passages: pd.DataFrame, replaced: Mapping[str, str]) -> pd.DataFrame:
    """Lay out every cell with its state, its summary, and whether the passages it rests on still stand.

    Parameters
    ----------
    summaries : DataFrame
        `tables.SUMMARIES`.
    rows : DataFrame
        `participant_id`, `source_id`, `occasion` (`cases.attendance`).
    themes : DataFrame
        The categories, in their order.
    passages : DataFrame
        What `passages` gave.
    replaced : dict
        Codings that were changed (`Study.replaced`).

    Returns
    -------
    DataFrame, one row a cell, by participant, occasion and category
        `participant_id`, `source_id`, `occasion`, `theme_id`, `state`, `summary`, `by`, `passages`: codings in the cell; `look_at`: "" or
        what does not hold any more.
    """
    order = rows.sort_values(["participant_id", "occasion", "source_id"], kind="stable", ignore_index=True)
    cells = order.merge(themes[["theme_id"]], how="cross").merge(charted(summaries)[[*CELL, "state", "sentences", "by"]], how="left", on=CELL)
    there = passages.groupby(CELL)["coding_id"].agg(list).to_dict()
    cells["state"] = cells["state"].fillna("not yet charted")
    below = [there.get(tuple(cell), []) for cell in cells[CELL].itertuples(index=False)]
    said = [entries if isinstance(entries, list) else [] for entries in cells["sentences"]]
    cells["summary"] = [" ".join(sentence["says"] for sentence in entries) for entries in said]
    cells["by"] = cells["by"].fillna("")
    cells["passages"] = [len(codings) for codings in below]
    cells["look_at"] = [" ".join(_look_at(state, entries, codings, replaced)) for state, entries, codings in zip(cells["state"], said, below, strict=True)]
    return cells[["participant_id", "source_id", "occasion", "theme_id", "state", "summary", "by", "passages", "look_at"]]


def chart_sheet(cells: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The matrix as a sheet to be filled in: each cell with its passages, numbered.

    Write what a cell says into `write`, each sentence followed by the numbers of the passages it rests on: *Her aunt handed it on. [1]*; or one of
    the states `asked, nothing said` and `not asked`. An empty one is left as it is.

    Returns
    -------
    DataFrame, one row a cell, in the order of `cells`
        `cell`, `participant_id`, `source_id`, `theme_id`, `passages`, `codings`: their ids in order; `now`: the state and summary as they stand; `write`.
    """
    words = passages.groupby(CELL)[["coding_id", "quotation"]].agg(list)
    told = {cell: (row["coding_id"], row["quotation"]) for cell, row in words.iterrows()}
    rows = []
    for cell in cells.itertuples():
        codings, quoted = told.get((cell.participant_id, cell.source_id, cell.theme_id), ([], []))
        rows.append((f"{cell.participant_id}/{cell.source_id}/{cell.theme_id}", cell.participant_id, cell.source_id, cell.theme_id,
                     "\n".join(f"[{number}] {said}" for number, said in enumerate(quoted, start=1)), ";".join(codings), cell.summary or cell.state, ""))
    return pd.DataFrame(rows, columns=["cell", "participant_id", "source_id", "theme_id", "passages", "codings", "now", "write"])


def sentences(written: str, codings: list[str]) -> list[dict]:
    """Part a summary into sentences, each with the codings that the numbers after it name.

    Raises
    ------
    ValueError
        A number names no passage.

    Examples
    --------
    >>> sentences("Her aunt handed it on. [1] She waited [2].", ["a", "b"])
    [{'says': 'Her aunt handed it on.', 'codings': ['a']}, {'says': 'She waited.', 'codings': ['b']}]
    """
    parts = re.split(MARKS, re.sub(rf"\s*{MARKS}([.!?])", r"\2 \1 ", written.strip()))
    made = []
    for words, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
        numbers = [int(number) for number in re.findall(r"\d+", marks)]
        wrong = [number for number in numbers if not 1 <= number <= len(codings)]
        if wrong:
            raise ValueError(f"[{wrong[0]}] names no passage; there are {len(codings)} in this cell")
        said = [sentence.strip() for sentence in re.split(SENTENCES, words) if sentence.strip()]
        made += [{"says": sentence, "codings": []} for sentence in said[:-1]]
        made += [{"says": said[-1], "codings": [codings[number - 1] for number in numbers]}] if said else []
    return made


def _look_at(state: str, entries: list[dict], codings: list[str], replaced: Mapping[str, str]) -> list[str]:
    """What no longer holds in a cell: a summary drifts when the passages below it move and nobody reads it again."""
    if state in ("asked, nothing said", "not asked"):
        return [f"Charted as “{state}”, but {count(len(codings), 'passage')} {'is' if len(codings) == 1 else 'are'} coded here."] if codings else []
    told = []
    for entry in entries:
        told += [] if entry["codings"] else [f"“{entry['says']}” rests on no passage."]
        for coding in entry["codings"]:
            if coding in replaced:
                told.append(f"“{entry['says']}”: its passage was changed ({coding}); read it again.")
            elif coding not in codings:
                told.append(f"“{entry['says']}”: its passage was withdrawn, or is no longer in this category ({coding}).")
    return told

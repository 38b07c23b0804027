"""What programs proposed, and what people did with it.

sixphase proposes no coding. A coding may come from another program all the same, and then its record names that program (`suggested_by`) for good.
What a person did follows from the acts after it: it stands as it was proposed, its words or its code were changed, or it was withdrawn.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from .problems import count
from .tables import SUGGESTIONS, frame

TAKEN, EDITED, REFUSED = "taken as it was", "edited", "refused"


def became(proposed: Mapping[str, Mapping], replaced: Mapping[str, str], standing: Mapping[str, Mapping]) -> pd.DataFrame:
    """Follow each proposal to what it is now.

    Parameters
    ----------
    proposed, standing : mapping
        Codings as rows of `tables.CODINGS`, by id: those that a program proposed, as it did; and those that stand.
    replaced : mapping
        For each coding that was changed, the one that took its place.

    Returns
    -------
    DataFrame
        `tables.SUGGESTIONS`, in the order of `proposed`. A new note, or a new place of the same words, is no edit.
    """
    rows = []
    for coding_id, row in proposed.items():
        last, seen = coding_id, {coding_id}
        while replaced.get(last, last) not in seen:
            last = replaced[last]
            seen.add(last)
        now = standing.get(last)
        same = now is not None and all(now[name] == row[name] for name in ("code_id", "quotation"))
        rows.append({**{name: row[name] for name in ("coding_id", "source_id", "coder_id", "code_id", "suggested_by")},
                     "became": REFUSED if now is None else TAKEN if same else EDITED, "stands_as": None if now is None else last})
    return frame(SUGGESTIONS, rows)


def by_program(suggestions: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the proposals of each program: `suggested_by`, `suggestions`, and how many of them were `taken as it was`, `edited`, `refused`; codings, by name."""
    table = pd.crosstab(suggestions["suggested_by"], suggestions["became"]).reindex(columns=[TAKEN, EDITED, REFUSED], fill_value=0)
    return table.astype("int64").assign(suggestions=table.sum(axis=1).astype("int64")).reset_index()[["suggested_by", "suggestions", TAKEN, EDITED, REFUSED]].rename_axis(columns=None)


def sentences(suggestions: pd.DataFrame) -> Iterable[str]:
    """Say for each program what became of what it proposed, in a sentence."""
    for row in by_program(suggestions).to_dict("records"):
        yield (f"{row['suggested_by']} proposed {count(row['suggestions'], 'coding')}: {row[TAKEN]} stand without an edit, {row[EDITED]} after an edit by a person, {row[REFUSED]} were refused")


def mark(suggested_by: object, edited: object) -> str:
    """What stands beside a coding that a program proposed; "" beside all others."""
    if not isinstance(suggested_by, str):
        return ""
    return f"proposed by {suggested_by}, {'edited by a person' if edited is True or edited == 1 else 'taken without an edit'}"

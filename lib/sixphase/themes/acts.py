"""Acts of review and moves on the board: what each kind must say, and which of them stand."""

import pandas as pd

REVIEW_NEEDS = {  # by kind, the columns of tables.REVIEWS without which the act says nothing
    "kept": ("theme_id", "coding_id"), "moved": ("theme_id", "coding_id", "to_theme", "because"), "dropped": ("theme_id", "coding_id", "because"),
    "best fitting": ("theme_id", "coding_id"), "worst fitting": ("theme_id", "coding_id"), "pulls against": ("coding_id", "against", "because"),
    "re-read": ("theme_id", "source_id", "because"), "absent looked for": ("theme_id", "participant_id", "because"),
    "negative case": ("theme_id", "claim", "how", "found", "because", "changed"), "taken back": ("replaces",)}
MOVE_NEEDS = {  # by kind, the columns of tables.MOVES
    "code moved": ("code_id",), "theme named": ("theme_id", "name"), "theme placed": ("theme_id",), "theme let go": ("theme_id", "because"),
    "theme taken up": ("theme_id",), "taken back": ("replaces",)}


def missing(act: dict, needs: dict[str, tuple[str, ...]]) -> list[str]:
    """The columns that an act of its kind needs and does not have, in the order of `needs`."""
    return [column for column in needs.get(act.get("kind"), ()) if act.get(column) is None or pd.isna(act[column])]


def standing(acts: pd.DataFrame) -> pd.DataFrame:
    """The acts that stand, oldest first, whatever the order of their lines.

    An act stands unless another act replaces it or takes it back, and that one stands itself: whoever takes a taking back
    back has the first act again.

    Parameters
    ----------
    acts : DataFrame
        `tables.REVIEWS` or `tables.MOVES`; their first column is the id of the act.

    Returns
    -------
    DataFrame
        The columns of `acts`, by `created`, `number` and id, without the acts of the kind "taken back".
    """
    key = acts.columns[0]
    ordered = acts.sort_values(["created", "number", key], kind="stable", ignore_index=True)
    gone: set[str] = set()
    for act, of in reversed(list(zip(ordered[key], ordered["replaces"], strict=True))):  # the latest first: nothing later can undo it
        if act not in gone and pd.notna(of):
            gone.add(of)
    return ordered[~ordered[key].isin(gone) & (ordered["kind"] != "taken back")].reset_index(drop=True)

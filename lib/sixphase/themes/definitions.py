"""What people wrote about each theme, and what its card still lacks."""

import pandas as pd

PARTS = {  # what a person must write before a theme is final
    "concept": "its central organising concept", "is": "what belongs to it", "is_not": "what does not belong to it",
    "contribution": "what it says to the question", "counter_evidence": "what was looked for against it"}


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

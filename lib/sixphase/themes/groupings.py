"""Which codes people grouped into which theme, and which they left outside.

A theme is developed from codes; a subtheme names some of them.
"""

import pandas as pd

from ..tables import THEME_CODES, frame


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


def with_codes(theme_codes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The codes of each theme, followed by each code that stands, as a part of its own."""
    active = codes.loc[~codes["status"].isin(["merged", "retired"]), "code_id"]
    return pd.concat([theme_codes, frame(THEME_CODES, [{"theme_id": code_id, "code_id": code_id} for code_id in active])], ignore_index=True)


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

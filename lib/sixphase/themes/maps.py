"""The thematic map: people's grouping and the relations they drew, laid out so that the same map always looks the same."""

from dataclasses import dataclass

import pandas as pd


@dataclass
class ThematicMap:
    """Themes and subthemes with their places, and the lines between them.

    Attributes
    ----------
    nodes : DataFrame
        `id`, `name`; `level`: theme or subtheme; `of`: the theme of a subtheme, NA otherwise; `column`: 0 to 3 from the left; `x` (0 to 1, from the
        left) and `y` (rows of one subtheme's height, from the top): its middle; `codes`: ids.
    lines : DataFrame
        `from`, `to`, `label`, `because`, `opposes`.
    rows : float
        Height of the map, in the unit of `y`.
    """

    nodes: pd.DataFrame
    lines: pd.DataFrame
    rows: float


COLUMNS = (0.105, 0.33, 0.67, 0.895)  # subthemes outside, themes inside, relations between the themes
APART = 0.9  # rows left free below each pair of themes, for the words of their relations


def thematic_map(board: pd.DataFrame, relations: pd.DataFrame) -> ThematicMap:
    """Lay out the themes that were not let go, two abreast in their own order, each with its subthemes at its outer side.

    Places follow from the order of the themes and from nothing else: no force, no chance, no frequency.

    Parameters
    ----------
    board : DataFrame
        `theme_id`, `name`, `status`, `parent`, `codes`: `tables.THEMES`, or a result of `as_of`.
    relations : DataFrame
        `tables.RELATIONS`; those between codes, or to themes that are not on the map, are left out.
    """
    there = board[board["status"] != "let go"]
    themes = there[there["parent"].isna()].to_dict("records")
    below = {theme["theme_id"]: there[there["parent"] == theme["theme_id"]].to_dict("records") for theme in themes}
    nodes, top = [], 0.0
    for left in range(0, len(themes), 2):
        pair = themes[left:left + 2]
        height = max([1.5, *(len(below[theme["theme_id"]]) for theme in pair)])
        for side, theme in enumerate(pair):
            nodes.append(_node(theme, "theme", None, 1 + side, top + height / 2))
            subs = below[theme["theme_id"]]
            first = top + (height - len(subs)) / 2 + 0.5
            nodes += [_node(sub, "subtheme", theme["theme_id"], 3 * side, first + n) for n, sub in enumerate(subs)]
        top += height + APART
    placed = pd.DataFrame(nodes, columns=["id", "name", "level", "of", "column", "x", "y", "codes"])
    drawn = relations[relations["from"].isin(placed["id"]) & relations["to"].isin(placed["id"])]
    lines = drawn[["from", "to", "label", "because"]].assign(opposes=drawn["label"] == "opposes").reset_index(drop=True)
    return ThematicMap(placed, lines, max(1.0, top - APART))


def _node(theme: dict, level: str, of: str | None, column: int, y: float) -> dict:
    codes = theme["codes"] if isinstance(theme["codes"], list) else []
    return {"id": theme["theme_id"], "name": theme["name"], "level": level, "of": of, "column": column, "x": COLUMNS[column], "y": y, "codes": codes}

"""Versions of the codebook for eyes: every code beside every version, and what changed as a table."""

import textwrap

import pandas as pd

from ..approaches import Gate
from ..codebook import MARKS
from .measured import Hidden
from .results import Figure, Table, table

ROW, NAMES, LEFT = 0.19, 3.9, 0.1  # inches: a code's row, the column of names, the margin
COLOURS = {"+": "#00695c", "→": "#8a3c00", "×": "#8a3c00", "↕": "#0072b2", "~": "#0072b2", "n": "#0072b2", "·": "#8a8a8a"}
LEGEND = {"·": "unchanged", **{mark: " or ".join(what for what, other in MARKS.items() if other == mark) for mark in dict.fromkeys(MARKS.values())}}


def versioned(data: pd.DataFrame, caption: str, *, gate: Gate, told_above: bool = False) -> Table | Hidden:
    """A table about versions of the codebook; where a study has none, the sentence that says whose they are, or nothing when it stands above already."""
    return table(data, caption, rows=100) if gate.open else Hidden("" if told_above else gate.sentence)


def codebook_versions(fates: pd.DataFrame, versions: pd.DataFrame, caption: str, *, gate: Gate) -> Figure | Hidden:
    """What happened to each code from version to version: codes as rows, versions as columns, a mark for each change.

    Parameters
    ----------
    fates, versions : DataFrame
        Results of `codebook.fates` and `codebook.versions`.
    caption : str
    gate : Gate
        `approaches.fitting` of a versioned codebook. Where it is hidden its sentence is returned.
    """
    if not gate.open:
        return Hidden(gate.sentence)
    wide, high = 9.6, 0.75 + ROW * max(1, len(fates)) + 0.25
    step = (wide - NAMES - LEFT) / max(1, len(versions))

    def draw(figure) -> None:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, wide), ylim=(high, 0))
        axes.axis("off")
        for number, version in enumerate(versions.itertuples()):
            x = NAMES + (number + 0.5) * step
            axes.text(x, 0.18, version.version, fontsize=8.5, weight="bold", ha="center", va="center", color="#0072b2")
            axes.text(x, 0.36, version.on, fontsize=7.5, ha="center", va="center", color="#5a5a5a")
            axes.text(x, 0.53, "held stable" if version.held_stable else "", fontsize=7.5, ha="center", va="center", color="#00695c", weight="bold")
        for place, code in enumerate(fates.to_dict("records")):
            y = 0.75 + ROW * (place + 0.5)
            axes.plot([LEFT, wide - LEFT], [y + ROW / 2, y + ROW / 2], color="#ececec", linewidth=0.6)
            name = textwrap.shorten(str(code["name"]), 58 - 3 * code["level"], placeholder=" …")
            axes.text(LEFT + 0.18 * code["level"], y, name, fontsize=7.5, va="center", color="black", weight="bold" if code["a_priori"] is True else "normal")
            for number, version in enumerate(versions["version"]):
                axes.text(NAMES + (number + 0.5) * step, y, code[version], fontsize=9, ha="center", va="center", color=COLOURS.get(str(code[version])[:1], "black"))
        axes.text(LEFT, high - 0.1, "   ".join(f"{mark} {what}" for mark, what in LEGEND.items()) + "   bold: set before coding", fontsize=7, va="center", color="#5a5a5a")

    told = "; ".join(f"{row.version}, {row.on}: {row.codes} codes" for row in versions.itertuples())
    return Figure(draw, caption, f"Versions of the codebook. {told}.", width=wide, height=high, empty=fates.empty or versions.empty)

"""Figures of an analysis as a whole: its themes side by side, and the way it went."""

import textwrap

import matplotlib.dates as dates
import pandas as pd
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from .results import Figure

INK, BLUE, RED = "#222222", "#0072b2", "#8a3c00"


def theme_map(themes: pd.DataFrame, caption: str) -> Figure:
    """Themes as boxes beside each other, their subthemes below them.

    Parameters
    ----------
    themes : DataFrame
        `theme_id`, `name` and `parent` of a `tables.THEMES` table, without those that were let go.
    """
    tops = themes[themes["parent"].isna()]
    below = {theme: list(themes.loc[themes["parent"] == theme, "name"]) for theme in tops["theme_id"]}
    deepest = max([len(names) for names in below.values()], default=0)
    wide = 1 / max(1, len(tops))
    rows = 1.25 + deepest  # the theme's own box is a quarter higher

    def draw(figure) -> None:
        axes = figure.add_axes((0.005, 0.01, 0.99, 0.98))
        axes.set_axis_off()
        axes.set(xlim=(0, 1), ylim=(-rows, 0))
        fold = max(12, int(88 * wide))
        for place, theme in enumerate(tops.itertuples()):
            left, middle = place * wide + 0.008, (place + 0.5) * wide
            _box(axes, left, -1.12, wide - 0.016, 1.08, "#dcebf5", BLUE)
            axes.text(middle, -0.58, "\n".join(textwrap.wrap(theme.name, fold)), ha="center", va="center", weight="bold", color=INK, fontsize=9)
            for number, name in enumerate(below[theme.theme_id]):
                top = -1.25 - number
                axes.plot([middle, middle], [top + (0.13 if number == 0 else 0.14), top], color=BLUE, linewidth=1)
                _box(axes, left + 0.006, top - 0.86, wide - 0.028, 0.86, "white", BLUE)
                axes.text(middle, top - 0.43, "\n".join(textwrap.wrap(name, fold)), ha="center", va="center", color=INK, fontsize=8.5)

    said = "; ".join(f"{theme.name}: {', '.join(below[theme.theme_id]) or 'no subtheme'}" for theme in tops.itertuples())
    return Figure(draw, caption, f"{len(tops)} themes with their subthemes. {said}.", height=0.2 + 0.72 * rows, empty=tops.empty)


def _box(axes, left: float, bottom: float, width: float, height: float, face: str, edge: str) -> None:
    axes.add_patch(FancyBboxPatch((left, bottom), width, height, boxstyle="round,pad=0,rounding_size=0.008", mutation_aspect=8, facecolor=face, edgecolor=edge, linewidth=1))


def course(decisions: pd.DataFrame, memos: pd.DataFrame, caption: str) -> Figure:
    """Decisions by day and phase, with an arrow for each that led back, and a stroke for each memo.

    Parameters
    ----------
    decisions : DataFrame
        `on`, `phase` and `back_to` of a `tables.DECISIONS` table.
    memos : DataFrame
        `on` of a `tables.MEMOS` table.
    """
    taken = decisions.sort_values(["on", "decision_id"], kind="stable")
    back = taken[taken["back_to"].notna() & (taken["back_to"] < taken["phase"])]
    phases = ["familiarisation", "coding", "generating themes", "reviewing themes", "defining themes", "writing up"]

    def draw(figure) -> None:
        axes = figure.add_axes((0.2, 0.1, 0.75, 0.86))
        for decision in back.itertuples():
            when = dates.date2num(pd.Timestamp(decision.on))
            axes.add_patch(FancyArrowPatch((when, int(decision.phase)), (when, int(decision.back_to)), arrowstyle="-|>", mutation_scale=11,
                                           connectionstyle="arc3,rad=0.25", color=RED, linewidth=1.3, shrinkA=3, shrinkB=3, zorder=2))
        axes.plot(dates.date2num(pd.to_datetime(taken["on"])), taken["phase"].astype(int), "o", color=BLUE, markersize=5, alpha=0.75, zorder=3)
        axes.plot(dates.date2num(pd.to_datetime(memos["on"])), [0] * len(memos), "|", color=INK, markersize=9)
        axes.set(yticks=range(7), yticklabels=["memos", *(f"{number} {name}" for number, name in enumerate(phases, start=1))], ylim=(6.5, -0.6))
        axes.grid(axis="y", color="#dddddd", linewidth=0.6)
        axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=4, maxticks=9))
        axes.xaxis.set_major_formatter(_Months(axes))

    said = "; ".join(f"{decision.on} from phase {decision.phase} to phase {decision.back_to}" for decision in back.itertuples())
    return Figure(draw, caption, f"{len(taken)} decisions and {len(memos)} memos over time. Led back: {said or 'none'}.", height=2.8, empty=taken.empty)


class _Months(dates.AutoDateFormatter):
    """Days as “06/2023”: month names would follow the locale."""

    def __init__(self, axes):
        super().__init__(axes.xaxis.get_major_locator())

    def __call__(self, x: float, pos: int | None = None) -> str:
        return dates.num2date(x).strftime("%m/%Y")

"""Pictures of tables. Colour is never the only difference; counts get whole-number ticks; the unit stands on the axis."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..problems import count
from .results import Figure

BLUE, ORANGE, GREY, GREEN, PINK, YELLOW, SKY = "#0072b2", "#d55e00", "#9a9a9a", "#009e73", "#b8588f", "#c9a800", "#56b4e9"
MOST = 60  # rows in one picture


def talk(talk: pd.DataFrame, caption: str) -> Figure:
    """Bars of words in each interview: the participant's and the interviewer's, with the interviewer's share.

    Parameters
    ----------
    talk : DataFrame
        The result of `transcripts.talk`.
    """
    rows, caption = _first(talk, caption)

    def draw(figure) -> None:
        axes, places = _bars(figure, rows["source_id"])
        axes.barh(places, rows["participant_words"], color=BLUE, label="participants")
        axes.barh(places, rows["interviewer_words"], left=rows["participant_words"], color="white", edgecolor=ORANGE, hatch="////", label="interviewers")
        both = rows["participant_words"] + rows["interviewer_words"]
        for place, end, share in zip(places, both, rows["interviewer_share"].fillna(0), strict=True):
            axes.text(end, place, f" {share:.0%}", va="center", fontsize=7, color="#444444")
        axes.set_xlim(0, both.max() * 1.08)
        axes.set_xlabel("words spoken; % = interviewers' share")
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderaxespad=0.2)

    total = f"{len(talk)} interviews, {int(talk['participant_words'].sum()):,} participant words and {int(talk['interviewer_words'].sum()):,} interviewer words."
    return Figure(draw, caption, f"Bar chart. {total}", height=_height(rows), empty=rows.empty)


def timeline(timeline: pd.DataFrame, caption: str) -> Figure:
    """Each interview as a line from its first to its last word: who holds the floor when."""
    order = list(dict.fromkeys(timeline["source_id"]))
    rows, caption = _first(pd.DataFrame({"source_id": order}), caption)

    def draw(figure) -> None:
        axes, places = _bars(figure, rows["source_id"])
        for place, source_id in zip(places, rows["source_id"], strict=True):
            of_source = timeline[timeline["source_id"] == source_id]
            _stretches(axes, of_source[of_source["participant_id"].notna()], place, BLUE, 7)
            _stretches(axes, of_source[of_source["participant_id"].isna()], place, ORANGE, 3)
        axes.set_xlabel("words spoken so far; thick: participants, thin: interviewers")
        axes.set_xlim(left=0)

    return Figure(draw, caption, f"A line for each of {len(order)} interviews; thick where a participant speaks, thin where an interviewer does.", height=_height(rows), empty=rows.empty)


def code_reach(reach: pd.DataFrame, caption: str, names: Mapping[str, str] | None = None) -> Figure:
    """Bars of codings for each code, with the participants and interviews behind them in words."""
    rows, caption = _first(reach, caption)

    def draw(figure) -> None:
        axes, places = _bars(figure, [(names or {}).get(code, code) for code in rows["code_id"]])
        axes.barh(places, rows["codings"], color=BLUE)
        for place, row in zip(places, rows.itertuples(), strict=True):
            axes.text(row.codings, place, f" {count(row.participants, 'participant')}, {count(row.interviews, 'interview')}", va="center", fontsize=7, color="#444444")
        axes.set_xlim(0, rows["codings"].max() * 1.6)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel("codings")

    return Figure(draw, caption, f"Bar chart of {len(reach)} codes; the most given has {int(reach['codings'].max()) if len(reach) else 0} codings.", height=_height(rows), empty=rows.empty)


def coverage(coverage: pd.DataFrame, caption: str) -> Figure:
    """Bars of the share of participants' words that is coded, for each interview."""
    rows, caption = _first(coverage, caption)

    def draw(figure) -> None:
        axes, places = _bars(figure, rows["source_id"])
        axes.barh(places, rows["coded"].fillna(0), color=GREEN)
        for place, row in zip(places, rows.itertuples(), strict=True):
            axes.text(row.coded if pd.notna(row.coded) else 0, place, f" {count(row.codings, 'coding')}", va="center", fontsize=7, color="#444444")
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.set_xlim(0, max(0.1, rows["coded"].max() * 1.2))
        axes.set_xlabel("share of participants' words inside at least one coding")

    return Figure(draw, caption, f"Bar chart of {len(coverage)} interviews.", height=_height(rows), empty=rows.empty)


def attention(attention: pd.DataFrame, caption: str) -> Figure:
    """Codings per 1,000 words over the interviews in the order they were coded; those far from the others are named."""
    def draw(figure) -> None:
        axes = figure.subplots()
        figure.subplots_adjust(left=0.1, right=0.97, top=0.95, bottom=0.16)
        density = attention["density"].astype("float64")
        mean, spread = density.mean(), density.std(ddof=0)
        axes.axhspan(mean - 2 * spread, mean + 2 * spread, color="#e8eef4", label="within 2 standard deviations")
        axes.axhline(mean, color=GREY, linestyle="--", linewidth=1, label="mean")
        axes.plot(attention["place"], density, color=BLUE, marker="o", markersize=4, linewidth=1)
        for row in attention[attention["look_again"]].itertuples():
            axes.annotate(row.source_id, (row.place, row.density), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8, color=ORANGE)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_ylim(bottom=0)
        axes.set_xlabel("interviews in the order they were coded")
        axes.set_ylabel("codings per 1,000 words")
        axes.legend(frameon=False, fontsize=8, loc="lower right")

    again = ", ".join(attention.loc[attention["look_again"], "source_id"]) or "none"
    return Figure(draw, caption, f"Line over {len(attention)} interviews. Beyond two standard deviations: {again}.", height=3, empty=attention.empty)


def codings_over_time(days: pd.DataFrame, firsts: pd.DataFrame, caption: str) -> Figure:
    """Codings a day by pass, and below them the codes given so far."""
    dates = sorted(set(days["on"]))

    def draw(figure) -> None:
        upper, lower = figure.subplots(2, 1, sharex=True)
        figure.subplots_adjust(left=0.1, right=0.97, top=0.97, bottom=0.2, hspace=0.12)
        bottom = np.zeros(len(dates))
        for number, (times, colour, hatch) in enumerate(zip(sorted(days["pass"].unique()), [BLUE, ORANGE, GREEN, PINK] * 9, ["", "////", "....", "xxxx"] * 9, strict=False)):
            height = days[days["pass"] == times].set_index("on")["codings"].reindex(dates, fill_value=0).to_numpy()
            upper.bar(range(len(dates)), height, bottom=bottom, color=colour if number == 0 else "white", edgecolor=colour, hatch=hatch, label=f"pass {times}")
            bottom = bottom + height
        upper.yaxis.set_major_locator(MaxNLocator(integer=True))
        upper.set_ylabel("codings")
        upper.legend(frameon=False, fontsize=8)
        so_far = [int((firsts["on"] <= day).sum()) for day in dates]
        lower.step(range(len(dates)), so_far, where="mid", color=BLUE)
        lower.set_ylim(bottom=0)
        lower.yaxis.set_major_locator(MaxNLocator(integer=True))
        lower.set_ylabel("codes so far")
        every = max(1, len(dates) // 10)
        lower.set_xticks(range(0, len(dates), every), dates[::every], rotation=40, ha="right", fontsize=7)

    span = f"{dates[0]} to {dates[-1]}" if dates else "no day"
    return Figure(draw, caption, f"Codings and codes over {len(dates)} days, {span}.", height=3.8, empty=not dates)


def cooccurrence(counts: pd.DataFrame, caption: str, *, most: int = 25) -> Figure:
    """A square of codes by codes, each cell the number of places where both were given; the `most` codes that meet others most."""
    off = counts.to_numpy(copy=True)
    np.fill_diagonal(off, 0)
    order = sorted(range(len(counts)), key=lambda i: (-off[i].sum(), counts.index[i]))[:most]
    chosen = counts.iloc[sorted(order), sorted(order)]
    if len(chosen) < len(counts):
        caption += f" The {len(chosen)} of {len(counts)} codes that meet others most."
    values = chosen.to_numpy(copy=True)
    np.fill_diagonal(values, 0)
    side = max(3.5, 0.24 * len(chosen) + 1.8)
    return Figure(lambda figure: _grid(figure, pd.DataFrame(values, chosen.index, chosen.columns), "places", left=0.28, bottom=0.28), caption,
                  f"Matrix of {len(chosen)} codes; the most places in which two meet is {int(values.max()) if values.size else 0}.", height=min(9.0, side), empty=chosen.empty)


def code_map(laid: pd.DataFrame, caption: str, names: Mapping[str, str] | None = None) -> Figure:
    """Codes by themes: a disc where a theme is developed from a code, its number the codings behind it."""
    def draw(figure) -> None:
        axes = figure.subplots()
        figure.subplots_adjust(left=0.36, right=0.98, top=1 - 1.1 / (0.2 * len(laid) + 2), bottom=0.02)
        for x, theme in enumerate(laid.columns):
            for y, count in enumerate(laid[theme]):
                if count:
                    axes.scatter(x, y, s=150, color=SKY, edgecolor=BLUE, zorder=2)
                    axes.text(x, y, str(count), ha="center", va="center", fontsize=6.5, zorder=3)
        axes.set_xticks(range(len(laid.columns)), [_folded((names or {}).get(t, t), 18) for t in laid.columns], fontsize=7.5)
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(laid)), laid.index, fontsize=7.5)
        axes.set_xlim(-0.6, len(laid.columns) - 0.4)
        axes.set_ylim(len(laid) - 0.4, -0.6)
        axes.grid(axis="y", color="#e5e5e5", linewidth=0.6)
        for side in axes.spines.values():
            side.set_visible(False)
        axes.tick_params(length=0)

    return Figure(draw, caption, f"{len(laid)} codes in {len(laid.columns)} themes.", height=0.2 * len(laid) + 2, empty=laid.empty)


def heard_from(heard: pd.DataFrame, sizes: Mapping[str, int], caption: str, names: Mapping[str, str] | None = None) -> Figure:
    """Themes by groups: how many of the participants of each group a theme is heard from."""
    height = 0.38 * len(heard) + 1.5

    def draw(figure) -> None:
        axes = figure.subplots()
        figure.subplots_adjust(left=0.34, right=0.98, top=0.98, bottom=1.05 / height)
        share = heard.div(pd.Series(sizes).reindex(heard.columns), axis=1).to_numpy("float64")
        axes.imshow(share, cmap="Blues", vmin=0, vmax=1.4, aspect="auto")
        for (y, x), count in np.ndenumerate(heard.to_numpy()):
            axes.text(x, y, f"{count} of {sizes[heard.columns[x]]}", ha="center", va="center", fontsize=8, color="white" if share[y, x] > 0.9 else "black")
        axes.set_xticks(range(len(heard.columns)), [_folded(c, 16) for c in heard.columns], fontsize=7.5, rotation=30, ha="right")
        axes.set_yticks(range(len(heard)), [_folded((names or {}).get(t, t), 34) for t in heard.index], fontsize=8)
        axes.tick_params(length=0)

    return Figure(draw, caption, f"{len(heard)} themes by {len(heard.columns)} groups of participants.", height=height, empty=heard.empty)


def theme_overlaps(overlaps: pd.DataFrame, caption: str, names: Mapping[str, str] | None = None) -> Figure:
    """Themes by themes: the extracts of one that meet an extract of the other."""
    there = dict.fromkeys([*overlaps["first"], *overlaps["second"]])
    order = [theme for theme in (names or there) if theme in there]
    square = pd.DataFrame(0, index=order, columns=order)
    for row in overlaps.itertuples():
        square.loc[row.first, row.second] = square.loc[row.second, row.first] = row.meeting
    shown = square.rename(index=lambda t: _folded((names or {}).get(t, t), 30), columns=lambda t: _folded((names or {}).get(t, t), 18))
    return Figure(lambda figure: _grid(figure, shown, "extracts that meet", left=0.36, bottom=0.36), caption,
                  f"Matrix of {len(order)} themes.", height=0.45 * len(order) + 2.2, empty=not order)


def portrait(codings: pd.DataFrame, lengths: Mapping[str, int], caption: str) -> Figure:
    """Each interview as a line, marked where at least one coding lies."""
    rows, caption = _first(pd.DataFrame({"source_id": list(lengths)}), caption)

    def draw(figure) -> None:
        axes, places = _bars(figure, rows["source_id"])
        axes.barh(places, [1.0] * len(rows), color="#f0f0f0", height=0.8)
        for place, source_id in zip(places, rows["source_id"], strict=True):
            found = codings[codings["source_id"] == source_id]
            _stretches(axes, pd.DataFrame({"begins": found["start"] / lengths[source_id], "ends": found["end"] / lengths[source_id]}), place, BLUE, 7)
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        axes.set_xlim(0, 1)
        axes.set_xlabel("from the beginning to the end of the interview")

    return Figure(draw, caption, f"{len(codings)} codings in {len(lengths)} interviews, where they lie.", height=_height(rows), empty=rows.empty)


def _first(rows: pd.DataFrame, caption: str) -> tuple[pd.DataFrame, str]:
    return (rows, caption) if len(rows) <= MOST else (rows.head(MOST), f"{caption} The first {MOST} of {len(rows)} are drawn; the table has all.")


def _height(rows: pd.DataFrame) -> float:
    return 0.19 * max(2, len(rows)) + 0.9


def _bars(figure, labels):
    axes = figure.subplots()
    labels = [label if len(label) <= 46 else f"{label[:45]}…" for label in map(str, labels)]
    height = 0.19 * max(2, len(labels)) + 0.9
    figure.subplots_adjust(left=0.03 + 0.0096 * max([*map(len, labels), 6]), right=0.97, top=1 - 0.3 / height, bottom=0.5 / height)
    places = list(range(len(labels)))
    axes.set_yticks(places, labels, fontsize=7.5)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="x", color="#e5e5e5", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    return axes, places


def _stretches(axes, rows: pd.DataFrame, place: float, colour: str, width: float) -> None:
    """Many stretches of one line as a single path: a tenth of the bytes of as many bars."""
    if rows.empty:
        return
    x = np.column_stack([rows["begins"], rows["ends"], np.full(len(rows), np.nan)]).astype("float64").ravel()
    axes.plot(x, np.full(x.shape, float(place)), color=colour, linewidth=width, solid_capstyle="butt")


def _grid(figure, values: pd.DataFrame, unit: str, *, left: float, bottom: float) -> None:
    axes = figure.subplots()
    figure.subplots_adjust(left=left, right=0.97, top=0.97, bottom=bottom)
    data = values.to_numpy("float64")
    axes.imshow(data, cmap="Blues", vmin=0, vmax=max(1.0, data.max() * 1.3 if data.size else 1.0), aspect="auto")
    for (y, x), count in np.ndenumerate(values.to_numpy()):
        if count:
            axes.text(x, y, f"{count}", ha="center", va="center", fontsize=6.5)
    axes.set_xticks(range(len(values.columns)), values.columns, rotation=60, ha="right", fontsize=7)
    axes.set_yticks(range(len(values)), values.index, fontsize=7)
    axes.set_xlabel(unit)
    axes.tick_params(length=0)


def _folded(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width)) or text

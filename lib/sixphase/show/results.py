"""What a notebook shows and a run keeps: a `Figure`, a `Table` or a `Page`, each with its caption and its label."""

import html
import io
import itertools
import os
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import pandas as pd
from markupsafe import escape

from ..study import Study

if TYPE_CHECKING:  # matplotlib takes half a second to load, and is loaded where something is drawn
    from matplotlib.figure import Figure as Drawing

SYNTHETIC = "SYNTHETIC – not research data"
LOOK = {"svg.hashsalt": "sixphase", "svg.fonttype": "none", "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9,
        "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True, "hatch.linewidth": 0.6, "path.simplify": False,
        "axes.titlesize": 10, "figure.constrained_layout.use": False}


class Keepable(Protocol):
    """What `keep` takes: it has a label and can write itself to a folder."""

    label: str

    def write(self, folder: Path, name: str) -> None:
        """Keep it under a name in a folder."""


Kept = TypeVar("Kept", bound=Keepable)


@dataclass
class Figure:
    """A drawing with its caption, and a description for those who cannot see it.

    `draw` fills a matplotlib figure of `width` x `height` inches; the caption is set below it, inside the picture, so
    that the two are never parted.
    """

    draw: Callable[["Drawing"], None] = field(repr=False)
    caption: str
    description: str
    width: float = 7.5
    height: float = 4.0
    label: str = ""
    empty: bool = False  # there is nothing to draw yet, and the picture says so
    _svgs: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)  # by label: a run needs it twice

    def _drawn(self) -> "Drawing":
        from matplotlib.figure import Figure as Drawing

        lines = [*textwrap.wrap(self.caption, int(self.width * 15)), *([self.label] if self.label else [])]
        below = 0.17 * len(lines) + 0.15
        drawing = Drawing(figsize=(self.width, self.height + below))
        top = drawing.subfigures(2, 1, height_ratios=[self.height, below])
        if self.empty:
            top[0].text(0.5, 0.5, "Nothing to show yet.", ha="center", va="center", color="#5a5a5a")
        else:
            self.draw(top[0])
        for number, line in enumerate(lines):
            top[1].text(0.01, 1 - (0.13 + 0.17 * number) / below, line, fontsize=8, va="center", color="#8a1c1c" if line == self.label else "#222222",
                        weight="bold" if line == self.label else "normal")
        return drawing

    def svg(self) -> str:
        """The figure as SVG: the same data give the same bytes."""
        if self.label not in self._svgs:
            self._svgs[self.label] = self._as_svg()
        return self._svgs[self.label]

    def _as_svg(self) -> str:
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        with matplotlib.rc_context(LOOK):
            out = io.StringIO()
            FigureCanvasSVG(self._drawn()).print_svg(out, metadata={"Date": None, "Creator": None, "Title": self.caption, "Description": self.description})
        drawn = re.sub(r"^.*?(?=<svg)", "", out.getvalue(), flags=re.S)
        return re.sub(r"<svg ", f'<svg role="img" aria-label="{escape(self.description)}" ', drawn, count=1)

    def png(self) -> bytes:
        """The figure as PNG, 200 dots per inch."""
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        with matplotlib.rc_context(LOOK):
            out, drawing = io.BytesIO(), self._drawn()
            drawing.set_dpi(200)
            FigureCanvasAgg(drawing).print_png(out, metadata={"Software": None, "Description": self.description})
        return out.getvalue()

    def _repr_mimebundle_(self, **_) -> dict[str, str]:
        return {"image/svg+xml": self.svg(), "text/plain": f"{self.caption}\n{self.description}"}

    def write(self, folder: Path, name: str) -> None:
        """Keep it as figures/<name>.svg and .png."""
        (folder / "figures").mkdir(parents=True, exist_ok=True)
        (folder / "figures" / f"{name}.svg").write_text(self.svg(), encoding="utf-8", newline="\n")
        (folder / "figures" / f"{name}.png").write_bytes(self.png())


@dataclass
class Table:
    """A table with its caption. At most `rows` rows are shown; all are kept. A `note` says how to read it, and is kept beside it."""

    data: pd.DataFrame = field(repr=False)
    caption: str
    rows: int = 60
    label: str = ""
    note: str = ""

    def _repr_html_(self) -> str:
        shown = self.data.head(self.rows)
        more = len(self.data) - len(shown)
        note = f" The first {len(shown)} of {len(self.data):,} rows are shown." if more else ""
        body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>\n" for row in shown.itertuples(index=False))
        head = "".join(f'<th scope="col" style="text-align:left">{escape(_heading(name))}</th>' for name in shown.columns)
        empty = f'<tr><td colspan="{max(1, len(shown.columns))}">none</td></tr>' if shown.empty else ""
        return (f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(self.caption)}{note}{_label(self.label)}</caption>\n'
                f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}{empty}</tbody></table>{self._noted()}")

    def _noted(self) -> str:
        return f'\n<p class="note">{escape(self.note)}</p>' if self.note else ""

    def __repr__(self) -> str:
        return f"{self.caption} {self.label}\n{self.data.head(self.rows).to_string(index=False)}" + (f"\n{self.note}" if self.note else "")

    def write(self, folder: Path, name: str) -> None:
        """Keep it as tables/<name>.csv, in a form no spreadsheet takes for formulas, and its note as tables/<name>.txt."""
        (folder / "tables").mkdir(parents=True, exist_ok=True)
        told = self.data.copy()
        for column in told:
            told[column] = told[column].map(_spreadsheet)
        told = told.assign(**{self.label: ""}) if self.label else told  # in the header, so that an empty table says it too
        told.to_csv(folder / "tables" / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")
        if self.note:
            (folder / "tables" / f"{name}.txt").write_text(f"{self.caption}\n{self.note}\n", encoding="utf-8", newline="\n")


@dataclass
class Page:
    """A stretch of HTML made of escaped words: quotations, cards, a manuscript."""

    html: str = field(repr=False)
    caption: str
    label: str = ""
    whole: bool = False  # a page of its own, to be kept as such

    def _repr_html_(self) -> str:
        return f'<div class="sixphase">{self.html}{_label(self.label) if not self.whole else ""}</div>'

    def __repr__(self) -> str:
        return f"{self.caption} {self.label}".strip()

    def write(self, folder: Path, name: str) -> None:
        """Keep it as pages/<name>.html."""
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        heading = "" if "<h1" in self.html else f"<h1>{escape(self.caption)}</h1>\n"
        body = self.html if "<h2" in self.html else re.sub(r"(</?h)([34])\b", lambda found: f"{found[1]}{int(found[2]) - 1}", self.html)  # no step of the headings is left out
        content = self.html if self.whole else document(self.caption, f"{heading}{body}{_label(self.label)}")
        (folder / "pages" / f"{name}.html").write_text(content, encoding="utf-8", newline="\n")


def table(data: pd.DataFrame, caption: str, *, rows: int = 60, index: bool = False) -> Table:
    """A table to show: `index=True` makes the row names its first column."""
    return Table(data.reset_index() if index else data.reset_index(drop=True), caption, rows)


def keep(study: Study, name: str, result: Kept) -> Kept:
    """Name a result of a study, label it if the study is synthetic, and return it to be shown.

    During a run it is also written to the outputs: a figure as SVG and PNG, a table as CSV, a page as HTML.

    Parameters
    ----------
    study : Study
    name : str
        The phase's number and a few words, such as `2_code_reach`; the file's name.
    result : Figure, Table, Page or Transcripts
    """
    if not re.fullmatch(r"[1-6]_[a-z0-9_]+", name):
        raise ValueError(f"a result is named by its phase and a few words, such as 2_code_reach, not {name!r}")
    result.label = SYNTHETIC if study.settings["synthetic"] else ""
    if os.environ.get("SIXPHASE_OUTPUTS"):
        result.write(Path(os.environ["SIXPHASE_OUTPUTS"]), name)
    return result


def document(title: str, body: str, *, style: str = "") -> str:
    """A whole HTML page that asks nothing of the network."""
    css = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    return (f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
            f"<title>{escape(title)}</title>\n<style>\n{css}{style}</style></head>\n<body><main>\n{_scrolling(body)}\n</main></body>\n</html>\n")


def _scrolling(body: str) -> str:
    """Each table in a region of its own, which those without a mouse can reach and move sideways where it is wider than the page."""
    def region(found: re.Match) -> str:
        caption = re.search(r"<caption.*?>(.*?)</caption>", found[0], re.S)
        name = " ".join(html.unescape(re.sub(r"<.*?>", "", caption[1])).split()) if caption else f"table {next(number)}"
        return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(name)}">{found[0]}</div>'
    number = itertools.count(1)
    return re.sub(r"<table\b.*?</table>", region, body, flags=re.S)


def number(value: object, places: int = 2) -> str:
    """A number as a person reads it: whole numbers with thousands, others to two places."""
    if value is None or value is pd.NA or value != value:
        return ""
    whole = isinstance(value, int) or (float(value).is_integer() and abs(value) >= 2)
    return f"{int(value):,}" if whole else f"{value:.{places}f}"


def _cell(value: object) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return f"<td>{'yes' if value else ''}</td>"
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "<td></td>"
    if isinstance(value, int | float) or hasattr(value, "dtype"):
        return f'<td style="text-align:right">{number(value.item() if hasattr(value, "item") else value)}</td>'
    return f'<td style="text-align:left">{escape(", ".join(map(str, value)) if isinstance(value, list) else value)}</td>'


def _heading(name: object) -> str:
    return str(name).replace("_", " ")


def _label(label: str) -> str:
    return f' <strong class="label">{escape(label)}</strong>' if label else ""


def _spreadsheet(value: object) -> object:
    """A cell no spreadsheet takes for a formula; lists joined; shares rounded so that all machines agree."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, float):
        return round(value, 10)
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[:1] else value

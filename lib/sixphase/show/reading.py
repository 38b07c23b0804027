"""Transcripts to read, with their codings beside the words: where a quotation stands, and what was said around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from markupsafe import escape

from .results import Page, document

STYLE = """
.turn { display: grid; grid-template-columns: 3.2rem 4.2rem minmax(0, 1fr) 13rem; gap: .3rem .8rem; padding: .25rem 0; }
.turn:target, .turn:has(:target) { background: var(--said); }
.line, .who, .given { font: .78rem/1.7 "DejaVu Sans", sans-serif; color: var(--quiet); } .line { text-align: right; }
.words { white-space: pre-line; } .asks .words { font-style: italic; color: var(--quiet); }
mark { background: color-mix(in srgb, #56b4e9 30%, transparent); color: inherit; border-bottom: 2px solid #0072b2; }
mark.more { background: color-mix(in srgb, #d55e00 28%, transparent); border-bottom: 4px double #d55e00; }
mark:target, mark:has(:target) { outline: 3px solid #d55e00; }
@media (max-width: 46rem) { .turn { grid-template-columns: 3.2rem minmax(0, 1fr); } .given { grid-column: 2; } .who { grid-column: 2; } }
"""


@dataclass
class Transcripts:
    """All transcripts of a study with their codings, a page each; shows a list of them."""

    pages: dict[str, Page] = field(repr=False)
    caption: str
    label: str = ""

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(source_id)}: {escape(page.caption)}</li>" for source_id, page in self.pages.items())
        return Page(f"<p>{escape(self.caption)}</p><ul>{items}</ul>", self.caption, self.label)._repr_html_()

    def __repr__(self) -> str:
        return f"{self.caption} {self.label}".strip()

    def write(self, folder: Path, name: str) -> None:
        """Keep each as pages/<name>/<source>.html."""
        (folder / "pages" / name).mkdir(parents=True, exist_ok=True)
        for source_id, page in self.pages.items():
            label = f'<p class="label">{escape(self.label)}</p>' if self.label else ""
            content = document(source_id, f"<h1>{escape(source_id)}</h1>{label}\n{page.html}\n{label}", style=STYLE)
            (folder / "pages" / name / f"{source_id}.html").write_text(content, encoding="utf-8", newline="\n")


def transcripts(texts: Mapping[str, str], turns: pd.DataFrame, codings: pd.DataFrame, names: Mapping[str, str], caption: str) -> Transcripts:
    """Every transcript as a page: turns with their lines and speakers, coded words marked, the codes beside them.

    Parameters
    ----------
    texts : mapping
        Canonical text by source.
    turns : DataFrame
        `tables.TURNS`.
    codings : DataFrame
        `Study.codings`.
    names : mapping
        Names of codes by id.

    Returns
    -------
    Transcripts
        Each coding is an anchor of its page, by its id, so that a quotation can lead to its place.
    """
    spoken, coded = dict(iter(turns.groupby("source_id"))), dict(iter(codings.groupby("source_id")))
    none = codings.iloc[:0]
    pages = {}
    for source_id, text in texts.items():
        found = coded.get(source_id, none)
        rows = [_turn(turn, text, found[(found["start"] < turn.end) & (found["end"] > turn.start)], names) for turn in spoken[source_id].itertuples()]
        pages[source_id] = Page("\n".join(rows), f"{len(found):,} codings of {found['code_id'].nunique()} codes")
    return Transcripts(pages, caption)


def _turn(turn, text: str, codings: pd.DataFrame, names: Mapping[str, str]) -> str:
    asks = " asks" if pd.isna(turn.participant_id) else ""
    given = "".join(f"<div>{escape(names.get(code, code))}</div>" for code in dict.fromkeys(codings["code_id"]))
    words = "".join(_stretch(text[start:end], here, begins) for start, end, here, begins in _stretches(turn.start, turn.end, codings))
    return (f'<div class="turn{asks}" id="line-{turn.line}"><div class="line">{turn.line}</div><div class="who">{escape(turn.speaker)}</div>'
            f'<div class="words">{words}</div><div class="given">{given}</div></div>')


def _stretches(start: int, end: int, codings: pd.DataFrame) -> Iterator[tuple[int, int, int, list[str]]]:
    """Cut a turn where codings begin or end: each stretch with the number of codings on it, and the ids of those that begin there."""
    borders = sorted({start, end, *codings["start"].clip(start, end), *codings["end"].clip(start, end)})
    for left, right in zip(borders, borders[1:], strict=False):
        here = codings[(codings["start"] < right) & (codings["end"] > left)]
        yield left, right, len(here), list(here.loc[here["start"].clip(start) == left, "coding_id"])


def _stretch(words: str, codings: int, begins: list[str]) -> str:
    anchors = "".join(f'<a id="{escape(coding_id)}"></a>' for coding_id in begins)
    if not codings:
        return str(escape(words))
    opening = '<mark class="more">' if codings > 1 else "<mark>"
    return f"{opening}{anchors}{escape(words)}</mark>"

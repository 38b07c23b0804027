"""Transcripts to read, with their codings beside the words: where a quotation stands, and what was said around it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pandas as pd
from markupsafe import escape

from ..suggestions import mark
from .results import Page, document

STYLE = """
.turn { display: grid; grid-template-columns: 3.2rem 4.2rem minmax(0, 1fr) 13rem; gap: .3rem .8rem; padding: .25rem 0; }
.turn:target, .turn:has(:target) { background: var(--said); }
.line, .who, .given { font: .78rem/1.7 "DejaVu Sans", sans-serif; color: var(--quiet); } .line { text-align: right; }
.words { white-space: pre-line; } .asks .words { font-style: italic; color: var(--quiet); }
mark { background: color-mix(in srgb, #56b4e9 30%, transparent); color: inherit; border-bottom: 2px solid #0072b2; }
mark.more { background: color-mix(in srgb, #d55e00 28%, transparent); border-bottom: 4px double #d55e00; }
mark:target, mark:has(:target) { outline: 3px solid #d55e00; }
@media (max-width: 46rem) { .turn { grid-template-columns: 3.2rem minmax(0, 1fr); } .who, .words, .given { grid-column: 2; } }
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
    spoken = dict(iter(turns.groupby("source_id")))
    coded = {source_id: _spans(found, names) for source_id, found in codings.groupby("source_id")}
    codes = codings.groupby("source_id")["code_id"].nunique()
    pages = {}
    for source_id, text in texts.items():
        here = coded.get(source_id, [])
        rows = [_turn(turn, text, met) for turn, met in _met(spoken[source_id], here)]
        pages[source_id] = Page("\n".join(rows), f"{len(here):,} codings of {codes.get(source_id, 0)} codes")
    return Transcripts(pages, caption)


def still(source_id: str, text: str, turns: pd.DataFrame, codings: pd.DataFrame, names: Mapping[str, str]) -> Page:
    """One transcript as it can be read without a kernel: a table of turns, coded words marked, the codes beside them.

    Parameters as `transcripts`, of one source. It needs no style sheet of its own, so that it reads on a page that strips them.
    """
    left = ' style="text-align:left;vertical-align:top'
    rows = []
    for turn, met in _met(turns, _spans(codings, names)):
        words = "".join(_stretch(text[start:end], here, []) for start, end, here, _ in _stretches(turn.start, turn.end, met))
        given = "<br>".join(str(escape(told)) for told in dict.fromkeys(told for *_, told in met))
        slant = ";font-style:italic" if pd.isna(turn.participant_id) else ""
        rows.append(f'<tr><td>{turn.line}</td><td{left}">{escape(turn.speaker)}</td><td{left};white-space:pre-line{slant}">{words}</td><td{left};min-width:10em">{given}</td></tr>')
    caption = f"{source_id}: {len(codings):,} codings of {codings['code_id'].nunique()} codes" if len(codings) else source_id
    head = "".join(f'<th scope="col" style="text-align:left">{name}</th>' for name in ("line", "speaker", "words", "codes"))
    return Page(f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(caption)}</caption>\n'
                f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>", caption)


Span = tuple[int, int, str, str]  # start, end, coding, and what is told of it: its code, and the program that proposed it if one did


def _spans(codings: pd.DataFrame, names: Mapping[str, str]) -> list[Span]:
    ordered = codings.sort_values(["start", "end", "code_id", "coding_id"], kind="stable")
    start, end, coding_id, code_id, by, edited = (ordered[name].tolist() for name in ("start", "end", "coding_id", "code_id", "suggested_by", "edited"))
    told = [" – ".join(filter(None, [names.get(code, code), mark(*proposed)])) for code, *proposed in zip(code_id, by, edited, strict=True)]
    return list(zip(start, end, coding_id, told, strict=True))


def _met(turns: pd.DataFrame, spans: list[Span]) -> Iterator[tuple[tuple, list[Span]]]:
    """Each turn with the spans that meet it; both in the order of the text."""
    waiting, open_ = iter(spans), []
    coming = next(waiting, None)
    for turn in turns.itertuples():
        while coming and coming[0] < turn.end:
            open_.append(coming)
            coming = next(waiting, None)
        open_ = [span for span in open_ if span[1] > turn.start]
        yield turn, open_


def _turn(turn, text: str, spans: list[Span]) -> str:
    asks = " asks" if pd.isna(turn.participant_id) else ""
    given = "".join(f"<div>{escape(told)}</div>" for told in dict.fromkeys(told for *_, told in spans))
    words = "".join(_stretch(text[start:end], here, begins) for start, end, here, begins in _stretches(turn.start, turn.end, spans))
    return (f'<div class="turn{asks}" id="line-{turn.line}"><div class="line">{turn.line}</div><div class="who">{escape(turn.speaker)}</div>'
            f'<div class="words">{words}</div><div class="given">{given}</div></div>')


def _stretches(start: int, end: int, spans: list[Span]) -> Iterator[tuple[int, int, int, list[str]]]:
    """Cut a turn where codings begin or end: each stretch with the number of codings on it, and the ids of those that begin there."""
    begin: dict[int, list[str]] = {start: [], end: []}
    more = Counter()  # how many more codings lie on what follows a place than on what stands before it
    for begins, ends, coding, _ in spans:
        begins, ends = max(start, begins), min(end, ends)
        begin.setdefault(begins, []).append(coding)
        begin.setdefault(ends, [])
        more[begins] += 1
        more[ends] -= 1
    here = 0
    for left, right in pairwise(sorted(begin)):
        here += more[left]
        yield left, right, here, begin[left]


def _stretch(words: str, codings: int, begins: list[str]) -> str:
    if not codings:
        return str(escape(words))
    anchors = "".join([f'<a id="{escape(coding_id)}"></a>' for coding_id in begins])
    opening = '<mark class="more">' if codings > 1 else "<mark>"
    return f"{opening}{anchors}{escape(words)}</mark>"

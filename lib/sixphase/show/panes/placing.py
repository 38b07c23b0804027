"""The placing desk: codings that stand nowhere since their transcript was replaced, each beside the place proposed for it.

A person accepts a place, chooses another, or says that there is none. Until then the coding is drawn nowhere.
"""

import pandas as pd
from markupsafe import escape

from ...anchoring import differences
from ...problems import count
from ...study import Study
from ..results import SYNTHETIC, Page
from . import modules
from .pane import Desk, _records
from .work import Work, transcript

AROUND = 240  # code points shown on each side of a place proposed


class Placer(Work):
    """The placing desk of one study. Without a kernel it shows what waits, the old words beside the place proposed."""

    _esm = modules.joined("placer.js")
    title = "Placing desk"

    def news(self, act: dict) -> dict:
        """What waits now."""
        return {"waiting": told(self._desk.waiting, self._desk.study, self._desk.by)}

    def still(self) -> Page:
        """What waits, as a table."""
        return placing_still(self._desk.waiting, self._desk.study)


def placer(desk: Desk) -> Placer | Page:
    """A desk to give codings a place at that a new version of their transcript left without one; a sentence where none waits.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom: each coder decides about their own codings.
    """
    waiting = desk.waiting
    if (waiting["coder_id"] == desk.by).any():
        return Placer(desk)
    return placing_still(waiting, desk.study)


def told(waiting: pd.DataFrame, study: Study, by: str) -> dict:
    """What waits for one person, as the page shows it, and how many wait for others."""
    own = waiting[waiting["coder_id"] == by]
    names = study.codes.set_index("code_id")["name"]
    rows = _records(own.assign(code=own["code_id"].map(names).fillna(own["code_id"])))
    for row in rows:
        text, start, end = study.texts[row["source_id"]], row["start"], row["end"]
        has_place = start is not None
        row["old"], row["new"] = differences(row["quotation"], row["now_reads"] or "") if has_place else ([[row["quotation"], False]], [])
        row["new_before"], row["new_after"] = (text[max(0, start - AROUND):start], text[end:end + AROUND]) if has_place else ("", "")
    others = waiting.loc[waiting["coder_id"] != by, "coder_id"].value_counts().sort_index()
    return {"rows": rows, "others": [f"{count(int(number), 'coding')} of {coder}" for coder, number in others.items()]}


def _waiting(work: Placer, message: dict) -> dict:
    """All that waits, and who works here."""
    study = work._desk.study
    return {"waiting": told(work._desk.waiting, study, work._desk.by), "me": work._desk.by, "label": SYNTHETIC if study.settings["synthetic"] else ""}


Placer.asked = {"waiting": _waiting, "transcript": transcript}


def placing_still(waiting: pd.DataFrame, study: Study) -> Page:
    """What waits for a place, the old words beside those that stand at the place proposed, as it can be read without a kernel."""
    if waiting.empty:
        return Page("<p>Every coding has its place. When a new version of a transcript leaves some without a sure one, they wait here for you.</p>", "No coding waits for a place.")
    names = study.codes.set_index("code_id")["name"]
    rows = "".join(f"<tr>{_cell(escape(row.source_id))}{_cell(escape(names.get(row.code_id, row.code_id)) + f'<br>{escape(row.coder_id)}')}{_cell(_old(row))}{_cell(_new(row))}</tr>\n"
                   for row in waiting.itertuples())
    head = "".join(f'<th scope="col" style="text-align:left">{word}</th>' for word in ("interview", "code, coder", "as it was coded", "now, at the place proposed"))
    caption = f"{count(len(waiting), 'coding')} without a place since their transcript was replaced. They are drawn nowhere until somebody places them."
    return Page(f'<table class="sixphase"><caption style="text-align:left;caption-side:top">{escape(caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table>', caption)


def _cell(content: str) -> str:
    return f'<td style="text-align:left;vertical-align:top;white-space:normal">{content}</td>'


def _old(row) -> str:
    return "".join(_marked(words, "del" if changed else "") for words, changed in differences(row.quotation, row.now_reads if pd.notna(row.now_reads) else row.quotation)[0])


def _new(row) -> str:
    if pd.isna(row.start):
        return "<em>the words are gone</em>" if row.how == "lost" else "<em>no place stands out: choose one</em>"
    return "".join(_marked(words, "ins" if changed else "") for words, changed in differences(row.quotation, row.now_reads)[1])


def _marked(words: str, tag: str) -> str:
    return f"<{tag}>{escape(words)}</{tag}>" if tag else str(escape(words))

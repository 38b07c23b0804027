"""What all widgets have in common in which a person works on themes: acts come in, what is on the disk goes back.

No words of anybody are part of a widget's state, which notebooks store; they reach the page by a message.
"""

import hashlib
from collections.abc import Callable

import anywidget
import pandas as pd
import traitlets

from ..results import SYNTHETIC, Page
from . import modules
from .pane import _answered, _records, _turns, sentence


class Work(anywidget.AnyWidget):
    """A widget over one desk. Below it says how it is called, what it can be asked, and how it looks without a kernel."""

    _css = modules.style("pane.css", "board.css")
    desk = traitlets.Unicode().tag(sync=True)  # a name for the place acts go to; no words of anybody
    title = ""
    asked: dict[str, Callable] = {}

    def __init__(self, desk, **state: str):
        folder = hashlib.sha256(str(desk.study.folder.resolve()).encode()).hexdigest()[:8]
        super().__init__(desk=f"{desk.study.name} {desk.by} {folder} {self.title}", **state)
        self._desk = desk
        self.on_msg(self._heard)

    def _heard(self, _, message: dict, __) -> None:
        if "act" in message:
            self._act(message["act"])
        elif message.get("ask") in self.asked:
            self.send(_answered(self.asked[message["ask"]], self, message))

    def _act(self, act: dict) -> None:
        try:
            self._desk.record(act)
        except Exception as error:  # whatever it is, the person must hear that this is not saved
            self.send({"refused": {"id": act.get("id"), "why": sentence(error)}, **self._news(act)})
            return
        self.send({"saved": {"id": act["id"], "act": act}, **self._news(act)})

    def _news(self, act: dict) -> dict:
        """What the page should know after an act, saved or refused; nothing when the study cannot be read."""
        try:
            return self.news(act)
        except Exception:  # the act itself was answered; what is shown is asked for anew when the study reads again
            return {}

    def news(self, act: dict) -> dict:
        """What an act changed, as it is on the disk now."""
        raise NotImplementedError

    def still(self) -> Page:
        """The same view for a run, a web page or a reader without a kernel."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{self.title}. In JupyterLab, run this cell to work in it."

    def _repr_mimebundle_(self, **kwargs):
        made = super()._repr_mimebundle_(**kwargs)
        bundle = made[0] if isinstance(made, tuple) else made
        page = self.still()
        page.label = SYNTHETIC if self._desk.study.settings["synthetic"] else ""
        return {**bundle, "text/plain": repr(self), "text/html": page._repr_html_()}


def transcript(work: Work, message: dict) -> dict:
    """Answer with the turns of one interview."""
    study, source_id = work._desk.study, message["source_id"]
    text = work._desk.text(source_id)
    return {"source_id": source_id, "turns": _turns(study.turns[study.turns["source_id"] == source_id], text)}


def passages(codings: pd.DataFrame) -> list[dict]:
    """Segments as a page shows them: where each stands, and its words; each once."""
    once = codings.sort_values(["source_id", "start", "end", "coding_id"], kind="stable").drop_duplicates(["source_id", "start", "end"])
    told = once.assign(line=once["text_line"], words=once["quotation"])
    return _records(told[["coding_id", "source_id", "line", "start", "end", "words", "comment"]])

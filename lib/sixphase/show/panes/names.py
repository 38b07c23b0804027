"""The names desk: who and what could be recognised, for a person to decide about, once each.

Names reach the page by a message when a person opens the desk. They are never part of the widget's state, nor of its still
view, which says how many there are.
"""

import hashlib
from pathlib import Path
from typing import Protocol

import anywidget
import pandas as pd
import traitlets
from markupsafe import escape

from ...identifiers import KINDS
from ...places import COMMAND
from ...study import Study
from ..results import Page
from . import modules
from .pane import sentence


class Desk(Protocol):
    """What the pane needs of `files.NamesDesk`."""

    study: Study
    key: Path | None
    forms: pd.DataFrame

    def record(self, act: dict) -> str:
        """Store a decision; says what it changed."""


class Names(anywidget.AnyWidget):
    """A pane over one key list. What it shows of itself without a kernel is counts."""

    _esm = modules.joined("names.js")
    _css = modules.style()
    desk = traitlets.Unicode().tag(sync=True)  # a name for the place acts go to; no words of anybody

    def __init__(self, desk: Desk):
        place = hashlib.sha256(str(desk.key).encode()).hexdigest()[:8]
        super().__init__(desk=f"names {place}")
        self._desk = desk
        self.on_msg(self._heard)

    def _heard(self, _, message: dict, __) -> None:
        if "act" in message:
            act = message["act"]
            try:
                self._desk.record(act)
            except Exception as error:  # whatever it is, the person must hear that this is not saved
                self.send({"refused": {"id": act.get("id"), "why": sentence(error)}, "forms": self._forms()})
                return
            self.send({"saved": {"id": act["id"], "act": act}, "forms": self._forms()})
        elif message.get("ask") == "names":
            self.send({"re": message["id"], "forms": self._forms(), "kinds": list(KINDS), "study": self._desk.study.name, "key": str(self._desk.key)})

    def _forms(self) -> list[dict]:
        return self._desk.forms.to_dict("records")

    def __repr__(self) -> str:
        return "Names desk. In JupyterLab, run this cell to work at it."

    def _repr_mimebundle_(self, **kwargs):
        made = super()._repr_mimebundle_(**kwargs)
        bundle = made[0] if isinstance(made, tuple) else made
        return {**bundle, "text/plain": repr(self), "text/html": _counts(self._desk.forms)._repr_html_()}


def names(desk: Desk) -> Names | Page:
    """A desk to decide about names at; a page that says what to do where no key list was named.

    Parameters
    ----------
    desk : files.NamesDesk
    """
    if desk.key is None:
        return Page(f"<p>Nothing is looked for until you name a key list, a file outside the study: set <code>key</code> in the first code cell, or use "
                    f"“{escape(COMMAND)} names {escape(desk.study.name)} --key ../names.csv”. Who is who stays in that file.</p>", "Names.")
    return Names(desk)


def _counts(forms: pd.DataFrame) -> Page:
    said = forms.assign(decision=forms["decision"].replace("", "not decided"))
    rows = "".join(f"<tr><th scope='row'>{kind}</th>" + "".join(f"<td>{int(((said['kind'] == kind) & (said['decision'] == decision)).sum())}</td>" for decision in ("replace", "keep", "not decided")) + "</tr>"
                   for kind in KINDS if (said["kind"] == kind).any())
    return Page(f"<table><thead><tr><th scope='col'>written forms</th><th scope='col'>replace</th><th scope='col'>keep</th><th scope='col'>not decided</th></tr></thead><tbody>{rows}</tbody></table>",
                "Written forms on the key list, by kind and decision. The list itself stays outside the study.")

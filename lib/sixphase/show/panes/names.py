"""The names desk: who and what could be recognised, for a person to decide about, once each.

Its still view says how many there are; names are shown only to whoever opens the desk.
"""

from pathlib import Path
from typing import Protocol

import pandas as pd
from markupsafe import escape

from ...identifiers import KINDS
from ...study import Study
from ..results import Page
from . import modules
from .work import Work


class Desk(Protocol):
    """What the pane needs of `files.NamesDesk`."""

    study: Study
    by: str
    key: Path | None
    forms: pd.DataFrame

    def record(self, act: dict) -> str:
        """Store a decision; says what it changed."""


class Names(Work):
    """A pane over one key list."""

    _esm = modules.joined("names.js")
    title = "Names desk"
    asked = {"names": lambda work, message: {**work.news(message), "kinds": list(KINDS), "key": str(work._desk.key)}}

    def news(self, act: dict) -> dict:
        """The list as it is now."""
        return {"forms": self._desk.forms.to_dict("records")}

    def still(self) -> Page:
        """Counts of written forms; never a name."""
        said = self._desk.forms.assign(decision=self._desk.forms["decision"].replace("", "not decided"))
        counts = pd.crosstab(said["kind"], said["decision"]).reindex(index=[kind for kind in KINDS if kind in set(said["kind"])], columns=["replace", "keep", "not decided"], fill_value=0)
        return Page(counts.to_html(border=0), "Written forms on the key list, by kind and decision. The list itself stays outside the study.")


def names(desk: Desk) -> Names | Page:
    """A desk to decide about names at; a page that says what to do where no key list was named.

    Parameters
    ----------
    desk : files.NamesDesk
    """
    if desk.key is None:
        return Page(f"<p>Nothing is looked for until you name a key list, a file outside the study: set <code>key</code> in the first code cell, or use "
                    f"the command <code>names {escape(desk.study.name)} --key ../names.csv</code>. Who is who stays in that file.</p>", "Names.")
    return Names(desk)

"""Where names are decided about: the key list, brought up to date with what the transcripts hold, and each decision stored in it.

An act decides about one entity, that is, about every written form of it, or sets one form apart as an entity of its own.
The list is written whole after each act; saying the same twice changes nothing.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..identifiers import proposals
from ..problems import nearest, shown
from ..study import Study
from . import durable
from .key_list import complaints, read_key, write_key


@dataclass
class NamesDesk:
    """A place to decide about names. `key` is None where no key list was named; `forms` is then empty."""

    study: Study
    key: Path | None
    forms: pd.DataFrame
    by: str = ""  # who decides is asked when names are replaced

    def record(self, act: dict) -> str:
        """Store what somebody decided; says what it changed.

        Parameters
        ----------
        act : dict
            `do`: “decide” (an `entity` with its `decision`, `kind` and `replacement`) or “apart” (a `form` becomes an entity of its own).

        Raises
        ------
        ValueError
            There is no such entity or form, or the decision cannot be used. Nothing is stored.
        durable.NotSaved
        """
        with durable.locked(self.key.with_name(f"{self.key.name}.decisions")):  # a lock of its own: writing the list takes that of the file
            there = read_key(self.key, self.study.folder)
            forms = self._decided(there, act) if act.get("do") == "decide" else self._apart(there, act)
            write_key(self.key, self.study.folder, forms)
            self.forms = forms
        return "names"

    def _decided(self, forms: pd.DataFrame, act: dict) -> pd.DataFrame:
        own = forms["entity"] == act.get("entity")
        if not own.any():
            raise ValueError(f"nobody and nothing on the list is called {shown(act.get('entity'))}: {nearest(str(act.get('entity')), forms['entity'])}")
        said = {name: str(act.get(name) or "").strip() for name in ("decision", "kind", "replacement")}
        wrong = [complaint[0] + (f" ({complaint[1]})" if len(complaint) > 1 and complaint[1] else "") for form in forms.loc[own, "form"] for complaint in complaints({"form": form, **said})]
        if wrong:
            raise ValueError(wrong[0])
        forms.loc[own, list(said)] = list(said.values())
        return forms

    def _apart(self, forms: pd.DataFrame, act: dict) -> pd.DataFrame:
        own = forms["form"] == act.get("form")
        if not own.any():
            raise ValueError(f"no form on the list reads {shown(act.get('form'))}")
        kind = forms.loc[own, "kind"].iloc[0]
        if (forms["entity"] == forms.loc[own, "entity"].iloc[0]).sum() == 1:
            return forms  # it stands alone already
        number = 1 + int(forms["entity"].str.extract(rf"^{kind} (\d+)$")[0].dropna().astype(int).max())
        forms.loc[own, ["entity", "decision", "replacement"]] = [f"{kind} {number}", "", f"[{kind} {number}]"]
        return forms


def names_desk(study: Study, key: str | Path = "") -> NamesDesk:
    """A place to decide about the names of a study.

    Parameters
    ----------
    study : Study
    key : str or Path
        The key list, outside the study; made where there is none yet. Nothing is looked for, and nothing written, unless it is named.

    Raises
    ------
    StudyError
        The key list may not lie there, or cannot be read.
    """
    if not str(key):
        return NamesDesk(study, None, pd.DataFrame(columns=["kind", "decision"]))
    path = Path(key).expanduser().resolve()
    forms = proposals(study.texts, study.turns, read_key(path, study.folder))
    write_key(path, study.folder, forms)
    return NamesDesk(study, path, forms)

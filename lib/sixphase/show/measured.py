"""Measures for eyes: each with what it counts, of what, and how it misleads; or, where the study hides it, the sentence that says so."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from markupsafe import escape

from ..approaches import Gate
from ..measures.statements import statement
from .results import Table, table


@dataclass
class Hidden:
    """In the place of a measure that the study does not show: one sentence, and nothing that is kept."""

    sentence: str
    label: str = ""

    def _repr_html_(self) -> str:
        return f'<p class="note">{escape(self.sentence)}</p>' if self.sentence else ""

    def __repr__(self) -> str:
        return self.sentence

    def write(self, folder: Path, name: str) -> None:
        """Keep nothing: what is hidden leaves no file."""


def measured(data: pd.DataFrame, caption: str, *, measure: str | tuple[str, ...], gate: Gate | None = None, rows: int = 60, index: bool = False,
             told_above: bool = False) -> Table | Hidden:
    """Show a measure with its statement beside it.

    Parameters
    ----------
    data : DataFrame
        What was worked out.
    caption : str
    measure : str, or tuple of str
        Its name in `measures.statements`, or those of several.
    gate : Gate, optional
        What `approaches.allowed` says of it. Where it is hidden, its sentence stands in the table's place; an override, or a request,
        is told below the table.
    told_above : bool
        Whether that sentence stands above already, and is not said again.
    """
    if gate is not None and not gate.open:
        return Hidden("" if told_above else gate.sentence)
    shown = table(data, caption, rows=rows, index=index)
    asked = f" {gate.sentence}" if gate is not None else ""
    names = (measure,) if isinstance(measure, str) else measure
    shown.note = " ".join(str(statement(name)) if len(names) == 1 else f"{name.capitalize()}: {statement(name)}" for name in names) + asked
    return shown

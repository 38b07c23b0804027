"""The reporting lists of a study as a supplement to its manuscript: a Word document with real tables, and one HTML page."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from markupsafe import escape

from ...show.results import SYNTHETIC, Table, document
from ...study import Study
from .. import formats
from ..filter import Target
from ..journals import journal_of
from .evidence import Evidence
from .lists import LISTS, lists_of
from .packs import pack

HOW_TO_READ = ("Evidence is what the study's records hold; a statement is what its author says, in the manuscript or here. “Present” says that something is there and never that it is enough, "
               "so nothing is added up. “Not applied” with its reason is a good answer.")
STYLE = "table { display: table; width: 100%; } td { padding-right: 1rem; } td:nth-child(1) { width: 5%; } td:nth-child(2) { width: 25%; } td:nth-child(3) { width: 38%; }"


@dataclass
class Supplement:
    """Reporting lists, laid beside a study; shows itself as tables. `packs`: `pack` of each list, by its name."""

    packs: dict[str, pd.DataFrame] = field(repr=False)
    title: str
    style: Path = field(repr=False)
    caption: str
    label: str = ""

    def _repr_html_(self) -> str:
        parts = [f'<div class="sixphase"><p>{escape(HOW_TO_READ)}</p>']
        for name, table in self.packs.items():
            parts.append(f"<h3>{escape(_heading(name))}</h3><p>{escape(_about(name))}</p>{Table(_printed(table), _caption(name), len(table), self.label)._repr_html_()}")
        return "\n".join(parts) + "</div>"

    def __repr__(self) -> str:
        return f"{self.caption} {self.label}".strip()

    def html(self) -> str:
        """The page, which asks nothing of the network."""
        label = f'<p class="label">{self.label}</p>' if self.label else ""
        body = self._repr_html_().replace("<h3>", "<h2>").replace("</h3>", "</h2>")
        return document(f"Reporting lists: {self.title}", f"<h1>Reporting lists</h1>\n<p>{escape(self.title)}</p>\n{label}\n{body}\n{label}", style=STYLE)

    def docx(self) -> bytes:
        """The Word document, on pages turned sideways."""
        tables = {f"table:{number}": Table(_printed(table), _caption(name), label=self.label) for number, (name, table) in enumerate(self.packs.items(), start=1)}
        parts = [f'## {_heading(name)}\n\n::: {{custom-style="Before Quotation"}}\n{_about(name)}\n:::\n\n[](table:{number})' for number, name in enumerate(self.packs, start=1)]
        with tempfile.TemporaryDirectory(prefix="sixphase-") as folder:
            target = Target("docx", [], tables, {named: number for number, named in enumerate(tables, start=1)}, Path(folder), line=150)
            parsed = formats.parsed("\n\n".join(["# Reporting lists", self.title, HOW_TO_READ, *parts]), [], self.style, folder=Path(folder))
            return formats.as_docx(formats.Paper(parsed, "Reporting lists", target, self.label, sideways=True))

    def write(self, folder: Path, name: str) -> None:
        """Keep it as manuscript/<name>.docx and .html, and each list as tables/<name>_<list>.csv."""
        (folder / "manuscript").mkdir(parents=True, exist_ok=True)
        (folder / "manuscript" / f"{name}.docx").write_bytes(self.docx())
        (folder / "manuscript" / f"{name}.html").write_text(self.html(), encoding="utf-8", newline="\n")
        for of, table in self.packs.items():
            Table(table, "", label=self.label).write(folder, f"{name}_{of.lower().replace(' ', '_').replace('-', '_')}")


def standards(study: Study) -> Supplement:
    """The reporting lists of a study (`lists_of`), each with its evidence and the author's statements.

    Raises
    ------
    StudyError
        What manuscript/standards.yaml says cannot be used.
    """
    known: dict[str, Evidence] = {}
    packs = {name: pack(study, name, known) for name in lists_of(study)}
    label = SYNTHETIC if study.settings["synthetic"] else ""
    return Supplement(packs, study.settings["title"], journal_of(study).style, f"Reporting lists of {study.name}: {', '.join(packs)}.", label)


def _heading(name: str) -> str:
    return f"{name}: {LISTS[name]['title']}" if name.isupper() else LISTS[name]["title"]


def _about(name: str) -> str:
    return " ".join(filter(None, [f"{LISTS[name]['source'].rstrip('.')}. Items are in our own words.", LISTS[name]["note"]]))


def _caption(name: str) -> str:
    return f"{name}: evidence in the records and statements of the author, item by item."


def _printed(table: pd.DataFrame) -> pd.DataFrame:
    """Four columns for a reader: the item, what it asks, the evidence, and the statement with its place."""
    evidence = [row.evidence.capitalize() + (f". {row.found}" if row.found else ".") for row in table.itertuples()]
    statement = [" ".join(filter(None, [f"{row.statement.capitalize()}." if row.statement != "not applied" else "", _full(row.said), f"{row.place}." if row.place else "",
                                        f"Note: {row.note}" if row.note and row.statement != "not applied" else ""])) for row in table.itertuples()]
    return pd.DataFrame({"item": table["item"], "what it asks": table["asks"], "evidence in the records": evidence, "statement of the author, and where": statement})


def _full(words: str) -> str:
    return f"{words.rstrip('.')}." if words else ""

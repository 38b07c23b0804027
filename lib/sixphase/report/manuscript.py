"""The manuscript of a study as DOCX, HTML and PDF, with what it refers to put in place; as long as there is none, a first draft to begin from.

Quotations are read from the transcripts, verbatim, and only from participants who agreed to be quoted; the finished files
are read again to see that each is there.
"""

import re
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..problems import Problem, StudyError, shown
from ..show.results import SYNTHETIC, Page
from ..study import Study
from . import finished, formats
from .filter import Target, draw
from .first_draft import draft
from .journals import journal_of
from .parts import part
from .quoting import printed
from .references import FILE, Resolved, resolved
from .typed import contradictions

PAGES = "2_transcripts/"  # where notebook 2 keeps the transcripts, beside the page of the manuscript


@dataclass
class Manuscript:
    """A manuscript in its three formats; shows itself as the HTML page.

    DOCX and PDF are made, and all three checked, when they are first asked for.
    """

    study: Study = field(repr=False)
    resolved: Resolved = field(repr=False)
    title: str
    caption: str
    label: str = ""
    _made: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def html(self) -> str:
        """The page."""
        if "html" not in self._made:
            with tempfile.TemporaryDirectory(prefix="sixphase-") as folder:
                paper = self._paper(Path(folder))
                draw(paper.target, for_word=False)
                self._made["html"] = formats.as_html(paper)
        return self._made["html"]

    def files(self) -> dict[str, bytes]:
        """The three files by name, each read again to see that every quotation is in it word for word.

        Raises
        ------
        StudyError
            A quotation that did not come through, with its line and the file.
        """
        if "files" not in self._made:
            with tempfile.TemporaryDirectory(prefix="sixphase-") as folder:
                docx, page, pdf = formats.all_formats(self._paper(Path(folder)))
            beside = page.replace(f'href="{PAGES}', f'href="../pages/{PAGES}').encode()
            self._made |= {"html": page, "files": {"manuscript.docx": docx, "manuscript.html": beside, "manuscript.pdf": pdf}}
            self._refuse_lost(docx, page, pdf)
        return self._made["files"]

    def _paper(self, folder: Path) -> formats.Paper:
        label = SYNTHETIC if self.study.settings["synthetic"] else ""
        made = self._made.setdefault("parts", {name: part(self.study, name) for name in self.resolved.placed})
        target = Target("html", self.resolved.quotations, made, self.resolved.placed, folder, PAGES)
        if "document" not in self._made:
            self._made["document"] = formats.parsed(self.resolved.text, self.study.beside.get("references") or [], journal_of(self.study).style, folder=folder)
        return formats.Paper(self._made["document"], self.title, target, label, self.study.folder / "manuscript" / "fonts")

    def _refuse_lost(self, docx: bytes, page: str, pdf: bytes) -> None:
        lines = {printed(quotation.pieces): quotation.line for quotation in self.resolved.quotations}
        label = f"{SYNTHETIC} ·" if self.study.settings["synthetic"] else ""
        lost = finished.missing(lines, docx=finished.docx_text(docx), html=finished.html_text(page), pdf=finished.pdf_text(pdf, label))
        if lost:
            self._made.pop("files")
            raise StudyError([Problem(FILE, lines[words], f"the quotation did not come through to the {kind} word for word", f"{shown(words, 120)}",
                                      do="please report this: the words of a participant must never change") for words, kind in lost], "the finished manuscript")

    def _repr_html_(self) -> str:
        return f'<div class="sixphase">{self.html}</div>'

    def __repr__(self) -> str:
        return f"{self.caption} {self.label}".strip()

    def write(self, folder: Path, name: str) -> None:
        """Keep it as manuscript/manuscript.docx, .html and .pdf, its tables and figures as files beside it, and as a page beside the transcripts."""
        for file, content in self.files().items():
            (folder / "manuscript").mkdir(parents=True, exist_ok=True)
            (folder / "manuscript" / file).write_bytes(content)
        for named, placed in self._made["parts"].items():
            placed.write(folder / "manuscript", named.partition(":")[2])
        Page(self.html, self.caption, whole=True).write(folder, name)


class FirstDraft(Manuscript):
    """A manuscript that nobody has written yet: a page to read, and the Markdown to go on from."""

    def write(self, folder: Path, name: str) -> None:
        """Keep it as manuscript/first_draft.md, and as a page beside the transcripts."""
        (folder / "manuscript").mkdir(parents=True, exist_ok=True)
        (folder / "manuscript" / "first_draft.md").write_text(self.study.manuscript, encoding="utf-8", newline="\n")
        Page(self.html, self.caption, whole=True).write(folder, name)


def manuscript(study: Study) -> Manuscript:
    """The author's manuscript; a first draft if there is none yet (`draft`).

    Raises
    ------
    StudyError
        References of the manuscript that mean nothing, or that may not be printed, words that were not said, numbers that contradict the study; each with its line.
        Of a first draft, what would let somebody be recognised.
    """
    if not study.manuscript:
        return _first_draft(study)
    found = resolved(study)
    if found.problems:
        raise StudyError(found.problems, "the manuscript")
    title = re.match(r"\s*# (.+)", found.text)
    return Manuscript(study, found, title[1].strip() if title else study.settings["title"], f"The manuscript of {study.name}.")


def _first_draft(study: Study) -> FirstDraft:
    """The draft, drawn as a manuscript is. Numbers in what people wrote elsewhere, such as a reason, are theirs until they stand in a manuscript."""
    drafted = replace(study, manuscript=draft(study))
    found = resolved(drafted)
    theirs = contradictions(drafted.manuscript, study.counts)
    if problems := [replace(problem, file="the first draft", line=None) for problem in found.problems if problem not in theirs]:
        raise StudyError(problems, "the first draft, which says what study.yaml, themes.yaml and decisions.jsonl say; mend it there")
    return FirstDraft(drafted, found, study.settings["title"], f"A first manuscript of {study.name}.")

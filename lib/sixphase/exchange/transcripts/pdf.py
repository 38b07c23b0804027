"""Transcripts in a PDF with a text layer.

A PDF has lines at places on a page, not paragraphs: lines are joined again, and running heads and feet are left out.
What comes of that should be looked at, so a PDF always arrives with a doubt.
"""

import io
import re
import statistics
from collections import Counter
from pathlib import Path

from ...problems import StudyError
from ..arrivals import Arrival, refused, tidied

MOST_PAGES = 3_000
NUMBERED = re.compile(r"^Q\d{1,4}\s+(?=\S[^:]{0,60}:)")


def read(path: Path, raw: bytes) -> list[Arrival]:
    """Read a PDF as one interview.

    Raises
    ------
    StudyError
        Protected, damaged, without text (a scan), or too large to be a transcript.
    """
    if not raw.startswith(b"%PDF"):
        raise refused(path, "its name ends in .pdf, but it is no PDF")
    lines, notes = without_running_lines(_pages(path, raw))
    text, more, doubts = tidied("\n".join(joined(lines)))
    paragraphs = [line for line in text.split("\n") if line.strip()]
    if not paragraphs:
        raise refused(path, "no words found: the pages are pictures", do="have it recognised (OCR) and import the text")
    numbered = sum(bool(NUMBERED.match(paragraph)) for paragraph in paragraphs)
    if numbered:
        notes.append(f"{numbered} question numbers before a speaker left out")
    doubts.append("made from a PDF: compare a page or two with the original")
    return [Arrival(path.stem, "pdf", raw, [NUMBERED.sub("", p) for p in paragraphs], encoding="pdf", notes=[*notes, *more], doubts=doubts)]


def _pages(path: Path, raw: bytes) -> list[list[tuple[float, str]]]:
    """The lines of each page as (top, text)."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            if len(document.pages) > MOST_PAGES:
                raise refused(path, f"{len(document.pages):,} pages: too large to be a transcript")
            return [[(line["top"], line["text"]) for line in page.extract_text_lines(return_chars=False)] for page in document.pages]
    except StudyError:
        raise
    except Exception as error:  # a hostile file may raise anything; none of it may reach the person as a traceback
        protected = isinstance(error, PDFPasswordIncorrect) or isinstance(error.__context__, PDFPasswordIncorrect) or "Password" in repr(error)
        raise refused(path, "it is protected by a password" if protected else "it is damaged, or no PDF that can be read",
                      do="save it again without a password" if protected else "open it in a viewer and print it to a new PDF") from None


def without_running_lines(pages: list[list]) -> tuple[list[list[tuple[float, str]]], list[str]]:
    """Leave out lines that stand at the top or foot of at least half of the pages, whatever number they carry."""
    edges = Counter(re.sub(r"\d+", "0", line[1]) for page in pages for line in {tuple(end) for end in (*page[:1], *page[-1:])})
    running = {text for text, times in edges.items() if times >= max(3, len(pages) / 2)}
    kept = [[(top, text) for n, (top, text) in enumerate(page)
             if n not in (0, len(page) - 1) or re.sub(r"\d+", "0", text) not in running] for page in pages]
    left_out = sum(map(len, pages)) - sum(map(len, kept))
    return kept, [f"{left_out} running heads and feet left out"] if left_out else []


def joined(pages: list[list[tuple[float, str]]]) -> list[str]:
    """Join lines into paragraphs: a gap wider than a line, or a label, begins a new one."""
    gaps = [b[0] - a[0] for page in pages for a, b in zip(page, page[1:], strict=False) if b[0] > a[0]]
    usual = statistics.median(gaps) if gaps else 0
    paragraphs: list[str] = []
    for page in pages:
        above = None
        for top, text in page:
            begins = (above is not None and top - above > 1.3 * usual) or LABELLED.match(text)
            if begins or not paragraphs:
                paragraphs.append(text)
            else:
                paragraphs[-1] += text if paragraphs[-1].endswith("-") else f" {text}"
            above = top
    return paragraphs


LABELLED = re.compile(r"(?:Q\d{1,4}\s+)?[A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,4}:\s")

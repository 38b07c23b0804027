"""Transcripts in an OpenDocument text: the words its reader sees, once each, with all tracked changes accepted."""

import re
from collections import Counter
from pathlib import Path

from lxml import etree

from ..arrivals import Arrival, paragraphs_of, refused, tidied
from .archives import Archive
from .tables import row_as_paragraphs

UNREAD = {"tracked-changes": "", "annotation": "comments", "annotation-end": "", "note": "notes", "sequence-decls": "", "variable-decls": "", "user-field-decls": "",
          "forms": "", "hidden-text": "hidden passages", "title": "", "desc": "", "binary-data": "", "object": "", "image": "", "script": "", "event-listeners": "",
          "ruby-text": "reading aids over characters", "dde-connection-decls": "", "alphabetical-index-auto-mark-file": ""}


def read(path: Path, raw: bytes) -> list[Arrival]:
    """Read an OpenDocument text as one interview."""
    archive = Archive(path, raw)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise refused(path, "it is protected by a password", do="save it again without a password")
    if "content.xml" not in archive.names:
        raise refused(path, "it is a zip file, but no OpenDocument text", do="give the file its right ending")
    root = archive.xml("content.xml")
    body = next((e for e in root.iter() if _name(e) == "text" and "office" in etree.QName(e).namespace), None)
    if body is None:
        raise refused(path, "it is no OpenDocument text", do="open it in its own program and save it again")
    hidden = _hidden_styles(root)
    if "styles.xml" in archive.names and b'display="none"' in (styles := archive.read("styles.xml")):
        hidden |= _hidden_styles(archive.xml("styles.xml")) if styles else set()
    found = _Words(hidden)
    found.block(body)
    text, notes, doubts = tidied("\n".join(found.paragraphs))
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        raise refused(path, "no words found: the document is empty")
    return [Arrival(path.stem, "opendocument", raw, paragraphs, encoding="odt", notes=[*found.notes(), *notes], doubts=doubts)]


def _hidden_styles(root: etree._Element) -> set[str]:
    styles = {_of(s, "name"): s for s in root.iter() if _name(s) == "style"}
    hides = {name for name, style in styles.items() for part in style if _name(part) == "text-properties" and _of(part, "display") == "none"}
    for _ in styles:
        hides |= {name for name, style in styles.items() if _of(style, "parent-style-name") in hides}
    return hides


class _Words:
    """The words of a document, collected paragraph by paragraph."""

    def __init__(self, hidden: set[str]):
        self.hidden = hidden
        self.paragraphs: list[str] = []
        self.left_out: Counter = Counter()
        self._boxes: list[etree._Element] = []

    def notes(self) -> list[str]:
        """What was not read."""
        return [f"{number:,} {what} not imported" for what, number in sorted(self.left_out.items())]

    def block(self, element: etree._Element) -> None:
        """Read what lies between paragraphs: the body, a list, a cell, a section, a text box."""
        for child in element:
            name = _name(child)
            if name in ("p", "h"):
                self.paragraph(child)
            elif name == "table-row":
                self.row(child)
            elif self._is_unread(child, name):
                continue
            else:
                self.block(child)

    def row(self, row: etree._Element) -> None:
        """Read a row of a table: as a turn, where it is one of speaker and words."""
        before, self.paragraphs, cells = self.paragraphs, [], []
        for cell in row:
            at = len(self.paragraphs)
            self.block(cell)
            cells.append(self.paragraphs[at:])
        joined = row_as_paragraphs(["\n".join(cell) for cell in cells])
        self.paragraphs = before + (joined or self.paragraphs)

    def paragraph(self, element: etree._Element) -> None:
        """Read one paragraph, then the text boxes that hang on it."""
        if _of(element, "style-name") in self.hidden:
            self.left_out["hidden passages"] += 1
            return
        pieces: list[str] = []
        self.inline(element, pieces)
        self.paragraphs.append("".join(pieces))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.block(box)

    def inline(self, element: etree._Element, pieces: list[str]) -> None:
        """Read what lies in a line: spans, links, spaces, fields' results. White space is folded, as OpenDocument says."""
        pieces.append(_flat(element.text))
        for child in element:
            name = _name(child)
            if name == "s":
                pieces.append(" ")
            elif name in ("tab", "line-break"):
                pieces.append("\n" if name == "line-break" else "\t")
            elif name == "text-box":
                self._boxes.append(child)
            elif not self._is_unread(child, name):
                self.inline(child, pieces)
            pieces.append(_flat(child.tail))

    def _is_unread(self, element: etree._Element, name: str) -> bool:
        deletions = sum(_name(part) == "deletion" for part in element.iter()) if name == "tracked-changes" else 0
        if deletions:
            self.left_out["tracked deletions"] += deletions
        what = UNREAD.get(name)
        if what is None and (_of(element, "display") == "none" or _of(element, "style-name") in self.hidden):
            what = "hidden passages"
        if what:
            self.left_out[what] += 1
        return what is not None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag[tag.rfind("}") + 1:] if isinstance(tag, str) else ""


def _of(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")

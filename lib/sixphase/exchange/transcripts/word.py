"""Transcripts in a Word document: the words its reader sees, once each, with all tracked changes accepted.

Read in the order of the body: paragraphs, tables, content controls, insertions, and text boxes after the paragraph they
hang on. Deletions, comments, notes, hidden words, codes of fields, headers and footers are not words of the interview:
they are counted, never read.
"""

import re
from collections import Counter
from pathlib import Path

from lxml import etree

from ..arrivals import Arrival, paragraphs_of, refused, tidied
from .archives import Archive
from .tables import row_as_paragraphs

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE_DOCUMENT = re.compile(r"/relationships/officeDocument$")
CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
UNREAD = {"del": "tracked deletions", "moveFrom": "tracked deletions", "footnoteReference": "notes", "endnoteReference": "notes", "commentReference": "comments",
          "pict": "", "object": "pictures and embedded objects", "rPr": "", "sectPr": "", "tblPr": "", "tblGrid": "", "sdtPr": "", "sdtEndPr": "", "rt": "reading aids over characters",
          "instrText": "", "delText": "", "delInstrText": "", "altChunk": "embedded documents", "subDoc": "embedded documents"}
OPAQUE = re.compile(r"/(diagram|chart|ink)")


def read(path: Path, raw: bytes) -> list[Arrival]:
    """Read a Word document as one interview."""
    archive = Archive(path, raw)
    main = _main_part(path, archive)
    found = _Words(path, _hidden_styles(archive, main))
    body = archive.xml(main)
    if etree.QName(body).namespace not in (MAIN, STRICT):
        raise refused(path, "it is no document of Word", do="open it in its own program and save it again")
    found.block(body)
    text, notes, doubts = tidied("\n".join(found.paragraphs))
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        raise refused(path, "no words found: the document is empty", found=", ".join(f"{n} {what}" for what, n in sorted(found.left_out.items())))
    return [Arrival(path.stem, "word", raw, paragraphs, encoding="docx", notes=[*found.notes(), *_beside(archive), *notes], doubts=[*found.doubts, *_outside(archive, main), *doubts])]


def _main_part(path: Path, archive: Archive) -> str:
    if "_rels/.rels" in archive.names:
        for relation in archive.xml("_rels/.rels"):
            if OFFICE_DOCUMENT.search(relation.get("Type", "")) and relation.get("TargetMode") != "External":
                name = relation.get("Target", "").lstrip("/")
                if name in archive.names:
                    return name
    if "word/document.xml" not in archive.names:
        raise refused(path, "it is a zip file, but no document of Word", do="give the file its right ending")
    return "word/document.xml"


def _hidden_styles(archive: Archive, main: str) -> set[str]:
    """The styles that hide their words, those based on them with them."""
    name = main.rpartition("/")[0] + "/styles.xml"
    content = archive.read(name) if name in archive.names else b""
    if b"vanish" not in content.replace(b"\0", b""):
        return set()
    styles = {_of(s, "styleId"): s for s in archive.xml(name) if _name(s) == "style"}
    hides = {name for name, style in styles.items() for mark in style.iter() if _name(mark) == "vanish" and _is_on(mark)}
    for _ in styles:
        hides |= {name for name, style in styles.items() for base in style if _name(base) == "basedOn" and _of(base, "val") in hides}
    return hides


def _beside(archive: Archive) -> list[str]:
    parts = sum(bool(re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)) for name in archive.names)
    return [f"{parts} headers or footers not imported"] if parts else []


def _outside(archive: Archive, main: str) -> list[str]:
    """What the document would fetch from elsewhere, which is never done; a link that a reader may click is none."""
    folder, _, name = main.rpartition("/")
    doubts = []
    for part in (f"{folder}/_rels/{name}.rels", f"{folder}/_rels/settings.xml.rels"):
        if part in archive.names:
            outside = [r for r in archive.xml(part) if r.get("TargetMode") == "External" and not r.get("Type", "").endswith("/hyperlink")]
            doubts += [f"{len(outside)} things it would fetch from elsewhere (a template, a picture) were not fetched"] if outside else []
    return doubts


class _Words:
    """The words of a document, collected paragraph by paragraph."""

    def __init__(self, path: Path, hidden: set[str]):
        self.path, self.hidden = path, hidden
        self.paragraphs: list[str] = []
        self.left_out: Counter = Counter()
        self.inserted = 0
        self.doubts: list[str] = []
        self._fields: list[bool] = []  # for each field that is open, whether its result has begun
        self._boxes: list[etree._Element] = []
        self._joins = False  # whether the mark of the paragraph before was deleted

    def notes(self) -> list[str]:
        """What was not read, and which view of tracked changes was taken."""
        notes = [f"{number:,} {what} not imported" for what, number in sorted(self.left_out.items())]
        return notes + ([f"{self.inserted:,} tracked insertions accepted"] if self.inserted else [])

    def block(self, element: etree._Element) -> None:
        """Read what lies between paragraphs: the body, a cell, a content control, a text box."""
        for child in element:
            name = _name(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                for row in child.iter(f"{{{etree.QName(child).namespace}}}tr"):
                    if next((a for a in row.iterancestors() if _name(a) == "tbl"), None) is child:
                        self.row(row)
            elif name in UNREAD:
                self._leave(name, child)
            elif name == "sdt" and self._is_placeholder(child):
                self.left_out["placeholders of content controls"] += 1
            elif name == "AlternateContent":
                self._alternatives(child, self.block)
            else:
                self.block(child)

    def row(self, row: etree._Element) -> None:
        """Read a row of a table: as a turn, where it is one of speaker and words."""
        if any(_name(mark) == "del" for part in row if _name(part) == "trPr" for mark in part):
            self.left_out["tracked deletions"] += 1
            return
        before, self.paragraphs, cells = self.paragraphs, [], []
        for cell in self._cells(row):
            at = len(self.paragraphs)
            self.block(cell)
            cells.append(self.paragraphs[at:])
        joined = row_as_paragraphs(["\n".join(cell) for cell in cells])
        self.paragraphs = before + (joined or self.paragraphs)

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        found = []
        for child in row:
            if _name(child) == "tc":
                found.append(child)
            elif _name(child) in ("sdt", "sdtContent", "customXml", "ins"):
                found += self._cells(child)
        return found

    def paragraph(self, element: etree._Element) -> None:
        """Read one paragraph, then the text boxes that hang on it."""
        pieces: list[str] = []
        mark, style = _mark(element)
        if style in self.hidden:
            self.left_out["hidden passages"] += 1
        else:
            self.inline(element, pieces)
        text = "".join(pieces)
        if self._joins and self.paragraphs:
            self.paragraphs[-1] += text
        else:
            self.paragraphs.append(text)
        self._joins = mark
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._joins = False
            self.block(box)

    def inline(self, element: etree._Element, pieces: list[str]) -> None:
        """Read what lies in a line: runs, links, insertions, fields."""
        for child in element:
            name = _name(child)
            if name == "r":
                if len(child) and _name(child[0]) == "rPr" and self._is_hidden(child[0]):
                    self.left_out["hidden passages"] += any(_name(part) == "t" for part in child)
                    self._fields_of(child)
                else:
                    self.inline(child, pieces)
            elif name == "t":
                if all(self._fields):
                    pieces.append(child.text or "")
            elif name in CHARACTERS:
                pieces.append(CHARACTERS[name] if all(self._fields) else "")
            elif name == "fldChar":
                self._field(_of(child, "fldCharType"))
            elif name == "fldSimple":
                self.left_out["codes of fields"] += 1
                self.inline(child, pieces)
            elif name == "sym":
                pieces.append(self._symbol(_of(child, "char")))
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "pict":
                self.inline(child, pieces)
            elif name in UNREAD:
                self._leave(name, child)
            elif name == "AlternateContent":
                self._alternatives(child, lambda chosen: self.inline(chosen, pieces))
            elif name == "sdt" and self._is_placeholder(child):
                self.left_out["placeholders of content controls"] += 1
            elif name in ("p", "tbl"):
                self._boxes.append(element)
                return
            else:
                self.inserted += name in ("ins", "moveTo") and any(_name(part) == "r" for part in child)
                if OPAQUE.search(child.get("uri", "")):
                    self.doubts.append("a diagram or chart may hold words that were not read")
                self.inline(child, pieces)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
            self.left_out["codes of fields"] += 1
        elif self._fields and kind == "separate":
            self._fields[-1] = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _fields_of(self, run: etree._Element) -> None:
        for part in run:
            if _name(part) == "fldChar":
                self._field(_of(part, "fldCharType"))

    def _leave(self, name: str, element: etree._Element) -> None:
        what = UNREAD[name]
        if what:
            self.left_out[what] += 1
        if what == "embedded documents":
            self.doubts.append("a document is embedded in it; its words were not read")
        if what == "tracked deletions":
            for part in element.iter():  # a field may begin in what was deleted and end after it
                if _name(part) == "fldChar":
                    self._field(_of(part, "fldCharType"))

    def _alternatives(self, element: etree._Element, read) -> None:
        chosen = next((child for child in element if _name(child) == "Choice"), None)
        chosen = chosen if chosen is not None else next((child for child in element if _name(child) == "Fallback"), None)
        if chosen is not None:
            read(chosen)

    def _symbol(self, char: str) -> str:
        number = int(char, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", char) else 0
        if 0x20 < number < 0xE000:
            return chr(number)
        self.doubts.append("a symbol of a font of its own is shown as [symbol]")
        return "[symbol]"

    def _is_hidden(self, properties: etree._Element) -> bool:
        for mark in properties:
            name = _name(mark)
            if name == "vanish":
                return _is_on(mark)
            if name == "rStyle" and _of(mark, "val") in self.hidden:
                return True
        return False

    def _is_placeholder(self, control: etree._Element) -> bool:
        return any(_name(mark) == "showingPlcHdr" and _is_on(mark) for part in control if _name(part) == "sdtPr" for mark in part)


class _Names(dict):
    """Names of tags without their namespace, each worked out once."""

    def __missing__(self, tag: str) -> str:
        self[tag] = name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return name


NAMES = _Names()


def _name(element: etree._Element) -> str:
    return NAMES[element.tag]


def _of(element: etree._Element, name: str) -> str:
    return element.get(f"{{{MAIN}}}{name}") or element.get(f"{{{STRICT}}}{name}") or ""


def _is_on(mark: etree._Element) -> bool:
    return _of(mark, "val") not in ("0", "false", "off", "none")


def _mark(paragraph: etree._Element) -> tuple[bool, str]:
    """Whether the mark that ends a paragraph was deleted, and the paragraph's style."""
    deleted, style = False, ""
    if len(paragraph) and _name(paragraph[0]) == "pPr":
        for part in paragraph[0]:
            name = _name(part)
            if name == "pStyle":
                style = _of(part, "val")
            elif name == "rPr":
                deleted = any(_name(mark) in ("del", "moveFrom") for mark in part)
    return deleted, style

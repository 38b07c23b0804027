"""Transcripts in a web page: the words that a browser would show, in order."""

import re
from collections import Counter
from pathlib import Path

from lxml import etree

from ..arrivals import Arrival, decoded, paragraphs_of, refused, tidied
from .tables import row_as_paragraphs

UNSEEN = {"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea", "audio", "video", "canvas", "datalist"}
BLOCKS = {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
          "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
          "td", "tfoot", "th", "thead", "title", "tr", "ul", "caption", "legend"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.I)


def read(path: Path, raw: bytes, *, encoding: str | None = None) -> list[Arrival]:
    """Read a web page as one interview."""
    declared = CHARSET.search(raw[:4096])
    is_marked = raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    text, used = decoded(path, raw, encoding or (declared[1].decode().lower() if declared and not is_marked else None))
    if not re.search(r"<\s*[a-zA-Z!/]", text):
        raise refused(path, "its name ends in .html, but there is no HTML in it", do="save it as .txt")
    text, notes, doubts = tidied(text)
    found, more = paragraphs(path, text)
    if not found:
        raise refused(path, "no words found: the page shows none")
    return [Arrival(path.stem, "html", raw, found, encoding=used, notes=[*notes, *more], doubts=doubts)]


def paragraphs(path: Path, page: str) -> tuple[list[str], list[str]]:
    """The paragraphs a browser would show of a page, and notes of what it would not."""
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=False, remove_pis=True)
    page = re.sub(r"\A\s*<\?xml[^>]*\?>", "", page)
    root = etree.fromstring(page, parser) if page.strip() else None
    if any("xcessive depth" in error.message or error.type_name == "ERR_INTERNAL_ERROR" for error in parser.error_log):
        raise refused(path, "nested too deeply to be a transcript")
    if root is None:
        return [], []
    pieces: list[str] = []
    left_out: Counter = Counter()
    _walk(root, pieces, left_out)
    return paragraphs_of("".join(pieces)), [f"{number:,} {what} not imported" for what, number in sorted(left_out.items())]


def _walk(root: etree._Element, pieces: list[str], left_out: Counter) -> None:
    """Write the words below an element, without recursion: how deep a page goes is its author's choice."""
    skipped: etree._Element | None = None
    pre = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            if skipped is None:
                left_out["comments"] += 1
                pieces.append(_flat(element.tail, pre))
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipped is None:
            if _unseen(element, tag, left_out):
                skipped = element
                continue
            pre += tag == "pre"
            turn = row_as_paragraphs([_flat(cell.text, 0) for cell in element]) if tag == "tr" and all(len(cell) == 0 for cell in element) else []
            if turn:
                pieces.append("\n" + "\n".join(turn) + "\n")
                skipped = element
                continue
            pieces.append("\n" if tag in BLOCKS or tag == "br" else "")
            pieces.append(_flat(element.text, pre))
        elif event == "end" and (skipped is None or skipped is element):
            pre -= tag == "pre" and skipped is None
            skipped = None
            pieces.append("\n" if tag in BLOCKS else "")
            pieces.append(_flat(element.tail, pre))


def _unseen(element: etree._Element, tag: str, left_out: Counter) -> bool:
    if "hidden" in element.attrib or HIDDEN.search(element.get("style", "")) or tag == "del":
        left_out["deletions" if tag == "del" else "hidden passages"] += 1
        return True
    return tag in UNSEEN


def _flat(text: str | None, pre: int) -> str:
    return (text or "") if pre else re.sub(r"\s+", " ", text or "")

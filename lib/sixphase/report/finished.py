"""Reading finished files, to see that every quotation is in the DOCX, the HTML and the PDF, word for word."""

import html.parser
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = {"p", "blockquote", "div", "h1", "h2", "h3", "h4", "li", "td", "th", "tr", "figcaption", "caption", "section"}


def docx_text(docx: bytes) -> str:
    """The text of a Word document: a line a paragraph, its line breaks kept."""
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml"))
    return "\n".join("".join(_run_text(node) for node in paragraph.iter()) for paragraph in body.iter(f"{WORD}p"))


def _run_text(node: ElementTree.Element) -> str:
    return {f"{WORD}t": node.text or "", f"{WORD}br": "\n", f"{WORD}tab": "\t"}.get(node.tag, "")


class _Text(html.parser.HTMLParser):
    """Collects the words of a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("style", "head")
        self.words += ["\n"] if tag in BLOCKS else []

    def handle_endtag(self, tag):
        self.silent -= tag in ("style", "head")

    def handle_data(self, data):
        self.words += [] if self.silent else [data]


def html_text(page: str) -> str:
    """The words of an HTML page, as they stand in it."""
    reader = _Text()
    reader.feed(re.sub(r"<br ?/?>\n?", "\n", page))
    return "".join(reader.words)


def pdf_text(pdf: bytes, footer: str = "") -> str:
    """The words of a PDF; the foot of each page left out."""
    import pypdfium2

    foot = re.compile(rf"\s*{re.escape(footer)}\s*\d+ of \d+\s*$|^\s*{re.escape(footer)}\s*\d+ of \d+\s*")
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    # A hyphen at the end of a line is told as a private mark.
    return "\n".join(foot.sub("", re.sub("[\x02\ufffe]", "-", page)) for page in pages)


def missing(quotations: Iterable[str], *, docx: str, html: str, pdf: str) -> list[tuple[str, str]]:
    """List the quotations that a finished file does not hold word for word, each with the file.

    In DOCX and HTML the words must be there as they are. A PDF has no spaces and no line ends of its own, so white space is left out of the comparison, and
    words written from right to left, which a reader of PDF gives in the order of the page, are looked for one by one.
    """
    bare = _bare(pdf)
    lost = []
    for words in quotations:
        lost += [(words, name) for name, text in (("DOCX", docx), ("HTML", html)) if words not in text]
        wanted = words.split() if any(unicodedata.bidirectional(c) in ("R", "AL") for c in words) else [words]
        lost += [(words, "PDF")] if not all(_bare(part) in bare for part in wanted) else []
    return lost


def _bare(text: str) -> str:
    return "".join(text.split())

"""Transcripts as a Word file in which every coding is a comment: the code, then the coder's note; the author is the coder's id."""

from html import escape

from ...codebook import paths
from ...suggestions import mark
from .leaving import Leaving
from .refi_writing import lawful, packed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
         '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>')
RELATIONS = HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'


def write(told: Leaving) -> bytes:
    """The Word file; each interview begins on a new page under its name."""
    names, comments, body = paths(told.codes), [], []
    of_source = {source: rows for source, rows in told.codings.groupby("source_id")}
    for number, (source, text) in enumerate(told.texts.items()):
        page = '<w:pPr><w:pageBreakBefore/></w:pPr>' if number else ""
        body.append(f"<w:p>{page}{_run(source, bold=True)}</w:p>")
        rows = list(of_source[source].sort_values(["start", "end", "coding_id"], kind="stable").itertuples()) if source in of_source else []
        marks = [(row.start, row.end, len(comments) + n) for n, row in enumerate(rows)]
        comments += [_comment(len(comments) + n, names.get(row.code_id, row.code_id), row) for n, row in enumerate(rows)]
        body.append(_paragraphs(text, marks))
    document = f'{HEAD}<w:document {W}><w:body>{"".join(body)}<w:sectPr/></w:body></w:document>'
    return packed({"[Content_Types].xml": TYPES.encode(), "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml").encode(),
                   "word/document.xml": document.encode("utf-8"), "word/comments.xml": f"{HEAD}<w:comments {W}>{''.join(comments)}</w:comments>".encode(),
                   "word/_rels/document.xml.rels": RELATIONS.format(kind="comments", target="comments.xml").encode()})


def _run(words: str, *, bold: bool = False) -> str:
    if not words:
        return ""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(lawful(piece), quote=False)}</w:t>' if piece else "" for piece in words.split("\t"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{pieces}</w:r>"


def _comment(number: int, name: str, row) -> str:
    lines = [name, *([proposed] if (proposed := mark(row.suggested_by, row.edited)) else []), *(row.comment.split("\n") if isinstance(row.comment, str) else [])]
    inside = "".join(f"<w:p>{_run(line)}</w:p>" for line in lines)
    return f'<w:comment w:id="{number}" w:author="{escape(row.coder_id)}" w:date="{escape(row.created)}" w:initials="{escape(row.coder_id[:4])}">{inside}</w:comment>'


def _paragraphs(text: str, marks: list[tuple[int, int, int]]) -> str:
    """The lines of a text as paragraphs, with the ends of comments between their runs."""
    at: dict[int, list[str]] = {}
    for start, end, number in marks:
        at.setdefault(end, []).insert(0, f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>')
    for start, _, number in marks:
        at.setdefault(start, []).append(f'<w:commentRangeStart w:id="{number}"/>')
    places, next_place = sorted(at), 0
    parts, begin = [], 0
    for line in text.split("\n"):
        end, here = begin + len(line), begin
        parts.append("<w:p>")
        while next_place < len(places) and places[next_place] <= end:
            place = places[next_place]
            parts += [_run(text[here:place]), *at[place]]
            here, next_place = place, next_place + 1
        parts += [_run(text[here:end]), "</w:p>"]
        begin = end + 1
    return "".join(parts)

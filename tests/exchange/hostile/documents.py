"""Makers of small documents: Word, OpenDocument, zip archives with what no honest program writes."""

import io
import struct
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
         'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"')
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODT = f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" xmlns:table="{OFFICE}:table:1.0" xmlns:draw="{OFFICE}:drawing:1.0" xmlns:style="{OFFICE}:style:1.0"'


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of Word: a run is given as XML, or as plain words."""
    return f"<w:p>{properties}{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{words}</w:t></w:r>'


def docx(*body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', talk: bool = True, parts: dict | None = None, encoding: str = "utf-8", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A Word document: a short talk, then `body`."""
    opening = [p("INT: How is it?"), p("P07: We wait.")] if talk else []
    document = f"{head}<w:document {NAMES}><w:body>{''.join([*opening, *body])}</w:body></w:document>".encode(encoding)
    return zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": RELS, "word/document.xml": document, **(parts or {})}, method=method)


def odt(*body: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>', styles: str = "", parts: dict | None = None) -> bytes:
    """An OpenDocument text: a short talk, then `body`."""
    content = (f"{head}<office:document-content {ODT}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
               f"<text:p>INT: How is it?</text:p><text:p>P07: We wait.</text:p>{''.join(body)}</office:text></office:body></office:document-content>")
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **(parts or {})})


def with_encrypted_flag(archive: bytes) -> bytes:
    """The same archive, with every part marked as encrypted."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def with_wrong_size(archive: bytes, name: str, size: int) -> bytes:
    """The same archive, whose list says another unpacked size for one part."""
    changed = bytearray(archive)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", changed, at + 28)[0]
        if bytes(changed[at + 46:at + 46 + length]) == name.encode():
            struct.pack_into("<I", changed, at + 24, size)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def linked(name: str, target: str) -> bytes:
    """A Word document with a part that is a symbolic link."""
    made = io.BytesIO(docx())
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo(name)
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, target)
    return made.getvalue()


def twice(name: str) -> bytes:
    """A Word document with two parts of one name."""
    made = io.BytesIO(docx())
    import warnings

    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, "<other/>")
    return made.getvalue()


def xlsx(*rows: tuple, sheets: int = 1) -> bytes:
    """A workbook, written by openpyxl."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(sheets - 1):
        book.create_sheet()
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()

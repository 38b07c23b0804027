"""The reference document that gives a manuscript in Word its look: pandoc's own, with a journal's page, headings, captions and tables.

It is made from pandoc's by replacing styles, so that nothing binary is kept here and two makings are the same to the byte.
"""

import io
import re
import zipfile

from markupsafe import escape

STYLES = {  # id: (name, based on, paragraph properties, run properties)
    "Normal": ("Normal", "", '<w:spacing w:after="120" w:line="300" w:lineRule="auto"/>', '<w:sz w:val="22"/><w:szCs w:val="22"/>'),
    "BodyText": ("Body Text", "Normal", '<w:widowControl/><w:spacing w:before="0" w:after="140"/>', ""),
    "FirstParagraph": ("First Paragraph", "BodyText", "", ""),
    "BeforeQuotation": ("Before Quotation", "BodyText", "<w:keepNext/>", ""),
    "Compact": ("Compact", "BodyText", '<w:spacing w:before="20" w:after="40"/>', ""),
    "TableText": ("Table Text", "BodyText", '<w:keepLines/><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
    "TableRow": ("Table Row", "TableText", "<w:keepNext/>", ""),
    "Title": ("Title", "Normal", '<w:keepNext/><w:spacing w:before="0" w:after="240" w:line="264" w:lineRule="auto"/>', '<w:b/><w:color w:val="1F3B57"/><w:sz w:val="36"/><w:szCs w:val="36"/>'),
    "Author": ("Author", "Normal", '<w:spacing w:after="120"/>', ""),
    "Heading1": ("heading 1", "Normal", '<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>',
                 '<w:b/><w:color w:val="1F3B57"/><w:sz w:val="28"/><w:szCs w:val="28"/>'),
    "Heading2": ("heading 2", "Normal", '<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="1"/>',
                 '<w:b/><w:color w:val="1F3B57"/><w:sz w:val="23"/><w:szCs w:val="23"/>'),
    "Heading3": ("heading 3", "Normal", '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="2"/>',
                 '<w:i/><w:color w:val="1F3B57"/><w:sz w:val="22"/><w:szCs w:val="22"/>'),
    "BlockText": ("Block Text", "BodyText", '<w:keepLines/><w:spacing w:before="60" w:after="160"/><w:ind w:left="480" w:right="360"/>', '<w:sz w:val="21"/><w:szCs w:val="21"/>'),
    "Caption": ("caption", "Normal", '<w:spacing w:before="120" w:after="120" w:line="252" w:lineRule="auto"/>', '<w:sz w:val="19"/><w:szCs w:val="19"/>'),
    "TableCaption": ("Table Caption", "Caption", '<w:keepNext/><w:spacing w:before="280" w:after="100"/>', ""),
    "ImageCaption": ("Image Caption", "Caption", '<w:spacing w:before="60" w:after="280"/>', ""),
    "CaptionedFigure": ("Captioned Figure", "Normal", '<w:keepNext/><w:spacing w:before="240" w:after="60"/>', ""),
    "Bibliography": ("Bibliography", "Normal", '<w:keepLines/><w:spacing w:after="80" w:line="264" w:lineRule="auto"/><w:ind w:left="360" w:hanging="360"/>', '<w:sz w:val="20"/><w:szCs w:val="20"/>'),
}
TABLE = """<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:semiHidden/><w:unhideWhenUsed/><w:qFormat/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="1F3B57"/><w:bottom w:val="single" w:sz="8" w:color="1F3B57"/><w:insideH w:val="single" w:sz="2" w:color="B8C2CC"/></w:tblBorders>
<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="1F3B57"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""
LINK = '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F3B57"/></w:rPr></w:style>'
FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>'
HEADING = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PAGE = """<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1361" w:right="1418" w:bottom="1474" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>"""


SIDEWAYS = PAGE.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')


def reference_document(pandocs: bytes, footer: str, *, sideways: bool = False) -> bytes:
    """The reference document.

    Parameters
    ----------
    pandocs : bytes
        pandoc's own reference.docx.
    footer : str
        What stands at the foot of every page before its number; "" for the number alone.
    sideways : bool
        Turn the pages, for wide tables.
    """
    source = zipfile.ZipFile(io.BytesIO(pandocs))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["word/styles.xml"] = _styles(parts["word/styles.xml"].decode()).encode()
    parts["word/footer1.xml"] = _footer(footer).encode()
    parts["word/document.xml"] = re.sub(r"<w:sectPr>.*?</w:sectPr>|<w:sectPr ?/>", SIDEWAYS if sideways else PAGE, parts["word/document.xml"].decode(), flags=re.S).encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", b'<Relationship Id="rIdFooter" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>')
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>')
    return _zipped(parts)


def with_whole_rows(docx: bytes) -> bytes:
    """The document with no row of a table parted by a page break."""
    source = zipfile.ZipFile(io.BytesIO(docx))
    parts = {name: source.read(name) for name in source.namelist()}
    text = parts["word/document.xml"].decode().replace("<w:trPr>", "<w:trPr><w:cantSplit/>")
    parts["word/document.xml"] = re.sub(r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", text).encode()
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts of a document, not compressed: builds of zlib differ, and so would the bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # as on Unix, everywhere
            made.writestr(entry, content)
    return out.getvalue()


def _styles(styles: str) -> str:
    for style_id, told in STYLES.items():
        styles = _replaced(styles, style_id, _style(style_id, *told))
    styles = _replaced(_replaced(styles, "Table", TABLE), "Hyperlink", LINK)
    styles = re.sub(r"<w:rFonts w:asciiTheme[^>]*/>", FONTS, styles, count=1)
    return styles.replace('w:lang w:val="en-US"', 'w:lang w:val="en-GB"')


def _style(style_id: str, name: str, based_on: str, paragraph: str, run: str) -> str:
    default = ' w:default="1"' if style_id == "Normal" else ""
    fonts = HEADING if style_id.startswith(("Heading", "Title")) else ""
    return (f'<w:style w:type="paragraph"{default} w:styleId="{style_id}"><w:name w:val="{name}"/>' + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
            + ('<w:next w:val="BodyText"/>' if fonts else "") + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts}{run}</w:rPr></w:style>")


def _replaced(styles: str, style_id: str, style: str) -> str:
    pattern = re.compile(rf'<w:style (?:(?!</w:style>).)*?w:styleId="{style_id}".*?</w:style>', re.S)
    return pattern.sub(lambda _: style, styles, count=1) if pattern.search(styles) else styles.replace("</w:styles>", f"{style}</w:styles>")


def _footer(text: str) -> str:
    before = f"{text} · " if text else ""
    size = '<w:rPr><w:color w:val="464646"/><w:sz w:val="16"/></w:rPr>'
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr {SPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
            f'<w:r>{size}<w:t xml:space="preserve">{escape(before)}</w:t></w:r>' + _field("PAGE", size) + f'<w:r>{size}<w:t xml:space="preserve"> of </w:t></w:r>' + _field("NUMPAGES", size)
            + "</w:p></w:ftr>")


def _field(name: str, size: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r>{size}<w:t>1</w:t></w:r></w:fldSimple>'

"""Words of participants in finished DOCX, HTML and PDF files: exactly as they were said, whatever they are made of."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from sixphase.report import finished, formats, word
from sixphase.report.filter import Target, typst_string
from sixphase.report.quoting import Piece, printed
from sixphase.report.references import Quotation

STYLE = Path(formats.__file__).parent / "journals" / "author_date.csl"
TROUBLE = [
    "He said \"no\" -- and then... nothing", "“Curly” and ‘curly’, 'straight' and \"straight\"", "Wait -- what --- no", "Well... er.... yes", "I <sighs> I don't know",
    "<b>not bold</b> &amp; &lt;", "*not emphasis* and **not strong**", "_under_ __score__ snake_case", "1. We start here", "2) And then", "- a dash to begin with", "+ plus", "# not a heading",
    "#let x = 5", "It cost $5 or $x^2$ or £3", "@you, ask @knight2025", "[@nobody2020]", "{{ 7*7 }} and {participants}", "{% raw %} ${HOME}", "`code` ``more``", "C:\\new\\table \\textbf{x} \\",
    "[text](http://example.org)", "![alt](picture.png)", "[^1] a note", "~~gone~~ H~2~O x^2^", "😀 and 😁 ☂", "שלום עולם", "مرحبا بالعالم", "Café, naïve, Zoë, œuvre", "two  spaces   three",
    "10% of 50% -> 5 <- that", "a|b|c", "| a | b |", "> quoted", "    four spaces before", "(c) (tm) (r) 1/2", "=SUM(A1) +1 -1", "http://example.org/a_b?c=d&e=f", "line one\nline two", "::: div", "%%% ??? !!!",
    "non breaking—dash, well-known co-op", "/* not a comment */ // neither", "<!-- nor this -->",
]


def quotation(number, words):
    return Quotation(f"urn:test:{number}", [Piece(words, True)], f"P{number:02}", f"P{number:02}-1, line {number}", "", number, True)


def paper(folder, text, quotations, label=""):
    document = formats.parsed(text, [], STYLE, folder=folder)
    return formats.Paper(document, "A paper about waiting", Target("html", quotations, {}, {}, folder), label)


@pytest.fixture(scope="module")
def troubled(tmp_path_factory):
    quotations = [quotation(number, words) for number, words in enumerate(TROUBLE)]
    text = "# A paper about waiting\n\n## Results\n\n" + "\n\n".join(f"Prose before.\n\n[](quote:{number})" for number in range(len(TROUBLE))) + "\n\nHe said [](quote:0) within a line.\n"
    return formats.all_formats(paper(tmp_path_factory.mktemp("paper"), text, quotations))


def test_forty_quotations_made_of_trouble_come_through_unchanged(troubled):
    docx, page, pdf = troubled

    assert len(TROUBLE) >= 40
    assert finished.missing(TROUBLE, docx=finished.docx_text(docx), html=finished.html_text(page), pdf=finished.pdf_text(pdf)) == []


@pytest.mark.parametrize(("kind", "number"), [("DOCX", 0), ("HTML", 1), ("PDF", 2)])
def test_a_changed_quotation_would_be_seen_in_each_of_the_files(troubled, kind, number):
    texts = [finished.docx_text(troubled[0]), finished.html_text(troubled[1]), finished.pdf_text(troubled[2])]
    texts[number] = texts[number].replace("--", "–")

    lost = finished.missing(TROUBLE, **dict(zip(("docx", "html", "pdf"), texts, strict=True)))

    assert {of for _, of in lost} == {kind}
    assert "Wait -- what --- no" in [words for words, _ in lost]


def test_nothing_in_a_quotation_is_markup_of_the_page(troubled):
    assert "<sighs>" not in troubled[1]
    assert "<b>" not in re.sub(r"<style>.*?</style>", "", troubled[1], flags=re.S)
    assert "http://example.org" not in re.findall(r'href="([^"]*)"', troubled[1])


def test_the_word_document_refers_to_nothing_outside_itself(troubled):
    parts = zipfile.ZipFile(io.BytesIO(troubled[0]))

    assert not any(b'TargetMode="External"' in parts.read(name) for name in parts.namelist())


def test_the_same_paper_gives_the_same_bytes_and_carries_no_clock(tmp_path):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(formats.all_formats(paper(tmp_path / name, "# T\n\nWords.\n\n[](quote:0)", [quotation(0, "I waited.")], "A label")))

    assert made[0] == made[1]
    assert {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(made[0][0])).infolist()} <= {(2000, 1, 1), (1980, 1, 1)}


def test_headings_captions_and_the_foot_of_the_page_are_real_in_word(tmp_path):
    docx = formats.as_docx(paper(tmp_path, "# T\n\n## Methods\n\n### Setting\n\nWords.", [], "A label"))
    parts = zipfile.ZipFile(io.BytesIO(docx))
    document = parts.read("word/document.xml").decode()

    assert re.findall(r'w:pStyle w:val="(Title|Heading\d)"', document) == ["Title", "Heading1", "Heading2"]
    assert "A label · " in parts.read(next(name for name in parts.namelist() if "footer" in name)).decode()
    assert "TableCaption" in word.STYLES


def test_a_string_of_typst_holds_what_would_end_it():
    assert typst_string('a "b" \\c\n') == '"a \\"b\\" \\\\c\\n"'


def test_a_character_that_no_font_has_stops_the_pdf_with_a_sentence(tmp_path):
    with pytest.raises(RuntimeError, match="the PDF cannot be made"):
        formats.as_pdf(paper(tmp_path, "# T\n\n[](quote:0)", [quotation(0, "漢")]))


def test_what_is_printed_is_the_pieces_in_their_order():
    assert printed([Piece("a ", True), Piece("[…]", False), Piece(" b", True)]) == "a […] b"


def test_the_pdf_says_that_a_screen_reader_can_follow_it(troubled):
    assert b"pdfuaid:part>1<" in troubled[2]
    assert b"/MarkInfo" in troubled[2] or b"/StructTreeRoot" in troubled[2]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_the_word_document_and_finds_every_quotation_in_it(troubled, tmp_path):
    (tmp_path / "paper.docx").write_bytes(troubled[0])

    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path),
                    str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120)
    text = (tmp_path / "paper.txt").read_text(encoding="utf-8-sig")

    assert [words for words in TROUBLE if words not in text] == []


def test_no_word_of_a_narrow_column_is_broken_and_long_cells_share_what_is_left():
    from sixphase.report.filter import _shares

    table = pd.DataFrame({"interviews": ["9", "28"], "what was said": ["a word " * 60] * 2, "why": ["an even longer cell " * 60] * 2})

    interviews, said, why = _shares(table, 95)

    assert interviews * 95 >= len("interviews") + 3
    assert interviews + said + why == pytest.approx(1)
    assert said > interviews and why > interviews


def test_no_row_of_a_word_table_is_parted_by_a_page_break(tmp_path):
    docx = formats.as_docx(paper(tmp_path, "# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", []))

    document = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert document.count("<w:tr>") == document.count("<w:cantSplit/>") == 2


def tags(pdf):
    """The tags of a PDF as a screen reader meets them: (kind, alternative text), in reading order; and its title and language."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    def told(read, element):
        room = ctypes.create_string_buffer(4000)
        length = read(element, room, 4000)  # the room is filled before it is looked at
        return room.raw[:max(0, length - 2)].decode("utf-16-le")

    def walked(element):
        yield told(raw.FPDF_StructElement_GetType, element), told(raw.FPDF_StructElement_GetAltText, element)
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, number):
                yield from walked(child)

    document, found = pypdfium2.PdfDocument(pdf), []
    for number in range(len(document)):
        tree = raw.FPDF_StructTree_GetForPage(document[number])
        for child in range(raw.FPDF_StructTree_CountChildren(tree)):
            found += walked(raw.FPDF_StructTree_GetChildAtIndex(tree, child))
    return found, document.get_metadata_dict().get("Title"), bool(raw.FPDFCatalog_IsTagged(document))


def test_a_screen_reader_meets_headings_quotations_tables_and_described_figures_in_the_pdf():
    from sixphase import report
    from sixphase.files import open_study
    from where import ROOT

    study = open_study(ROOT / "data" / "ics_leadership")
    found, title, tagged = tags(report.manuscript(study).files()["manuscript.pdf"])

    kinds = {kind for kind, _ in found}
    assert tagged and title == report.manuscript(study).title
    assert [kind for kind, _ in found].count("BlockQuote") == len(report.resolved(study).quotations)
    assert {"H1", "H2", "P", "BlockQuote", "Table", "TR", "TH", "TD", "Figure", "Caption", "L", "LI"} <= kinds
    figures = [alternative for kind, alternative in found if kind == "Figure" and alternative]
    assert len(figures) == 1 and "decisions and" in figures[0]


def test_without_the_words_for_those_who_cannot_see_it_a_figure_stops_the_pdf(tmp_path):
    bare = paper(tmp_path, "# T\n\nWords.", [])
    bare.document["blocks"].append({"t": "RawBlock", "c": ["typst", '#figure(rect(width: 2cm), caption: [A box])\n#image("x.svg")']})
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>', encoding="utf-8")

    with pytest.raises(RuntimeError, match="the PDF cannot be made"):
        formats.as_pdf(bare)

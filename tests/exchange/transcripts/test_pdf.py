"""PDFs: lines joined to paragraphs, running heads left out, and every damaged file refused in a sentence.

The PDFs are written by hand, as the bytes of a few objects, so that what is in them can be read here.
"""

import pytest
from sixphase.exchange.transcripts import pdf
from sixphase.problems import StudyError

PROTECTED = "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]".format("41" * 32)  # opened by no empty password


def made(*pages: list[tuple[int, str]], trailer: str = "") -> bytes:
    """A PDF of pages, each a list of (points from the top, line)."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for number, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 10 Tf 50 {800 - top} Td ({line}) Tj ET\n" for top, line in lines)
        objects += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                    f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}endstream"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def read(write, raw: bytes):
    return pdf.read(write("talk.pdf", raw), raw)


def refusal(write, raw: bytes) -> str:
    with pytest.raises(StudyError) as refused:
        read(write, raw)
    return str(refused.value)


TALK = made([(20, "Oral evidence 1"), (60, "INT: How is it?"), (84, "P07: We wait at the café, and"), (96, "then we wait a-"), (108, "gain.")],
            [(20, "Oral evidence 2"), (60, "P07: And then, nothing."), (84, "INT: Nothing?")],
            [(20, "Oral evidence 3"), (60, "Q12 P07: Nothing.")])


def test_lines_become_paragraphs_without_running_heads(write):
    [arrival] = read(write, TALK)

    assert arrival.paragraphs == ["INT: How is it?", "P07: We wait at the café, and then we wait a-gain.", "P07: And then, nothing.", "INT: Nothing?", "P07: Nothing."]
    assert "3 running heads and feet left out" in arrival.notes
    assert "1 question numbers before a speaker left out" in arrival.notes


def test_a_pdf_always_asks_to_be_compared(write):
    assert read(write, TALK)[0].doubts == ["made from a PDF: compare a page or two with the original"]


@pytest.mark.parametrize(("raw", "told"), [
    (b"P07: hello", "it is no PDF"),
    (b"%PDF-1.4\n", "damaged"),
    (TALK[:200], "damaged"),
    (made([(60, "INT: How?")], trailer=PROTECTED), "protected by a password"),
    (made([]), "no words found: the pages are pictures"),
], ids=["text", "head only", "truncated", "protected", "scan"])
def test_a_pdf_that_cannot_be_read_is_refused_with_what_to_do(write, raw, told):
    assert told in refusal(write, raw)


@pytest.mark.parametrize("cut", range(400, len(TALK), 397))
def test_a_pdf_cut_off_anywhere_is_read_or_refused_but_never_a_traceback(write, cut):
    try:
        [arrival] = read(write, TALK[:cut])
    except StudyError as refused:
        assert "talk.pdf: " in str(refused)
    else:
        assert arrival.doubts

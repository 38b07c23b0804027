"""A text file is one interview."""

import pytest
from sixphase.exchange.transcripts import plain_text
from sixphase.problems import StudyError


def read(text: str | bytes, path):
    return plain_text.read(path / "talk.txt", text if isinstance(text, bytes) else text.encode())


def test_paragraphs_are_lines_with_words_and_single_spaces(tmp_path):
    [arrival] = read("INT:  How?\n\n\n  P07:\tWell, 😀 שלום.  \n   \n", tmp_path)

    assert arrival.name == "talk"
    assert arrival.paragraphs == ["INT: How?", "P07: Well, 😀 שלום."]


@pytest.mark.parametrize("text", ["", "\n \t \r\n", "\ufeff"], ids=["empty", "blank", "only a mark"])
def test_a_file_without_words_is_refused(text, tmp_path):
    with pytest.raises(StudyError, match="no words found: the file is empty"):
        read(text, tmp_path)


@pytest.mark.parametrize(("raw", "kind"), [(b"PK\x03\x04\x14\x00", "Word"), (b"{\\rtf1\\ansi P07: hi}", "RTF"), (b"%PDF-1.7", "a PDF")])
def test_a_document_renamed_txt_is_told_what_it_is(raw, kind, tmp_path):
    with pytest.raises(StudyError, match=rf"ends in \.txt, but it is .*{kind}"):
        read(raw, tmp_path)


def test_the_file_as_it_arrived_is_kept(tmp_path):
    raw = b"\xef\xbb\xbfINT: How?\r\n"

    [arrival] = read(raw, tmp_path)

    assert (arrival.raw, arrival.encoding) == (raw, "utf-8-sig")

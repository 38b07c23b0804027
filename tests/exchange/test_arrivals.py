"""Bytes become text, or a sentence that says why not."""

import unicodedata

import pytest
from sixphase.exchange.arrivals import decoded, tidied
from sixphase.problems import StudyError

WORDS = "P07: We wait at the café – “naïve”, she says."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf8_and_whatever_a_byte_order_mark_says_is_read(tmp_path, encoding):
    text, _ = decoded(tmp_path / "a.txt", WORDS.encode(encoding), None)

    assert text == WORDS


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "mac_roman"])
def test_an_encoding_a_person_names_is_used(tmp_path, encoding):
    assert decoded(tmp_path / "a.txt", WORDS.encode(encoding), encoding) == (WORDS, encoding)


def test_cp1252_is_proposed_with_its_special_words_and_not_assumed(tmp_path):
    raw = f"INT: How?\n\n{WORDS}".encode("cp1252")

    with pytest.raises(StudyError) as refusal:
        decoded(tmp_path / "a.txt", raw, None)

    assert "line 3 is not UTF-8" in str(refusal.value)
    assert "café – “naïve”," in str(refusal.value)
    assert "--encoding cp1252" in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [WORDS, "P07: “No”, she says.", "P07: yes"], ids=["accents", "curly quotes only", "ASCII only"])
def test_utf16_without_a_mark_is_proposed_even_where_its_bytes_pass_for_utf8(tmp_path, encoding, words):
    # “ is the bytes 1C 20 in UTF-16-LE: as UTF-8 a control character and a space
    with pytest.raises(StudyError, match=f"--encoding {encoding}"):
        decoded(tmp_path / "a.txt", words.encode(encoding), None)


def test_two_encodings_in_one_file_are_refused_at_the_line_where_the_second_begins(tmp_path):
    raw = "P07: café\nP07: more\n".encode() + "P07: café\n".encode("cp1252")

    with pytest.raises(StudyError, match="line 3 is not UTF-8"):
        decoded(tmp_path / "a.txt", raw, None)


def test_an_encoding_nobody_knows_is_answered_with_examples(tmp_path):
    with pytest.raises(StudyError, match="no encoding is called “utf-9”"):
        decoded(tmp_path / "a.txt", b"x", "utf-9")


@pytest.mark.parametrize(("raw", "kind"), [(b"PK\x03\x04xx", "Word or Excel"), (b"%PDF-1.4", "a PDF"), (b"{\\rtf1 x}", "RTF"), (b"\xd0\xcf\x11\xe0", "old document")])
def test_a_file_of_another_kind_is_told_what_it_is(tmp_path, raw, kind):
    with pytest.raises(StudyError, match=kind):
        decoded(tmp_path / "a.csv", raw, None)


@pytest.mark.parametrize(("text", "tidy", "note"), [
    ("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch", "a\nb\nc\nd\ne\nf\ng\nh", "7 line ends written as LF"),
    ("\ufeffa", "a", None),
    ("a\x00b\x1bc\x7f", "abc", "3 control characters taken out"),
    (unicodedata.normalize("NFD", "Zoë"), "Zoë", "letters joined with their accents (Unicode NFC)"),
    ("tab\there", "tab\there", None),
])
def test_text_becomes_canonical_and_every_change_is_noted(text, tidy, note):
    assert tidied(text) == (tidy, [note] if note else [], [])


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\u202e", "\u200d", "\u2060"])
def test_invisible_characters_stay_and_are_pointed_out(hidden):
    text, _, doubts = tidied(f"Mar{hidden}ia")

    assert text == f"Mar{hidden}ia"
    assert doubts[0].startswith("1 invisible characters")


def test_where_several_encodings_read_the_same_the_usual_one_is_proposed(tmp_path):
    with pytest.raises(StudyError, match="say --encoding cp1252"):
        decoded(tmp_path / "x.csv", "id;antwort\nA1;Schöne Größe, ja\nA2;Nö\n".encode("cp1252"), None)

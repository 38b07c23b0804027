"""Codings from a sheet: every row at its words, or none.

P01-1 of the tiny study:  INT: What has the waiting been like?⏎⏎P01: They never rang back. I gave up. You feel …
                          0                                      38   43                    64 65       75
"""

import unicodedata

import pytest
from sixphase.exchange.coding_sheet import read_sheet
from sixphase.files import append_codings, check_study, open_study
from sixphase.problems import StudyError

HEADER = "source_id,code_id,quotation,start,end,comment,pass,created,coding_id\n"


def refusal(path, study, coder="am", **options) -> str:
    with pytest.raises(StudyError) as refused:
        read_sheet(path, study, coder, **options)
    return str(refused.value)


def test_words_that_stand_once_are_found_where_they_stand(opened, write):
    sheet = write("codes.csv", 'source_id,code_id,quotation\nP02-1,helpers,"A man there says שלום to everyone"\nP01-1,nuisance,a nuisance 😀 so\n')

    codings, repeated = read_sheet(sheet, opened, "bo")

    assert repeated == 0
    assert [opened.texts[c["source_id"]][c["start"]:c["end"]] for c in codings] == ["A man there says שלום to everyone", "a nuisance 😀 so"]


def test_a_sheet_stored_twice_is_there_once(opened, write):
    sheet = write("codes.csv", "source_id,code_id,quotation\nP01-1,nuisance,you are a nuisance\n")
    append_codings(opened, read_sheet(sheet, opened, "am")[0], coder_id="am")

    assert read_sheet(sheet, open_study(opened.folder), "am") == ([], 1)
    assert check_study(opened.folder) == []


@pytest.mark.parametrize("raw", [
    "\ufeffsource_id,code_id,quotation\r\nP02-1,helpers,Café staff\r\n".encode(), unicodedata.normalize("NFD", "source_id,code_id,quotation\nP02-1,helpers,Café staff\n").encode(),
    "source_id,code_id,quotation\rP02-1,helpers,Café staff\r".encode(), "source_id,code_id,quotation\nP02-1,helpers,Café staff\n".encode("utf-16")],
    ids=["BOM and CRLF", "NFD", "CR", "UTF-16"])
def test_a_sheet_is_read_however_a_spreadsheet_saved_it(opened, write, raw):
    [coding], _ = read_sheet(write("codes.csv", raw), opened, "am")

    assert (coding["start"], coding["end"]) == (24, 34)  # "INT: And for you?", two line feeds, "P02: " come to 24


def test_a_named_encoding_is_used_where_utf8_is_refused(opened, write):
    sheet = write("codes.csv", "source_id,code_id,quotation\nP02-1,helpers,Café staff\n", "cp1252")

    assert "say --encoding" in refusal(sheet, opened)
    assert len(read_sheet(sheet, opened, "am", encoding="cp1252")[0]) == 1


@pytest.mark.parametrize(("row", "told"), [
    ("P01-9,nuisance,x,,,,,,", "no source “P01-9”"),
    ("P01-1,nuisence,x,,,,,,", "no active code “nuisence” in codebook.yaml"),
    ("P01-1,letters,x,,,,,,", "no active code “letters”"),
    ("P01-1,nuisance,They always rang,,,,,,", "these words are nowhere in the transcript"),
    ("P01-1,nuisance,They never rang back.,,,,,,", "these words stand 2 times in the transcript"),
    ("P01-1,nuisance,,,,,,,", "these words are nowhere in the transcript"),
    ("P01-1,nuisance,,65,9999,,,,", "not a place in the transcript"),
    ("P01-1,nuisance,,65,65,,,,", "not a place in the transcript"),
    ("P01-1,nuisance,,-2,6,,,,", "not a place in the transcript"),
    ("P01-1,nuisance,,65.0,75,,,,", "not a place in the transcript"),
    ("P01-1,nuisance,They never,65,75,,,,", "its place and its words do not agree"),
    ("P01-1,nuisance,,65,75,,second,,", "pass is “second”, not a whole number"),
    ("P01-1,nuisance,,65,75,,,yesterday,", "created is “yesterday”, not a moment"),
    ("P01-1,nuisance,,65,75,,,,urn:test:1", "there is a coding “urn:test:1” already"),
    ("P01-1,nuisance,Well, then I gave up,,,,,,", "more cells than the header has columns"),
])
def test_a_row_that_does_not_fit_is_refused_with_its_line(opened, write, row, told):
    sheet = write("codes.csv", f"{HEADER}P01-1,nuisance,,76,100,,,,\n{row}\n")

    assert f"codes.csv, line 3: {told}" in refusal(sheet, opened)


def test_every_wrong_row_is_told_at_once_and_nothing_is_stored(opened, write, state):
    sheet = write("codes.csv", "source_id,code_id,quotation\nP09,x,y\nP01-1,nuisance,I gave up.\nP01-1,x,y\n")
    before = state(opened.folder)

    told = refusal(sheet, opened, "nobody")

    assert told.startswith("4 problems in the sheet codes.csv; nothing was stored.")
    assert state(opened.folder) == before


@pytest.mark.parametrize(("content", "told"), [
    ("", "the column source_id is missing"), ("source,code_id,quotation\n", "did you mean “source_id”?"),
    ("source_id,code_id\n", "nothing says which words"), ("source_id,code_id,start\n", "nothing says which words"), (b"PK\x03\x04", "Word or Excel")])
def test_a_sheet_of_another_form_is_refused(opened, write, content, told):
    assert told in refusal(write("codes.csv", content), opened)


def test_a_place_counted_in_another_version_is_refused(opened, write):
    sheet = write("codes.csv", "source_id,code_id,start,end,text_sha256\nP01-1,nuisance,65,75,0123456789abcdef\n")

    assert "another version of this transcript" in refusal(sheet, opened)


def test_a_missing_sheet_is_told(opened, tmp_path):
    assert "there is no such file" in refusal(tmp_path / "none.csv", opened)


def test_words_that_a_program_gave_other_quotes_are_told_with_those_of_the_transcript(opened, write):
    sheet = write("sheet.csv", 'source_id,code_id,quotation\nP01-1,nuisance,You feel you are a  nuisance\n')

    assert "the transcript has “You feel you are a nuisance” on line 3: other quotes, dashes or spaces" in refusal(sheet, opened)


def test_a_folder_and_a_workbook_are_no_sheet(opened, write, tmp_path):
    assert "this is a folder" in refusal(tmp_path, opened)
    assert "save its sheet as CSV UTF-8" in refusal(write("codes.xlsx", "PK"), opened)

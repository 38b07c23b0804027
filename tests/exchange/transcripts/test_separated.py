"""CSV files: a row a turn, or a row an interview; nothing in a cell is taken for anything but words."""

import pytest
from sixphase.exchange.transcripts import separated
from sixphase.problems import StudyError


def read(content: str, tmp_path, **options):
    return separated.read(tmp_path / "talks.csv", content.encode(), **options)


def refusal(content: str, tmp_path, **options) -> str:
    with pytest.raises(StudyError) as refused:
        read(content, tmp_path, **options)
    return str(refused.value)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_row_a_turn_is_read_whatever_separates_the_cells(mark, tmp_path):
    text = "interview,speaker,text\nA1,INT,How?\nA1,P07,null\nA1,P07,-2\nA2,P08,NA\n".replace(",", mark)

    arrivals = read(text, tmp_path)

    assert {arrival.name: arrival.turns for arrival in arrivals} == {
        "A1": [("INT", "How?"), ("P07", "null"), ("P07", "-2")], "A2": [("P08", "NA")]}


def test_quoted_cells_keep_their_commas_quotes_and_lines(tmp_path):
    [arrival] = read('speaker,text\nP07,"Well, ""no"" 😀.\n\nThen שלום."\n', tmp_path)

    assert arrival.turns == [("P07", 'Well, "no" 😀.\nThen שלום.')]


def test_without_a_speaker_column_each_row_is_an_interview(tmp_path):
    arrivals = read('id,text\n007,"AI: How?\n\nUser: Fine."\n,"AI: And you?"\n', tmp_path, name="id")

    assert [(arrival.name, arrival.paragraphs) for arrival in arrivals][0] == ("007", ["AI: How?", "User: Fine."])


def test_rows_are_counted_below_the_header(tmp_path):
    arrivals = read("id,text\na,A: x\nb,B: x\nc,C: x\n", tmp_path, rows=range(2, 4))

    assert [arrival.name for arrival in arrivals] == ["b", "c"]


def test_comment_lines_of_a_file_that_begins_with_one_are_left_out_and_counted(tmp_path):
    [arrival] = read("# exported by a tool\nspeaker,text\nP07,Yes\n# page 2\nP07,No\n", tmp_path)

    assert [words for _, words in arrival.turns] == ["Yes", "No"]
    assert "2 comment lines, beginning with #, left out" in arrival.notes


def test_a_hash_in_a_file_without_comments_is_speech(tmp_path):
    [arrival] = read("speaker,text\nP07,Yes\n#waiting,No\n", tmp_path)

    assert arrival.turns[1] == ("#waiting", "No")


@pytest.mark.parametrize(("text", "options", "told"), [
    ("speaker,text\nP07,Well, no\n", {}, "1 rows do not fit the header, the first is row 1"),
    ("speaker,text\nP07,\"open\n", {}, "a row cannot be read"),
    ("speaker,text\n", {}, "no rows found"),
    ("", {}, "no rows found"),
    ("a,b\n1,2\n", {}, "which column holds the text?"),
    ("speaker,text,Text\nP07,a,b\n", {}, "which column holds the text?"),
    ("a,b\n1,2\n", {"text": "words"}, "no column “words”"),
    ("speaker,text\nP07,a\n", {"rows": range(5, 9)}, "no rows to import"),
    ("speaker,text\nP07,a\n", {"delimiter": "::"}, "not a sign that can separate cells"),
])
def test_a_file_that_does_not_fit_is_refused_with_what_to_do(text, options, told, tmp_path):
    assert told in refusal(text, tmp_path, **options)


@pytest.mark.parametrize("said", ["\t", "\\t", "tab"])
def test_a_tab_can_be_named_as_people_type_it(said, tmp_path):
    [arrival] = read("speaker\ttext, or what was said\nP07\tYes, no\n", tmp_path, delimiter=said, text="text, or what was said")

    assert arrival.turns == [("P07", "Yes, no")]


def test_a_workbook_renamed_csv_is_told_what_it_is(tmp_path):
    with pytest.raises(StudyError, match="Word or Excel"):
        separated.read(tmp_path / "talks.csv", b"PK\x03\x04\x14\x00\x06\x00")

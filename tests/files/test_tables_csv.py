import pandas as pd
import pytest

from sixphase.files.tables_csv import read_table, table_bytes
from sixphase.tables import PARTICIPANTS, SOURCES

HEADER = "participant_id,role,quotation,withdrawn\n"


def read(folder, content: bytes | str):
    (folder / "participants.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    problems = []
    table, lines = read_table(folder, PARTICIPANTS, problems)
    return table, lines, [str(problem) for problem in problems]


def test_ids_and_cells_stay_as_they_are_written(tmp_path):
    people, _, problems = read(tmp_path, HEADER + "007,NA,yes,\nNA,null,no,\n")

    assert problems == []
    assert list(people["participant_id"]) == ["007", "NA"]
    assert list(people["role"]) == ["NA", "null"]
    assert list(people["quotation"]) == [True, False]


def test_blank_cells_are_missing_and_blank_lines_passed_over(tmp_path):
    people, lines, problems = read(tmp_path, HEADER + "P01,carer,,\n,,,\nP02,,,\n")

    assert (problems, lines) == ([], [2, 4])
    assert pd.isna(people.loc[1, "role"]) and pd.isna(people.loc[0, "quotation"])


def test_a_line_is_counted_where_its_row_begins(tmp_path):
    # the first row goes over lines 2 and 3, for a cell holds a line feed
    _, lines, _ = read(tmp_path, HEADER + 'P01,"carer\nand “son” 😀, שלום",,\nP02,,,\n')

    assert lines == [2, 4]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + HEADER.encode() + b"P01,x,,\n", HEADER.replace("\n", "\r\n").encode() + b"P01,x,,\r\n"],
                         ids=["byte-order mark", "CRLF"])
def test_what_spreadsheets_write_is_read(tmp_path, content):
    people, _, problems = read(tmp_path, content)

    assert (list(people["participant_id"]), problems) == (["P01"], [])


@pytest.mark.parametrize(("content", "told"), [
    (HEADER + "P01,a,b\n", "participants.csv, line 2: the row does not fit the header\n    expected  4 cells\n    found     3 cells"),
    (HEADER + "P01,,,\nP01,,,\n", "participants.csv, line 3: participant_id “P01” stands twice (also line 2)"),
    (HEADER + "P01,,perhaps,\n", "participants.csv, line 2: quotation "),
    (HEADER + "P01,,,2024-02-30\n", "participants.csv, line 2: withdrawn "),
    (HEADER + "P 1,,,\n", "participants.csv, line 2: participant_id "),
    (HEADER + 'P01,"open,,\n', "participants.csv, line 2: not CSV that can be read"),
    (HEADER + "P01,\0,,\n", "participants.csv, line 2: a NUL character"),
    ("participant_id;role\nP01;x\n", "participants.csv, line 1: the cells are separated by “;”"),
    ("participant,role\nP01,x\n", "participants.csv, line 1: the column participant_id is missing"),
    ("participant_id,role,role\nP01,x,y\n", "participants.csv, line 1: the column “role” stands twice"),
    (HEADER.encode() + "P01,Café,,\n".encode("cp1252"), "participants.csv, line 2: not UTF-8"),
    ("", "participants.csv, line 1: the column participant_id is missing"),
], ids=lambda value: value[-20:] if isinstance(value, str) else "bytes")
def test_what_is_wrong_is_told_with_its_line(tmp_path, content, told):
    _, _, problems = read(tmp_path, content)

    assert len(problems) == 1 and problems[0].startswith(told)


def test_an_unknown_column_of_sources_is_told_with_the_nearest(tmp_path):
    (tmp_path / "sources.csv").write_text("source_id,participants,interviewers,file,minuets\n")
    problems = []

    read_table(tmp_path, SOURCES, problems)

    assert "no column “minuets” belongs in this file" in str(problems[0]) and "did you mean “minutes”?" in str(problems[0])


def test_what_is_written_is_read_back(tmp_path):
    rows = [{"participant_id": "P01", "role": 'carer, "son"\nשלום', "quotation": True}, {"participant_id": "P02", "role": None, "quotation": False}]

    people, _, problems = read(tmp_path, table_bytes(["participant_id", "role", "quotation"], rows))

    assert problems == []
    assert people.loc[0, "role"] == 'carer, "son"\nשלום' and pd.isna(people.loc[1, "role"])
    assert list(people["quotation"]) == [True, False]

"""The statements of tables.py, and reading values by them."""

import pytest
from sixphase import tables
from sixphase.tables import CODES, PARTICIPANTS, SOURCES, parse, parse_row


@pytest.mark.parametrize(("column", "value", "read"), [
    (SOURCES["source_id"], " P07-2 ", "P07-2"),
    (SOURCES["participants"], "P01;P02", ["P01", "P02"]),
    (SOURCES["interviewers"], "Dr d'Aquin; AI", ["Dr d'Aquin", "AI"]),
    (SOURCES["date"], "2023-06-14", "2023-06-14"),
    (SOURCES["minutes"], "52", 52),
    (SOURCES["minutes"], "", None),
    (PARTICIPANTS["quotation"], "Yes", True),
    (PARTICIPANTS["quotation"], "no", False),
    (PARTICIPANTS["participant_id"], "NA", "NA"),
    (PARTICIPANTS["participant_id"], "007", "007"),
])
def test_a_good_value_is_read(column, value, read):
    assert parse(column, value) == (read, "")


@pytest.mark.parametrize(("column", "value", "told"), [
    (SOURCES["source_id"], "", "is missing"),
    (SOURCES["source_id"], "a/b", "is “a/b”, not an id: letters, digits, - and _, at most 64"),
    (SOURCES["date"], "14/06/2023", "is “14/06/2023”, not a day as YYYY-MM-DD"),
    (SOURCES["date"], "2023-02-30", "is “2023-02-30”, not a day as YYYY-MM-DD"),
    (SOURCES["minutes"], "1e3", "is “1e3”, not a whole number"),
    (SOURCES["minutes"], True, "is “True”, not a whole number"),
    (SOURCES["mode"], "vidio", "is none of the choices: did you mean “video”?"),
    (PARTICIPANTS["quotation"], "perhaps", "is “perhaps”, not yes or no"),
    (CODES["history"], "merged", "is “merged”, not a list of entries"),
])
def test_a_bad_value_is_told_in_words(column, value, told):
    assert parse(column, value) == (None, told)


def test_an_unknown_column_is_told_with_the_nearest():
    _, complaints = parse_row(CODES, {"code_id": "a", "name": "A", "definiton": "…"})

    assert complaints == [("definiton", "is not a column of codes: did you mean “definition”?")]


def test_an_open_ended_table_takes_columns_of_its_own():
    row, complaints = parse_row(PARTICIPANTS, {"participant_id": "P01", "role": "nurse"})

    assert not complaints
    assert row["role"] == "nurse"


@pytest.mark.parametrize("table", [*tables.STORED, tables.TURNS, tables.THEME_CODES], ids=lambda table: table.name)
def test_an_empty_table_has_its_columns_in_order_and_their_dtypes(table):
    empty = tables.empty(table)

    assert list(empty.columns) == table.names
    assert [str(dtype) for dtype in empty.dtypes] == [tables.KINDS[c.kind][0] for c in table.columns]


def test_every_reference_names_a_column_that_exists():
    known = {f"{t.name}.{c.name}" for t in tables.STORED for c in t.columns}

    assert {c.references for t in (*tables.STORED, tables.TURNS, tables.THEME_CODES) for c in t.columns if c.references} <= known

"""A table that tells of people is joined to those of a study by their ids: all of it, or nothing."""

import csv

import pytest
from sixphase.exchange import importing
from sixphase.exchange.attributes import joined
from sixphase.files import add_attributes, check_study, open_study
from sixphase.problems import StudyError


def rows(path):
    return list(csv.DictReader(path.open(encoding="utf-8")))


@pytest.fixture
def told(write, opened):
    """Read a table and join it to the tiny study of P01 and P02."""
    def done(content: str, **choices):
        return joined(importing.arrivals([write("people.csv", content)], {"people": "who"}), open_study(opened.folder), **choices)
    return done


def test_each_cell_comes_to_its_person_and_every_other_cell_stays(told, opened):
    before = rows(opened.folder / "participants.csv")

    plan = told("who;age;place of work\nP02;34;Café, ward 3\n P01 ;;\n")
    add_attributes(opened, plan.rows)

    after = rows(opened.folder / "participants.csv")
    assert [{name: row[name] for name in before[0]} for row in after] == before
    assert [(row["participant_id"], row["age"], row["place of work"]) for row in after] == [("P01", "", ""), ("P02", "34", "Café, ward 3")]
    assert open_study(opened.folder).participants.set_index("participant_id").loc["P02", "age"] == "34"
    assert check_study(opened.folder) == []


def test_who_is_not_in_the_table_is_told(told):
    assert told("who,age\nP02,34\n").said[:2] == ["Attributes of 1 of 2 participants: age", "Not in the table: P01"]


def test_people_whom_the_table_calls_otherwise_are_named(told):
    assert told("who,age\nMary,34\n", as_people={"Mary": "P02"}).rows == {"P02": {"age": "34"}}


@pytest.mark.parametrize(("content", "sentence"), [
    ("who,age\nP99,34\n", "no participant is called “P99”"), ("who,age\nP01,34\nP01,35\n", "2 rows tell of P01"), ("who,quotation\nP01,yes\n", "has the name of a column of participants.csv"),
    ("who,Withdrawn\nP01,\n", "has the name of a column of participants.csv"), ("name,age\nP01,3\n", "say --people with one of these")])
def test_a_table_that_does_not_fit_is_refused_with_every_slip(told, content, sentence):
    with pytest.raises(StudyError) as refused:
        told(content)

    assert sentence in str(refused.value)


def test_a_cell_that_says_something_else_than_the_study_is_refused_and_the_same_again_is_not(told, opened):
    add_attributes(opened, told("who,age\nP01,34\n").rows)

    assert told("who,age\nP01,34\n").rows == {"P01": {"age": "34"}}
    with pytest.raises(StudyError, match="P01 has another age already"):
        told("who,age\nP01,35\n")


def test_a_table_without_words_is_pointed_to_people(write):
    with pytest.raises(StudyError, match="--people with the column of their ids"):
        importing.arrivals([write("people.csv", "who,age\nP01,34\n")])

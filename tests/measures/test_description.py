"""How far codes reach, each count with its own denominator."""

import pandas as pd
from sixphase.measures import description

SOURCES = pd.DataFrame({"source_id": ["A1", "A2", "B1", "C1"], "participants": [["A"], ["A"], ["B"], ["C"]], "occasion": [1, 2, 1, 1]})
CODINGS = pd.DataFrame({"code_id": ["x", "x", "x", "y"], "source_id": ["A1", "A2", "B1", "C1"], "turn": [2, 2, 2, 4], "participant_id": ["A", "A", "B", "C"]})
ASKED = pd.DataFrame({"source_id": ["A1", "B1", "C1", "C1"], "turn": [1, 1, 1, 3], "line": [1, 1, 1, 3], "question": ["Q1", "Q1", "Q1", "Q2"], "share": 1.0})


def test_people_and_interviews_are_set_beside_all_there_are():
    assert description.prevalence(CODINGS, SOURCES).values.tolist() == [["x", 3, 2, 3, 3, 4], ["y", 1, 1, 3, 1, 4]]


def test_who_was_asked_or_raised_it_is_the_denominator():
    found = description.asked_adjusted(CODINGS, ASKED, SOURCES)

    # Q1, behind most of x, was put to A, B and C; two of them are heard. Q2 was put to C alone, who is heard in y.
    assert found.values.tolist() == [["x", "Q1", 2, 3, 2 / 3], ["y", "Q2", 1, 1, 1.0]]


def test_where_no_question_was_recognised_there_is_no_share():
    found = description.asked_adjusted(CODINGS, ASKED.head(0), SOURCES)

    assert found["question"].unique().tolist() == ["before any"]
    assert found["share"].isna().all()

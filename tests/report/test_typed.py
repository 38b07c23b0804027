"""Numbers typed by hand, held against the study (here 23 people in 28 interviews)."""

import pytest
from sixphase.report.typed import contradictions

COUNTS = {"participants": 23, "interviews": 28, "codings": 1351, "codes": 58, "themes": 4, "memos": 65, "decisions": 43}


def told(text):
    return [str(problem).split("\n")[0] for problem in contradictions(text, COUNTS)]


@pytest.mark.parametrize("text", [
    "We spoke to 28 participants.",
    "There were 23 interviews.",
    "Twenty-eight participants took part.",
    "We held 27 semi-structured interviews.",
    "Six of 22 participants said so.",
    "All 21 participants agreed.",
    "The analysis developed five themes.",
    "We gave 1,350 codings.",
    "{participants} invented leaders; the 28 leaders were kind.",
])
def test_a_number_that_cannot_be_right_is_found(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize("text", [
    "We spoke to 23 participants in 28 interviews.",
    "Two interviews were heard again; three participants disagreed.",
    "Six of 23 participants said so.",
    "A study of [40 participants]{.elsewhere} found less.",
    "In 2023 participants were tired.",
    "{participants} participants in {interviews} interviews.",
    "They lasted 28 minutes; 28 days later 23 buses came.",
])
def test_a_number_that_may_be_right_is_left_alone(text):
    assert told(text) == []


def test_the_line_is_named_and_what_to_write_instead():
    problem = contradictions("One.\n\nTwo: 28\nparticipants.", COUNTS)[0]

    assert str(problem).startswith("manuscript/manuscript.md, line 3: “28 participants” contradicts the study")
    assert "write {participants}" in problem.do

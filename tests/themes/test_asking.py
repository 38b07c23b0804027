"""What was asked, and what several people say of one thing."""

import pandas as pd
import pytest
from sixphase import themes
from sixphase.files import open_study


@pytest.fixture
def plot(allotment):
    return open_study(allotment)


@pytest.fixture
def asked(plot):
    return themes.asked(plot.turns, plot.texts, plot.settings["guide"])


def test_a_question_is_known_by_its_words(asked):
    assert asked.loc[asked["source_id"] == "P01-1", ["line", "question", "share"]].values.tolist() == [[1, "Q1", 1.0], [5, "Q2", 1.0], [9, "Q3", 1.0]]
    assert asked.loc[asked["source_id"] == "P03-1", "question"].tolist() == ["Q2", "Q3"]


def test_a_turn_about_something_else_asks_no_question(asked):
    assert asked[asked["source_id"] == "P01-2"].empty  # A year later. Is there a meter?


def test_a_participant_who_repeats_a_question_asks_none(plot):
    # the third turn of P01-1 is the interviewer's; were it P01's own, the question would not be put
    said_by_them = plot.turns.assign(participant_id=plot.turns["participant_id"].fillna("P01"))

    assert themes.asked(said_by_them, plot.texts, plot.settings["guide"]).empty


def test_who_is_heard_stands_beside_who_was_asked(plot, asked):
    extracts = themes.extracts(plot.theme_codes, plot.codings)

    found = themes.asked_adjusted(extracts, asked, plot.sources).values.tolist()

    # coming: Q1 was put to P01 and P02, and both are heard; ending: Q3 to P01 and P03; “There is, and I stayed” answers none of the guide
    assert found == [["coming", "Q1", 2, 2, 2, 0], ["keeping", "Q2", 3, 3, 3, 0], ["ending", "Q3", 2, 2, 2, 0], ["ending", "before any", 1, 0, 0, 2]]


def test_what_is_said_of_a_fact_stands_beside_what_is_known(kitchen):
    study = open_study(kitchen)

    found = themes.spoken_of(study.texts, study.turns, study.facts, study.sources)

    assert found[["participant_id", "line", "too_early"]].values.tolist() == [["P03", 3, False], ["P04", 3, False]]
    assert found["said"].tolist()[1] == "I made the rota. It has everybody's name and nobody's hand on it."


def test_speaking_of_what_nobody_could_know_is_seen(kitchen):
    study = open_study(kitchen)

    later = study.facts.assign(known_from="2024-04-14")

    assert themes.spoken_of(study.texts, study.turns, later, study.sources)["too_early"].tolist() == [True, False]


def test_long_words_are_cut_between_words(kitchen):
    study = open_study(kitchen)

    assert themes.spoken_of(study.texts, study.turns, study.facts, study.sources, around=8)["said"].tolist() == ["… is a rota, but …", "… the rota. It …"]


def test_no_guide_asks_nothing(plot):
    assert themes.asked(plot.turns, plot.texts, {}).empty
    assert themes.asked_adjusted(themes.extracts(plot.theme_codes, plot.codings), pd.DataFrame(columns=["source_id", "turn", "line", "question", "share"]), plot.sources)["question"].unique().tolist() == ["before any"]

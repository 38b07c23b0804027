"""Names and shortlists."""

import pytest
from sixphase import themes
from sixphase.files import open_study


@pytest.fixture
def plot(allotment):
    return open_study(allotment)


def test_a_name_that_repeats_a_question_is_asked_about(plot):
    # “Coming by the plot” and “How did you come by the plot?”: by, the, plot of 8 words in either
    echo = plot.themes.assign(name=["How you come by the plot", "Barriers and support", "Knees"])

    found = themes.name_checks(echo, themes.guide_headings(plot.settings))

    assert found["look_at"].tolist() == ["repeats question Q1 of the guide: is it the answers to one question?", "names an area of talk: what is claimed about it?",
                                         "one word: is it a topic?"]
    assert found["alike"].iloc[0] == pytest.approx(6 / 7)  # all six words, of seven


def test_a_name_that_makes_a_claim_is_left_in_peace(opened):
    found = themes.name_checks(opened.themes, themes.guide_headings(opened.settings))

    assert found["look_at"].tolist() == ["", "", ""]


def test_names_before_are_taken_from_the_history(plot):
    assert themes.name_checks(plot.themes, {})["names_before"].tolist() == ["", "Neighbours (2024-05-02)", ""]


def test_the_shortlist_has_the_words_and_the_reason(opened):
    found = themes.shortlist(opened.themes, opened.codings)

    assert found[["theme_id", "coding_id", "because", "participant_id"]].values.tolist() == [
        ["silence-teaches", "urn:test:3", "The plainest words for it.", "P01"], ["silence-teaches", "urn:test:6", "The same from somebody who may not be quoted.", "P02"]]


def test_no_shortlist_is_an_empty_table(opened):
    assert themes.shortlist(opened.themes.assign(extracts=None), opened.codings).empty

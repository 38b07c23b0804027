"""Words that pull against each other."""

import pytest
from sixphase import themes
from sixphase.files import open_study


@pytest.fixture
def plot(allotment):
    return open_study(allotment)


def test_a_readers_mark_lays_two_interviews_of_one_person_side_by_side(plot):
    pairs = themes.contrast_pairs(themes.shortlist(plot.themes, plot.codings), plot.reviews, plot.all_codings)

    assert pairs[["first", "second", "because", "whose"]].values.tolist() == [
        ["P01-1, line 11", "P01-2, line 3", "gone if it is metered; metered, and stayed", "two interviews of one person"]]


def test_what_was_found_against_a_theme_stands_beside_the_first_of_its_shortlist(kitchen):
    study = open_study(kitchen)

    pairs = themes.contrast_pairs(themes.shortlist(study.themes, study.codings), study.reviews, study.all_codings)

    assert pairs[["theme_id", "chosen", "first_words", "second_words"]].values.tolist() == [
        ["doing", "found against it", "I wash them, because I cannot sleep otherwise.", "I made the rota."]]


def test_who_says_both_sides_of_what_is_opposed_is_listed_with_the_places(plot):
    # P01 would leave for a meter (2024), and stayed when it came (a year later)
    assert themes.opposites(plot.relations, plot.codings, plot.theme_codes).values.tolist() == [
        ["leaving", "staying", "P01", "P01-1, line 11", "P01-2, line 3", "in two interviews"]]


def test_an_opposed_theme_stands_for_its_codes(kitchen):
    study = open_study(kitchen)

    found = themes.opposites(study.relations, study.codings, study.theme_codes)

    assert found[["participant_id", "where"]].values.tolist() == [["P01", "in one interview"], ["P02", "in one interview"]]


def test_two_interviews_of_one_person_are_compared_code_by_code(plot):
    found = themes.two_interviews(plot.codings, plot.sources)

    assert found.values.tolist() == [["P01", "P01-1", "P01-2", ["given", "inherited", "leaving"], ["staying"], []]]

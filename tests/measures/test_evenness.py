"""How evenly something falls on participants, against figures worked out by hand."""

import pandas as pd
import pytest
from sixphase.measures import evenness

SPEECH = pd.DataFrame({"participant_id": ["P1", "P2", "P3"], "words": [500, 300, 200]})
QUOTED = pd.DataFrame({"participant_id": ["P1", "P1", "P1", "P2"], "theme_id": ["a", "a", "b", "b"]})


def test_five_participants_of_whom_one_has_nothing():
    # p = .5 .3 .1 .1 0: H = -(.5 ln .5 + .3 ln .3 + .2 ln .1) = 1.1683
    found = evenness.evenness(pd.Series([5, 3, 1, 1, 0]))

    assert found["gini"] == pytest.approx(.480, abs=5e-4)
    assert found["shannon"] == pytest.approx(1.1683, abs=5e-5)
    assert found["pielou_all"] == pytest.approx(.7259, abs=5e-5)
    assert found["pielou_contributing"] == pytest.approx(.8427, abs=5e-5)
    assert found["hhi"] == pytest.approx(.36)
    assert found["effective"] == pytest.approx(3.216, abs=5e-4)
    assert (found["participants"], found["contributing"]) == (5, 4)


def test_all_alike_is_even_and_one_alone_is_not():
    assert evenness.evenness(pd.Series([2, 2, 2]))[["gini", "pielou_all", "effective"]].tolist() == pytest.approx([0, 1, 3])
    alone = evenness.evenness(pd.Series([4, 0]))
    assert (alone["shannon"], alone["pielou_all"], alone["hhi"]) == (0, 0, 1)
    assert pd.isna(alone["pielou_contributing"])  # ln 1 is 0: nothing to divide by


def test_where_nothing_is_shared_out_every_figure_is_missing():
    found = evenness.evenness(pd.Series([0, 0]))

    assert found["contributing"] == 0
    assert found[list(evenness.NAMES)].isna().all()


def test_participants_never_heard_count_among_those_a_theme_could_fall_on():
    found = evenness.per_theme(pd.DataFrame({"theme_id": ["t"] * 2, "participant_id": ["P1", "P2"]}), pd.Series(["P1", "P2", "P3", "P4"]))

    assert found[["theme_id", "participants", "contributing", "gini"]].values.tolist() == [["t", 4, 2, 0.5]]


def test_a_group_is_set_beside_its_share_of_the_words():
    found = evenness.by_group(QUOTED, SPEECH, pd.Series({"P1": "x", "P2": "y", "P3": "y"}))

    # x: 3 of 4 quotations, half of the words; y: 1 of 4, half of the words
    assert found.values.tolist() == [["x", 1, 1, 3, 500, 1.5], ["y", 2, 1, 1, 500, 0.5]]


def test_who_is_quoted_much_or_never_is_asked_about():
    found = evenness.questions(QUOTED, SPEECH)

    assert found["participant_id"].tolist() == ["P1", "P1", "P3"]
    assert found["look_at"].tolist() == ["3 of all 4 quotations: is that meant?", "2 of its 2 quotations: whose theme is it?", "never quoted: why not?"]


def test_a_shortlist_says_on_how_many_people_and_groups_it_rests_and_who_has_more_than_a_quarter():
    heard = pd.DataFrame({"theme_id": ["t"] * 4, "participant_id": ["P01", "P02", "P03", "P03"]})
    chosen = pd.DataFrame({"theme_id": ["t"] * 5, "participant_id": ["P01", "P01", "P02", "P04", "P04"]})  # P04 is not heard in the theme: a contrary voice
    groups = pd.Series({"P01": "a", "P02": "b", "P03": "c", "P04": "b", "P05": "d"})

    row = evenness.shortlists(chosen, heard, groups).iloc[0]

    assert row[["extracts", "participants", "of_all", "heard", "groups", "of_groups", "groups_heard"]].tolist() == [5, 3, 5, 3, 2, 4, 3]
    assert row["much"] == ["P01 (2 of 5)", "P04 (2 of 5)"] and row["not_on_it"] == ["P03"]

"""What is left with somebody laid aside, as questions; and who carries a code."""

import pandas as pd
from sixphase import themes

SOURCES = pd.DataFrame({"source_id": ["P01-1", "P01-2", "P02-1", "P03-1", "P04-1"], "occasion": [1, 2, 1, 1, 1]})
GROUPS = pd.Series({"P01": "ward", "P02": "ward", "P03": "office", "P04": "office"})


def said(*rows):
    """Extracts of the theme t: who, in which source, under which code."""
    return pd.DataFrame([{"theme_id": "t", "participant_id": who, "source_id": source, "code_id": code, "start": 10 * n, "end": 10 * n + 10}
                         for n, (who, source, code) in enumerate(rows)])


def test_of_an_even_theme_only_a_group_that_is_half_of_it_is_asked_about():
    even = said(("P01", "P01-1", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "a"), ("P04", "P04-1", "a"))

    assert themes.left_out(even, GROUPS, SOURCES)["without"].tolist() == ["office, or ward"]  # either leaves two people of one group
    assert themes.left_out(even, pd.Series({"P01": "x", "P02": "y", "P03": "z", "P04": "z"}), SOURCES)["without"].tolist() == ["z"]


def test_a_theme_on_one_person_is_asked_about():
    found = themes.left_out(said(("P01", "P01-1", "a"), ("P01", "P01-2", "a")), GROUPS, SOURCES)

    assert found.loc[found["without"] == "P01", "ask"].tolist() == ["Nothing is left without P01: whose pattern is it?"]


def test_a_theme_on_three_people_is_asked_about_once_for_all_three():
    three = said(("P01", "P01-1", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "a"))

    found = themes.left_out(three, pd.Series({"P01": "x", "P02": "y", "P03": "z"}), SOURCES)

    assert found[["without", "participants_left"]].values.tolist() == [["P01, or P02, or P03", 2]]
    assert "2 of 3 participants would be left" in found["ask"].iloc[0]


def test_a_voice_with_more_than_a_third_is_asked_about_and_one_with_a_third_is_not():
    half = said(("P01", "P01-1", "a"), ("P01", "P01-1", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "a"))
    third = said(("P01", "P01-1", "a"), ("P01", "P01-1", "a"), ("P02", "P02-1", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "a"), ("P04", "P04-1", "a"))

    assert themes.left_out(half, GROUPS, SOURCES).query("without == 'P01'")["ask"].str.contains("more than a third", case=False).tolist() == [True]
    assert not themes.left_out(third, GROUPS, SOURCES)["ask"].str.contains("third").any()


def test_a_code_that_would_be_gone_is_named():
    found = themes.left_out(said(("P01", "P01-1", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "b"), ("P04", "P04-1", "a")), GROUPS, SOURCES)

    assert found.query("without == 'P03'")["ask"].tolist() == ["The code b would be gone: a part of this theme, or one voice?"]


def test_second_interviews_are_laid_aside_together():
    found = themes.left_out(said(("P01", "P01-2", "a"), ("P01", "P01-2", "a"), ("P02", "P02-1", "a"), ("P03", "P03-1", "a"), ("P04", "P04-1", "a")), GROUPS, SOURCES)

    assert "second interviews" in found.query("without == 'the second interviews'")["ask"].iloc[0]


def test_one_who_tells_a_long_story_carries_a_code_that_three_were_given():
    # 80 code points by P01, and two remarks of 10
    codings = pd.DataFrame({"participant_id": ["P01", "P02", "P03"], "source_id": ["P01-1", "P02-1", "P03-1"], "code_id": "a", "start": [0, 0, 0], "end": [80, 10, 10]})

    assert themes.carried_by(codings)[["participant_id", "share"]].values.tolist() == [["P01", 0.8], ["P02", 0.1], ["P03", 0.1]]


def test_overlapping_codings_of_one_person_are_counted_once():
    codings = pd.DataFrame({"participant_id": "P01", "source_id": "P01-1", "code_id": ["a", "b"], "start": [0, 5], "end": [10, 15]})

    assert themes.carried_by(codings)["shared_points"].tolist() == [15]


def test_a_code_carried_by_few_is_listed_and_one_carried_by_many_is_not(opened):
    found = themes.thin_parts(opened.theme_codes, opened.codings, {}, few=1)

    assert set(found["part"]) == {"giving-up", "helpers", "nuisance", "shrinking", "unanswered"}  # each is one person's
    assert themes.thin_parts(opened.theme_codes, opened.codings, {}, few=0).empty

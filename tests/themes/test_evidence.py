"""Themes, their extracts, and who is heard in them."""

import pandas as pd
import pytest
from sixphase import cases, themes


@pytest.fixture
def extracts(opened):
    return themes.extracts(opened.theme_codes, opened.codings)


def test_a_subthemes_codes_count_to_its_theme_and_a_theme_let_go_has_none(opened):
    assert opened.theme_codes.fillna("").values.tolist() == [
        ["silence-teaches", "", "unanswered"], ["silence-teaches", "shrinking", "giving-up"], ["silence-teaches", "shrinking", "nuisance"], ["others-know", "", "helpers"]]


def test_codes_without_a_theme_are_listed_but_not_merged_or_retired_ones(opened):
    from sixphase import codings

    fewer = opened.theme_codes[opened.theme_codes["code_id"] != "helpers"]

    assert themes.without_theme(opened.codes, fewer, codings.reach(opened.codings)).values.tolist() == [["helpers", 1, 1, 1]]


def test_the_code_map_counts_codings_and_drops_codes_of_other_themes(opened):
    laid = themes.code_map(opened.theme_codes, opened.codings)

    assert laid["silence-teaches"].to_dict() == {"helpers": 0, "giving-up": 3, "nuisance": 1, "unanswered": 3}


def test_a_segment_with_two_codes_of_a_theme_is_one_extract(opened):
    both = opened.codings.assign(start=0, end=5, source_id="P01-1").head(2).assign(code_id=["unanswered", "giving-up"])

    found = themes.extracts(opened.theme_codes, both)

    assert found["codes"].tolist() == ["giving-up, unanswered"]


def test_shuffling_loses_no_extract_and_is_the_same_for_the_same_seed(opened, extracts):
    first, again, other = (themes.extracts(opened.theme_codes, opened.codings, seed=seed) for seed in (7, 7, 8))

    assert first.equals(again)
    assert sorted(first["coding_id"]) == sorted(other["coding_id"]) == sorted(extracts["coding_id"])
    assert first["coding_id"].tolist() != other["coding_id"].tolist()


def test_distribution_counts_extracts_interviews_and_people_apart(opened, extracts):
    found = themes.distribution(extracts, cases.group_of(opened.participants, "role"))

    # silence-teaches: 1, 2, 3, 4, 5, 11 in P01-1 and 9 in P01-2, all P01, a patient
    assert found.values.tolist() == [["silence-teaches", 7, 2, 1, 1.0, 1], ["others-know", 1, 1, 1, 1.0, 1]]


def test_who_is_heard_counts_people_once_in_each_group(opened, extracts):
    heard = themes.heard_from(extracts, cases.group_of(opened.participants, "role"))

    assert heard.loc["silence-teaches"].to_dict() == {"carer": 0, "patient": 1}


def test_who_is_absent_is_named_with_the_interviews_to_open(opened, extracts):
    absent = themes.absent(extracts, opened.sources, themes.tops(opened.themes))

    assert absent.values.tolist() == [["silence-teaches", "P02", "P02-1"], ["others-know", "P01", "P01-1, P01-2"]]


def test_themes_on_different_words_share_nothing(extracts):
    assert themes.overlaps(extracts)[["meeting", "shared", "jaccard"]].values.tolist() == [[0, 0, 0.0]]


def test_themes_on_the_same_words_share_them(opened, extracts):
    twice = extracts[extracts["coding_id"] == "urn:test:3"]
    both = pd.concat([twice.assign(theme_id="a"), twice.assign(theme_id="b", end=twice["end"] + 10)])

    row = themes.overlaps(both).iloc[0]

    # "You feel you are a nuisance 😀 so you stop asking." is 49 code points (the emoji is one), the other 59
    assert (row["shared"], row["meeting"]) == (49, 1)
    assert row["jaccard"] == pytest.approx(49 / 59)


def test_gaps_name_the_parts_only_a_person_can_write(opened):
    gaps = themes.gaps(opened.themes)

    assert gaps[gaps["theme_id"] == "silence-teaches"]["look_at"].tolist() == [
        "why it has these subthemes is not written (subthemes_because)", "what pulls within it and against it is not written (tensions)",
        "what was looked for against it is not written (counter_evidence)"]
    assert gaps[gaps["theme_id"] == "others-know"]["look_at"].tolist() == [
        "its central organising concept is not written (concept)", "what belongs to it is not written (is)",
        "what does not belong to it is not written (is_not)", "what pulls within it and against it is not written (tensions)", "what it says to the question is not written (contribution)",
        "what was looked for against it is not written (counter_evidence)", "has no extract on its shortlist"]


def test_a_name_of_one_word_is_asked_about(opened):
    short = opened.themes.assign(name=["Silence", "Asking shrinks", "Others hold the dates", "Letters"])

    assert "its name “Silence” is one word: is it a topic?" in themes.gaps(short)["look_at"].tolist()


def test_a_theme_has_all_its_codes_and_then_each_subtheme_its_own(opened):
    assert themes.with_subthemes(opened.theme_codes)["theme_id"].tolist() == ["silence-teaches"] * 3 + ["shrinking"] * 2 + ["others-know"]


def test_extracts_are_counted_over_the_interviews_in_the_order_they_were_coded(opened, extracts):
    # P01-1 was coded first (7 extracts: 1 to 5 and 11, one more in P01-2), then P02-1, then P01-2
    found = themes.by_order(extracts, ["P01-1", "P02-1", "P01-2"])

    assert found.values.tolist() == [["silence-teaches", 6, 0, 1], ["others-know", 0, 1, 0]]


def test_order_of_no_extracts_is_an_empty_table(extracts):
    assert themes.by_order(extracts.iloc[:0], ["P01-1"]).empty

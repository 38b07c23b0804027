"""Acts of review: which stand, and what they say of each theme."""

import pandas as pd
import pytest
from sixphase import tables, themes


def acts(*rows):
    """Acts by am on 2024-02-20, one a minute, of the theme silence-teaches unless they say otherwise."""
    return tables.frame(tables.REVIEWS, [{"review_id": f"r{n}", "created": f"2024-02-20T10:{n:02d}:00Z", "number": n, "by": "am", "theme_id": "silence-teaches", **row}
                                         for n, row in enumerate(rows, start=1)])


@pytest.fixture
def extracts(opened):
    return themes.extracts(opened.theme_codes, opened.codings)


def test_an_act_that_was_taken_back_does_not_stand():
    found = themes.standing(acts({"kind": "kept", "coding_id": "c"}, {"kind": "taken back", "replaces": "r1"}))

    assert found.empty


def test_taking_a_taking_back_back_restores_the_act():
    found = themes.standing(acts({"kind": "kept", "coding_id": "c"}, {"kind": "taken back", "replaces": "r1"}, {"kind": "taken back", "replaces": "r2"}))

    assert found["review_id"].tolist() == ["r1"]


def test_what_stands_does_not_depend_on_the_order_of_the_lines():
    rows = acts({"kind": "kept", "coding_id": "c"}, {"kind": "dropped", "coding_id": "c", "because": "no"}, {"kind": "taken back", "replaces": "r2"})

    assert themes.standing(rows).equals(themes.standing(rows.iloc[::-1]))


def test_of_two_acts_in_one_second_the_higher_number_is_the_later():
    rows = acts({"kind": "kept", "coding_id": "urn:test:3"}, {"kind": "dropped", "coding_id": "urn:test:3"}).assign(created="2024-02-20T10:00:00Z")
    rows["review_id"] = ["z", "a"]

    assert themes.standing(rows)["kind"].tolist() == ["kept", "dropped"]


def test_the_latest_verdict_counts_and_the_others_have_none(opened, extracts):
    reviews = acts({"kind": "kept", "coding_id": "urn:test:3"}, {"kind": "dropped", "coding_id": "urn:test:3", "because": "only a wish"})

    sheet = themes.verdicts(extracts, reviews, opened.all_codings).set_index("coding_id")

    assert (sheet.loc["urn:test:3", "verdict"], sheet.loc["urn:test:3", "because"]) == ("dropped", "only a wish")
    assert sheet["verdict"].notna().sum() == 1


def test_a_verdict_on_one_coding_holds_for_the_segment(opened):
    # Both codes on the same words; the extract keeps one coding of the two, the verdict was given to the other.
    both = opened.codings.head(2).assign(code_id=["unanswered", "giving-up"], start=0, end=5, source_id="P01-1")
    kept = themes.extracts(opened.theme_codes, both)
    other = (set(both["coding_id"]) - set(kept["coding_id"])).pop()

    assert themes.verdicts(kept, acts({"kind": "kept", "coding_id": other}), both)["verdict"].tolist() == ["kept"]


def test_a_moved_extract_goes_to_its_theme_and_a_dropped_one_is_gone(opened, extracts):
    reviews = acts({"kind": "moved", "coding_id": "urn:test:1", "to_theme": "others-know", "because": "b"}, {"kind": "dropped", "coding_id": "urn:test:2", "because": "b"})

    left = themes.reviewed(extracts, themes.verdicts(extracts, reviews, opened.all_codings))

    assert len(left) == len(extracts) - 1
    assert left.set_index("coding_id").loc["urn:test:1", "theme_id"] == "others-know"


def test_progress_counts_extracts_transcripts_people_and_searches_apart(opened, extracts):
    reviews = acts({"kind": "kept", "coding_id": "urn:test:1"}, {"kind": "best fitting", "coding_id": "urn:test:3"}, {"kind": "re-read", "source_id": "P02-1"},
                   {"kind": "re-read", "source_id": "P02-1"}, {"kind": "absent looked for", "participant_id": "P02"}, {"kind": "negative case"})
    row = themes.progress(themes.verdicts(extracts, reviews, opened.all_codings), reviews, themes.tops(opened.themes)).iloc[0]

    assert row.to_dict() == {"theme_id": "silence-teaches", "extracts": 7, "judged": 1, "kept": 1, "moved": 0, "dropped": 0, "best_fitting": 1, "worst_fitting": 0,
                             "transcripts_read_again": 1, "absent_looked_for": 1, "searches": 1}


def test_who_was_looked_for_stands_beside_who_is_absent(opened, extracts):
    absent = themes.absent(extracts, opened.sources, themes.tops(opened.themes))

    looked = themes.looked_at(absent, acts({"kind": "absent looked for", "participant_id": "P02", "because": "never rang"}))

    assert looked["looked_on"].fillna("").tolist() == ["2024-02-20", ""]


def test_a_theme_nobody_searched_has_a_row_that_says_so(opened):
    reviews = acts({"kind": "negative case", "claim": "silence teaches", "how": "all read", "found": "none found", "because": "-", "changed": "nothing", "contrary": ["urn:test:6"]})

    register = themes.negative_cases(reviews, themes.tops(opened.themes), opened.all_codings)

    assert register["found"].tolist() == ["none found", "not searched yet"]
    assert register["contrary"].tolist() == [["P02-1, line 3"], []]


def test_a_theme_without_a_recorded_search_has_a_gap_that_a_search_closes(opened):
    def asked(reviews):
        found = themes.gaps(opened.themes, reviews)
        return found.loc[found["look_at"].str.startswith("no search"), "theme_id"].tolist()

    assert asked(acts()) == ["silence-teaches", "others-know"]
    assert asked(acts({"kind": "negative case"})) == ["others-know"]


def test_what_an_act_of_its_kind_needs_is_named():
    assert themes.missing({"kind": "dropped", "theme_id": "t", "coding_id": pd.NA}, themes.REVIEW_NEEDS) == ["coding_id", "because"]


def test_every_kind_says_what_it_needs():
    assert set(themes.REVIEW_NEEDS) == set(tables.REVIEW_KINDS)
    assert set(themes.MOVE_NEEDS) == set(tables.MOVE_KINDS)
    assert all(column in tables.REVIEWS.names for needs in themes.REVIEW_NEEDS.values() for column in needs)
    assert all(column in tables.MOVES.names for needs in themes.MOVE_NEEDS.values() for column in needs)

"""Each picture is drawn from its table, with units on the axis and nothing but colour never alone."""

import pandas as pd
import pytest
from sixphase import cases, codings, show, themes, transcripts


@pytest.fixture
def pictures(opened):
    """Every picture of the tiny study, by name."""
    cover = codings.coverage(opened.codings, opened.turns)
    extracts = themes.extracts(opened.theme_codes, opened.codings)
    return {
        "talk": show.talk(transcripts.talk(opened.turns), "c"),
        "timeline": show.timeline(transcripts.timeline(opened.turns), "c"),
        "code_reach": show.code_reach(codings.reach(opened.codings), "c"),
        "coverage": show.coverage(cover, "c"),
        "attention": show.attention(codings.attention(cover, codings.order_coded(opened.codings)), "c"),
        "over_time": show.codings_over_time(codings.by_day(opened.codings), codings.first_given(opened.codings), "c"),
        "cooccurrence": show.cooccurrence(codings.cooccurrence(opened.codings), "c"),
        "code_map": show.code_map(themes.code_map(opened.theme_codes, opened.codings), "c"),
        "heard_from": show.heard_from(themes.heard_from(extracts, cases.group_of(opened.participants, "role")), {"carer": 1, "patient": 1}, "c"),
        "overlaps": show.theme_overlaps(themes.overlaps(extracts), "c"),
        "portrait": show.portrait(opened.codings, {s: len(t) for s, t in opened.texts.items()}, "c"),
    }


@pytest.mark.parametrize(("name", "said"), [
    ("talk", ["P01-1", "words spoken", "interviewers", "23%"]), ("timeline", ["P01-2", "thick: participants"]),
    ("code_reach", ["giving-up", "1 participant, 2 interviews", "codings"]), ("coverage", ["6 codings", "1 coding", "share of participants"]),
    ("attention", ["codings per 1,000 words", "within 2 standard deviations"]), ("over_time", ["pass 1", "pass 2", "codes so far"]),
    ("cooccurrence", ["places", "nuisance"]), ("code_map", ["silence-teaches", "helpers"]), ("heard_from", ["1 of 1", "0 of 1", "carer"]),
    ("overlaps", ["extracts that meet"]), ("portrait", ["from the beginning to the end"])])
def test_a_picture_says_what_it_counts(pictures, name, said):
    svg = pictures[name].svg()

    assert all(words in svg for words in said)


def test_more_rows_than_a_page_holds_are_cut_and_said():
    many = pd.DataFrame({"code_id": [f"c{n:03d}" for n in range(80)], "codings": range(80, 0, -1), "interviews": 1, "participants": 1})

    assert "The first 60 of 80 are drawn" in show.code_reach(many, "c").caption


@pytest.mark.parametrize("empty", ["code_reach", "cooccurrence", "over_time"])
def test_a_study_without_codings_still_has_its_pictures(opened, empty):
    none = opened.codings.iloc[:0]

    drawn = {"code_reach": lambda: show.code_reach(codings.reach(none), "c"), "cooccurrence": lambda: show.cooccurrence(codings.cooccurrence(none), "c"),
             "over_time": lambda: show.codings_over_time(codings.by_day(none), codings.first_given(none), "c")}[empty]()

    assert drawn.svg().startswith("<svg")

"""Questions about codings, on segments that can be counted by hand."""

import pandas as pd
import pytest
from sixphase import codings


def table(*rows):
    made = pd.DataFrame(rows, columns=["source_id", "start", "end", "code_id"])
    return made.astype({"source_id": "str", "code_id": "str", "start": "int64", "end": "int64"})


def test_spans_that_only_touch_do_not_cooccur():
    # "They never rang back. I gave up."
    #  0                   20^21     32
    touching = table(("P01", 0, 21, "unanswered"), ("P01", 21, 32, "giving-up"))

    counts = codings.cooccurrence(touching)

    assert counts.loc["unanswered", "giving-up"] == 0


def test_a_place_coded_twice_with_one_code_counts_once():
    twice = table(("P01", 0, 10, "a"), ("P01", 5, 15, "a"), ("P01", 8, 12, "b"))

    counts = codings.cooccurrence(twice)

    assert counts.loc["a", "b"] == 1
    assert counts.loc["a", "a"] == 1


def test_codes_share_as_many_code_points_as_asked():
    overlapping = table(("P01", 0, 10, "a"), ("P01", 7, 15, "b"))

    assert codings.cooccurrence(overlapping, min_shared=3).loc["a", "b"] == 1
    assert codings.cooccurrence(overlapping, min_shared=4).loc["a", "b"] == 0


def test_less_than_one_code_point_in_common_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        codings.cooccurrence(table(), min_shared=0)


def test_no_codings_give_an_empty_square():
    assert codings.cooccurrence(table()).shape == (0, 0)


def test_the_coefficient_is_the_one_atlas_ti_prints():
    # ATLAS.ti manual, code co-occurrence: n1 = 100, n2 = 10, n12 = 5 give c = 5 / (100 + 10 - 5)
    counts = pd.DataFrame([[100, 5], [5, 10]], index=["a", "b"], columns=["a", "b"])

    pair = codings.neighbours(counts).iloc[0]

    assert pair["jaccard"] == pytest.approx(0.0476, abs=0.00005)
    assert pair["unequal"]  # 100 is more than five times 10


def test_reach_counts_codings_interviews_and_participants_apart(opened):
    reach = codings.reach(opened.codings).set_index("code_id")

    # giving-up: 2, 4 in P01-1 and 9 in P01-2: three codings, two interviews, one person
    assert reach.loc["giving-up"].tolist() == [3, 2, 1]
    # unanswered: 1 and 11, and 5, which was given as no-reply and merged
    assert reach.loc["unanswered"].tolist() == [3, 1, 1]


def test_a_coding_belongs_to_whoever_speaks_where_it_begins(opened):
    assert opened.codings.set_index("coding_id")["participant_id"].to_dict()["urn:test:6"] == "P02"


def test_a_coding_of_an_interviewer_has_no_participant(opened):
    asked = opened.given.head(1).assign(start=5, end=9)

    assert codings.with_participants(asked, opened.turns)["participant_id"].isna().all()


def test_no_codings_still_have_the_columns_about_participants(opened):
    none = codings.with_participants(opened.given.iloc[:0], opened.turns)

    assert {"participant_id", "turn", "text_line"} <= set(none.columns)


def test_coverage_is_the_share_of_participants_text_inside_a_coding(opened):
    coverage = codings.coverage(opened.codings, opened.turns).set_index("source_id")

    # P02 says "Café … dates." (98 code points, all coded) and "One letter. It said wait." (25, not coded)
    assert coverage.loc["P02-1", "coded"] == pytest.approx(98 / 123)
    assert coverage.loc["P02-1", "codings"] == 1
    assert coverage.loc["P02-1", "density"] == pytest.approx(1000 / 25)


def test_words_of_an_interviewer_are_not_covered(opened):
    asked = opened.given.head(1).assign(start=5, end=30)

    coverage = codings.coverage(asked, opened.turns)

    assert coverage["coded"].sum() == 0
    assert coverage["codings"].sum() == 0


def test_an_interview_far_from_the_others_is_named():
    densities = pd.DataFrame({"source_id": [*"abcdefg"], "density": pd.Series([10.0] * 6 + [30.0], dtype="Float64")})

    found = codings.attention(densities, [*"abcdefg"])

    # mean 12.857, standard deviation 6.999: (30 - 12.857) / 6.999 = 2.449
    assert found.loc[found["look_again"], "source_id"].tolist() == ["g"]
    assert found["distance"].iloc[-1] == pytest.approx(2.4495, abs=0.0001)


def test_interviews_all_alike_have_no_distance():
    alike = pd.DataFrame({"source_id": ["a", "b"], "density": pd.Series([5.0, 5.0], dtype="Float64")})

    found = codings.attention(alike, ["a", "b"])

    assert found["distance"].isna().all()
    assert not found["look_again"].any()


def test_codes_appear_in_the_order_they_were_first_given(opened):
    firsts = codings.first_given(opened.codings)

    assert firsts[["code_id", "on", "codes_so_far"]].values.tolist() == [
        ["giving-up", "2024-02-03", 1], ["nuisance", "2024-02-03", 2], ["unanswered", "2024-02-03", 3], ["helpers", "2024-02-04", 4]]


def test_two_coders_are_laid_side_by_side_where_they_differ(opened):
    differences = codings.side_by_side(opened.codings, opened.turns)

    # bo coded only "They never rang back. I gave up." in P01-1, turn 2, and nothing in turn 4; P02-1 had one coder
    assert differences[["source_id", "turn"]].values.tolist() == [["P01-1", 2], ["P01-1", 4]]
    assert differences["bo"].tolist() == ["unanswered", ""]
    assert differences["am"].tolist() == ["giving-up, nuisance, unanswered", "unanswered"]


def test_one_coder_alone_has_nobody_to_differ_from(opened):
    alone = opened.codings[opened.codings["coder_id"] == "am"]

    assert codings.side_by_side(alone, opened.turns).empty


def test_codings_by_day_and_pass_add_up_to_all(opened):
    days = codings.by_day(opened.codings)

    assert days["codings"].sum() == len(opened.codings) == 8
    assert days[days["pass"] == 2]["on"].tolist() == ["2024-02-10"]


def test_a_group_that_never_gave_a_code_is_named(opened):
    groups = opened.participants.set_index("participant_id")["role"]

    silent = codings.silent_groups(opened.codings, groups)

    assert silent.values.tolist() == [["giving-up", 1, "carer"], ["helpers", 1, "patient"], ["nuisance", 1, "carer"], ["unanswered", 1, "carer"]]


def test_what_no_coding_touches_is_listed_the_longest_first():
    text = "INT: why?\nP1: one two three four\nINT: and then?\nP1: five six seven eight nine ten\n"
    turns = pd.DataFrame([("S", 1, None, 5, 9), ("S", 2, "P1", 14, 32), ("S", 3, None, 38, 47), ("S", 4, "P1", 52, 81)], columns=["source_id", "turn", "participant_id", "start", "end"])
    two = text.index("two")
    seven = text.index("seven")
    given = pd.DataFrame([("S", two, two + 3), ("S", seven, seven + 5)], columns=["source_id", "start", "end"])

    found = codings.uncoded(given, turns, {"S": text}, fewest=1)

    # one | three four … five six | eight nine ten: the interviewer's words do not count, nor end a stretch
    assert found[["line", "words", "turns", "begins"]].values.tolist() == [[2, 4, 2, "three four five six"], [4, 3, 1, "eight nine ten"], [2, 1, 1, "one"]]
    assert codings.uncoded(given, turns, {"S": text}, fewest=4)["words"].tolist() == [4]
    assert codings.uncoded(given.head(0), turns, {"S": text}, fewest=1)["words"].tolist() == [10]

"""What two coders made of the same interviews, on interviews small enough to count."""

import pandas as pd
import pytest
from sixphase import codings, tables
from sixphase.codebook import Hold
from sixphase.measures import agreement, by_character, double_coding, unitizing

TURNS = pd.DataFrame([("S", 1, None, 0, 10), ("S", 2, "P1", 10, 30), ("S", 3, "P1", 30, 40), ("T", 1, "P2", 0, 50), ("T", 2, "P2", 50, 60), ("U", 1, "P3", 0, 9)],
                     columns=["source_id", "turn", "participant_id", "start", "end"])
CODINGS = pd.DataFrame([("S", "am", "x", 0, 20), ("S", "bo", "x", 0, 25), ("T", "am", "x", 0, 10), ("T", "am", "y", 0, 10), ("T", "bo", "y", 5, 15), ("U", "am", "x", 0, 5)],
                       columns=["source_id", "coder_id", "code_id", "start", "end"])


def test_only_interviews_that_both_coded_are_compared():
    assert double_coding.pairs(CODINGS).values.tolist() == [["am", "bo", 2, "S, T"]]


def test_words_of_an_interviewer_are_no_agreement():
    found = double_coding.by_code(CODINGS, TURNS, resamples=20, seed=1).set_index("code_id").loc["x"]

    # participants say 30 code points in S and 60 in T; am gave x to 10 + 10 of them, bo to 15, and 10 are the same
    assert found[["interviews", "first", "second", "both"]].tolist() == [2, 20, 15, 10]
    assert found["percent"] == pytest.approx(75 / 90)


def test_three_figures_are_laid_side_by_side():
    found = double_coding.overall(CODINGS, TURNS, resamples=20, seed=1).set_index("figure")

    # turns of participants: S2 {x} {x}, S3 {} {}, T1 {x, y} {y}, T2 {} {}
    assert found.loc["same codes", ["value", "units"]].tolist() == [3 / 4, 4]
    ratings = pd.DataFrame({"am": [frozenset("x"), frozenset(), frozenset("xy"), frozenset()], "bo": [frozenset("x"), frozenset(), frozenset("y"), frozenset()]})
    assert found.loc["alpha of sets", "value"] == pytest.approx(agreement.alpha(ratings, level="masi").value)
    assert found.loc["where marked", "units"] == 180  # 90 code points, from each of two sides


def test_where_nobody_coded_the_same_interview_no_figure_is_given():
    alone = CODINGS[CODINGS["coder_id"] == "am"]

    assert double_coding.pairs(alone).empty
    assert double_coding.by_code(alone, TURNS, seed=1).empty
    assert double_coding.overall(alone, TURNS, seed=1).empty


def test_exchanging_coders_changes_no_figure():
    others = CODINGS.replace({"coder_id": {"am": "zoe", "bo": "al"}})

    for compare in (double_coding.by_code, double_coding.overall):
        ours, theirs = (compare(given, TURNS, resamples=50, seed=2).drop(columns=["coders", "first", "second"], errors="ignore") for given in (CODINGS, others))
        pd.testing.assert_frame_equal(ours, theirs)


def test_limits_draw_interviews_and_are_those_of_the_figure_worked_out_again():
    pair = double_coding.pairs(CODINGS).iloc[0]
    given, lengths = double_coding._said(CODINGS, TURNS, pair)
    ratings, interviews = double_coding._turns(given, TURNS, ("am", "bo"))
    draws = double_coding.resampled(2, 200, 7)

    assert double_coding._same(ratings, interviews, draws) == pytest.approx(agreement.interval(agreement.percent, ratings, interviews, resamples=200, seed=7))
    assert agreement.alpha_interval(ratings, interviews, level="masi", resamples=200, seed=7) == pytest.approx(
        agreement.interval(lambda drawn: agreement.alpha(drawn, level="masi"), ratings, interviews, resamples=200, seed=7))
    # S alone, T alone and both: |u-alpha of each way to draw, by the function for one
    marked = double_coding.spans.union(given, by=("coder_id", "source_id")).assign(value="marked")
    ways = [pd.concat([marked[marked["source_id"] == one].assign(source_id=f"{one}{n}") for n, one in enumerate(drawn)]) for drawn in ("SS", "ST", "TT")]
    values = [unitizing.binary(way.reset_index(drop=True), pd.Series({name: int(lengths[name[0]]) for name in way["source_id"].unique()})).value for way in ways]
    assert double_coding._marked(marked, lengths, draws) == pytest.approx((min(values), max(values)))


def test_one_interview_gives_no_limits():
    found = double_coding.overall(CODINGS[CODINGS["source_id"] == "S"], TURNS, seed=1)

    assert found[["low", "high"]].isna().all(axis=None)


def test_the_middle_of_the_draws_holds_the_value_of_a_code():
    lengths = pd.Series({"S": 40, "T": 60})
    value = by_character.per_code(CODINGS, lengths, ("am", "bo")).set_index("code_id").loc["y", "alpha"]
    limits = by_character.intervals(CODINGS, lengths, ("am", "bo"), resamples=200, seed=1).set_index("code_id").loc["y"]

    assert limits["alpha_low"] <= value <= limits["alpha_high"]
    assert limits["drawn"] < 200  # S alone has no y, and there alpha is undefined


def test_people_who_speak_of_both_are_counted_once():
    given = pd.DataFrame({"code_id": ["a", "a", "b", "b", "a"], "participant_id": ["P1", "P1", "P1", "P2", None]})
    counts = codings.shared_participants(given)

    assert counts.values.tolist() == [[1, 1], [1, 2]]
    assert codings.neighbours(counts)[["first", "second", "together", "jaccard", "overlap"]].values.tolist() == [["a", "b", 1, 0.5, 1.0]]


def test_ten_against_a_hundred_with_five_together():
    # ATLAS.ti: c = 5 / (100 + 10 - 5) = .0476; of the rarer code half; ten times as often is beyond five
    found = codings.neighbours(pd.DataFrame([[100, 5], [5, 10]], index=["a", "b"], columns=["a", "b"])).iloc[0]

    assert found["jaccard"] == pytest.approx(.0476, abs=5e-5)
    assert (found["overlap"], found["unequal"]) == (.5, True)


def test_empty_tables_are_compared_to_nothing():
    none = tables.empty(tables.CODINGS)

    assert double_coding.pairs(none).empty
    assert codings.neighbours(codings.shared_participants(none.assign(participant_id=pd.Series(dtype="str")))).empty


GIVEN = CODINGS.assign(created=["2024-05-06T09:00:00Z", "2024-05-07T09:00:00Z", "2024-05-08T09:00:00Z", "2024-05-08T10:00:00Z", "2024-05-12T09:00:00Z", "2024-05-06T09:00:00Z"])
NOTHING = pd.DataFrame(columns=["code_id", "on"], dtype="str")
CHANGED = pd.DataFrame({"code_id": ["y"], "on": ["2024-05-10"]})


def counted(hold, changed=NOTHING, needed=True):
    return double_coding.coded_under(GIVEN, hold, changed, needed=needed)[["source_id", "coder_id", "counted"]].values.tolist()


def test_only_interviews_coded_after_the_codebook_was_held_stable_count():
    assert counted(Hold("2024-05-05", "am", "so", "")) == [["S", "am", "yes"], ["S", "bo", "yes"], ["T", "am", "yes"], ["T", "bo", "yes"]]
    assert counted(Hold("2024-05-06", "am", "so", "")) == [["S", "am", "no"], ["S", "bo", "yes"], ["T", "am", "yes"], ["T", "bo", "yes"]]  # the day itself cannot be told apart


def test_what_was_coded_after_a_code_changed_all_the_same_does_not_count_and_says_which():
    table = double_coding.coded_under(GIVEN, Hold("2024-05-05", "am", "so", ""), CHANGED, needed=True)

    assert table["counted"].tolist() == ["yes", "yes", "yes", "no"]
    assert table["why"].iloc[-1] == "a code changed on the way or before, though the codebook was held stable: y"
    assert double_coding.pairs(double_coding.counted(GIVEN, table)).values.tolist() == [["am", "bo", 1, "S"]]


def test_without_a_codebook_held_stable_a_study_coded_for_reliability_counts_nothing_and_another_says_so():
    assert {row[-1] for row in counted(None)} == {"no"}
    assert {row[-1] for row in counted(None, needed=False)} == {"yes"}
    assert double_coding.coded_under(GIVEN, None, NOTHING, needed=False)["why"].str.contains("codes may have changed").all()


def test_interviews_are_compared_one_by_one_in_the_order_they_were_begun():
    found = double_coding.by_interview(GIVEN, TURNS)

    assert found[["place", "source_id", "turns", "same_codes", "codes_apart"]].values.tolist() == [[1, "S", 2, 1.0, ""], [2, "T", 2, 0.5, "x"]]

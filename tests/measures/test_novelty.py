"""What runs of interviews bring, against an example small enough to count."""

import numpy as np
import pandas as pd
import pytest
from sixphase.measures import novelty

SETS = ["abcd", "cdef", "fgh", "hij", "ak", "l", "bm", "c", "d", "e"]  # ten interviews and the codes of each
NAMES = [f"I{n:02}" for n in range(1, 11)]
CODINGS = pd.DataFrame([(name, code) for name, codes in zip(NAMES, SETS, strict=True) for code in codes], columns=["source_id", "code_id"])
SOURCES = pd.DataFrame({"source_id": NAMES, "participants": [[f"P{n}"] for n in range(10)], "occasion": 1, "date": [f"2024-01-{n:02}" for n in range(1, 11)]})


def two_interviews():
    return pd.DataFrame({"source_id": ["A2", "B1", "A1", "C1"], "participants": [["A"], ["B"], ["A"], ["C"]], "occasion": [2, 1, 1, 1],
                         "date": ["2024-02-01", "2024-01-02", "2024-01-01", "2024-01-03"]})


def test_ten_interviews_with_a_base_of_four_and_runs_of_two():
    found = novelty.curve(CODINGS, NAMES, base=4, run=2)

    assert found["so_far"].tolist()[3] == 10  # a to j
    assert found["ratio"].dropna().tolist() == pytest.approx([.20, .20, .10, 0, 0])  # runs that end at interviews 6 to 10
    assert found["place"][found["ratio"].notna()].tolist() == [6, 7, 8, 9, 10]
    assert novelty.first_met(found, .05) == novelty.first_met(found, 0) == 9


def test_the_denominator_stays_the_base_and_is_not_the_running_total():
    more = pd.concat([CODINGS, pd.DataFrame({"source_id": "I05", "code_id": list("vwxyz")})])

    assert novelty.curve(more, NAMES, base=4, run=2)["ratio"].dropna().tolist() == pytest.approx([.70, .20, .10, 0, 0])


def test_disjoint_runs_lie_end_to_end():
    found = novelty.curve(CODINGS, NAMES, base=4, run=2, run_mode="disjoint")

    assert found["place"][found["ratio"].notna()].tolist() == [6, 8, 10]
    assert found["ratio"].dropna().tolist() == pytest.approx([.20, .10, 0])
    assert novelty.first_met(found, .05) == 10


def test_a_base_without_codes_has_no_ratio():
    late = CODINGS[~CODINGS["source_id"].isin(NAMES[:4])]

    assert novelty.curve(late, NAMES, base=4, run=2)["ratio"].isna().all()
    assert novelty.first_met(novelty.curve(late, NAMES, base=4, run=2), .05) is None


def test_an_unknown_run_mode_or_an_empty_base_is_refused():
    with pytest.raises(ValueError, match="no run mode “rolling”; modes: sliding, disjoint"):
        novelty.curve(CODINGS, NAMES, run_mode="rolling")
    with pytest.raises(ValueError, match="at least 1, not 0 and 2"):
        novelty.curve(CODINGS, NAMES, base=0)


def test_a_second_interview_never_stands_before_the_first():
    drawn = novelty.orders(two_interviews(), number=400, seed=3)

    assert all(sorted(order) == [0, 1, 2, 3] for order in drawn.tolist())
    assert all(order.index(2) < order.index(0) for order in drawn.tolist())
    # 12 of the 24 orders keep A1 before A2, and all 12 are drawn
    assert len({tuple(order) for order in drawn.tolist()}) == 12


def test_interviews_of_a_group_keep_the_order_of_everybody_in_it():
    sources = pd.DataFrame({"source_id": ["G", "A", "B"], "participants": [["A", "B"], ["A"], ["B"]], "occasion": [2, 1, 1], "date": ["2024-03-01", None, None]})

    assert all(order[-1] == 0 for order in novelty.orders(sources, number=50, seed=1).tolist())


def test_the_actual_order_is_that_of_the_days():
    assert novelty.actual_order(two_interviews()) == ["A1", "B1", "C1", "A2"]


def test_random_orders_are_those_of_the_seed_and_agree_with_the_curve():
    drawn = novelty.orders(SOURCES, number=20, seed=5)
    by_hand = [novelty.first_met(novelty.curve(CODINGS, [NAMES[i] for i in order], base=4, run=2), .05) for order in drawn]
    met = [place for place in by_hand if place]

    found = novelty.under_orders(CODINGS, SOURCES, base=4, run=2, threshold=.05, number=20, seed=5)

    assert np.array_equal(drawn, novelty.orders(SOURCES, number=20, seed=5))
    assert found == {"actual": 9, "median": np.median(met), "lowest": min(met), "highest": max(met), "never": by_hand.count(None), "orders": 20}


def test_codes_and_themes_are_told_apart():
    themes = pd.DataFrame({"theme_id": ["t"] * 13, "code_id": list("abcdefghijklm")})

    found = novelty.table(CODINGS, SOURCES, themes, bases=(4,), runs=(2,), thresholds=(.05,), number=10, seed=1)

    assert found[["level", "actual"]].values.tolist() == [["codes", 9], ["themes", 6]]  # one theme from the first interview on


def test_nothing_coded_gives_no_row():
    assert novelty.table(CODINGS.head(0), SOURCES, pd.DataFrame({"theme_id": [], "code_id": []}, dtype="str"), seed=1).empty


def test_dimensions_are_those_that_readers_named():
    codings = pd.DataFrame({"coding_id": ["1", "2", "3"], "code_id": ["a", "a", "b"], "source_id": ["I01", "I02", "I02"]})
    named = pd.DataFrame({"coding_id": ["1", "2", "2", "3"], "dimension": ["shame", "shame", "anger", "shame"]})

    assert novelty.dimensions(named, codings, NAMES).values.tolist() == [["a", 1, "I01", "shame", 1], ["a", 2, "I02", "anger", 2], ["b", 2, "I02", "shame", 1]]
    assert novelty.dimensions(named.head(0), codings, NAMES).empty

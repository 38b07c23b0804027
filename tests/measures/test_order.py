"""Prompts about attention over the course of the work."""

import pandas as pd
import pytest
from sixphase.measures import order


def test_coding_that_thins_out_all_along_has_a_trend_of_minus_one():
    assert order.trend(pd.DataFrame({"place": [1, 2, 3, 4], "density": [9.0, 7.5, 7.0, 1.0]})) == pytest.approx(-1)


def test_ties_share_their_rank():
    # ranks of place 1 2 3, of density 1.5 1.5 3: correlation 1.5 / sqrt(2 * 1.5)
    assert order.trend(pd.DataFrame({"place": [1, 2, 3], "density": [2.0, 2.0, 5.0]})) == pytest.approx(1.5 / 3 ** .5)


@pytest.mark.parametrize("density", [[1.0, 2.0], [3.0, 3.0, 3.0], [None, 1.0, 2.0]])
def test_there_is_no_trend_where_nothing_varies_or_too_little_is_known(density):
    assert order.trend(pd.DataFrame({"place": range(1, len(density) + 1), "density": pd.array(density, dtype="Float64")})) is None


def test_a_code_is_new_in_the_pass_in_which_it_was_first_given():
    codings = pd.DataFrame({"coding_id": list("1234"), "code_id": ["a", "b", "a", "c"], "source_id": ["S", "T", "S", "S"], "pass": [1, 1, 2, 2]})

    assert order.new_by_pass(codings).values.tolist() == [[1, 2, 2, 2], [2, 2, 1, 1]]


def test_decisions_of_the_last_tenth_are_counted_by_the_calendar():
    # 100 days; the last tenth begins on day 91
    decisions = pd.DataFrame({"on": ["2024-01-01", "2024-03-31", "2024-04-02", "2024-04-10"]})

    assert order.late(decisions) == {"decisions": 4, "late": 2, "days": 100}
    assert order.late(decisions.head(0)) == {"decisions": 0, "late": 0, "days": 0}

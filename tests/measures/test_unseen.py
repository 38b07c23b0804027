"""Two heuristics, against figures worked out by hand and printed before."""

import pandas as pd
import pytest
from sixphase.measures import unseen


def test_the_bound_of_thirteen_codes_six_in_one_interview_and_five_in_two():
    # 13 + 9/10 * 6 * 5 / (2 * 6) = 15.25
    rows = [(f"once{n}", "I1") for n in range(6)] + [(f"twice{n}", place) for n in range(5) for place in ("I1", "I2")]
    rows += [(f"more{n}", place) for n in range(2) for place in ("I1", "I2", "I3")]

    found = unseen.lower_bound(pd.DataFrame(rows, columns=["code_id", "source_id"]), 10)

    assert found.values.tolist() == [[13, 6, 5, 15.25]]


def test_nothing_coded_has_no_bound():
    assert unseen.lower_bound(pd.DataFrame({"code_id": [], "source_id": []}), 4).empty


@pytest.mark.parametrize(("participants", "at_least", "chance"), [(23, 1, .911), (23, 2, .685), (28, 1, .948), (28, 2, .785)])
def test_the_chance_to_hear_what_one_in_ten_would_voice(participants, at_least, chance):
    assert unseen.chance_of_hearing(.10, participants, at_least=at_least) == pytest.approx(chance, abs=5e-4)


def test_nobody_asked_says_nothing_and_a_share_is_no_percentage():
    assert unseen.chance_of_hearing(.5, 0) == 0
    with pytest.raises(ValueError, match="between 0 and 1"):
        unseen.chance_of_hearing(10, 23)

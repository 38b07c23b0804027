"""Two coders compared code by code over every character."""

import numpy as np
import pandas as pd
import pytest
from sixphase.measures import agreement, by_character

CODINGS = pd.DataFrame([("S", "am", "x", 0, 5), ("S", "am", "x", 3, 8), ("S", "bo", "x", 4, 10), ("T", "am", "x", 0, 4), ("S", "am", "all", 0, 20),
                        ("T", "am", "all", 0, 10), ("S", "bo", "all", 0, 20), ("T", "bo", "all", 0, 10), ("U", "am", "x", 0, 9)],
                       columns=["source_id", "coder_id", "code_id", "start", "end"])
LENGTHS = pd.Series({"S": 20, "T": 10})


def test_lengths_of_spans_give_what_characters_one_by_one_would():
    found = by_character.per_code(CODINGS, LENGTHS, ("am", "bo")).set_index("code_id").loc["x"]
    am, bo = np.zeros(30, bool), np.zeros(30, bool)
    am[0:8] = am[20:24] = bo[4:10] = True
    letters = pd.DataFrame({"am": am, "bo": bo})

    assert (found["first"], found["second"], found["both"]) == (12, 6, 4)
    assert found["percent"] == pytest.approx(agreement.percent(letters).value)
    assert found["kappa"] == pytest.approx(agreement.cohen(letters).value)
    assert found["alpha"] == pytest.approx(agreement.alpha(letters).value)
    assert found["ac1"] == pytest.approx(agreement.gwet(letters).value)


def test_a_code_given_to_every_character_is_undefined_and_not_perfect():
    found = by_character.per_code(CODINGS, LENGTHS, ("am", "bo")).set_index("code_id").loc["all"]

    assert found["percent"] == 1
    assert found[["kappa", "alpha", "ac1"]].isna().all()
    assert "only one category" in found["undefined"]

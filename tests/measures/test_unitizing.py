"""Agreement on free segments, against the example Krippendorff printed."""

import pandas as pd
import pytest
from sixphase.measures import unitizing

SAID = {"Alex": "1-7:1 8-13:2 31-32:5 33-37:6 38-44:6 45-60:7", "Paul": "1-7:1 8-13:3 14-21:5 33-44:6",
        "Suzan": "1-7:1 8-13:4 14-21:5 33-37:6 38-41:6 42-44:6"}
LENGTHS = pd.Series({"S": 60})


def segments(said):
    """Segments from “first-last:value”, places counted from 1 with the last one included."""
    rows = []
    for coder, marks in said.items():
        for mark in marks.split():
            places, value = mark.split(":")
            first, last = map(int, places.split("-"))
            rows.append((coder, "S", first - 1, last, value))
    return pd.DataFrame(rows, columns=["coder_id", "source_id", "start", "end", "value"])


EXAMPLE = segments(SAID)


def test_the_family_comes_out_as_krippendorff_printed_it():
    # Krippendorff (2019), Content Analysis, 4th ed., section 12.6: .510, .413 (.4136 worked out again), .724
    assert unitizing.u(EXAMPLE, LENGTHS).value == pytest.approx(.5100, abs=.00005)
    assert unitizing.binary(EXAMPLE, LENGTHS).value == pytest.approx(.4136, abs=.00005)
    assert unitizing.cu(EXAMPLE, LENGTHS).value == pytest.approx(.7242, abs=.00005)


def test_each_value_has_its_own_agreement_and_says_how_much_of_it_was_comparable():
    found = unitizing.per_value(EXAMPLE, LENGTHS).set_index("value")

    assert found["alpha"].round(9).drop("7").to_dict() == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1}
    assert found.loc["5", "coverage"] == pytest.approx(8 / 18)
    assert pd.isna(found.loc["7", "alpha"])
    assert (found.loc["7", "coverage"], found.loc["7", "undefined"]) == (0, "no two coders marked a place in common")


def test_exchanging_coders_or_values_changes_nothing():
    other = segments({"Z": SAID["Suzan"], "B": SAID["Alex"], "C": SAID["Paul"]})
    other["value"] = other["value"].map({"1": "z", "2": "y", "3": "x", "4": "w", "5": "v", "6": "u", "7": "t"})

    for coefficient in (unitizing.u, unitizing.binary, unitizing.cu):
        assert coefficient(other.iloc[::-1].reset_index(drop=True), LENGTHS).value == pytest.approx(coefficient(EXAMPLE, LENGTHS).value, abs=1e-12)


def test_two_sources_one_after_the_other_are_one_continuum():
    split = EXAMPLE.assign(source_id=["S1" if end <= 30 else "S2" for end in EXAMPLE["end"]])
    moved = split.assign(start=split["start"].where(split["source_id"] == "S1", split["start"] - 30), end=split["end"].where(split["source_id"] == "S1", split["end"] - 30))

    assert unitizing.u(moved, pd.Series({"S1": 30, "S2": 30})).value == pytest.approx(.5100, abs=.00005)


def test_where_everything_is_one_value_nothing_can_be_told_from_chance():
    whole = segments({"A": "1-60:x", "B": "1-60:x"})

    assert unitizing.cu(whole, LENGTHS).value is None
    assert "only one category" in unitizing.u(whole, LENGTHS).undefined


def test_overlapping_segments_of_one_coder_are_refused_by_name():
    with pytest.raises(ValueError, match="Alex gave overlapping segments in S"):
        unitizing.u(segments({"Alex": "1-7:1 5-9:2", "Paul": "1-7:1"}), LENGTHS)

"""Who carries a code in substance."""

import pandas as pd
from sixphase import themes


def test_one_who_tells_a_long_story_carries_a_code_that_three_were_given():
    # 80 code points by P01, and two remarks of 10
    codings = pd.DataFrame({"participant_id": ["P01", "P02", "P03"], "source_id": ["P01-1", "P02-1", "P03-1"], "code_id": "a", "start": [0, 0, 0], "end": [80, 10, 10]})

    assert themes.carried_by(codings)[["participant_id", "share"]].values.tolist() == [["P01", 0.8], ["P02", 0.1], ["P03", 0.1]]


def test_overlapping_codings_of_one_person_are_counted_once():
    codings = pd.DataFrame({"participant_id": "P01", "source_id": "P01-1", "code_id": ["a", "b"], "start": [0, 5], "end": [10, 15]})

    assert themes.carried_by(codings)["shared_points"].tolist() == [15]


def test_a_code_carried_by_few_is_listed_and_one_carried_by_many_is_not(opened):
    found = themes.thin_parts(opened.theme_codes, opened.codings, {}, few=1)

    assert set(found["part"]) == {"giving-up", "helpers", "nuisance", "shrinking", "unanswered"}  # each is one person's
    assert themes.thin_parts(opened.theme_codes, opened.codings, {}, few=0).empty

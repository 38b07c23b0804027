"""What codes mean and what they became."""

import pandas as pd
import pytest
from sixphase import codebook, tables


def codes(*rows):
    return tables.frame(tables.CODES, [{"name": row["code_id"], **row} for row in rows])


def test_a_merged_code_stands_for_the_last_it_was_merged_into():
    chain = codes({"code_id": "a", "merged_into": "b"}, {"code_id": "b", "merged_into": "c"}, {"code_id": "c"})

    assert codebook.became(chain) == {"a": "c", "b": "c", "c": "c"}


def test_codes_merged_in_a_circle_are_told():
    with pytest.raises(ValueError, match="a → b → a"):
        codebook.became(codes({"code_id": "a", "merged_into": "b"}, {"code_id": "b", "merged_into": "a"}))


def test_a_coding_keeps_the_code_it_was_given(opened):
    fifth = opened.codings.set_index("coding_id").loc["urn:test:5"]

    assert (fifth["given"], fifth["code_id"]) == ("no-reply", "unanswered")


def test_a_code_is_named_with_those_above_it():
    nested = codes({"code_id": "a", "name": "Access"}, {"code_id": "b", "name": "Waiting", "parent": "a"})

    assert codebook.paths(nested) == {"a": "Access", "b": "Access / Waiting"}


def test_parents_in_a_circle_do_not_hang():
    assert set(codebook.paths(codes({"code_id": "a", "parent": "b"}, {"code_id": "b", "parent": "a"}))) == {"a", "b"}


def test_gaps_name_what_is_missing_and_what_to_read_again(opened):
    gaps = codebook.gaps(opened.codes, opened.codings, needed=("definition",))

    assert gaps.values.tolist() == [["unanswered", "given 3 times, all to one participant"], ["giving-up", "given 3 times, all to one participant"],
                                    ["nuisance", "given once"], ["helpers", "has no definition"], ["helpers", "given once"]]


def test_a_code_nobody_gave_is_a_gap():
    unused = codebook.gaps(codes({"code_id": "a", "definition": "…"}), pd.DataFrame({"code_id": [], "participant_id": []}), needed=("definition",))

    assert unused["look_at"].tolist() == ["never given"]

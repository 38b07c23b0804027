"""What each family of thematic analysis shows."""

import pytest
from sixphase import approaches, tables


def test_every_family_a_study_may_declare_is_known():
    assert set(approaches.FAMILIES.columns) == set(tables.APPROACHES)


def test_a_reflexive_study_shows_no_counts_in_its_manuscript():
    assert approaches.shows("reflexive", "counts in the manuscript") == "hidden"


def test_codebook_families_ask_for_full_definitions():
    assert approaches.code_columns("reflexive") == ("definition",)
    assert approaches.code_columns("coding reliability") == ("definition", "use_when", "not_when", "example")


@pytest.mark.parametrize(("family", "feature"), [("grounded", "code definitions"), ("reflexive", "alpha")])
def test_an_unknown_family_or_feature_is_refused_with_those_there_are(family, feature):
    with pytest.raises(ValueError, match="families: reflexive"):
        approaches.shows(family, feature)

"""What each family of thematic analysis shows."""

import pytest
from sixphase import approaches, tables


def test_every_family_a_study_may_declare_is_known():
    assert set(approaches.FAMILIES.columns) == set(tables.APPROACHES)


def test_a_reflexive_study_shows_no_counts_in_its_manuscript():
    assert approaches.shows("reflexive", "counts in the manuscript") == "hidden"


def test_codebook_families_ask_for_full_definitions():
    assert approaches.code_columns("reflexive") == ("definition",)
    assert approaches.code_columns("coding reliability") == ("definition", "use_when", "not_when", "example", "near_miss")


@pytest.mark.parametrize(("family", "feature"), [("grounded", "code definitions"), ("reflexive", "alpha")])
def test_an_unknown_family_or_feature_is_refused_with_those_there_are(family, feature):
    with pytest.raises(ValueError, match="families: reflexive"):
        approaches.shows(family, feature)


@pytest.mark.parametrize("feature", ["agreement", "code novelty"])
@pytest.mark.parametrize(("family", "state", "asked"), [("reflexive", "hidden", "overridden"), ("codebook", "hidden", "shown"), ("coding reliability", "shown", "shown")])
def test_a_measure_is_hidden_unless_its_family_shows_it_or_a_decision_asks_for_it(family, state, asked, feature):
    request = {"decision_id": "d1", "on": "2024-03-01", "by": "am", "phase": 6, "what": "Report it", "about": [f"measure:{feature}"], "because": "the journal asks for it."}
    decided = tables.frame(tables.DECISIONS, [request])

    assert approaches.allowed(family, tables.empty(tables.DECISIONS), feature)[0] == state
    assert approaches.allowed(family, decided, feature)[0] == asked
    if state == "hidden":
        assert "the journal asks for it." in approaches.allowed(family, decided, feature)[1]


def test_a_decision_about_something_else_asks_for_no_measure():
    other = tables.frame(tables.DECISIONS, [{"decision_id": "d1", "on": "2024-03-01", "by": "am", "about": ["code:x"], "because": "agreement"}, {"decision_id": "d2", "about": None}])

    assert approaches.allowed("reflexive", other, "agreement")[0] == "hidden"


def test_nothing_is_worked_out_from_behind_a_closed_gate():
    rows = tables.frame(tables.DECISIONS, [{"decision_id": "d1", "on": "2024-03-01", "by": "am", "about": [], "because": "x"}])

    assert approaches.Gate("hidden", "").of(rows).empty
    assert len(approaches.Gate("overridden", "").of(rows)) == len(approaches.Gate("shown", "").of(rows)) == 1


@pytest.mark.parametrize(("family", "state"), [("reflexive", "overridden"), ("codebook", "shown"), ("coding reliability", "shown")])
def test_unseen_codes_are_hidden_from_every_family_until_somebody_asks(family, state):
    request = {"decision_id": "d1", "on": "2024-03-01", "by": "am", "about": ["measure:unseen codes"], "because": "the funder wants it"}

    assert approaches.allowed(family, tables.empty(tables.DECISIONS), "unseen codes").state == "hidden"
    assert approaches.allowed(family, tables.frame(tables.DECISIONS, [request]), "unseen codes").state == state


def test_an_override_leaves_a_sentence_for_the_limitations_and_a_request_none():
    request = {"decision_id": "d1", "on": "2024-03-01", "by": "am", "about": ["measure:agreement"], "because": "the journal asks for it"}
    decided = tables.frame(tables.DECISIONS, [request])

    assert approaches.overridden("reflexive", decided) == [
        "Agreement does not fit a reflexive study; it was reported because am asked for it on 2024-03-01: the journal asks for it. "
        "It says nothing about the worth of the interpretation."]
    assert approaches.overridden("coding reliability", decided) == approaches.overridden("reflexive", tables.empty(tables.DECISIONS)) == []

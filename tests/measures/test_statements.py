"""Every measure says what it counts, of what, and how it misleads."""

import pytest
from sixphase import tables
from sixphase.measures import statements


@pytest.mark.parametrize("name", statements.STATEMENTS)
def test_a_statement_is_whole(name):
    found = statements.statement(name)

    assert found.caveat.endswith(".")
    assert found.counts or not found.of  # what is divided is counted first
    assert not str(found).startswith("Counts ,")
    assert set(found.fits) <= set(tables.APPROACHES)


def test_what_a_family_hides_does_not_claim_to_fit_it():
    for name in ("agreement by code", "agreement overall", "code novelty", "dimensions"):
        assert statements.statement(name).fits == ("coding reliability",)
    assert statements.statement("unseen codes").fits == ()


def test_a_statement_reads_as_sentences():
    assert str(statements.statement("density")).startswith("Counts codings, of 1,000 participant words. Talkative is not rich")
    assert str(statements.statement("groundedness")).startswith("Counts codings of a code. It depends")
    assert str(statements.statement("information power")) == "Five judgements with their history; they are not added up. Fits reflexive and codebook."


def test_an_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean “coverage”"):
        statements.statement("coverag")

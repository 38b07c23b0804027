"""Every measure says what it counts, of what, and how it misleads."""

import pytest
from sixphase import tables
from sixphase.measures import statements


@pytest.mark.parametrize("name", statements.STATEMENTS)
def test_a_statement_is_whole(name):
    found = statements.statement(name)

    assert found.counts and found.of and found.caveat.endswith(".")
    assert set(found.fits) <= set(tables.APPROACHES)


def test_what_a_family_hides_does_not_claim_to_fit_it():
    for name in ("agreement by code", "agreement overall", "code novelty", "dimensions"):
        assert statements.statement(name).fits == ("coding reliability",)
    assert statements.statement("unseen codes").fits == ()


def test_an_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean “coverage”"):
        statements.statement("coverag")

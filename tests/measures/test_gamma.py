"""Gamma by its library where it is installed, and a sentence where it is not."""

import importlib.util
import json

import pandas as pd
import pytest
from sixphase.measures import gamma
from where import SHARED

FIXTURES = sorted((SHARED / "agreement_reference" / "dkpro_pygamma_fixtures").glob("*.json"))
there = importlib.util.find_spec("pygamma_agreement") is not None
SEGMENTS = pd.DataFrame([("am", 0, 5, "x"), ("bo", 1, 6, "x"), ("am", 8, 12, "y"), ("bo", 8, 12, "y")], columns=["coder_id", "start", "end", "value"])


@pytest.mark.skipif(there, reason="pygamma-agreement is installed")
def test_without_its_library_it_says_how_to_get_it():
    with pytest.raises(ImportError, match="pip install “sixphase\\[gamma\\]”"):
        gamma.gamma(SEGMENTS, seed=1)


@pytest.mark.skipif(not there, reason="pygamma-agreement is not installed (sixphase[gamma])")
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_gamma_is_that_of_the_published_fixtures(path):
    example = json.loads(path.read_text(encoding="utf-8"))
    segments = pd.DataFrame([(u["annotator"], u["start"], u["end"], u["category"]) for u in example["continuum"]], columns=SEGMENTS.columns)
    weights = example["params"]

    found = gamma.gamma(segments, alpha=weights["alpha"], beta=weights["beta"], precision=None, seed=example["metadata"]["seed"])

    assert found.observed == pytest.approx(example["tier1"]["bestAlignmentDisorder"], abs=1e-6)
    assert found.value == pytest.approx(example["tier3"]["gamma"], abs=.1)  # chance is drawn: its draws hang on the version of numpy


@pytest.mark.skipif(not there, reason="pygamma-agreement is not installed (sixphase[gamma])")
def test_the_same_seed_gives_the_same_gamma_and_one_coder_none():
    assert gamma.gamma(SEGMENTS, seed=3) == gamma.gamma(SEGMENTS.iloc[::-1], seed=3)
    with pytest.raises(ValueError, match="at least two coders"):
        gamma.gamma(SEGMENTS[SEGMENTS["coder_id"] == "am"], seed=1)

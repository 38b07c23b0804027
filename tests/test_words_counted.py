"""Words are counted as `SPOKEN` finds them, however fast the counting is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sixphase.words import SPOKEN, words


@given(st.text(alphabet=st.sampled_from("aB1_ '’-.\n\té–\x1c")))
def test_words_are_those_of_the_pattern(text):
    assert words(text) == len(SPOKEN.findall(text))


@pytest.mark.parametrize(("text", "number"), [("a-b-c-d", 1), ("it's", 1), ("'tis - so", 2), ("rock'n'roll", 1), ("-", 0), ("", 0), ("two–year", 2), ("He [laughs] went", 2)])
def test_hyphens_and_apostrophes_join_only_inside_a_word(text, number):
    assert words(text) == number

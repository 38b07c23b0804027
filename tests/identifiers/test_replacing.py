from hypothesis import given
from hypothesis import strategies as st
from sixphase.identifiers import replaced

# "Ask Ann Lee, or Ann’s boss."
#  0   4     11    16
FORMS = {"Ann Lee": "[person 1]", "Ann": "[person 1]", "Hull": "[place 1]"}


def test_the_longer_form_is_taken_and_possessives_stay():
    assert replaced("Ask Ann Lee, or Ann’s boss.", FORMS).text == "Ask [person 1], or [person 1]’s boss."


def test_a_name_inside_a_word_is_left():
    assert replaced("Annual hullabaloo", FORMS).text == "Annual hullabaloo"


def test_a_name_is_found_with_letters_nobody_sees_and_whatever_its_case():
    assert replaced("A\u00adNN in HULL", FORMS).text == "[person 1] in [place 1]"


def test_what_stands_in_brackets_already_is_left():
    assert replaced("[Ann, a nurse] met Ann", FORMS).text == "[Ann, a nurse] met [person 1]"


def test_a_span_moves_with_its_words():
    made = replaced("Ask Ann Lee, or Ann’s boss.", FORMS)

    assert made.text[slice(*made.span(13, 27))] == "or [person 1]’s boss."
    assert made.text[slice(*made.span(0, 3))] == "Ask"


def test_a_span_that_cuts_into_a_name_takes_the_whole_description():
    made = replaced("Ask Ann Lee, or Ann’s boss.", FORMS)

    assert made.text[slice(*made.span(8, 15))] == "[person 1], or"


def test_only_the_spans_that_were_named_are_looked_in():
    assert replaced("Ann: ask Ann", FORMS, within=[(5, 12)]).text == "Ann: ask [person 1]"


@given(st.lists(st.sampled_from(["Ann", "Hull", "Ann Lee", "é", "😀", " ", "x", "\n", "’s"])).map("".join), st.data())
def test_words_outside_names_are_the_same_after(text, data):
    made = replaced(text, FORMS)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = made.span(start, end)

    assert 0 <= first <= last <= len(made.text)
    if all(end <= begin or stop <= start for begin, stop, _ in made.edits):
        assert made.text[first:last] == text[start:end]

from hypothesis import given
from hypothesis import strategies as st
from sixphase.identifiers.folding import folded, form_of, one_letter_off


def test_what_nobody_sees_is_passed_over_and_places_are_kept():
    text, places = folded("Mar\u00adga\u200bret")

    assert text == "margaret"
    assert [places[0], places[3], places[-1]] == [0, 4, 10]


def test_letters_drawn_alike_are_one():
    assert folded("Маrgаrеt")[0] == "margaret"  # with Cyrillic M, a, a, e


def test_a_possessive_and_an_accent_make_no_other_name():
    assert form_of("Zoë’s") == form_of("ZOE")


@given(st.text())
def test_every_folded_letter_stands_somewhere_in_the_text(text):
    plain, places = folded(text)

    assert len(places) == len(plain) + 1
    assert places == sorted(places) and places[-1] == len(text)


def test_a_slip_of_one_letter_is_seen_and_two_are_not():
    assert one_letter_off("margaret", "margret")
    assert one_letter_off("margaret", "margaert")
    assert not one_letter_off("margaret", "margot")
    assert not one_letter_off("margaret", "margaret")

"""Declared edits of quotations: what is left out and put in is shown, and all else was said."""

import pytest
from sixphase.report.quoting import NotSaid, pieces, printed

SAID = "They never rang back. So [the trust] wrote, and I gave up."


def test_without_edits_a_quotation_is_its_words():
    assert printed(pieces(SAID)) == SAID


def test_a_cut_and_an_insertion_are_shown_and_marked_as_not_said():
    made = pieces(SAID, "They never rang [me] back. […] I gave up.")

    assert printed(made) == "They never rang [me] back. […] I gave up."
    assert [piece.words for piece in made if not piece.said] == ["[me]", " […]"[1:]]


def test_brackets_that_were_said_are_words():
    assert all(piece.said for piece in pieces(SAID, SAID))


def test_line_ends_of_the_author_make_no_difference():
    assert printed(pieces(SAID, "They never\nrang   back. […]")) == "They never rang back. […]"


@pytest.mark.parametrize("edited", [
    "They always rang back. […]",             # another word
    "They rang back. […]",                    # left out without a mark
    "never rang back. […]",                   # the beginning left out without a mark
    "They never rang back.",                  # the end left out without a mark
    "[…] I gave up. They never rang back.",   # another order
    "[…] ave up.",                            # half a word
    "[…]",                                    # nothing that was said
])
def test_what_was_not_said_or_was_left_out_silently_is_refused(edited):
    with pytest.raises(NotSaid):
        pieces(SAID, edited)


def test_a_fragment_within_a_sentence_needs_no_mark_at_its_ends():
    assert printed(pieces(SAID, "rang back", whole=False)) == "rang back"


def test_examples_in_docstrings_are_so():
    import doctest

    from sixphase.report import quoting

    assert doctest.testmod(quoting).failed == 0

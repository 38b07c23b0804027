"""Codings on a new version of a text: where they are is known exactly, or a person is asked, or they are lost; never silently wrong.

The gate is measured on the worked example with edits as people make them, each of which remembers where every character came from.
"""

import random
import statistics
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sixphase.anchoring import Comparison, carry
from where import ROOT, SHARED

sys.path.insert(0, str(Path(__file__).parent))
import everyday  # noqa: E402
import measure  # noqa: E402

TRANSCRIPTS = sorted((ROOT / "data" / "ics_leadership" / "transcripts").glob("*.txt"))[:7]
OLD = "INT: How is it?\n\nP07: They never rang back. I gave up. Yeah.\n\nINT: And now?\n\nP07: Now we wait for the letter, and the letter says nothing. Yeah.\n"


def one(new: str, words: str, old: str = OLD):
    start = old.index(words)
    [carried] = carry(old, new, [(start, start + len(words))])
    return carried.how, new[carried.start:carried.end] if carried.start >= 0 else None


@pytest.fixture(scope="module")
def outcomes() -> Counter:
    """All transcripts, 40 codings each, under each everyday edit: what was right, wrong or lost, and how it was told."""
    return measure.edited([path.read_text(encoding="utf-8") for path in TRANSCRIPTS])["outcomes"]


def test_everyday_edits_pass_the_gate(outcomes):
    share = measure.shares(outcomes)

    assert outcomes.total() == 7 * 8 * 40
    assert share["right"] >= 0.99
    assert share["wrong"] <= 0.003
    assert share["wrong and silent"] <= 0.0005


def test_most_codings_need_nobody(outcomes):
    assert sum(n for (_, how), n in outcomes.items() if how == "moved") / outcomes.total() > 0.85


def test_another_interview_under_the_same_id_is_noticed_and_nothing_is_silently_placed():
    for path, other in zip(TRANSCRIPTS, [*TRANSCRIPTS[1:], TRANSCRIPTS[0]], strict=True):
        text = path.read_text(encoding="utf-8")
        compared = Comparison(text, other.read_text(encoding="utf-8"))

        assert compared.is_another_text
        assert not any(compared.carry(*span).how == "moved" for span in everyday.spans(text, 40, random.Random(1)))


def test_what_a_script_makes_two_interviews_share_is_for_a_person_to_review():
    script = "AI: Thank you so much for taking the time to speak with me today. Our conversation will last about ten minutes.\n\n"
    old = script + "".join(f"P07: It began when number {n} told me that {n * 37} letters had gone out wrong.\n\n" for n in range(9))
    new = script + "".join(f"P07: For me nothing ever changed, and visitor {n} came and went {n * 41} times a year.\n\n" for n in range(9))

    assert one(new, "Our conversation will last about ten minutes.", old) == ("to review", "Our conversation will last about ten minutes.")


@pytest.mark.skipif(not (SHARED / "interviews_250").exists(), reason="the real interviews are not beside this repository (../shared/data)")
def test_interviews_that_one_script_led_are_told_apart_and_their_own_new_versions_are_not():
    texts = measure.led_by_a_script(SHARED / "interviews_250")[::10]

    found = measure.swapped(texts)

    assert found["another text"] == found["pairs"] == len(texts) == 25
    assert found["moved"] == 0
    assert measure.edited(texts[:5])["another text"] == 0


def test_ten_edits_in_a_chain_leave_no_coding_unaccounted_for():
    text = TRANSCRIPTS[0].read_text(encoding="utf-8")
    rnd = random.Random(7)
    standing = dict(enumerate(everyday.spans(text, 40, rnd)))
    edited, gone = everyday.begun(text), {}
    truth = {number: span for number, span in standing.items()}
    for _ in range(10):
        before = everyday.read(edited)
        edited = rnd.choice(everyday.EVERYDAY)(edited, rnd)
        moved = dict(zip(standing, carry(before, everyday.read(edited), standing.values()), strict=True))
        gone |= {number: c.how for number, c in moved.items() if c.how != "moved"}
        standing = {number: (c.start, c.end) for number, c in moved.items() if c.how == "moved"}

    assert standing.keys() | gone.keys() == truth.keys()
    assert not standing.keys() & gone.keys()
    for number, (start, end) in standing.items():
        true_start, true_end, _ = everyday.where(edited, *truth[number])
        assert abs(start - true_start) <= 3 and abs(end - true_end) <= 3


def test_what_did_not_change_has_moved_with_what_was_put_before_it():
    assert one("INT: Well.\n\n" + OLD, "They never rang back.") == ("moved", "They never rang back.")


def test_other_quotation_marks_dashes_and_spaces_are_the_same_words():
    old = "P07: “We wait” – it’s long.\n\nINT: Is it? Tell me more of it.\n"

    assert one('P07: "We  wait" - it\'s\nlong.\n\nINT: Is it? Tell me more of it.\n', "“We wait” – it’s long.", old) == ("moved", '"We  wait" - it\'s\nlong.')


def test_a_word_that_was_mended_is_for_a_person_to_review_at_the_right_place():
    assert one(OLD.replace("letter says nothing", "letter said nothing"), "the letter says nothing") == ("to review", "the letter said nothing")


def test_a_passage_that_is_gone_is_lost_and_not_put_on_its_neighbour():
    assert one(OLD.replace(" They never rang back.", ""), "They never rang back.") == ("lost", None)


def test_a_deleted_word_that_stands_in_thirty_other_places_is_not_put_on_the_nearest():
    old = "".join(f"INT: Question {n} about a matter?\n\nP07: Yeah.\n\n" for n in range(30))
    new = old.replace("INT: Question 7 about a matter?\n\nP07: Yeah.\n\n", "INT: Question 7 about a matter?\n\nP07: No comment.\n\n")
    at = old.index("Yeah", old.index("Question 7"))

    [carried] = carry(old, new, [(at, at + 4)])

    assert carried.how != "moved"


def test_a_passage_that_now_stands_twice_is_for_a_person_to_choose():
    passage = "P07: They never rang back. I gave up. Yeah.\n\nINT: And now?\n\n"

    assert one(OLD.replace(passage, passage + passage), "They never rang back. I gave up.")[0] == "to review"


def test_a_paragraph_that_was_moved_is_found_by_its_words():
    one_paragraph, other = "P07: First I rang the clinic in the morning and nobody answered me at all.\n\n", "P07: Then the letter came, the one with the wrong date on it, as they do.\n\n"
    old = OLD + one_paragraph + other

    assert one(other + OLD + one_paragraph, "Then the letter came, the one with the wrong date on it", old) == ("moved", "Then the letter came, the one with the wrong date on it")


def test_there_and_back_again_gives_the_old_places():
    new = OLD.replace("Yeah", "Yes indeed").replace("And now", "So what about now")
    spans = [(OLD.index(words), OLD.index(words) + len(words)) for words in ("They never rang back.", "Now we wait for the letter", "How is it?")]

    there = carry(OLD, new, spans)

    assert [(c.start, c.end) for c in carry(new, OLD, [(c.start, c.end) for c in there])] == spans


@given(st.text(alphabet="ab é😀\n.", max_size=60), st.text(alphabet="ab é😀\n.", max_size=60), st.integers(0, 60), st.integers(1, 30))
@settings(max_examples=300, deadline=None)
def test_whatever_the_texts_are_a_silent_place_has_the_same_words(old, new, start, length):
    start, end = min(start, max(0, len(old) - 1)), min(len(old), start + length)
    if start >= end:
        return

    [carried] = carry(old, new, [(start, end)])

    assert carried.how in ("moved", "to review", "lost")
    assert carried.start == carried.end == -1 or 0 <= carried.start < carried.end <= len(new)
    if carried.how == "moved":
        assert "".join(new[carried.start:carried.end].split()).casefold() == "".join(old[start:end].split()).casefold()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_span_far_from_every_edit_maps_exactly(data):
    text = "".join(f"P07: sentence {n} says what only number {n} can say about the {n * 37 % 101} letters.\n\n" for n in range(40))
    at = data.draw(st.integers(0, 18)) * 2
    edited = text.split("\n\n")
    edited[at] = data.draw(st.text(alphabet="abc dé.😀", max_size=40))
    new = "\n\n".join(edited)
    far = (at + 20) % 40
    words = f"sentence {far} says what only number {far} can say"

    assert one(new, words, text) == ("moved", words)


@pytest.mark.parametrize(("old", "new"), [("the " * 3000, "the " * 2999), ("a b " * 2000, "b a " * 2000), ("", "x"), ("x", "")])
def test_texts_without_anything_to_hold_on_to_are_told_and_not_guessed(old, new):
    spans = [(8, 15), (400, 411)] if len(old) > 500 else []

    assert all(c.how != "moved" or old[s:e] == new[c.start:c.end] for (s, e), c in zip(spans, carry(old, new, spans), strict=True))


def test_a_comparison_serves_any_number_of_spans():
    compared = Comparison(OLD, "Well. " + OLD)

    assert statistics.mean(compared.carry(place, place + 4).start - place for place in range(5, 40)) == 6

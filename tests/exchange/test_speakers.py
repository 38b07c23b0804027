"""Labels are found, counted and shown; a person says who they are."""

import unicodedata

import pytest
from sixphase.exchange.arrivals import Arrival, tidied
from sixphase.exchange.speakers import cut, propose


def arrival(name: str, *paragraphs: str) -> Arrival:
    return Arrival(name, "text", b"", list(paragraphs))


def who(*arrivals: Arrival, interviewers=(), taken=(), extra=()) -> dict[str, tuple]:
    turns, _ = cut(arrivals, extra)
    return {s.label: (s.turns, s.asks, s.person) for s in propose(turns, interviewers=interviewers, taken=taken)}


def test_a_label_that_stands_only_once_is_no_speaker_but_is_pointed_out():
    turns, doubts = cut([arrival("A1", "INT: How?", "P07: Well.", "Remember: we waited.", "INT: So?", "P07: Yes.")])

    assert turns["A1"] == [("INT", "How?"), ("P07", "Well.\nRemember: we waited."), ("INT", "So?"), ("P07", "Yes.")]
    assert doubts == ["“Remember:” begins a line only once and was not taken for a speaker"]


@pytest.mark.parametrize("line", ["at 10:30 we left", "see https://example.org: no", "12:30 INT: no", "he said:no", "😀: hello", "He said, and I quote the whole of it here: no"])
def test_a_colon_that_belongs_to_no_label_begins_no_turn(line):
    turns, _ = cut([arrival("A1", "P07: Yes.", line, "P07: No.", line)])

    assert [label for label, _ in turns["A1"]] == ["P07", "P07"]


def test_a_label_named_by_a_person_counts_although_it_stands_once():
    turns, doubts = cut([arrival("A1", "INT: How?", "INT: And?", "Zoë: Fine.")], ["Zoë"])

    assert turns["A1"][-1] == ("Zoë", "Fine.")
    assert not doubts


def test_labels_are_counted_over_all_interviews():
    turns, _ = cut([arrival("A1", "Zoë: Yes."), arrival("A2", "Zoë: No.")])

    assert turns == {"A1": [("Zoë", "Yes.")], "A2": [("Zoë", "No.")]}


def test_one_name_in_two_unicode_forms_is_one_speaker():
    joined, apart = "Zoë: Yes.", unicodedata.normalize("NFD", "Zoë: No.")

    assert list(who(arrival("A1", tidied(joined)[0], tidied(apart)[0]))) == ["Zoë"]


def test_a_name_in_several_interviews_is_one_participant():
    # Zoë speaks twice in A1 and once in A2: one speaker of three turns in two interviews
    turns, _ = cut([arrival("A1", "Zoë: a", "Zoë: b c"), arrival("A2", "Zoë: d")])

    [zoe] = propose(turns, interviewers=(), taken=())

    assert (zoe.turns, zoe.words, zoe.interviews, zoe.person) == (3, 4, 2, "P01")


@pytest.mark.parametrize("label", ["User", "participant", "Speaker 2", "P", "Respondent"])
def test_a_label_anybody_may_have_is_a_participant_of_each_interviews_own(label):
    assert who(arrival("A1", f"{label}: a", f"{label}: b"))[label][2] == ""


def test_an_id_of_the_study_is_kept_and_names_get_free_ids():
    found = who(arrival("A1", "Zoë: a", "Zoë: b", "P02: c", "P02: d", "Émile: e", "Émile: f"), taken=["P01"])

    assert {label: person for label, (_, _, person) in found.items()} == {"Zoë": "P03", "P02": "P02", "Émile": "P04"}


def test_whoever_a_person_names_asks_beside_those_with_usual_labels():
    found = who(arrival("A1", "INT: a", "INT: b", "Dr. Ngũgĩ: c", "Dr. Ngũgĩ: d"), interviewers=["Dr. Ngũgĩ"])

    assert {label for label, (_, asks, _) in found.items() if asks} == {"Dr. Ngũgĩ", "INT"}


def test_usual_labels_of_interviewers_are_proposed():
    found = who(arrival("A1", "Interviewer: a", "Interviewer: b", "P07: c", "P07: d"))

    assert (found["Interviewer"][1], found["P07"][1]) == (True, False)

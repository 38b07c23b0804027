"""Turns and words of transcripts."""

import pytest
from sixphase import transcripts


@pytest.mark.parametrize(("said", "count"), [
    ("They never rang back.", 4), ("It’s a two-year wait", 4), ("[laughs] yes", 1), ("Café שלום 😀", 2), ("", 0), ("1. We 2", 3), ("[inaudible, 4 seconds]", 0),
    ("[person 1] rang", 3), ("[the ward manager]’s boss", 4), ("[long pause] [phone rings] [00:12:03] […]", 0), ("[REDACTED] said no", 3)])
def test_words_are_what_a_person_spoke(said, count):
    assert transcripts.words(said) == count


def test_only_a_known_label_begins_a_turn():
    text = "INT: So?\n\nP01: Note: this is one turn.\nStill the same.\n\nP01: Next.\n"

    turns = transcripts.turns_of(text, "P01-1", {"INT": None, "P01": "P01"})

    assert [(t["speaker"], text[t["start"]:t["end"]], t["line"]) for t in turns] == [
        ("INT", "So?", 1), ("P01", "Note: this is one turn.\nStill the same.", 3), ("P01", "Next.", 6)]


def test_the_longer_of_two_labels_is_taken():
    turns = transcripts.turns_of("P1: a\n\nP12: b\n", "s", {"P1": "P1", "P12": "P12"})

    assert [t["speaker"] for t in turns] == ["P1", "P12"]


def test_a_turn_without_words_is_a_turn():
    turns = transcripts.turns_of("P1: \n\nINT: hm\n", "s", {"P1": "P1", "INT": None})

    assert [(t["speaker"], t["words"], t["end"] - t["start"]) for t in turns] == [("P1", 0, 0), ("INT", 1, 2)]


def test_talk_adds_up_turns_and_words_of_each_side(opened):
    talk = transcripts.talk(opened.turns).set_index("source_id")

    # P01-1: "What has the waiting been like?" 6 + "Who did you talk to?" 5 = 11 words of the interviewer
    assert talk.loc["P01-1", ["participant_turns", "interviewer_turns", "interviewer_words"]].tolist() == [2, 2, 11]
    # P02-1: 7+14 and 5 words: "Café staff knew more than the clinic did." is 8, "A man there ... dates." 12, "One letter. It said wait." 5
    assert talk.loc["P02-1", "participant_words"] == 25
    assert talk.loc["P02-1", "interviewer_share"] == pytest.approx(6 / 31)


def test_a_person_interviewed_twice_is_one_participant_with_two_interviews(opened):
    speech = transcripts.speech(opened.turns)

    assert speech[["participant_id", "interviews", "turns"]].values.tolist() == [["P01", 2, 3], ["P02", 1, 2]]


def test_the_timeline_leaves_no_gap_and_no_overlap(opened):
    line = transcripts.timeline(opened.turns)

    for _, of_source in line.groupby("source_id"):
        assert of_source["begins"].tolist() == [0, *of_source["ends"].tolist()[:-1]]


def test_a_concordance_finds_whole_words_whatever_their_case(opened):
    found = transcripts.concordance(opened.texts, opened.turns, "NEVER rang")

    assert found[["source_id", "line", "found"]].values.tolist() == [["P01-1", 3, "never rang"], ["P01-1", 8, "never rang"]]
    assert found.loc[0, "before"] == "They "


def test_a_star_stands_for_the_rest_of_a_word_and_interviewers_are_left_out(opened):
    theirs = transcripts.concordance(opened.texts, opened.turns, "wait*")
    everyone = transcripts.concordance(opened.texts, opened.turns, "wait*", interviewers=True)

    assert theirs["found"].tolist() == ["wait", "wait"]  # "It said wait.", "learning to wait."
    assert len(everyone) == 3  # and "the waiting"


@pytest.mark.parametrize("pattern", ["", "  "])
def test_nothing_to_look_for_is_refused(opened, pattern):
    with pytest.raises(ValueError, match="nothing to look for"):
        transcripts.concordance(opened.texts, opened.turns, pattern)


def test_a_broken_expression_is_refused_in_words(opened):
    with pytest.raises(ValueError, match="is not a regular expression"):
        transcripts.concordance(opened.texts, opened.turns, "(", regular=True)

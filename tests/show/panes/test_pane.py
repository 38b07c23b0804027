"""The pane's Python side: what it tells the page, and what it answers to an act."""

import json

import pytest
from sixphase import files, show


@pytest.fixture
def pane(opened):
    made = show.coder(files.desk(opened, by="am"), "P01-1")
    made.told = []
    made.send = made.told.append
    return made


def test_the_words_of_a_transcript_are_no_part_of_the_widgets_state(pane):
    state = json.dumps({name: value for name, value in pane.get_state().items() if name not in ("_esm", "_css")}, default=str)

    assert "rang back" not in state


def test_the_page_is_told_turns_codings_codes_and_themes(pane):
    pane._heard(None, {"id": "1", "ask": "interview", "source_id": "P01-1"}, [])

    [told] = pane.told
    assert "".join(turn["lead"] + turn["text"] for turn in told["turns"]) == pane._desk.text("P01-1").rstrip("\n")
    assert sorted(coding["coding_id"] for coding in told["codings"]) == ["urn:test:1", "urn:test:11", "urn:test:2", "urn:test:3", "urn:test:4", "urn:test:5"]
    assert {theme["theme_id"]: theme["codes"] for theme in told["themes"]} == {"silence-teaches": ["giving-up", "nuisance", "unanswered"], "others-know": ["helpers"]}
    assert (told["me"], told["label"]) == ("am", "SYNTHETIC – not research data")
    json.dumps(told, allow_nan=False)


def test_a_question_that_cannot_be_answered_is_answered_with_why(pane):
    pane._heard(None, {"id": "1", "ask": "interview", "source_id": "P99"}, [])

    assert pane.told[0]["re"] == "1" and "no source “P99”" in pane.told[0]["why"]


def test_an_act_that_fails_for_any_reason_is_refused_and_never_silent(pane, monkeypatch):
    monkeypatch.setattr(pane._desk, "record", lambda act: 1 / 0)

    pane._heard(None, {"act": {"id": "x", "do": "give", "source_id": "P01-1"}}, [])

    assert pane.told[0]["refused"] == {"id": "x", "why": "ZeroDivisionError: division by zero"}


def test_an_unknown_interview_is_told_the_known_ones(opened):
    with pytest.raises(ValueError, match="P01-1, P02-1, P01-2"):
        show.coder(files.desk(opened, by="am"), "P77")


def test_the_first_interview_without_codings_is_opened(opened):
    assert show.coder(files.desk(opened, by="bo")).source == "P02-1"


def test_a_study_without_transcripts_is_told_how_to_bring_some_in(tmp_path):
    empty = files.open_study(files.new_study("empty", tmp_path))

    assert "import FILE" in show.coder(files.desk(empty)).html
    assert "import FILE" in show.reader(files.desk(empty)).html
    assert "sixphase import" not in show.coder(files.desk(empty)).html  # results do not depend on how sixphase was started

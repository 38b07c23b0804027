"""The Python side of the theme board and the review desk: what they tell the page, and how they look without a kernel."""

import json

import pytest
from sixphase import files, show


@pytest.fixture
def board(opened):
    made = show.board(files.desk(opened, by="am"))
    made.told = []
    made.send = made.told.append
    return made


@pytest.fixture
def reviewer(opened):
    made = show.reviewer(files.desk(opened, by="am"))
    made.told = []
    made.send = made.told.append
    return made


def heard(widget, **message) -> dict:
    widget._heard(None, message, [])
    json.dumps(widget.told[-1], allow_nan=False)
    return widget.told[-1]


def test_the_page_is_told_themes_and_the_codes_that_stand(board):
    told = heard(board, id="1", ask="board")

    assert {theme["theme_id"]: theme["codes"] for theme in told["board"]["themes"]}["shrinking"] == ["giving-up", "nuisance"]
    assert [(code["code_id"], code["codings"]) for code in told["codes"]] == [("unanswered", 3), ("giving-up", 3), ("nuisance", 1), ("helpers", 1)]
    assert (told["me"], told["label"], told["board"]["too_early"]) == ("am", "SYNTHETIC – not research data", "")


def test_extracts_of_a_code_say_where_they_stand(board):
    told = heard(board, id="1", ask="extracts", code_id="giving-up")["passages"]

    assert [(one["source_id"], one["line"], one["words"]) for one in told][0] == ("P01-1", 3, "I gave up.")


def test_a_move_is_answered_with_the_board_as_it_is_now(board):
    told = heard(board, act={"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "do": "move", "created": "2024-03-01T10:00:00Z", "kind": "code moved", "code_id": "helpers", "from_theme": "others-know"})

    assert told["saved"]["id"].endswith("1")
    assert [theme["codes"] for theme in told["board"]["themes"] if theme["theme_id"] == "others-know"] == [[]]
    assert told["board"]["days"] == ["2024-03-01"]


def test_a_refused_move_is_answered_with_why_and_the_board(board):
    told = heard(board, act={"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "do": "move", "created": "2024-03-01T10:00:00Z", "kind": "code moved", "code_id": "helprs"})

    assert "did you mean “helpers”" in told["refused"]["why"]
    assert told["board"]["themes"]


def test_without_a_kernel_the_board_is_a_table_of_themes_and_codes(board):
    page = board._repr_mimebundle_()["text/html"]

    assert "Others hold the dates" in page and "Giving up asking (3)" in page and "<s>Letters</s> (let go)" in page
    assert "SYNTHETIC" in page


def test_a_theme_under_review_is_told_with_its_extracts_and_who_is_absent(reviewer):
    told = heard(reviewer, id="1", ask="theme", theme_id="others-know")

    assert [(one["source_id"], one["line"], one["words"]) for one in told["extracts"]] == [
        ("P02-1", 3, "Café staff knew more than the clinic did. A man there says שלום to everyone and he knew the dates.")]
    assert [row["participant_id"] for row in heard(reviewer, id="2", ask="theme", theme_id="silence-teaches")["state"]["absent"] if row["part"] == "Asking shrinks"] == ["P02"]


def test_a_verdict_is_answered_with_the_state_of_the_theme(reviewer):
    told = heard(reviewer, act={"id": "urn:uuid:00000000-0000-4000-8000-000000000001", "do": "review", "created": "2024-03-01T10:00:00Z", "kind": "dropped", "of_theme": "others-know",
                                "theme_id": "others-know", "coding_id": "urn:test:6", "because": "a topic only"})

    assert told["state"]["verdicts"] == [{"coding_id": "urn:test:6", "verdict": "dropped", "to_theme": None, "fit": None, "because": "a topic only", "by": "am"}]


def test_without_a_kernel_the_desk_is_a_table_of_extracts_and_verdicts(reviewer):
    page = reviewer._repr_mimebundle_()["text/html"]

    assert "I gave up." in page and "not judged yet" in page and "Extracts judged: Silence teaches people not to ask: 0 of" in page


def test_no_words_of_a_participant_are_part_of_a_widgets_state(board, reviewer):
    for made in (board, reviewer):
        state = json.dumps({name: value for name, value in made.get_state().items() if name not in ("_esm", "_css")}, default=str)
        assert "rang back" not in state and "gave up" not in state


def test_a_theme_that_is_not_there_is_told_the_known_ones(opened):
    with pytest.raises(ValueError, match="silence-teaches, others-know"):
        show.reviewer(files.desk(opened), "shrinking")


def test_a_study_without_themes_is_told_where_they_are_made(tmp_path):
    empty = files.open_study(files.new_study("empty", tmp_path))

    assert "board of notebook 3" in show.reviewer(files.desk(empty)).html
    assert "0 themes" in show.board(files.desk(empty))._repr_mimebundle_()["text/html"]

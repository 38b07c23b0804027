import pytest

from sixphase.files import acts, append_decision, append_reading, open_study
from sixphase.files.records_jsonl import read_records
from sixphase.problems import StudyError
from sixphase.tables import DECISIONS


def test_a_decision_is_read_back_with_its_reason(opened):
    saved = append_decision(opened, "let letters-theme go", by="am", phase=4, because="one letter “is” no pattern 😀",
                            about=["theme:letters-theme"], back_to=3, on="2024-03-01")

    decision = open_study(opened.folder).decisions.set_index("decision_id").loc[saved]
    assert (decision["what"], decision["because"]) == ("let letters-theme go", "one letter “is” no pattern 😀")
    assert (decision["phase"], decision["back_to"]) == (4, 3)
    assert (decision["about"], decision["on"]) == (["theme:letters-theme"], "2024-03-01")


def test_a_decision_without_a_reason_is_refused_and_not_written(opened):
    before = (opened.folder / "decisions.jsonl").read_bytes()

    with pytest.raises(StudyError, match="because is missing"):
        append_decision(opened, "merge two codes", by="am", phase=2, because=" ")

    assert (opened.folder / "decisions.jsonl").read_bytes() == before


def test_a_sitting_is_read_back(opened):
    saved = append_reading(opened, "P01-2", by="bo", minutes=25, note="שלום", on="2024-03-06")

    sitting = open_study(opened.folder).reading.set_index("reading_id").loc[saved]
    assert (sitting["source_id"], sitting["by"], sitting["minutes"], sitting["note"]) == ("P01-2", "bo", 25, "שלום")


def test_a_sitting_with_an_unknown_interview_is_refused(opened):
    with pytest.raises(ValueError, match="no source P09-1 in waiting"):
        append_reading(opened, "P09-1", by="am")


def record(**changes) -> dict:
    return {"decision_id": "d", "on": "2024-02-10", "by": "am", "phase": 2, "what": "w", "because": "b"} | changes


@pytest.mark.parametrize(("lines", "kept", "told"), [
    ([record(), record()], 1, []),
    ([record(), record(what="other")], 1, ["decisions.jsonl, line 2: decision_id d stands twice"]),
    ([record(on="10/02/2024"), record(decision_id="e")], 1, ["decisions.jsonl, line 1: on "]),
    ([record(fase=2)], 0, ["decisions.jsonl, line 1: fase is not a column of decisions: did you mean “phase”?"]),
], ids=["repeated", "one id twice", "wrong day", "unknown column"])
def test_records_are_read_in_the_order_of_their_lines_and_wrong_ones_are_told(tmp_path, lines, kept, told):
    acts.append(tmp_path / "decisions.jsonl", lines)
    problems = []

    decisions = read_records(tmp_path, DECISIONS, problems)

    assert len(decisions) == kept
    assert len(problems) == len(told)
    assert all(str(problem).startswith(start) for problem, start in zip(problems, told, strict=True))

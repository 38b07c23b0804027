"""The audit trail: what happened, from records; where there is none, that is said."""

import pytest
from where import ROOT

from sixphase import report
from sixphase.files import append_decision, open_study

EXAMPLE = ROOT / "data" / "ics_leadership"


def test_a_phase_without_a_record_says_so_and_has_no_days(waiting):
    (waiting / "reading.jsonl").unlink()
    told = report.account(open_study(waiting)).set_index("phase")

    assert told.loc["6 Writing up", "what_happened"] == "nothing is on record"
    assert told.loc["6 Writing up", ["from", "to", "who"]].tolist() == ["", "", ""]


def test_days_and_people_of_a_phase_are_those_of_its_records(waiting):
    append_decision(open_study(waiting), "Look again", by="bo", phase=3, because="too neat", back_to=2, on="2031-01-02")

    phase = report.account(open_study(waiting)).set_index("phase").loc["3 Generating initial themes"]

    assert phase["to"] == "2031-01-02"
    assert "bo" in phase["who"]
    assert phase["moved_back"] >= 1


def test_every_move_back_of_the_worked_example_is_on_the_page_with_its_reason():
    from markupsafe import escape

    from sixphase import decisions

    study = open_study(EXAMPLE)
    page = report.audit_trail(study).html

    back = decisions.backward(study.decisions)
    assert len(back) > 0
    assert all(str(escape(row.what)) in page and str(escape(row.because)) in page for row in back.itertuples())
    assert "Suggestions of a program that were used: none" in page


def test_20_the_audit_trail_of_a_synthetic_study_says_so_twice():
    assert report.audit_trail(open_study(EXAMPLE)).html.count('<p class="label">SYNTHETIC') == 2


@pytest.mark.parametrize("word", ["kappa", "alpha", "saturation", "emerged", "agreement"])
def test_4_the_audit_trail_of_a_reflexive_study_brings_in_no_word_of_another_logic(waiting, word):
    assert word not in report.audit_trail(open_study(waiting)).html.lower()


def test_versions_are_those_of_the_lock():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pandas = next(line.split("==")[1].split()[0] for line in lock.splitlines() if line.startswith("pandas=="))

    assert f"pandas {pandas}" in report.software(open_study(EXAMPLE))[0]


def test_the_codebook_tells_what_happened_to_a_code(opened):
    told = report.codebook_history(opened)

    assert len(told) == len(opened.codes)
    assert all(isinstance(lines, list) for lines in told["history"])


def test_words_that_look_like_markup_are_words(waiting):
    append_decision(open_study(waiting), "<b>bold</b>", by="am", phase=4, because="x", back_to=2, on="2024-03-01")

    assert "&lt;b&gt;bold&lt;/b&gt;" in report.audit_trail(open_study(waiting)).html

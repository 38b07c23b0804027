"""Since when the codebook is held stable, and what changed all the same."""

import pytest
from sixphase import codebook
from sixphase.cli import app
from sixphase.files import append_decision, append_hold, check_study, open_study
from sixphase.study import changed_though_held
from typer.testing import CliRunner


def edit(folder, old, new):
    path = folder / "codebook.yaml"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return open_study(folder)


def test_the_latest_decision_counts(allotment):
    study = open_study(allotment)
    assert codebook.held(study.decisions)[:3] == ("2024-06-02", "am", "two talks read with it brought nothing that did not fit")

    append_hold(study, by="am", because="once more", on="2024-07-01")

    assert codebook.held(open_study(allotment).decisions)[:3] == ("2024-07-01", "am", "once more")
    assert check_study(allotment) == []


def test_where_nobody_held_it_stable_nothing_is_told(opened):
    assert codebook.held(opened.decisions) is None
    assert codebook.changed_since(opened.codes, None).empty and codebook.gone_through(None, opened.codings, opened.reading, opened.sources).empty
    assert changed_though_held(opened) == []


def test_a_code_that_changed_since_is_told_with_its_line_and_day(allotment):
    study = edit(allotment, "    example: If I move.\n    created: 2024-05-02\n",
                 "    example: If I move.\n    created: 2024-05-02\n    history:\n      - {on: 2024-06-20, by: am, what: redefined, because: wider, was: {definition: before}}\n")

    problems = changed_though_held(study)

    assert [(p.file, p.line, p.what) for p in problems] == [("codebook.yaml", study.lines["codes"]["leaving"], "leaving: redefined on 2024-06-20, after the codebook was held stable on 2024-06-02 by am")]


def test_a_code_made_since_is_told(allotment):
    study = edit(allotment, "codes:\n", "codes:\n  late:\n    name: Late\n    created: 2024-06-20\n")

    assert codebook.changed_since(study.codes, codebook.held(study.decisions))[["code_id", "on", "what"]].values.tolist() == [["late", "2024-06-20", "created"]]


@pytest.mark.parametrize(("old", "new"), [("definition: A reason to give the plot up.", "definition: Any reason."), ("not_when: a reason to stay (staying)", "not_when: never"),
                                          ("name: What would end it", "name: The end")])
def test_a_change_by_hand_of_which_no_history_tells_is_told(allotment, old, new):
    problems = changed_though_held(edit(allotment, old, new))

    assert [(p.file, p.what) for p in problems] == [("codebook.yaml", "it says otherwise than when am held it stable on 2024-06-02, and its history tells of no change since")]


def test_an_example_that_is_exchanged_is_no_change_of_meaning(allotment):
    assert changed_though_held(edit(allotment, "example: If I move.", "example: If they sell.")) == []


def test_check_says_so_with_the_line_and_what_to_do(allotment):
    edit(allotment, "definition: A reason to give the plot up.", "definition: Any reason.")

    told = CliRunner().invoke(app, ["check", str(allotment)])

    assert told.exit_code != 0
    assert "it says otherwise than when am held it stable on 2024-06-02" in str(told.exception)


def test_a_link_to_the_codebook_that_says_nothing_is_a_problem(allotment):
    append_decision(open_study(allotment), "hold it", by="am", phase=2, because="so", about=["codebook:stable"])

    assert [p.what for p in check_study(allotment)] == ["about “codebook:stable”, which is not in this study"]


def test_an_interview_counts_as_gone_through_when_it_was_coded_or_read_since(allotment):
    study = open_study(allotment)
    hold = codebook.held(study.decisions)._replace(on="2024-06-03")  # the day of all codings
    reading = study.reading.iloc[:1].assign(source_id="P02-1", on="2024-06-04")

    assert codebook.gone_through(hold, study.codings, reading, study.sources)[["source_id", "since"]].values.tolist() == [["P01-1", "no"], ["P02-1", "yes"], ["P03-1", "no"], ["P01-2", "no"]]

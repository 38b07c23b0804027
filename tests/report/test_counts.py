"""Counts of people in print: no small cell, none that follows from the others, and one function for every table."""

import re

import pandas as pd
import pytest
from sixphase import disclosure, report
from sixphase.files import open_study
from sixphase.problems import StudyError
from sixphase.report import counts
from sixphase.report.parts import PARTS, part
from where import ROOT

EXAMPLE = ROOT / "data" / "ics_leadership"
GROUPS = pd.Series({f"P{number:02}": group for number, group in enumerate(["a"] * 12 + ["b"] * 9 + ["c"] * 6, start=1)})


def test_a_group_of_whom_few_are_heard_or_few_are_not_is_not_shown_nor_one_it_would_follow_from():
    # a: 6 of 12 are heard; b: 2 of 9; c: 6 of 6. The total of those heard, 14, is printed elsewhere, so b would be 14 - 6 - 6.
    heard = {*GROUPS.index[:6], *GROUPS.index[12:14], *GROUPS.index[21:]}

    told = counts._among(GROUPS, heard, 5)

    assert told["c"] == 6 and pd.isna(told["b"]) and pd.isna(told["a"])


def test_few_who_are_not_heard_are_as_few_as_few_who_are():
    told = counts._among(GROUPS, set(GROUPS.index) - {"P01"}, 5)

    assert pd.isna(told["a"])


def test_numbers_that_are_large_enough_stand():
    assert counts._among(GROUPS, {*GROUPS.index[:6], *GROUPS.index[21:]}, 5).tolist() == [6, 0, 6]


@pytest.mark.parametrize("name", [name for name in PARTS if name.startswith("table:")])
def test_no_table_of_the_worked_example_prints_a_group_of_few(name):
    study = open_study(EXAMPLE)

    table = part(study, name).data

    # table:participants: people of a group; the others: people of a group who are heard or quoted, whose complement counts too
    people = [column for column in table.select_dtypes("number") if column != "interviews"]
    assert not [value for column in people for value in table[column].dropna() if 0 < value < 5]


def test_how_many_of_a_group_were_interviewed_again_does_not_follow_from_its_interviews():
    table = part(open_study(EXAMPLE), "table:participants").data

    assert table["interviews"].iloc[:-1].isna().all()  # of each group but one to two people were interviewed twice
    assert table.iloc[-1].tolist() == ["all", 23, 28]


def test_every_table_that_counts_people_by_group_goes_through_the_same_function(monkeypatch, allotment):
    asked = []
    monkeypatch.setattr(disclosure, "suppressed", lambda table, **told: asked.append(table) or table.astype("Int64"))
    study = open_study(EXAMPLE)
    for name in ("table:participants", "table:heard", "table:quoted"):
        before = len(asked)
        part(study, name)
        assert len(asked) > before, name


def test_a_reflexive_paper_has_no_table_of_people_by_theme(waiting):
    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "manuscript.md").write_text("# T\n\n[](table:heard)\n", encoding="utf-8")

    with pytest.raises(StudyError, match="line 3: “table:heard” counts people beside themes, which a reflexive study does not print"):
        report.manuscript(open_study(waiting))


def test_a_codebook_study_may_print_it_and_what_is_not_shown_says_so_in_all_formats(allotment):
    from sixphase.report import finished

    (allotment / "manuscript").mkdir(exist_ok=True)
    (allotment / "manuscript" / "manuscript.md").write_text("# T\n\n[](table:participants)\n\n[](table:heard)\n\n[](table:quoted)\n", encoding="utf-8")

    files = report.manuscript(open_study(allotment)).files()

    for text in (finished.docx_text(files["manuscript.docx"]), finished.html_text(files["manuscript.html"].decode()), finished.pdf_text(files["manuscript.pdf"])):
        assert re.search(r"of\s+each\s+group\s+from\s+whom\s+each\s+theme\s+is\s+heard", text)

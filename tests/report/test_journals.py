"""A manuscript beside what its journal asks."""

import pytest
from ruamel.yaml import YAML
from sixphase import report
from sixphase.files import open_study
from sixphase.problems import StudyError
from sixphase.report import journals

PROFILES = sorted(journals.HERE.glob("*.yaml"))


def beside(folder, text, journal="bmj_open"):
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "manuscript.md").write_text(text, encoding="utf-8")
    (folder / "manuscript" / "publishing.yaml").write_text(f"journal: {journal}\n", encoding="utf-8")
    return report.against_journal(open_study(folder)).set_index("what")


def test_what_is_lacking_is_named(waiting):
    found = beside(waiting, "## Abstract\n\n**Objectives** To wait.\n\n## Introduction\n\nOne two three.\n\n## Methods\n\n[](table:themes)\n")

    assert found.loc["abstract headings", "look_at"] == "not there: Design, Setting, Participants, Results, Conclusions"
    assert found.loc["sections", "look_at"] == "not there: Results, Discussion"
    assert found.loc["tables and figures", ["found", "look_at"]].tolist() == ["1", ""]


def test_words_are_the_authors_without_quotations_and_declarations(waiting):
    # Introduction One two three Methods = 5
    found = beside(waiting, "## Introduction\n\nOne two three.\n\n[a b c](quote:urn:test:3)\n\n## Methods\n\n## References\n\nFour five.\n")

    assert found.loc["words", "found"] == "5"


def test_too_many_words_are_counted(waiting):
    found = beside(waiting, "## Introduction\n\n" + "word " * 4_010)

    assert found.loc["words", "look_at"] == "11 too many"


def test_a_statement_may_be_a_heading_or_begin_a_paragraph_in_bold(waiting):
    found = beside(waiting, "## Introduction\n\n### Patient and public involvement\n\nNone.\n\n## Declarations\n\n**Funding** None.\n")

    assert found.loc["statements", ["found", "look_at"]].tolist() == ["Patient and public involvement, Funding", "not there: Interests"]


def test_points_in_a_box_are_counted(waiting):
    found = beside(waiting, "## Strengths and limitations of this study\n\n" + "- A point.\n" * 6 + "\n## Introduction\n\n- not one of them\n")

    assert found.loc["points in a box", ["found", "look_at"]].tolist() == ["6", "1 too many"]


def test_a_checklist_is_asked_for_until_one_is_answered(waiting):
    assert beside(waiting, "Words.").loc["checklist", "look_at"] == "none of them is answered in manuscript/standards.yaml"

    (waiting / "manuscript" / "standards.yaml").write_text("SRQR:\n  S1: {statement: it does}\n", encoding="utf-8")

    assert report.against_journal(open_study(waiting)).set_index("what").loc["checklist", ["found", "look_at"]].tolist() == ["SRQR", ""]


def test_keywords_below_the_abstract_are_no_part_of_it(waiting):
    found = beside(waiting, "## Abstract\n\n**Objectives** To wait.\n\n**Keywords** a; b; c\n")

    assert found.loc["abstract words", "found"] == "3"
    assert found.loc["abstract headings", "found"] == "Objectives"


def test_a_journal_without_a_profile_is_refused_with_those_there_are(waiting):
    with pytest.raises(StudyError, match="write one of: bjhcm, bmj_open|did you mean"):
        beside(waiting, "Words.", journal="nature")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_each_value_of_a_profile_says_where_it_is_from_and_when_it_was_verified(path):
    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))

    assert (journals.HERE / f"{told['style']}.csl").is_file()
    assert all({"value", "verified_on", "source"} == set(value) for value in told["values"].values())

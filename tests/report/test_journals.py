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


def test_a_journal_without_a_profile_is_refused_with_those_there_are(waiting):
    with pytest.raises(StudyError, match="write one of: bjhcm, bmj_open|did you mean"):
        beside(waiting, "Words.", journal="nature")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_each_value_of_a_profile_says_where_it_is_from_and_when_it_was_verified(path):
    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))

    assert (journals.HERE / f"{told['style']}.csl").is_file()
    assert all({"value", "verified_on", "source"} == set(value) for value in told["values"].values())

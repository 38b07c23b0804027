"""Reporting lists: what the records show, what the author says, and never that it is enough."""

import io
import re
import zipfile

import pytest
from sixphase import report
from sixphase.files import open_study
from sixphase.problems import StudyError
from sixphase.report.standards import LISTS, lists_of
from sixphase.report.standards.evidence import shown
from test_wording import write as write_manuscript
from where import ROOT

EXAMPLE = ROOT / "data" / "ics_leadership"
SAYS = "# T\n\n## Methods\n\n### Interviews\n\nI. N. T. interviewed two people.\n\nThey lasted an hour.\n"


def write(folder, standards, text=SAYS):
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "standards.yaml").write_text(standards, encoding="utf-8")
    return write_manuscript(folder, text)


def item(study, name, number):
    return report.pack(study, name).set_index("item").loc[number]


def reporting(folder, lines):
    """Add what study.yaml says of itself under `reporting`."""
    path = folder / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"reporting:\n{lines}", encoding="utf-8")
    return open_study(folder)


@pytest.mark.parametrize(("name", "items", "states"), [
    # counted in the specification of the lists: items, of them A, V, P, W
    ("COREQ", 32, (17, 7, 7, 1)), ("SRQR", 21, (5, 10, 4, 2)), ("fifteen criteria", 15, (1, 10, 3, 1)), ("twenty questions", 20, (0, 10, 9, 1)),
    ("RTARG-informed", 22, (1, 11, 8, 2)), ("case study", 12, (3, 4, 3, 2)), ("CASP", 10, (0, 5, 3, 2)), ("trustworthiness", 6, (4, 2, 0, 0)),
])
def test_a_list_has_its_items_and_says_who_can_say_them(name, items, states):
    given = [told["state"] for told in LISTS[name]["items"].values()]

    assert (len(given), tuple(given.count(state) for state in "AVPW")) == (items, states)


@pytest.mark.parametrize("name", LISTS)
def test_every_evidence_a_list_names_can_be_had_of_a_study_that_has_little(opened, name):
    found = [shown(opened, wanted) for told in LISTS[name]["items"].values() for wanted in told["evidence"]]

    assert {evidence.state for evidence in found} <= {"present", "absent", "contradictory"}
    assert all(evidence.words.endswith((".", "?")) for evidence in found)


@pytest.mark.parametrize("tiny", ["waiting", "allotment", "kitchen"])
def test_all_lists_can_be_filled_for_each_family(tiny, request):
    study = open_study(request.getfixturevalue(tiny))

    assert all(len(report.pack(study, name)) == len(LISTS[name]["items"]) for name in LISTS)


def test_18_a_blank_statement_is_absent_however_much_evidence_there_is(waiting):
    said = "COREQ:\n  1: {words: interviewed two people}\n  12: {statement: two people}\n"
    assert item(write(waiting, said), "COREQ", "1")[["evidence", "statement", "place"]].tolist() == ["present", "present", "Methods, Interviews, paragraph 1 (line 7)"]

    for blank in ("COREQ:\n  1:\n", "COREQ:\n  1: {words: ''}\n", "COREQ:\n  1: {statement: ''}\n", ""):
        assert item(write(waiting, blank), "COREQ", "1")[["evidence", "statement"]].tolist() == ["present", "absent"]


def test_18_not_applied_needs_its_reason(waiting):
    with pytest.raises(StudyError, match="manuscript/standards.yaml, line 2: COREQ 22 is not applied, but there is no reason"):
        report.pack(write(waiting, "COREQ:\n  22: {not_applied_because: ''}\n"), "COREQ")

    row = item(write(waiting, "COREQ:\n  22: {not_applied_because: meaning is not used up}\n"), "COREQ", "22")
    assert row[["statement", "said"]].tolist() == ["not applied", "Not applied, because meaning is not used up"]


def test_words_that_no_longer_stand_in_the_manuscript_are_no_statement(waiting):
    row = item(write(waiting, "SRQR:\n  S10: {words: They lasted two hours}\n"), "SRQR", "S10")

    assert row["statement"] == "absent"
    assert row["said"] == "The words given in manuscript/standards.yaml, line 2, stand nowhere in the manuscript now."


@pytest.mark.parametrize(("said", "told"), [
    ("COREC:\n  1: {words: x}\n", "line 1: no reporting list is called “COREC”\n    do        did you mean “COREQ”?"),
    ("lists: [SRQR, XYZ]\n", "line 1: no reporting list is called “XYZ”"),
    ("COREQ:\n  33: {words: x}\n", "line 2: COREQ has no item “33”"),
    ("COREQ:\n  1: {wrds: x}\n", "line 2: COREQ 1 cannot be used"),
])
def test_what_cannot_be_used_is_told_with_its_line(waiting, said, told):
    with pytest.raises(StudyError) as error:
        report.standards(write(waiting, said))

    assert told in str(error.value)


def test_the_lists_are_those_of_the_family_unless_the_study_names_others(waiting, allotment, kitchen):
    assert [lists_of(open_study(folder)) for folder in (waiting, allotment, kitchen)] == [
        ["RTARG-informed", "twenty questions", "SRQR"], ["SRQR", "twenty questions"], ["COREQ"]]
    assert lists_of(write(waiting, "lists: [CASP]\n")) == ["CASP"]


def test_people_and_interviews_are_counted_apart(waiting):
    study = write(waiting, "")

    assert item(study, "COREQ", "12")["found"] == "2 participants (people), 3 interviews."
    assert item(study, "COREQ", "18")["found"].startswith("1 repeat interview with 1 person")
    wrong = write(waiting, "", text="# T\n\nThere were 3 participants.\n")
    assert item(wrong, "COREQ", "12")["evidence"] == "contradictory"


def test_people_who_were_approached_must_add_up(waiting):
    study = reporting(waiting, "  recruitment: {approached: 5, declined: 2, withdrew: 0, because: no time}\n")

    assert item(study, "COREQ", "13")[["evidence", "found"]].tolist() == ["contradictory", "People: 5 approached, 2 declined, 0 withdrew, which leaves 3; 2 took part. no time."]


def test_what_a_study_says_of_itself_is_shown_and_what_it_does_not_say_is_absent(waiting):
    assert item(open_study(waiting), "SRQR", "S21")["evidence"] == "absent"

    study = reporting(waiting, "  funding: Nobody paid.\n")

    assert item(study, "SRQR", "S21")[["evidence", "found"]].tolist() == ["present", "Nobody paid. There is no manuscript yet."]


def test_a_field_that_reporting_does_not_have_is_told(waiting):
    with pytest.raises(StudyError, match="reporting: fundin is not a column of reporting: did you mean “funding”"):
        reporting(waiting, "  fundin: Nobody paid.\n")


def test_durations_are_those_of_the_interviews(waiting):
    minutes = open_study(waiting).sources["minutes"]

    assert item(open_study(waiting), "COREQ", "21")["found"].startswith(f"{minutes.min()} to {minutes.max()} minutes; median {minutes.median():g}")


def test_items_that_clash_with_a_reflexive_analysis_say_so_and_only_there(waiting, kitchen):
    notes = report.pack(open_study(waiting), "COREQ").set_index("item")["note"]

    assert set(notes[notes != ""].index) == {"22", "23", "24", "25", "26", "28"}
    assert set(report.pack(open_study(kitchen), "COREQ")["note"]) == {""}


def test_an_open_prompt_about_wording_contradicts_the_claim_of_fitting_language(waiting):
    study = write(waiting, "", text="# T\n\nThemes emerged.\n")

    assert item(study, "fifteen criteria", "15")["evidence"] == "contradictory"
    assert item(write(waiting, ""), "fifteen criteria", "15")["evidence"] == "present"


def test_nothing_is_added_up_or_scored():
    supplement = report.standards(open_study(EXAMPLE))

    text = re.sub(r"<[^>]*>", " ", supplement.html().split("<main>")[1])
    assert len(text) > 20_000
    assert not re.search(r"\d+ (?:of|/) \d+ items|score of|✓|✔|compliant|\bcomplete", text)


def test_4_the_supplement_of_a_reflexive_study_prints_no_count_of_people_beside_a_theme():
    text = report.standards(open_study(EXAMPLE)).html()

    assert not re.search(r"kappa|krippendorff|saturation was|theme[^.<]{0,40}\d+ of 23", text, re.I)


def test_the_supplement_is_a_word_table_for_each_list_with_a_repeated_head(waiting):
    study = write(waiting, "lists: [SRQR, CASP]\n")

    document = zipfile.ZipFile(io.BytesIO(report.standards(study).docx())).read("word/document.xml").decode()

    assert document.count("<w:tbl>") == 2
    assert document.count("<w:tblHeader") == 2
    assert document.count("<w:tr>") == 21 + 10 + 2
    assert 'w:orient="landscape"' in document
    assert "SYNTHETIC" in document


def test_20_the_files_of_the_supplement_carry_the_label_and_are_the_same_twice(waiting, tmp_path):
    study = write(waiting, "COREQ:\n  1: {words: interviewed two people}\n")
    for folder in ("a", "b"):
        report.standards(study).write(tmp_path / folder, "6_standards")

    files = {path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file()}
    assert {path.as_posix() for path in files} == {
        "manuscript/6_standards.docx", "manuscript/6_standards.html", "tables/6_standards_rtarg_informed.csv", "tables/6_standards_twenty_questions.csv", "tables/6_standards_srqr.csv"}
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)
    assert all("SYNTHETIC" in (tmp_path / "a" / name).read_text(encoding="utf-8") for name in files if name.suffix != ".docx")


def test_every_statement_of_the_worked_example_stands_where_it_is_said():
    study = open_study(EXAMPLE)

    absent = [f"{name} {row.item}" for name in lists_of(study) for row in report.pack(study, name).itertuples() if row.statement == "absent"]

    assert not absent

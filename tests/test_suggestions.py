"""What programs proposed, and what people did with it: method's nineteenth test, through the files of a study."""

import csv
import io
import json
import re
import zipfile

import pytest
from sixphase import report, suggestions
from sixphase.exchange import projects
from sixphase.exchange.coding_sheet import read_sheet
from sixphase.exchange.projects import arriving, exporting
from sixphase.files import add_project, append_codings, check_study, new_study, open_study, withdraw, withdraw_coding
from sixphase.files.codings_jsonl import annotation, path_of
from sixphase.files import acts
from sixphase.problems import StudyError
from sixphase.show import transcripts

# four passages of the tiny study, of which the person takes two as they are, edits one and refuses one
SHEET = """source_id,code_id,quotation,coding_id,suggested_by
P01-1,nuisance,You feel you are a nuisance,urn:test:s1,Auto-coder 2
P01-1,giving-up,I gave up.,urn:test:s2,Auto-coder 2
P01-2,giving-up,I would not say I gave up now,urn:test:s3,Auto-coder 2
P02-1,nuisance,It said wait.,urn:test:s4,Auto-coder 2
"""


@pytest.fixture
def proposed(waiting):
    """The tiny study with four codings of a program, gone through by “bo”."""
    study = open_study(waiting)
    sheet = waiting.parent / "proposed.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    rows, _ = read_sheet(sheet, study, "bo")
    append_codings(study, rows, coder_id="bo", created="2024-02-10T10:00:00Z")
    start = study.texts["P01-1"].index("I gave up.")
    edited = annotation(study.texts["P01-1"], "P01-1", "bo", "giving-up", start, start + len("I gave up"), created="2024-02-11T10:00:00Z", coding_id="urn:test:e2", replaces="urn:test:s2")
    acts.append(path_of(waiting, "P01-1", "bo"), [edited])
    withdraw_coding(open_study(waiting), "urn:test:s3", by="bo", because="not what is meant")
    return waiting


def test_19_what_a_program_proposed_is_counted_in_the_software_statement_by_what_a_person_did(proposed):
    study = open_study(proposed)

    assert suggestions.by_program(study.suggestions).values.tolist() == [["Auto-coder 2", 4, 2, 1, 1]]
    said = "Auto-coder 2 proposed 4 codings: 2 stand without an edit, 1 after an edit by a person, 1 were refused"
    assert f"{said}." in report.software(study)
    assert said in report.audit_trail(study).html
    assert said in report.pack(study, "COREQ").set_index("item").loc["27", "found"]


def test_19_each_coding_that_a_program_proposed_is_marked_whether_edited_or_not(proposed):
    study = open_study(proposed)

    marked = study.given.dropna(subset="suggested_by").set_index("coding_id")["edited"].to_dict()
    assert marked == {"urn:test:s1": False, "urn:test:e2": True, "urn:test:s4": False}
    page = transcripts(study.texts, study.turns, study.all_codings, {}, "x").pages["P01-1"].html
    assert "nuisance – proposed by Auto-coder 2, taken without an edit" in page
    assert "giving-up – proposed by Auto-coder 2, edited by a person" in page


def test_19_each_file_in_which_codings_leave_says_which_a_program_proposed(proposed):
    study = open_study(proposed)
    told = exporting.chosen(study, "csv", within_team=True)
    whole = exporting.chosen(study, "docx", within_team=True)

    rows = {row["coding_id"]: row for row in csv.DictReader(io.StringIO(exporting.written(told, "csv").decode("utf-8-sig")))}
    items = {item["id"]: item for item in json.loads(exporting.written(told, "w3c"))["first"]["items"]}
    comments = zipfile.ZipFile(io.BytesIO(exporting.written(whole, "docx"))).read("word/comments.xml").decode()

    assert (rows["urn:test:s1"]["suggested_by"], rows["urn:test:s1"]["edited"], rows["urn:test:1"]["suggested_by"]) == ("Auto-coder 2", "no", "")
    assert (items["urn:test:e2"]["suggested_by"], items["urn:test:e2"]["edited"]) == ("Auto-coder 2", True)
    assert "suggested_by" not in items["urn:test:1"]
    assert comments.count("proposed by Auto-coder 2, taken without an edit") == 2
    assert "proposed by Auto-coder 2, edited by a person" in exporting.written(exporting.chosen(study, "html", within_team=True), "html").decode()
    assert "leaves: codings proposed by Auto-coder 2, taken without an edit: 2" in told.said


def test_a_new_note_is_no_edit_and_another_code_is_one(proposed):
    study = open_study(proposed)
    start = study.texts["P01-1"].index("You feel you are a nuisance")
    for number, (code, comment, after) in enumerate([("nuisance", "I agree", "urn:test:s1"), ("giving-up", "", "urn:test:n0")]):
        acts.append(path_of(proposed, "P01-1", "bo"), [annotation(study.texts["P01-1"], "P01-1", "bo", code, start, start + len("You feel you are a nuisance"), comment=comment,
                                                                  created=f"2024-02-12T10:00:0{number}Z", coding_id=f"urn:test:n{number}", replaces=after)])
        became = open_study(proposed).suggestions.set_index("coding_id").loc["urn:test:s1", "became"]
        assert became == ("edited" if number else "taken as it was")


def test_who_withdrew_leaves_the_count_of_proposals_too(proposed):
    withdraw(proposed, "P02", because="asked", on="2024-05-01")

    assert suggestions.by_program(open_study(proposed).suggestions)["suggestions"].item() == 3


def test_a_study_in_which_no_program_proposed_anything_says_so(opened):
    assert "Suggestions of a program that were used: none." in report.software(opened)
    assert opened.given["suggested_by"].isna().all()


def test_a_web_annotation_whose_creator_is_software_is_a_proposal_of_it(waiting):
    study = open_study(waiting)
    told = json.loads(exporting.written(exporting.chosen(study, "w3c", within_team=True), "w3c"))
    item = next(item for item in told["first"]["items"] if item["id"] == "urn:test:1")
    item |= {"creator": {"type": "Software", "name": "Model X"}, "id": "urn:test:w"}
    (waiting.parent / "machine.jsonld").write_text(json.dumps([item]), encoding="utf-8")

    rows, _ = read_sheet(waiting.parent / "machine.jsonld", study, "bo")

    assert [(row["suggested_by"], row["coding_id"]) for row in rows] == [("Model X", "urn:test:w")]


@pytest.fixture
def project(waiting, tmp_path):
    """The tiny study as a .qdpx file in which one of the coders is a program."""
    sheet = tmp_path / "second.csv"
    sheet.write_text("source_id,code_id,quotation\nP01-1,nuisance,You feel you are a nuisance\n", encoding="utf-8")
    study = open_study(waiting)
    append_codings(study, read_sheet(sheet, study, "bo")[0], coder_id="bo", created="2024-02-10T10:00:00Z")
    raw = exporting.written(exporting.chosen(open_study(waiting), "qdpx", within_team=True), "qdpx")
    told, made = zipfile.ZipFile(io.BytesIO(raw)), io.BytesIO()
    with zipfile.ZipFile(made, "w") as out:
        for name in told.namelist():
            out.writestr(name, re.sub(rb'(<User [^>]*name=")bo"', rb'\1AI Coding"', told.read(name)))
    (tmp_path / "ai.qdpx").write_bytes(made.getvalue())
    return tmp_path / "ai.qdpx"


def test_19_a_coder_of_a_project_that_is_a_program_comes_as_proposals_a_person_goes_through(project, tmp_path):
    study = open_study_of(new_study("came", tmp_path))

    placed = arriving.plan(projects.read(project), study, raw=project.read_bytes(), ending="qdpx", programs={"AI Coding": "am"})
    add_project(study, placed.interviews, codes=placed.codes, codings=placed.codings, coders=placed.coders, participants=placed.participants, attributes=placed.attributes,
                themes=placed.themes, memos=placed.memos, kept={}, confirmed="looked at")

    came = open_study_of(tmp_path / "came")
    assert set(came.given["coder_id"]) == {"am"}
    assert came.given["suggested_by"].dropna().tolist() == ["AI Coding", "AI Coding"]  # one of the tiny study, one of the sheet
    assert suggestions.by_program(came.suggestions).values.tolist() == [["AI Coding", 2, 2, 0, 0]]


def test_a_coder_that_looks_like_a_program_is_asked_about_and_a_wrong_name_is_refused(project, tmp_path):
    study, told = open_study_of(new_study("came", tmp_path)), projects.read(project)

    doubts = arriving.plan(told, study, raw=b"", ending="qdpx").doubts
    with pytest.raises(StudyError, match="no coder “AI Coder” in the file"):
        arriving.plan(told, study, raw=b"", ending="qdpx", programs={"AI Coder": "am"})

    assert any("the coder “AI Coding” may be a program" in doubt for doubt in doubts)


def open_study_of(folder):
    from sixphase.files.studies import read_study

    return read_study(folder)[0]


def test_check_says_how_many_stand_without_an_edit(proposed, capsys):
    from sixphase.cli import check

    assert check_study(proposed) == []
    check(str(proposed))
    assert "2 codings of a program stand without an edit; the software statement counts them." in capsys.readouterr().out

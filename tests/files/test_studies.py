import pytest

import sixphase.files
from sixphase.files import check_study, new_study, open_study
from sixphase.files.studies import read_study
from sixphase.problems import StudyError


def test_the_tiny_study_opens_with_all_its_tables(waiting):
    study = open_study(waiting)

    # 11 acts of coding: one replaced (8), one withdrawn (7) and its withdrawal (10)
    assert (len(study.sources), len(study.participants), len(study.given), len(study.codes), len(study.themes)) == (3, 2, 8, 6, 4)
    assert (len(study.memos), len(study.decisions), len(study.reading), len(study.imports)) == (2, 2, 2, 0)


def test_every_name_the_wing_offers_is_there():
    assert [name for name in sixphase.files.__all__ if not hasattr(sixphase.files, name)] == []


def test_all_problems_of_all_files_are_told_at_once_in_order(waiting):
    (waiting / "codings" / "P01-1.am.jsonl").write_bytes(b"{}\n")
    (waiting / "memos" / "2024-02-01-before-coding.md").write_bytes(b"no top\n")
    (waiting / "participants.csv").write_bytes(b"participant_id,role,quotation\nP01,x,perhaps\nP02,x,yes\n")

    with pytest.raises(StudyError) as error:
        open_study(waiting)

    assert [(problem.file, problem.line) for problem in error.value.problems] == [
        ("codings/P01-1.am.jsonl", 1), ("memos/2024-02-01-before-coding.md", 1), ("participants.csv", 2)]
    assert str(error.value).startswith("3 problems in the study waiting.")
    assert check_study(waiting) == error.value.problems


@pytest.mark.parametrize("file", ["study.yaml", "sources.csv", "participants.csv"])
def test_a_missing_file_is_told(waiting, file):
    (waiting / file).unlink()

    _, problems = read_study(waiting)

    assert f"{file}: the file is missing" in {str(problem).splitlines()[0] for problem in problems}


@pytest.mark.parametrize("file", ["themes.yaml", "decisions.jsonl", "reading.jsonl", "memos/2024-02-01-before-coding.md"])
def test_a_study_opens_without_what_comes_later(waiting, file):
    (waiting / file).unlink()

    assert check_study(waiting) == []


def test_reading_a_study_writes_nothing(waiting):
    before = {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()}

    open_study(waiting)

    assert {path: path.read_bytes() for path in waiting.rglob("*") if path.is_file()} == before


def test_a_new_study_lacks_nothing_that_is_needed_to_open_it(tmp_path):
    folder = new_study("winter_survey", tmp_path)

    assert check_study(folder) == []
    assert (open_study(folder).settings["title"], (folder / ".gitignore").is_file()) == ("winter_survey", True)


@pytest.mark.parametrize(("name", "told"), [
    ("winter survey", "not a name for a study"), ("../x", "not a name for a study"), ("there", "there is something here already")])
def test_a_new_study_is_begun_nowhere_it_should_not_be(tmp_path, name, told):
    (tmp_path / "there").mkdir()

    with pytest.raises(StudyError, match=told):
        new_study(name, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["there"] and not list((tmp_path / "there").iterdir())

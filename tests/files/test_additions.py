import hashlib

import pytest

from sixphase.cases import Interview
from sixphase.files import add_interviews, check_study, open_study, settle
from sixphase.files.additions import unsettled
from sixphase.files.studies import read_study
from sixphase.problems import StudyError

TEXT = "ANN: Hello?\n\nP03: שלום, I waited 😀 in the “café”.\n"


def interview(source_id: str = "P03-1", text: str = TEXT) -> Interview:
    return Interview(source_id, text, ["P03"], ["ANN"], b"as it arrived", "txt", "utf-8", ["normalised: 2 line ends"])


def contents(folder) -> dict:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_added_interview_is_in_the_study_with_its_people_and_where_it_came_from(opened):
    add_interviews(opened, [interview()], confirmed="looked at")

    study = open_study(opened.folder)
    assert study.texts["P03-1"] == TEXT
    source, person = study.sources.set_index("source_id").loc["P03-1"], study.participants.set_index("participant_id").loc["P03"]
    assert (source["participants"], source["interviewers"], source["file"]) == (["P03"], ["ANN"], "transcripts/P03-1.txt")
    assert person.isna().all()  # nothing is known about P03 yet, and no consent is assumed
    assert study.settings["interviewers"]["ANN"] == "ANN"
    (_, record), = study.imports.iterrows()
    raw = hashlib.sha256(b"as it arrived").hexdigest()
    assert (record["source_id"], record["raw_sha256"], record["notes"]) == ("P03-1", raw, ["normalised: 2 line ends", "speakers: looked at"])
    assert (opened.folder / "raw" / f"{raw[:16]}.txt").read_bytes() == b"as it arrived"
    assert not (opened.folder / ".adding").exists()


def test_what_was_there_stays_to_the_byte(opened):
    sources = opened.folder / "sources.csv"
    sources.write_bytes(sources.read_bytes().replace(b"\n", b"\r\n").replace(b"in person", b'"in person"').removesuffix(b"\r\n"))
    before = contents(opened.folder)

    add_interviews(open_study(opened.folder), [interview()], confirmed="looked at")

    after = contents(opened.folder)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"sources.csv", "participants.csv", "study.yaml"}
    assert after["sources.csv"] == before["sources.csv"] + b"\nP03-1,P03,,,,,ANN,transcripts/P03-1.txt,\n"
    assert after["participants.csv"] == before["participants.csv"] + b"P03,,,,,\n"


def test_a_row_that_does_not_fit_its_header_loses_no_cell_when_a_row_is_added(waiting):
    people = waiting / "participants.csv"
    people.write_bytes(people.read_bytes() + b"P09,porter,yes,yes,role,,a cell too many\n")
    before = people.read_bytes()

    add_interviews(read_study(waiting)[0], [interview()], confirmed="looked at")

    assert people.read_bytes() == before + b"P03,,,,,\n"


def test_a_known_participant_is_not_added_again(opened):
    new = Interview("P01-3", "INT: Again?\n\nP01: Yes.\n", ["P01"], ["INT"], b"raw", "txt")
    people = (opened.folder / "participants.csv").read_bytes()

    add_interviews(opened, [new], confirmed="looked at")

    assert (opened.folder / "participants.csv").read_bytes() == people
    assert check_study(opened.folder) == []


def test_a_transcript_is_never_written_over(opened):
    add_interviews(opened, [interview()], confirmed="looked at")
    before = contents(opened.folder)

    with pytest.raises(StudyError, match="transcripts/P03-1.txt: there is a transcript of this name already"):
        add_interviews(opened, [interview(text=TEXT.replace("waited", "hoped"))], confirmed="looked at")  # `opened` does not know of the first

    assert contents(opened.folder) == before


@pytest.mark.parametrize(("file", "content", "told"), [
    ("study.yaml", b"title: a: b\n", "study.yaml, line 1: not YAML that can be read"),
    ("sources.csv", b"source_id;participants\n", "sources.csv, line 1: no column participants to add to"),
    ("participants.csv", None, "participants.csv, line 1: no column participant_id to add to"),
])
def test_nothing_is_added_to_a_file_that_cannot_be_read(opened, file, content, told):
    (opened.folder / file).unlink() if content is None else (opened.folder / file).write_bytes(content)
    before = contents(opened.folder)

    with pytest.raises(StudyError) as error:
        add_interviews(opened, [interview()], confirmed="looked at")

    assert told in str(error.value) and "nothing was changed" in str(error.value)
    assert contents(opened.folder) == before


def test_an_import_record_gets_a_line_of_its_own(opened):
    add_interviews(opened, [interview()], confirmed="looked at")
    imports = opened.folder / "imports.jsonl"
    imports.write_bytes(imports.read_bytes().removesuffix(b"\n"))

    add_interviews(opened, [interview("P03-2")], confirmed="looked at")

    assert list(open_study(opened.folder).imports["source_id"]) == ["P03-1", "P03-2"]


def test_a_study_with_nothing_interrupted_is_settled_without_a_word(waiting):
    assert (settle(waiting), unsettled(waiting)) == ("", [])


def test_an_interrupted_import_is_told_and_taken_away(waiting):
    before = contents(waiting)
    (waiting / ".adding" / "files" / "transcripts").mkdir(parents=True)
    (waiting / ".adding" / "files" / "transcripts" / "P03-1.txt").write_bytes(b"INT: half")

    told = [str(problem) for problem in check_study(waiting)]
    said = settle(waiting)

    assert told == [".adding: a change of several files was interrupted\n    do        run “sixphase repair STUDY”: it finishes the change or takes it away"]
    assert said == "an interrupted change of several files was taken away; the study is as before"
    assert contents(waiting) == before

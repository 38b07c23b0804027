"""An import: what was understood is a plan; carried out, it is in the study once; refused, it leaves no trace."""

import os
import unicodedata

import pytest
from sixphase.exchange import importing
from sixphase.files import add_interviews, check_study, open_study
from sixphase.problems import StudyError
from sixphase.transcripts import sha256

TALK = "INT: What is it like?\n\nP07: We wait at the café 😀. “שלום”, he says.\nThen we wait.\n\nINT: And now?\n\nP07: Now, nothing.\n"


@pytest.fixture
def plan(opened, write):
    """Plan the import of files given as name=content, or of paths."""
    def planned(*paths, study=opened, options=None, **choices):
        return importing.plan(importing.arrivals(paths, options), study, **choices)
    return planned


def refusal(plan, *paths, **choices) -> str:
    with pytest.raises(StudyError) as refused:
        plan(*paths, **choices)
    return str(refused.value)


def test_a_text_becomes_a_transcript_with_its_people(plan, write):
    [interview] = plan(write("A1.txt", TALK)).interviews

    assert (interview.source_id, interview.text, interview.participants, interview.interviewers) == ("A1", TALK, ["P07"], ["INT"])


@pytest.mark.parametrize("twin", [
    TALK.replace("\n", "\r\n").encode(), TALK.replace("\n", "\r").encode(), TALK.replace("\n\n", "\u2028").encode(), b"\xef\xbb\xbf" + TALK.encode(),
    TALK.encode("utf-16"), unicodedata.normalize("NFD", TALK).encode(), TALK.replace("wait", "wa\x00it\x07").encode(), TALK.replace(" ", " \t ").encode(),
], ids=["CRLF", "CR", "U+2028", "BOM", "UTF-16", "NFD", "controls", "tabs"])
def test_twins_of_a_file_have_the_same_canonical_sha256(plan, write, twin):
    [interview] = plan(write("A1.txt", twin)).interviews

    assert sha256(interview.text) == sha256(TALK)


def test_an_import_is_in_the_study_which_has_no_problems(plan, write, opened):
    add_interviews(opened, plan(write("A1.txt", TALK)).interviews, confirmed="in a test")

    again = open_study(opened.folder)
    assert again.texts["A1"] == TALK
    assert "P07" in set(again.participants["participant_id"])
    assert check_study(opened.folder) == []


def test_a_file_imported_twice_is_left_as_it_is(plan, write, opened):
    path = write("A1.txt", TALK)
    add_interviews(opened, plan(path).interviews, confirmed="in a test")

    again = plan(path, study=open_study(opened.folder))

    assert (again.interviews, again.known) == ([], ["A1 (as A1)"])


def test_a_file_changed_since_its_import_is_refused(plan, write, opened):
    add_interviews(opened, plan(write("A1.txt", TALK)).interviews, confirmed="in a test")
    changed = write("A1.txt", TALK.replace("nothing", "something"))

    assert "there is an interview “A1” already" in refusal(plan, changed, study=open_study(opened.folder))


def test_two_files_of_one_name_are_refused(plan, write):
    one, other = write("Zoë.txt", TALK), write("Zoe.txt", TALK)

    assert "there is an interview “Zoe” already" in refusal(plan, one, other)


def missing(folder):
    return folder / "none.txt"


def a_folder(folder):
    (folder / "folder.txt").mkdir()
    return folder / "folder.txt"


def a_pipe(folder):
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def a_huge_file(folder):
    with open(folder / "huge.txt", "wb") as file:
        file.truncate(2_000_000_000)  # sparse: nothing is written
    return folder / "huge.txt"


def a_long_name(folder):
    return folder / ("x" * 300 + ".txt")


def a_picture(folder):
    (folder / "talk.png").write_bytes(b"\x89PNG")
    return folder / "talk.png"


def a_broken_link(folder):
    (folder / "link.txt").symlink_to(folder / "none")
    return folder / "link.txt"


@pytest.mark.parametrize(("made", "told"), [
    (missing, "there is no such file"), (a_folder, "a folder or a device"), (a_huge_file, "too large to be a transcript"), (a_long_name, "x.txt: "), (a_picture, "no reader for “.png”"),
    pytest.param(a_pipe, "a folder or a device", marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")),
    pytest.param(a_broken_link, "there is no such file", marks=pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows"))])
def test_what_is_no_file_to_read_is_refused_at_once(plan, tmp_path, made, told):
    assert told in refusal(plan, made(tmp_path))


def test_an_empty_file_a_folder_of_transcripts_and_a_slip_in_a_name_are_told_as_what_they_are(plan, write, tmp_path):
    talk, empty = write("talk.txt", TALK), write("empty.docx", b"")
    empty.rename(tmp_path / "empty.docx")

    assert "the file is empty: 0 bytes" in refusal(plan, tmp_path / "empty.docx")
    assert f"name the files in it, such as {talk.parent / '*'}.txt" in refusal(plan, talk.parent)
    assert f"did you mean “{talk}”?" in refusal(plan, talk.with_name("tlak.txt"))
    assert "there is no folder" in refusal(plan, tmp_path / "none" / "talk.txt")


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="there is no file here that nobody may read from its beginning")
def test_a_file_that_may_not_be_read_is_not_called_damaged(plan, tmp_path):
    (tmp_path / "closed.txt").symlink_to("/proc/self/mem")

    assert "cannot be read: Input/output error" in refusal(plan, tmp_path / "closed.txt")


def test_a_project_among_transcripts_is_told_to_come_alone(plan, write):
    assert "a project of another program comes alone" in refusal(plan, write("a.txt", TALK), write("b.qdpx", "x"))


def test_a_pattern_names_files_where_the_command_line_does_not_and_words_own_files_are_none(write):
    files = [write(name, TALK) for name in ("a.txt", "b.txt")]
    owners = write("~$a.txt", "owner")

    assert importing.named([owners.with_name("*.txt")]) == importing.named([*files, owners]) == files
    assert importing.named([owners.with_name("*.odt")]) == [owners.with_name("*.odt")]
    with pytest.raises(StudyError, match="Word keeps such a file"):
        importing.named([owners])


def test_every_file_that_cannot_be_read_is_told_at_once(plan, write, tmp_path):
    told = refusal(plan, tmp_path / "none.txt", write("good.txt", TALK), write("empty.txt", ""), write("rtf.txt", b"{\\rtf1}"))

    assert told.startswith("3 problems in what was to be imported; nothing was changed.")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfe\xfd", b"no labels here", b"INT: How?\n\nINT: So?\n", b"{\\rtf1 x}", b"PK\x03\x04"])
def test_a_refused_import_leaves_no_trace(plan, write, opened, state, content):
    before = state(opened.folder)

    refusal(plan, write("good.txt", TALK), write("A1.txt", content))

    assert state(opened.folder) == before


def test_text_without_labels_and_talk_without_an_answer_are_refused(plan, write):
    assert "no speakers found" in refusal(plan, write("A1.txt", "We wait.\n\nAnd wait."))
    assert "nobody is interviewed here" in refusal(plan, write("A2.txt", "INT: How?\n\nINT: So?\n"))


def test_a_label_nobody_has_is_told_with_those_there_are(plan, write):
    told = refusal(plan, write("A1.txt", TALK), interviewers=["Dr. X"])

    assert "nobody is labelled “Dr. X”" in told
    assert "INT, P07" in told


def test_somebody_with_the_label_of_an_interviewer_can_be_said_to_be_a_participant(plan, write):
    planned = plan(write("A1.txt", "Dr X: How?\n\nInt: Slowly.\n\nDr X: So?\n\nInt: So.\n"), interviewers=["Dr X"], as_people={"Int": "P09"})

    assert (planned.interviews[0].interviewers, planned.interviews[0].participants) == (["Dr X"], ["P09"])


def test_words_before_the_first_speaker_are_left_out_and_pointed_out(plan, write):
    planned = plan(write("A1.txt", "Recorded in a café.\n" + TALK))

    assert planned.interviews[0].text == TALK
    assert "A1: 4 words stand before the first speaker and are left out" in planned.doubts


def test_what_nobody_said_is_left_out_and_counted(plan, write):
    [interview] = plan(write("A1.txt", TALK + "\nNote: a phone rings.\n\nINT: So?\n\nNote: and again.\n"), leave_out=["Note"]).interviews

    assert "phone" not in interview.text
    assert "2 turns labelled Note left out" in interview.notes


def test_two_nameless_speakers_who_would_become_one_participant_are_pointed_out(plan, write):
    planned = plan(write("A1.txt", "Speaker 1: How?\n\nSpeaker 2: Well.\n\nSpeaker 1: So?\n\nSpeaker 2: Yes.\n"))

    assert "A1: Speaker 1 and Speaker 2 become one participant" in " ".join(planned.doubts)


def test_a_nameless_participant_is_called_after_the_interview(plan, write):
    [one, other] = plan(write("A1.txt", TALK.replace("P07", "User")), write("A2.txt", TALK.replace("P07", "User"))).interviews

    assert (one.participants, other.participants) == (["A1"], ["A2"])


def test_a_turn_without_words_stays_a_turn(plan, write):
    [interview] = plan(write("A1.txt", "INT: How?\n\nP07:\n\nINT: So?\n\nP07: Yes.\n")).interviews

    assert "P07: [no words]" in interview.text


def test_words_that_would_begin_a_turn_do_not(plan, write):
    # in a CSV file the speaker is a column, so a line of speech may look like a label
    [interview] = plan(write("A1.csv", 'speaker,text\nP07,"She said\nINT: how?\nlike that."\nINT,So?\n')).interviews

    assert interview.text == "P07: She said INT: how?\nlike that.\n\nINT: So?\n"


def test_two_csv_files_of_three_interviews_are_three_interviews(plan, write):
    rows = "interview,speaker,text\n{0}1,INT,How?\n{0}1,P07,Well.\n"

    planned = plan(write("a.csv", rows.format("A")), write("b.csv", rows.format("B") + "B2,INT,So?\nB2,P08,null\n"))

    assert [i.source_id for i in planned.interviews] == ["A1", "B1", "B2"]
    assert planned.interviews[2].text == "INT: So?\n\nP08: null\n"


@pytest.mark.parametrize(("name", "source_id"), [
    ("Zoë's talk (2).txt", "Zoe-s-talk-2"), ("../../etc.passwd", "etc-passwd"), ("-rf", "rf"), ("P01\nP02", "P01-P02"), ("=SUM(A1)", "SUM-A1")])
def test_a_name_becomes_an_id_of_plain_letters(name, source_id):
    assert importing.source_name(name.removesuffix(".txt")) == source_id


@pytest.mark.parametrize("name", ["שלום", "😀", "x" * 244, "\udcff\udcfe", ""])
def test_a_name_without_plain_letters_or_too_long_becomes_a_short_id_of_its_own(name):
    assert 8 <= len(importing.source_name(name)) <= 60


def test_a_name_in_the_name_of_a_file_does_not_become_the_name_of_the_interview(opened, write):
    found = importing.arrivals([write("Anna_Schmidt_1.txt", "INT: So?\n\nAnna Schmidt: Well.\n\nINT: And?\n\nAnna Schmidt: Yes.\n")])

    plan = importing.plan(found, opened, interviewers=["INT"])

    assert [(i.source_id, i.participants) for i in plan.interviews] == [("P03-1", ["P03"])]
    assert any("“Anna”" in doubt and "will be called P03-1" in doubt for doubt in plan.doubts)


def test_new_people_are_pointed_out_where_the_study_has_people_already(opened, write):
    found = importing.arrivals([write("talk.txt", "INT: So?\n\nBojan Novák: Well.\n\nINT: And?\n\nBojan Novák: Yes.\n")])

    doubts = importing.plan(found, opened, interviewers=["INT"]).doubts

    assert "new participants: Bojan Novák as P03; somebody who is in the study already is named with --as LABEL=ID" in doubts

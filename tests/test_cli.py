"""The command line: whatever a person types, a sentence comes back that says what to do."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

TALK = "INT: What is it like?\n\nP07: We wait at the café 😀. “שלום”, he says.\n\nINT: And now?\n\nP07: Now, nothing.\n"


def sixphase(*arguments: object, typed: str = "", cwd: Path | None = None) -> tuple[int, str, str]:
    """Call the command as a person does; gives status, output and errors. There is never a traceback."""
    done = subprocess.run([sys.executable, "-m", "sixphase", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8",
                          input=typed, cwd=cwd, check=False, env={**os.environ, "TERM": "dumb", "COLUMNS": "150"})
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout, done.stderr


def state(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "Zoë's talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_a_new_study_takes_an_interview_and_has_no_problems(tmp_path, talk):
    status, said, _ = sixphase("new", "winter", "--in", tmp_path)
    assert (status, "Made" in said) == (0, True)

    status, said, _ = sixphase("import", talk, "--study", tmp_path / "winter", "--accept")
    assert status == 0
    assert "participant P07" in said
    assert "Imported 1 interview" in said

    assert sixphase("import", talk, "--study", tmp_path / "winter", "--accept")[1].endswith("Nothing to import.\n")


def test_nothing_is_imported_while_nobody_confirms_it(waiting, talk):
    before = state(waiting)

    status, said, errors = sixphase("import", talk, "--study", waiting)

    assert status == 1
    assert "look at what is above, then say --accept" in errors
    assert "Nothing was imported." in said
    assert state(waiting) == before


def test_a_list_of_who_is_who_is_written_once_and_outside_the_study(waiting, tmp_path):
    talk, key = tmp_path / "talk.csv", tmp_path / "who.csv"
    talk.write_text('speaker,text\nINT,How?\n"O\'Neil, ""Zoë""",Well.\n', encoding="utf-8")

    status, _, errors = sixphase("import", talk, "--study", waiting, "--accept", "--key", waiting / "who.csv")
    assert (status, "must not lie inside the study" in errors) == (1, True)

    assert sixphase("import", talk, "--study", waiting, "--accept", "--key", key, "--interviewer", "INT")[0] == 0
    assert key.read_text(encoding="utf-8") == 'label,participant_id\n"O\'Neil, ""Zoë""",P03\n'

    more = tmp_path / "more.txt"
    more.write_text(TALK, encoding="utf-8")
    status, _, errors = sixphase("import", more, "--study", waiting, "--accept", "--key", key)
    assert (status, "there is something here already" in errors) == (1, True)
    assert key.stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_a_sheet_is_stored_and_a_repeated_one_is_not(waiting, tmp_path):
    sheet = tmp_path / "codes.csv"
    sheet.write_text("source_id,code_id,quotation\nP02-1,helpers,Café staff\n", encoding="cp1252")
    call = ("code", sheet, "--study", waiting, "--coder", "bo", "--encoding", "cp1252")

    assert sixphase(*call)[:2] == (0, "Stored 1 coding by bo.\n")
    assert sixphase(*call)[:2] == (0, "Stored 0 codings by bo; 1 were there already.\n")


def test_check_says_that_there_is_no_problem_or_lists_every_one(waiting):
    status, said, _ = sixphase("check", waiting)
    assert (status, said.startswith("No problems.")) == (0, True)

    (waiting / "sources.csv").write_text("source_id\n", encoding="utf-8")
    (waiting / "codebook.yaml").write_text("codes: [\n", encoding="utf-8")
    status, _, errors = sixphase("check", waiting)
    assert status == 1
    assert "sources.csv" in errors and "codebook.yaml" in errors


def test_repair_mends_a_damaged_line_and_says_so(waiting):
    codings = waiting / "codings" / "P01-1.am.jsonl"
    whole = codings.read_bytes()
    codings.write_bytes(b"<<<<<<< HEAD\n" + whole)

    status, said, _ = sixphase("repair", waiting)

    assert (status, codings.read_bytes()) == (0, whole)
    assert "kept 5 lines" in said
    assert sixphase("repair", waiting)[:2] == (0, "Nothing needed mending.\n")


def test_a_transcript_is_replaced_after_its_three_lists_were_shown(waiting, tmp_path):
    old = (waiting / "transcripts" / "P01-1.txt").read_text(encoding="utf-8")
    (tmp_path / "new.txt").write_text(old.rstrip() + " And that was all.\n", encoding="utf-8")

    asked = sixphase("replace", "P01-1", tmp_path / "new.txt", "--study", waiting)
    done = sixphase("replace", "P01-1", tmp_path / "new.txt", "--study", waiting, "--accept")

    assert (asked[0], done[0]) == (1, 0), done[2]
    assert "codings move with their words" in asked[1]
    assert "Nothing was changed." in asked[1]
    assert "Replaced P01-1:" in done[1]
    assert sixphase("check", waiting)[0] == 0


def test_another_interview_is_not_put_in_the_place_of_one_unless_somebody_says_so(waiting, tmp_path):
    (tmp_path / "new.txt").write_text("INT: What do you grow there?\n\nP01: Beans, mostly, and some leeks when the slugs allow it, as they seldom do.\n", encoding="utf-8")

    refused = sixphase("replace", "P01-2", tmp_path / "new.txt", "--study", waiting, "--accept")
    done = sixphase("replace", "P01-2", tmp_path / "new.txt", "--study", waiting, "--accept", "--much-changed")

    assert refused[0] == 1 and "is this the right file?" in refused[2] and "--much-changed" in refused[2]
    assert done[0] == 0 and "Replaced P01-2: 0 codings moved" in done[1]
    assert sixphase("check", waiting)[0] == 0


def test_a_run_tells_each_notebook_and_where_the_results_are(waiting, tmp_path):
    status, said, _ = sixphase("run", waiting, "--outputs", tmp_path / "out", "--only", "5")

    assert status == 0
    assert said == f"5_defining_themes: started\n5_defining_themes: done\nRan 1 notebook. Results: {tmp_path / 'out'}\n"  # no word of a manuscript that is not there
    assert sixphase("run", waiting, "--outputs", tmp_path / "out", "--only", "5")[1].startswith("Nothing has changed since the last run.")


@pytest.mark.parametrize(("arguments", "status", "told"), [
    (["new", "no/name", "--in", "{tmp}"], 1, "not a name for a study"),
    (["new", "waiting", "--in", "{tmp}"], 1, "there is something here already"),
    (["new", "a", "--in", "{talk}"], 1, "Choose another place"),
    (["import", "{tmp}/none.txt", "--study", "{study}"], 1, "there is no such file"),
    (["import", "{talk}", "--study", "{tmp}/none"], 1, "no study here"),
    (["import", "{talk}", "--study", "{study}", "--rows", "a-b"], 1, "is not a range of rows"),
    (["import", "{talk}", "--study", "{study}", "--as", "P07=not an id"], 1, "not an id for a participant"),
    (["import", "{talk}", "--study", "{study}", "--interviewer", "Dr. X"], 1, "nobody is labelled “Dr. X”"),
    (["import", "{talk}", "--study", "{study}", "--encoding", "utf-9"], 1, "no encoding is called"),
    (["import", "{talk}", "--study", "{study}", "--accept", "--key", "{tmp}/none/who.csv"], 1, "Choose another place"),
    (["code", "{tmp}/none.csv", "--study", "{study}", "--coder", "am"], 1, "there is no such file"),
    (["code", "{talk}", "--study", "{study}", "--coder", "am"], 1, "belongs in a sheet"),
    (["replace", "P09-9", "{talk}", "--study", "{study}"], 1, "no source of this study"),
    (["replace", "P01-1", "{tmp}/none.txt", "--study", "{study}"], 1, "there is no such file"),
    (["replace", "P01-1", "{talk}", "--study", "{study}"], 1, "other people speak in the new version"),
    (["import", "{talk}", "--study", "{study}", "--same", "INT"], 1, "not two labels"),
    (["check", "{tmp}/none"], 1, "no study here"),
    (["check", ""], 1, "no study here"),
    (["run", "{study}", "--only", "9", "--outputs", "{tmp}/out"], 1, "no such notebook"),
    (["run", "{study}", "-p", "around", "--outputs", "{tmp}/out"], 1, "NAME=VALUE"),
    (["run", "{study}", "-p", "arround=3", "--outputs", "{tmp}/out"], 1, "did you mean “around”?"),
    (["run", "{study}", "--outputs", "{study}/out"], 1, "the outputs would lie inside the study"),
    (["run", "{study}", "--outputs", "{talk}"], 1, "Choose another place"),
    (["run", "{study}", "--workers", "0", "--outputs", "{tmp}/out"], 2, "--workers"),
    (["repair", "{tmp}/none"], 1, "no study here"),
    (["import"], 2, "Missing argument"),
    (["code", "{talk}", "--study", "{study}"], 2, "Missing option"),
    (["code", "{talk}", "--study", "{study}", "--coder", "am", "--pass", "two"], 2, "--pass"),
    (["code", "{talk}", "--study", "{study}", "--coder", "am", "--pass", "0"], 2, "--pass"),
    (["wait"], 2, "No such command"),
    ([], 2, "Usage"),
])
def test_a_call_that_cannot_be_answered_ends_in_a_sentence_and_changes_nothing(waiting, talk, tmp_path, arguments, status, told):
    before = state(waiting)

    ended, said, errors = sixphase(*(part.format(tmp=tmp_path, study=waiting, talk=talk) for part in arguments))

    assert (ended, told in errors + said) == (status, True), errors
    assert state(waiting) == before


def test_check_says_what_a_theme_lacks_that_is_called_final(waiting):
    themes = waiting / "themes.yaml"
    told = themes.read_text(encoding="utf-8")
    themes.write_text(told.replace("status: candidate", "status: final", 1), encoding="utf-8")

    status, _, said = sixphase("check", waiting)

    assert status == 1
    assert "themes.yaml, line " in said and "is called final, but" in said and "call the theme a candidate until then" in said

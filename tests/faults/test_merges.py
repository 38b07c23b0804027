"""Two people, two branches, one file: real git merges of the study (ME01, ME03, ME04)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sixphase.files import append_coding, check_study, open_study
from sixphase.files.repairs import repair_acts

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

PLAIN, UNION = "*.jsonl text eol=lf\n", "*.jsonl text eol=lf merge=union\n"
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "am", "GIT_AUTHOR_EMAIL": "am@example.org",
          "GIT_COMMITTER_NAME": "am", "GIT_COMMITTER_EMAIL": "am@example.org"}


def git(folder: Path, *words: str) -> int:
    return subprocess.run(["git", *words], cwd=folder, env={**os.environ, **NOBODY}, capture_output=True).returncode


def merged(study: Path, attributes: str, ours, theirs) -> int:
    """Let two branches of a study each make a change, merge them, and give what git says: 0 for no conflict."""
    (study / ".gitattributes").write_text(attributes, encoding="utf-8")
    for words in (["init", "-b", "main"], ["add", "."], ["commit", "-m", "begin"], ["branch", "other"]):
        assert git(study, *words) == 0
    ours()
    assert git(study, "commit", "-am", "ours") == 0 == git(study, "checkout", "other")
    theirs()
    assert git(study, "commit", "-am", "theirs") == 0 == git(study, "checkout", "main")
    return git(study, "merge", "other", "-m", "both")


def coding(study: Path, start: int, end: int):
    return lambda: append_coding(open_study(study), "P01-1", "nuisance", start, end, coder_id="am")


def test_a_union_merge_of_two_appends_keeps_both_without_a_word(waiting):
    conflict = merged(waiting, UNION, coding(waiting, 43, 64), coding(waiting, 65, 75))

    codings = open_study(waiting).given.query("source_id == 'P01-1' and code_id == 'nuisance'")
    assert conflict == 0
    assert list(codings["start"]) == [43, 65, 76]  # 76 was there before


def test_a_conflict_is_told_and_repair_keeps_both_sides(waiting):
    conflict = merged(waiting, PLAIN, coding(waiting, 43, 64), coding(waiting, 65, 75))

    problems = check_study(waiting)
    said = repair_acts(waiting)

    assert conflict == 1
    # five lines were there: <<<<<<< 6, ours 7, ======= 8, theirs 9, >>>>>>> 10
    assert [(problem.file, problem.line, problem.what) for problem in problems] == [
        ("codings/P01-1.am.jsonl", line, "the mark of an unfinished merge") for line in (6, 8, 10)]
    assert len(said) == 1 and said[0].startswith("codings/P01-1.am.jsonl: kept 7 lines, set 0 aside")
    codings = open_study(waiting).given.query("source_id == 'P01-1' and code_id == 'nuisance'")
    assert list(codings["start"]) == [43, 65, 76]
    assert b"<<<<<<<" in (waiting / "codings" / "P01-1.am.jsonl.bak").read_bytes()


def test_a_union_merge_of_a_line_both_sides_edited_leaves_both_for_a_person_to_decide(waiting):
    path = waiting / "codings" / "P01-1.bo.jsonl"

    def edit(code):
        check = path.read_text(encoding="utf-8").rpartition(',"check"')[0]  # whoever edits a line by hand deletes its check value
        return lambda: path.write_text(check.replace("unanswered", code) + "}\n", encoding="utf-8")

    conflict = merged(waiting, UNION, edit("nuisance"), edit("helpers"))

    assert conflict == 0
    assert ["the id “urn:test:11” stands for two different codings (also line 1)"] == [problem.what for problem in check_study(waiting)]


def test_a_codebook_changed_on_both_sides_is_a_conflict_that_is_told(waiting):
    path = waiting / "codebook.yaml"

    def rename(name):
        return lambda: path.write_text(path.read_text(encoding="utf-8").replace("Giving up asking", name), encoding="utf-8")

    conflict = merged(waiting, UNION, rename("Giving up"), rename("Ceasing to ask"))

    assert conflict == 1
    assert "codebook.yaml" in {problem.file for problem in check_study(waiting)}

"""The commands for whole projects, called as a person calls them."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from sixphase.files import open_study

from .conftest import CODE, qde, selection, source


def sixphase(*arguments: object) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "sixphase", *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", input="", check=False,
                          env={**os.environ, "TERM": "dumb", "COLUMNS": "150"})
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout, done.stderr


def state(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_project_is_shown_first_then_imported_then_exported(packed, new, tmp_path):
    path = packed(qde(source(selection(5, 9) + selection(9, 3, number=2))), b"They wait, here.")
    before = state(new.folder)

    status, said, errors = sixphase("import", path, "--study", new.folder)
    assert (status, state(new.folder)) == (1, before)
    assert "1 interview with 1 participant, 2 codes, 1 coding by ab" in said
    assert "Codings without a place: 1 of 2" in said
    assert "it ends before it begins" in said

    assert sixphase("import", path, "--study", new.folder, "--accept")[0] == 0
    assert sixphase("check", new.folder)[0] == 0

    status, said, errors = sixphase("export", new.folder, "--as", "qdpx", "--to", tmp_path / "out.qdpx", "--accept")
    assert status == 1
    assert "talk did not agree to archiving" in errors
    assert not (tmp_path / "out.qdpx").exists()

    status, said, errors = sixphase("export", new.folder, "--as", "qdpx", "--to", tmp_path / "out.qdpx", "--accept", "--within-team")
    assert (status, "leaves: 1 coding" in said) == (0, True)


def test_a_hostile_project_changes_nothing_and_is_refused_with_a_sentence(packed, new):
    before = state(new.folder)

    status, _, errors = sixphase("import", packed(qde(source(path="internal://../../x")), b"x"), "--study", new.folder, "--accept")

    assert status == 1
    assert "points outside of the project" in errors
    assert "nothing was changed" in errors
    assert state(new.folder) == before


def test_a_project_put_in_is_there_whole_or_not_at_all(packed, new, monkeypatch):
    import errno

    import pytest
    from sixphase.exchange.projects import arriving, read
    from sixphase.files import add_project, durable

    path = packed(qde(source(selection(5, 9))), b"They wait, here.")
    placed = arriving.plan(read(path), new, raw=path.read_bytes(), ending="qdpx")
    before, real, left = state(new.folder), durable.write_new, [3]

    def full(*given):
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*given)

    monkeypatch.setattr(durable, "write_new", full)
    with pytest.raises(durable.NotSaved):
        add_project(new, placed.interviews, codes=placed.codes, codings=placed.codings, coders=placed.coders, participants=placed.participants,
                    attributes=placed.attributes, themes=placed.themes, memos=placed.memos, kept={"raw/x.kept.json": placed.kept}, confirmed="in a test")

    assert state(new.folder) == before


def test_a_codebook_comes_into_a_study_with_interviews_and_no_codes_a_project_with_texts_does_not(packed, new, tmp_path):
    (tmp_path / "P07.txt").write_text("INT: How?\n\nP07: We wait.\n", encoding="utf-8")
    assert sixphase("import", tmp_path / "P07.txt", "--study", new.folder, "--accept", "--speaker", "INT", "--speaker", "P07")[0] == 0
    book = tmp_path / "book.qdc"
    book.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes><Code guid="{CODE}" name="waiting" isCodable="true"/></Codes></CodeBook>', encoding="utf-8")

    status, _, errors = sixphase("import", packed(qde(source(selection(5, 9))), b"They wait, here."), "--study", new.folder, "--accept")
    assert (status, "its codes by themselves as a codebook (.qdc)" in errors) == (1, True)

    assert sixphase("import", book, "--study", new.folder, "--accept")[0] == 0
    assert open_study(new.folder).codes["name"].tolist() == ["waiting"]
    assert open_study(new.folder).sources["source_id"].tolist() == ["P07"]

    status, _, errors = sixphase("import", book, "--study", new.folder, "--accept")
    assert (status, "there are codes here already" in errors) == (1, True)


def test_an_empty_project_is_called_empty(tmp_path, new):
    (tmp_path / "x.qdpx").touch()

    assert "the file is empty: 0 bytes" in sixphase("import", tmp_path / "x.qdpx", "--study", new.folder)[2]


def test_a_table_of_people_is_shown_first_then_joined(waiting, tmp_path):
    (tmp_path / "people.csv").write_text("who,age\nP01,34\n", encoding="utf-8")
    before = state(waiting)

    status, said, _ = sixphase("import", tmp_path / "people.csv", "--study", waiting, "--people", "who")
    assert (status, state(waiting)) == (1, before)
    assert "Attributes of 1 of 2 participants: age" in said

    assert sixphase("import", tmp_path / "people.csv", "--study", waiting, "--people", "who", "--accept")[0] == 0
    assert open_study(waiting).participants["age"].tolist()[0] == "34"

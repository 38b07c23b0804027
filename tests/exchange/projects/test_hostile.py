"""Damaged and hostile files of every kind: each is refused with a sentence, quickly, and nothing is read or written elsewhere."""

import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from sixphase.exchange.projects import READERS, read
from sixphase.exchange.projects.kinds import WORD
from sixphase.problems import StudyError

from .conftest import CODE, qde, selection, source

DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refusal(path: Path, kind: str = "") -> str:
    with pytest.raises(StudyError) as refused:
        read(path, kind=kind)
    return str(refused.value)


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("offset", ["abc", "", "1e9", "٣", "9" * 400, "-0x1"])
def test_an_offset_that_is_no_number_leaves_its_coding_without_a_place(packed, offset):
    xml = qde(source(selection(3, 9).replace('startPosition="3"', f'startPosition="{offset}"')))

    project = read(packed(xml, b"They wait, here."))

    assert (len(project.codings), len(project.unplaced)) == ((1, 0) if offset == "٣" else (0, 1))


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("content", [b"", b"\0" * 4000, b"PK\x03\x04" + b"\xff" * 400, b"SQLite format 3\0" + b"\xfe" * 4000, b"\xff\xfe\x00\xd8" * 100, b'"' * 5000, b"<" * 5000, b"[" * 5000],
                         ids=["empty", "NUL", "zip head", "SQLite head", "surrogates", "quotes", "angles", "brackets"])
def test_rubbish_is_refused_whatever_it_is_called(tmp_path, kind, content):
    path = tmp_path / "rubbish.xlsx" if "ATLAS" in kind or "MAXQDA" in kind else tmp_path / "rubbish"
    path.write_bytes(content)

    try:
        project = read(path, kind=kind)
    except StudyError as error:
        assert "Traceback" not in str(error)
    else:
        assert (project.codings, project.sources) == ([], [])


@pytest.mark.parametrize(("members", "told"), [
    ({"word/document.xml": DTD + "<x>&a;</x>", "word/comments.xml": "<x/>"}, "contains a DTD"), ({"word/document.xml": "<x/>"}, "has no comments"), ({"other": "x"}, "no Word file"),
    ({"word/document.xml": "<x/>", "word/comments.xml": "<x/>", "../up.xml": "x"}, "would land outside of it"),
    ({"word/document.xml": "0" * 40_000_000, "word/comments.xml": "<x/>"}, "a zip bomb"),
], ids=["entity", "no comments", "other zip", "traversal", "bomb"])
def test_a_hostile_word_file_is_refused(tmp_path, members, told):
    assert told in refusal(zipped(tmp_path / "x.docx", **members), WORD)


def test_a_workbook_with_a_bomb_in_it_is_refused(tmp_path):
    assert "a zip bomb" in refusal(zipped(tmp_path / "x.xlsx", **{"xl/worksheets/sheet1.xml": "0" * 40_000_000}), "MAXQDA coded segments")


def test_a_codebook_with_an_entity_is_refused(tmp_path):
    path = tmp_path / "x.qdc"
    path.write_text(f'{DTD}<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="{CODE}" name="&a;" isCodable="true"/></Codes></CodeBook>', encoding="utf-8")

    assert "contains a DTD" in refusal(path)


def test_a_database_with_other_things_in_its_cells_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "x.sqlite3"
    with sqlite3.connect(path) as database:
        database.executescript("create table projects (id, name, description); insert into projects values (1, 'x', ''); create table tags (id, path, description);"
                               "create table documents (id, name, description, contents); insert into documents values (1, x'ff', null, 7); create table commands (id, user_login, date, payload);"
                               "create table highlights (id, document_id, start_offset, end_offset, snippet); create table highlight_tags (highlight_id, tag_id);")

    assert "damaged, or not as Taguette projects usually are" in refusal(path)


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_to_a_folder_is_not_followed(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "data.qda").write_bytes(b"x")
    (tmp_path / "x.qda").symlink_to(tmp_path / "there")

    assert "a link to another folder" in refusal(tmp_path / "x.qda")


def test_codes_a_thousand_levels_deep_are_refused(packed):
    codes = "".join(f'<Code guid="{n:08d}-0000-4000-8000-000000000000" name="c" isCodable="true">' for n in range(1000)) + "</Code>" * 1000

    assert "not well-formed" in refusal(packed(qde(codes=codes)))

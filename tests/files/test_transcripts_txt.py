import unicodedata

import pandas as pd
import pytest

from sixphase.files.transcripts_txt import read_texts


def read(folder, content: bytes | None, file: str = "transcripts/P01.txt"):
    (folder / "transcripts").mkdir(exist_ok=True)
    if content is not None:
        (folder / "transcripts" / "P01.txt").write_bytes(content)
    problems = []
    return read_texts(folder, pd.DataFrame({"source_id": ["P01"], "file": [file]}), [2], problems), [str(problem) for problem in problems]


def test_a_transcript_is_read_exactly_as_it_stands(tmp_path):
    text = " INT: \u200bשלום?\n\nP01: “Café” 😀\u2028so\x0b\n\n\n"

    assert read(tmp_path, text.encode()) == ({"P01": text}, [])


@pytest.mark.parametrize(("content", "told"), [
    (b"\xef\xbb\xbfP01: so\n", "not canonical: it holds a byte-order mark"),
    (b"P01: so\r\n", "line ends of another system (CR)"),
    (b"P01: s\0o\n", "a NUL character"),
    (unicodedata.normalize("NFD", "P01: Café\n").encode(), "letters that are not in Unicode's NFC form"),
    ("P01: so\nP01: Café\n".encode("cp1252"), "transcripts/P01.txt, line 2: not UTF-8"),
    (b" \n\n", "no words in this transcript"),
    (b"", "no words in this transcript"),
], ids=["byte-order mark", "CRLF", "NUL", "NFD", "cp1252", "blank", "empty"])
def test_a_transcript_that_is_not_canonical_is_told_and_not_read(tmp_path, content, told):
    texts, problems = read(tmp_path, content)

    assert texts == {}
    assert len(problems) == 1 and problems[0].startswith("transcripts/P01.txt") and told in problems[0]


def test_a_file_that_is_not_there_is_told_with_the_nearest(tmp_path):
    _, problems = read(tmp_path, b"P01: so\n", file="transcripts/P1.txt")

    assert problems[0] == "sources.csv, line 2: file “transcripts/P1.txt” is not there\n    do        did you mean “P01.txt”?"


@pytest.mark.parametrize("file", ["../P01.txt", "/etc/hostname", "transcripts/../../P01.txt"])
def test_a_file_outside_the_study_is_not_read(tmp_path, file):
    (tmp_path / "P01.txt").write_text("P01: secret\n")
    study = tmp_path / "study"
    study.mkdir()

    texts, problems = read(study, None, file=file)

    assert texts == {}
    assert len(problems) == 1 and "is outside the study" in problems[0]


def test_a_transcript_that_no_row_names_is_told(tmp_path):
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "P02.txt").write_text("P02: so\n")

    _, problems = read(tmp_path, b"P01: so\n")

    assert [problem.splitlines()[0] for problem in problems] == ["transcripts/P02.txt: no row of sources.csv names this transcript"]

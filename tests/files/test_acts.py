import hashlib
import json
from pathlib import Path

import pytest

from sixphase.files import acts


def read(path: Path) -> tuple[list[tuple[int, dict]], list[str]]:
    problems = []
    return list(acts.read(path, path.name, problems)), [str(problem) for problem in problems]


def test_the_check_value_is_the_first_8_digits_of_the_sha256_over_the_rest():
    line = acts.line({"b": "שלום", "a": 1})

    body = '{"a":1,"b":"שלום"}'.encode()  # keys sorted, no spaces
    assert line == body[:-1] + b',"check":"' + hashlib.sha256(body).hexdigest()[:8].encode() + b'"}\n'


def test_a_record_is_one_line_for_every_editor():
    record = {"id": "x", "words": "a\nb\rc\u2028d\u2029e\u0085f\x0bg\x1ch\\\u2028"}

    line = acts.line(record)

    assert len(line.decode().splitlines()) == 1
    assert json.loads(line)["words"] == record["words"]


def test_what_was_appended_is_read_back_with_its_line_numbers(tmp_path):
    path = tmp_path / "codings" / "P01-1.am.jsonl"

    acts.append(path, [{"id": "a", "words": "Café 😀"}])
    acts.append(path, [{"id": "b", "words": "“שלום”"}, {"id": "c"}])

    assert read(path) == ([(1, {"id": "a", "words": "Café 😀"}), (2, {"id": "b", "words": "“שלום”"}), (3, {"id": "c"})], [])


def test_appending_nothing_makes_no_file(tmp_path):
    acts.append(tmp_path / "x.jsonl", [])

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_has_no_records(tmp_path):
    assert read(tmp_path / "x.jsonl") == ([], [])


def test_a_line_written_by_hand_needs_no_check_value(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b'\n  { "id": "a", "start": 3 }\r\n')

    assert read(tmp_path / "x.jsonl") == ([(2, {"id": "a", "start": 3})], [])


def test_a_line_of_ours_that_an_editor_gave_other_spaces_and_line_ends_still_fits_its_check_value(tmp_path):
    line = acts.line({"id": "a", "words": "é"})
    (tmp_path / "x.jsonl").write_bytes(line.replace(b":", b": ").replace(b"\n", b"\r\n"))

    assert read(tmp_path / "x.jsonl") == ([(1, {"id": "a", "words": "é"})], [])


def test_a_line_changed_by_hand_is_told_how_to_keep_the_change(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(acts.line({"id": "a"}) + acts.line({"id": "b"}).replace(b"b", b"B", 1))

    records, problems = read(tmp_path / "x.jsonl")

    assert [record["id"] for _, record in records] == ["a"]
    assert len(problems) == 1
    assert problems[0].startswith("x.jsonl, line 2: damaged, or changed by hand: its check value does not fit (delete “check”")
    assert "run “sixphase repair STUDY”" in problems[0]


def test_not_a_number_is_never_written(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        acts.append(tmp_path / "x.jsonl", [{"minutes": float("nan")}])

    assert list(tmp_path.iterdir()) == []

import json
import zipfile

import pandas as pd
import pytest
from sixphase import files
from sixphase.files import durable
from sixphase.identifiers import FORMS
from sixphase.problems import StudyError


@pytest.fixture
def named(waiting):
    """The tiny study in which “sister” is taken for a name."""
    return files.open_study(waiting)


def key(**decided) -> pd.DataFrame:
    return pd.DataFrame([{"entity": "person 1", "form": form, "kind": "person", "found_by": "", "places": 1, "interviews": 1, "example": "", "decision": "replace",
                          "replacement": words} for form, words in decided.items()], columns=list(FORMS))


def test_codings_move_with_the_words(named, tmp_path):
    before = named.given.set_index("coding_id")

    files.replace_names(named, key(sister="[a relative who lives near]"), tmp_path / "key.csv", by="am", on="2026-02-03")

    after = files.open_study(named.folder)  # which refuses words that do not stand where a coding says
    now = after.given.set_index("coding_id")
    assert list(now.index.sort_values()) == list(before.index.sort_values())
    assert "sister" not in after.texts["P01-1"]
    assert now["quotation"].str.replace("[a relative who lives near]", "sister", regex=False).sort_index().tolist() == before["quotation"].sort_index().tolist()


def test_no_name_is_left_in_the_study_and_none_in_its_log(named, tmp_path):
    record, left = files.replace_names(named, key(sister="[a relative]"), tmp_path / "key.csv", by="am", on="2026-02-03")

    held = [path.name for path in sorted(named.folder.rglob("*")) if path.is_file() and path.suffix in (".txt", ".jsonl") and "sister" in path.read_text(encoding="utf-8")]
    assert held == []
    assert record["places"] == {"person": 1} and record["entities"] == {"person": 1}
    assert "sister" not in json.dumps(record) and record["left"] == len(left)


def test_what_cannot_be_changed_for_you_is_told_with_its_line(named, tmp_path):
    codebook = named.folder / "codebook.yaml"
    codebook.write_text(codebook.read_text(encoding="utf-8").replace("definition:", "definition: of a sister,", 1), encoding="utf-8")

    _, left = files.replace_names(files.open_study(named.folder), key(sister="[a relative]"), tmp_path / "key.csv", by="am")

    assert any(problem.file == "codebook.yaml" and "“sister”" in problem.what for problem in left)


def test_what_stood_there_before_is_kept_beside_the_key(named, tmp_path):
    before = (named.folder / "transcripts" / "P01-1.txt").read_bytes()

    files.replace_names(named, key(sister="[a relative]"), tmp_path / "key.csv", by="am")

    assert zipfile.ZipFile(tmp_path / "key.csv.before-1.zip").read("transcripts/P01-1.txt") == before


def test_an_earlier_version_of_a_transcript_loses_the_name_too(named, tmp_path):
    earlier = named.folder / "transcripts" / "earlier" / "P01-1.1.txt"
    earlier.parent.mkdir()
    earlier.write_text("P01: My sister rang.\n", encoding="utf-8")

    files.replace_names(named, key(sister="[a relative]"), tmp_path / "key.csv", by="am")

    assert earlier.read_text(encoding="utf-8") == "P01: My [a relative] rang.\n"


def test_a_full_disk_changes_nothing(named, tmp_path, monkeypatch):
    before = {path: path.read_bytes() for path in named.folder.rglob("*") if path.is_file()}
    write_new = durable.write_new

    def full(path, content):
        if path.parent.name == "transcripts":
            raise OSError(28, "No space left on device")
        write_new(path, content)

    monkeypatch.setattr(durable, "write_new", full)
    with pytest.raises(durable.NotSaved, match="no name was replaced"):
        files.replace_names(named, key(sister="[a relative]"), tmp_path / "key.csv", by="am")

    assert {path: path.read_bytes() for path in named.folder.rglob("*") if path.is_file()} == before


def test_a_list_that_decides_nothing_is_told(named, tmp_path):
    with pytest.raises(StudyError, match="no row says “replace”"):
        files.replace_names(named, key(), tmp_path / "key.csv", by="am")


def test_a_memo_about_a_passage_goes_with_the_passage(named, tmp_path):
    at = named.texts["P01-1"].index("They never rang back", 100)
    memo = named.folder / "memos" / "2026-02-03-again.md"
    memo.write_text(f'---\non: 2026-02-03\nby: am\nkind: analytic\nabout: ["source:P01-1:{at}-{at + 20}"]\n---\n\n# Again\n', encoding="utf-8")

    files.replace_names(files.open_study(named.folder), key(sister="[a relative who lives near]"), tmp_path / "key.csv", by="am")

    after = files.open_study(named.folder).texts["P01-1"].index("They never rang back", 100)
    assert after != at and f"source:P01-1:{after}-{after + 20}" in memo.read_text(encoding="utf-8")

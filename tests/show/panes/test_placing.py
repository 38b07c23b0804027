"""The Python side of the placing desk: what it tells the page, and how it looks without a kernel."""

import json

import pytest
from sixphase import files, show
from sixphase.exchange import importing
from sixphase.files.new_versions import compare, replace_transcript


@pytest.fixture
def replaced(opened, tmp_path):
    """The tiny study after a mended word left one coding of P01-2 to review, and a cut one lost."""
    text = opened.texts["P01-2"]
    for words, coder in (("I was learning to wait", "am"), ("It was fine in the end.", "bo")):
        files.append_coding(opened, "P01-2", "unanswered", text.index(words), text.index(words) + len(words), coder_id=coder)
    (tmp_path / "new.txt").write_text(text.replace("It was fine in the end. ", "").replace("I was learning", "I was <learnin>"), encoding="utf-8")
    study = files.open_study(opened.folder)
    replace_transcript(study, compare(study, "P01-2", importing.new_version(tmp_path / "new.txt", study, "P01-2").interviews[0]), confirmed="in a test")
    return files.open_study(opened.folder)


def test_a_study_in_which_nothing_waits_gets_a_sentence(opened):
    assert "Every coding has its place" in show.placer(files.desk(opened, by="am"))._repr_html_()


def test_the_page_is_told_what_waits_with_differences_marked_and_what_waits_for_others(replaced):
    desk = show.placer(files.desk(replaced, by="am"))
    desk.told = []
    desk.send = desk.told.append

    desk._heard(None, {"id": "1", "ask": "waiting"}, [])
    told = json.loads(json.dumps(desk.told[-1], allow_nan=False))["waiting"]

    row = next(row for row in told["rows"] if row["quotation"] == "I was learning to wait")
    assert row["old"] == [["I was ", False], ["learning", True], [" to wait", False]]
    assert row["new"] == [["I was ", False], ["<learnin>", True], [" to wait", False]]
    assert row["before"].endswith("I gave up now, ") and row["new_after"].strip() == "."
    assert told["others"] == ["1 coding of bo"]


def test_in_blind_mode_nothing_is_told_of_what_waits_for_others(replaced):
    desk = files.desk(replaced, by="am", blind=True)

    assert set(desk.waiting["coder_id"]) == {"am"}
    assert "<br>bo<" not in show.placer(desk).still()._repr_html_()


def test_without_a_kernel_old_and_new_words_stand_beside_each_other_and_markup_in_them_is_text(replaced):
    page = show.placer(files.desk(replaced, by="am")).still()._repr_html_()

    assert "<del>learning</del>" in page and "<ins>&lt;learnin&gt;</ins>" in page
    assert "the words are gone" in page
    assert "without a place since their transcript was replaced" in page

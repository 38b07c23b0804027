"""Memos and the reading log."""

from sixphase import memos


def test_memos_about_a_thing_are_found(opened):
    assert memos.about(opened.memos, "source:P01-1")["title"].tolist() == ["First reading of P01-1"]


def test_kinds_count_memos_with_their_first_and_last_day(opened):
    assert memos.kinds(opened.memos).values.tolist() == [["familiarisation", 1, "2024-02-02", "2024-02-02"], ["positionality", 1, "2024-02-01", "2024-02-01"]]


def test_an_interview_nobody_read_is_seen(opened):
    progress = memos.unread(opened.memos, opened.reading, opened.sources)

    assert progress[["source_id", "sittings", "minutes", "memos"]].values.tolist() == [["P01-1", 1, 20, 1], ["P02-1", 1, 15, 0], ["P01-2", 0, 0, 0]]

"""A file somebody else made is read in a child process: whatever it does, a sentence comes back."""

import os

import pytest
from sixphase.exchange.limits import in_child
from sixphase.problems import StudyError


def answer(path: str) -> dict:
    return {"path": path, "é": "שלום 😀"}


def endless(path: str) -> dict:
    while True:
        pass


def greedy(path: str) -> dict:
    return {"size": len(bytearray(3_000_000_000))}


def raises(path: str) -> dict:
    raise RuntimeError(path)


@pytest.fixture(autouse=True)
def children_find_this_module(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent), prepend=os.pathsep)


def test_an_answer_comes_back_as_it_was_given(tmp_path):
    path = tmp_path / "Zoë's talk.pdf"

    assert in_child("test_limits:answer", path) == {"path": str(path), "é": "שלום 😀"}


def test_a_file_that_takes_too_long_is_too_large_to_be_a_transcript(tmp_path):
    with pytest.raises(StudyError, match="longer than 0.5 seconds: too large to be a transcript"):
        in_child("test_limits:endless", tmp_path / "a.pdf", seconds=0.5)


@pytest.mark.parametrize("does", ["greedy", "raises"])
def test_a_child_that_breaks_is_a_sentence(does, tmp_path):
    pytest.importorskip("resource", reason="memory cannot be limited here")

    with pytest.raises(StudyError, match="damaged, or too large to be a transcript"):
        in_child(f"test_limits:{does}", tmp_path / "a.pdf")

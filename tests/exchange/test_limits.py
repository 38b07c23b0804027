"""A file somebody else made is read in a child process: whatever it does, a sentence comes back."""

import os
import socket

import pytest
from sixphase.exchange.limits import Beside, in_children
from sixphase.problems import StudyError


def answer(path: str, options: dict) -> dict:
    return {"path": path, "é": "שלום 😀"}


def endless(path: str, options: dict) -> dict:
    while True:
        pass


def greedy(path: str, options: dict) -> dict:
    return {"size": len(bytearray(3_000_000_000))}


def raises(path: str, options: dict) -> dict:
    raise RuntimeError(path)


@pytest.fixture(autouse=True)
def children_find_this_module(monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent), prepend=os.pathsep)


def ask(does: str, *paths, **choices) -> list:
    return list(in_children(f"test_limits:{does}", paths, **choices))


def test_an_answer_comes_back_as_it_was_given(tmp_path):
    path = tmp_path / "Zoë's talk.pdf"

    assert ask("answer", path) == [{"path": str(path), "é": "שלום 😀"}]


def texts(path: str, options: dict) -> Beside:
    return Beside({"path": path}, ["שלום 😀\n", "", "half \ud800"])


def test_long_texts_come_beside_an_answer_as_they_are(tmp_path):
    told = ask("texts", tmp_path / "1", tmp_path / "2", workers=1)

    assert told == [Beside({"path": str(tmp_path / number)}, ["שלום 😀\n", "", "half \ud800"]) for number in "12"]


def test_answers_come_in_the_order_of_the_files_from_several_children(tmp_path):
    paths = [tmp_path / f"{number}.pdf" for number in range(40)]

    assert [told["path"] for told in ask("answer", *paths, workers=3)] == list(map(str, paths))


def test_a_file_that_takes_too_long_is_too_large_to_be_a_transcript(tmp_path):
    [told] = ask("endless", tmp_path / "a.pdf", seconds=0.5)

    assert isinstance(told, StudyError)
    assert "longer than 0.5 seconds: too large to be a transcript" in str(told)


@pytest.mark.parametrize("does", ["greedy", "raises"])
def test_a_child_that_breaks_is_a_sentence(does, tmp_path):
    pytest.importorskip("resource", reason="memory cannot be limited here")

    assert "damaged, or too large to be a transcript" in str(ask(does, tmp_path / "a.pdf")[0])


def breaks_on_the_second(path: str, options: dict) -> dict:
    return raises(path, options) if path.endswith("2") else answer(path, options)


def test_a_file_that_breaks_its_child_takes_no_other_with_it(tmp_path):
    told = ask("breaks_on_the_second", *(tmp_path / str(number) for number in range(1, 5)), workers=1)

    assert [isinstance(answer, StudyError) for answer in told] == [False, True, False, False]


def calls_home(path: str, options: dict) -> dict:
    return {"sock": str(socket.create_connection(("127.0.0.1", 9)))}


def writes(path: str, options: dict) -> dict:
    return {"written": open(path, "w").write("x")}


def starts_a_program(path: str, options: dict) -> dict:
    return {"status": os.system("true")}


@pytest.mark.parametrize("does", ["calls_home", "writes", "starts_a_program"])
def test_a_child_reaches_no_network_writes_nothing_and_starts_nothing(does, tmp_path):
    [told] = ask(does, tmp_path / "a.pdf")

    assert isinstance(told, StudyError)
    assert not (tmp_path / "a.pdf").exists()

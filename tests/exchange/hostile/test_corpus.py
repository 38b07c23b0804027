"""Every file of the hostile corpus ends as it should, and nothing else happens: no crash, no hang, no network, no stray file."""

import hashlib

import pytest
from corpus import CASES, Case
from sixphase.exchange import limits, transcripts
from sixphase.problems import StudyError


@pytest.fixture(scope="module")
def ends(tmp_path_factory):
    """What became of every file, all read by the same few children; and the folder, which must be as it was."""
    folder = tmp_path_factory.mktemp("arriving")
    for number, case in enumerate(CASES):
        (folder / str(number)).mkdir()
        (folder / str(number) / case.name).write_bytes(case.content)
    before = tree(folder)
    told: dict[int, object] = {}
    for options in ({}, *({name: value} for name, value in {("answers", ("words",)), ("answers", ("why",)), ("sheet", "x")})):
        options = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
        numbers = [number for number, case in enumerate(CASES) if case.options == options]
        paths = [folder / str(number) / CASES[number].name for number in numbers]
        told |= dict(zip(numbers, limits.in_children("sixphase.exchange.transcripts:read", paths, options, seconds=50), strict=True))
    assert tree(folder) == before
    return told


def tree(folder) -> dict:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def outcome(told: object) -> str:
    if isinstance(told, StudyError):
        return "refused"
    return "warned" if any(a["doubts"] for a in told) else "normalised" if any(a["notes"] for a in told) else "accepted"


def test_the_corpus_is_large_and_its_names_differ():
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    assert {case.name.rpartition(".")[2] for case in CASES} >= {"txt", "docx", "odt", "rtf", "html", "md", "vtt", "srt", "csv", "xlsx", "pdf"}


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=[case.name for case in CASES])
def test_a_file_ends_as_it_should(ends, number: int, case: Case):
    told = ends[number]

    assert outcome(told) == case.outcome, told
    if case.outcome == "refused":
        assert case.told in str(told)
        assert "Traceback" not in str(told)
        return
    words = "\n".join(said for a in told for said in [*a["paragraphs"], *(f"{label}: {said}" for label, said in a["turns"])])
    assert {has: words.count(has) for has in case.has} == dict.fromkeys(case.has, 1)
    assert not [lacks for lacks in case.lacks if lacks in words or lacks in str([a["notes"] + a["doubts"] for a in told])]
    assert case.told in str([a["notes"] + a["doubts"] for a in told])


def test_every_ending_has_a_reader_that_is_there():
    import importlib

    assert all(callable(importlib.import_module(f"sixphase.exchange.transcripts.{name}").read) for name in transcripts.READERS.values())

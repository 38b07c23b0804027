"""Kill -9 at each system call of a save, and in the middle of each of its writes.

A child process counts its own system calls and kills itself at the chosen one, so nothing here waits or depends on
timing. What the child acknowledged before, over a pipe, must be there afterwards.
"""

import dataclasses
import itertools
import os
import shutil
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sixphase.cases import Interview
from sixphase.files import acts, add_interviews, check_study, durable, open_study, settle, to_review
from sixphase.files.additions import unsettled
from sixphase.files.new_versions import compare, replace_transcript
from sixphase.files.repairs import repair_acts

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill -9")

CALLS = ("open", "write", "fsync", "ftruncate", "close", "replace", "mkdir", "unlink", "rmdir")
HALFWAY = {"at once": None, "after 1 byte": lambda n: 1, "after half": lambda n: n // 2, "before the last byte": lambda n: n - 1}
Say = Callable[[str], object]


def kills(prepare: Callable[[], Path], act: Callable[[Path, Say], None], halfway: Sequence[str] = tuple(HALFWAY)) -> Iterator[tuple[Path, list[str]]]:
    """Run `act` on fresh copies, killed one call later each time, until it completes; give each copy and what was acknowledged."""
    for written in map(HALFWAY.get, halfway):
        for at in itertools.count(1):
            place = prepare()
            was_killed, said = _run(lambda say, place=place: act(place, say), at, written)
            yield place, said
            if not was_killed:
                assert at > 1, "no system call was ever wrapped"
                break


def _run(act: Callable[[Say], None], at: int, written: Callable[[int], int] | None) -> tuple[bool, list[str]]:
    ear, mouth = os.pipe()
    child = os.fork()
    if not child:
        say = os.write
        try:
            _die(at, written)
            act(lambda word: say(mouth, f"{word}\n".encode()))
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(mouth)
    with open(ear, encoding="utf-8") as heard:
        said = heard.read().split()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the save failed by itself"
    return os.WIFSIGNALED(status), said


def _die(at: int, written: Callable[[int], int] | None) -> None:
    """Make this process kill itself at its system call number `at`; or, where `written` says how far, in its write number `at`."""
    left = itertools.count(at - 1, -1)

    def wrapped(call):
        def count(*given, **options):
            if next(left) == 0:
                if written is not None:
                    call(given[0], given[1][:written(len(given[1]))])
                os.kill(os.getpid(), 9)
            return call(*given, **options)
        return count

    for name in CALLS if written is None else ("write",):
        setattr(os, name, wrapped(getattr(os, name)))


def folders(parent: Path) -> Callable[[], Path]:
    numbers = itertools.count()
    return lambda: parent / str(next(numbers))


def record(name: str) -> dict:
    return {"id": name, "words": "שלום 😀 “café”"}


OLD = acts.line(record("old-1")) + acts.line(record("old-2"))


@pytest.mark.parametrize(("start", "there"), [
    (OLD, ["old-1", "old-2"]),
    (OLD + acts.line(record("torn"))[:40], ["old-1", "old-2"]),
    (OLD[:-1], ["old-1", "old-2"]),
    (None, []),
], ids=["clean", "torn", "without its last newline", "missing"])
def test_no_acknowledged_record_is_lost_or_doubled_when_an_append_is_killed(tmp_path, start, there):
    fresh = folders(tmp_path)

    def prepare():
        path = fresh() / "P01-1.am.jsonl"
        path.parent.mkdir()
        if start is not None:
            path.write_bytes(start)
        return path

    def append_two(path, say):
        for name in ("new-1", "new-2"):
            acts.append(path, [record(name)])
            say(name)

    for path, said in kills(prepare, append_two):
        acts.append(path, [record("next")])

        problems = []
        names = [read["id"] for _, read in acts.read(path, path.name, problems)]
        assert problems == []
        assert len(names) == len(set(names)) == path.read_bytes().count(b"\n")
        assert {*there, *said, "next"} <= set(names) <= {*there, "new-1", "new-2", "next"}


@pytest.mark.parametrize("old", ["the old définition 😀\n".encode() * 300, None], ids=["there", "missing"])
def test_a_killed_replace_leaves_the_old_file_or_the_new_one_and_the_next_one_clears_up(tmp_path, old):
    fresh, new = folders(tmp_path), "the new définition 😀\n".encode() * 400

    def prepare():
        path = fresh() / "codebook.yaml"
        path.parent.mkdir()
        if old is not None:
            path.write_bytes(old)
        return path

    def change(path, say):
        durable.replace(path, new)
        say("done")

    for path, said in kills(prepare, change):
        left = path.read_bytes() if path.exists() else None
        durable.replace(path, b"later\n")

        assert left == new if said else left in (old, new)
        assert [p.name for p in path.parent.iterdir()] == ["codebook.yaml"]


NEW = Interview("P03-1", "ANN: Hello?\n\nP03: שלום, I waited 😀 in the café.\n", ["P03"], ["ANN"], b"as it arrived", "txt", "utf-8")


def contents(study: Path) -> dict:
    """Every file of a study with its bytes; of imports.jsonl, whose ids are new each time, only how many lines."""
    found = {path.relative_to(study).as_posix(): path.read_bytes() for path in study.rglob("*") if path.is_file()}
    return found | {"imports.jsonl": found.get("imports.jsonl", b"").count(b"\n")}


@pytest.mark.slow
def test_a_killed_import_leaves_the_study_as_before_or_complete(waiting, tmp_path):
    before, opened, fresh = contents(waiting), open_study(waiting), folders(tmp_path)
    whole = Path(shutil.copytree(waiting, fresh()))
    add_interviews(dataclasses.replace(opened, folder=whole), [NEW], confirmed="looked at")
    after = contents(whole)

    def bring_in(study, say):
        add_interviews(dataclasses.replace(opened, folder=study), [NEW], confirmed="looked at")
        say("done")

    ends = []
    for study, said in kills(lambda: Path(shutil.copytree(waiting, fresh())), bring_in):
        told = settle(study)

        end = contents(study)
        assert end == after if said or "finished" in told else end in (before, after)
        assert end == before if "as before" in told else True
        assert not (study / ".adding").exists()
        assert check_study(study) == []
        ends.append(end == after)
    assert True in ends and False in ends  # both ends were seen


@pytest.mark.slow
def test_a_killed_replacement_leaves_the_old_transcript_with_its_codings_or_the_new_one_with_its_own(waiting, tmp_path):
    opened, fresh = open_study(waiting), folders(tmp_path)
    text = opened.texts["P01-2"].replace("I was learning to wait", "I was learnin to wait")
    new = Interview("P01-2", text, ["P01"], ["INT"], b"as it arrived", "txt", "utf-8")
    before = standing(waiting)

    def put(study, say):
        here = open_study(study)
        replace_transcript(here, compare(here, "P01-2", new), confirmed="looked at")
        say("done")

    whole = Path(shutil.copytree(waiting, fresh()))
    put(whole, lambda word: None)
    after = standing(whole)
    assert after != before

    ends = []
    for study, said in kills(lambda: Path(shutil.copytree(waiting, fresh())), put, ("at once", "after half")):
        told = [problem.do for problem in unsettled(study)]
        repaired = settle(study)

        end = standing(study)  # which refuses a study with any problem
        assert not repaired or ("repair STUDY" in told[0] and not unsettled(study))
        assert end == after if said or "finished" in repaired else end in (before, after)
        assert end == before if "as before" in repaired else True
        ends.append(end == after)
    assert True in ends and False in ends  # both ends were seen


def standing(folder: Path) -> tuple:
    """What a person sees of a study whose transcript may have been replaced: its texts, the codings that stand with their places, and those that wait."""
    study = open_study(folder)
    return study.texts, sorted(map(tuple, study.given[["source_id", "code_id", "start", "end", "quotation"]].values.tolist())), sorted(to_review(study)["quotation"])


def test_a_killed_repair_can_be_repeated_and_loses_no_line(tmp_path):
    fresh, damaged = folders(tmp_path), OLD + b'{"id":"dama\0ged"}\n' + acts.line(record("old-3"))

    def prepare():
        path = fresh() / "decisions.jsonl"
        path.parent.mkdir()
        path.write_bytes(damaged)
        return path.parent

    for folder, _ in kills(prepare, lambda folder, say: repair_acts(folder)):
        repair_acts(folder)

        problems = []
        names = [read["id"] for _, read in acts.read(folder / "decisions.jsonl", "decisions.jsonl", problems)]
        assert (names, problems) == (["old-1", "old-2", "old-3"], [])
        assert (folder / "decisions.jsonl.bak").read_bytes() == damaged
        assert b'{"id":"dama\0ged"}\n' in (folder / "decisions.jsonl.torn").read_bytes()

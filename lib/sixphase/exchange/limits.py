"""Reading files somebody else made, where they can do no harm: in child processes with limits of time and memory.

A few children live as long as one import and take file after file. In a child no network is reached, no program started
and nothing written. A file that takes too long, or too much memory, costs its child; the next file gets a new one.
"""

import contextlib
import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..problems import Problem, StudyError
from .arrivals import refused

SECONDS = 120
BYTES = 1_500_000_000
LARGEST = 200_000_000  # bytes of a file that may be a transcript
LONGEST_ANSWER = 400_000_000  # bytes
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.remove", "os.rename", "os.mkdir", "os.rmdir",
             "os.link", "os.symlink", "os.truncate", "shutil.", "ftplib.", "http.", "urllib.", "smtplib.", "webbrowser.")


class Beside(NamedTuple):
    """An answer whose long texts travel beside its JSON, as they are: nothing in them needs to be escaped and looked at letter by letter."""

    answer: object
    texts: list[str]


def in_children(function: str, paths: Iterable[Path], options: dict | None = None, *, seconds: float = SECONDS, workers: int | None = None) -> Iterator[object]:
    """Call `module:function` with each path, and with options, in child processes.

    Parameters
    ----------
    function : str
        Takes a path and a mapping; what it gives is carried as JSON, the texts of a `Beside` as they are.
    paths : iterable of Path
    options : dict, optional
    seconds : float
        The longest that one file may take.
    workers : int, optional
        Children at a time; one a core unless it is given.

    Yields
    ------
    object
        For each path, in order, the answer; or the `StudyError` that refuses the file.
    """
    paths = list(paths)
    answers: list[object] = [None] * len(paths)
    ready = [threading.Event() for _ in paths]
    left, lock, stop = iter(enumerate(paths)), threading.Lock(), threading.Event()

    def work() -> None:
        with contextlib.closing(_Child(function, options or {}, seconds)) as child:
            while not stop.is_set():
                with lock:
                    number, path = next(left, (None, None))
                if path is None:
                    return
                answers[number] = child.ask(path)
                ready[number].set()

    crew = [threading.Thread(target=work, daemon=True) for _ in range(min(workers or os.cpu_count() or 1, max(1, len(paths) // 4 + 1)))]
    for member in crew:
        member.start()
    try:
        for number, event in enumerate(ready):
            event.wait()
            answer, answers[number] = answers[number], None
            yield answer
    finally:
        stop.set()
        for member in crew:
            member.join()


def in_child(function: str, path: Path, *, seconds: float = SECONDS) -> dict:
    """Call `module:function` with one path in a child process and return its answer.

    Raises
    ------
    StudyError
        The function refused the file; or it took too long or too much memory: too large.
    """
    with contextlib.closing(_Child(function, None, seconds)) as child:
        answer = child.ask(path)
    if isinstance(answer, StudyError):
        raise answer
    return answer


class _Child:
    """One child process, started when it is first asked."""

    def __init__(self, function: str, options: dict | None, seconds: float):
        self.function, self.options, self.seconds = function, options, seconds
        self.process: subprocess.Popen | None = None

    def ask(self, path: Path) -> object:
        """The answer for one file, or the error that refuses it."""
        late = threading.Event()
        try:
            if self.process is None:
                self.process = subprocess.Popen([sys.executable, "-c", f"from {__name__} import main; main()", self.function], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            process = self.process
            clock = threading.Timer(self.seconds, lambda: (late.set(), process.kill()))
            clock.daemon = True
            clock.start()
            try:
                process.stdin.write(json.dumps([os.fspath(path), self.options]).encode() + b"\n")
                process.stdin.flush()
                told = _received(process.stdout)
            finally:
                clock.cancel()
            return told
        except (OSError, ValueError):  # the child is gone, or was cut off
            self.close()
            return refused(path, f"reading it took longer than {self.seconds:g} seconds: too large to be a transcript" if late.is_set()
                           else "reading it failed or took too much memory: damaged, or too large to be a transcript")

    def close(self) -> None:
        """End the child; the next question starts another."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _received(pipe: BinaryIO) -> object:
    """What a child answers: a line of JSON, and the texts whose lengths it tells."""
    told = json.loads(pipe.readline(LONGEST_ANSWER))
    if "problems" in told:
        return StudyError([Problem(**problem) for problem in told["problems"]], told["about"])
    if "lengths" not in told:
        return told["answer"]
    if sum(told["lengths"]) > LONGEST_ANSWER:
        raise ValueError("more than an answer may hold")
    return Beside(told["answer"], [pipe.read(length).decode("utf-8", "surrogatepass") for length in told["lengths"]])


def _sent(told: object, pipe: BinaryIO) -> None:
    texts = [text.encode("utf-8", "surrogatepass") for text in told.texts] if isinstance(told, Beside) else []
    head = {"answer": told.answer, "lengths": [len(text) for text in texts]} if isinstance(told, Beside) else {"answer": told}
    pipe.writelines([json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass"), b"\n", *texts])


def _refuse(event: str, arguments: tuple) -> None:
    """What a child may not do, whatever the file makes a library try."""
    if event.startswith(FORBIDDEN) or event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa+"):
        raise PermissionError(f"{event} is not allowed here")


def main() -> None:
    """What a child does: answer one question a line until there are no more."""
    module, name = sys.argv[1].split(":")
    call = getattr(importlib.import_module(module), name)
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows, where only time is limited
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    sys.addaudithook(_refuse)
    for line in sys.stdin.buffer:
        path, options = json.loads(line)
        try:
            _sent(call(path) if options is None else call(path, options), answers)
        except StudyError as error:
            answers.write(json.dumps({"problems": [vars(problem) for problem in error.problems], "about": error.about}, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        answers.flush()

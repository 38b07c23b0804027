"""What is wrong with a person's files, told to that person.

Whoever checks a file collects `Problem`s and goes on; whoever opened the file raises one `StudyError`
with all of them. A problem says where, what was expected, what is there, and what to do next.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` counts from 1; None when the whole file is meant."""

    file: str
    line: int | None
    what: str
    expected: str = ""
    found: str = ""
    do: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        details = [("expected", self.expected), ("found", self.found), ("do", self.do)]
        return "\n".join([f"{where}: {self.what}", *(f"    {label:<9} {text}" for label, text in details if text)])


class StudyError(Exception):
    """A study, or a file meant for one, that cannot be used as it is; `problems` lists why."""

    def __init__(self, problems: Iterable[Problem], about: str):
        self.problems = sorted(problems, key=lambda p: (p.file, p.line or 0, p.what))
        self.about = about
        super().__init__("\n\n".join([f"{count(len(self.problems), 'problem')} in {about}.", *map(str, self.problems)]))

    def _render_traceback_(self) -> list[str]:
        # Jupyter asks for this: the researcher sees the problems, not our stack.
        return [f"StudyError: {self}"]


def nearest(word: str, allowed: Iterable[str]) -> str:
    """A sentence that offers the right answers, the likeliest first.

    Examples
    --------
    >>> nearest("waitng", ["blame", "waiting"])
    'did you mean “waiting”?'
    >>> nearest("x", ["blame", "waiting"])
    'write one of: blame, waiting'
    """
    allowed = sorted(map(str, allowed))
    close = [] if re.fullmatch(r"[A-Za-z]{0,6}[-_]?\d[\d-]*", str(word)) else get_close_matches(str(word), allowed, n=1)
    if close:  # among ids such as P01 and P02 the nearest is only another person's
        return f"did you mean “{close[0]}”?"
    if not allowed:
        return "there is none yet: add it first"
    more = ", …" if len(allowed) > 12 else ""
    return f"write one of: {', '.join(allowed[:12])}{more}"


def count(number: int, unit: str) -> str:
    """A number with its unit.

    Examples
    --------
    >>> count(1, "interview"), count(1200, "interview")
    ('1 interview', '1,200 interviews')
    """
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def shown(value: object, most: int = 60) -> str:
    """A value as an error prints it: in quotation marks, control characters escaped, shortened.

    Examples
    --------
    >>> shown("14/06/2023")
    '“14/06/2023”'
    """
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(value))
    return f"“{text[:most - 1]}…”" if len(text) > most else f"“{text}”"

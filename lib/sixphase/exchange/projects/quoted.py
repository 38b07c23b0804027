"""Exports that hold quotations and not the texts they stand in: each document becomes a source made of its quotations.

The interview itself is not in such a file, and the person is told so: what stands between the quotations is missing.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .project import Code, Coding, Project, Source


class Quoted(NamedTuple):
    """A quotation as an export lists it, with all of its codes."""

    document: str
    words: str
    codes: list[str]
    comment: str = ""
    coder: str = ""
    created: str = ""


def project_of(name: str, origin: str, quotations: Iterable[Quoted], codes: Iterable[Code] = ()) -> Project:
    """Make a project of quotations, in their order; every code that is given becomes one, unless `codes` has it."""
    project = Project(name=name, origin=origin, codes=list(codes))
    keys = {code.name: code.key for code in project.codes}
    texts: dict[str, list[str]] = {}
    lengths: dict[str, int] = {}
    waiting = []
    for quoted in quotations:
        words = quoted.words.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not words:
            project.lose("quotations without words (of pictures or sound)")
            continue
        if not quoted.codes:
            project.lose("quotations without a code (their words are in the source)")
        start = lengths.get(quoted.document, 0)
        texts.setdefault(quoted.document, []).append(words)
        lengths[quoted.document] = start + len(words) + 2
        if quoted.coder:
            project.coders[quoted.coder] = quoted.coder
        for code in quoted.codes:
            if code not in keys:
                keys[code] = f"code {len(keys) + 1}"
                project.codes.append(Code(keys[code], code))
            waiting.append(Coding(f"{name} {len(waiting) + 1}", quoted.document, keys[code], start, start + len(words), quoted.coder, quoted.created,
                                  quoted.comment if code == quoted.codes[0] else ""))
    project.sources = [Source(document, document, "\n\n".join(words) + "\n") for document, words in texts.items()]
    project.ready()
    for coding in waiting:
        project.place(coding)
    project.doubts.append("this file holds quotations, not the texts they come from: each source is made of its quotations; what stood between them is missing")
    return project

"""Mending acts: lines that cannot be read are set aside, with the file as it was; nothing is thrown away."""

from pathlib import Path

from ..problems import Problem
from . import acts, durable

MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


def repair_acts(folder: Path) -> list[str]:
    """Mend every JSON Lines file of a study that has lines which cannot be read; returns a sentence for each.

    The file as it was is kept beside it as `<name>.bak`, the lines set aside as `<name>.torn`. The marks of an
    unfinished merge are taken away and both sides kept, since every act has an id of its own.
    """
    return [said for path in sorted([*folder.glob("*.jsonl"), *folder.glob("codings/*.jsonl")]) if (said := _repair(path, path.relative_to(folder).as_posix()))]


def cut_short(folder: Path) -> list[str]:
    """The JSON Lines files of a study that end in an incomplete line: a write that was interrupted, or a file that was cut."""
    return [path.relative_to(folder).as_posix() for path in sorted([*folder.glob("*.jsonl"), *folder.glob("codings/*.jsonl")]) if _is_cut(path.read_bytes())]


def _is_cut(content: bytes) -> bool:
    tail = content.rpartition(b"\n")[2]
    return bool(tail.strip()) and acts.read_line(tail)[0] is None


def _repair(path: Path, name: str) -> str:
    problems: list[Problem] = []
    before = path.read_bytes()
    list(acts.read(path, name, problems))
    if not problems and not _is_cut(before):
        return ""
    good, bad = [], []
    for line in before.split(b"\n"):
        if line.strip() and not line.startswith(MARKS):
            (good if acts.read_line(line)[0] is not None else bad).append(line)
    backup = path.with_name(f"{path.name}.bak")
    durable.replace(backup, before)
    if bad:
        durable.append(path.with_name(f"{path.name}.torn"), b"\n".join(bad) + b"\n")
    durable.replace(path, b"".join(line + b"\n" for line in good), read=before)
    return f"{name}: kept {len(good)} lines, set {len(bad)} aside in {path.name}.torn; the file as it was is {backup.name}."

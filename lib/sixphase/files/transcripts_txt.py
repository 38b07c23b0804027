"""Canonical transcripts: UTF-8, NFC, LF, made once at import and never changed in place.

A turn begins on a new line with its speaker's label and a colon: `P07: Well, I would say …`. An empty line stands
between turns. Further lines without a known label belong to the turn above them.
"""

import os
import unicodedata
from pathlib import Path

import pandas as pd

from ..problems import Problem, nearest, shown


def read_texts(folder: Path, sources: pd.DataFrame, lines: list[int], problems: list[Problem]) -> dict[str, str]:
    """Read the transcript of every source, exactly as it stands.

    Parameters
    ----------
    folder : Path
        The study.
    sources : DataFrame
        `source_id` and `file`.
    lines : list of int
        The line of sources.csv each row begins on.
    problems : list
        Receives what is wrong.
    """
    texts = {}
    inside = sorted(path.name for path in (folder / "transcripts").glob("*.txt"))
    for line, source_id, file in zip(lines, sources["source_id"], sources["file"], strict=True):
        path = folder / file
        if not path.resolve().is_relative_to(folder.resolve()):
            problems.append(Problem("sources.csv", line, f"file {shown(file)} is outside the study", "a path inside transcripts/"))
        elif not os.path.isfile(path):  # false, too, for a name that no system can hold
            problems.append(Problem("sources.csv", line, f"file {shown(file)} is not there", do=nearest(path.name, inside)))
        else:
            text = _read(path, file, problems)
            if text is not None:
                texts[source_id] = text
    listed = {Path(file).name for file in sources["file"]}
    problems += [Problem(f"transcripts/{name}", None, "no row of sources.csv names this transcript", do="add its row, or move the file away")
                 for name in inside if name not in listed and name != "README.txt"]
    return texts


def _read(path: Path, name: str, problems: list[Problem]) -> str | None:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.append(Problem(name, content[:error.start].count(b"\n") + 1, "not UTF-8", do="import the file it was made from again"))
        return None
    changed = [what for what, is_so in [
        ("a byte-order mark", text.startswith("\ufeff")), ("line ends of another system (CR)", "\r" in text),
        ("a NUL character", "\0" in text), ("letters that are not in Unicode's NFC form", not unicodedata.is_normalized("NFC", text))] if is_so]
    if changed:
        problems.append(Problem(name, None, f"not canonical: it holds {', '.join(changed)}", "UTF-8, NFC, LF",
                                do="put it back as it was imported (git shows what changed), or import it again"))
    if not text.strip():
        problems.append(Problem(name, None, "no words in this transcript"))
    return None if changed or not text.strip() else text


"""Memos: dated Markdown notes, one file each, with a few lines of YAML at the top."""

import hashlib
import io
import re
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..problems import Problem
from ..tables import MEMOS, frame, parse_row
from . import durable

TOP = re.compile(r"---\n(.*?)\n---\n(.*)", re.S)


def read_memos(folder: Path, problems: list[Problem]) -> pd.DataFrame:
    """Read all memos of a study, by day and file name."""
    rows = []
    for path in sorted((folder / "memos").glob("*.md")):
        name = f"memos/{path.name}"
        row = _read(path, name, problems)
        if row is not None:
            rows.append({**row, "memo_id": path.stem})
    table = frame(MEMOS, rows)
    return table.sort_values(["on", "memo_id"], kind="stable", ignore_index=True)


def _read(path: Path, name: str, problems: list[Problem]) -> dict | None:
    try:
        found = TOP.fullmatch(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
        top = YAML(typ="safe", pure=True).load(found[1]) if found else None
    except UnicodeDecodeError:
        problems.append(Problem(name, None, "not UTF-8", do="save it again as UTF-8"))
        return None
    except (YAMLError, RecursionError, ValueError) as error:  # a ValueError is a day that no calendar has
        problems.append(Problem(name, 2, f"the lines at the top cannot be read: {str(error).splitlines()[0]}"))
        return None
    if not isinstance(top, dict):
        problems.append(Problem(name, 1, "the lines at the top are missing", "---, then on, by and kind, then ---"))
        return None
    words = found[2].strip("\n")
    heading = re.search(r"^#\s+(.+)$", words, re.M)
    row, complaints = parse_row(MEMOS, {"title": heading[1] if heading else path.stem, "text": words, **top})
    problems += [Problem(name, 2, f"{column} {complaint}") for column, complaint in complaints]
    return None if complaints else row


def write_memo(folder: Path, name: str, text: str, *, on: str, by: str, kind: str, about: list[str]) -> Path:
    """Write a new memo, or a new version of one, whole or not at all.

    Parameters
    ----------
    folder : Path
        The study.
    name : str
        A few words for the file's name.
    text : str
        The memo in Markdown.
    on, by, kind, about
        See `tables.MEMOS`.

    Raises
    ------
    ValueError
        A line for the top does not fit the table; nothing is written.
    """
    top = {"on": on, "by": by, "kind": kind, "about": about}
    _, complaints = parse_row(MEMOS, {**top, "title": name, "text": text or "."})
    if complaints:
        raise ValueError("; ".join(f"{column} {complaint}" for column, complaint in complaints))
    head = io.StringIO()
    yaml = YAML(pure=True)
    yaml.default_flow_style, yaml.width = None, 200
    yaml.dump(top, head)
    path = folder / "memos" / f"{on}-{_slug(name)}.md"
    path.parent.mkdir(exist_ok=True)
    durable.replace(path, f"---\n{head.getvalue()}---\n\n{text.strip()}\n".encode())
    return path


def _slug(name: str) -> str:
    """A file's name that every system can hold; names it cannot show whole are told apart by a few hex digits."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if name.isascii() and 0 < len(slug) <= 60:
        return slug
    return f"{slug[:50] or 'memo'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"

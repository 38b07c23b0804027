"""A study written for another program: what may leave, in one of many formats, to one new file or folder."""

import os
import shutil
import uuid
from collections.abc import Collection
from importlib import import_module
from pathlib import Path

from ...problems import Problem, StudyError, nearest
from ...study import Study
from .leaving import Leaving, leaving

FORMATS = {  # what each carries, and who writes it
    "qdpx": ("texts", "refi_writing", "write"), "qdc": ("codes", "refi_writing", "write_codebook"), "csv": ("quotations", "sheets_out", "write_csv"),
    "xlsx": ("quotations", "sheets_out", "write_xlsx"), "html": ("texts", "pages", "write"), "docx": ("texts", "word_out", "write"),
    "w3c": ("quotations", "annotations", "write"), "taguette": ("codes", "sheets_out", "write_codebook"), "graphml": ("codes", "graphs", "write"), "parquet": ("texts", "bundles", "write"),
}

EXTRA = {"qdpx": ("comments", "memos", "decisions", "history", "kept"), "parquet": ("comments", "memos"), **{form: ("comments",) for form in ("csv", "xlsx", "docx", "w3c")}}  # what each can carry more


def chosen(study: Study, form: str, *, more: Collection[str] = (), leave_out: bool = False, within_team: bool = False) -> Leaving:
    """What would leave a study in a format; see `leaving.leaving`.

    Raises
    ------
    StudyError
        No such format, it cannot carry what is asked for, or consent forbids it.
    """
    if form not in FORMATS:
        raise StudyError([Problem("--as", None, f"no format is called {form}", do=nearest(form, FORMATS))], "what was asked for")
    wrong = [Problem("--with", None, f"{form} carries no {name}", do=nearest(name, EXTRA[form]) if form in EXTRA else f"leave --with out, or write one of {', '.join(EXTRA)}") for name in more if name not in EXTRA.get(form, ())]
    if wrong:
        raise StudyError(wrong, "what was asked for")
    return leaving(study, FORMATS[form][0], more=more, leave_out=leave_out, within_team=within_team)


def written(told: Leaving, form: str) -> bytes | dict[str, bytes]:
    """The file of a format, or the files of its folder by name."""
    _, module, function = FORMATS[form]
    return getattr(import_module(f".{module}", __package__), function)(told)


def put(content: bytes | dict[str, bytes], path: Path, study: Study) -> None:
    """Write an export to a new file or folder outside of the study, all of it or nothing, readable by its owner only.

    Raises
    ------
    StudyError
        There is something of this name, or it lies inside the study.
    """
    wrong = ("it lies inside the study" if path.resolve().is_relative_to(study.folder.resolve()) else "there is something here already" if path.exists() or path.is_symlink()
             else "" if path.absolute().parent.is_dir() else "there is no folder to put it in")
    if wrong:
        raise StudyError([Problem(str(path), None, wrong, do="choose another place")], "what was asked for")
    part = path.absolute().with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        if isinstance(content, dict):
            part.mkdir(mode=0o700)
            for name, inside in content.items():
                _new(part / name, inside)
        else:
            _new(part, content)
        os.rename(part, path)
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        part.unlink(missing_ok=True)


def _new(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())

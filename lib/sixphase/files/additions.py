"""Interviews added to a study: every file at once, or none.

All new files are written to the folder `.adding` inside the study; a list of them marks the folder as complete; then
they are moved to their places. A study that was interrupted before the list was written is as it was; after it, the
move is finished by `settle`. Either way nothing is half there.
"""

import csv
import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from ..cases import Interview
from ..problems import Problem, StudyError
from ..study import Study
from ..tables import PARTICIPANTS, SOURCES
from ..transcripts import sha256
from . import acts, durable
from .codings_jsonl import now
from .tables_csv import table_bytes
from .yaml_files import with_interviewers

STAGE, COMPLETE = ".adding", "complete"


def add_interviews(study: Study, interviews: Iterable[Interview], *, confirmed: str) -> None:
    """Add interviews to a study: transcripts, raw files, table rows and import records.

    Parameters
    ----------
    study : Study
        As it was read just before.
    interviews : iterable of Interview
    confirmed : str
        How a person confirmed the speakers; kept with the import.

    Raises
    ------
    StudyError
        An earlier addition was interrupted (it is finished or taken away first), or a table changed meanwhile.
    durable.NotSaved
    """
    settle(study.folder)
    interviews = list(interviews)
    files: dict[str, bytes] = {}
    for new in interviews:
        files[f"raw/{hashlib.sha256(new.raw).hexdigest()[:16]}.{new.format}"] = new.raw
        files[f"transcripts/{new.source_id}.txt"] = new.text.encode("utf-8")
    files["imports.jsonl"] = _read(study.folder / "imports.jsonl") + b"".join(acts.line(_record(new, confirmed)) for new in interviews)
    files["sources.csv"] = _with_rows(study.folder, SOURCES.file, [_source(new) for new in interviews])
    known = set(study.participants["participant_id"])
    people = dict.fromkeys(p for new in interviews for p in new.participants if p not in known)
    files["participants.csv"] = _with_rows(study.folder, PARTICIPANTS.file, [{"participant_id": p} for p in people])
    files["study.yaml"] = with_interviewers(study.folder, dict.fromkeys(label for new in interviews for label in new.interviewers))
    with durable.locked(study.folder):
        _stage(study.folder, files)
        settle(study.folder)


def settle(folder: Path) -> str:
    """Finish an addition that was interrupted, or take it away; returns what was done, "" when there was none."""
    stage = folder / STAGE
    if not stage.exists():
        return ""
    complete = (stage / COMPLETE).exists()
    if complete:
        for name in (stage / COMPLETE).read_text(encoding="utf-8").splitlines():
            path = folder / name
            path.parent.mkdir(mode=0o700, exist_ok=True)
            if (stage / "files" / name).exists():
                os.replace(stage / "files" / name, path)
        for part in {(folder / name).parent for name in (stage / COMPLETE).read_text(encoding="utf-8").splitlines()}:
            durable.sync_folder(part)
        (stage / COMPLETE).unlink()
    shutil.rmtree(stage)
    return "an interrupted import was finished" if complete else "an interrupted import was taken away; the study is as before"


def unsettled(folder: Path) -> list[Problem]:
    """The problem of a study in which an addition was interrupted."""
    return [Problem(STAGE, None, "an import was interrupted", do="run “sixphase repair STUDY”: it finishes the import or takes it away")] if (folder / STAGE).exists() else []


def _stage(folder: Path, files: dict[str, bytes]) -> None:
    stage = folder / STAGE
    (stage / "files").mkdir(parents=True, mode=0o700)
    for name, content in files.items():
        path = stage / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    durable.replace(stage / COMPLETE, "\n".join(files).encode("utf-8"))


def _record(new: Interview, confirmed: str) -> dict:
    return {"import_id": uuid.uuid4().urn, "source_id": new.source_id, "on": now()[:10], "format": new.format, "encoding": new.encoding,
            "raw_sha256": hashlib.sha256(new.raw).hexdigest(), "canonical_sha256": sha256(new.text), "notes": [*new.notes, f"speakers: {confirmed}"]}


def _source(new: Interview) -> dict:
    return {"source_id": new.source_id, "participants": new.participants, "interviewers": new.interviewers, "file": f"transcripts/{new.source_id}.txt"}


def _with_rows(folder: Path, name: str, rows: list[dict]) -> bytes:
    """A CSV table with rows added below those it has, cells as they were."""
    before = _read(folder / name).decode("utf-8-sig")
    there = csv.DictReader(io.StringIO(before, newline=""))
    return table_bytes(list(there.fieldnames or []), [*there, *rows])


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""

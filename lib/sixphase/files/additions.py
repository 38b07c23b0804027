"""Interviews added to a study: every file at once, or none.

All new files are written to the folder `.adding` inside the study; a list of them marks the folder as complete; then
they are moved to their places. A study that was interrupted before the list was written is as it was; after it, the
move is finished by `settle`. Either way nothing is half there.
"""

import contextlib
import csv
import hashlib
import io
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..cases import Interview
from ..places import COMMAND
from ..problems import Problem, StudyError
from ..study import Study
from ..tables import PARTICIPANTS, SOURCES, Table
from ..transcripts import sha256
from . import acts, durable
from .codings_jsonl import now
from .tables_csv import read_table, table_bytes
from .timestamps_csv import timestamp_bytes
from .yaml_files import with_interviewers

STAGE, FILES, COMPLETE = ".adding", "files", "complete"


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
        A transcript of that name is there already, or a file they are to be added to cannot be read. Nothing is changed.
    durable.NotSaved
        The disk refused; the study is as before.
    """
    put_together(study.folder, lambda: files_of(study, list(interviews), confirmed), "not imported")


def add_attributes(study: Study, rows: Mapping[str, Mapping[str, str]]) -> None:
    """Write attributes of participants into participants.csv; columns that are not there yet come last, and a blank value changes nothing.

    Parameters
    ----------
    study : Study
    rows : mapping
        Attributes by participant_id.

    Raises
    ------
    StudyError
        Somebody is no participant of the study any more. Nothing is changed.
    durable.NotSaved
        The disk refused; the study is as before.
    """
    put_together(study.folder, lambda: {PARTICIPANTS.file: _filled(_read(study.folder / PARTICIPANTS.file), rows)})


def _filled(table: bytes, rows: Mapping[str, Mapping[str, str]]) -> bytes:
    there = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    gone = sorted(set(rows) - {row["participant_id"] for row in there})
    if gone:
        raise StudyError([Problem(PARTICIPANTS.file, None, f"no participant {person}", do="open the study again") for person in gone], "the study; nothing was changed")
    header = list(dict.fromkeys([*(there[0] if there else PARTICIPANTS.names), *(column for told in rows.values() for column in told)]))
    return table_bytes(header, ({**row, **{column: value for column, value in rows.get(row["participant_id"], {}).items() if value}} for row in there))


def put_together(folder: Path, files: Callable[[], dict[str, bytes]], failed: str = "not changed") -> None:
    """Put several files of a study in their places at once: all of them, or none.

    `files` is called with the study locked, and gives the content of each by its name in the folder.

    Raises
    ------
    durable.NotSaved
        The disk refused; the study is as before. `failed` says in a word or two what did not happen.
    """
    with durable.locked(folder):
        _settle(folder)  # an earlier change that was interrupted
        made = files()
        try:
            _stage(folder, made)
        except OSError as error:
            if (folder / STAGE).exists():
                _take_away(folder / STAGE)
            raise durable.NotSaved(error.errno, f"{failed}: {error.strerror or error}; the study is as before", str(folder)) from error
        _settle(folder)


def files_of(study: Study, interviews: list[Interview], confirmed: str) -> dict[str, bytes]:
    """Every file of the study that is new or changes, with its content."""
    taken = [name for name in (f"transcripts/{new.source_id}.txt" for new in interviews) if (study.folder / name).exists()]
    if taken:
        raise StudyError([Problem(name, None, "there is a transcript of this name already",
                                  do="open the study again, and give the new interview another name") for name in taken], "what was to be imported; nothing was changed")
    files: dict[str, bytes] = {}
    for new in interviews:
        files[f"raw/{hashlib.sha256(new.raw).hexdigest()[:16]}.{new.format}"] = new.raw
        files[f"transcripts/{new.source_id}.txt"] = new.text.encode("utf-8")
        if new.times:
            files[f"timestamps/{new.source_id}.csv"] = timestamp_bytes(new.source_id, new.times)
    files["imports.jsonl"] = _ended(_read(study.folder / "imports.jsonl")) + b"".join(acts.line(_record(new, confirmed)) for new in interviews)
    files["sources.csv"] = _with_rows(study.folder, SOURCES, [_source(new) for new in interviews])
    known = set(read_table(study.folder, PARTICIPANTS, [])[0]["participant_id"])  # as it is now, not as it was when the study was read
    people = dict.fromkeys(p for new in interviews for p in new.participants if p not in known)
    said = {person: attributes for new in interviews for person, attributes in new.attributes.items()}
    files["participants.csv"] = _with_rows(study.folder, PARTICIPANTS, [{"participant_id": p, **said.get(p, {})} for p in people])
    files["study.yaml"] = with_interviewers(study.folder, dict.fromkeys(label for new in interviews for label in new.interviewers))
    return files


def settle(folder: Path) -> str:
    """Finish an addition that was interrupted, or take it away; returns what was done, "" when there was none."""
    if not (folder / STAGE).exists():
        return ""
    with durable.locked(folder):
        return _settle(folder)


def _settle(folder: Path) -> str:
    stage = folder / STAGE
    if not stage.exists():
        return ""
    complete, begun = (stage / COMPLETE).exists(), (stage / FILES).exists()
    if complete:
        names = (stage / COMPLETE).read_text(encoding="utf-8").splitlines()
        parts = {(folder / name).parent for name in names}
        for part in parts:
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in names:
            with contextlib.suppress(FileNotFoundError):  # it is in its place already
                os.replace(stage / FILES / name, folder / name)
        for part in parts:
            durable.sync_folder(part)
        if begun:
            shutil.rmtree(stage / FILES)
    _take_away(stage)
    if complete:
        return "an interrupted import was finished"
    return "an interrupted import was taken away; the study is as before" if begun else ""


def unsettled(folder: Path) -> list[Problem]:
    """The problem of a study in which an addition was interrupted."""
    return [Problem(STAGE, None, "an import was interrupted", do=f"run “{COMMAND} repair STUDY”: it finishes the import or takes it away")] if (folder / STAGE).exists() else []


def _stage(folder: Path, files: dict[str, bytes]) -> None:
    stage = folder / STAGE
    (stage / FILES).mkdir(parents=True, mode=0o700)
    for part in {(stage / FILES / name).parent for name in files}:
        part.mkdir(parents=True, exist_ok=True, mode=0o700)
    durable.write_many({stage / FILES / name: content for name, content in files.items()})
    for part in {stage, stage / FILES, *((stage / FILES / name).parent for name in files)}:
        durable.sync_folder(part)  # or the list could outlive what it lists
    durable.replace(stage / COMPLETE, "\n".join(files).encode("utf-8"))


def _take_away(stage: Path) -> None:
    """Delete the stage, the list first: a list must never stand beside half of what it lists."""
    (stage / COMPLETE).unlink(missing_ok=True)
    shutil.rmtree(stage)


def _record(new: Interview, confirmed: str) -> dict:
    return {"import_id": uuid.uuid4().urn, "source_id": new.source_id, "on": now()[:10], "format": new.format, "encoding": new.encoding,
            "raw_sha256": hashlib.sha256(new.raw).hexdigest(), "canonical_sha256": sha256(new.text), "notes": [*new.notes, f"speakers: {confirmed}"]}


def _source(new: Interview) -> dict:
    return {"source_id": new.source_id, "participants": new.participants, "interviewers": new.interviewers, "file": f"transcripts/{new.source_id}.txt"}


def _with_rows(folder: Path, table: Table, rows: list[dict]) -> bytes:
    """A CSV table with rows added below those it has, which stay as they were, byte for byte."""
    before = _read(folder / table.file)
    try:
        header = [name.strip() for name in next(csv.reader(io.StringIO(before.decode("utf-8-sig"), newline="")), [])]
    except (UnicodeDecodeError, csv.Error):
        header = []
    missing = list(dict.fromkeys(name for row in rows for name in row if name not in header))
    if missing and table.open_ended and not set(missing) & set(table.names):  # attributes nobody here had before
        header, before = header + missing, _widened(before, missing)
    elif missing:
        raise StudyError([Problem(table.file, 1, f"no column {name} to add to", ", ".join(table.names), do="mend the file, then import again")
                          for name in missing], "the study; nothing was changed")
    added = table_bytes(header, rows)[len(table_bytes(header, [])):]
    return _ended(before) + added if added else before


def _widened(table: bytes, columns: list[str]) -> bytes:
    """A CSV table with further columns, empty below their headings."""
    header, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header + columns, *(row + [""] * len(columns) for row in rows if row)])
    return out.getvalue().encode("utf-8")


def _ended(lines: bytes) -> bytes:
    return lines if not lines or lines.endswith(b"\n") else lines + b"\n"


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""

"""A new version of a transcript that is coded already: the transcript, and with it every coding, at once or not at all.

`compare` works out what a new text would do to the codings, without touching anything; `replace_transcript` carries it out.
The old text is kept in transcripts/earlier/. A coding whose words moved is a new annotation that replaces the old one; one
that a person must look at, or whose words are gone, is an act of the type `Unplaced`: it is drawn nowhere until it is placed.
Going back to a text that was there before gives codings the places they had in it.
"""

import hashlib
import re
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from .. import anchoring
from ..cases import Interview
from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import IMPORTS, MEMOS
from ..transcripts import sha256
from . import acts, durable
from .additions import put_together
from .codings_jsonl import annotation, fold, now, path_of
from .timestamps_csv import file_of, timestamp_bytes
from .unplaced import earlier_file, earlier_text, said_in, span_of, unplaced

MANY_LOST = 0.3  # share of a transcript's codings whose words are gone, above which a person is asked whether it is the right file
FEW = 5  # codings; of fewer a share says nothing
LINK = r"source:{}:(\d+)-(\d+)"


@dataclass
class NewVersion:
    """What a new version of a transcript would do: for a person to look at, then to accept or not.

    Attributes
    ----------
    source_id : str
    interview : Interview
        The new version.
    carried : DataFrame
        One row a coding: `coding_id`, `coder_id`, `code_id`, `how` (moved, to review, lost), `quotation` (the old words), `start`, `end`
        (the place proposed, NA where there is none), `now_reads`, `likeness`. In the order of the old transcript.
    shared : float
        The share of the old text that stands in the new one; see `anchoring.Comparison`.
    """

    source_id: str
    interview: Interview
    carried: pd.DataFrame
    shared: float
    _records: dict[Path, list[dict]] = field(repr=False)
    _read: dict[Path, bytes] = field(repr=False)

    def count(self, how: str) -> int:
        """How many codings are `moved`, `to review` or `lost`."""
        return int((self.carried["how"] == how).sum())

    @property
    def is_another_text(self) -> bool:
        """Whether this is hardly the same interview: too little of the text is the same, or too many codings are lost."""
        return self.shared < anchoring.SAME_TEXT or (len(self.carried) >= FEW and self.count("lost") > MANY_LOST * len(self.carried))


def compare(study: Study, source_id: str, interview: Interview) -> NewVersion:
    """Work out what a new version of a transcript would do to its codings.

    Raises
    ------
    ValueError
        The study has no such source.
    StudyError
        Other people speak in the new version, its words are the same, or what would be unplaced is quoted.
    """
    if source_id not in study.texts:
        raise ValueError(f"no source in {study.name} is called {shown(source_id)}: {nearest(source_id, study.texts)}")
    row = study.sources.set_index("source_id").loc[source_id]
    _same_people(source_id, interview, row)
    old, new = study.texts[source_id], interview.text
    if old == new:
        raise StudyError([Problem(source_id, None, "the new version says the same as the old one", do="nothing needs to be done")], "the new version; nothing was changed")
    compared, rows, records = {old: anchoring.Comparison(old, new)}, [], {}
    read = {study.folder / row["file"]: (study.folder / row["file"]).read_bytes()}
    for coder in study.settings["coders"]:
        path = path_of(study.folder, source_id, coder)
        read[path] = path.read_bytes() if path.exists() else b""
        known = {record.get("id"): record for _, record in acts.read(path, path.name, [])}
        standing = [record for _, record in fold(enumerate(known.values()), "", [])]
        waiting = [known[record["unplaces"]] for record in unplaced(known.values()) if record["unplaces"] in known]
        for record in [*standing, *waiting]:
            seen = earlier_text(study, source_id, record) if record in waiting else old
            carried = _carried(record, known, seen, new, compared)
            rows.append(_row(record, carried, new))
            records.setdefault(path, []).append(_act(record, carried, new, source_id))
    table = pd.DataFrame(rows, columns=["coding_id", "coder_id", "code_id", "how", "quotation", "start", "end", "now_reads", "likeness", "at"])
    table = table.sort_values(["at", "coding_id"], kind="stable", ignore_index=True).drop(columns="at").astype({"start": "Int64", "end": "Int64"})
    version = NewVersion(source_id, interview, table, compared[old].shared, records, read)
    if not version.is_another_text:  # that is to be asked first
        _not_quoted(study, version)
    return version


def replace_transcript(study: Study, version: NewVersion, *, confirmed: str) -> None:
    """Put a new version in the place of a transcript, and carry its codings over.

    Parameters
    ----------
    study : Study
    version : NewVersion
        As `compare` gave it and a person accepted it.
    confirmed : str
        How a person confirmed it; kept with the import.

    Raises
    ------
    StudyError
        The transcript or its codings were changed since they were compared, or what would be unplaced is quoted. Nothing is changed.
    durable.NotSaved
        The disk refused; the study is as before.
    """
    _not_quoted(study, version)
    with ExitStack() as locks:
        for path in version._read:
            locks.enter_context(durable.locked(path))  # nobody adds a coding meanwhile
        put_together(study.folder, lambda: _files(study, version, confirmed), "the transcript was not replaced")


def _same_people(source_id: str, interview: Interview, row: pd.Series) -> None:
    people, asked = set(row["participants"]), set(row["interviewers"] or [])
    if set(interview.participants) == people and set(interview.interviewers) <= asked:
        return
    raise StudyError([Problem(source_id, None, "other people speak in the new version", ", ".join(sorted(people | asked)), ", ".join([*interview.participants, *interview.interviewers]),
                              "say who is who with --as LABEL=ID, --same LABEL=LABEL and --interviewer")], "the new version; nothing was changed")


def _carried(record: dict, known: dict[str, dict], seen: str | None, new: str, compared: dict[str, anchoring.Comparison]) -> anchoring.Carried:
    """Where a coding goes: to the place it had in this very text, or to where its words are now, from the text its coder saw."""
    before: dict | None = record
    while before is not None:
        if before.get("source_sha256") == sha256(new):
            return anchoring.Carried(*span_of(before), "moved", 1.0)
        before = known.get(before.get("replaces")) if before.get("carried_from") else None
    if seen is None:
        return anchoring.Carried(-1, -1, "to review", 0.0)
    if seen not in compared:
        compared[seen] = anchoring.Comparison(seen, new)
    return compared[seen].carry(*span_of(record))


def _row(record: dict, carried: anchoring.Carried, new: str) -> dict:
    code, quotation, _ = said_in(record)
    has_place = carried.start >= 0
    return {"coding_id": record["id"], "coder_id": record["creator"], "code_id": code, "how": carried.how, "quotation": quotation, "start": carried.start if has_place else None,
            "end": carried.end if has_place else None, "now_reads": new[carried.start:carried.end] if has_place else "", "likeness": round(carried.likeness, 2), "at": span_of(record)[0]}


def _act(record: dict, carried: anchoring.Carried, new: str, source_id: str) -> dict:
    """What is appended for a coding that is carried over."""
    code, _, comment = said_in(record)
    if carried.how == "moved":
        made = annotation(new, source_id, record["creator"], code, carried.start, carried.end, created=now(), comment=comment, times=record.get("pass", 1), replaces=record["id"])
        return {**made, "carried_from": record["source_sha256"]}
    place = {"start": carried.start, "end": carried.end} if carried.start >= 0 else {}
    return {"type": "Unplaced", "id": uuid.uuid4().urn, "unplaces": record["id"], "creator": record["creator"], "created": now(), "how": carried.how, **place}


def _not_quoted(study: Study, version: NewVersion) -> None:
    """Refuse to leave what a theme's shortlist or the manuscript rests on without a place: that is undone first, with open eyes."""
    loose = set(version.carried.loc[version.carried["how"] != "moved", "coding_id"])
    listed = {extract.get("coding"): f"themes.yaml, extracts of {theme_id}" for theme_id, extracts in study.themes[["theme_id", "extracts"]].itertuples(index=False)
              for extract in extracts or []}
    listed |= {study.standing(quoted): "manuscript/manuscript.md" for quoted in re.findall(r"\(quote:([^)\s]+)\)", study.manuscript)}
    problems = [Problem(listed[coding_id], None, f"rests on {coding_id}, whose words are not in the new version of {version.source_id} as they were",
                        do="take it out there first, and put it back once the coding has a place again") for coding_id in sorted(loose & listed.keys())]
    if problems:
        raise StudyError(problems, "the new version; nothing was changed")


def _files(study: Study, version: NewVersion, confirmed: str) -> dict[str, bytes]:
    """Every file of the study that changes, with its new content."""
    changed = [path for path, content in version._read.items() if (path.read_bytes() if path.exists() else b"") != content]
    if changed:
        raise StudyError([Problem(path.name, None, "was changed since the new version was looked at", do="open the study again and repeat this") for path in changed],
                         "the new version; nothing was changed")
    source_id, new = version.source_id, version.interview
    old = study.texts[source_id]
    file = study.sources.set_index("source_id").loc[source_id, "file"]
    files = {file: new.text.encode("utf-8"), earlier_file(source_id, sha256(old)): old.encode("utf-8"),
             f"raw/{hashlib.sha256(new.raw).hexdigest()[:16]}.{new.format}": new.raw}
    for path, records in version._records.items():
        before = version._read[path]
        files[f"codings/{path.name}"] = before + (b"" if before.endswith(b"\n") else b"\n") + b"".join(map(acts.line, records))
    turns = study.turns[study.turns["source_id"] == source_id]
    if new.times or (file_of(study.folder, source_id).exists() and len(turns) != new.text.count("\n\n") + 1):
        files[f"timestamps/{source_id}.csv"] = timestamp_bytes(source_id, new.times)
    told = [f"new version of {source_id}: {version.count('moved')} codings moved, {version.count('to review')} to review, {version.count('lost')} lost", f"confirmed: {confirmed}"]
    record = {"import_id": uuid.uuid4().urn, "source_id": source_id, "on": now()[:10], "format": new.format, "encoding": new.encoding,
              "raw_sha256": hashlib.sha256(new.raw).hexdigest(), "canonical_sha256": sha256(new.text), "notes": [*new.notes, *told]}
    imports = (study.folder / IMPORTS.file).read_bytes() if (study.folder / IMPORTS.file).exists() else b""
    files[IMPORTS.file] = imports + (b"\n" if imports and not imports.endswith(b"\n") else b"") + acts.line(record)
    return files | _memos(study, source_id, anchoring.Comparison(old, new.text))


def _memos(study: Study, source_id: str, compared: anchoring.Comparison) -> dict[str, bytes]:
    """Memos about a passage of the transcript: the passage where it is now, or the whole source where that is not sure."""
    def moved(found: re.Match) -> str:
        carried = compared.carry(int(found[1]), int(found[2]))
        return f"source:{source_id}:{carried.start}-{carried.end}" if carried.how == "moved" else f"source:{source_id}"

    files = {}
    for memo_id in study.memos["memo_id"]:
        name = f"{MEMOS.file.split('/')[0]}/{memo_id}.md"
        before = (study.folder / name).read_text(encoding="utf-8")
        top, mark, words = before.partition("\n---")
        after = re.sub(LINK.format(re.escape(source_id)), moved, top) + mark + words
        if after != before:
            files[name] = after.encode("utf-8")
    return files

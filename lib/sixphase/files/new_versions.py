"""A new version of a transcript that is coded already: the transcript, and with it every coding, at once or not at all.

`compare` works out what a new text would do to the codings, without touching anything; `replace_transcript` carries it out.
The old text is kept in transcripts/earlier/. A coding whose words moved is a new annotation that replaces the old one; one
that a person must look at, or whose words are gone, is an act of the type `Unplaced`: it is drawn nowhere until it is placed.
Going back to a text that was there before gives codings the places they had in it.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from .. import anchoring
from ..cases import Interview
from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import IMPORTS, MEMOS, UNPLACED, frame
from ..transcripts import sha256
from . import acts, durable
from .additions import put_together
from .codings_jsonl import annotation, fold, now, path_of
from .timestamps_csv import file_of, timestamp_bytes

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
    """

    source_id: str
    interview: Interview
    carried: pd.DataFrame
    _records: dict[Path, list[dict]] = field(repr=False)
    _read: dict[Path, bytes] = field(repr=False)

    def count(self, how: str) -> int:
        """How many codings are `moved`, `to review` or `lost`."""
        return int((self.carried["how"] == how).sum())

    @property
    def is_another_text(self) -> bool:
        """Whether so many codings are lost that this is hardly the same interview."""
        return len(self.carried) > 2 and self.count("lost") > (1 - anchoring.SAME_TEXT) * len(self.carried)


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
    compared, rows, records = anchoring.Comparison(old, new), [], {}
    read = {study.folder / row["file"]: (study.folder / row["file"]).read_bytes()}
    for coder in study.settings["coders"]:
        path = path_of(study.folder, source_id, coder)
        read[path] = path.read_bytes() if path.exists() else b""
        known = {record.get("id"): record for _, record in acts.read(path, path.name, [])}
        standing = [record for _, record in fold(enumerate(known.values()), "", [])]
        waiting = [known[record["unplaces"]] for record in unplaced(known.values()) if record["unplaces"] in known]
        for record in [*standing, *waiting]:
            carried = _carried(record, known, compared, sha256(new), is_waiting=record in waiting)
            if carried is not None:
                rows.append(_row(record, carried, new))
                records.setdefault(path, []).append(_act(record, carried, new, source_id))
    table = pd.DataFrame(rows, columns=["coding_id", "coder_id", "code_id", "how", "quotation", "start", "end", "now_reads", "likeness", "at"])
    _not_quoted(study, source_id, table)
    table = table.sort_values(["at", "coding_id"], kind="stable", ignore_index=True).drop(columns="at").astype({"start": "Int64", "end": "Int64"})
    return NewVersion(source_id, interview, table, records, read)


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
        The transcript or its codings were changed since they were compared. Nothing is changed.
    durable.NotSaved
        The disk refused; the study is as before.
    """
    with ExitStack() as locks:
        for path in version._read:
            locks.enter_context(durable.locked(path))  # nobody adds a coding meanwhile
        put_together(study.folder, lambda: _files(study, version, confirmed), "the transcript was not replaced")


def to_review(study: Study) -> pd.DataFrame:
    """The codings of a study that stand nowhere since their transcript was replaced.

    Returns
    -------
    DataFrame
        `tables.UNPLACED`: `how` is “to review” where a place is proposed or likely, “lost” where the words are gone.
        `place_coding` gives a coding a place; `leave_unplaced` says that it has none.
    """
    rows = []
    for source_id, text in study.texts.items():
        for coder in study.settings["coders"]:
            path = path_of(study.folder, source_id, coder)
            known = {record.get("id"): record for _, record in acts.read(path, path.name, [])}
            for record in unplaced(known.values()):
                coded = known.get(record["unplaces"])
                if coded is not None:
                    code, quotation, _ = _said(coded)
                    start, end = record.get("start"), record.get("end")
                    rows.append({"coding_id": coded["id"], "source_id": source_id, "coder_id": coder, "code_id": code, "how": record["how"], "quotation": quotation,
                                 "start": start, "end": end, "now_reads": text[start:end] if start is not None else None})
    return frame(UNPLACED, rows).sort_values(["source_id", "start", "coding_id"], kind="stable", ignore_index=True)


def place_coding(study: Study, coding_id: str, start: int | None = None, end: int | None = None) -> str:
    """Give a coding that stands nowhere a place; the one that was proposed, unless another is given. Returns its new id.

    Raises
    ------
    ValueError
        No coding of this id waits for a place, none was proposed, or the place is not inside the source.
    """
    row, path, coded = _waiting(study, coding_id)
    start, end = (row["start"], row["end"]) if start is None else (start, end)
    if pd.isna(start) or pd.isna(end):
        raise ValueError(f"no place was proposed for {coding_id}: say where it begins and ends")
    code, _, comment = _said(coded)
    record = annotation(study.texts[row["source_id"]], row["source_id"], row["coder_id"], code, int(start), int(end), created=now(), comment=comment,
                        times=coded.get("pass", 1), replaces=coding_id, source_sha256=study.blanked.get(row["source_id"], ""))
    acts.append(path, [record])
    return record["id"]


def leave_unplaced(study: Study, coding_id: str, *, by: str, because: str) -> None:
    """Say that a coding has no place in the new version of its transcript. Its record stays.

    Raises
    ------
    ValueError
        No coding of this id waits for a place, or no reason is given.
    """
    if not because.strip():
        raise ValueError("say why: a reason is kept with this")
    _, path, _ = _waiting(study, coding_id)
    acts.append(path, [{"type": "Withdrawal", "id": uuid.uuid4().urn, "withdraws": coding_id, "creator": by, "created": now(), "because": because}])


def unplaced(records: Iterable[dict]) -> list[dict]:
    """The acts that leave a coding without a place, and that no later act has answered."""
    records = list(records)
    answered = {record.get("replaces") for record in records} | {record.get("withdraws") for record in records}
    latest = {record["unplaces"]: record for record in records if record.get("type") == "Unplaced"}
    return [record for coding_id, record in latest.items() if coding_id not in answered]


def _waiting(study: Study, coding_id: str) -> tuple[dict, Path, dict]:
    waiting = to_review(study).set_index("coding_id", drop=False)
    if coding_id not in waiting.index:
        raise ValueError(f"no coding {coding_id} of {study.name} waits for a place")
    row = waiting.loc[coding_id].to_dict()
    path = path_of(study.folder, row["source_id"], row["coder_id"])
    return row, path, next(record for _, record in acts.read(path, path.name, []) if record.get("id") == coding_id)


def _same_people(source_id: str, interview: Interview, row: pd.Series) -> None:
    people, asked = set(row["participants"]), set(row["interviewers"] or [])
    if set(interview.participants) == people and set(interview.interviewers) <= asked:
        return
    raise StudyError([Problem(source_id, None, "other people speak in the new version", ", ".join(sorted(people | asked)), ", ".join([*interview.participants, *interview.interviewers]),
                              "say who is who with --as LABEL=ID, --same LABEL=LABEL and --interviewer")], "the new version; nothing was changed")


def _carried(record: dict, known: dict[str, dict], compared: anchoring.Comparison, digest: str, *, is_waiting: bool) -> anchoring.Carried | None:
    """Where a coding goes: to the place it had in this very text, or to where its words are now. None when it goes on waiting."""
    before: dict | None = record
    while before is not None:
        if before.get("source_sha256") == digest:
            return anchoring.Carried(*_span(before), "moved", 1.0)
        before = known.get(before.get("replaces")) if before.get("carried_from") else None
    return None if is_waiting else compared.carry(*_span(record))


def _span(record: dict) -> tuple[int, int]:
    position = next(s for s in record["target"]["selector"] if s["type"] == "TextPositionSelector")
    return position["start"], position["end"]


def _said(record: dict) -> tuple[str, str, str]:
    """The code, the words and the note of an annotation."""
    bodies = {body["purpose"]: body["value"] for body in record["body"]}
    return bodies["tagging"], next(s["exact"] for s in record["target"]["selector"] if s["type"] == "TextQuoteSelector"), bodies.get("commenting", "")


def _row(record: dict, carried: anchoring.Carried, new: str) -> dict:
    code, quotation, _ = _said(record)
    has_place = carried.start >= 0
    return {"coding_id": record["id"], "coder_id": record["creator"], "code_id": code, "how": carried.how, "quotation": quotation, "start": carried.start if has_place else None,
            "end": carried.end if has_place else None, "now_reads": new[carried.start:carried.end] if has_place else "", "likeness": round(carried.likeness, 2), "at": _span(record)[0]}


def _act(record: dict, carried: anchoring.Carried, new: str, source_id: str) -> dict:
    """What is appended for a coding that is carried over."""
    code, _, comment = _said(record)
    if carried.how == "moved":
        made = annotation(new, source_id, record["creator"], code, carried.start, carried.end, created=now(), comment=comment, times=record.get("pass", 1), replaces=record["id"])
        return {**made, "carried_from": record["source_sha256"]}
    place = {"start": carried.start, "end": carried.end} if carried.start >= 0 else {}
    return {"type": "Unplaced", "id": uuid.uuid4().urn, "unplaces": record["id"], "creator": record["creator"], "created": now(), "how": carried.how, **place}


def _not_quoted(study: Study, source_id: str, carried: pd.DataFrame) -> None:
    """Refuse to leave what a theme's shortlist or the manuscript rests on without a place: that is undone first, with open eyes."""
    loose = set(carried.loc[carried["how"] != "moved", "coding_id"])
    listed = {extract.get("coding"): f"themes.yaml, extracts of {theme_id}" for theme_id, extracts in study.themes[["theme_id", "extracts"]].itertuples(index=False)
              for extract in extracts or []}
    listed |= {study.standing(quoted): "manuscript/manuscript.md" for quoted in re.findall(r"\(quote:([^)\s]+)\)", study.manuscript)}
    problems = [Problem(listed[coding_id], None, f"rests on {coding_id}, whose words are not in the new version of {source_id} as they were",
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
    files = {file: new.text.encode("utf-8"), f"transcripts/earlier/{source_id}.{sha256(old)[:8]}.txt": old.encode("utf-8"),
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

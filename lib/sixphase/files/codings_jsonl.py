"""Codings on disk: W3C Web Annotations, one file a source and coder, one act a line.

A change is a new annotation that `replaces` the old one; a withdrawal names what it `withdraws`. The state is worked
out from all lines whatever their order (`fold`): an annotation stands unless some record replaces or withdraws it.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from .. import suggestions
from ..problems import Problem, nearest, shown
from ..study import Study
from ..tables import CODINGS, frame, parse_row
from . import acts

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points of prefix and suffix kept with a quotation


def annotation(text: str, source_id: str, coder_id: str, code_id: str, start: int, end: int, *, created: str,
               coding_id: str = "", comment: str = "", times: int = 1, replaces: str = "", suggested_by: str = "", source_sha256: str = "") -> dict:
    """A coding as the record that is stored.

    Parameters
    ----------
    text : str
        The canonical transcript.
    start, end : int
        The segment, [start, end), in code points of `text`.
    created : str
        The moment, as 2023-06-14T09:30:00Z.
    coding_id : str
        A new random one unless it is given.
    times : int
        1 for the first time through the interviews, 2 for the second ...
    replaces : str
        The coding this one takes the place of.
    suggested_by : str
        The program that proposed it, if one did.
    source_sha256 : str
        That of the transcript on the disk, where `text` has words of who withdrew blanked (`Study.blanked`).

    Raises
    ------
    ValueError
        The segment is empty or not inside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the segment {start}-{end} is not inside {source_id}, which has {len(text)} characters")
    body = [{"type": "TextualBody", "purpose": "tagging", "value": code_id}]
    body += [{"type": "TextualBody", "purpose": "commenting", "value": comment}] if comment else []
    record = {
        "@context": CONTEXT, "type": "Annotation", "id": coding_id or uuid.uuid4().urn,
        "creator": coder_id, "created": created, "pass": times, "body": body,
        "target": {"source": source_id, "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": text[start:end],
             "prefix": text[max(0, start - AROUND):start], "suffix": text[end:end + AROUND]}]},
        "source_sha256": source_sha256 or hashlib.sha256(text.encode("utf-8")).hexdigest(),
    }
    told = {"replaces": replaces, "suggested_by": suggested_by}
    return {**record, **{name: value for name, value in told.items() if value}}


def append_codings(study: Study, rows: Iterable[dict], *, coder_id: str, times: int = 1, created: str = "") -> list[str]:
    """Store new codings and return their ids once they are on the disk.

    Parameters
    ----------
    study : Study
    rows : iterable of dict
        `source_id`, `code_id`, `start`, `end`; optionally `comment`, `created`, `coding_id`, `pass`, `suggested_by`.
    coder_id : str
        Who coded.
    times, created : int, str
        The pass and the moment of rows that do not say theirs; the moment is now unless it is given.

    Raises
    ------
    ValueError
        The study has no such coder, source or active code, or a segment is not inside its source. Nothing is stored then.
    durable.NotSaved
    """
    active = set(study.codes.loc[~study.codes["status"].isin(["merged", "retired"]), "code_id"])
    _known(coder_id, study.settings["coders"], f"coder in {study.name}")
    records: dict[str, list[dict]] = {}
    for row in rows:
        source_id = row["source_id"]
        _known(source_id, study.texts, f"source in {study.name}")
        _known(row["code_id"], active, f"active code in {study.name}")
        records.setdefault(source_id, []).append(annotation(
            study.texts[source_id], source_id, coder_id, row["code_id"], int(row["start"]), int(row["end"]),
            created=row.get("created") or created or now(), coding_id=row.get("coding_id", ""),
            comment=row.get("comment", ""), times=int(row.get("pass") or times), suggested_by=row.get("suggested_by") or "", source_sha256=study.blanked.get(source_id, "")))
    for source_id, of_source in sorted(records.items()):
        acts.append(path_of(study.folder, source_id, coder_id), of_source)
    return [record["id"] for of_source in records.values() for record in of_source]


def _known(name: str, known: Iterable[str], what: str) -> None:
    if name not in known:
        raise ValueError(f"no {what} is called {shown(name)}: {nearest(name, known)}")


def append_quotation(study: Study, source_id: str, code_id: str, quotation: str, *, coder_id: str, comment: str = "") -> str:
    """Store one coding by its words, which must stand in the source exactly once; returns its id once it is on the disk.

    Raises
    ------
    ValueError
        The words stand there never, or more than once; or see `append_codings`.
    """
    _known(source_id, study.texts, f"source in {study.name}")
    times = study.texts[source_id].count(quotation) if quotation else 0
    if times != 1:
        raise ValueError(f"{shown(quotation)} stands {times} times in {source_id}; copy the words from the transcript until they stand there once")
    start = study.texts[source_id].index(quotation)
    return append_coding(study, source_id, code_id, start, start + len(quotation), coder_id=coder_id, comment=comment)


def append_coding(study: Study, source_id: str, code_id: str, start: int, end: int, *, coder_id: str, comment: str = "") -> str:
    """Store one coding and return its id once it is on the disk (see `append_codings`)."""
    row = {"source_id": source_id, "code_id": code_id, "start": start, "end": end, "comment": comment}
    return append_codings(study, [row], coder_id=coder_id)[0]


def withdraw_coding(study: Study, coding_id: str, *, by: str, because: str = "") -> None:
    """Take a coding back. Its record stays; a new one says that it no longer stands.

    Raises
    ------
    ValueError
        No coding of the study has this id.
    """
    found = study.codings[study.codings["coding_id"] == coding_id]
    if found.empty:
        raise ValueError(f"no coding {coding_id} in {study.name}")
    coding = found.iloc[0]
    acts.append(path_of(study.folder, coding["source_id"], coding["coder_id"]), [{
        "type": "Withdrawal", "id": uuid.uuid4().urn, "withdraws": coding_id, "creator": by, "created": now(), "because": because}])


def path_of(folder: Path, source_id: str, coder_id: str) -> Path:
    """The file that holds one coder's codings of one source."""
    return folder / "codings" / f"{source_id}.{coder_id}.jsonl"


def now() -> str:
    """The moment of an act, in UTC: the only clock we read."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_codings(folder: Path, texts: dict[str, str], coders: Sequence[str], problems: list[Problem], replaced: dict[str, str] | None = None,
                 proposed: list[pd.DataFrame] | None = None) -> pd.DataFrame:
    """Read all codings that stand, their words checked against the transcripts.

    Parameters
    ----------
    folder : Path
        The study.
    texts : dict
        Canonical text by source.
    coders : sequence of str
        The coders `study.yaml` names.
    problems : list
        Receives what is wrong.
    replaced : dict
        Receives, for each coding that was changed, the one that took its place.
    proposed : list
        Receives `tables.SUGGESTIONS` of each file that has some.

    Returns
    -------
    DataFrame
        `tables.CODINGS`, by source, start, end, code and id.
    """
    rows = []
    for path in sorted((folder / "codings").glob("*")):
        name = f"codings/{path.name}"
        if path.name.startswith(".") or path.name.endswith((".torn", ".bak", ".tmp")):
            continue
        source_id, _, coder_id = path.name.removesuffix(".jsonl").rpartition(".")
        if not path.name.endswith(".jsonl") or source_id not in texts or coder_id not in coders:
            problems.append(_misplaced(name, source_id, coder_id, texts, coders))
            continue
        rows += _read_file(folder, source_id, coder_id, texts[source_id], problems, {} if replaced is None else replaced, [] if proposed is None else proposed)
    return _in_order(rows)


def read_interview(folder: Path, source_id: str, text: str, coders: Sequence[str], problems: list[Problem]) -> pd.DataFrame:
    """Read the codings of one source that stand, as they are on the disk now; see `read_codings`."""
    return _in_order(row for coder_id in coders for row in _read_file(folder, source_id, coder_id, text, problems, {}, []))


def _read_file(folder: Path, source_id: str, coder_id: str, text: str, problems: list[Problem], replaced: dict[str, str], proposed: list[pd.DataFrame]) -> list[dict]:
    path = path_of(folder, source_id, coder_id)
    name = f"codings/{path.name}"
    records = list(acts.read(path, name, problems))
    became = {record["replaces"]: record["id"] for _, record in records if record.get("replaces") and isinstance(record.get("id"), str)}
    replaced |= became
    rows = (_row(record, number, name, source_id, coder_id, problems) for number, record in fold(records, name, problems))
    standing = [row for row in rows if row and _says_what_stands_there(row, text, name, problems)]
    suggested = {row["coding_id"]: row for number, record in records if record.get("suggested_by") and (row := _row(record, number, name, source_id, coder_id, []))}
    if suggested:
        proposed.append(suggestions.became(suggested, became, {row["coding_id"]: row for row in standing}))
        marked = {row.stands_as: {"suggested_by": row.suggested_by, "edited": row.became == suggestions.EDITED} for row in proposed[-1].dropna(subset="stands_as").itertuples()}
        standing = [{**row, **marked.get(row["coding_id"], {})} for row in standing]
    return standing


def _in_order(rows: Iterable[dict]) -> pd.DataFrame:
    return frame(CODINGS, rows).sort_values(["source_id", "start", "end", "code_id", "coding_id"], kind="stable", ignore_index=True)


def fold(records: Iterable[tuple[int, dict]], name: str, problems: list[Problem]) -> list[tuple[int, dict]]:
    """The annotations that stand, whatever the order of the lines.

    An identical repeat counts once; two different records with one id are a problem, and a person decides.
    """
    first: dict[str, tuple[int, dict]] = {}
    gone = set()
    for number, record in records:
        kind, key = record.get("type"), record.get("id")
        if kind == "Withdrawal" and isinstance(record.get("withdraws"), str):
            gone.add(record["withdraws"])
        elif kind == "Unplaced" and isinstance(record.get("unplaces"), str):
            gone.add(record["unplaces"])  # it stands nowhere in the new version of its transcript; see new_versions
        elif kind != "Annotation" or not isinstance(key, str) or not isinstance(record.get("replaces", ""), str):
            problems.append(Problem(name, number, f"not an act we know, of the type {shown(kind)}",
                                    "an Annotation with an id, or a Withdrawal of one", do="was it written by a newer version? Nothing is changed"))
        elif key in first and first[key][1] != record:
            problems.append(Problem(name, number, f"the id {shown(key)} stands for two different codings (also line {first[key][0]})",
                                    do="decide which is right and delete the other line"))
        else:
            first.setdefault(key, (number, record))
            gone.add(record.get("replaces"))
    return [(number, record) for key, (number, record) in first.items() if key not in gone]


def _row(record: dict, number: int, name: str, source_id: str, coder_id: str, problems: list[Problem]) -> dict | None:
    """An annotation as a row of codings; None, and a problem, when it is not one we can use."""
    try:
        selectors = {s["type"]: s for s in record["target"]["selector"]}
        bodies = {b["purpose"]: b["value"] for b in record["body"]}
        position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
        row = {"coding_id": record["id"], "source_id": record["target"]["source"], "coder_id": record["creator"],
               "code_id": bodies["tagging"], "start": position["start"], "end": position["end"], "quotation": quote["exact"],
               "comment": bodies.get("commenting"), "created": record["created"], "pass": record.get("pass", 1),
               "source_sha256": record.get("source_sha256"), "suggested_by": record.get("suggested_by"), "line": number}
        if not isinstance(row["quotation"], str):
            raise TypeError
    except (KeyError, TypeError):
        problems.append(Problem(name, number, "not a coding as we store it",
                                "a W3C annotation with a position, a quotation and a tagging body", do="see data/README.md, “A coding”"))
        return None
    read, complaints = parse_row(CODINGS, {k: v for k, v in row.items() if k != "quotation"} | {"quotation": "."})
    if (row["source_id"], row["coder_id"]) != (source_id, coder_id):
        complaints.append(("target", f"says {row['source_id']} by {row['coder_id']}; the file's name says {source_id} by {coder_id}"))
    problems += [Problem(name, number, f"{column} {complaint}") for column, complaint in complaints]
    return None if complaints else {**read, "quotation": row["quotation"]}


def _says_what_stands_there(row: dict, text: str, name: str, problems: list[Problem]) -> bool:
    start, end, quotation = row["start"], row["end"], row["quotation"]
    if text[start:end] == quotation and quotation:
        return True
    where = f"{row['source_id']}, characters {start}–{end}"
    places = _places(text, quotation, start)
    problems.append(Problem(
        name, row["line"], "the quotation is not what the transcript says there.",
        found=f"coded as {shown(quotation)}; now reads {shown(text[start:end])} ({where})",
        do=f"the same words now start at {places[0]}: the transcript changed by {places[0] - start:+d} characters before them; "
           "put the transcript back as it was" if places else
           "these words are nowhere in the transcript now; put the transcript back as it was, or withdraw the coding"))
    return False


def _places(text: str, words: str, near: int) -> list[int]:
    """Where the words stand, the nearest place first."""
    places, at = [], text.find(words) if words else -1
    while at >= 0 and len(places) < 1000:
        places.append(at)
        at = text.find(words, at + 1)
    return sorted(places, key=lambda place: (abs(place - near), place))


def _misplaced(name: str, source_id: str, coder_id: str, texts: dict, coders: Sequence[str]) -> Problem:
    expected = "a file named <source>.<coder>.jsonl, with a source of sources.csv and a coder of study.yaml"
    copied = " A copy made by a sync program can be merged: append its lines to the file it copies, then delete it."
    if source_id not in texts:
        return Problem(name, None, f"no source {shown(source_id)}", expected, do=nearest(source_id, texts) + copied)
    return Problem(name, None, f"no coder {shown(coder_id)} in study.yaml", expected, do=nearest(coder_id, coders) + copied)

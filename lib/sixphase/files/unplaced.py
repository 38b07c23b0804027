"""Codings that stand nowhere since their transcript was replaced: each waits for a person, who places it or lets it go.

An act of the type `Unplaced` takes a coding out of what stands. An annotation that replaces the coding gives it a place, a
withdrawal says that it has none; an `Unplaced` that `undoes` one of these makes it wait again.
"""

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..problems import shown
from ..study import Study
from ..tables import UNPLACED, frame
from ..transcripts import sha256
from . import acts
from .codings_jsonl import annotation, now, path_of
from .desk_acts import Refused, not_quoted, passage_in, reason_of

if TYPE_CHECKING:
    from .desks import Desk

AROUND = 240  # code points of the old text shown on each side of a coding


def to_review(study: Study) -> pd.DataFrame:
    """The codings of a study that stand nowhere since their transcript was replaced.

    Returns
    -------
    DataFrame
        `tables.UNPLACED`: `how` is “to review” where a place is proposed or likely, “lost” where the words are gone.
        `place_coding` gives a coding a place; `leave_unplaced` says that it has none. By source, then place proposed.
    """
    rows = [row for source_id in study.texts for coder in study.settings["coders"] for row in _waiting_in(study, source_id, coder)]
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
    record = _placed(study, coded, int(start), int(end), created=now())
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
    undone = {record.get("undoes") for record in records}
    answers = [record for record in records if record.get("id") not in undone]
    answered = {record.get("replaces") for record in answers} | {record.get("withdraws") for record in answers}
    latest = {record["unplaces"]: record for record in records if record.get("type") == "Unplaced"}
    return [record for coding_id, record in latest.items() if coding_id not in answered]


def earlier_file(source_id: str, digest: str) -> str:
    """Where the text of a source is kept that another one took the place of."""
    return f"transcripts/earlier/{source_id}.{digest[:8]}.txt"


def earlier_text(study: Study, source_id: str, record: dict) -> str | None:
    """The text in which a coding was made; None where it is not kept as it was, since names in it were replaced."""
    path, (start, end) = study.folder / earlier_file(source_id, record["source_sha256"]), span_of(record)
    text = study.texts[source_id] if record["source_sha256"] == sha256(study.texts[source_id]) else path.read_bytes().decode("utf-8") if path.exists() else ""
    return text if text[start:end] == said_in(record)[1] else None


def span_of(record: dict) -> tuple[int, int]:
    """Where an annotation stands, in code points."""
    position = next(s for s in record["target"]["selector"] if s["type"] == "TextPositionSelector")
    return position["start"], position["end"]


def said_in(record: dict) -> tuple[str, str, str]:
    """The code, the words and the note of an annotation."""
    bodies = {body["purpose"]: body["value"] for body in record["body"]}
    return bodies["tagging"], _quote(record)["exact"], bodies.get("commenting", "")


def _quote(record: dict) -> dict:
    return next(s for s in record["target"]["selector"] if s["type"] == "TextQuoteSelector")


def _waiting_in(study: Study, source_id: str, coder: str) -> list[dict]:
    path, text = path_of(study.folder, source_id, coder), study.texts[source_id]
    known = {record.get("id"): record for _, record in acts.read(path, path.name, [])}
    return [_row(study, source_id, known[record["unplaces"]], record, text) for record in unplaced(known.values()) if record["unplaces"] in known]


def _row(study: Study, source_id: str, coded: dict, record: dict, text: str) -> dict:
    (code, quotation, comment), (start, end) = said_in(coded), span_of(coded)
    old, quote, place = earlier_text(study, source_id, coded), _quote(coded), (record.get("start"), record.get("end"))
    before, after = (old[max(0, start - AROUND):start], old[end:end + AROUND]) if old is not None else (quote.get("prefix", ""), quote.get("suffix", ""))
    if source_id in study.blanked:  # somebody who took part withdrew: their words are not shown again
        before = after = ""
    return {"coding_id": coded["id"], "source_id": source_id, "coder_id": coded["creator"], "code_id": code, "how": record["how"], "quotation": quotation, "comment": comment or None,
            "before": before or None, "after": after or None, "start": place[0], "end": place[1], "now_reads": text[slice(*place)] if place[0] is not None else None}


def _waiting(study: Study, coding_id: str) -> tuple[dict, Path, dict]:
    waiting = to_review(study).set_index("coding_id", drop=False)
    if coding_id not in waiting.index:
        raise ValueError(f"no coding {coding_id} of {study.name} waits for a place")
    row = waiting.loc[coding_id].to_dict()
    path = path_of(study.folder, row["source_id"], row["coder_id"])
    return row, path, next(record for _, record in acts.read(path, path.name, []) if record.get("id") == coding_id)


def _placed(study: Study, coded: dict, start: int, end: int, *, created: str, coding_id: str = "") -> dict:
    """An annotation that gives a coding a place; going back to the text it came from gives it its old one."""
    (code, _, comment), source_id = said_in(coded), coded["target"]["source"]
    made = annotation(study.texts[source_id], source_id, coded["creator"], code, start, end, created=created, coding_id=coding_id, comment=comment,
                      times=coded.get("pass", 1), replaces=coded["id"], source_sha256=study.blanked.get(source_id, ""))
    return {**made, "carried_from": coded["source_sha256"]}


# What is done at a desk, as in `desk_acts`; a person decides about their own codings.

def _place(desk: "Desk", act: dict) -> str:
    """`source_id`, `coding_id`, `start`, `end`, `exact`: the coding stands there from now on."""
    text, records = desk.unchanged_text(act["source_id"]), desk.records(act["source_id"], desk.by)
    if act["id"] not in records:
        _still_waits(records, act)
        start, end = passage_in(text, act)
        desk.store(act["source_id"], desk.by, [_placed(desk.study, records[act["coding_id"]], start, end, created=act["created"], coding_id=act["id"])])
    return "waiting"


def _leave(desk: "Desk", act: dict) -> str:
    """`source_id`, `coding_id`, `because`: the coding has no place in the new version."""
    records = desk.records(act["source_id"], desk.by)
    if act["id"] not in records:
        _still_waits(records, act)
        desk.store(act["source_id"], desk.by, [{"type": "Withdrawal", "id": act["id"], "withdraws": act["coding_id"], "creator": desk.by, "created": act["created"], "because": reason_of(act)}])
    return "waiting"


def _wait(desk: "Desk", act: dict) -> str:
    """`source_id`, `coding_id`, `undoes`, the act that placed the coding or let it go: it waits again, with the place that was proposed."""
    desk.unchanged_text(act["source_id"])
    records = desk.records(act["source_id"], desk.by)
    if act["id"] in records:
        return "waiting"
    answer = records.get(act["undoes"], {})
    last = [record for record in records.values() if record.get("type") == "Unplaced" and record.get("unplaces") == act["coding_id"]]
    if not last or act["coding_id"] not in (answer.get("replaces"), answer.get("withdraws")):
        raise Refused("there is nothing to undo: this coding was not placed here")
    if answer.get("type") == "Annotation":
        desk.standing(act["source_id"], act["undoes"])
        not_quoted(desk, act["undoes"])
    desk.store(act["source_id"], desk.by, [{**{name: last[-1][name] for name in ("how", "start", "end") if name in last[-1]}, "type": "Unplaced", "id": act["id"],
                                            "unplaces": act["coding_id"], "undoes": act["undoes"], "creator": desk.by, "created": act["created"]}])
    return "waiting"


PLACING_KINDS = {"place": _place, "leave": _leave, "wait": _wait}


def _still_waits(records: dict[str, dict], act: dict) -> None:
    if act["coding_id"] not in {record["unplaces"] for record in unplaced(records.values())}:
        raise Refused(f"the coding {shown(act['coding_id'])} does not wait for a place any more: it was placed or let go, perhaps in another window. What is there now is shown.")

"""Codings as W3C Web Annotations (JSON-LD), one file, out and in again."""

import json
from pathlib import Path

from ...codebook import paths
from .leaving import Leaving

AROUND = 32


def write(told: Leaving) -> bytes:
    """An annotation collection: each coding with its place, its words, what stands around them, and its code by id and name."""
    names = paths(told.codes)
    items = [_annotation(row, names) for row in told.codings.itertuples()]
    page = {"type": "AnnotationPage", "startIndex": 0, "items": items}
    collection = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "label": told.title, "total": len(items), "first": page,
                  **({"note": "SYNTHETIC – not research data."} if told.synthetic else {})}
    return (json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def _annotation(row, names: dict[str, str]) -> dict:
    body = [{"type": "TextualBody", "purpose": "tagging", "value": row.code_id, "label": names.get(row.code_id, row.code_id)}]
    body += [{"type": "TextualBody", "purpose": "commenting", "value": row.comment}] if isinstance(row.comment, str) else []
    state = {"state": {"type": "TextState", "sha256": row.source_sha256}} if isinstance(row.source_sha256, str) else {}
    proposed = {"suggested_by": row.suggested_by, "edited": bool(row.edited)} if isinstance(row.suggested_by, str) else {}
    return {"type": "Annotation", "id": row.coding_id, "creator": row.coder_id, "created": row.created, **proposed, "body": body,
            "target": {"source": row.source_id, **state, "selector": [
                {"type": "TextPositionSelector", "start": int(row.start), "end": int(row.end)}, {"type": "TextQuoteSelector", "exact": row.quotation}]}}


def read_rows(path: Path) -> list[dict[str, str]]:
    """The codings of a collection, or of a list of annotations, as rows of a coding sheet; values as text.

    Raises
    ------
    ValueError
        It is no JSON, or holds no annotations.
    """
    told = json.loads(path.read_bytes().decode("utf-8-sig"))
    items = told if isinstance(told, list) else (told.get("first") or told).get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise ValueError("no annotations in it")
    return [_row(item) for item in items]


def _row(item: dict) -> dict[str, str]:
    try:
        selectors = {s["type"]: s for s in item["target"]["selector"]}
        bodies = {b["purpose"]: b["value"] for b in item["body"]}
        position, quote = selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})
        program = _program(item.get("creator"))
        return {"source_id": str(item["target"]["source"]), "coder_id": "" if program else str(item.get("creator", "")), "suggested_by": program or str(item.get("suggested_by", "")), "code_id": str(bodies["tagging"]), "start": str(position.get("start", "")), "end": str(position.get("end", "")),
                "quotation": str(quote.get("exact", "")), "comment": str(bodies.get("commenting", "")), "created": str(item.get("created", "")), "coding_id": str(item.get("id", "")),
                "text_sha256": str(item["target"].get("state", {}).get("sha256", ""))}
    except (KeyError, TypeError, AttributeError):
        raise ValueError("an annotation without a target, a selector and a tagging body") from None


def _program(creator: object) -> str:
    """The name of a creator that is a program and no person; "" for all others."""
    software = isinstance(creator, dict) and creator.get("type") in ("Software", "SoftwareAgent")
    return str(creator.get("name") or creator.get("id") or "a program") if software else ""

"""JSON Schemas of the files of a study, made from the statements in `tables.py`.

They are published in data/schemas/ for editors and other tools. `python -m sixphase.schemas` writes them again; a test
compares what is there with what would be written.
"""

import json

from .places import DATA
from .tables import (APPROACH, CARDS, CODES, DECISIONS, DEFINITIONS, DIMENSIONS, FACTS, IMPORTS, MEMOS, MOVES, PARTICIPANTS, POWER, PSEUDONYMS, READING, RELATIONS, REPORTING,
                     REVIEWS, SOURCES, STUDY, SUMMARIES, THEMES, TIMESTAMPS, Column, Table)

FOLDER = DATA / "schemas"
KINDS = {
    "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"}, "text": {"type": ["string", "number"]},
    "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, "moment": {"type": "string", "format": "date-time"},
    "integer": {"type": "integer"}, "offset": {"type": "integer", "minimum": 0}, "seconds": {"type": "number", "minimum": 0}, "yes or no": {"enum": [True, False, "yes", "no", "true", "false"]},
    "ids": {"type": "array", "items": {"type": "string"}}, "texts": {"type": "array", "items": {"type": ["string", "integer"]}},
    "entries": {"type": "array", "items": {"type": "object"}}, "mapping": {"type": "object"},
}
CODING = {  # a W3C Web Annotation, the withdrawal of one, or that one has no place in a new version of its transcript
    "type": "object", "required": ["type", "id", "creator", "created"],
    "oneOf": [
        {"properties": {
            "@context": {"const": "http://www.w3.org/ns/anno.jsonld"}, "type": {"const": "Annotation"}, "replaces": {"type": "string"}, "suggested_by": {"type": "string"}, "pass": {"type": "integer"},
            "body": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["type", "purpose", "value"], "properties": {
                "type": {"const": "TextualBody"}, "purpose": {"enum": ["tagging", "commenting"]}, "value": {"type": "string"}}}},
            "target": {"type": "object", "required": ["source", "selector"], "properties": {"source": {"type": "string"}, "selector": {
                "type": "array", "minItems": 2, "items": {"type": "object", "required": ["type"], "properties": {
                    "type": {"enum": ["TextPositionSelector", "TextQuoteSelector"]}, "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 1}, "exact": {"type": "string", "minLength": 1}, "prefix": {"type": "string"}, "suffix": {"type": "string"}}}}}},
            "source_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "check": {"type": "string", "pattern": "^[0-9a-f]{8}$"}},
         "required": ["@context", "body", "target", "source_sha256"]},
        {"properties": {"type": {"const": "Withdrawal"}, "withdraws": {"type": "string"}}, "required": ["withdraws"]},
        {"properties": {"type": {"const": "Unplaced"}, "unplaces": {"type": "string"}, "how": {"enum": ["to review", "lost"]},
                        "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}}, "required": ["unplaces", "how"]}],
}


def schemas() -> dict[str, dict]:
    """All schemas by file name."""
    study = _of(STUDY)
    study["properties"] |= {"approach": _of(APPROACH), "reporting": {"anyOf": [_of(REPORTING), {"type": "null"}]}}
    made = {"study": study, "codebook": _under("codes", CODES), "themes": _under("themes", THEMES), "coding": CODING}
    made["themes"]["properties"]["relations"] = {"type": "array", "items": _of(RELATIONS)}
    plain = (CARDS, DEFINITIONS, DIMENSIONS, FACTS, MOVES, POWER, REVIEWS, SOURCES, PARTICIPANTS, SUMMARIES, DECISIONS, READING, IMPORTS, PSEUDONYMS, MEMOS, TIMESTAMPS)
    made |= {table.name: _of(table) for table in plain}
    return {f"{name}.schema.json": {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema} for name, schema in sorted(made.items())}


def _of(table: Table) -> dict:
    """One row, entry or record of a table."""
    extra = {} if table.open_ended else {"check": {"type": "string"}} if table.file.endswith(".jsonl") else {}
    return {"type": "object", "description": f"{table.meaning} ({table.file})", "additionalProperties": table.open_ended,
            "required": [c.name for c in table.columns if c.required], "properties": {**{c.name: _column(c) for c in table.columns}, **extra}}


def _under(top: str, table: Table) -> dict:
    """A YAML file: entries by id below one key."""
    entry = _of(table)
    entry["properties"].pop(table.key)
    entry["required"].remove(table.key)
    return {"type": "object", "required": [top], "additionalProperties": False, "properties": {top: {"type": "object", "additionalProperties": entry}}}


def _column(column: Column) -> dict:
    kind = {**KINDS[column.kind], "description": column.meaning + (f"; references {column.references}" if column.references else "")}
    if column.choices:
        kind["enum"] = list(column.choices)
    return kind if column.required else {"anyOf": [kind, {"type": "null"}]}


def dumped(schema: dict) -> str:
    """A schema as it is published."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / name).write_text(dumped(schema), encoding="utf-8", newline="\n")

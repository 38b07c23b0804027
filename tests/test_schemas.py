"""The published schemas are those the code would write, and they hold for real files."""

import csv
import json

import jsonschema
import pytest
from where import TESTS
from ruamel.yaml import YAML
from sixphase import schemas, tables

WAITING = TESTS / "tiny" / "waiting"


@pytest.mark.parametrize("name", schemas.schemas())
def test_what_is_published_is_what_the_tables_state(name):
    assert (schemas.FOLDER / name).read_text(encoding="utf-8") == schemas.dumped(schemas.schemas()[name]), "run: python -m sixphase.schemas"


def test_every_stored_file_has_a_schema():
    assert {f"{table.name}.schema.json" for table in tables.STORED} - {"approach.schema.json", "reporting.schema.json", "codings.schema.json", "codes.schema.json", "relations.schema.json"} <= set(schemas.schemas())


@pytest.mark.parametrize(("file", "schema"), [("study.yaml", "study"), ("codebook.yaml", "codebook"), ("themes.yaml", "themes")])
def test_a_good_yaml_file_is_valid(file, schema):
    found = json.loads(json.dumps(YAML(typ="safe", pure=True).load((WAITING / file).read_text(encoding="utf-8")), default=str))

    jsonschema.validate(found, schemas.schemas()[f"{schema}.schema.json"])


@pytest.mark.parametrize(("pattern", "schema"), [("codings/*.jsonl", "coding"), ("decisions.jsonl", "decisions"), ("reading.jsonl", "reading")])
def test_every_act_is_valid(pattern, schema):
    acts = [json.loads(line) for path in WAITING.glob(pattern) for line in path.read_text(encoding="utf-8").splitlines()]

    assert acts
    for act in acts:
        jsonschema.validate(act, schemas.schemas()[f"{schema}.schema.json"])


@pytest.mark.parametrize(("file", "schema"), [("reviews.jsonl", "reviews"), ("board.jsonl", "moves")])
def test_every_review_and_every_move_is_valid(file, schema):
    acts = [json.loads(line) for line in (TESTS / "tiny" / "allotment" / file).read_text(encoding="utf-8").splitlines()]

    assert acts
    for act in acts:
        jsonschema.validate(act, schemas.schemas()[f"{schema}.schema.json"])


def test_themes_with_relations_are_valid():
    found = json.loads(json.dumps(YAML(typ="safe", pure=True).load((TESTS / "tiny" / "allotment" / "themes.yaml").read_text(encoding="utf-8")), default=str))

    jsonschema.validate(found, schemas.schemas()["themes.schema.json"])


def test_a_wrong_coding_is_not_valid():
    act = json.loads((WAITING / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8").splitlines()[0])
    act["target"]["selector"][0]["start"] = -1

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(act, schemas.schemas()["coding.schema.json"])


def test_the_columns_of_a_csv_file_are_those_of_its_schema():
    header = next(csv.reader((WAITING / "sources.csv").open(encoding="utf-8")))

    assert header == list(schemas.schemas()["sources.schema.json"]["properties"])

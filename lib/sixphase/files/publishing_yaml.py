"""manuscript/publishing.yaml: what is needed to publish, and belongs neither into the manuscript nor among the decisions."""

from pathlib import Path

from ..disclosure import QUOTATION_STATES
from ..problems import Problem
from ..tables import Column, Table, parse_row
from .yaml_files import read_mapping

NAME = "manuscript/publishing.yaml"
PUBLISHING = Table("publishing", NAME, "What is kept beside the manuscript.", (
    Column("journal", "text", "the profile of the journal it is meant for"),
    Column("deposit", "mapping", "what an archive is told"),
    Column("case", "mapping", "what the paper tells of its case, and the cases there are"),
    Column("frame", "entries", "the role-holders in the case"),
    Column("quotations", "mapping", "what a second person said of each quotation, by coding"),
    Column("intruder", "entries", "attempts to recognise somebody"),
))
DEPOSIT = Table("deposit", NAME, "What an archive is told.", (
    Column("creators", "texts", "names, as they are to be cited"), Column("date", "day", "the day of the deposit"), Column("access", "text", "who may have it"),
    Column("archive", "text", "the archive it goes to"), Column("publication", "text", "DOI of the paper it belongs to"),
    Column("abstract", "text", "what it holds"), Column("keywords", "texts", "words to find it by"),
))
CASE = Table("case", NAME, "What the paper tells of its case.", (
    Column("told", "mapping", "value by attribute, in the order a reader learns it"), Column("all", "entries", "the cases there are"),
))
CASES = Table("all", NAME, "Cases that are alike.", (Column("cases", "integer", "how many", required=True),), open_ended=True)
FRAME = Table("frame", NAME, "People who hold a role in the case.", (
    Column("role", "text", "the role"), Column("holders", "integer", "how many people hold it", required=True),
), open_ended=True)
REVIEW = Table("quotations", NAME, "What a second person said of a quotation.", (
    Column("state", "text", "whether it may be printed", required=True, choices=QUOTATION_STATES), Column("by", "text", "who"), Column("on", "day", "when"),
    Column("because", "text", "why"),
))
INTRUDER = Table("intruder", NAME, "An attempt to recognise somebody.", (
    Column("on", "day", "when"), Column("by", "text", "who"), Column("minutes", "integer", "how long"), Column("used", "text", "with what"), Column("found", "text", "what came of it"),
))


def read_publishing(folder: Path, problems: list[Problem]) -> dict:
    """Read what lies there, each part as its table states it; {} when there is no such file. Every cell that does not fit is a problem with its line."""
    found = read_mapping(folder, NAME, problems)
    if not found:
        return {}
    told = {name: value for name, value in _row(PUBLISHING, found, None, "", problems).items() if value is not None}
    for name, table in (("deposit", DEPOSIT), ("case", CASE)):
        if name in told:
            told[name] = {key: value for key, value in _row(table, told[name], _line(found, name), f"{name}: ", problems).items() if value is not None}
    for within, name, table in ((told, "frame", FRAME), (told, "intruder", INTRUDER), (told.get("case", {}), "all", CASES)):
        if name in within:
            within[name] = [_row(table, entry, _line(within[name], number), f"{name}, entry {number + 1}: ", problems) for number, entry in enumerate(within[name])]
    if "quotations" in told:
        told["quotations"] = {coding: _row(REVIEW, entry, _line(told["quotations"], coding), f"{coding}: ", problems) for coding, entry in told["quotations"].items()}
    return told


def _row(table: Table, given: object, line: int | None, where: str, problems: list[Problem]) -> dict:
    if not isinstance(given, dict):
        problems.append(Problem(NAME, line, f"{where}these are no keys with values", ", ".join(table.names)))
        return {}
    row, complaints = parse_row(table, given)
    problems += [Problem(NAME, _line(given, name) or line, f"{where}{name} {complaint}") for name, complaint in complaints]
    return row


def _line(within: object, key: object) -> int | None:
    """The line of a key or an entry, from 1."""
    try:
        return (within.lc.key(key) if isinstance(within, dict) else within.lc.item(key))[0] + 1
    except (AttributeError, KeyError, IndexError):
        return None

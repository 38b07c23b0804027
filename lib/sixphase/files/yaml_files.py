"""study.yaml, codebook.yaml and themes.yaml: read strictly, written without losing a comment or the order.

YAML 1.2, so `no` is text. Refused, because they hide what a reader believes to see: a key that stands twice,
anchors and aliases, tags, and numbers such as 007 that would be read as 7.
"""

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent
from ruamel.yaml.parser import RoundTripParser

from ..places import COMMAND
from ..problems import Problem, StudyError, shown
from ..tables import APPROACH, CODES, RELATIONS, REPORTING, STUDY, THEMES, Table, frame, parse_row
from . import durable
from .entries import Entries, apart, cut, recall, remember

LARGEST = 5_000_000  # bytes
DEEPEST = 50  # levels
ZEROS = re.compile(r"[-+]?0\d+")  # a number that would lose its zeros


def read_settings(folder: Path, problems: list[Problem]) -> dict:
    """Read study.yaml: what `tables.STUDY` states, with `approach` and `reporting` as `tables.APPROACH` and `tables.REPORTING` state them."""
    found = _load(folder / STUDY.file, STUDY.file, problems)
    if found is None:
        return {}
    settings, complaints = parse_row(STUDY, found)
    problems += [Problem(STUDY.file, _line(found, key), f"{key} {complaint}") for key, complaint in complaints]
    for part in (APPROACH, REPORTING):
        given = settings[part.name]
        if given is not None:
            settings[part.name], complaints = parse_row(part, given)
            problems += [Problem(STUDY.file, _line(given, key), f"{part.name}: {key} {complaint}") for key, complaint in complaints]
    if settings["format"] not in (None, 1):
        problems.append(Problem(STUDY.file, _line(found, "format"), f"format {settings['format']} is newer than this sixphase",
                                "1", str(settings["format"]), "update sixphase; nothing was changed"))
    return settings


def read_codes(folder: Path, problems: list[Problem]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Read the codebook, in its own order; and the line each code begins on."""
    return _read_entries(folder, CODES, "codes", problems)


def read_themes(folder: Path, problems: list[Problem]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Read the themes, in their own order; and the line each begins on."""
    return _read_entries(folder, THEMES, "themes", problems)


def read_relations(folder: Path, problems: list[Problem]) -> pd.DataFrame:
    """Read the lines of the thematic map, `relations` of themes.yaml, in their own order."""
    found = _load(folder / THEMES.file, THEMES.file, []) if (folder / THEMES.file).exists() else None  # read_themes tells what is wrong with the file
    entries = (found or {}).get("relations") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        problems.append(Problem(THEMES.file, _line(found, "relations"), "relations is not a list of entries", "- {from: a-theme, to: another, label: feeds}"))
        return frame(RELATIONS, [])
    rows = []
    for number, entry in enumerate(entries):
        row, complaints = parse_row(RELATIONS, entry)
        problems += [Problem(THEMES.file, entries.lc.item(number)[0] + 1, f"relation {number + 1}: {column} {complaint}") for column, complaint in complaints]
        rows += [] if complaints else [row]
    return frame(RELATIONS, rows)


def read_mapping(folder: Path, file: str, problems: list[Problem]) -> dict:
    """Read a further YAML file of a study, which knows the lines of its keys (`.lc`); {} when there is none, or it cannot be read."""
    return (_load(folder / file, file, problems, may_be_empty=True) or {}) if (folder / file).is_file() else {}


def set_relations(folder: Path, relations: pd.DataFrame) -> None:
    """Store the lines of the thematic map, in place of those there; everything else in themes.yaml stays as it is.

    Raises
    ------
    ValueError
        The file has problems, or a relation lacks one of its ends or its label. Nothing is written.
    durable.NotSaved
    """
    rows = [{name: value for name, value in row.items() if pd.notna(value)} for row in relations.to_dict("records")]
    complaints = [f"relation {number + 1}: {column} {complaint}" for number, row in enumerate(rows) for column, complaint in parse_row(RELATIONS, row)[1]]
    path, problems = folder / THEMES.file, []
    before = path.read_bytes()
    document = _load(path, THEMES.file, problems)
    if problems or complaints:
        raise ValueError("; ".join([*map(str, problems), *complaints]))
    document["relations"] = rows
    durable.replace(path, _dump(document), read=before)


def change_entry(folder: Path, table: Table, key: str, changes: dict) -> None:
    """Change one code or theme, or add it, and leave every comment and the order as they are.

    Parameters
    ----------
    folder : Path
        The study.
    table : Table
        `tables.CODES` or `tables.THEMES`.
    key : str
        The code or theme.
    changes : dict
        Columns and their new values; a value of None takes the column away. `history` entries are added to those there.

    Raises
    ------
    ValueError
        The file has problems, or what would stand there does not fit the table. Nothing is written.
    durable.NotSaved
    """
    path, top = folder / table.file, table.name
    before = path.read_bytes() if path.exists() else b""
    if (known := recall(table.file, before)) and (made := _changed_alone(known, table, key, changes)):
        durable.replace(path, made.content, read=before)
        remember(table.file, made)
        return
    problems: list[Problem] = []
    document = _load(path, table.file, problems) if before else CommentedMap({top: CommentedMap()})
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    if not document.get(top):
        document[top] = CommentedMap()  # in place of nothing, or of {}, which would keep all codes on one line
    if not document[top].get(key):
        document[top][key] = CommentedMap()
    _apply(document[top][key], table, key, changes)
    durable.replace(path, _dump(document), read=before)


def _apply(entry: CommentedMap, table: Table, key: str, changes: dict) -> dict:
    """Change an entry, and give what it says then."""
    for name, value in changes.items():
        if name == "history":
            entry.setdefault("history", []).extend(value)
        elif value is None:
            entry.pop(name, None)
        else:
            entry[name] = value
    row, complaints = parse_row(table, {**entry, table.key: key})
    if complaints:
        raise ValueError("; ".join(f"{key}: {column} {complaint}" for column, complaint in complaints))
    return row


def _changed_alone(known: Entries, table: Table, key: str, changes: dict) -> Entries | None:
    """The file with one entry changed or added, by reading and writing that entry only; None where it says something else when it stands alone."""
    own, behind = apart(known.texts.get(key, ""))
    document = _yaml().load(f"{table.name}:\n{own}") if own else CommentedMap({table.name: CommentedMap({key: CommentedMap()})})
    (name, entry), *others = document[table.name].items()
    if others or str(name) != key or (own and parse_row(table, {**entry, table.key: key}) != (known.rows[key], [])):
        return None
    row = _apply(entry, table, key, changes)
    return known.having(key, _dump(document).decode("utf-8").removeprefix(f"{table.name}:\n") + behind, row)


def with_interviewers(folder: Path, labels: Iterable[str]) -> bytes:
    """study.yaml with these labels among its interviewers, everything else as it was.

    Raises
    ------
    StudyError
        study.yaml cannot be read.
    """
    problems: list[Problem] = []
    document = _load(folder / STUDY.file, STUDY.file, problems)
    if problems:
        raise StudyError(problems, "the study; nothing was changed")
    content = (folder / STUDY.file).read_bytes()
    known = document.get("interviewers") or {}
    new = [label for label in labels if label not in known]
    if not new:
        return content
    if not known:
        document["interviewers"] = CommentedMap()
    for label in new:
        document["interviewers"][label] = label
    return _dump(document)


def with_settings(content: bytes, *, coders: Mapping[str, str], attributes: Iterable[str]) -> bytes:
    """study.yaml with these coders (name by id) and attributes of participants, none of them to be published, everything else as it was."""
    document = _yaml().load(content.decode("utf-8-sig"))
    for key, entries in (("coders", coders), ("attributes", {name: CommentedMap({"label": name, "publish": "no"}) for name in attributes})):
        if not document.get(key) and entries:
            document[key] = CommentedMap()
        for name, entry in entries.items():
            document[key].setdefault(name, entry)
    return _dump(document)


def with_entries(folder: Path, table: Table, entries: Mapping[str, Mapping]) -> bytes:
    """codebook.yaml or themes.yaml with these entries, its comments as they were; for a file that has none yet."""
    document = _load(folder / table.file, table.file, []) or CommentedMap()
    document[table.name] = CommentedMap({key: CommentedMap(entry) for key, entry in entries.items()})
    return _dump(document)


def _read_entries(folder: Path, table: Table, top: str, problems: list[Problem]) -> tuple[pd.DataFrame, dict[str, int]]:
    path, before = folder / table.file, len(problems)
    content = path.read_bytes() if path.exists() else b""
    if known := recall(table.file, content):
        return frame(table, known.rows.values()), known.lines
    found = _load(path, table.file, problems) if path.exists() else {}
    entries = (found or {}).get(top) or {}
    if not isinstance(entries, dict):
        problems.append(Problem(table.file, 1, f"{top} is not a mapping", f"one key for each of the {top}, with its columns below it"))
        entries = {}
    for key in set(found or {}) - {top} - ({"relations"} if table is THEMES else set()):
        problems.append(Problem(table.file, _line(found, key), f"no {shown(key)} belongs at the top of this file", f"only {top}"))
    rows, lines = [], {}
    for key, entry in entries.items():
        if str(key) in lines:
            problems.append(Problem(table.file, _line(entries, key), f"{table.key} {shown(key)} stands twice (also line {lines[str(key)]})",
                                    do="give one of them another id"))
            continue
        lines[str(key)] = _line(entries, key) or 1
        if not isinstance(entry, dict):
            problems.append(Problem(table.file, lines[str(key)], f"{key} has no columns", ", ".join(table.names[1:5])))
            continue
        row, complaints = parse_row(table, {**entry, table.key: key})
        problems += [Problem(table.file, _line(entry, name) or lines[str(key)], f"{key}: {name} {complaint}") for name, complaint in complaints]
        if not complaints:
            rows.append(row)
    if len(problems) == before and path.exists():
        behind = [line for key in found or {} if key != top and (line := _line(found, key)) and line > max(lines.values(), default=0)]
        remember(table.file, cut(content, lines, rows, min(behind, default=None)))
    return frame(table, rows), lines


def _load(path: Path, name: str, problems: list[Problem], *, may_be_empty: bool = False) -> CommentedMap | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problems.append(Problem(name, None, "the file is missing", do=f"make a study with “{COMMAND} new NAME” and compare"))
        return None
    try:
        text = content.decode("utf-8-sig")
        if len(content) > LARGEST:
            raise _Refused("too large to be a person's notes")
        document = _yaml().load(text)
    except _Refused as refusal:
        problems.append(Problem(name, None, str(refusal)))
        return None
    except UnicodeDecodeError as error:
        problems.append(Problem(name, content[:error.start].count(b"\n") + 1, "not UTF-8", do="save it again as UTF-8"))
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(Problem(name, mark.line + 1 if mark else None, f"not YAML that can be read: {error.problem or error.context}".split("\n")[0],
                                do="quote a value that holds “: ” or “#”, and indent with spaces"))
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        problems.append(Problem(name, None, f"not YAML that can be read: {shown(error)}"))
        return None
    if document is None and may_be_empty:
        return None
    if not isinstance(document, dict):
        problems.append(Problem(name, 1, "no keys are in this file", f"a mapping with {STUDY.names[1] if name == STUDY.file else Path(name).stem} …"))
        return None
    return document


class _Refused(ValueError):
    """Something in a YAML file that we do not accept, though YAML does."""


class _CarefulParser(RoundTripParser):
    """ruamel's parser, which stops at what hides from a reader before anything is built from it."""

    depth = 0

    def get_event(self):
        event = super().get_event()
        starts = isinstance(event, MappingStartEvent | SequenceStartEvent)
        self.depth += starts - isinstance(event, MappingEndEvent | SequenceEndEvent)
        line = event.start_mark.line + 1
        if self.depth > DEEPEST:
            raise _Refused(f"nested more than {DEEPEST} levels deep (line {line})")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(f"an anchor or alias (& or *) on line {line}; write the value out, or put it in quotation marks")
        if isinstance(event, ScalarEvent) and event.style is None and ZEROS.fullmatch(event.value):
            raise _Refused(f"a number that begins with 0 on line {line}; put {event.value} in quotation marks")
        if (starts or isinstance(event, ScalarEvent)) and event.tag:
            raise _Refused(f"a tag (!) on line {line}; put the value in quotation marks")
        return event


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Parser = _CarefulParser
    yaml.preserve_quotes, yaml.width, yaml.allow_unicode = True, 120, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(document: CommentedMap) -> bytes:
    out = io.StringIO(newline="\n")
    _yaml().dump(document, out)
    return out.getvalue().encode("utf-8")


def _line(mapping: dict, key: str) -> int | None:
    try:
        return mapping.lc.key(key)[0] + 1
    except (AttributeError, KeyError):
        return None

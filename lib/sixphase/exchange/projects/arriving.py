"""What a project of another program would become in a study: worked out for a person to look at, without touching the study.

Texts become canonical (NFC, LF, a label and a colon before each turn), and every coding moves with its words. Cases become participants, users
coders, sets of codes that sixphase wrote themes, notes memos. Names get ids; who is who stays in the file as it arrived.
"""

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...cases import Interview
from ...places import COMMAND
from ...places import NAME as ID
from ...problems import Problem, StudyError, count, nearest, shown
from ...study import Study
from .. import speakers
from ..importing import source_name
from . import offsets
from .descriptions import told_apart
from .project import Project, Set, Source, Unplaced

MINE = "sixphase"
PROGRAM = re.compile(r"\b(AI|\w*GPT|LLM|auto-?cod\w+|bot|machine|model)\b", re.I)


@dataclass
class Placed:
    """A project as it would stand in a study: rows for its tables, and what a person should know first."""

    interviews: list[Interview]
    codes: list[dict]
    codings: list[dict] = field(repr=False)
    coders: dict[str, str]
    participants: list[dict]
    attributes: list[str]
    themes: list[dict]
    memos: list[dict]
    kept: bytes
    unplaced: list[Unplaced]
    said: list[str]
    doubts: list[str]
    lost: dict[str, int]


def plan(project: Project, study: Study, *, raw: bytes, ending: str, interviewers: Iterable[str] = (), sets_are_themes: bool = False,
         programs: Mapping[str, str] | None = None) -> Placed:
    """Work out what a project would become.

    Parameters
    ----------
    project : Project
    study : Study
        A study that holds no codes yet; and, where the project has texts, no sources and no codings either.
    raw, ending : bytes, str
        The file as it arrived, kept in raw/.
    interviewers : iterable of str
        Labels of those who ask.
    sets_are_themes : bool
        Take sets of codes for themes, whoever made them.
    programs : mapping
        Coders of the file that are programs, by name, each with the id of the person who goes through what it proposed.

    Raises
    ------
    StudyError
        The study is not empty, or the file holds neither codes nor texts.
    """
    _empty_enough(project, study)
    said, doubts, lost = list(project.said), list(project.doubts), dict(project.lost)
    codes, code_ids = _codes(project)
    coders, coder_ids, proposed_by = _coders(project, programs or {})
    doubts += _look_like_programs(coders)
    who = _people(project, interviewers)
    interviews, moved, source_ids = _interviews(project, who, raw, ending, doubts, lost)
    codings, unplaced = _codings(project, moved, source_ids, code_ids, coder_ids, lost, proposed_by)
    participants, attributes = _participants(project, who, interviews)
    themes = _themes(project, code_ids, sets_are_themes or project.origin.startswith(MINE))
    if not themes and project.sets:
        lost["sets of codes or sources"] = len(project.sets)
    memos = _memos(project, moved, source_ids, code_ids, coder_ids, {f"theme:{theme['key']}": theme["theme_id"] for theme in themes})
    if any(not case.name or case.name != who.ids.get(case.key) for case in project.cases):
        doubts.append("names of cases become ids (P01, P02 …); who is who stands in the file in raw/, which never enters git")
    if themes:
        project.kept.pop("Sets", None)
    for source in project.sources:
        if f"formatted:{source.key}" in project.kept and (source.key not in moved or moved[source.key].text != source.text):
            del project.kept[f"formatted:{source.key}"]
            doubts.append(f"the formatted version of {source.name} does not go back into a project: labels or characters of its text were changed here")
    for key, there in moved.items():
        project.kept[f"source:{key}"] = [_shifted(node, there) for node in project.kept.get(f"source:{key}", [])]
    kept = {"format": 1, "origin": project.origin, "name": project.name, "xml": {where: nodes for where, nodes in project.kept.items() if nodes}, "lost": lost, "unplaced": [list(u) for u in unplaced],
            "guids": {**{f"code:{code_ids[k]}": k for k in code_ids}, **{f"source:{source_ids[k]}": k for k in source_ids}, **{f"coder:{coder_ids[k]}": k for k in coder_ids},
                      **{f"memo:imported-{number:03d}": note.key for number, note in enumerate(project.notes, start=1)}}}
    return Placed(interviews, codes, codings, coders, participants, attributes, themes, memos,
                  (json.dumps(kept, ensure_ascii=False, indent=1) + "\n").encode(), unplaced, said, doubts, lost)


def _shifted(node: str, there: offsets.Moved) -> str:
    """A passage that is kept as XML, at the place it has in the canonical text."""
    node = re.sub(r'startPosition="(\d+)"', lambda found: f'startPosition="{there.start(int(found[1]))}"', node, count=1)
    return re.sub(r'endPosition="(\d+)"', lambda found: f'endPosition="{there.end(int(found[1]))}"', node, count=1)


def _empty_enough(project: Project, study: Study) -> None:
    problems = []
    if project.sources and (len(study.sources) or len(study.given)):
        problems.append(Problem(study.name, None, "a project comes into a study that has no interviews and codings yet",
                                found=f"{count(len(study.sources), 'interview')}, {count(len(study.given), 'coding')}", do=f"begin one for it: {COMMAND} new NAME; or bring its texts in as transcripts, and its codes by themselves as a codebook (.qdc)"))
    if len(study.codes) and project.codes:
        problems.append(Problem("codebook.yaml", None, "there are codes here already", "an empty codebook", count(len(study.codes), "code"), "begin a new study for this project"))
    if not project.codes and not project.sources:
        problems.append(Problem(project.name or "the project", None, "it holds neither codes nor texts"))
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")


def _named(name: str, taken: Iterable[str]) -> str:
    """An id from a name, not taken yet."""
    slug = source_name(name).lower().replace("_", "-")[:56].strip("-")
    slug = slug if ID.fullmatch(slug) else f"x-{slug}".strip("-")
    taken, tried, number = set(taken), slug, 1
    while tried in taken:
        number += 1
        tried = f"{slug}-{number}"
    return tried


def _codes(project: Project) -> tuple[list[dict], dict[str, str]]:
    ids, rows = {}, []
    for code in project.codes:
        told = told_apart(code.description) if project.origin.startswith(MINE) else {"definition": code.description}
        own = told.pop("code_id", "")
        ids[code.key] = own if ID.fullmatch(own or "-") and own not in ids.values() else _named(code.name, ids.values())
        row = {"code_id": ids[code.key], "name": code.name, **told, "parent": ids.get(code.parent), "colour": code.colour}
        if not code.codable and not told.get("not_when"):
            row["not_when"] = "not given by itself: it only holds the codes below it"
        rows.append({name: value for name, value in row.items() if value})
    return rows, ids


def _coders(project: Project, programs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Coders by id, with their names; the id for each key; and the program behind a key. A coder who is not named is called so."""
    ids: dict[str, str] = {}
    used = {coding.coder for coding in project.codings} | {note.coder for note in project.notes}
    names = dict(project.coders)
    for key in sorted(used - set(names)):
        names[key] = "not named in the file"
    unknown = [Problem("--suggested", None, f"no coder {shown(name)} in the file", do=nearest(name, names.values())) for name in programs if name not in names.values()]
    if unknown:
        raise StudyError(unknown, "what was to be imported; nothing was changed")
    people = {key: name for key, name in names.items() if name not in programs}
    for key, name in people.items():
        words = re.findall(r"\w+", name)
        wanted = "unnamed" if name == "not named in the file" else "".join(word[0] for word in words) if len(words) > 1 else name or "coder"
        ids[key] = _named(wanted, ids.values())
    coders = {ids[key]: people[key] or ids[key] for key in people if key in used or not used}
    proposed_by = {key: name for key, name in names.items() if name in programs}
    ids |= {key: programs[name] for key, name in proposed_by.items()}
    return {**{coder: coder for coder in programs.values()}, **coders}, ids, proposed_by


def _look_like_programs(coders: Mapping[str, str]) -> list[str]:
    return [f"the coder {shown(name)} may be a program: say --suggested \"{name}=ID\", with the id of the person who goes through what it proposed" for name in coders.values() if PROGRAM.search(name)]


@dataclass
class _Who:
    """Who is who: the id of each case, the cases of each source, and what becomes of each label."""

    ids: dict[str, str]
    of_source: dict[str, list[str]]
    labels: dict[str, speakers.Speaker]


def _people(project: Project, interviewers: Iterable[str]) -> _Who:
    taken: set[str] = set()
    ids = {}
    free = (f"P{number:02d}" for number in range(1, 1_000_000))
    told = {case.name for case in project.cases}
    for case in project.cases:
        good = speakers.OUR_ID.fullmatch(case.name) or (project.origin.startswith(MINE) and ID.fullmatch(case.name))
        ids[case.key] = case.name if good and case.name not in taken else next(name for name in free if name not in taken | told)
        taken.add(ids[case.key])
    of_source: dict[str, list[str]] = {}
    for case in project.cases:
        for source in case.sources:
            of_source.setdefault(source, []).append(ids[case.key])
    asking = {label for source in project.sources for label in str(source.values.get("interviewers", "")).split(";") if label} if project.origin.startswith(MINE) else set()
    turns = _turns(project.sources, asking | set(interviewers) | set(ids.values()))
    asked = set(interviewers) | asking
    return _Who(ids, of_source, {s.label: s for s in speakers.propose(turns, interviewers=asked, taken=taken)})


def _turns(sources: list[Source], extra: set[str]) -> dict[str, list[tuple[str, str]]]:
    """The labels that begin lines at least twice over all sources, with what follows on the line."""
    found = {source.key: [(hit[1].strip(), hit[0]) for hit in _labelled(source.text)] for source in sources}
    seen = Counter(label for lines in found.values() for label, _ in lines)
    good = {label for label, times in seen.items() if label in extra or (times >= 2 and (len(label.split()) <= 2 or label.istitle()))}
    return {key: [(label, "") for label, _ in lines if label in good] for key, lines in found.items()}


def _labelled(text: str) -> Iterable[re.Match]:
    return re.finditer(r"^" + speakers.LABEL.pattern, text, re.M)


def _interviews(project: Project, who: _Who, raw: bytes, ending: str, doubts: list[str], lost: dict) -> tuple[list[Interview], dict[str, offsets.Moved], dict[str, str]]:
    interviews, moved, source_ids, alone = [], {}, {}, 0
    for source in project.sources:
        tidied = offsets.tidy(source.text)
        if not tidied.text.strip():
            lost["sources without words"] = lost.get("sources without words", 0) + 1
            continue
        stem = re.sub(r"\.(txt|docx|doc|rtf|odt|md|pdf|html)$", "", source.name, flags=re.I)
        own = source.values.get("source_id", "") if project.origin.startswith(MINE) else ""
        source_id = own if ID.fullmatch(own or "-") and own not in source_ids.values() else _free(source_name(stem) or "source", source_ids.values())
        source_ids[source.key] = source_id
        cases = who.of_source.get(source.key, [])
        person = cases[0] if len(cases) == 1 else source_id
        edits, people, asking = _labels(tidied.text, who.labels, person)
        if not people:
            alone += 1
            people = [person]
            edits = [*edits, (0, 0, f"{person}: ")] if not (edits and edits[0][0] == 0) else [*edits, (len(tidied.text), len(tidied.text), f"\n{person}: [no words]\n")]
        whole = offsets.Both(tidied, offsets.Moved(tidied.text, edits))
        moved[source.key] = whole
        notes = [f"from a project of {project.origin or 'another program'}"] + (["letters joined with their accents, control characters taken out, where there were any"] if tidied.text != source.text else [])
        interviews.append(Interview(source_id, whole.text, people, asking or [], raw, ending, "", notes))
    if alone:
        doubts.append(f"{count(alone, 'source')} of {len(project.sources)} without labels of speakers: each is taken as one turn of one participant, whose id is written before it")
    return interviews, moved, source_ids


def _free(name: str, taken: Iterable[str]) -> str:
    taken, tried, number = set(taken), name, 1
    while tried in taken:
        number += 1
        tried = f"{name[:58]}-{number}"
    return tried


def _labels(text: str, labels: dict[str, speakers.Speaker], person: str) -> tuple[list[tuple[int, int, str]], list[str], list[str]]:
    """What to write in place of each label, and who speaks and asks."""
    edits, people, asking = [], {}, {}
    for found in _labelled(text):
        speaker = labels.get(found[1].strip())
        if speaker is None:
            continue
        name = speaker.label if speaker.asks else speaker.person or person
        (asking if speaker.asks else people)[name] = None
        if found[0] != f"{name}:":
            edits.append((found.start(), found.end(), f"{name}:"))
    return edits, list(people), list(asking)


def _codings(project: Project, moved: dict, source_ids: dict, code_ids: dict, coder_ids: dict, lost: dict, proposed_by: dict) -> tuple[list[dict], list[Unplaced]]:
    rows, unplaced = [], list(project.unplaced)
    titles = {code.key: code.name for code in project.codes}
    seen: set[str] = set()
    for coding in project.codings:
        there = moved.get(coding.source)
        start, end = (there.start(coding.start), there.end(coding.end)) if there else (0, 0)
        if not there or start >= end:
            unplaced.append(Unplaced(coding.source, titles.get(coding.code, ""), str(coding.start), str(coding.end), "it marks nothing that is left in the text"))
            continue
        row = {"source_id": source_ids[coding.source], "code_id": code_ids[coding.code], "coder_id": coder_ids[coding.coder], "start": start, "end": end,
               "comment": coding.comment, "created": _moment(coding.created), "suggested_by": proposed_by.get(coding.coder, "")}
        guid = re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", coding.key)
        if guid and coding.key not in seen:
            row["coding_id"] = f"urn:uuid:{coding.key}"
        seen.add(coding.key)
        rows.append(row)
    undated = sum(not row["created"] for row in rows)
    if undated:
        lost["codings without a date (they get the day of the import)"] = undated
    return rows, unplaced


def _moment(told: str) -> str:
    """A moment as we store it, or "" when it is none; without a time zone it is taken as UTC."""
    try:
        moment = dt.datetime.fromisoformat(told)
    except ValueError:
        return ""
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _participants(project: Project, who: _Who, interviews: list[Interview]) -> tuple[list[dict], list[str]]:
    """Rows for participants.csv, and the attributes in them; a consent that a file does not hold stays blank, which is a no."""
    values = {who.ids[case.key]: case.values for case in project.cases}
    people = dict.fromkeys(person for interview in interviews for person in interview.participants)
    columns = {name: _column(name) for person in people for name in values.get(person, {}) if name != "description"}
    rows = [{"participant_id": person, **{columns[name]: value for name, value in values.get(person, {}).items() if name in columns}} for person in people]
    return rows, list(dict.fromkeys(columns.values()))


def _column(name: str) -> str:
    own = re.sub(r"[^a-z0-9]+", "_", source_name(name).lower()).strip("_") or "attribute"
    return f"{own}_there" if own in ("participant_id", "quotation", "archiving", "attribution", "withdrawn") else own


def _themes(project: Project, code_ids: dict, wanted: bool) -> list[dict]:
    rows: list[dict] = []
    for group in project.sets if wanted else ():
        if not group.codes or group.sources:
            continue
        told = _theme(group) if project.origin.startswith(MINE) else {"concept": group.description}
        own = told.pop("theme_id", "")
        taken = {row["theme_id"] for row in rows}
        row = {"theme_id": own if ID.fullmatch(own or "-") and own not in taken else _named(group.name, taken), "name": group.name, "status": "candidate",
               **told, "codes": [code_ids[c] for c in group.codes if c in code_ids], "key": group.key}
        rows.append({name: value for name, value in row.items() if value})
    return rows


def _theme(group: Set) -> dict:
    told = told_apart(group.description)
    return {name: told[name] for name in ("theme_id", "concept", "is", "is_not", "status", "parent") if told.get(name)}


def _memos(project: Project, moved: dict, source_ids: dict, code_ids: dict, coder_ids: dict, themes: dict) -> list[dict]:
    rows = []
    for note in project.notes:
        about = []
        for target in note.about:
            if isinstance(target, list):
                key, start, end = target
                if key in moved and 0 <= start < end:
                    about.append(f"source:{source_ids[key]}:{moved[key].start(start)}-{moved[key].end(end)}")
            else:
                about += [f"{kind}:{ids[target]}" for kind, ids in (("code", code_ids), ("source", source_ids)) if target in ids]
        about += [f"theme:{themes[f'theme:{target}']}" for target in note.about if isinstance(target, str) and f"theme:{target}" in themes]
        rows.append({"name": shown(note.name, 80)[1:-1] or "memo", "text": offsets.tidy(note.text).text, "on": _moment(note.created)[:10], "by": coder_ids.get(note.coder, "unnamed"), "about": about})
    return rows

"""REFI-QDA projects (.qdpx) and codebooks (.qdc), written: offsets in code points, texts UTF-8 with LF and no byte-order mark.

Valid by the standard's schema, and the same bytes for the same project: no clock, and GUIDs that follow from what they stand for.
"""

import html
import io
import re
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ... import __version__
from ..arrivals import refused
from . import archive
from .descriptions import described
from .leaving import Leaving
from .project import Case, Code, Coding, Note, Project, Refused, Set, Source

NAMESPACE = uuid.UUID("6a5f2f0e-5b5c-5f0a-9d6c-2f3b7f1d8c11")
INSIDE = re.compile(r'[pP]ath="internal://([^"]+)"')
GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
UNLAWFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}


def guid(key: str) -> str:
    """A key as a GUID: itself if it is one, else one that follows from it."""
    return key if GUID.fullmatch(key) else str(uuid.uuid5(NAMESPACE, key))


def lawful(text: str) -> str:
    """A text with the characters that XML cannot hold replaced by U+FFFD, which is as long."""
    return UNLAWFUL.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return lawful(text).translate(ESCAPES)


def _words(text: str) -> str:
    return lawful(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def as_project(told: Leaving) -> Project:
    """What leaves a study, in the shape that programs share."""
    known = told.kept["guids"]

    def key(kind: str, name: str) -> str:
        return known.get(f"{kind}:{name}") or f"{kind}:{name}"

    project = Project(name=told.title, origin=f"sixphase {__version__}", kept=told.kept["xml"])
    project.coders = {key("coder", coder): coder for coder in sorted({*told.codings["coder_id"], *told.memos["by"]} - {""})}
    codes = {code: key("code", code) for code in told.codes["code_id"]}
    for row in told.codes.astype(object).where(told.codes.notna(), "").itertuples():
        columns = {"use_when": row.use_when, "not_when": row.not_when, "near_miss": row.near_miss, "example": row.example, "code_id": row.code_id}
        project.codes.append(Code(codes[row.code_id], row.name, codes.get(row.parent, ""), row.colour, described(row.definition, columns)))
    sources = {row.source_id: key("source", row.source_id) for row in told.sources.itertuples()}
    for row in told.sources.astype(object).where(told.sources.notna(), "").itertuples():
        values = {"source_id": row.source_id, "interviewers": ";".join(row.interviewers), "occasion": str(row.occasion)}
        project.sources.append(Source(sources[row.source_id], row.source_id, told.texts.get(row.source_id, ""), {name: value for name, value in values.items() if value}))
    columns = ("coding_id", "source_id", "code_id", "start", "end", "coder_id", "created", "comment")
    coders = {coder: k for k, coder in project.coders.items()}
    listed = [told.codings[name].astype(object).tolist() for name in columns]
    project.codings = [Coding(c.removeprefix("urn:uuid:"), sources[s], codes[code], a, b, coders[who], when, note if isinstance(note, str) else "")
                       for c, s, code, a, b, who, when, note in zip(*listed, strict=True) if code in codes]
    spread = told.sources[["source_id", "participants"]].explode("participants")
    of_person = {person: [sources[s] for s in rows] for person, rows in spread.groupby("participants", sort=False)["source_id"]}
    for row in told.people.to_dict("records"):
        values = {name: value for name, value in row.items() if name != "participant_id" and isinstance(value, str)}
        project.cases.append(Case(key("case", row["participant_id"]), row["participant_id"], values, of_person.get(row["participant_id"], [])))
    for row in told.themes.astype(object).where(told.themes.notna(), "").to_dict("records"):
        text = described("", {name: row[name] for name in ("concept", "is", "is_not", "status", "parent", "theme_id")})
        project.sets.append(Set(key("theme", row["theme_id"]), row["name"], text, [codes[c] for c in row["codes"] or [] if c in codes]))
    targets = {**{f"code:{n}": k for n, k in codes.items()}, **{f"source:{n}": k for n, k in sources.items()}, **{f"theme:{s}": key("theme", s) for s in told.themes["theme_id"]}}
    for row in told.memos.itertuples():
        about = [link for one in row.about or [] if (link := _target(one, targets))]
        project.notes.append(Note(key("memo", row.memo_id[11:]), row.title, row.text, f"{row.on}T00:00:00Z" if row.on else "", coders.get(row.by, ""), about))
    return project


def _target(link: str, targets: dict[str, str]) -> str | list | None:
    passage = re.fullmatch(r"(source:[\w-]+):(\d+)-(\d+)", link)
    if passage:
        return [targets[passage[1]], int(passage[2]), int(passage[3])] if passage[1] in targets else None
    return targets.get(link)


def write(told: Leaving) -> bytes:
    """A .qdpx file of what leaves a study; with the files, such as pictures, that came with what is kept."""
    return qdpx(as_project(told), media(told.kept["xml"], told.kept["came_as"]))


def media(xml: dict[str, list[str]], came_as: Path | None) -> dict[str, bytes]:
    """The files that kept sources point at, out of the project as it came.

    Raises
    ------
    StudyError
        The project as it came can no longer be read, or they are too large to be copied.
    """
    formatted = [place.removeprefix("internal://") for where, places in xml.items() if where.startswith("formatted:") for place in places if place.startswith("internal://")]
    wanted = dict.fromkeys([*formatted, *(html.unescape(name) for where in ("Sources", "Notes") for node in xml.get(where, []) for name in INSIDE.findall(node))])
    if not wanted or came_as is None:
        return {}
    try:
        with archive.opened(came_as) as opened:
            members = {name.lower(): name for name in opened.namelist()}
            there = {name: member for name in wanted if not archive.is_outside(name) and (member := members.get(f"sources/{name}".lower()))}
            if sum(opened.getinfo(member).file_size for member in there.values()) > archive.LARGEST_MEMBER:
                raise Refused("its pictures and recordings are too large to be copied", "leave out “--with kept”, and pass the project as it came on beside the new one")
            return {f"Sources/{name}": archive.content(opened, member) for name, member in there.items()}
    except Refused as error:
        raise refused(came_as, error.what, do=error.do) from None


def write_codebook(told: Leaving) -> bytes:
    """A .qdc file of the codes and themes of a study."""
    return qdc(as_project(told))


def qdc(project: Project) -> bytes:
    """A codebook: codes and sets of codes."""
    members = {group.key: "".join(f'<MemberCode guid="{guid(code).upper()}"/>' for code in group.codes) for group in project.sets}
    sets = "".join(f'<Set guid="{guid(s.key).upper()}" name="{_attribute(s.name)}">{_described(s.description)}{members[s.key]}</Set>' for s in project.sets)
    return ('<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="' + _attribute(project.origin) + '"><Codes>'
            + _codes(project.codes, {}, upper=True) + "</Codes>" + (f"<Sets>{sets}</Sets>" if sets else "") + "</CodeBook>\n").encode()


def qdpx(project: Project, beside: Mapping[str, bytes] | None = None) -> bytes:
    """A project with its texts, and further files by name."""
    members = {"project.qde": qde(project).encode()} | {f"Sources/{guid(source.key)}.txt": lawful(source.text).encode("utf-8") for source in project.sources}
    members |= {f"Sources/{guid(note.key)}.txt": lawful(note.text).encode("utf-8") for note in project.notes}
    return packed(dict(beside or {}) | members)


def packed(members: dict[str, bytes]) -> bytes:
    """Files as a zip archive, always the same bytes; they are compressed side by side."""
    def compressed(content: bytes) -> tuple[bytes, int]:
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        return packer.compress(content) + packer.flush(), zlib.crc32(content)

    out = io.BytesIO()
    with ThreadPoolExecutor() as crew, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for (name, content), (small, crc) in zip(members.items(), crew.map(compressed, members.values()), strict=True):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            _put(archive, entry, small, crc, len(content))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, small: bytes, crc: int, size: int) -> None:
    """Add a member that is compressed already."""
    entry.header_offset, entry.CRC, entry.compress_size, entry.file_size = archive.fp.tell(), crc, len(small), size
    archive.fp.write(entry.FileHeader(False))
    archive.fp.write(small)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive._didModify = True


def qde(project: Project) -> str:
    """The XML of a project."""
    notes = _note_refs(project)
    names = dict.fromkeys(name for source in project.sources for name in source.values) | dict.fromkeys(name for case in project.cases for name in case.values)
    user = guid(next(iter(project.coders))) if project.coders else ""
    last = max((coding.created for coding in project.codings), default="")
    parts = ['<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="', _attribute(project.name), '" origin="', _attribute(project.origin), '"',
             f' creatingUserGUID="{user}"' if user else "", f' creationDateTime="{last}"' if last else "", ">"]
    parts.append(_section("Users", (f'<User guid="{guid(key)}" name="{_attribute(name)}"/>' for key, name in project.coders.items())))
    parts.append(_section("CodeBook", [_section("Codes", [_codes(project.codes, notes)])]))
    parts.append(_section("Variables", (f'<Variable guid="{guid(f"variable:{name}")}" name="{_attribute(name)}" typeOfVariable="Text"/>' for name in names)))
    parts.append(_section("Cases", [*(_case(case) for case in project.cases), *project.kept.get("Cases", [])]))
    parts += ["<Sources>", *_sources(project, notes), *project.kept.get("Sources", []), "</Sources>"] if project.sources or project.kept.get("Sources") else []
    parts.append(_section("Notes", [*(_note(note, name, last) for note, name in _named_apart(project.notes)), *project.kept.get("Notes", [])]))
    parts.append(_section("Links", project.kept.get("Links", [])))
    parts.append(_section("Sets", [*(_set(group, project.notes) for group in project.sets), *project.kept.get("Sets", [])]))
    parts.append(_section("Graphs", project.kept.get("Graphs", [])))
    return "".join([*parts, "</Project>\n"])


def _section(name: str, inside: Iterable[str]) -> str:
    joined = "\n".join(inside)
    return f"\n<{name}>\n{joined}\n</{name}>" if joined else ""


def _described(text: str) -> str:
    return f"<Description>{_words(text)}</Description>" if text else ""


def _ref(name: str, key: str) -> str:
    return f'<{name} targetGUID="{guid(key)}"/>'


def _note_refs(project: Project) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in project.notes:
        for target in note.about:
            if isinstance(target, str):
                found.setdefault(target, []).append(note.key)
    return found


def _codes(codes: list[Code], notes: dict[str, list[str]], *, upper: bool = False) -> str:
    """The codes as a tree; a code whose parent is not among them, or comes in a circle, stands at the top."""
    keys = {code.key for code in codes}
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in keys and code.parent != code.key else "", []).append(code)
    parts: list[str] = []
    waiting: list = list(reversed(below.get("", [])))
    while waiting:
        code = waiting.pop()
        if isinstance(code, str):
            parts.append(code)
            continue
        own = guid(code.key).upper() if upper else guid(code.key)
        colour = f' color="{code.colour}"' if re.fullmatch("#[0-9a-fA-F]{6}", code.colour) else ""
        parts.append(f'<Code guid="{own}" name="{_attribute(code.name)}" isCodable="{"true" if code.codable else "false"}"{colour}>{_described(code.description)}')
        parts += [_ref("NoteRef", note) for note in notes.get(code.key, [])]
        waiting += ["</Code>", *reversed(below.get(code.key, []))]
    return "".join(parts)


def _values(values: dict[str, str]) -> str:
    return "".join(f'<VariableValue>{_ref("VariableRef", f"variable:{name}")}<TextValue>{_words(str(value))}</TextValue></VariableValue>' for name, value in values.items())


def _case(case: Case) -> str:
    return f'<Case guid="{guid(case.key)}" name="{_attribute(case.name)}">{_described(case.description)}{_values(case.values)}{"".join(_ref("SourceRef", s) for s in case.sources)}</Case>'


def _sources(project: Project, notes: dict[str, list[str]]) -> Iterable[str]:
    of_source: dict[str, list[Coding]] = {}
    for coding in project.codings:
        of_source.setdefault(coding.source, []).append(coding)
    passages: dict[str, list[tuple]] = {}
    for note in project.notes:
        for target in note.about:
            if isinstance(target, list):
                passages.setdefault(target[0], []).append((*target[1:], note.key))
    codes, users = {code.key: guid(code.key) for code in project.codes}, {key: guid(key) for key in project.coders}
    for source in project.sources:
        own = guid(source.key)
        formatted = "".join(f' richTextPath="{_attribute(place)}"' for place in project.kept.get(f"formatted:{source.key}", []))
        yield f'<TextSource guid="{own}" name="{_attribute(source.name)}"{formatted} plainTextPath="internal://{own}.txt">'
        for coding in of_source.get(source.key, ()):
            yield _selection(coding, source.text, codes[coding.code], users.get(coding.coder))
        for start, end, note in passages.get(source.key, ()):
            yield f'<PlainTextSelection guid="{guid(f"{own} {start} {end} {note}")}" startPosition="{start}" endPosition="{end}">{_ref("NoteRef", note)}</PlainTextSelection>'
        for node in sorted(project.kept.get(f"source:{source.key}", []), key=lambda node: not node.startswith("<PlainText")):
            yield node
        yield "".join(_ref("NoteRef", note) for note in notes.get(source.key, [])) + _values(source.values) + "</TextSource>\n"


def _selection(coding: Coding, text: str, code: str, user: str | None) -> str:
    """One coding as a selection of its own, named by its words, so that a reader can tell in which unit we count."""
    own = guid(coding.key)
    words = text[coding.start:min(coding.end, coding.start + 60)]
    name = _attribute(f"{words}…" if coding.end - coding.start > 60 else words)
    when = (f' creatingUser="{user}"' if user else "") + (f' creationDateTime="{coding.created}"' if coding.created else "")
    inside = f"<Description>{_words(coding.comment)}</Description>" if coding.comment else ""
    return (f'<PlainTextSelection guid="{_other(own)}" name="{name}" startPosition="{coding.start}" endPosition="{coding.end}"{when}>{inside}'
            f'<Coding guid="{own}"{when}><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>\n')


def _other(own: str) -> str:
    """The GUID of the selection of a coding: its own with one digit changed, in a way that can be changed back."""
    return own[:-1] + "0123456789abcdef"[15 - int(own[-1], 16)]


def _note(note: Note, name: str, otherwise: str) -> str:
    """A memo; its words lie in a file beside the texts, where more programs look than inside the XML. QualCoder stops at one without a date."""
    own = guid(note.key)
    when = (f' creatingUser="{guid(note.coder)}"' if note.coder else "") + (f' creationDateTime="{note.created or otherwise}"' if note.created or otherwise else "")
    return f'<Note guid="{own}" name="{_attribute(name)}" plainTextPath="internal://{own}.txt"{when}/>'


def _named_apart(notes: list[Note]) -> list[tuple[Note, str]]:
    """Notes with names of which no two are alike: QualCoder stops at a second memo of one name."""
    taken: set[str] = set()
    found = []
    for note in notes:
        name, number = note.name, 1
        while name in taken:
            number += 1
            name = f"{note.name} ({number})"
        taken.add(name)
        found.append((note, name))
    return found


def _set(group: Set, notes: list[Note]) -> str:
    about = "".join(_ref("MemberNote", note.key) for note in notes if group.key in note.about)
    return (f'<Set guid="{guid(group.key)}" name="{_attribute(group.name)}">{_described(group.description)}{"".join(_ref("MemberCode", c) for c in group.codes)}'
            f'{"".join(_ref("MemberSource", s) for s in group.sources)}{about}</Set>')

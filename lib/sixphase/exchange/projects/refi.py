"""REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc), read.

The standard (QDA-XML 1.0, 2019) is read leniently where programs differ: the name of the XML file, how a text is pointed at, the namespace
of codebooks. What has no place in a study is counted, and kept as it stood. Runs in the child process of `limits.in_child`.
"""

import copy
import re
import uuid
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from ...problems import shown
from . import archive, offsets
from .project import Case, Code, Coding, Note, Project, Refused, Set, Source

OTHER_SOURCES = {"PictureSource": "pictures", "PDFSource": "PDF files", "AudioSource": "audio recordings", "VideoSource": "videos"}
OTHER_SELECTIONS = ("PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")


def read_project(path: Path) -> Project:
    """Read a .qdpx file, or the bare .qde inside one.

    Raises
    ------
    Refused
        It is no such file, it is damaged, or it could do harm.
    """
    if path.suffix.lower() == ".qde":
        return _project(archive.xml(path.read_bytes(), path.name), {}, lambda name: None)
    with archive.opened(path) as opened, ThreadPoolExecutor(1) as beside:
        inside = [name for name in opened.namelist() if name.lower().endswith(".qde")]
        named = [name for name in inside if name.lower() == "project.qde"] or inside
        if len(named) != 1:
            raise Refused(f"it holds {len(named)} files that end in .qde, not one: no REFI-QDA project", "export the project again as REFI-QDA (.qdpx)")
        members = {name.lower(): name for name in opened.namelist() if not name.endswith("/")}
        if sum(member.file_size for member in opened.infolist() if member.filename.lower().endswith(".txt")) > archive.LARGEST_MEMBER:
            raise Refused("its texts are too large for a study")
        texts = beside.submit(_unpacked, opened, [name for name in members.values() if name.lower().endswith(".txt")])  # while the XML is read
        root = archive.xml(archive.content(opened, named[0]), named[0])
        return _project(root, members, lambda name: _given(texts.result().get(name)) or archive.content(opened, name))


def _unpacked(opened: zipfile.ZipFile, names: list[str]) -> dict[str, bytes | Refused]:
    """The bytes of each member, or why they cannot be had; nobody may need them."""
    found: dict[str, bytes | Refused] = {}
    for name in names:
        try:
            found[name] = archive.content(opened, name)
        except Refused as error:
            found[name] = error
    return found


def _given(content: bytes | Refused | None) -> bytes | None:
    if isinstance(content, Refused):
        raise content
    return content


def read_codebook(path: Path) -> Project:
    """Read a .qdc codebook.

    Raises
    ------
    Refused
        See `read_project`.
    """
    root = archive.xml(path.read_bytes(), path.name)
    if _tag(root) != "CodeBook":
        raise Refused(f"it begins with <{_tag(root)}>, not <CodeBook>: no REFI-QDA codebook")
    ns = _namespace(root)
    project = Project(name=path.stem, origin=root.get("origin", ""))
    project.codes = list(_codes(root.find(f"{ns}Codes"), ns, {}, project))
    project.ready()
    for node in root.iterfind(f"{ns}Sets/{ns}Set"):
        members = [_key(ref.get("guid") or ref.get("targetGUID")) for ref in node.iterfind(f"{ns}MemberCode")]
        project.sets.append(Set(_key(node.get("guid")), node.get("name", ""), _description(node, ns), members))
    return project


def _tag(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2]


def _namespace(root: etree._Element) -> str:
    return root.tag[:root.tag.find("}") + 1]


def _description(node: etree._Element, ns: str) -> str:
    return (node.findtext(f"{ns}Description") or "").strip()


def _targets(node: etree._Element, name: str) -> list[str]:
    return [_key(ref.get("targetGUID", "")) for ref in node.iterfind(name)]


def _key(guid: str | None) -> str:
    return guid.strip("{}").lower() if guid else ""


class _Keys(dict):
    """Keys of GUIDs that come again and again, each worked out once."""

    def __missing__(self, guid: str | None) -> str:
        self[guid] = key = _key(guid)
        return key


KEYS = _Keys()


def _project(root: etree._Element, members: dict[str, str], content) -> Project:
    if _tag(root) != "Project":
        raise Refused(f"it begins with <{_tag(root)}>, not <Project>: no REFI-QDA project")
    ns = _namespace(root)
    project = Project(name=root.get("name", ""), origin=root.get("origin", ""))
    project.coders = {_key(user.get("guid")): user.get("name") or user.get("id") or "" for user in root.iterfind(f"{ns}Users/{ns}User")}
    notes = {_key(node.get("guid")): node for node in root.iterfind(f"{ns}Notes/{ns}Note")}
    about: dict[str, list] = {}
    project.codes = list(_codes(root.find(f"{ns}CodeBook/{ns}Codes"), ns, about, project))
    variables = {_key(v.get("guid")): v.get("name", "") for v in root.iterfind(f"{ns}Variables/{ns}Variable")}
    texts, nodes = _sources(root, ns, project, variables, members, content, about)
    _selections(project, ns, texts, nodes, notes, about)
    _cases(root, ns, project, variables)
    for node in root.iterfind(f"{ns}Sets/{ns}Set"):
        project.sets.append(Set(_key(node.get("guid")), node.get("name", ""), _description(node, ns), _targets(node, f"{ns}MemberCode"), _targets(node, f"{ns}MemberSource")))
        project.kept.setdefault("Sets", []).append(_as_text(node))
        for target in _targets(node, f"{ns}MemberNote"):
            about.setdefault(target, []).append(project.sets[-1].key)
    _notes(project, ns, notes, about, members, content)
    _others(root, ns, project)
    project._tree = root  # never taken apart in the child, which ends soon: that takes longer than to answer
    return project


def _referring(node: etree._Element, ns: str, key: str | list, about: dict) -> None:
    for target in _targets(node, f"{ns}NoteRef"):
        about.setdefault(target, []).append(key)


def _codes(top: etree._Element | None, ns: str, about: dict, project: Project) -> Iterator[Code]:
    """The codes, each after the one above it, in the order of the file."""
    seen: dict[str, str] = {}
    waiting = [(node, "") for node in reversed(top.findall(f"{ns}Code"))] if top is not None else []
    while waiting:
        node, parent = waiting.pop()
        key, name = _key(node.get("guid")), (node.get("name") or "").strip()
        if key in seen:
            raise Refused(f"two codes have one GUID: {shown(seen[key], 40)} and {shown(name, 40)}; codings could not be told apart", "export the project again, or rename one there")
        seen[key] = name
        yield Code(key, name or "unnamed", parent, _colour(node.get("color", "")), _description(node, ns), node.get("isCodable") != "false")
        _referring(node, ns, key, about)
        waiting += [(below, key) for below in reversed(node.findall(f"{ns}Code"))]


def _colour(given: str) -> str:
    short = re.fullmatch("#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", given)
    colour = f"#{short[1] * 2}{short[2] * 2}{short[3] * 2}" if short else given
    return colour.lower() if re.fullmatch("#[0-9a-fA-F]{6}", colour) else ""


def _sources(root, ns: str, project: Project, variables: dict, members: dict, content, about: dict) -> tuple[dict[str, offsets.Stored], dict]:
    """The texts as they are stored, and the XML of each; what is no text is counted and kept."""
    texts, nodes, missing = {}, {}, {}
    for node in root.iterfind(f"{ns}Sources/*"):
        kind, key = _tag(node), _key(node.get("guid"))
        if kind != "TextSource":
            project.lose(OTHER_SOURCES.get(kind, f"sources of the kind {kind}"))
            project.lose("codings of pictures, PDF files, audio and video", sum(1 for _ in node.iter(f"{ns}Coding")))
            project.kept.setdefault("Sources", []).append(_as_text(node))
            continue
        if key in nodes:
            raise Refused(f"two sources have one GUID ({key}); codings could not be told apart", "export the project again")
        nodes[key] = node
        name = node.get("name") or key
        raw, why = _text_of(node, ns, members, content)
        if raw is None:
            project.lose("sources whose text is not in the file")
            project.doubts.append(f"source {shown(name)}: {why}; its codings cannot be placed")
            missing[key] = name
            project.kept.setdefault("Sources", []).append(_as_text(node))
            continue
        texts[key] = offsets.stored(raw)
        if node.get("richTextPath"):
            project.lose("formatted versions of texts (their plain text is read)")
            project.kept[f"formatted:{key}"] = [node.get("richTextPath")]
        values = _values(node, ns, variables)
        if _description(node, ns):
            values.setdefault("description", _description(node, ns))
        project.sources.append(Source(key, name, texts[key].text, values))
        _referring(node, ns, key, about)
    project.ready(missing)
    return texts, nodes


def _text_of(node, ns: str, members: dict, content) -> tuple[str | None, str]:
    """The text of a source, or None and why it cannot be had."""
    inline = node.find(f"{ns}PlainTextContent")
    if inline is not None:
        return inline.text or "", ""
    told = node.get("plainTextPath") or ""
    place = re.sub("^internal://", "", told)
    if archive.is_outside(place):
        raise Refused(f"a source points outside of the project: {shown(told, 80)}", "do not open this file; ask whoever sent it")
    if "://" in place or not place:
        return None, f"its text lies elsewhere ({told[:60]})" if told else "it has no text"
    name = next((members[way.lower()] for way in (f"Sources/{place}", place) if way.lower() in members), None)
    if name is None:
        return None, "its text is not in the file"
    raw = content(name)
    for encoding in (("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8",)):
        try:
            return raw.decode(encoding), ""
        except UnicodeDecodeError:
            return None, "its text is not UTF-8"
    return None, "its text is not UTF-8"


def _values(node, ns: str, variables: dict[str, str]) -> dict[str, str]:
    found = {}
    for value in node.iterfind(f"{ns}VariableValue"):
        told = [child for child in value if _tag(child) != "VariableRef"]
        ref = value.find(f"{ns}VariableRef")
        if ref is not None and told and told[0].text:
            found[variables.get(_key(ref.get("targetGUID")), "unnamed")] = told[0].text
    return found


class _Tags(NamedTuple):
    """The names of what is looked for in each selection, with their namespace."""

    coding: str
    code: str
    note: str


def _selections(project: Project, ns: str, texts: dict, nodes: dict, notes: dict, about: dict) -> None:
    """Every coding of every text, once it is known in which unit the file counts."""
    selection = f"{ns}PlainTextSelection"
    marked = [(key, node, _offset(node.get("startPosition")), _offset(node.get("endPosition")))
              for key, source in nodes.items() for node in source.iterchildren(selection)]
    if project.origin.startswith("sixphase"):
        reading, said, doubts = offsets.Reading(), [], []
    else:
        reading, said, doubts = offsets.choose(texts, ((key, start, end, node.get("name") or "") for key, node, start, end in marked))
    project.said += said
    project.doubts += doubts
    tags, seen = _Tags(f"{ns}Coding", f"{ns}CodeRef", f"{ns}NoteRef"), set()
    rulers = {key: offsets.Ruler(text, reading) for key, text in texts.items()}
    agreed = {key for key, text in texts.items() if text.plain} if reading == offsets.Reading() else set()
    for key, node, start, end in marked:
        if start >= 0 and key not in agreed and key in rulers:
            start, end = rulers[key].span(start, end)
            node.set("startPosition", str(start))
            node.set("endPosition", str(end))
        _one_selection(project, ns, key, node, start, end, tags, seen, notes, about)
    for key, node in nodes.items():
        whole = node.findall(tags.coding)
        project.lose("codings of whole sources", len(whole))
        for one in whole if key in texts else ():
            project.kept.setdefault(f"source:{key}", []).append(_as_text(one))


def _offset(told: str | None) -> int:
    """A whole number, -1 when it is none."""
    return int(told) if told and len(told) < 16 and told.removeprefix("-").isdecimal() else -1


def _one_selection(project: Project, ns: str, key: str, node, start: int, end: int, tags: _Tags, seen: set, notes: dict, about: dict) -> None:
    only = _only_coding(node, tags)
    own = _key(only.get("guid")) if only is not None else ""
    if own and own not in seen:
        seen.add(own)
        user, when = only.get("creatingUser") or node.get("creatingUser"), only.get("creationDateTime") or node.get("creationDateTime")
        if not project.place(Coding(own, key, KEYS[only[0].get("targetGUID")], start, end, KEYS[user], when or "")):
            project.kept.setdefault(f"source:{key}", []).append(_as_text(node))
        return
    user, when = node.get("creatingUser"), node.get("creationDateTime") or ""
    children = list(node)
    given = [child for child in children if child.tag == tags.coding]
    more = len(children) > len(given)
    referred = _targets(node, tags.note) if more else []
    comment = _description(node, ns) if more else ""
    left = []
    for number, one in enumerate(given):
        inside = list(one)
        target = next((child.get("targetGUID") for child in inside if child.tag == tags.code), "")
        words = [comment] if comment and not number else []
        for note in _targets(one, tags.note) if len(inside) > 1 else ():
            words.append(_note_text(notes[note], ns) if note in notes else "")
            about.setdefault(note, [])  # its words are the coding's comment now
        own = _key(one.get("guid"))
        if not own or own in seen:
            own = _new_key(own, key, start, end, number, seen, project)
        seen.add(own)
        placed = project.place(Coding(own, key, KEYS[target], start, end, KEYS[one.get("creatingUser") or user], one.get("creationDateTime") or when,
                                      "\n\n".join(filter(None, words)) if words else ""))
        if not placed:
            left.append(one)
    for note in referred:
        about.setdefault(note, []).append([key, start, end])
    if left or not (given or referred):
        project.lose("passages marked without a code", not given)
        project.kept.setdefault(f"source:{key}", []).append(_as_text(_without(node, [one for one in given if one not in left])))


def _only_coding(node, tags: _Tags):
    """The coding of a passage that holds one code and nothing else, as most do; None for any other passage."""
    if len(node) == 1 and node[0].tag == tags.coding and len(node[0]) == 1 and node[0][0].tag == tags.code:
        return node[0]
    return None


def _new_key(own: str, source: str, start: int, end: int, number: int, seen: set, project: Project) -> str:
    """A GUID for a coding that has none, or whose own another has already."""
    if not own:
        own = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{source} {start} {end} {number}"))
    if own in seen:
        project.doubts.append(f"two codings have one GUID ({own}): both are kept, the second under a new one")
        own = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{own} {len(seen)}"))
    return own


def _without(node, placed: list):
    """A selection without the codings that have found their place."""
    if not placed:
        return node
    rest = copy.deepcopy(node)
    for number in sorted((node.index(one) for one in placed), reverse=True):
        del rest[number]
    return rest


def _note_text(node, ns: str) -> str:
    return (node.findtext(f"{ns}PlainTextContent") or _description(node, ns)).strip()


def _cases(root, ns: str, project: Project, variables: dict) -> None:
    for node in root.iterfind(f"{ns}Cases/{ns}Case"):
        project.cases.append(Case(_key(node.get("guid")), node.get("name") or "", _values(node, ns, variables), _targets(node, f"{ns}SourceRef"), _description(node, ns)))
        other = len(node.findall(f"{ns}CodeRef")) + len(node.findall(f"{ns}SelectionRef"))
        project.lose("links from cases to codes and selections", other)
        if other:
            project.kept.setdefault("Cases", []).append(_as_text(node))


def _notes(project: Project, ns: str, notes: dict, about: dict, members: dict, content) -> None:
    """Notes that nothing else has taken up become memos."""
    for key, node in notes.items():
        text, _ = _text_of(node, ns, members, content) if not _note_text(node, ns) else (_note_text(node, ns), "")
        if key in about and not about[key]:
            continue  # the comment of a coding
        if not (text or "").strip():
            project.lose("memos without words")
            project.kept.setdefault("Notes", []).append(_as_text(node))
            continue
        words = text.replace("\r\n", "\n")
        described = _description(node, ns)
        project.notes.append(Note(key, node.get("name") or "memo", f"{described}\n\n{words}" if described and described != words.strip() else words,
                                  node.get("creationDateTime") or "", _key(node.get("creatingUser")), about.get(key, [])))


def _others(root, ns: str, project: Project) -> None:
    for section, what in (("Links", "links"), ("Graphs", "drawn networks")):
        found = root.findall(f"{ns}{section}/*")
        project.lose(what, len(found))
        if found:
            project.kept[section] = [_as_text(node) for node in found]
    if _description(root, ns):
        project.said.append(f"the project says of itself: {_description(root, ns)[:300]}")


def _as_text(node) -> str:
    return etree.tostring(node, encoding="unicode", with_tail=False)

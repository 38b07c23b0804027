"""Names replaced in a whole study: transcripts, and with them codings, comments and memos, all at once or not at all.

This is the one change that rewrites acts, since they hold the words that must go. Every id, date and decision stays; what
stood there before is kept beside the key list. Only counts and rules are written into the study.
"""

import io
import json
import os
import re
import uuid
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd

from ..identifiers import Replaced, again, replaced
from ..problems import Problem, StudyError
from ..study import Study
from ..tables import IMPORTS, PSEUDONYMS
from ..transcripts import sha256
from . import acts, durable
from .additions import put_together
from .codings_jsonl import AROUND, now

TEXTS = (".txt", ".md", ".csv", ".yaml", ".yml", ".json", ".jsonl", ".bib")
RULES = ["capitals that no list and no lower-case use explains", "given names, titles, words of organisations and places", "shapes of UK contacts, numbers, dates and amounts",
         "the study's own key list, whatever the case, and one letter off"]


def replace_names(study: Study, forms: pd.DataFrame, key: Path, *, by: str, on: str = "") -> tuple[dict, list[Problem]]:
    """Put descriptions in the stead of names, as a key list decided.

    Transcripts (what was said, never the labels), the words codings carry, and the texts of acts and memos change; spans of
    codings move with the words. YAML files and the manuscript are yours to change: they are looked through, and told.

    Parameters
    ----------
    study : Study
        Without problems.
    forms : DataFrame
        The key list, `identifiers.FORMS`.
    key : Path
        Where it lies; what the study's files held before is kept beside it, as `<name>.before-1.zip`.
    by : str
        Who decided.
    on : str
        The day; today unless it is given.

    Returns
    -------
    (dict, list of Problem)
        The record that was stored (`tables.PSEUDONYMS`), and each line of the study in which a second search still finds a name.

    Raises
    ------
    StudyError
        Nothing is to be replaced.
    durable.NotSaved
        The study is as before.
    """
    chosen = forms[forms["decision"] == "replace"]
    words = dict(zip(chosen["form"], chosen["replacement"], strict=True))
    if not words:
        raise StudyError([Problem(str(key), None, "no row says “replace”", do="decide about each form: replace or keep")], "the key list; nothing was changed")
    made = {source_id: replaced(text, words, within=_said(study, source_id)) for source_id, text in study.texts.items()}
    record = {"pseudonymisation_id": uuid.uuid4().urn, "on": on or now()[:10], "by": by, "rules": RULES, "kept": int((forms["decision"] == "keep").sum()),
              "undecided": int((forms["decision"] == "").sum()), "entities": _counts(chosen.drop_duplicates("entity")["kind"]), "places": _places(made, chosen)}
    changed = _changed(study, made, words)
    left = residue({**_all_texts(study.folder), **{name: content.decode("utf-8") for name, content in changed.items()}}, forms)
    record["left"] = len(left)
    _keep_before(study.folder, changed, key)
    put_together(study.folder, lambda: changed | {PSEUDONYMS.file: _appended(study.folder, PSEUDONYMS.file, [record])}, "no name was replaced")
    return record, left


def residue(texts: dict[str, str], forms: pd.DataFrame) -> list[Problem]:
    """Each line of some texts, by their names, in which a replaced name still stands, spelt otherwise or one letter off."""
    names = forms[forms["decision"] == "replace"]
    return [Problem(name, number, f"still holds {', '.join(f'“{line[start:end]}”' for start, end, _, _ in spans)}", do="read the line; change it by hand, or add the form to the key list")
            for name, text in sorted(texts.items()) for number, line in enumerate(text.split("\n"), start=1) if (spans := list(again(line, names)))]


def _said(study: Study, source_id: str) -> list[tuple[int, int]]:
    turns = study.turns[study.turns["source_id"] == source_id]
    return list(zip(turns["start"], turns["end"], strict=True))


def _changed(study: Study, made: dict[str, Replaced], words: dict[str, str]) -> dict[str, bytes]:
    """Every file of the study that changes, with its new content."""
    files = study.sources.set_index("source_id")["file"]
    moved = {source_id: new for source_id, new in made.items() if new.edits}
    changed = {files[source_id]: new.text.encode("utf-8") for source_id, new in moved.items()}
    for path in sorted([*study.folder.glob("*.jsonl"), *study.folder.glob("codings/*.jsonl")]):
        name, before = path.relative_to(study.folder).as_posix(), path.read_bytes()
        after = b"".join(acts.line(_linked(_rewritten(record, study.texts, made, words, path.name.partition(".")[0]), made)) for _, record in acts.read(path, name, []))
        if name not in (PSEUDONYMS.file, IMPORTS.file) and json_of(after) != json_of(before):
            changed[name] = after
    for path in sorted(study.folder.glob("transcripts/earlier/*.txt")):  # what stood there before a transcript was replaced holds the same names
        if (new := replaced(path.read_bytes().decode("utf-8"), words)).edits:
            changed[path.relative_to(study.folder).as_posix()] = new.text.encode("utf-8")
    for path in sorted(study.folder.glob("memos/*.md")):
        top, body = _memo_parts(path.read_text(encoding="utf-8"))
        if (after := _moved_links(top, made) + replaced(body, words).text) != top + body:
            changed[path.relative_to(study.folder).as_posix()] = after.encode("utf-8")
    if moved:
        latest = study.imports.drop_duplicates("source_id", keep="last").set_index("source_id")
        rows = [{"import_id": uuid.uuid4().urn, "source_id": source_id, "on": now()[:10], "format": "text", "raw_sha256": latest["raw_sha256"].get(source_id, sha256(study.texts[source_id])),
                 "canonical_sha256": sha256(new.text), "notes": [f"names replaced in {len(new.edits)} places"]} for source_id, new in moved.items()]
        changed[IMPORTS.file] = _appended(study.folder, IMPORTS.file, rows)
    return changed


def json_of(lines: bytes) -> list:
    """Records without their check values, to see whether anything but the writing of it changed."""
    return [{name: value for name, value in json.loads(line).items() if name != "check"} for line in lines.splitlines() if line.strip() and acts.read_line(line)[0] is not None]


def _rewritten(record: dict, texts: dict[str, str], made: dict[str, Replaced], words: dict[str, str], source_id: str) -> dict:
    """An act with descriptions in the stead of names; the span of a coding, and a place proposed for one, where its words now are."""
    target = record.get("target")
    if record.get("type") == "Unplaced" and source_id in made and isinstance(record.get("start"), int) and isinstance(record.get("end"), int):
        return {**record, **dict(zip(("start", "end"), made[source_id].span(record["start"], record["end"]), strict=True))}
    if record.get("type") != "Annotation" or not isinstance(target, dict) or target.get("source") not in made:
        return _texts_of(record, words)
    text, new = texts[target["source"]], made[target["source"]]
    selectors = {selector.get("type"): selector for selector in target.get("selector", [])}
    position, quote = selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})
    rewritten = _texts_of(record, words)
    if text[position.get("start", 0):position.get("end", 0)] != quote.get("exact") or not new.edits:
        return rewritten  # an act about words that stood elsewhere before: what it says is changed, where it stood is not
    start, end = new.span(position["start"], position["end"])
    rewritten["target"] = {**target, "selector": [{**position, "start": start, "end": end}, {**quote, "exact": new.text[start:end],
                           "prefix": new.text[max(0, start - AROUND):start], "suffix": new.text[end:end + AROUND]}]}
    if record.get("source_sha256") == sha256(text):
        rewritten["source_sha256"] = sha256(new.text)
    return rewritten


def _linked(record: dict, made: dict[str, Replaced]) -> dict:
    """An act whose links to passages lead to where they are now."""
    return {**record, "about": [_moved_links(link, made) if isinstance(link, str) else link for link in record["about"]]} if isinstance(record.get("about"), list) else record


def _moved_links(text: str, made: dict[str, Replaced]) -> str:
    def moved(link: re.Match) -> str:
        source_id, start, end = link[1], int(link[2]), int(link[3])
        return "source:{}:{}-{}".format(source_id, *made[source_id].span(start, end)) if source_id in made else link[0]
    return LINK.sub(moved, text)


LINK = re.compile(r"source:([\w-]+):(\d+)-(\d+)")
FIXED = {"id", "@context", "type", "creator", "created", "source", "replaces", "withdraws", "unplaces", "undoes", "how", "carried_from", "source_sha256", "on", "by", "kind", "purpose", "about", "contrary", "turns"}


def _texts_of(value: object, words: dict[str, str], name: str = "") -> object:
    """The texts in a record with names replaced; ids and other words of ours as they are."""
    if isinstance(value, dict):
        return value if value.get("purpose") == "tagging" else {part: _texts_of(inner, words, part) for part, inner in value.items()}
    if isinstance(value, list):
        return [_texts_of(inner, words, name) for inner in value]
    return replaced(value, words).text if isinstance(value, str) and name not in FIXED and not name.endswith("_id") else value


def _memo_parts(text: str) -> tuple[str, str]:
    top = re.match(r"---\n.*?\n---\n", text, re.S)
    return (top[0], text[top.end():]) if top else ("", text)


def _counts(kinds: pd.Series) -> dict[str, int]:
    return dict(sorted(Counter(kinds).items()))


def _places(made: dict[str, Replaced], chosen: pd.DataFrame) -> dict[str, int]:
    kinds = dict(zip(chosen["replacement"], chosen["kind"], strict=True))
    return dict(sorted(Counter(kinds[words] for new in made.values() for _, _, words in new.edits).items()))


def _appended(folder: Path, name: str, records: list[dict]) -> bytes:
    path = folder / name
    before = path.read_bytes() if path.exists() else b""
    return before + (b"\n" if before and not before.endswith(b"\n") else b"") + b"".join(map(acts.line, records))


def _all_texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in TEXTS and not {"raw", "published"} & set(path.relative_to(folder).parts)}


def _keep_before(folder: Path, changed: dict[str, bytes], key: Path) -> None:
    """Keep the files that will change beside the key list: with them everything can be undone by hand."""
    number = next(n for n in range(1, 10_000) if not key.with_name(f"{key.name}.before-{n}.zip").exists())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in sorted(changed):
            if (folder / name).exists():
                pack.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes())
    durable.write_new(key.with_name(f"{key.name}.before-{number}.zip"), packed.getvalue())
    os.chmod(key.with_name(f"{key.name}.before-{number}.zip"), 0o600)

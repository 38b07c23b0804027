"""A project of another program put into a study: transcripts, codes, codings, coders, participants, themes and memos, all at once or not at all."""

import io
import uuid
from collections.abc import Iterable, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from ..cases import Interview
from ..problems import Problem, StudyError
from ..study import Study
from ..tables import CODES, CODINGS, PARTICIPANTS, THEMES, parse_row
from . import acts, additions
from .codings_jsonl import annotation, now
from .tables_csv import table_bytes
from .yaml_files import with_entries, with_settings


def add_project(study: Study, interviews: Iterable[Interview], *, codes: Iterable[Mapping], codings: Iterable[Mapping], coders: Mapping[str, str],
                participants: Iterable[Mapping], attributes: Iterable[str], themes: Iterable[Mapping], memos: Iterable[Mapping], kept: Mapping[str, bytes], confirmed: str) -> None:
    """Put a whole project into a study that has no interviews and codings yet.

    Parameters
    ----------
    study : Study
    interviews : iterable of Interview
    codes, codings, participants, themes, memos : iterables of mappings
        Rows of the tables of these names; a coding without `created`, or a code, theme or memo without a day, gets the present one.
    coders : mapping
        Name by id.
    attributes : iterable of str
        Columns that participants.csv gets.
    kept : mapping
        Further files by name inside the study: what has no place in it.
    confirmed : str
        How a person confirmed it; kept with the import.

    Raises
    ------
    StudyError
        Something of it does not fit the tables. Nothing is changed.
    durable.NotSaved
        The disk refused; the study is as before.
    """
    interviews = list(interviews)

    def files() -> dict[str, bytes]:
        made = additions.files_of(study, interviews, confirmed) if interviews else {}
        settings = made.get("study.yaml") or (study.folder / "study.yaml").read_bytes()
        made["study.yaml"] = with_settings(settings, coders=coders, attributes=attributes)
        made |= _tables(study, codes, participants, list(attributes), themes)
        return made | _codings({i.source_id: i.text for i in interviews}, codings) | _memos(memos) | dict(kept)

    additions.put_together(study.folder, files, "not imported")


def _tables(study: Study, codes: Iterable[Mapping], participants: Iterable[Mapping], attributes: list[str], themes: Iterable[Mapping]) -> dict[str, bytes]:
    today, files = now()[:10], {}
    for table, rows in ((CODES, codes), (THEMES, themes)):
        entries = {}
        for row in rows:
            entry = {"created": today, **{name: value for name, value in row.items() if name in table.names}}
            _, complaints = parse_row(table, entry)
            if complaints:
                raise StudyError([Problem(table.file, None, f"{entry.get(table.key)}: {column} {complaint}") for column, complaint in complaints], "what was to be imported; nothing was changed")
            entries[entry.pop(table.key)] = entry
        if entries:
            files[table.file] = with_entries(study.folder, table, entries)
    people = list(participants)
    if people:
        files[PARTICIPANTS.file] = table_bytes([*PARTICIPANTS.names, *attributes], people)
    return files


def _codings(texts: dict[str, str], codings: Iterable[Mapping]) -> dict[str, bytes]:
    lines: dict[str, list[bytes]] = {}
    moment = now()
    for row in codings:
        record = annotation(texts[row["source_id"]], row["source_id"], row["coder_id"], row["code_id"], row["start"], row["end"], created=row.get("created") or moment,
                            coding_id=row.get("coding_id") or uuid.uuid4().urn, comment=row.get("comment") or "", suggested_by=row.get("suggested_by") or "")
        lines.setdefault(CODINGS.file.replace("<source>", row["source_id"]).replace("<coder>", row["coder_id"]), []).append(acts.line(record))
    return {name: b"".join(of_file) for name, of_file in lines.items()}


def _memos(memos: Iterable[Mapping]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for number, memo in enumerate(memos, start=1):
        head = io.StringIO()
        yaml = YAML(pure=True)
        yaml.default_flow_style, yaml.width = None, 200
        day = memo.get("on") or now()[:10]
        yaml.dump(CommentedMap({"on": day, "by": memo["by"], "kind": "analytic", "about": list(memo["about"])}), head)
        files[f"memos/{day}-imported-{number:03d}.md"] = f"---\n{head.getvalue()}---\n\n# {memo['name']}\n\n{memo['text'].strip()}\n".encode()
    return files

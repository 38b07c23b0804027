"""What results are made of, and what of it has changed: what people decided, the code, the environment.

Each part is known by the first digits of its SHA-256: every act, every entry of the codebook and the themes, every row of a table, every module,
and every package by its version. So a change can be told in the words of the study.
"""

import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..places import NOTEBOOKS, ROOT
from ..tables import STORED
from .runs import NOT_INPUTS, tree

KEYS = {table.file: table.key for table in STORED if table.file.endswith(".jsonl") and "/" not in table.file}
NOUNS = {"decisions.jsonl": "decision", "reviews.jsonl": "review", "board.jsonl": "move", "definitions.jsonl": "definition", "reading.jsonl": "sitting", "imports.jsonl": "import", "sources.csv": "interview",
         "participants.csv": "participant", "facts.csv": "fact", "codebook.yaml": "code", "themes.yaml": "theme", "codings": "coding", "transcripts": "transcript",
         "memos": "memo", "manuscript": "manuscript"}
DIGITS = 12

Parts = dict[str, dict[str, str]]


def ingredients(folder: Path) -> dict[str, Parts]:
    """Everything that the results of a study depend on.

    Returns
    -------
    dict
        `study`: for each file of the study its parts; `code`: for each folder of the library, and the notebooks, their modules; `environment`: the version
        of Python and of each package. A part is named, and known by digits of its SHA-256.
    """
    modules = tree(ROOT / "lib" / "sixphase")
    return {"study": {name: _collected(_parts(name, (folder / name).read_bytes())) for name in tree(folder, skip=NOT_INPUTS)},
            "code": {"lib/sixphase": {name: digest[:DIGITS] for name, digest in modules.items()},
                     "notebooks": {path.name: _cells(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))}},
            "environment": {"Python": {"Python": ".".join(platform.python_version_tuple()[:2])}, "packages": _packages()}}


def changes(before: dict[str, Parts], after: dict[str, Parts]) -> dict[str, list[str]]:
    """Say what has changed, in sentences, by `study`, `code` and `environment`."""
    return {kind: [_sentence(kind, file, part, *digits) for file in sorted(before.get(kind, {}) | after[kind])
                   for part, digits in _differing(before.get(kind, {}).get(file, {}), after[kind].get(file, {}))] for kind in after}


def _differing(before: dict[str, str], after: dict[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for part in sorted(before | after):
        if before.get(part) != after.get(part):
            yield part, (before.get(part, ""), after.get(part, ""))


def _sentence(kind: str, file: str, part: str, before: str, after: str) -> str:
    if kind == "environment":
        return f"{part} is {after or 'not there'}; it was {before or 'not there'}"
    done = "is new" if not before else "is gone" if not after else "was changed"
    if kind == "code":
        return f"{file}/{part} {done}"
    noun = NOUNS.get(file) or NOUNS.get(file.split("/")[0], "file")
    return f"{noun} {part or Path(file).name} ({file}) {done}" if part or noun != "file" else f"{file} {done}"


def _parts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The parts of one file of a study, each with its digits; a file that has no parts is one, with an empty name."""
    try:
        if name.endswith(".jsonl"):
            key = KEYS.get(name, "id")
            yield from ((str(json.loads(line).get(key)), _digits(line)) for line in content.splitlines() if line.strip())
        elif name.endswith(".yaml"):
            yield from _entries(YAML(typ="safe", pure=True).load(content))
        elif name.endswith(".csv"):
            yield from ((line.split(b",")[0].decode(), _digits(line)) for line in content.splitlines())
        else:
            yield "", _digits(content)
    except (ValueError, YAMLError, AttributeError):
        yield "", _digits(content)


def _collected(parts: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Parts by name; those of one name, such as two lines that begin alike, are one."""
    found: dict[str, str] = {}
    for name, digits in parts:
        found[name] = _digits((found[name] + digits).encode()) if name in found else digits
    return found


def _entries(told: dict) -> Iterator[tuple[str, str]]:
    """The entries of a YAML file: codes and themes one by one, all else by its heading."""
    for heading, value in told.items():
        if heading in ("codes", "themes") and isinstance(value, dict):
            yield from ((str(key), _of(entry)) for key, entry in value.items())
        else:
            yield str(heading), _of(value)


def _of(value: object) -> str:
    return _digits(json.dumps(value, sort_keys=True, default=str).encode())


def _cells(notebook: Path) -> str:
    """What a notebook asks, without what it showed when it was last saved."""
    return _of([[cell["cell_type"], "".join(cell["source"])] for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]])


def _packages() -> dict[str, str]:
    """The version of each locked package that is installed."""
    named = re.findall(r"^([A-Za-z0-9][\w.-]*)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    found = {}
    for name in sorted(set(named)):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # of another system
            continue
    return found


def _digits(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]

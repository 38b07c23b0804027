"""The reporting lists there are, each a YAML file here; which of them a study uses; and what its author says to their items.

The author answers in manuscript/standards.yaml:

    lists: [SRQR, COREQ]          # those of the study's family unless given
    COREQ:
      5: {words: RH or DO interviewed}                   # where the manuscript says it
      7: {statement: they had the information sheet}     # said here only
      22: {not_applied_because: meaning is not used up}  # a good answer, with its reason
"""

from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from ...problems import Problem, StudyError, nearest
from ...study import Study

FILE = "manuscript/standards.yaml"
KEYS = ("words", "statement", "not_applied_because")
OF_FAMILY = {"reflexive": ["RTARG-informed", "twenty questions", "SRQR"], "codebook": ["SRQR", "twenty questions"], "coding reliability": ["COREQ"]}


@cache
def _read() -> dict[str, dict]:
    yaml = YAML(typ="safe", pure=True)
    told = [yaml.load(path.read_text(encoding="utf-8")) for path in sorted(Path(__file__).parent.glob("*.yaml"))]
    return {entry["name"]: {**entry, "items": {str(number): item for number, item in entry["items"].items()}} for entry in told}


LISTS = _read()  # by name: title, source, note, items


def lists_of(study: Study) -> list[str]:
    """The lists a study uses: those it names in manuscript/standards.yaml, or those of its family.

    Raises
    ------
    StudyError
        The file names a list or an item there is not, or an answer that says nothing.
    """
    told = study.beside.get("standards") or {}
    problems = _wrong(told)
    if problems:
        raise StudyError(problems, "what is said to reporting lists")
    return list(told.get("lists") or OF_FAMILY[study.family])


def answers(study: Study, name: str) -> dict[str, dict]:
    """What the author says to the items of one list, by item: `words`, `statement` or `not_applied_because`, and the `line` it is said on."""
    told = (study.beside.get("standards") or {}).get(name) or {}
    return {str(item): {**{key: str(value).strip() for key, value in (said or {}).items()}, "line": _line(told, item)} for item, said in told.items()}


def _wrong(told: dict) -> list[Problem]:
    problems = []
    listed = told.get("lists") or []
    for name in [*(listed if isinstance(listed, list) else [listed]), *(key for key in told if key != "lists")]:
        if name not in LISTS:
            problems.append(Problem(FILE, _line(told, name if name in told else "lists"), f"no reporting list is called “{name}”", do=nearest(str(name), LISTS)))
    for name in [name for name in told if name in LISTS]:
        items = told[name] if isinstance(told[name], dict) else {}
        problems += [problem for item, said in items.items() for problem in _wrong_answer(name, str(item), said, _line(items, item))]
    return problems


def _wrong_answer(name: str, item: str, said: object, line: int | None) -> list[Problem]:
    if item not in LISTS[name]["items"]:
        return [Problem(FILE, line, f"{name} has no item “{item}”", do=nearest(item, LISTS[name]["items"]))]
    if said is not None and (not isinstance(said, dict) or set(said) - set(KEYS)):
        return [Problem(FILE, line, f"{name} {item} cannot be used", f"one of: {', '.join(KEYS)}", ", ".join(map(str, said)) if isinstance(said, dict) else str(said),
                        "put words that hold a comma or a colon into quotation marks")]
    if said and "not_applied_because" in said and not str(said["not_applied_because"] or "").strip():
        return [Problem(FILE, line, f"{name} {item} is not applied, but there is no reason", do="say why in not_applied_because")]
    return []


def _line(mapping: dict, key: object) -> int | None:
    try:
        return mapping.lc.key(key)[0] + 1
    except (AttributeError, KeyError):
        return None

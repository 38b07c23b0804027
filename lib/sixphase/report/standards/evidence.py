"""What a study's records show about an item of a reporting list.

Each piece of evidence is worked out from the study and is present, absent or contradictory; none of them says that a report is adequate.
`EVIDENCE` knows them by the names that the lists use; `reporting.ethics` and the like stand for what the study says of itself in study.yaml.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ...problems import nearest
from ...study import Study

PRESENT, ABSENT, CONTRADICTORY = "present", "absent", "contradictory"


@dataclass(frozen=True)
class Evidence:
    """What was found: its `state`, present, absent or contradictory, and in what `words`."""

    state: str
    words: str


def present(words: str) -> Evidence:
    """Evidence that is there."""
    return Evidence(PRESENT, words)


def absent(words: str) -> Evidence:
    """Evidence that is not there, and what would be."""
    return Evidence(ABSENT, words)


def against(words: str) -> Evidence:
    """Evidence that contradicts itself or what is said."""
    return Evidence(CONTRADICTORY, words)


def said(study: Study, field: str) -> str:
    """What the study says of itself under `reporting` in study.yaml; "" when it says nothing."""
    return str((study.settings["reporting"] or {}).get(field) or "").strip()


def shown(study: Study, name: str) -> Evidence:
    """Look one piece of evidence up by its name.

    Raises
    ------
    KeyError
        No evidence has this name.
    """
    from . import analysis, people, text

    if name.startswith("reporting."):
        field = name.removeprefix("reporting.")
        found = said(study, field)
        return present(found) if found else absent(f"study.yaml says nothing under reporting: {field}.")
    known: dict[str, Callable[[Study], Evidence]] = {**people.EVIDENCE, **analysis.EVIDENCE, **text.EVIDENCE}
    if name not in known:
        raise KeyError(f"no evidence is called “{name}”: {nearest(name, known)}")
    return known[name](study)


def together(found: list[Evidence]) -> Evidence:
    """Several pieces as one: contradictory if one of them is, absent if all of them are."""
    states = {piece.state for piece in found}
    state = CONTRADICTORY if CONTRADICTORY in states else ABSENT if states <= {ABSENT} else PRESENT
    return Evidence(state, " ".join(piece.words for piece in found))

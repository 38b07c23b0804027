"""The three families of thematic analysis, and what each of them shows.

The study declares one (study.yaml, `approach`); nothing is worked out silently that does not fit it. Families after
Braun & Clarke (2021), “One size fits all?”, Qualitative Research in Psychology 18(3).
"""

from typing import NamedTuple

import pandas as pd

FAMILIES = pd.DataFrame({
    "reflexive": {
        "code definitions": "brief", "themes before coding": "not yet", "counts in the manuscript": "hidden", "coders compared": "to talk about",
        "framework matrix": "hidden", "versioned codebook": "hidden", "codebook held stable": "not asked", "agreement": "hidden", "code novelty": "hidden", "unseen codes": "hidden",
        "what a theme is": "an interpretive pattern of shared meaning round a central organising concept"},
    "codebook": {
        "code definitions": "full", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to talk about",
        "framework matrix": "shown", "versioned codebook": "shown", "codebook held stable": "asked", "agreement": "on request", "code novelty": "on request", "unseen codes": "on request",
        "what a theme is": "a summary of an area of the data, some set early, refined on the way"},
    "coding reliability": {
        "code definitions": "full, with a near miss", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to settle",
        "framework matrix": "hidden", "versioned codebook": "shown", "codebook held stable": "needed", "agreement": "shown", "code novelty": "shown", "unseen codes": "on request",
        "what a theme is": "a topic or pattern, often an input to coding"},
})
MEASURES = ("agreement", "code novelty", "unseen codes")  # what a family may hide; a decision about measure:<name> asks for it


class Gate(NamedTuple):
    """Whether a study shows a measure (shown, hidden or overridden), and the sentence that says why."""

    state: str
    sentence: str

    @property
    def open(self) -> bool:
        """Whether the measure is worked out at all."""
        return self.state != "hidden"

    def of(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows it may be worked out from: none of them where it is hidden, so that nothing is computed in silence."""
        return rows if self.open else rows.head(0)


def shows(family: str, feature: str) -> str:
    """Say how a family treats a feature.

    Raises
    ------
    ValueError
        There is no such family or feature.
    """
    if family not in FAMILIES.columns or feature not in FAMILIES.index:
        raise ValueError(f"no “{feature}” of “{family}”; families: {', '.join(FAMILIES)}; features: {', '.join(FAMILIES.index)}")
    return FAMILIES.loc[feature, family]


def code_columns(family: str) -> tuple[str, ...]:
    """The columns of the codebook that a family asks a person to write."""
    full = ("definition", "use_when", "not_when", "example")
    return {"brief": ("definition",), "full": full, "full, with a near miss": (*full, "near_miss")}[shows(family, "code definitions")]


def allowed(family: str, decisions: pd.DataFrame, feature: str) -> Gate:
    """Say whether a measure is shown in a study, and why.

    Parameters
    ----------
    family : str
        The declared family.
    decisions : DataFrame
        `tables.DECISIONS`. A decision about `measure:agreement` (or any other of `MEASURES`) asks for what the family hides or gives on
        request only: its `by` says who asked and its `because` why.
    feature : str
        One of `MEASURES`.

    Returns
    -------
    Gate
        The state is shown, hidden or overridden; the sentence is for the reader, and of an override for the limitations.

    Raises
    ------
    ValueError
        There is no such family or feature.
    """
    usual = shows(family, feature)
    if usual == "shown":
        return Gate("shown", f"A {family} study shows {feature}.")
    asked = decisions[decisions["about"].map(lambda about: isinstance(about, list) and f"measure:{feature}" in about).astype(bool)]
    if asked.empty:
        return Gate("hidden", f"A {family} study does not show {feature}; to ask for it, record a decision about measure:{feature} that says why.")
    last = asked.sort_values(["on", "decision_id"], kind="stable").iloc[-1]
    because = str(last["because"]).rstrip(".")
    if usual == "on request":
        return Gate("shown", f"{feature.capitalize()} is shown on request of {last['by']} ({last['on']}): {because}.")
    return Gate("overridden", f"{feature.capitalize()} does not fit a {family} study; it was reported because {last['by']} asked for it on {last['on']}: "
                f"{because}. It says nothing about the worth of the interpretation.")


def fitting(family: str, feature: str) -> Gate:
    """Say whether a way of working belongs to a family; nobody asks for one of another family by a decision: they declare that family.

    Raises
    ------
    ValueError
        There is no such family or feature.
    """
    if shows(family, feature) == "shown":
        return Gate("shown", f"A {family} study has a {feature}.")
    having = " or ".join(name for name in FAMILIES if shows(name, feature) == "shown")
    return Gate("hidden", f"A {feature} belongs to a {having} study; this one is {family}.")


def overridden(family: str, decisions: pd.DataFrame) -> list[str]:
    """The sentences about measures that a study reports though its family hides them: each belongs into the limitations."""
    gates = [allowed(family, decisions, feature) for feature in MEASURES]
    return [gate.sentence for gate in gates if gate.state == "overridden"]

"""The three families of thematic analysis, and what each of them shows.

The study declares one (study.yaml, `approach`); nothing is worked out silently that does not fit it. Families after
Braun & Clarke (2021), “One size fits all?”, Qualitative Research in Psychology 18(3).
"""

import pandas as pd

FAMILIES = pd.DataFrame({
    "reflexive": {
        "code definitions": "brief", "themes before coding": "not yet", "counts in the manuscript": "hidden", "coders compared": "to talk about",
        "agreement": "hidden", "code novelty": "hidden",
        "what a theme is": "an interpretive pattern of shared meaning round a central organising concept"},
    "codebook": {
        "code definitions": "full", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to talk about",
        "agreement": "on request", "code novelty": "on request",
        "what a theme is": "a summary of an area of the data, some set early, refined on the way"},
    "coding reliability": {
        "code definitions": "full", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to settle",
        "agreement": "shown", "code novelty": "shown",
        "what a theme is": "a topic or pattern, often an input to coding"},
})


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
    brief = shows(family, "code definitions") == "brief"
    return ("definition",) if brief else ("definition", "use_when", "not_when", "example")


def allowed(family: str, decisions: pd.DataFrame, feature: str) -> tuple[str, str]:
    """Say whether a measure is shown in a study, and why.

    Parameters
    ----------
    family : str
        The declared family.
    decisions : DataFrame
        `tables.DECISIONS`. A decision about `measure:agreement` or `measure:code novelty` asks for what the family hides or gives on
        request only: its `by` says who asked and its `because` why.
    feature : str
        agreement or code novelty.

    Returns
    -------
    (state, sentence)
        The state is shown, hidden or overridden; the sentence is for the reader, and of an override for the limitations.

    Raises
    ------
    ValueError
        There is no such family or feature.
    """
    usual = shows(family, feature)
    if usual == "shown":
        return "shown", f"A {family} study shows {feature}."
    asked = decisions[decisions["about"].map(lambda about: isinstance(about, list) and f"measure:{feature}" in about)]
    if asked.empty:
        return "hidden", f"A {family} study does not show {feature}; to ask for it, record a decision about measure:{feature} that says why."
    last = asked.sort_values(["on", "decision_id"], kind="stable").iloc[-1]
    because = str(last["because"]).rstrip(".")
    if usual == "on request":
        return "shown", f"{feature.capitalize()} is shown on request of {last['by']} ({last['on']}): {because}."
    return "overridden", (f"{feature.capitalize()} does not fit a {family} study; it was reported because {last['by']} asked for it on {last['on']}: "
                          f"{because}. It says nothing about the worth of the interpretation.")

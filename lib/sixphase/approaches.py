"""The three families of thematic analysis, and what each of them shows.

The study declares one (study.yaml, `approach`); nothing is worked out silently that does not fit it. Families after
Braun & Clarke (2021), “One size fits all?”, Qualitative Research in Psychology 18(3).
"""

import pandas as pd

FAMILIES = pd.DataFrame({
    "reflexive": {
        "code definitions": "brief", "themes before coding": "not yet", "counts in the manuscript": "hidden", "coders compared": "to talk about",
        "what a theme is": "an interpretive pattern of shared meaning round a central organising concept"},
    "codebook": {
        "code definitions": "full", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to talk about",
        "what a theme is": "a summary of an area of the data, some set early, refined on the way"},
    "coding reliability": {
        "code definitions": "full", "themes before coding": "shown", "counts in the manuscript": "shown", "coders compared": "to settle",
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

"""References from a manuscript into its study: numbers by name, quotations by coding.

In the text, `{participants}` is a number of the study, `{theme:permission interviews}` a number of one theme,
`{code:many-yeses participants}` of one code. A line `[](quote:urn:uuid:…)` is a quotation: the words of that coding, verbatim,
with its attribution. Nothing is typed by hand that the study can say, so nothing in it can go stale.
"""

import re
from collections.abc import Callable

import pandas as pd

from .. import cases, decisions, quotations, themes
from ..problems import Problem, nearest, shown
from ..study import Study

NUMBER = re.compile(r"\{(?:(theme|code):([\w-]+) )?([a-z][a-z ]*)\}")
QUOTE = re.compile(r"\[\]\(quote:([^)\s]+)\)")
UNITS = ("participants", "interviews", "extracts")


def numbers(study: Study) -> dict[str, str]:
    """Every number of the study that a manuscript may name, as it is printed."""
    dates = sorted(study.sources["date"].dropna())
    minutes = study.sources["minutes"].dropna()
    named = {**study.counts, "second interviews": int((study.sources["occasion"].fillna(1) > 1).sum()), "coders": study.all_codings["coder_id"].nunique(),
             "passes": study.codings["pass"].nunique(), "moves back": len(decisions.backward(study.decisions)),
             "themes let go": int((study.themes["status"] == "let go").sum()),
             "double coded interviews": int((study.all_codings.groupby("source_id")["coder_id"].nunique() > 1).sum()),
             "shortest interview": int(minutes.min()) if len(minutes) else 0, "longest interview": int(minutes.max()) if len(minutes) else 0}
    return {name: f"{value:,}" for name, value in named.items()} | {"first day": dates[0] if dates else "", "last day": dates[-1] if dates else ""}


def of_parts(study: Study) -> dict[tuple[str, str], dict[str, int]]:
    """Participants, interviews and extracts of each theme, subtheme and code, by (“theme” or “code”, id)."""
    groups = cases.group_of(study.participants, None)
    found = {}
    own = study.theme_codes.assign(theme_id=study.theme_codes["subtheme_id"]).dropna(subset="theme_id")
    for pairs in (study.theme_codes, own):
        for row in themes.distribution(themes.extracts(pairs, study.codings), groups).itertuples():
            found["theme", row.theme_id] = {unit: getattr(row, unit) for unit in UNITS}
    for code_id, given in study.codings.groupby("code_id"):
        found["code", code_id] = {"participants": given["participant_id"].nunique(), "interviews": given["source_id"].nunique(), "extracts": len(given)}
    return found


def resolved(study: Study, quoted: Callable[[pd.Series, str], str]) -> tuple[str, list[Problem]]:
    """Put what each reference means in its place.

    Parameters
    ----------
    study : Study
        With a `manuscript`.
    quoted : callable
        Makes a quotation from its row of `study.codings` and its attribution.

    Returns
    -------
    (text, problems)
        The manuscript; and each reference that means nothing, or may not be printed, with its line.
    """
    named, parts, problems = numbers(study), of_parts(study), []
    codings = study.codings.set_index("coding_id", drop=False)
    allowed = set(quotations.quotable(study.codings, study.participants)["coding_id"])
    people = study.participants.set_index("participant_id", drop=False)
    by = "publication_group" if "publication_group" in people else None
    line = 0

    def number(found: re.Match) -> str:
        kind, key, unit = found.groups()
        known = named if kind is None else {u: str(n) for u, n in parts.get((kind, key), {}).items()}
        if unit not in known:
            problems.append(Problem("manuscript/manuscript.md", line, f"{shown(found[0])} means nothing", do=nearest(unit, known)))
        return known.get(unit, found[0])

    def quotation(found: re.Match) -> str:
        coding_id = study.standing(found[1])
        if coding_id not in codings.index:
            problems.append(Problem("manuscript/manuscript.md", line, f"no coding {shown(found[1])} stands in this study", do="choose another extract"))
        elif coding_id not in allowed:
            problems.append(Problem("manuscript/manuscript.md", line, f"{shown(found[1])} may not be quoted", do=f"{codings.loc[coding_id, 'participant_id']} did not agree; choose another extract"))
        else:
            coding = codings.loc[coding_id]
            return quoted(coding, quotations.attribution(people.loc[coding["participant_id"]], by))
        return found[0]

    lines = []
    for line, text in enumerate(study.manuscript.split("\n"), start=1):
        lines.append(QUOTE.sub(quotation, NUMBER.sub(number, text)))
    return "\n".join(lines), problems

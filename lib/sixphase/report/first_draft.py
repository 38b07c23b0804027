"""A first draft of the manuscript, for an author to begin from: Markdown like the manuscript itself, with references into the study.

What the records hold is there; what only an author can write stands in [brackets]. Quotations are those of the themes' shortlists,
and only of participants who agreed to be quoted.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import jinja2

from .. import approaches, decisions, measures, quotations, themes
from ..study import Study
from .references import day, of_parts

MARKS = re.compile(r"([\\`*_{}\[\]<>@^~|])|^([-+#]+(?=\s)|\d+(?=[.)]))")


def draft(study: Study) -> str:
    """Draft the manuscript of a study, in the Markdown of manuscript/manuscript.md. In a reflexive study no count stands beside a theme."""
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
    ids = [*study.texts, *study.participants["participant_id"]]
    templates.filters |= {"plain": lambda words: plain(words, ids), "day": day}
    text = templates.get_template("first_draft.md.j2").render(
        study=study, counts=study.counts, approach=study.settings["approach"],
        themes=[_theme(study, row) for row in themes.tops(study.themes).to_dict("records")], dated=study.sources["date"].notna().any(),
        passes=study.codings["pass"].nunique(), coders=study.all_codings["coder_id"].nunique(), second=(study.sources["occasion"].fillna(1) > 1).any(),
        back=decisions.backward(study.decisions).to_dict("records"), let_go=study.themes[study.themes["status"] == "let go"].to_dict("records"),
        what=approaches.shows(study.family, "what a theme is"), power=measures.power.paragraph(study.power),
        overrides=approaches.overridden(study.family, study.decisions))
    return re.sub(r"\n{3,}", "\n\n", text)


def plain(words: object, ids: Iterable[str] = ()) -> str:
    r"""Words of the records as Markdown that means just these words; "" for none.

    What colleagues wrote for each other may name a participant or an interview by its id, beside what gives somebody away; such `ids` stay out of print.

    Examples
    --------
    >>> print(plain("1. We *ask* P07 {again}", ["P07"]))
    1\. We \*ask\* \[a participant\] \{again\}
    """
    if not isinstance(words, str):
        return ""
    named = "|".join(map(re.escape, sorted(ids, key=lambda name: (-len(name), name))))
    kept = re.sub(rf"\b(?:{named})\b", "[a participant]", words) if named else words
    return MARKS.sub(lambda found: f"\\{found[1]}" if found[1] else f"\\{found[2]}" if found[2][0] in "-+#" else f"{found[2]}\\", " ".join(kept.split()))


def _theme(study: Study, theme: dict) -> dict:
    """A theme with its subthemes, and the extracts of its shortlist that may be quoted."""
    below = study.themes[(study.themes["parent"] == theme["theme_id"]) & (study.themes["status"] != "let go")].to_dict("records")
    listed = [entry for part in (theme, *below) for entry in part["extracts"] or []]
    allowed = set(quotations.quotable(study.codings, study.participants)["coding_id"])
    quoted = [{"because": "", **entry} for entry in listed if study.standing(entry["coding"]) in allowed]
    counted = approaches.shows(study.family, "counts in the manuscript") == "shown" and ("theme", theme["theme_id"]) in of_parts(study)
    return {**theme, "subthemes": below, "quotations": quoted, "withheld": len(listed) - len(quoted), "counted": counted}

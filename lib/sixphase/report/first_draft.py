"""A first draft of the manuscript, drawn from the records of a study, for an author to begin from.

Quotations are read from the transcripts, verbatim, and only from participants who agreed to be quoted.
"""

from pathlib import Path

import jinja2
import pandas as pd

from .. import approaches, cases, decisions, measures, quotations, themes
from ..show.results import SYNTHETIC, Page, document
from ..show.results import number as printed_number
from ..study import Study
from .counts import people_by_group
from .gate import attributions, smallest_group, without_place


def draft(study: Study) -> Page:
    """Draft the manuscript of a study as one HTML page. What only an author can write stands in [brackets].

    Quotations come from the shortlists of the themes, exactly as the transcript has them, and only from participants who
    agreed to be quoted. In a reflexive study no count stands beside a theme.
    """
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                   undefined=jinja2.StrictUndefined)
    body = templates.get_template("first_draft.html.j2").render(
        study=study, counts=study.counts, approach=study.settings["approach"], label=SYNTHETIC if study.settings["synthetic"] else "",
        groups=people_by_group(study, study.group_by) if study.group_by else None, number=lambda value: "not shown" if pd.isna(value) else printed_number(value), smallest=smallest_group(study), themes=[_theme(study, row) for row in themes.tops(study.themes).to_dict("records")],
        dates=sorted(study.sources["date"].dropna()), passes=sorted(study.codings["pass"].unique()), coders=study.codings["coder_id"].nunique(),
        second=int((study.sources["occasion"].fillna(1) > 1).sum()), back=decisions.backward(study.decisions).to_dict("records"),
        let_go=study.themes[study.themes["status"] == "let go"].to_dict("records"), what=approaches.shows(study.family, "what a theme is"),
        power=measures.power.paragraph(study.power), overrides=approaches.overridden(study.family, study.decisions),
        counted=approaches.shows(study.family, "counts in the manuscript") == "shown")
    return Page(document(study.settings["title"], body), f"A first manuscript of {study.name}.", whole=True)


def _theme(study: Study, theme: dict) -> dict:
    """A theme as the manuscript prints it."""
    subthemes = study.themes[(study.themes["parent"] == theme["theme_id"]) & (study.themes["status"] != "let go")].to_dict("records")
    listed = [entry for part in (theme, *subthemes) for entry in part["extracts"] or []]
    codings = study.codings.set_index("coding_id", drop=False)
    allowed = set(quotations.quotable(study.codings, study.participants)["coding_id"])
    by = attributions(study)
    quoted = [_quotation(codings.loc[entry["coding"]], by, study, entry) for entry in listed if entry["coding"] in allowed]
    found = themes.distribution(themes.extracts(study.theme_codes[study.theme_codes["theme_id"] == theme["theme_id"]], study.codings), cases.group_of(study.participants, study.group_by))
    return {**{k: (None if v is None or v is pd.NA or v != v else v) for k, v in theme.items()}, "subthemes": [
        {k: (None if v is None or v is pd.NA or v != v else v) for k, v in sub.items()} for sub in subthemes],
            "quotations": quoted, "withheld": len(listed) - len(quoted), "participants": int(found["participants"].sum()), "interviews": int(found["interviews"].sum())}


def _quotation(coding: pd.Series, by: dict[str, str], study: Study, entry: dict) -> dict:
    """A quotation with its attribution; its words are read from the transcript once more."""
    words = study.texts[coding["source_id"]][coding["start"]:coding["end"]]
    assert words == coding["quotation"], f"{coding['coding_id']} does not say what the transcript says"
    return {"words": words, "id": coding["coding_id"], "because": entry.get("because", ""), "where": "" if coding["coding_id"] in without_place(study) else quotations.reference(coding),
            "by": by[coding["participant_id"]]}

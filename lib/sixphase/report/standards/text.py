"""Evidence in the manuscript: quotations, themes, headings, wording. As long as there is no manuscript, all of it is absent."""

import re
from collections.abc import Callable

import pandas as pd

from ... import themes
from ...problems import count
from ...study import Study
from ..chain import chain
from ..journals import against_journal
from ..passages import where
from ..prompts import balance, narrative, wording
from ..references import resolved
from .evidence import Evidence, absent, against, present

NAMES_IT = re.compile(r"qualitative|interview|thematic", re.I)


def title(study: Study) -> Evidence:
    """Does the title say what kind of study it is?"""
    first = study.manuscript.strip().split("\n")[0].lstrip("# ")
    told = sorted({word.lower() for word in NAMES_IT.findall(first)})
    return present(f"The title has: {', '.join(told)}.") if told else absent("The title has none of: qualitative, interview, thematic.")


def abstract(study: Study) -> Evidence:
    """The abstract beside what the journal asks."""
    table = against_journal(study).set_index("what")
    asked = table.loc[[what for what in ("abstract headings", "abstract words") if what in table.index]]
    wrong = asked[asked["look_at"] != ""]
    told = "; ".join(f"{row.Index}: {row.found}" for row in asked.itertuples())
    return against(f"{told}. {'; '.join(wrong['look_at'])}.") if len(wrong) else present(f"{told}.")


def questions(study: Study) -> Evidence:
    """The research questions of the study, and which of them the manuscript has word for word."""
    asked = study.settings["questions"]
    plain = " ".join(re.findall(r"\w+", study.manuscript.lower()))
    there = sum(" ".join(re.findall(r"\w+", question.lower())) in plain for question in asked)
    words = f"{count(len(asked), 'research question')} in study.yaml, {there} of them word for word in the manuscript."
    return present(words) if there else absent(words)


def resolve(study: Study) -> Evidence:
    """Is every quotation in its transcript, and by whom is it?"""
    found = resolved(study)
    if found.problems:
        return against(f"{count(len(found.problems), 'reference')} of the manuscript mean nothing, may not be printed or contradict the study.")
    quoted = chain(study)
    people = study.codings.set_index("coding_id").reindex(quoted["coding_id"])["participant_id"].nunique()
    return present(f"{count(len(quoted), 'quotation')} of {people} of {study.counts['participants']} participants, each found in its transcript and attributed by an id.") if len(
        quoted) else absent("The manuscript quotes nobody.")


def claims(study: Study) -> Evidence:
    """Each quotation with the claim before it, its code and its theme: the chain, both ways."""
    quoted = chain(study)
    if quoted.empty:
        return absent("The manuscript quotes nobody.")
    loose = int((quoted["themes"] == "").sum())
    return present(f"{len(quoted)} quotations lead from a claim by way of span, coder and code; {len(quoted) - loose} of them to a theme (table of the chain of evidence).")


def theme_sections(study: Study) -> Evidence:
    """Does each theme have a section that bears its name?"""
    table = narrative(study)
    if table.empty:
        return absent("There is no theme.")
    without = table.loc[table["line"].isna(), "theme"]
    words = f"{len(table) - len(without)} of {count(len(table), 'theme')} have a section of their name."
    return against(f"{words} None: {'; '.join(without)}.") if len(without) else present(words)


def overview(study: Study) -> Evidence:
    """Is there a table or a map of the themes?"""
    placed = [words for name, words in (("table:themes", "a table of themes"), ("figure:themes", "a map of themes")) if f"[]({name})" in study.manuscript]
    return present(f"The manuscript has {' and '.join(placed)}.") if placed else absent("Neither a table nor a map of the themes is placed.")


def ratio(study: Study) -> Evidence:
    """Words of analysis for each word of extract, by theme."""
    found = narrative(study)["ratio"].dropna()
    return present(f"{found.min():.1f} to {found.max():.1f} words of analysis for each word quoted, by theme.") if len(found) else absent("No theme has a section with quotations.")


def spread(study: Study) -> Evidence:
    """What the distribution of quotations prompts."""
    prompts = balance(study)
    left = prompts[prompts["because"] == ""]
    words = f"{count(len(prompts), 'prompt')} about balance and distribution, {len(prompts) - len(left)} answered with a reason."
    return against(words) if len(left) else present(words)


def _wording(*kinds: str) -> Callable[[Study], Evidence]:
    def looked(study: Study) -> Evidence:
        found = wording(study)
        found = found[found["prompt"].isin(kinds)] if kinds else found
        left = found[found["because"] == ""]
        if len(left):
            return against(f"{count(len(left), 'prompt')} about wording without an answer, the first at {left.iloc[0]['where']}: {left.iloc[0]['prompt']}.")
        return present("No prompt about wording is open.")
    looked.__doc__ = f"Prompts about wording: {', '.join(kinds) or 'all'}."
    return looked


def sources_cited(study: Study) -> Evidence:
    """Works on the method that are cited."""
    cited = set(re.findall(r"(?<![\w/])@([A-Za-z][\w-]*)", study.manuscript))
    told = sorted((str(((item.get("issued") or {}).get("date-parts") or [[""]])[0][0]), item["id"]) for item in study.beside.get("references") or []
                  if item["id"] in cited and "braun" in {str(author.get("family", "")).lower() for author in item.get("author", [])})
    return present(f"Braun & Clarke: {', '.join(year for year, _ in told)}.") if told else absent("No work of Braun & Clarke is cited.")


def context(study: Study) -> Evidence:
    """A section on the setting."""
    found = re.search(r"^#+ +(?:(?:Study )?(?:setting|context)|Setting and .*|The case.*)$", study.manuscript, re.M | re.I)
    return present(f"A section “{found[0].lstrip('# ')}” (line {study.manuscript.count(chr(10), 0, found.start()) + 1}).") if found else absent("No heading names the setting or context.")


def implications(study: Study) -> Evidence:
    """Does a section on implications name a theme's words?"""
    found = re.search(r"^#+ +Implications.*?\n(.*?)(?=^#|\Z)", study.manuscript, re.M | re.S)
    return present(f"A section on implications of {len(found[1].split())} words.") if found else absent("No heading names implications.")


def contrary(study: Study) -> Evidence:
    """Are codings that speak against a theme quoted in the manuscript?"""
    register = themes.standing(study.reviews)
    listed = {study.standing(coding) for ids in register["contrary"] if isinstance(ids, list) for coding in ids}
    quoted = chain(study)
    spans = study.all_codings[study.all_codings["coding_id"].isin(listed)].merge(quoted[["source_id", "start", "end"]], on="source_id", suffixes=("", "_quoted"))
    told = spans[(spans["start"] < spans["end_quoted"]) & (spans["end"] > spans["start_quoted"])]["coding_id"].nunique()
    return present(f"{told} of {len(listed)} passages found against a theme are quoted in the manuscript.") if listed else absent("No passage is recorded as speaking against a theme.")


def statement(name: str) -> Callable[[Study], Evidence]:
    """Evidence that the manuscript has a passage that begins with a bold word, such as **Funding**."""
    def looked(study: Study) -> Evidence:
        there = where(study.manuscript, f"**{name}")
        return present(f"A statement on {name.lower()} (line {there.line}).") if there else absent(f"No statement begins with **{name}**.")
    looked.__doc__ = f"A statement on {name.lower()}."
    return looked


def _written(look: Callable[[Study], Evidence]) -> Callable[[Study], Evidence]:
    """Without a manuscript there is nothing to look at."""
    def looked(study: Study) -> Evidence:
        return look(study) if study.manuscript else absent("There is no manuscript yet.")
    looked.__doc__ = look.__doc__
    return looked



EVIDENCE: dict[str, Callable[[Study], Evidence]] = {name: _written(look) for name, look in {
    "title": title, "abstract": abstract, "questions": questions, "quotations": resolve, "claims": claims, "theme sections": theme_sections, "overview": overview,
    "ratio": ratio, "spread": spread, "wording": _wording(), "wording: emerge": _wording("themes that emerge"),
    "wording: procedures": _wording("grounded theory words", "agreement as accuracy", "saturation claimed", "validated by participants"),
    "wording: quantity": _wording("quantity words", "percentages of few people"), "wording: generalising": _wording("small samples cannot speak"),
    "wording: first theme": _wording("a first theme that is context"), "sources cited": sources_cited, "context": context, "implications": implications,
    "contrary": contrary, "funding": statement("Funding"), "interests": statement("Interests")}.items()}

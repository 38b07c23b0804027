"""Evidence about the analysis: who coded what and when, what became of codes and themes, what was looked for against them. No count of people stands beside a theme."""

from collections.abc import Callable

import pandas as pd

from ... import __version__, codings, decisions, memos, suggestions, themes
from ...problems import count
from ...study import Study
from .evidence import Evidence, absent, against, present

WORDS = 50  # a rationale of fewer words is a label


def approach(study: Study) -> Evidence:
    """The declared approach."""
    told = study.settings["approach"]
    return present(f"{study.family.capitalize()} thematic analysis, declared on {told['declared_on']} by {told['declared_by']}.")


def rationale(study: Study) -> Evidence:
    """Why this approach."""
    words = len(study.settings["approach"]["rationale"].split())
    return present(f"A rationale of {words} words (study.yaml).") if words >= WORDS else absent(f"The rationale in study.yaml has {words} words; {WORDS} are asked for.")


def orientation(study: Study) -> Evidence:
    """Does the declared orientation contradict itself or the approach?"""
    told = {key: str(value).lower() for key, value in (study.settings["approach"]["orientation"] or {}).items()}
    if not told:
        return absent("study.yaml declares no orientation (inductive or deductive, semantic or latent, ontology).")
    clash = study.family == "reflexive" and any("positivis" in value or value == "realist" for value in told.values())
    words = "Orientation: " + "; ".join(f"{key} {value}" for key, value in told.items())
    return against(f"{words}. This does not go together with a reflexive analysis.") if clash else present(f"{words}.")


def positionality(study: Study) -> Evidence:
    """Statements of where the researchers stand: how many, and since when."""
    found = study.memos[study.memos["kind"] == "positionality"]
    if found.empty:
        return absent("No memo of the kind positionality is kept.")
    first, coded = found["on"].min(), study.given["created"].min()
    words = f"{count(len(found), 'positionality memo')} by {', '.join(sorted(set(found['by'])))}, the first on {first}."
    return against(f"{words} The first coding is older ({coded[:10]}).") if isinstance(coded, str) and coded[:10] < first else present(words)


def reflexivity(study: Study) -> Evidence:
    """Reflexive memos, and how many bear on something that was decided about."""
    found = study.memos[study.memos["kind"] == "reflexive"]
    if found.empty:
        return absent("No reflexive memo is kept.")
    decided = {link for links in study.decisions["about"] if isinstance(links, list) for link in links}
    linked = sum(bool(isinstance(links, list) and decided & set(links)) for links in found["about"])
    return present(f"{count(len(found), 'reflexive memo')}, {found['on'].min()} to {found['on'].max()}; {linked} of them about something that a decision is about, too.")


def memos_kept(study: Study) -> Evidence:
    """Memos by kind."""
    kinds = memos.kinds(study.memos)
    return present("Memos: " + ", ".join(f"{row.memos} {row.kind}" for row in kinds.itertuples()) + ".") if len(kinds) else absent("No memo is kept.")


def familiarisation(study: Study) -> Evidence:
    """Interviews that were read, and noted upon, before coding."""
    table = memos.unread(study.memos, study.reading, study.sources)
    return present(f"{int((table['memos'] > 0).sum())} of {len(table)} interviews have a note of a first reading; {int((table['sittings'] > 0).sum())} are in the reading log.")


def coders(study: Study) -> Evidence:
    """Who coded how many interviews, in which passes."""
    told = [f"{coder}: {count(given['source_id'].nunique(), 'interview')}, {'passes' if given['pass'].nunique() > 1 else 'pass'} "
            f"{', '.join(str(number) for number in sorted(given['pass'].dropna().unique()))}" for coder, given in study.all_codings.groupby("coder_id")]
    note = " Further coders read to talk about it; they show nothing about accuracy." if study.family == "reflexive" and len(told) > 1 else ""
    return present(f"{count(len(told), 'coder')}. {'; '.join(told)}.{note}") if told else absent("Nothing is coded.")


def code_list(study: Study) -> Evidence:
    """The codes, their definitions and what became of them."""
    active = study.codes[~study.codes["status"].isin(["merged", "retired"])]
    gone = study.codes["status"].value_counts()
    return present(f"{count(len(active), 'active code')}, {int(active['definition'].notna().sum())} of them defined; {int(gone.get('merged', 0))} merged and "
                   f"{int(gone.get('retired', 0))} retired, each with a reason (codebook.yaml).") if len(active) else absent("There is no code.")


def origin(study: Study) -> Evidence:
    """Were themes there before coding, or developed from it?"""
    first, created = study.given["created"].min(), sorted(study.themes["created"].dropna())
    if not isinstance(first, str) or not created:
        return absent("It is not recorded when codings or themes were made.")
    before = sum(day < first[:10] for day in created)
    return present(f"First coding {first[:10]}, first theme written down {created[0]}; {before} of {len(created)} themes and subthemes are older than the first coding.")


def software(study: Study) -> Evidence:
    """The software, and what of the analysis it did."""
    proposed = [f" {sentence}." for sentence in suggestions.sentences(study.suggestions)]
    return present(f"sixphase {__version__}; all packages are locked (requirements.lock). It kept, counted and retrieved codings; it proposed no code and no theme.{''.join(proposed)}")


def attention(study: Study) -> Evidence:
    """Codings for each 1,000 words of participants, by interview."""
    table = codings.coverage(study.codings, study.turns)
    dense = table["density"].dropna()
    bare = int((table["codings"] == 0).sum())
    words = f"{dense.min():.1f} to {dense.max():.1f} codings for each 1,000 words of participants, median {dense.median():.1f}." if len(dense) else "Nothing is coded."
    return against(f"{words} {count(bare, 'interview')} without a coding.") if bare else present(words)


def coverage(study: Study) -> Evidence:
    """How much is coded, and how many extracts are behind each theme."""
    behind = _extracts(study).groupby("theme_id").size()
    if behind.empty:
        return absent("No extract is behind a theme.")
    return present(f"{len(study.codings):,} codings in {study.codings['source_id'].nunique()} of {study.counts['interviews']} interviews; "
                   f"{behind.min():,} to {behind.max():,} extracts behind each of {count(len(behind), 'theme')}.")


def review(study: Study) -> Evidence:
    """Extracts judged, transcripts read again, absent participants looked for."""
    acts = themes.standing(study.reviews)
    if acts.empty:
        return absent("No act of review is recorded (reviews.jsonl).")
    kinds = acts["kind"].value_counts()
    judged = int(sum(kinds.get(kind, 0) for kind in ("kept", "moved", "dropped")))
    return present(f"{count(judged, 'verdict')} on extracts; {int(kinds.get('re-read', 0))} readings of whole transcripts again; "
                   f"{int(kinds.get('absent looked for', 0))} searches for who is absent from a theme.")


def negative_cases(study: Study) -> Evidence:
    """Searches for evidence against each theme."""
    tops = themes.tops(study.themes)
    register = themes.negative_cases(study.reviews, tops, study.all_codings)
    searched = register[register["found"] != "not searched yet"]
    without = tops[~tops["theme_id"].isin(searched["theme_id"])]["name"]
    if searched.empty:
        return absent("No search for evidence against a theme is recorded.")
    words = f"{count(len(searched), 'search').replace('searchs', 'searches')} for evidence against {searched['theme_id'].nunique()} of {count(len(tops), 'theme')}; found in {int((searched['found'] == 'found').sum())}."
    return against(f"{words} None against: {'; '.join(without)}.") if len(without) else present(words)


def definitions(study: Study) -> Evidence:
    """Concepts, limits and what is still lacking."""
    tops = themes.tops(study.themes)
    if tops.empty:
        return absent("There is no theme.")
    lacking = themes.gaps(study.themes, study.reviews)
    words = f"{count(len(tops), 'theme')}: {int(tops['concept'].notna().sum())} with a concept, {int(tops['is_not'].notna().sum())} with what does not belong."
    return against(f"{words} Still to look at: {count(len(lacking), 'part')} (notebook 5).") if len(lacking) else present(words)


def levels(study: Study) -> Evidence:
    """Number of themes and subthemes."""
    tops = themes.tops(study.themes)
    below = study.themes[study.themes["parent"].notna() & (study.themes["status"] != "let go")]
    if tops.empty:
        return absent("There is no theme.")
    ask = " More than six themes: are some of them codes?" if len(tops) > 6 else ""
    return present(f"{count(len(tops), 'theme')}, {count(len(below), 'subtheme')}, two levels at most.{ask}")


def overlap(study: Study) -> Evidence:
    """The pair of themes that shares most text."""
    pairs = themes.overlaps(_extracts(study))
    if pairs.empty:
        return absent("There are no two themes to compare.")
    return present(f"The two themes that share most text share {pairs.iloc[0]['jaccard']:.0%} of it.")


def naming(study: Study) -> Evidence:
    """How often names were changed."""
    checks = themes.name_checks(study.themes, themes.guide_headings(study.settings))
    renamed = int((checks["names_before"].fillna("") != "").sum())
    return present(f"{renamed} of {len(checks)} themes and subthemes had another name before (themes.yaml).") if len(checks) else absent("There is no theme.")


def echo(study: Study) -> Evidence:
    """Do themes repeat the topic guide, or name topics?"""
    checks = themes.name_checks(study.themes, themes.guide_headings(study.settings))
    asked = checks[checks["look_at"] != ""]
    if checks.empty:
        return absent("There is no theme.")
    words = "; ".join(asked["name"])
    return against(f"Names to look at again: {words}.") if len(asked) else present("No name of a theme is one word, a topic, or like a question of the guide.")


def maps(study: Study) -> Evidence:
    """The map of themes and how it came about."""
    days = study.moves["created"].str[:10].nunique()
    return present(f"{count(len(study.moves), 'move')} on the board on {count(days, 'day')}; {count(len(study.relations), 'line')} between themes.") if len(
        study.moves) or len(study.relations) else absent("No move on the board and no line of the thematic map is kept.")


def calendar(study: Study) -> Evidence:
    """When each phase was worked in, by the days of its decisions."""
    spans = study.decisions.groupby("phase")["on"].agg(["min", "max", "nunique"])
    if spans.empty:
        return absent("No decision is recorded.")
    coded = study.given["created"].dropna().str[:10].nunique()
    told = "; ".join(f"phase {row.Index}: {row.min} to {row.max}" for row in spans.itertuples())
    return present(f"By the days of decisions: {told}. Coding on {count(coded, 'day')}.")


def backward(study: Study) -> Evidence:
    """Moves back to an earlier phase."""
    back = decisions.backward(study.decisions)
    return present(f"{count(len(back), 'decision')} of {len(study.decisions)} led back to an earlier phase.") if len(back) else absent(
        "No decision led back to an earlier phase; the phases are meant to recur.")


def phase_log(study: Study) -> Evidence:
    """Decisions, passes, themes let go."""
    gone = int((study.themes["status"] == "let go").sum())
    passes = study.codings["pass"].nunique()
    return present(f"{count(len(study.decisions), 'decision')} with reasons, {passes} {'pass' if passes == 1 else 'passes'} of coding, {count(gone, 'theme')} let go."
                   ) if len(study.decisions) else absent("No decision is recorded.")


def practices(study: Study) -> Evidence:
    """What was done for the quality of the analysis, by the records."""
    kinds = set(study.memos["kind"])
    acts = set(themes.standing(study.reviews)["kind"])
    told = {"reflexive journal": "reflexive" in kinds, "audit trail of decisions": len(study.decisions) > 0, "second reader": study.all_codings["coder_id"].nunique() > 1,
            "whole transcripts read again": "re-read" in acts, "search for negative cases": "negative case" in acts or "negative case" in kinds,
            "moves back": len(decisions.backward(study.decisions)) > 0}
    found = [name for name, there in told.items() if there]
    return present(f"In the records: {', '.join(found)}.") if found else absent("The records show none.")


def kinds_of_triangulation(study: Study) -> Evidence:
    """Of what there is more than one."""
    told = {"researchers": study.all_codings["coder_id"].nunique() > 1 or study.sources["interviewers"].explode().nunique() > 1,
            "sources": bool((study.settings["reporting"] or {}).get("other_sources")), "occasions": bool((study.sources["occasion"].fillna(1) > 1).any())}
    return present(f"More than one: {', '.join(name for name, more in told.items() if more) or 'none'}. One only: {', '.join(name for name, more in told.items() if not more) or 'none'}.")


def clash(study: Study) -> Evidence:
    """Does the study use what its approach does not have?"""
    asked = [link for links in study.decisions["about"] if isinstance(links, list) for link in links if str(link).startswith("measure:")]
    early = sum(day < study.given["created"].min()[:10] for day in study.themes["created"].dropna()) if len(study.given) else 0
    found = [f"asked for {link.removeprefix('measure:')}" for link in sorted(set(asked))] + ([f"{count(early, 'theme')} older than the first coding"] if early else [])
    if study.family == "reflexive" and found:
        return against(f"Beyond a reflexive analysis: {'; '.join(found)}.")
    return present("Nothing in the records goes beyond the declared approach." if not found else f"Used as well: {'; '.join(found)}.")


def _extracts(study: Study) -> pd.DataFrame:
    return study.once("extracts of themes", lambda study: themes.extracts(study.theme_codes, study.codings))


def _facts(study: Study) -> Evidence:
    return present(f"{count(len(study.facts), 'dated fact')} about the setting (facts.csv).") if len(study.facts) else absent("No dated facts about the setting are kept (facts.csv).")


def _second_reading(study: Study) -> Evidence:
    told = (study.beside.get("publishing") or {}).get("quotations") or {}
    states = pd.Series([str(entry.get("state")) for entry in told.values() if isinstance(entry, dict)], dtype="str").value_counts()
    return present("A second person read quotations before print: " + ", ".join(f"{states[state]} {state}" for state in sorted(states.index)) + ".") if len(states) else absent(
        "No second person has read the quotations yet (manuscript/publishing.yaml).")


EVIDENCE: dict[str, Callable[[Study], Evidence]] = {
    "approach": approach, "rationale": rationale, "orientation": orientation, "positionality": positionality, "reflexivity": reflexivity, "memos": memos_kept,
    "familiarisation": familiarisation, "coders": coders, "code list": code_list, "origin": origin, "software": software, "attention": attention, "coverage": coverage,
    "review": review, "negative cases": negative_cases, "definitions": definitions, "levels": levels, "overlap": overlap, "naming": naming, "echo": echo, "maps": maps,
    "calendar": calendar, "backward": backward, "phase log": phase_log, "practices": practices, "triangulation": kinds_of_triangulation, "clash": clash, "facts": _facts,
    "second reading": _second_reading}

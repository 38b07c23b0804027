"""The audit trail: what was done, phase by phase, on one page that a reviewer reads in five minutes, and the codebook with its history.

It tells what happened and not what the method says ought to have: every sentence is drawn from a record (sittings, codings, moves on the board, acts of review,
decisions, reviews of quotations), and where there is no record it says so.
"""

import re
from collections.abc import Iterable

import pandas as pd
from markupsafe import escape

from .. import __version__, approaches, codebook, decisions, suggestions, themes
from ..places import ROOT
from ..problems import count
from ..show.results import SYNTHETIC, Page, document
from ..study import Study
from .gate import intruder_log, reviews
from .parts import part

PHASES = ("Familiarisation", "Coding", "Generating initial themes", "Developing and reviewing themes", "Refining, defining and naming themes", "Writing up")
PACKAGES = {"pandas": "pandas", "numpy": "NumPy", "matplotlib": "Matplotlib", "papermill": "papermill", "pypandoc-binary": "pandoc (pypandoc)", "typst": "typst"}
NOTHING = "nothing is on record"
MOST = 10  # entries of a list on the page


def account(study: Study) -> pd.DataFrame:
    """Say what was done in each phase.

    Returns
    -------
    DataFrame, one row a phase
        `phase`; `from`, `to`: days of the first and last record; `who`: ids; `what_happened`: sentences; `decisions`: decisions taken in it; `moved_back`: how many of
        them led back to an earlier phase.
    """
    rows = []
    back = decisions.backward(study.decisions)
    for number, (name, of_phase) in enumerate(zip(PHASES, (_reading, _coding, _board, _reviewing, _defining, _writing), strict=True), start=1):
        acts, said = of_phase(study)
        taken = study.decisions[study.decisions["phase"] == number]
        days = sorted([*acts["on"].dropna(), *taken["on"]])
        who = sorted({str(by) for by in [*acts["by"].dropna(), *taken["by"]]})
        rows.append({"phase": f"{number} {name}", "from": days[0] if days else "", "to": days[-1] if days else "", "who": ", ".join(who), "what_happened": said or NOTHING,
                     "decisions": len(taken), "moved_back": int((back["phase"] == number).sum())})
    return pd.DataFrame(rows)


def codebook_history(study: Study) -> pd.DataFrame:
    """The codebook with what happened to each code.

    Returns
    -------
    DataFrame, in the order of the codebook
        `code_id`, `code`, `definition`, `status`, `merged_into`; `a_priori`: yes where it was set before coding; `history`: day, who, what, why, and what stood there before, oldest first.
    """
    told = study.codes[["code_id", "name", "definition", "status", "merged_into"]].rename(columns={"name": "code"})
    before = study.codes["a_priori"].fillna(False).map({True: "yes", False: ""})
    return told.assign(a_priori=before, history=[[_entry(entry) for entry in _listed(entries)] for entries in study.codes["history"]])


def _entry(entry: dict) -> str:
    was = entry.get("was") if isinstance(entry.get("was"), dict) else {}
    before = "; ".join(f"{column.replace('_', ' ')}: {value}" for column, value in was.items() if value)
    return f"{entry.get('on')} {entry.get('by')}: {entry.get('what')} ({entry.get('because')})" + (f"; before it, {before}" if before else "")


def software(study: Study) -> list[str]:
    """The software statement: programs with their locked versions, seeds, and what became of every suggestion of a program."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions = [f"{named} {found[1]}" for name, named in PACKAGES.items() if (found := re.search(rf"^{re.escape(name)}==([\w.]+)", lock, re.M))]
    return [f"The analysis was kept and worked out with sixphase {__version__}, in an environment locked by hash: {', '.join(versions)}.",
            "It made no code, coding or theme. It counted, retrieved, compared and checked.", *_suggestions(study),
            "Chance: one seed, a parameter of notebook 4, for the order in which extracts of a theme are read; no number depends on it."]


def _suggestions(study: Study) -> list[str]:
    """What programs proposed, and what people did with it: codings from elsewhere, and written forms of names from our own lists."""
    said = [f"{sentence}." for sentence in suggestions.sentences(study.suggestions)]
    said += [f"On {row.on} sixphase listed written forms that could say who somebody is; {row.by} decided about each: {count(sum(row.entities.values()), 'name')} replaced, {row.kept} forms kept, {row.undecided} not decided."
             for row in study.pseudonymisations.itertuples()]
    return said or ["Suggestions of a program that were used: none."]


def audit_trail(study: Study) -> Page:
    """The one page: the phases, the course of the analysis as a figure, moves back, what was let go, second readers, and the software."""
    approach, label = study.settings["approach"], SYNTHETIC if study.settings["synthetic"] else ""
    back = decisions.backward(study.decisions).sort_values(["on", "decision_id"], kind="stable")
    course = part(study, "figure:course")
    body = [f"<h1>How this analysis was done</h1>\n<p>{escape(study.settings['title'])}.</p>", f'<p class="label">{label}</p>' if label else "",
            f"<p>{escape(study.family.capitalize())} thematic analysis, declared on {approach['declared_on']} by {escape(approach['declared_by'])}. A theme is {escape(approaches.shows(study.family, 'what a theme is'))}. "
            f"{count(study.counts['participants'], 'participant')} gave {count(study.counts['interviews'], 'interview')}. Everything below is drawn from dated records of the study.</p>",
            "<h2>What happened, phase by phase</h2>", _phases(account(study)), f"<figure>{course.svg()}</figure>",
            f"<h2>Moves back: {len(back)} of {count(len(study.decisions), 'decision')}</h2>",
            _list(f"{row.on}, from phase {row.phase} to phase {row.back_to}: {row.what}. Why: {row.because}" for row in back.itertuples()),
            "<h2>What was let go, merged or retired</h2>", _list(_let_go(study)), *_codebook(study), "<h2>Other eyes</h2>", _list(_other_eyes(study)),
            "<h2>Software</h2>", _list(software(study)), f'<p class="label">{label}</p>' if label else ""]
    return Page(document(f"How {study.name} was analysed", "\n".join(body)), f"The audit trail of {study.name}: what was done, phase by phase.", whole=True)


def _reading(study: Study) -> tuple[pd.DataFrame, str]:
    read, minutes = study.reading, int(study.reading["minutes"].sum())
    first = study.memos[study.memos["kind"] == "familiarisation"]
    said = f"{count(len(read), 'sitting')} with {read['source_id'].nunique()} of {count(study.counts['interviews'], 'interview')}, {minutes:,} minutes in all; " \
           f"{count(len(first), 'memo')} of familiarisation" if len(read) or len(first) else ""
    return pd.concat([read[["on", "by"]], first[["on", "by"]]]), said


def _coding(study: Study) -> tuple[pd.DataFrame, str]:
    given = study.all_codings
    said = [f"{coder}: {count(len(found), 'coding')} that stand, in {count(found['source_id'].nunique(), 'interview')}, {count(found['pass'].nunique(), 'time')} through"
            for coder, found in given.groupby("coder_id")]
    states = study.codes["status"].fillna("active").value_counts()
    said += [f"{count(len(study.codes), 'code')} in all, {int(states.get('merged', 0))} merged, {int(states.get('retired', 0))} retired"] if len(study.codes) else []
    return pd.DataFrame({"on": given["created"].str[:10], "by": given["coder_id"]}), "; ".join(said)


def _board(study: Study) -> tuple[pd.DataFrame, str]:
    kinds = study.moves["kind"].value_counts()
    said = "; ".join(f"{kind}: {number} times" if number > 1 else f"{kind}: once" for kind, number in sorted(kinds.items()))
    return pd.DataFrame({"on": study.moves["created"].str[:10], "by": study.moves["by"]}), f"moves on the theme board: {said}" if said else ""


def _reviewing(study: Study) -> tuple[pd.DataFrame, str]:
    acts = themes.standing(study.reviews) if len(study.reviews) else study.reviews
    said = "; ".join(f"{kind}: {number}" for kind, number in sorted(acts["kind"].value_counts().items()))
    return pd.DataFrame({"on": acts["created"].str[:10], "by": acts["by"]}), f"acts of review by kind: {said}" if said else ""


def _defining(study: Study) -> tuple[pd.DataFrame, str]:
    entries = [entry for history in study.themes["history"] for entry in _listed(history)]
    kept = study.themes[study.themes["status"] != "let go"]
    final = int((kept["status"] == "final").sum())
    said = f"{count(len(themes.tops(study.themes)), 'theme')} with {count(int(kept['parent'].notna().sum()), 'subtheme')}, {final} of them final" if len(kept) else ""
    return pd.DataFrame([{"on": str(entry.get("on")), "by": entry.get("by")} for entry in entries], columns=["on", "by"]), said


def _writing(study: Study) -> tuple[pd.DataFrame, str]:
    seen, tried = reviews(study), intruder_log(study)
    said = [f"{count(study.manuscript.count('(quote:'), 'quotation')} in the manuscript"] if study.manuscript else []
    said += [f"{count(len(seen), 'quotation')} read by a second person"] if len(seen) else []
    said += [f"{count(len(tried), 'attempt')} to recognise somebody"] if len(tried) else []
    acts = pd.concat([seen[["on", "by"]], tried[["on", "by"]]])
    return acts.assign(on=acts["on"].astype("str")), "; ".join(said)


def _let_go(study: Study) -> Iterable[str]:
    for theme in study.themes[study.themes["status"] == "let go"].itertuples():
        yield f"theme “{theme.name}” was let go: {theme.because}"
    for code in study.codes[study.codes["status"].isin(["merged", "retired"])].itertuples():
        into = f" into “{code.merged_into}”" if isinstance(code.merged_into, str) else ""
        yield f"code “{code.name}” was {code.status}{into}: {code.because}"


def _codebook(study: Study) -> list[str]:
    """The versions of the codebook, and whether it was held stable; nothing where the family works without versions."""
    if approaches.shows(study.family, "versioned codebook") != "shown":
        return []
    hold = codebook.held(study.decisions)
    books = codebook.versions(study.codes, study.decisions, codebook.version_days(study.codes, study.decisions))
    told = [f"{book.version}, {book.on}: {count(book.codes, 'code')} on {count(book.levels, 'level')}; {book.inserted} inserted, {book.deleted} deleted or merged, {book.re_levelled} re-levelled, "
            f"{book.re_scoped} re-scoped, {book.renamed} renamed" + (f"; held stable by {book.held_stable}" if book.held_stable else "") for book in books.itertuples()]
    before = study.codes[study.codes["a_priori"].fillna(False)]
    told += [f"{count(len(before), 'code')} of {len(study.codes)} set before coding; {int(before['status'].isin(['merged', 'retired']).sum())} of these merged or retired since"] if len(before) else []
    told += [f"{row.code_id} changed on {row.on}, after the codebook was held stable: {row.what}" for row in codebook.changed_since(study.codes, hold).itertuples()]
    return ["<h2>Versions of the codebook</h2>", _list(told + ([] if hold else ["nobody held the codebook stable"]))]


def _other_eyes(study: Study) -> Iterable[str]:
    leading = set(study.settings["analysis_by"] or study.settings["coders"])
    for coder, found in study.all_codings[~study.all_codings["coder_id"].isin(leading)].groupby("coder_id"):
        yield f"{coder} coded {count(found['source_id'].nunique(), 'interview')} of {study.counts['interviews']} a second time; the two codings were laid side by side, and the analysis rests on {', '.join(sorted(leading))}"
    for by, found in reviews(study).groupby("by"):
        states = "; ".join(f"{state}: {number}" for state, number in sorted(found["state"].value_counts().items()))
        yield f"{by} read {count(len(found), 'quotation')} of the manuscript for what could give somebody away ({states})"
    for row in intruder_log(study).itertuples():
        yield f"{row.by} tried for {row.minutes} minutes to recognise somebody ({row.on}), with {row.used}; found: {row.found}"


def _phases(table: pd.DataFrame) -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{name}</th>' for name in ("phase", "days", "who", "what happened", "decisions", "that led back"))
    rows = [f'<tr><th scope="row" style="text-align:left">{escape(row.phase)}</th><td style="white-space:nowrap">{row[2]}{f" to<br>{row.to}" if row.to != row[2] else ""}</td><td>{escape(row.who)}</td>'
            f"<td>{escape(row.what_happened)}</td><td>{row.decisions}</td><td>{row.moved_back}</td></tr>" for row in table.itertuples()]
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def _list(lines: Iterable[str]) -> str:
    told = list(lines)
    more = [f"… and {len(told) - MOST} more, in the tables of the study"] if len(told) > MOST else []
    return "<ul>\n" + "\n".join(f"<li>{escape(line)}</li>" for line in [*told[:MOST], *more] or [NOTHING]) + "\n</ul>"


def _listed(entries: object) -> list[dict]:
    return entries if isinstance(entries, list) else []

"""One study: its tables together, and whether they agree.

Reading is done by `files.open_study`; here nothing is opened. What follows from the stored tables (turns, whose words
a coding marks) is worked out once, when the study is made.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pandas as pd

from . import approaches, cases, codebook, codings, themes, transcripts
from .problems import Problem, count, nearest, shown
from .tables import CARDS, DEFINITIONS, DIMENSIONS, FACTS, MOVES, POWER, PSEUDONYMS, RELATIONS, REVIEWS, SUGGESTIONS, SUMMARIES, empty

Made = TypeVar("Made")


@dataclass
class Study:
    """The tables of one study. See `tables.py` for their columns.

    Attributes
    ----------
    folder : Path
        Where it lies.
    settings : dict
        study.yaml, as `tables.STUDY` states it.
    sources, participants, codes, themes, relations, memos, decisions, reviews, moves, facts, reading, imports, pseudonymisations, power, dimensions, cards, summaries, definitions : DataFrame
        The stored tables.
    given : DataFrame
        `tables.CODINGS` as they were given, by all coders; `codings` and `all_codings` have merged codes brought up to date.
    texts : dict
        Canonical transcript by source, in the order of `sources`.
    manuscript : str
        The author's manuscript in Markdown; "" when there is none yet.
    replaced : dict
        For each coding that was changed, the id of the one that took its place.
    suggestions : DataFrame
        `tables.SUGGESTIONS`: what became of codings that other programs proposed.
    beside : dict
        What lies beside it: `references` (CSL JSON) and `publishing` (the journal, role-holders in the case, reviews of quotations).
    withdrawn : dict
        The day on which each who withdrew did so, by participant. Nothing else of theirs is here, once `withdrawals` has left them out.
    left : dict
        For each coding that left with them, whose it was.
    blanked : dict
        For each interview in which their words are blank here, the SHA-256 of its transcript as it lies on the disk.
    """

    folder: Path
    settings: dict
    sources: pd.DataFrame
    participants: pd.DataFrame
    texts: dict[str, str]
    given: pd.DataFrame
    codes: pd.DataFrame
    themes: pd.DataFrame
    memos: pd.DataFrame
    decisions: pd.DataFrame
    reading: pd.DataFrame
    imports: pd.DataFrame
    manuscript: str = field(default="", repr=False)
    lines: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)
    relations: pd.DataFrame = field(default_factory=lambda: empty(RELATIONS), repr=False)
    reviews: pd.DataFrame = field(default_factory=lambda: empty(REVIEWS), repr=False)
    moves: pd.DataFrame = field(default_factory=lambda: empty(MOVES), repr=False)
    facts: pd.DataFrame = field(default_factory=lambda: empty(FACTS), repr=False)
    replaced: dict[str, str] = field(default_factory=dict, repr=False)
    beside: dict = field(default_factory=dict, repr=False)
    pseudonymisations: pd.DataFrame = field(default_factory=lambda: empty(PSEUDONYMS), repr=False)
    power: pd.DataFrame = field(default_factory=lambda: empty(POWER), repr=False)
    dimensions: pd.DataFrame = field(default_factory=lambda: empty(DIMENSIONS), repr=False)
    cards: pd.DataFrame = field(default_factory=lambda: empty(CARDS), repr=False)
    summaries: pd.DataFrame = field(default_factory=lambda: empty(SUMMARIES), repr=False)
    definitions: pd.DataFrame = field(default_factory=lambda: empty(DEFINITIONS), repr=False)
    suggestions: pd.DataFrame = field(default_factory=lambda: empty(SUGGESTIONS), repr=False)
    withdrawn: dict[str, str] = field(default_factory=dict, repr=False)
    left: dict[str, str] = field(default_factory=dict, repr=False)
    blanked: dict[str, str] = field(default_factory=dict, repr=False)
    _once: dict = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self):
        # A shortlist names a coding by the id it had then; what became of that coding is what is meant.
        named = [[{**extract, "coding": self.standing(extract.get("coding"))} for extract in listed] if isinstance(listed, list) else listed
                 for listed in self.themes["extracts"]]
        self.themes["extracts"] = pd.Series(named, index=self.themes.index, dtype="object")  # where there is no theme yet, too
        for acts in (self.reviews, self.dimensions, self.cards):
            if len(acts):
                acts["coding_id"] = acts["coding_id"].map(self.standing, na_action="ignore").astype("str")

    def standing(self, coding_id: str) -> str:
        """The id under which a coding stands now: its own, or that of the last change of it."""
        seen = set()
        while coding_id in self.replaced and coding_id not in seen:
            seen.add(coding_id)
            coding_id = self.replaced[coding_id]
        return coding_id

    def once(self, name: str, work: Callable[["Study"], Made]) -> Made:
        """What `work` makes of this study: worked out when it is first asked for by this name. Nobody may change the result."""
        if name not in self._once:
            self._once[name] = work(self)
        return self._once[name]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def family(self) -> str:
        """The declared family of thematic analysis."""
        return self.settings["approach"]["family"]

    @property
    def group_by(self) -> str | None:
        """The attribute that tells role groups apart, if the study names one."""
        return self.settings["group_by"]

    @cached_property
    def turns(self) -> pd.DataFrame:
        """`tables.TURNS` of all transcripts."""
        return transcripts.turns(self.texts, self.sources)

    @cached_property
    def all_codings(self) -> pd.DataFrame:
        """Codings that stand, of all coders, by the code that now stands for theirs, with `given`, `participant_id`, `turn` and `text_line`."""
        return codings.with_participants(codebook.current(self.given, self.codes), self.turns)

    @cached_property
    def codings(self) -> pd.DataFrame:
        """The codings the analysis rests on: those of the coders in `analysis_by`, or of all."""
        chosen = self.settings["analysis_by"]
        return self.all_codings[self.all_codings["coder_id"].isin(chosen)].reset_index(drop=True) if chosen else self.all_codings

    @cached_property
    def theme_codes(self) -> pd.DataFrame:
        """`tables.THEME_CODES` of the themes that were not let go."""
        return themes.theme_codes(self.themes)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Participants, interviews and participant words, and what was made of them: each its own unit."""
        people = cases.attendance(self.sources)["participant_id"].nunique()
        return {"participants": people, "interviews": len(self.sources), "participant words": int(
            self.turns.loc[self.turns["participant_id"].notna(), "words"].sum()), "codings": len(self.codings),
            "codes": int((~self.codes["status"].isin(["merged", "retired"])).sum()), "themes": len(themes.tops(self.themes)),
            "memos": len(self.memos), "decisions": len(self.decisions)}

    def __repr__(self) -> str:
        label = " SYNTHETIC – not research data." if self.settings["synthetic"] else ""
        said = ", ".join(count(number, unit.removesuffix("s")) for unit, number in self.counts.items())
        return f"{self.settings['title']}.{label} {self.family.capitalize()} approach. {said}."


def disagreements(study: Study) -> list[Problem]:
    """List where the tables of a study do not agree with each other."""
    problems: list[Problem] = []
    for check in (_participants_known, _labels_known, _speakers_all_found, _codes_known, _merges_end, _parents_known, _themes_known, _themes_after_coding,
                  _settings_known, _links_known, _acts_known, _sorted_known, _charted_known, _relations_known, _patterns_read, _transcripts_unchanged):
        check(study, problems.append)
    return problems


Report = Callable[[Problem], None]


def _participants_known(study: Study, report: Report) -> None:
    known = set(study.participants["participant_id"])
    for source in study.sources.itertuples():
        for person in sorted(set(source.participants) - known):
            report(Problem("sources.csv", study.lines["sources"][source.source_id], f"no participant {shown(person)} in participants.csv", do=nearest(person, known)))
    seen = study.sources["participants"].explode()
    for person in sorted(known - set(seen)):
        report(Problem("participants.csv", study.lines["participants"][person], f"{person} has no interview in sources.csv",
                       do="add the interview, or delete the row"))


def _labels_known(study: Study, report: Report) -> None:
    known = study.settings["interviewers"] or {}
    for source in study.sources.itertuples():
        for label in source.interviewers or []:
            if label not in known:
                report(Problem("sources.csv", study.lines["sources"][source.source_id], f"no interviewer {shown(label)} in study.yaml", do=nearest(label, known)))


def _speakers_all_found(study: Study, report: Report) -> None:
    spoken = study.turns.groupby("source_id")["speaker"].agg(set).to_dict()
    for source in study.sources.itertuples():
        for person in source.participants:
            if source.source_id in study.texts and person not in spoken.get(source.source_id, set()):
                report(Problem(source.file, None, f"{person} never speaks", f"at least one line that begins “{person}: ”",
                               do="check the speaker labels, or the participants of this source in sources.csv"))


def _codes_known(study: Study, report: Report) -> None:
    known = set(study.codes["code_id"])
    for coding in study.given[~study.given["code_id"].isin(known)].itertuples():
        report(Problem(f"codings/{coding.source_id}.{coding.coder_id}.jsonl", coding.line, f"no code {shown(coding.code_id)} in codebook.yaml",
                       do=nearest(coding.code_id, known) + " A code in use is merged or retired, never deleted."))


def _merges_end(study: Study, report: Report) -> None:
    known = set(study.codes["code_id"])
    for code in study.codes.itertuples():
        line = study.lines["codes"][code.code_id]
        if code.status == "merged" and pd.isna(code.merged_into):
            report(Problem("codebook.yaml", line, f"{code.code_id} is merged, but merged_into is missing"))
        if pd.notna(code.merged_into) and code.merged_into not in known:
            report(Problem("codebook.yaml", line, f"{code.code_id} is merged into {shown(code.merged_into)}, which is no code", do=nearest(code.merged_into, known)))
        if code.status in ("merged", "retired") and pd.isna(code.because):
            report(Problem("codebook.yaml", line, f"{code.code_id} is {code.status} without a reason", do="say why in because"))
    try:
        codebook.became(study.codes)
    except ValueError as circle:
        report(Problem("codebook.yaml", None, str(circle), do="take one merged_into away"))


def _parents_known(study: Study, report: Report) -> None:
    for file, table, key in (("codebook.yaml", study.codes, "code_id"), ("themes.yaml", study.themes, "theme_id")):
        lines = study.lines["codes" if key == "code_id" else "themes"]
        known = set(table[key])
        for row, parent in table.dropna(subset="parent")[[key, "parent"]].itertuples(index=False):
            if parent not in known or parent == row:
                report(Problem(file, lines[row], f"{row} has the parent {shown(parent)}, which is no other entry here", do=nearest(parent, known - {row})))
    nested = study.themes[study.themes["parent"].isin(study.themes.dropna(subset="parent")["theme_id"])]
    for theme_id in nested["theme_id"]:
        report(Problem("themes.yaml", study.lines["themes"][theme_id], f"{theme_id} is a subtheme of a subtheme", "two levels at most"))


def _themes_known(study: Study, report: Report) -> None:
    codes, given = set(study.codes["code_id"]), set(study.given["coding_id"])
    for theme in study.themes.itertuples():
        line = study.lines["themes"][theme.theme_id]
        for code_id in sorted(set(theme.codes or []) - codes):
            report(Problem("themes.yaml", line, f"{theme.theme_id}: no code {shown(code_id)} in codebook.yaml", do=nearest(code_id, codes)))
        for extract in theme.extracts or []:
            if extract.get("coding") not in given:
                report(Problem("themes.yaml", line, f"{theme.theme_id}: its extract {shown(extract.get('coding'))} is no coding that stands"))
        if theme.status == "let go" and pd.isna(theme.because):
            report(Problem("themes.yaml", line, f"{theme.theme_id} was let go without a reason", do="say why in because"))


def _themes_after_coding(study: Study, report: Report) -> None:
    """In a reflexive study themes are developed from coding, so none is older than the first coding."""
    if approaches.shows(study.family, "themes before coding") == "shown" or study.themes.empty:
        return
    first = study.given["created"].min()[:10] if len(study.given) else "9999"
    for theme in study.themes[study.themes["created"].fillna(first) < first].itertuples():
        report(Problem("themes.yaml", study.lines["themes"][theme.theme_id], f"{theme.theme_id} was written down before anything was coded",
                       "in a reflexive study, themes that are developed from coding", f"created {theme.created}; " + (
                           "nothing is coded yet" if study.given.empty else f"the first coding is of {first}"),
                       "code first and keep the idea in a memo, or declare the approach you follow in study.yaml; where codings were made earlier and brought in later, take created out"))


def _settings_known(study: Study, report: Report) -> None:
    columns = list(study.participants.columns)
    by = study.group_by
    if by and by not in columns:
        report(Problem("study.yaml", None, f"group_by names {shown(by)}, which is no column of participants.csv", do=nearest(by, columns)))
    for coder in study.settings["analysis_by"] or []:
        if coder not in study.settings["coders"]:
            report(Problem("study.yaml", None, f"analysis_by names {shown(coder)}, who is not among the coders", do=nearest(coder, study.settings["coders"])))
    approach = study.settings["approach"]
    if approach["changed_from"]:
        if not approach["change_reason"]:
            report(Problem("study.yaml", None, f"approach: changed from {approach['changed_from']} without a reason", do="say why in change_reason"))
        written = study.memos[study.memos["kind"] == "method"]["on"]
        if approach["declared_on"] not in set(written):
            report(Problem("study.yaml", None, f"approach: changed from {approach['changed_from']} on {approach['declared_on']}, and no memo tells of it",
                           "a memo of the kind method of that day", do=f"write memos/{approach['declared_on']}-approach.md: what changed, and what it means for what was done before"))
    for name in study.settings["attributes"] or {}:
        if name not in columns:
            report(Problem("study.yaml", None, f"attributes names {shown(name)}, which is no column of participants.csv", do=nearest(name, columns)))


def _links_known(study: Study, report: Report) -> None:
    known = {f"source:{k}" for k in study.texts} | {f"code:{k}" for k in study.codes["code_id"]} | {f"theme:{k}" for k in study.themes["theme_id"]}
    known |= {f"measure:{name}" for name in approaches.MEASURES}
    known |= {f"participant:{k}" for k in study.participants["participant_id"]} | set(study.given["coding_id"]) | set(study.replaced) | {f"memo:{k}" for k in study.memos["memo_id"]}
    for memo in study.memos.itertuples():
        for link in memo.about or []:
            if link not in known and not _passage_known(study, link):
                report(Problem(f"memos/{memo.memo_id}.md", 2, f"about {shown(link)}, which is not in this study", do=nearest(link, known)))
    for decision in study.decisions.itertuples():
        for link in decision.about or []:
            if link not in known and not re.fullmatch(rf"{codebook.HELD}|codebook:[0-9a-f]{{16}}", link):
                report(Problem("decisions.jsonl", decision.Index + 1, f"about {shown(link)}, which is not in this study", do=nearest(link, known)))
    for sitting in study.reading[~study.reading["source_id"].isin(study.texts)].itertuples():
        report(Problem("reading.jsonl", sitting.Index + 1, f"no source {shown(sitting.source_id)}", do=nearest(sitting.source_id, study.texts)))


def _passage_known(study: Study, link: str) -> bool:
    """Whether a link is to a passage, source:x:start-end, that lies in its transcript."""
    found = re.fullmatch(r"source:([\w-]+):(\d+)-(\d+)", link)
    return bool(found) and int(found[2]) < int(found[3]) <= len(study.texts.get(found[1], ""))


def _acts_known(study: Study, report: Report) -> None:
    """Reviews, moves on the board and changes of definition cards name themes, codes, sources and participants that there are, and say what their kind needs."""
    known = {"theme_id": set(study.themes["theme_id"]), "code_id": set(study.codes["code_id"]), "source_id": set(study.texts),
             "participant_id": set(study.participants["participant_id"])}
    known |= {"from_theme": known["theme_id"], "to_theme": known["theme_id"], "parent": known["theme_id"]}
    for table, acts, needs in ((REVIEWS, study.reviews, themes.REVIEW_NEEDS), (MOVES, study.moves, themes.MOVE_NEEDS), (DEFINITIONS, study.definitions, {})):
        for act in acts.to_dict("records"):
            where = f"{act.get('kind') or act['part']}, {act[table.key]}"
            for column in sorted(known.keys() & act.keys()):
                if pd.notna(act[column]) and act[column] not in known[column]:
                    report(Problem(table.file, None, f"{where}: no {column.split('_')[0]} {shown(act[column])}", do=nearest(act[column], known[column])))
            for column in themes.missing(act, needs):
                report(Problem(table.file, None, f"{where}: {column} is missing", f"{table[column].meaning}"))


def _sorted_known(study: Study, report: Report) -> None:
    """Sorted cards and dimensions name codings and themes that there are."""
    given, known = set(study.given["coding_id"]), {*study.themes["theme_id"], "none"}
    for table, acts in ((DIMENSIONS, study.dimensions), (CARDS, study.cards)):
        for act in acts.to_dict("records"):
            if act["coding_id"] not in given:
                report(Problem(table.file, None, f"{act[table.key]}: {shown(act['coding_id'])} is no coding that stands"))
            for theme_id in sorted(set(act.get("into") or []) - known):
                report(Problem(table.file, None, f"{act[table.key]}: no theme {shown(theme_id)}", do=nearest(theme_id, known)))


def _charted_known(study: Study, report: Report) -> None:
    """Cells of the matrix stand in a row and a column that there are, and a sentence says what it says and what it rests on."""
    people = study.sources.set_index("source_id")["participants"].to_dict()
    for cell in study.summaries.itertuples():
        if cell.participant_id not in people.get(cell.source_id, ()):
            report(Problem(SUMMARIES.file, None, f"{cell.summary_id}: {shown(cell.participant_id)} does not speak in {shown(cell.source_id)}"))
        if cell.theme_id not in set(study.themes["theme_id"]):
            report(Problem(SUMMARIES.file, None, f"{cell.summary_id}: no theme {shown(cell.theme_id)}", do=nearest(cell.theme_id, study.themes["theme_id"])))
        for sentence in cell.sentences or []:
            if not isinstance(sentence.get("says"), str) or not isinstance(sentence.get("codings"), list):
                report(Problem(SUMMARIES.file, None, f"{cell.summary_id}: {shown(str(sentence))} is no sentence with its codings", "{says: …, codings: [ids]}"))


def _relations_known(study: Study, report: Report) -> None:
    known = {*study.themes["theme_id"], *study.codes["code_id"]}
    for relation in study.relations.to_dict("records"):
        for end in ("from", "to"):
            if relation[end] not in known:
                report(Problem("themes.yaml", None, f"relations: no theme or code {shown(relation[end])}", do=nearest(relation[end], known)))


def _patterns_read(study: Study, report: Report) -> None:
    for fact in study.facts.itertuples():
        try:
            re.compile(fact.pattern)
        except re.error as error:
            report(Problem("facts.csv", None, f"{fact.fact_id}: {shown(fact.pattern)} is no pattern that can be looked for ({error})"))


def _transcripts_unchanged(study: Study, report: Report) -> None:
    latest = study.imports.drop_duplicates("source_id", keep="last").set_index("source_id")["canonical_sha256"]
    seen = study.given.dropna(subset="source_sha256").groupby("source_id")["source_sha256"].agg(set)
    files = study.sources.set_index("source_id")["file"]
    for source_id, text in study.texts.items():
        digest = transcripts.sha256(text)
        after = ["it was imported"] if latest.get(source_id, digest) != digest else []
        after += ["it was coded, though no coded word moved"] if seen.get(source_id, {digest}) != {digest} else []
        if after:
            report(Problem(files[source_id], None, f"the transcript was changed after {' and '.join(after)}",
                           do="put it back as it was (git shows what changed): line numbers and counts rest on it"))


def unfinished_final(study: Study) -> list[Problem]:
    """What themes lack that are called final: each part only a person can write, and a search for evidence against it."""
    final = set(study.themes.loc[(study.themes["status"] == "final") & study.themes["parent"].isna(), "theme_id"])
    return [Problem("themes.yaml", study.lines.get("themes", {}).get(gap.theme_id), f"{gap.theme_id} is called final, but {gap.look_at}",
                    do=f"{gap.do} Or call the theme a candidate until then") for gap in themes.gaps(study.themes, study.reviews).itertuples() if gap.theme_id in final]


def changed_though_held(study: Study) -> list[Problem]:
    """What changed in the codebook after it was held stable, code by code."""
    hold = codebook.held(study.decisions)
    since = codebook.changed_since(study.codes, hold)
    lines = study.lines.get("codes", {})
    problems = [Problem("codebook.yaml", lines.get(row.code_id), f"{row.code_id}: {row.what} on {row.on}, after the codebook was held stable on {hold.on} by {hold.by}",
                        do="take the change back; or hold the codebook stable anew (files.append_hold) and go through the interviews with it") for row in since.itertuples()]
    if not problems and hold and codebook.changed_by_hand(codebook.as_of(study.codes, hold.on), hold):
        problems.append(Problem("codebook.yaml", None, f"it says otherwise than when {hold.by} held it stable on {hold.on}, and its history tells of no change since",
                                "the codebook as it was, or an entry in the history of each code that changed", do="if only names were replaced in it, hold it stable anew (files.append_hold)"))
    return problems

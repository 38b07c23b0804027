"""References from a manuscript into its study: numbers by name, quotations by coding, tables and figures by name.

In the text, `{participants}` is a number of the study, `{theme:permission interviews}` one of a theme, and
`{theme:permission interviews of all}` the same with its denominator and unit: “6 of 28 interviews”;
`{themes in words}` is “four”. `[](quote:urn:uuid:…)` is a quotation, the
words of that coding; between the brackets an author may show it with edits (`quoting`). On a line of its own it is set
apart, within a sentence it stands in quotation marks. `[](table:participants)` and `[](figure:course)` place a table and a figure, and
`{table:participants}` refers to it: “Table 1”. Nothing is typed by hand that the study can say, so nothing in it can go stale.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from .. import approaches, cases, decisions, quotations, themes
from ..problems import Problem, nearest, shown
from ..study import Study
from .gate import attributions, refusals, reviews, without_place
from .parts import COUNTS_BESIDE_THEMES, PARTS
from .passages import QUOTE, claim
from .quoting import NotSaid, Piece, pieces
from .typed import WORDS, contradictions

FILE = "manuscript/manuscript.md"
NUMBER = r"\{(?:(?P<kind>theme|code):(?P<key>[\w-]+) )?(?P<unit>[a-z][a-z ]*)\}"
PLACE = r"\[\]\((?P<placed>table|figure):(?P<name>[\w-]+)\)"
MENTION = r"\{(?P<part>table|figure):(?P<of>[\w-]+)\}"
REFERENCE = re.compile("|".join([MENTION, NUMBER, QUOTE, PLACE]))
CITED = re.compile(r"(?<![\w/\\])@([A-Za-z][\w-]*)")
STOPPED = ("coarsen", "paraphrase", "withhold")
UNITS = ("participants", "interviews", "extracts")
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Quotation:
    """A quotation of the manuscript: its coding, what of it is printed, by whom it is said to be, and where a reader finds it."""

    coding_id: str
    pieces: list[Piece]
    by: str
    where: str  # "" where the interview would tell that somebody was interviewed more than once, and too few were
    link: str  # to its place in the transcripts; "" when the transcript may not be shown
    line: int
    apart: bool


@dataclass
class Resolved:
    """A manuscript with its references resolved: Markdown in which `[](quote:0)` stands for the first of `quotations`."""

    text: str
    quotations: list[Quotation] = field(default_factory=list)
    placed: dict[str, int] = field(default_factory=dict)  # “table:participants” to its number
    problems: list[Problem] = field(default_factory=list)


def day(date: str) -> str:
    """A day as a reader writes it: “8 June 2023”."""
    return f"{int(date[8:10])} {MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def in_words(number: str) -> str:
    """A whole number below a hundred in words: “four”, “twenty-three”; any other as it is."""
    words = {value: word for word, value in reversed(WORDS.items()) if " " not in word}
    return words.get(int(number), number) if number.isdigit() else number


def numbers(study: Study) -> dict[str, str]:
    """Every number of the study that a manuscript may name, as it is printed."""
    dates = sorted(study.sources["date"].dropna())
    minutes = study.sources["minutes"].dropna()
    named = {**study.counts, "second interviews": int((study.sources["occasion"].fillna(1) > 1).sum()), "coders": study.all_codings["coder_id"].nunique(),
             "passes": study.codings["pass"].nunique(), "moves back": len(decisions.backward(study.decisions)),
             "themes let go": int((study.themes["status"] == "let go").sum()),
             "double coded interviews": int((study.all_codings.groupby("source_id")["coder_id"].nunique() > 1).sum()),
             "shortest interview": int(minutes.min()) if len(minutes) else 0, "longest interview": int(minutes.max()) if len(minutes) else 0}
    return {name: f"{value:,}" for name, value in named.items()} | {"first day": day(dates[0]) if dates else "", "last day": day(dates[-1]) if dates else ""}


def of_parts(study: Study) -> dict[tuple[str, str], dict[str, str]]:
    """Participants, interviews and extracts of each theme, subtheme and code, by (“theme” or “code”, id); “… of all” has the denominator with it."""
    groups = cases.group_of(study.participants, None)
    found: dict[tuple[str, str], dict[str, str]] = {}

    def told(key: tuple[str, str], values: dict[str, int]) -> None:
        totals = {unit: study.counts[unit] for unit in ("participants", "interviews")}
        found[key] = {unit: f"{n:,}" for unit, n in values.items()} | {f"{unit} of all": f"{values[unit]:,} of {total:,} {unit}" for unit, total in totals.items()}

    own = study.theme_codes.assign(theme_id=study.theme_codes["subtheme_id"]).dropna(subset="theme_id")
    for pairs in (study.theme_codes, own):
        for row in themes.distribution(themes.extracts(pairs, study.codings), groups).itertuples():
            told(("theme", row.theme_id), {unit: getattr(row, unit) for unit in UNITS})
    for code_id, given in study.codings.groupby("code_id"):
        told(("code", code_id), {"participants": given["participant_id"].nunique(), "interviews": given["source_id"].nunique(), "extracts": len(given)})
    return found


def resolved(study: Study) -> Resolved:
    """Put what each reference of the manuscript means in its place.

    Returns
    -------
    Resolved
        Its `problems` list, each with its line, what means nothing, may not be printed, was not said, or contradicts the study.
    """
    return study.once("resolved references", _resolved)


def _resolved(study: Study) -> Resolved:
    text = study.manuscript
    made = Resolved("", problems=contradictions(text, study.counts) + _uncited(study) + refusals(study))
    for place in re.finditer(PLACE, text):
        named = f"{place['placed']}:{place['name']}"
        made.placed.setdefault(named, 1 + sum(other.startswith(place["placed"]) for other in made.placed))
    reader = _Reader(study, made)
    made.text = REFERENCE.sub(reader.read, text)
    return made


class _Reader:
    """Reads one reference after the other; keeps quotations and problems in `made`."""

    def __init__(self, study: Study, made: Resolved):
        self.study, self.made = study, made
        self.named = numbers(study)
        self.codings = study.codings.set_index("coding_id", drop=False)
        self.allowed = set(quotations.quotable(study.codings, study.participants)["coding_id"])
        self.by = attributions(study)
        self.without_place = without_place(study)
        self.stopped = {row.coding_id: row.state for row in reviews(study).itertuples() if row.state in STOPPED}
        archived = study.participants["archiving"].fillna(False).astype(bool) & study.participants["withdrawn"].isna()
        self.archived = set(study.participants.loc[archived, "participant_id"])

    @cached_property
    def parts(self) -> dict[tuple[str, str], dict[str, str]]:
        """Worked out when the manuscript first names a number of a theme or code."""
        return of_parts(self.study)

    def read(self, found: re.Match) -> str:
        line = found.string.count("\n", 0, found.start()) + 1
        if found["unit"]:
            return self._number(found, line)
        if found["coding"]:
            return self._quotation(found, line)
        return self._part(found, line)

    def _problem(self, line: int, what: str, do: str) -> None:
        self.made.problems.append(Problem(FILE, line, what, do=do))

    def _number(self, found: re.Match, line: int) -> str:
        known = self.named if found["kind"] is None else self.parts.get((found["kind"], found["key"]), {})
        unit = found["unit"].removesuffix(" in words")
        if unit not in known:
            self._problem(line, f"{shown(found[0])} means nothing", nearest(unit, known))
            return found[0]
        return in_words(known[unit]) if unit != found["unit"] else known[unit]

    def _part(self, found: re.Match, line: int) -> str:
        kind, name = found["placed"] or found["part"], found["name"] or found["of"]
        named = f"{kind}:{name}"
        if named not in PARTS:
            self._problem(line, f"{shown(named)} means nothing", nearest(named, PARTS))
        elif named in COUNTS_BESIDE_THEMES and approaches.shows(self.study.family, "counts in the manuscript") != "shown":
            self._problem(line, f"{shown(named)} counts people beside themes, which a {self.study.family} study does not print", "leave it out, and say in words who spoke so")
        elif named not in self.made.placed:
            self._problem(line, f"{shown(found[0])} refers to a {kind} that stands nowhere", f"place it on a line of its own: []({named})")
        return found[0] if found["placed"] else f"[{kind.capitalize()} {self.made.placed.get(named, '?')}](#{kind}-{name})"

    def _quotation(self, found: re.Match, line: int) -> str:
        coding_id = self.study.standing(found["coding"])
        if coding_id in self.study.left:
            person = self.study.left[coding_id]
            self._problem(line, f"{shown(found['coding'])} may not be quoted", f"{person} withdrew on {self.study.withdrawn[person]}; choose another extract")
            return found[0]
        if coding_id not in self.codings.index:
            rests = claim(self.study.manuscript, line)
            self._problem(line, f"no coding {shown(found['coding'])} stands in this study" + (f"; a claim rests on it: {shown(rests, 120)}" if rests else ""), "choose another extract")
            return found[0]
        coding = self.codings.loc[coding_id]
        if coding_id not in self.allowed:
            self._problem(line, f"{shown(found['coding'])} may not be quoted", f"{coding['participant_id']} did not agree; choose another extract")
            return found[0]
        stopped = self.stopped.get(coding_id) or self.stopped.get(found["coding"])
        if stopped:
            self._problem(line, f"{shown(coding_id)} may not be printed as it is: its review says “{stopped}”",
                          "choose another extract, or let the second reader look again (manuscript/publishing.yaml)")
            return found[0]
        words = self.study.texts[coding["source_id"]][coding["start"]:coding["end"]]
        begins = found.string.rfind("\n", 0, found.start()) + 1
        ends = found.string.find("\n", found.end())
        apart = not found.string[begins:found.start()].strip() and not found.string[found.end():ends if ends >= 0 else None].strip()
        try:
            parts = pieces(words, found["edited"], whole=apart)
        except NotSaid as error:
            self._problem(line, f"{shown(error)} was not said in {quotations.reference(coding)}",
                          f"take the words of the transcript; show a cut as […] and what you add in [square brackets]: {shown(words, 200)}")
            return found[0]
        person = coding["participant_id"]
        where = "" if coding_id in self.without_place else quotations.reference(coding)
        link = f"{coding['source_id']}.html#{coding_id}" if where and person in self.archived else ""
        self.made.quotations.append(Quotation(coding_id, parts, self.by[person], where, link, line, apart))
        return f"[](quote:{len(self.made.quotations) - 1})"


def _uncited(study: Study) -> list[Problem]:
    """Citations of what is not in references.json."""
    known = {str(item["id"]) for item in study.beside.get("references") or []}
    return [Problem(FILE, study.manuscript.count("\n", 0, found.start()) + 1, f"“@{found[1]}” is not in manuscript/references.json", do=nearest(found[1], known))
            for found in CITED.finditer(study.manuscript) if found[1] not in known]

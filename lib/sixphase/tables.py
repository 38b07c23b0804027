"""The tables of a study, stated once.

Everything else is made from these statements: the check on reading (`parse`), the empty table, the column
tables of the docs, and the published JSON Schemas (`schemas.py`). Keys are text; offsets are int64 code points
of the canonical transcript; a missing value is NA. Interviews are not participants: one participant may be
interviewed more than once, and a group interview has several participants.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from .places import NAME as ID
from .problems import nearest, shown

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
KINDS = {  # what a column holds: its dtype in a table, and how we say it to a person
    "id": ("str", "an id: letters, digits, - and _, at most 64"),
    "text": ("str", "text"),
    "day": ("str", "a day as YYYY-MM-DD"),
    "moment": ("str", "a moment as YYYY-MM-DDThh:mm:ssZ"),
    "integer": ("Int64", "a whole number"),
    "offset": ("int64", "a whole number, 0 or more"),
    "seconds": ("Float64", "a number of seconds, 0 or more"),
    "yes or no": ("boolean", "yes or no"),
    "ids": ("object", "a list of ids"),
    "texts": ("object", "a list of texts"),
    "entries": ("object", "a list of entries"),
    "mapping": ("object", "a mapping"),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds, what it means, and what must be true of it."""

    name: str
    kind: str
    meaning: str
    required: bool = False
    choices: tuple[str | int, ...] = ()
    references: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the study, the file it lives in, and its columns in order. `key` names the unique column."""

    name: str
    file: str
    meaning: str
    columns: tuple[Column, ...]
    key: str = ""
    open_ended: bool = False  # may have columns of the study's own (attributes)

    def __getitem__(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> list[str]:
        """Its column names, in order."""
        return [c.name for c in self.columns]


APPROACHES = ("reflexive", "codebook", "coding reliability")
MODES = ("in person", "video", "telephone", "written", "other")
CODE_STATES = ("active", "merged", "retired")
CELL_STATES = ("summary", "asked, nothing said", "not asked", "not yet charted")
THEME_STATES = ("candidate", "final", "let go")
CARD_PARTS = ("concept", "is", "is_not", "subthemes_because", "tensions", "contribution", "counter_evidence", "extracts", "status")
REVIEW_KINDS = ("kept", "moved", "dropped", "best fitting", "worst fitting", "pulls against", "re-read", "absent looked for", "negative case", "taken back")
MOVE_KINDS = ("code moved", "theme named", "theme placed", "theme let go", "theme taken up", "taken back")
POWER_ITEMS = ("aim", "sample specificity", "established theory", "quality of dialogue", "analysis strategy")
MEMO_KINDS = ("familiarisation", "analytic", "reflexive", "positionality", "negative case", "method")

STUDY = Table("study", "study.yaml", "What the study is and how it is done.", (
    Column("format", "integer", "version of this file layout; now 1", required=True),
    Column("title", "text", "title of the study", required=True),
    Column("synthetic", "yes or no", "yes when no transcript is of a real person", required=True),
    Column("questions", "texts", "the research questions", required=True),
    Column("approach", "mapping", "which family of thematic analysis, and why (see approach)", required=True),
    Column("coders", "mapping", "id and name of everyone who codes; never a program", required=True),
    Column("analysis_by", "ids", "the coders whose codings the analysis rests on, all unless given; those of others are laid beside them, to talk about",
           references="study.coders"),
    Column("interviewers", "mapping", "speaker label and name of everyone who asks"),
    Column("attributes", "mapping", "columns of participants.csv and what they mean"),
    Column("group_by", "text", "the attribute that tells role groups apart"),
    Column("guide", "mapping", "id and wording of the questions of the topic guide"),
    Column("thresholds", "mapping", "numbers that prompt a second look, by name"),
    Column("reporting", "mapping", "what reporting lists ask and no other table holds (see reporting)"),
    Column("licence", "text", "who may use the data, and how"),
    Column("note", "text", "anything a reader should know first"),
))
APPROACH = Table("approach", "study.yaml", "The declared approach (Braun & Clarke's three families).", (
    Column("family", "text", "which family of thematic analysis", required=True, choices=APPROACHES),
    Column("rationale", "text", "why it fits this question", required=True),
    Column("orientation", "mapping", "inductive or deductive, semantic or latent, and so on"),
    Column("declared_on", "day", "when it was declared", required=True),
    Column("declared_by", "text", "who declared it", required=True),
    Column("changed_from", "text", "the approach before, if it was changed", choices=APPROACHES),
    Column("change_reason", "text", "why it was changed"),
))
REPORTING = Table("reporting", "study.yaml", "What reporting lists (COREQ, SRQR …) ask and no other table holds; all of it optional, in the study's own words.", (
    Column("team", "mapping", "by label of an interviewer or id of a coder: credentials, occupation, gender, training, relationship"),
    Column("recruitment", "mapping", "approached, declined and withdrew, each a number of people; how they were approached; because: why they declined or withdrew"),
    Column("told", "text", "what participants knew about those who interviewed them"),
    Column("others_present", "text", "who else was there"),
    Column("guide_tested", "text", "whether and how the topic guide was tried out, and how it changed"),
    Column("recording", "text", "how interviews were recorded, and who refused"),
    Column("field_notes", "text", "when notes were made, and of how many interviews"),
    Column("transcription", "text", "who typed, in what detail, and who checked against the recording"),
    Column("returned", "text", "whether transcripts went back to participants, and what came of it"),
    Column("feedback", "text", "whether participants spoke to the findings, and what it changed"),
    Column("information_power", "text", "how the size of the dataset was judged"),
    Column("theory", "text", "the paradigm and theory that guide the study, and why"),
    Column("case", "text", "what the case is, where and when, its bounds and what lies within it"),
    Column("case_kind", "text", "why this case", choices=("intrinsic", "instrumental", "collective")),
    Column("other_sources", "text", "sources other than interviews, such as public documents"),
    Column("protocol", "text", "where the protocol is kept, and its version"),
    Column("ethics", "text", "who reviewed the study, with the reference"),
    Column("data_security", "text", "how the data are stored, who has access, and how long they are kept"),
    Column("funding", "text", "who paid, and what part they had"),
    Column("interests", "text", "conflicts of interest"),
))
SOURCES = Table("sources", "sources.csv", "One row an interview.", key="source_id", columns=(
    Column("source_id", "id", "the interview", required=True),
    Column("participants", "ids", "who was interviewed, in participants.csv; several separated by “;”", required=True,
           references="participants.participant_id"),
    Column("occasion", "integer", "1 for a first interview, 2 for a second with the same person"),
    Column("date", "day", "when it took place"),
    Column("minutes", "integer", "how long it took, in minutes"),
    Column("mode", "text", "how it was held", choices=MODES),
    Column("interviewers", "texts", "speaker labels of those who asked; several separated by “;”; blank when nobody did, as in a written answer"),
    Column("file", "text", "the canonical transcript, in transcripts/", required=True),
    Column("second_reason", "text", "why this person was interviewed again"),
))
PARTICIPANTS = Table("participants", "participants.csv", "One row a participant; further columns are attributes.",
                     key="participant_id", open_ended=True, columns=(
    Column("participant_id", "id", "the participant; never a name", required=True),
    Column("quotation", "yes or no", "may their words be quoted; blank counts as no"),
    Column("archiving", "yes or no", "may their transcript be archived; blank counts as no"),
    Column("attribution", "text", "how a quotation may be attributed"),
    Column("withdrawn", "day", "when they withdrew; blank when they did not"),
))
TURNS = Table("turns", "", "One row a stretch of speech by one speaker.", (
    Column("source_id", "id", "the interview", references="sources.source_id"),
    Column("turn", "integer", "counts from 1 in each interview"),
    Column("line", "integer", "line of the transcript it begins on, from 1"),
    Column("speaker", "text", "the label before the turn"),
    Column("participant_id", "id", "the participant who speaks; NA for an interviewer"),
    Column("start", "offset", "first code point of the words, after the label"),
    Column("end", "offset", "one past the last code point of the words"),
    Column("words", "integer", "words spoken"),
))
TIMESTAMPS = Table("timestamps", "timestamps/<source>.csv", "One row a turn whose time in the recording is known; a study need not have any.", (
    Column("source_id", "id", "the interview", required=True, references="sources.source_id"),
    Column("turn", "integer", "the turn, counted from 1 in its transcript", required=True),
    Column("begins", "seconds", "when it begins, from the start of the recording"),
    Column("ends", "seconds", "when it ends, where that is known"),
))
CODINGS = Table("codings", "codings/<source>.<coder>.jsonl", "One row a coding: this coder gave this code to this segment.",
                key="coding_id", columns=(
    Column("coding_id", "text", "the coding, as a URN", required=True),
    Column("source_id", "id", "the interview", required=True, references="sources.source_id"),
    Column("coder_id", "id", "who coded", required=True, references="study.coders"),
    Column("code_id", "id", "the code given", required=True, references="codes.code_id"),
    Column("start", "offset", "first code point of the segment", required=True),
    Column("end", "offset", "one past its last code point", required=True),
    Column("quotation", "text", "the words the coder saw", required=True),
    Column("comment", "text", "the coder's note on this coding"),
    Column("created", "moment", "when it was coded", required=True),
    Column("pass", "integer", "first, second ... time through the interviews"),
    Column("source_sha256", "text", "SHA-256 of the transcript the coder saw"),
    Column("suggested_by", "text", "the program that proposed it, where one did"),
    Column("edited", "yes or no", "whether a person has changed its words or its code since; blank when no program proposed it"),
    Column("line", "integer", "line of the file"),
))
SUGGESTIONS = Table("suggestions", "", "One row a coding that a program proposed.", (
    Column("coding_id", "text", "the coding, as it was proposed"),
    Column("source_id", "id", "the interview", references="sources.source_id"),
    Column("coder_id", "id", "the person who went through the proposals", references="study.coders"),
    Column("code_id", "id", "the code proposed", references="codes.code_id"),
    Column("suggested_by", "text", "the program"),
    Column("became", "text", "what a person did with it", choices=("taken as it was", "edited", "refused")),
    Column("stands_as", "text", "the coding that stands in its place now, if one does", references="codings.coding_id"),
))
UNPLACED = Table("unplaced", "", "One row a coding that stands nowhere since its transcript was replaced.", (
    Column("coding_id", "text", "the coding"),
    Column("source_id", "id", "the interview", references="sources.source_id"),
    Column("coder_id", "id", "who coded", references="study.coders"),
    Column("code_id", "id", "the code given", references="codes.code_id"),
    Column("how", "text", "whether a person should look for its place, or its words are gone", choices=("to review", "lost")),
    Column("quotation", "text", "the words the coder saw"),
    Column("start", "integer", "first code point of the place proposed, if one is"),
    Column("end", "integer", "one past its last code point"),
    Column("now_reads", "text", "what stands at that place"),
))
CODES = Table("codes", "codebook.yaml", "One entry a code.", key="code_id", columns=(
    Column("code_id", "id", "the code; never changes, whatever it is called", required=True),
    Column("name", "text", "what it is called", required=True),
    Column("definition", "text", "what it means"),
    Column("use_when", "text", "when to use it"),
    Column("not_when", "text", "when not to use it"),
    Column("near_miss", "text", "words that come near it and do not belong, and why"),
    Column("example", "text", "a coding_id, or words of our own, that show it well"),
    Column("parent", "id", "the code it belongs under", references="codes.code_id"),
    Column("colour", "text", "its colour in other programs, as #RRGGBB"),
    Column("a_priori", "yes or no", "yes when it was set before coding, from theory, the questions or the guide"),
    Column("status", "text", "active unless it was merged or retired", choices=CODE_STATES),
    Column("merged_into", "id", "the code that took its place", references="codes.code_id"),
    Column("because", "text", "why it was merged or retired"),
    Column("created", "day", "when it was first written down"),
    Column("history", "entries", "what happened to it, oldest first: on, by, what, because; was: what stood in each changed column before"),
))
THEMES = Table("themes", "themes.yaml", "One entry a theme or subtheme.", key="theme_id", columns=(
    Column("theme_id", "id", "the theme; never changes, whatever it is called", required=True),
    Column("name", "text", "what it is called", required=True),
    Column("status", "text", "where it stands", required=True, choices=THEME_STATES),
    Column("parent", "id", "the theme this is a subtheme of", references="themes.theme_id"),
    Column("codes", "ids", "the codes it is developed from", references="codes.code_id"),
    Column("concept", "text", "its central organising concept, in a sentence"),
    Column("is", "text", "what belongs to it"),
    Column("is_not", "text", "what does not"),
    Column("subthemes_because", "text", "why it has these subthemes: what each adds to the whole"),
    Column("contribution", "text", "what it says to the research question"),
    Column("tensions", "text", "what pulls within it and against it"),
    Column("counter_evidence", "text", "what was looked for against it, how, and what was found"),
    Column("extracts", "entries", "the shortlist of quotations: coding, because"),
    Column("because", "text", "why it was let go"),
    Column("created", "day", "when it was first written down"),
    Column("history", "entries", "what happened to it, oldest first: on, by, what, because; of a new name also was, the name before"),
))
THEME_CODES = Table("theme_codes", "", "One row a code in a theme, subthemes counted to their theme.", (
    Column("theme_id", "id", "the theme at the top", references="themes.theme_id"),
    Column("subtheme_id", "id", "the subtheme that names the code; NA when the theme itself does", references="themes.theme_id"),
    Column("code_id", "id", "the code", references="codes.code_id"),
))
DECISIONS = Table("decisions", "decisions.jsonl", "One line a decision.", key="decision_id", columns=(
    Column("decision_id", "text", "the decision", required=True),
    Column("on", "day", "when it was taken", required=True),
    Column("by", "text", "who took it", required=True),
    Column("phase", "integer", "the phase it was taken in, 1 to 6", required=True, choices=(1, 2, 3, 4, 5, 6)),
    Column("back_to", "integer", "the earlier phase it leads back to, if it does", choices=(1, 2, 3, 4, 5)),
    Column("what", "text", "what was decided", required=True),
    Column("about", "texts", "what it is about: code:x, theme:y, source:z"),
    Column("because", "text", "why", required=True),
    Column("alternatives", "texts", "what else was considered"),
))
RELATIONS = Table("relations", "themes.yaml", "One entry a line of the thematic map, under `relations`.", (
    Column("from", "id", "the theme, or the code, it leads from", required=True, references="themes.theme_id"),
    Column("to", "id", "the theme, or the code, it leads to", required=True, references="themes.theme_id"),
    Column("label", "text", "how the one stands to the other; `opposes` when they pull against each other", required=True),
    Column("because", "text", "why"),
))
REVIEWS = Table("reviews", "reviews.jsonl", "One line an act of review.", key="review_id", columns=(
    Column("review_id", "text", "the act", required=True),
    Column("created", "moment", "when", required=True),
    Column("number", "integer", "counts the acts of this file, to tell apart two of one second"),
    Column("by", "text", "who read", required=True),
    Column("kind", "text", "what was done or found", required=True, choices=REVIEW_KINDS),
    Column("theme_id", "id", "the theme under review", references="themes.theme_id"),
    Column("coding_id", "text", "the extract it is about, by a coding on it", references="codings.coding_id"),
    Column("against", "text", "the extract it pulls against, by a coding on it", references="codings.coding_id"),
    Column("to_theme", "id", "where a moved extract belongs", references="themes.theme_id"),
    Column("source_id", "id", "the transcript that was read again", references="sources.source_id"),
    Column("participant_id", "id", "the absent participant who was looked for", references="participants.participant_id"),
    Column("claim", "text", "what evidence was looked for against"),
    Column("how", "text", "how it was looked for"),
    Column("found", "text", "whether any was found", choices=("found", "none found")),
    Column("contrary", "texts", "the codings that speak against the claim", references="codings.coding_id"),
    Column("because", "text", "why; what stands there"),
    Column("changed", "text", "what it changed in the theme"),
    Column("replaces", "text", "the act this one takes the place of, or takes back"),
))
MOVES = Table("moves", "board.jsonl", "One line a move on the theme board; themes.yaml keeps where everything stands now.", key="move_id", columns=(
    Column("move_id", "text", "the move", required=True),
    Column("created", "moment", "when", required=True),
    Column("number", "integer", "counts the moves of this file, to tell apart two of one second"),
    Column("by", "text", "who moved", required=True),
    Column("kind", "text", "what was done", required=True, choices=MOVE_KINDS),
    Column("code_id", "id", "the code that was moved", references="codes.code_id"),
    Column("from_theme", "id", "where a code, or a subtheme, was taken from; the pile, or no other theme, when missing", references="themes.theme_id"),
    Column("theme_id", "id", "where it was put, the pile when missing; or the theme that was named, placed or let go", references="themes.theme_id"),
    Column("name", "text", "what the theme is called from now on"),
    Column("parent", "id", "the theme it is a subtheme of from now on; a theme of its own when missing", references="themes.theme_id"),
    Column("because", "text", "why"),
    Column("replaces", "text", "the move that is taken back"),
))
DEFINITIONS = Table("definitions", "definitions.jsonl", "One line a change on a theme's definition card; themes.yaml keeps what stands on it now.", key="definition_id", columns=(
    Column("definition_id", "text", "the change", required=True),
    Column("created", "moment", "when", required=True),
    Column("number", "integer", "counts the changes of this file, to tell apart two of one second"),
    Column("by", "text", "who wrote", required=True),
    Column("theme_id", "id", "the theme or subtheme", required=True, references="themes.theme_id"),
    Column("part", "text", "the column of themes.yaml that is written anew", required=True, choices=CARD_PARTS),
    Column("text", "text", "what it says from now on; missing when it was emptied"),
    Column("extracts", "entries", "the shortlist from now on: coding, because"),
    Column("because", "text", "why it was changed"),
))
FACTS = Table("facts", "facts.csv", "One row a fact or event that speakers may speak of; a study need not have any.", key="fact_id", columns=(
    Column("fact_id", "id", "the fact", required=True),
    Column("known_from", "day", "the first day on which anybody could speak of it", required=True),
    Column("pattern", "text", "a regular expression for words that speak of it", required=True),
    Column("what", "text", "what is known of it", required=True),
))
POWER = Table("power", "information_power.jsonl", "One line a judgement of how much the sample can tell (Malterud, Siersma & Guassora 2016).", key="power_id", columns=(
    Column("power_id", "text", "the judgement", required=True),
    Column("on", "day", "when", required=True),
    Column("by", "text", "who judged", required=True),
    Column("item", "text", "what was judged", required=True, choices=POWER_ITEMS),
    Column("sentence", "text", "the judgement, in a sentence for the write-up", required=True),
    Column("interviews", "integer", "interviews held by then"),
))
DIMENSIONS = Table("dimensions", "dimensions.jsonl", "One line a dimension of a code that a reader saw in a coding; never inferred.", key="dimension_id", columns=(
    Column("dimension_id", "text", "the act", required=True),
    Column("on", "day", "when", required=True),
    Column("by", "text", "who saw it", required=True),
    Column("coding_id", "text", "the coding in which it is heard", required=True, references="codings.coding_id"),
    Column("dimension", "text", "the dimension, in a word or two", required=True),
))
CARDS = Table("cards", "card_sorts.jsonl", "One line an extract that a second reader sorted to a definition without knowing where it stood.", key="card_id", columns=(
    Column("card_id", "text", "the act", required=True),
    Column("on", "day", "when", required=True),
    Column("by", "text", "who sorted", required=True),
    Column("coding_id", "text", "the extract, by a coding on it", required=True, references="codings.coding_id"),
    Column("into", "texts", "the themes whose definition it fits, or none", required=True, references="themes.theme_id"),
    Column("because", "text", "why"),
))
SUMMARIES = Table("summaries", "matrix.jsonl", "One line a cell of the framework matrix as somebody charted it; of several, the latest counts.", key="summary_id", columns=(
    Column("summary_id", "text", "the act", required=True),
    Column("created", "moment", "when", required=True),
    Column("number", "integer", "counts the acts of this file, to tell apart two of one second"),
    Column("by", "text", "who charted", required=True),
    Column("participant_id", "id", "the row", required=True, references="participants.participant_id"),
    Column("source_id", "id", "the interview that is summed up: a later one is a row below the first", required=True, references="sources.source_id"),
    Column("theme_id", "id", "the column: a category", required=True, references="themes.theme_id"),
    Column("state", "text", "what the cell says", required=True, choices=CELL_STATES),
    Column("sentences", "entries", "the summary: each sentence as {says, codings}, codings being those whose words it rests on"),
))
READING = Table("reading", "reading.jsonl", "One line a sitting with one interview.", key="reading_id", columns=(
    Column("reading_id", "text", "the sitting", required=True),
    Column("source_id", "id", "the interview that was read", required=True, references="sources.source_id"),
    Column("on", "day", "when", required=True),
    Column("by", "text", "who read", required=True),
    Column("minutes", "integer", "how long, in minutes"),
    Column("turns", "text", "the turns that were read, as 1-40,52; all of them when blank"),
    Column("note", "text", "what stood out"),
))
IMPORTS = Table("imports", "imports.jsonl", "One line an imported transcript.", key="import_id", columns=(
    Column("import_id", "text", "the import", required=True),
    Column("source_id", "id", "the interview it became", required=True, references="sources.source_id"),
    Column("on", "day", "when", required=True),
    Column("format", "text", "what the file was: text, word, opendocument, captions, csv and so on", required=True),
    Column("encoding", "text", "how its bytes were read"),
    Column("raw_sha256", "text", "SHA-256 of the file as it arrived", required=True),
    Column("canonical_sha256", "text", "SHA-256 of the transcript made from it", required=True),
    Column("notes", "texts", "what was normalised, left out, or confirmed by a person"),
))
PSEUDONYMS = Table("pseudonymisations", "pseudonymisations.jsonl", "One line a time that names were replaced: counts and rules, never a name.",
                   key="pseudonymisation_id", columns=(
    Column("pseudonymisation_id", "text", "the act", required=True),
    Column("on", "day", "when", required=True),
    Column("by", "text", "who decided", required=True),
    Column("entities", "mapping", "how many people, organisations, places ... were replaced, by kind"),
    Column("places", "mapping", "in how many places of the transcripts, by kind"),
    Column("kept", "integer", "written forms that were looked at and left as they are"),
    Column("undecided", "integer", "written forms nobody had decided about"),
    Column("left", "integer", "lines of the study that a second search still pointed at"),
    Column("rules", "texts", "what was looked for, and how"),
))
MEMOS = Table("memos", "memos/<date>-<name>.md", "One Markdown file a memo; these lines stand at its top.", key="memo_id", columns=(
    Column("memo_id", "text", "the file's name without .md"),
    Column("on", "day", "when it was written", required=True),
    Column("by", "text", "who wrote it", required=True),
    Column("kind", "text", "what sort of memo", required=True, choices=MEMO_KINDS),
    Column("about", "texts", "what it is about: source:x, source:x:120-180 (a passage, in code points), code:y, theme:z"),
    Column("title", "text", "its heading"),
    Column("text", "text", "its words, in Markdown"),
))
STORED = (STUDY, APPROACH, REPORTING, SOURCES, PARTICIPANTS, CODINGS, CODES, THEMES, RELATIONS, DECISIONS, REVIEWS, MOVES, FACTS, READING, IMPORTS, PSEUDONYMS,
          MEMOS, TIMESTAMPS, POWER, DIMENSIONS, CARDS, SUMMARIES, DEFINITIONS)


def empty(table: Table) -> pd.DataFrame:
    """A table with all its columns, in order and of the right dtype, and no rows."""
    return frame(table, [])


def frame(table: Table, rows: Iterable[dict]) -> pd.DataFrame:
    """Rows as a table: the stated columns first and of the stated dtype, further columns after them."""
    rows = list(rows)
    extra = sorted({name for row in rows for name in row} - set(table.names)) if table.open_ended else []
    columns = {}
    for name in [*table.names, *extra]:
        dtype = KINDS[table[name].kind][0] if name in table.names else "str"
        columns[name] = pd.Series([row.get(name) for row in rows], dtype=dtype)
    return pd.DataFrame(columns)


def parse(column: Column, value: object) -> tuple[object, str]:
    """Read one value as its column states it.

    Returns
    -------
    (value, complaint)
        The value in our form, None when it is missing; and what is wrong with it, "" when nothing is.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return (None, "is missing") if column.required else (None, "")
    value, complaint = READERS[column.kind](value)
    if not complaint and column.choices and value not in column.choices:
        complaint = f"is none of the choices: {nearest(shown(value)[1:-1], column.choices)}"
    return (None, complaint) if complaint else (value, "")


def parse_row(table: Table, row: dict) -> tuple[dict, list[tuple[str, str]]]:
    """Read a row as its table states it.

    Returns
    -------
    (row, complaints)
        The row in our form; and for each wrong column its name and what is wrong with it.
        A column that the table does not state is a complaint, unless the table is open-ended.
    """
    read, complaints = {}, []
    for column in table.columns:
        read[column.name], complaint = parse(column, row.get(column.name))
        if complaint:
            complaints.append((column.name, complaint))
    for name in row:
        if name not in read and table.open_ended:
            read[name] = None if row[name] is None or not str(row[name]).strip() else str(row[name])
        elif name not in read:
            complaints.append((str(name), f"is not a column of {table.name}: {nearest(str(name), table.names)}"))
    return read, complaints


def _text(value: object) -> tuple[object, str]:
    return (str(value).strip(), "") if isinstance(value, str | int | float) and not isinstance(value, bool) else (None, _wrong(value, "text"))


def _id(value: object) -> tuple[object, str]:
    good = isinstance(value, str | int) and not isinstance(value, bool) and ID.fullmatch(str(value).strip())
    return (str(value).strip(), "") if good else (None, _wrong(value, "id"))


def _day(value: object) -> tuple[object, str]:
    text = value.isoformat() if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else str(value).strip()
    try:
        good = DAY.fullmatch(text) and dt.date.fromisoformat(text)
    except ValueError:
        good = None
    return (text, "") if good else (None, _wrong(value, "day"))


def _moment(value: object) -> tuple[object, str]:
    try:
        good = isinstance(value, str) and dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        good = False
    return (value, "") if good else (None, _wrong(value, "moment"))


def _integer(value: object) -> tuple[object, str]:
    good = type(value) is int or (isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", value.strip()))
    return (int(value), "") if good and abs(int(value)) <= 2**53 else (None, _wrong(value, "integer"))


def _offset(value: object) -> tuple[object, str]:
    number, complaint = _integer(value)
    return (number, "") if not complaint and number >= 0 else (None, _wrong(value, "offset"))


def _seconds(value: object) -> tuple[object, str]:
    good = isinstance(value, int | float) and not isinstance(value, bool) or isinstance(value, str) and re.fullmatch(r"\d{1,9}(\.\d{1,6})?", value.strip())
    return (float(value), "") if good and 0 <= float(value) < 1e9 else (None, _wrong(value, "seconds"))


def _yes_or_no(value: object) -> tuple[object, str]:
    if isinstance(value, bool):
        return value, ""
    known = {"yes": True, "no": False, "true": True, "false": False}
    answer = known.get(str(value).strip().lower())
    return (answer, "") if answer is not None else (None, _wrong(value, "yes or no"))


def _texts(value: object) -> tuple[object, str]:
    values = [v for v in value.split(";") if v.strip()] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str | int) for v in values):
        return None, _wrong(value, "texts")
    return [str(v).strip() for v in values], ""


def _ids(value: object) -> tuple[object, str]:
    values, complaint = _texts(value)
    wrong = complaint or next((v for v in values if not ID.fullmatch(v)), "")
    return (values, "") if not wrong else (None, _wrong(value, "ids"))


def _entries(value: object) -> tuple[object, str]:
    good = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    return (value, "") if good else (None, _wrong(value, "entries"))


def _mapping(value: object) -> tuple[object, str]:
    return (value, "") if isinstance(value, dict) else (None, _wrong(value, "mapping"))


def _wrong(value: object, kind: str) -> str:
    return f"is {shown(value)}, not {KINDS[kind][1]}"


READERS = {"id": _id, "text": _text, "day": _day, "moment": _moment, "integer": _integer, "offset": _offset, "seconds": _seconds,
           "yes or no": _yes_or_no, "ids": _ids, "texts": _texts, "entries": _entries, "mapping": _mapping}

"""The review desk: does a theme hold, against its extracts and against the whole dataset? What a person finds is kept at once.

Extracts come in an order that memory did not choose. Counts are prompts; nothing here says whether a theme is good.
"""

import pandas as pd
import traitlets
from markupsafe import escape

from ... import decisions, themes
from ...cases import group_of
from ...measures import questions
from ...study import Study
from ..reviewing import review_still
from ..results import SYNTHETIC, Page
from . import modules
from .pane import Desk, _records
from .work import Work, passages, transcript

AROUND = 160  # code points of context on each side of an extract
MOST = 60  # passages of a search that are shown
SHOWN = 12  # extracts in the still view


class Reviewer(Work):
    """The review desk of one study, open at one theme. Without a kernel it shows the theme's first extracts and what was said of them."""

    _esm = modules.joined("reviewer.js")
    title = "Review desk"
    theme = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: Desk, theme_id: str, seed: int):
        super().__init__(desk, theme=theme_id)
        self._seed = seed
        self._spoken: dict[tuple, tuple[pd.DataFrame, pd.DataFrame]] = {}

    def news(self, act: dict) -> dict:
        """How far the review of a theme has come, as it is on the disk now."""
        return {"state": _state(self, self._desk.themes, act["of_theme"])} if act.get("of_theme") else {}

    def spoken(self, board: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The extracts of each theme in shuffled order, and those of each theme and subtheme; collected anew when a code has moved."""
        grouped = themes.theme_codes(board)
        key = tuple(grouped.itertuples(index=False, name=None))
        if key not in self._spoken:
            codings = self._desk.study.codings
            self._spoken = {key: (themes.extracts(grouped, codings, seed=self._seed), themes.extracts(themes.with_subthemes(grouped), codings))}
        return self._spoken[key]

    def still(self) -> Page:
        """The theme's first extracts, with what readers said of them."""
        desk, board = self._desk, self._desk.themes
        sheet = themes.verdicts(self.spoken(board)[0], desk.reviews, desk.study.all_codings)
        name = board.set_index("theme_id")["name"]
        progress = themes.progress(sheet, desk.reviews, themes.tops(board))
        return review_still(sheet[sheet["theme_id"] == self.theme], name[self.theme], progress, name, most=SHOWN)


def reviewer(desk: Desk, theme_id: str = "", *, seed: int = 7) -> Reviewer | Page:
    """A desk to review a theme at.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom.
    theme_id : str
        The theme to open; the first that stands unless it is given.
    seed : int
        Decides the order in which extracts come.

    Returns
    -------
    Reviewer or Page
        The desk; a page that says what to do where no theme stands yet.

    Raises
    ------
    ValueError
        No such theme stands at the top.
    """
    known = list(themes.tops(desk.themes)["theme_id"])
    if theme_id and theme_id not in known:
        raise ValueError(f"no theme that stands at the top is called “{theme_id}”: {', '.join(known) or 'there is none yet'}")
    if not known:
        return Page(f"<p>{escape(desk.study.name)} has no theme yet. Develop some on the board of notebook 3, then run this cell again.</p>", "No theme yet.")
    return Reviewer(desk, theme_id or known[0], seed)


def _theme(work: Reviewer, message: dict) -> dict:
    """One theme to review: its extracts in shuffled order, who is absent, what was found so far."""
    desk, study, theme_id = work._desk, work._desk.study, message["theme_id"]
    board = desk.themes
    tops = themes.tops(board)
    theme = board.set_index("theme_id").loc[theme_id]
    extracts = work.spoken(board)[0]
    own = extracts[extracts["theme_id"] == theme_id]
    return {"theme": {"theme_id": theme_id, "name": theme["name"], "status": theme["status"], "concept": theme["concept"] if pd.notna(theme["concept"]) else ""},
            "themes": _records(tops[["theme_id", "name"]]), "extracts": _extracts_told(own, study), "seed": work._seed, "me": desk.by,
            "label": SYNTHETIC if study.settings["synthetic"] else "", "codes": study.codes.set_index("code_id")["name"].to_dict(),
            "sources": list(study.texts), "state": _state(work, board, theme_id), "questions": _questions(study, board, theme_id)}


def _questions(study: Study, board: pd.DataFrame, theme_id: str) -> list[dict]:
    guide = study.settings["guide"] or {}
    asked = study.once("who was asked", lambda study: themes.asked(study.turns, study.texts, guide))
    groups = group_of(study.participants, study.group_by)
    return _records(questions.of_theme(theme_id, board, study.codings, study.codes, study.sources, study.turns, groups, asked, guide))


def _extracts_told(extracts: pd.DataFrame, study) -> list[dict]:
    told = extracts.assign(line=extracts["text_line"], words=extracts["quotation"])
    before, after = zip(*[_around(study.texts[row.source_id], row.start, row.end) for row in told.itertuples()], strict=True) if len(told) else ((), ())
    return _records(told.assign(before=before, after=after)[["coding_id", "source_id", "participant_id", "line", "start", "end", "words", "codes", "comment", "before", "after"]])


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What is said just before and just after, cut at the borders of words."""
    before, after = text[max(0, start - AROUND):start], text[end:end + AROUND]
    if start > AROUND:
        before = "… " + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before.replace("\n\n", "\n"), after.replace("\n\n", "\n")


def _state(work: Reviewer, board: pd.DataFrame, theme_id: str) -> dict:
    """What readers said of a theme so far: verdicts by extract, who was looked for, searches, pairs, decisions."""
    desk, reviews = work._desk, work._desk.reviews
    extracts, spoken = work.spoken(board)
    sheet = themes.verdicts(extracts, reviews, desk.study.all_codings)
    acts = themes.standing(reviews)
    own = acts[acts["theme_id"] == theme_id]
    here = sheet[sheet["theme_id"] == theme_id]
    judged = here[here["verdict"].notna() | here["fit"].notna()]
    came = sheet[(sheet["to_theme"] == theme_id) & (sheet["theme_id"] != theme_id)]
    return {"theme_id": theme_id, "verdicts": _records(judged[["coding_id", "verdict", "to_theme", "fit", "because", "by"]]),
            "came": _records(came.assign(line=came["text_line"], words=came["quotation"])[["theme_id", "coding_id", "source_id", "line", "words", "because"]]),
            "absent": _absent(desk, board, spoken, reviews, theme_id), "reread": _records(own.loc[own["kind"] == "re-read", ["review_id", "source_id", "created", "by", "because"]]),
            "pairs": _pairs(desk, board, reviews, theme_id), "searches": _records(own.loc[own["kind"] == "negative case", ["review_id", "created", "by", "claim", "how", "found", "contrary", "because", "changed"]]),
            "decisions": _records(decisions.about(desk.decisions, f"theme:{theme_id}")[["decision_id", "on", "by", "phase", "back_to", "what", "because", "alternatives"]])}


def _absent(desk: Desk, board: pd.DataFrame, spoken: pd.DataFrame, reviews: pd.DataFrame, theme_id: str) -> list[dict]:
    """Who is not heard in the theme, or in one of its subthemes, and what was found where somebody looked."""
    study = desk.study
    parts = board[(board["theme_id"] == theme_id) | ((board["parent"] == theme_id) & (board["status"] != "let go"))]
    looked = themes.looked_at(themes.absent(spoken, study.sources, parts), reviews)
    groups = group_of(study.participants, study.group_by)
    told = looked.assign(part=looked["theme_id"].map(parts.set_index("theme_id")["name"]), group=looked["participant_id"].map(groups), interviews=looked["interviews"].str.split(", "))
    return _records(told)


def _pairs(desk: Desk, board: pd.DataFrame, reviews: pd.DataFrame, theme_id: str) -> list[dict]:
    pairs = themes.contrast_pairs(themes.shortlist(board, desk.study.codings), reviews, desk.study.all_codings)
    return _records(pairs[pairs["theme_id"] == theme_id])


def _find(work: Reviewer, message: dict) -> dict:
    """Coded passages whose words, code or place hold what is looked for: where evidence against a theme may stand."""
    codings, wanted = work._desk.study.codings, message["words"].strip().lower()
    names = work._desk.study.codes.set_index("code_id")["name"].to_dict()
    text = codings["quotation"].str.lower() + " " + codings["code_id"].map(names).fillna("").str.lower() + " " + codings["source_id"].str.lower()
    found = passages(codings[text.str.contains(wanted, regex=False)]) if wanted else []
    return {"passages": found[:MOST], "total": len(found)}


Reviewer.asked = {"theme": _theme, "find": _find, "transcript": transcript}

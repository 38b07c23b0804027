"""The definition cards: a form for each theme, filled in by a person, and the same cards to read where there is no kernel.

Nothing here writes or proposes a word. What a card lacks is listed with how to fill it, and a theme is not called final before.
"""

import pandas as pd
import traitlets

from ... import cases, quotations, themes
from ...measures import evenness
from ..cards import balance_told, cards_page
from ..results import SYNTHETIC, Page
from . import modules
from .pane import Desk, _records
from .work import Work, transcript

TEXTS = ("concept", "is", "is_not", "subthemes_because", "tensions", "contribution", "counter_evidence")


class Definer(Work):
    """The definition cards of one study, open at one theme. Without a kernel it shows all of them."""

    _esm = modules.joined("definer.js")
    _css = modules.style("pane.css", "board.css", "forms.css")
    title = "Definition cards"
    theme = traitlets.Unicode().tag(sync=True)

    def __init__(self, desk: Desk, theme_id: str):
        super().__init__(desk, theme=theme_id)

    def news(self, act: dict) -> dict:
        """The card of the theme an act is about, as it is on the disk now, and what the others lack."""
        made = _Cards(self._desk)
        of_theme = act.get("of_theme")
        return {"themes": made.listed(), **({"card": made.card(of_theme)} if of_theme in made.names else {})}

    def still(self) -> Page:
        """All cards, to be read."""
        made = _Cards(self._desk)
        return cards_page([made.card(theme_id) for theme_id in made.tops["theme_id"]], "Definition cards: what people wrote about each theme, and what its card still lacks.")


def definer(desk: Desk, theme_id: str = "") -> Definer:
    """A form for the definition cards.

    Every part is edited in its place and kept at once: name, concept, limits, subthemes, tensions, contribution, the shortlist with a reason each. A theme is
    called final here, and only when its card lacks nothing.

    Parameters
    ----------
    desk : files.Desk
        Where it is worked, and by whom.
    theme_id : str
        The theme to open; the first that stands unless it is given.

    Raises
    ------
    ValueError
        No such theme stands at the top.
    """
    known = list(themes.tops(desk.themes)["theme_id"])
    if theme_id and theme_id not in known:
        raise ValueError(f"no theme that stands at the top is called “{theme_id}”: {', '.join(known) or 'there is none yet'}")
    return Definer(desk, theme_id or next(iter(known), ""))


class _Cards:
    """The cards of a study as it is on the disk now."""

    def __init__(self, desk: Desk):
        self.desk, self.study, self.themes, self.reviews = desk, desk.study, desk.themes, desk.reviews
        self.tops = themes.tops(self.themes)
        self.names = self.themes.set_index("theme_id")["name"].to_dict()
        self.codes = desk.codes.set_index("code_id")["name"].to_dict()
        self.groups = cases.group_of(self.study.participants, self.study.group_by)
        self.extracts = themes.extracts(themes.theme_codes(self.themes), self.study.codings)
        self.themes = self.themes.assign(extracts=[self._standing(listed) for listed in self.themes["extracts"]])
        self.shortlist = themes.shortlist(self.themes, self.study.all_codings.drop_duplicates("coding_id"))
        self.agreed = set(quotations.quotable(self.study.all_codings, self.study.participants)["coding_id"])
        self.gaps = themes.gaps(self.themes, self.reviews)
        self.checks = themes.name_checks(self.themes, themes.guide_headings(self.study.settings)).set_index("theme_id")

    def _standing(self, listed: list | None) -> list[dict]:
        """A shortlist with the ids under which its codings stand now, without those of who withdrew."""
        named = [{**extract, "coding": self.study.standing(extract.get("coding"))} for extract in listed or []]
        return [extract for extract in named if extract["coding"] not in self.study.left]

    def listed(self) -> list[dict]:
        """Every theme at the top, with how much its card lacks."""
        lacks = self.gaps["theme_id"].value_counts()
        return [{"theme_id": theme.theme_id, "name": theme.name, "status": theme.status, "lacks": int(lacks.get(theme.theme_id, 0))} for theme in self.tops.itertuples(index=False)]

    def card(self, theme_id: str) -> dict:
        """One card, with everything that is shown on it."""
        theme = self.themes[self.themes["theme_id"] == theme_id].to_dict("records")[0]
        below = self.themes[(self.themes["parent"] == theme_id) & (self.themes["status"] != "let go")].to_dict("records")
        ids = [theme_id, *(sub["theme_id"] for sub in below)]
        return {"theme_id": theme_id, "name": theme["name"], "status": theme["status"], "names": themes.name_history(theme), "check": self._check(theme_id),
                "parts": {part: str(theme[part]) if pd.notna(theme[part]) else "" for part in TEXTS}, "codes": self._codes(theme),
                "subthemes": [self._subtheme(sub) for sub in below], "shortlist": self._shortlist(theme_id), "balance": self._balance(theme_id),
                "searches": self._searches(theme_id), "gaps": _records(self.gaps[self.gaps["theme_id"].isin(ids)]), "history": _told(theme["history"]),
                "wordings": self._wordings(ids)}

    def _check(self, theme_id: str) -> dict:
        return {"look_at": self.checks.loc[theme_id, "look_at"], "do": self.checks.loc[theme_id, "do"]}

    def _codes(self, theme: dict) -> list[str]:
        return [self.codes.get(code, code) for code in theme["codes"] or []]

    def _subtheme(self, theme: dict) -> dict:
        made = next((entry for entry in _told(theme["history"]) if entry["because"] and entry["what"].startswith(("created", "made"))), {"because": ""})
        return {"theme_id": theme["theme_id"], "name": theme["name"], "names": themes.name_history(theme), "check": self._check(theme["theme_id"]),
                "concept": str(theme["concept"]) if pd.notna(theme["concept"]) else "", "codes": self._codes(theme), "made_because": made["because"]}

    def _shortlist(self, theme_id: str) -> list[dict]:
        rows = self.shortlist[self.shortlist["theme_id"] == theme_id].merge(self.study.all_codings.drop_duplicates("coding_id")[["coding_id", "start", "end"]], how="left", on="coding_id")
        return _records(rows.assign(line=rows["text_line"], words=rows["quotation"], group=rows["participant_id"].map(self.groups), may_be_quoted=rows["coding_id"].isin(self.agreed))[
            ["coding_id", "because", "participant_id", "group", "source_id", "line", "start", "end", "words", "may_be_quoted"]])

    def _balance(self, theme_id: str) -> dict:
        found = evenness.shortlists(self.shortlist, self.extracts, self.groups)
        balance = next(iter(_records(found[found["theme_id"] == theme_id])), {})
        return {**balance, "told": balance_told(balance)} if balance else {}

    def _searches(self, theme_id: str) -> list[dict]:
        register = themes.negative_cases(self.reviews, self.tops, self.study.all_codings)
        return _records(register[(register["theme_id"] == theme_id) & register["on"].notna()])

    def _wordings(self, ids: list[str]) -> list[dict]:
        """What was written before, by theme and part, the latest first; the words that stand are not among them."""
        kept = self.desk.definitions.sort_values(["created", "number", "definition_id"], kind="stable")
        kept = kept[kept["theme_id"].isin(ids) & kept["part"].isin(TEXTS)]
        return _records(kept[kept.duplicated(["theme_id", "part"], keep="last")].iloc[::-1][["theme_id", "part", "text", "created", "by", "because"]])

    def choices(self, theme_id: str) -> list[dict]:
        """Every extract of a theme, to choose from: where it stands, its words, who said it, and whether they may be quoted."""
        found = self.extracts[self.extracts["theme_id"] == theme_id]
        told = found.assign(line=found["text_line"], words=found["quotation"], group=found["participant_id"].map(self.groups), may_be_quoted=found["coding_id"].isin(self.agreed),
                            names=found["codes"].map(lambda codes: ", ".join(self.codes.get(code, code) for code in codes.split(", "))))
        return _records(told[["coding_id", "participant_id", "group", "source_id", "line", "start", "end", "words", "names", "comment", "may_be_quoted"]])


def _told(history: list | None) -> list[dict]:
    return [{name: str(entry.get(name) or "") for name in ("on", "by", "what", "because")} for entry in history or []]


def _cards(work: Definer, message: dict) -> dict:
    made = _Cards(work._desk)
    theme_id = message.get("theme_id") or next(iter(made.tops["theme_id"]), "")
    settings = work._desk.study.settings
    return {"themes": made.listed(), "card": made.card(theme_id) if theme_id in made.names else None, "me": work._desk.by, "label": SYNTHETIC if settings["synthetic"] else "",
            "questions": list(settings["questions"] or []), "grouped": bool(work._desk.study.group_by)}


def _choices(work: Definer, message: dict) -> dict:
    return {"choices": _Cards(work._desk).choices(message["theme_id"])}


Definer.asked = {"cards": _cards, "choices": _choices, "transcript": transcript}

"""What people wrote about each theme, and what its card still lacks."""

import re

import pandas as pd

from ..problems import count
from .acts import standing

PARTS = {  # what a person must write before a theme is final, and how to fill it
    "concept": ("its central organising concept", "Say in one sentence the idea that its extracts share. Where no sentence holds them all, it may be a topic, or two themes."),
    "is": ("what belongs to it", "Say which accounts belong, so that a second reader could sort an extract to it."),
    "is_not": ("what does not belong to it", "Say what comes near and is left out, and where that stands instead."),
    "subthemes_because": ("why it has these subthemes", "Say what each adds to the whole that the others do not."),
    "tensions": ("what pulls within it and against it", "Say what in it does not agree with itself; where nothing does, say how you looked."),
    "contribution": ("what it says to the question", "Say which research question it answers, and what the answer would lack without it."),
    "counter_evidence": ("what was looked for against it", "Sum up what was looked for, how, and what was found; “none found” will do, with the way it was looked for.")}
SEARCH = "Search at the review desk of notebook 4 (“Evidence against it”), or with files.append_review; a search that found nothing counts."
NAME = "Name what is claimed: who does what, and what comes of it."
CHOOSE = "Choose extracts that show it, each with a reason; a contrary one among them shows its limit."
TOPICS = frozenset("aspects attitudes background barriers benefits causes challenges communication concerns context difficulties enablers experience experiences "
                   "facilitators factors governance impact importance influences information issues leadership management meaning needs opinions outcomes "
                   "perceptions perspectives priorities problems process relationships resources role roles strategies support topics training understanding "
                   "use views workforce".split())  # words that name an area of talk and claim nothing about it
ALIKE = 0.5  # token Jaccard from which a name is an echo of a question


def gaps(themes: pd.DataFrame, reviews: pd.DataFrame | None = None) -> pd.DataFrame:
    """List what each theme's definition still lacks.

    Parameters
    ----------
    themes : DataFrame
        `tables.THEMES`.
    reviews : DataFrame, optional
        `tables.REVIEWS`. With it, a theme for which no search for evidence against it is recorded lacks one (found or not: that
        somebody looked, and how, is what counts).

    Returns
    -------
    DataFrame, in the order of the themes
        `theme_id`; `part`: the column of `tables.THEMES` it is about, or “search”; `look_at`: one sentence; `do`: how to fill it.
    """
    rows = []
    searched = None if reviews is None else set(standing(reviews).query("kind == 'negative case'")["theme_id"])
    stands = themes[themes["status"] != "let go"]
    for theme in stands.to_dict("records"):
        if pd.notna(theme["parent"]):
            lacks = _lacking(theme, ["concept"]) + _name_gaps(theme)
            lacks += [("codes", "is a subtheme of one code: is it a code?", "Give it another code on the board of notebook 3, or make it a code of its theme.")] if len(theme["codes"] or []) < 2 else []
        else:
            parts = [part for part in PARTS if part != "subthemes_because" or theme["theme_id"] in set(stands["parent"])]
            lacks = _lacking(theme, parts) + _search_gaps(theme, searched) + _name_gaps(theme) + _shortlist_gaps(theme)
        rows += [(theme["theme_id"], *lack) for lack in lacks]
    return pd.DataFrame(rows, columns=["theme_id", "part", "look_at", "do"])


def _lacking(theme: dict, parts: list[str]) -> list[tuple[str, str, str]]:
    return [(part, f"{PARTS[part][0]} is not written ({part})", PARTS[part][1]) for part in parts if pd.isna(theme[part])]


def _search_gaps(theme: dict, searched: set[str] | None) -> list[tuple[str, str, str]]:
    lacks = searched is not None and theme["theme_id"] not in searched
    return [("search", "no search for evidence against it is recorded (files.append_review, “negative case”)", SEARCH)] if lacks else []


def _name_gaps(theme: dict) -> list[tuple[str, str, str]]:
    return [("name", f"its name “{theme['name']}” is one word: is it a topic?", NAME)] if len(theme["name"].split()) < 2 else []


def _shortlist_gaps(theme: dict) -> list[tuple[str, str, str]]:
    if not theme["extracts"]:
        return [("extracts", "has no extract on its shortlist", CHOOSE)]
    bare = sum(not str(extract.get("because") or "").strip() for extract in theme["extracts"])
    return [("extracts", f"{count(bare, 'extract')} of its shortlist without a reason", "Say of each why it was chosen, or take it off.")] if bare else []


def name_checks(themes: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Hold each theme's name against the marks of a topic: one word, words that name an area of talk, an echo of what was asked.

    A theme that repeats a question of the guide may only be its answers put together (Braun & Clarke 2021, twenty questions, 15).

    Parameters
    ----------
    themes : DataFrame
        `tables.THEMES`.
    headings : dict
        Wordings to compare with, by what they are: the questions of the guide, headings, labels.

    Returns
    -------
    DataFrame, one row a theme or subtheme that was not let go, in their order
        `theme_id`, `name`; `topic_words`: by place; `nearest`: the heading most like it; `alike`: words in both / words in either (Jaccard), 0 to 1;
        `names_before`: from its history; `look_at`: what to ask, "" when nothing; `do`: what to do about it.
    """
    rows = []
    for theme in themes[themes["status"] != "let go"].to_dict("records"):
        words = _words(theme["name"])
        topics = [word for word in words if word in TOPICS]
        alike = {key: len(set(words) & other) / len(set(words) | other) for key, wording in headings.items() if (other := set(_words(wording)))}
        nearest = max(alike, key=lambda key: (alike[key], key), default="")
        asks = (["one word: is it a topic?"] if len(words) < 2 else []) + (["names an area of talk: what is claimed about it?"] if topics and len(words) < 5 else [])
        asks += [f"repeats {nearest}: is it the answers to one question?"] if alike.get(nearest, 0) >= ALIKE else []
        rows.append({"theme_id": theme["theme_id"], "name": theme["name"], "topic_words": ", ".join(topics), "nearest": nearest, "alike": alike.get(nearest, 0.0),
                     "names_before": _names(theme), "look_at": " ".join(asks), "do": NAME if asks else ""})
    return pd.DataFrame(rows, columns=["theme_id", "name", "topic_words", "nearest", "alike", "names_before", "look_at", "do"])


def guide_headings(settings: dict) -> dict[str, str]:
    """What a theme's name is compared with: the guide's questions, the research questions, and the labels of attributes."""
    headings = {f"question {key} of the guide": wording for key, wording in (settings["guide"] or {}).items()}
    headings |= {f"research question {number}": wording for number, wording in enumerate(settings["questions"], start=1)}
    return headings | {f"the attribute {name}": str(said.get("label", name)) for name, said in (settings["attributes"] or {}).items() if isinstance(said, dict)}


def shortlist(themes: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """The extracts chosen to speak for each theme.

    Returns
    -------
    DataFrame, themes and extracts in their own order
        `theme_id`, `coding_id`, `because`, `participant_id`, `source_id`, `text_line`, `quotation`.
    """
    rows = [(theme.theme_id, extract.get("coding"), extract.get("because")) for theme in themes.itertuples() for extract in theme.extracts or []]
    listed = pd.DataFrame(rows, columns=["theme_id", "coding_id", "because"]).astype({"coding_id": "str"})
    return listed.merge(codings[["coding_id", "participant_id", "source_id", "text_line", "quotation"]], how="left", on="coding_id")


def name_history(theme: dict) -> list[dict]:
    """Every name a theme has had, oldest first, as its history tells: entries that say “created as: X” or “renamed: X”.

    Parameters
    ----------
    theme : dict
        A row of `tables.THEMES`.

    Returns
    -------
    list of dict
        `name`; `on`, `by`, `because`: when, by whom and why it was given, "" where nothing says so.
    """
    names: list[dict] = []
    for entry in theme["history"] or []:
        given = re.match(r"(?:created as|renamed): (.+)", str(entry.get("what", "")))
        if given is None:
            continue
        if entry.get("was") and (not names or names[-1]["name"] != entry["was"]):
            names.append({"name": entry["was"], "on": theme["created"] if not names and pd.notna(theme["created"]) else "", "by": "", "because": ""})
        names.append({"name": given[1], **{told: str(entry.get(told) or "") for told in ("on", "by", "because")}})
    return names


def _names(theme: dict) -> str:
    return "; ".join(f"{given['name']} ({given['on']})" for given in name_history(theme))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.lower())

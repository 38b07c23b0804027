"""What people wrote about each theme, and what its card still lacks."""

import re

import pandas as pd

from .acts import standing

PARTS = {  # what a person must write before a theme is final
    "concept": "its central organising concept", "is": "what belongs to it", "is_not": "what does not belong to it",
    "contribution": "what it says to the question", "counter_evidence": "what was looked for against it"}
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
        `theme_id`, `look_at`: one sentence.
    """
    rows = []
    searched = set() if reviews is None else set(standing(reviews).query("kind == 'negative case'")["theme_id"])
    for theme in themes[themes["status"] != "let go"].itertuples(index=False):
        theme = dict(zip(themes.columns, theme, strict=True))
        is_sub = pd.notna(theme["parent"])
        rows += [(theme["theme_id"], f"{words} is not written ({part})") for part, words in PARTS.items()
                 if pd.isna(theme[part]) and (part == "concept" or not is_sub)]
        if reviews is not None and not is_sub and theme["theme_id"] not in searched:
            rows.append((theme["theme_id"], "no search for evidence against it is recorded (files.append_review, “negative case”)"))
        if len(theme["name"].split()) < 2:
            rows.append((theme["theme_id"], f"its name “{theme['name']}” is one word: is it a topic?"))
        if not is_sub and not theme["extracts"]:
            rows.append((theme["theme_id"], "has no extract on its shortlist"))
        if is_sub and len(theme["codes"] or []) < 2:
            rows.append((theme["theme_id"], "is a subtheme of one code: is it a code?"))
    return pd.DataFrame(rows, columns=["theme_id", "look_at"])


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
        `names_before`: from its history; `look_at`: what to ask, "" when nothing.
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
                     "names_before": _names(theme["history"]), "look_at": " ".join(asks)})
    return pd.DataFrame(rows, columns=["theme_id", "name", "topic_words", "nearest", "alike", "names_before", "look_at"])


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


def _names(history: list | None) -> str:
    """The names a history tells of: entries that say “created as: X” or “renamed: X”."""
    told = [(entry.get("on", ""), match[1]) for entry in history or [] if (match := re.match(r"(?:created as|renamed): (.+)", str(entry.get("what", ""))))]
    return "; ".join(f"{name} ({on})" for on, name in told)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.lower())

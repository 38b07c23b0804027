"""What was asked and what was spoken of: who had the occasion to say something, and what several people say of one thing.

A question is known by its words, so that a freely put one may be missed: “not recognised” is not “not asked”.
"""

import re

import pandas as pd

PLAIN = frozenset("a about all am an and any are as at be been but by can could did do does for from had has have how i if in is it its me might my not of on one or our say "
                  "so some tell than that the their them then there these they thing think this those to us was we were what when where which who why will with would you your".split())
ENOUGH = 0.4  # share of a question’s telling words that a turn must have


def asked(turns: pd.DataFrame, texts: dict[str, str], guide: dict[str, str]) -> pd.DataFrame:
    """Find where the interviewer put a question of the topic guide, by its words.

    A turn of an interviewer asks a question when it has at least two fifths of the question's telling words (those that are not
    plain words such as “what” and “the”), or when it names the question's id; of several questions the one it has most of.

    Parameters
    ----------
    turns : DataFrame
        `tables.TURNS`.
    texts : dict
        Canonical text by source.
    guide : dict
        Wording of each question by id (study.yaml, `guide`).

    Returns
    -------
    DataFrame, one row a question put, in reading order
        `source_id`, `turn`, `line`, `question`; `share` of its telling words in the turn, 0 to 1.
    """
    telling = {question: words for question, wording in guide.items() if (words := _words(wording) - PLAIN)}
    named = {question: re.compile(rf"\b{re.escape(question)}\b") for question in telling}
    rows = []
    for turn in turns[turns["participant_id"].isna()].itertuples():
        said = texts[turn.source_id][turn.start:turn.end]
        words = _words(said)
        shares = {question: 1.0 if named[question].search(said) else len(wanted & words) / len(wanted) for question, wanted in telling.items()}
        best = max(shares, key=lambda question: (shares[question], -list(shares).index(question)), default=None)
        if best is not None and shares[best] >= ENOUGH:
            rows.append((turn.source_id, turn.turn, turn.line, best, shares[best]))
    return pd.DataFrame(rows, columns=["source_id", "turn", "line", "question", "share"])


def asked_adjusted(extracts: pd.DataFrame, asked: pd.DataFrame, sources: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Set who is heard in a theme beside who was asked what it is an answer to.

    Each extract counts to the question last put before it in its interview. A theme that was said unasked, and a theme heard
    only from those who were asked, are read differently.

    Parameters
    ----------
    extracts : DataFrame
        The result of `extracts`.
    asked : DataFrame
        The result of `asked`.
    sources : DataFrame
        `tables.SOURCES`.
    most : int
        Questions of each theme to list: those behind most of its extracts.

    Returns
    -------
    DataFrame, one row a theme and question, themes in the order of `extracts`, questions by their extracts
        `theme_id`, `question` (“before any” where none was recognised yet); `extracts` said after it; `asked`: participants to whom it was put, as far as its
        words show; `heard_of_asked`: of them, those heard in the theme; `heard_of_others`: of the other participants, those heard in the theme.
    """
    people = sources.explode("participants")[["source_id", "participants"]]
    put = asked.merge(people, on="source_id").groupby("question")["participants"].agg(set).to_dict()
    everybody = set(people["participants"])
    rows = []
    for theme_id, found in extracts.groupby("theme_id", sort=False):
        heard = set(found["participant_id"].dropna())
        after = _last_put(found, asked).value_counts()
        for question in sorted(after.index, key=lambda q: (-after[q], q))[:most]:
            whom = put.get(question, set())
            rows.append({"theme_id": theme_id, "question": question, "extracts": int(after[question]), "asked": len(whom), "heard_of_asked": len(whom & heard),
                         "heard_of_others": len((everybody - whom) & heard)})
    return pd.DataFrame(rows, columns=["theme_id", "question", "extracts", "asked", "heard_of_asked", "heard_of_others"])


def _last_put(extracts: pd.DataFrame, asked: pd.DataFrame) -> pd.Series:
    left = extracts[["source_id", "turn"]].astype({"turn": "int64"}).reset_index().sort_values(["turn", "index"], kind="stable")
    right = asked[["source_id", "turn", "question"]].astype({"turn": "int64", "source_id": left["source_id"].dtype}).sort_values("turn", kind="stable")
    joined = pd.merge_asof(left, right, on="turn", by="source_id").set_index("index")["question"]
    return joined.reindex(extracts.index).fillna("before any")


def spoken_of(texts: dict[str, str], turns: pd.DataFrame, facts: pd.DataFrame, sources: pd.DataFrame, *, around: int = 140) -> pd.DataFrame:
    """Lay beside each other what participants say of one fact or event, and what is known of it.

    What a speaker says is not a fact, and a slip is not a fault of the speaker: people remember one event differently. The
    table says where to check, and a person does.

    Parameters
    ----------
    facts : DataFrame
        `tables.FACTS`.
    around : int
        Code points of context on each side of the words that match.

    Returns
    -------
    DataFrame, facts in their own order, then in reading order
        `fact_id`, `what`: what is known; `participant_id`, `source_id`, `line`, `said`: the words around the first match in each turn;
        `too_early`: the interview took place before anybody could know.
    """
    dates = sources.set_index("source_id")["date"]
    rows = []
    theirs = {source_id: list(of_source.itertuples()) for source_id, of_source in turns[turns["participant_id"].notna()].groupby("source_id", sort=False)}
    for fact in facts.itertuples():
        pattern = re.compile(fact.pattern, re.I)
        spoken = [source_id for source_id in theirs if pattern.search(texts[source_id])]  # most interviews say nothing of most facts
        for turn in (turn for source_id in spoken for turn in theirs[source_id]):
            text = texts[turn.source_id]
            if found := pattern.search(text, turn.start, turn.end):
                early = pd.notna(dates[turn.source_id]) and dates[turn.source_id] < fact.known_from
                rows.append({"fact_id": fact.fact_id, "what": fact.what, "participant_id": turn.participant_id, "source_id": turn.source_id, "line": turn.line,
                             "said": _around(text, turn, found, around), "too_early": early})
    return pd.DataFrame(rows, columns=["fact_id", "what", "participant_id", "source_id", "line", "said", "too_early"])


def _around(text: str, turn, found: re.Match, around: int) -> str:
    """The words round a match, cut at the borders of words and of the turn."""
    start, end = max(turn.start, found.start() - around), min(turn.end, found.end() + around)
    start = turn.start if start == turn.start else text.find(" ", start, found.start()) + 1 or found.start()
    end = turn.end if end == turn.end else max(text.rfind(" ", found.end(), end), found.end())
    return ("" if start == turn.start else "… ") + " ".join(text[start:end].split()) + ("" if end == turn.end else " …")


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w’']+", text.lower()))

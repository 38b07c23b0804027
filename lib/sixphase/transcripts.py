"""Who speaks, and how much: turns and words of canonical transcripts.

Spans are code points of the transcript. What counts as a word is said in `words`.
"""

import hashlib
import re

import pandas as pd

from .tables import TURNS, frame
from .words import words


def sha256(text: str) -> str:
    """The SHA-256 of a canonical transcript, in hex: the same words have the same one."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def turns_of(text: str, source_id: str, speakers: dict[str, str | None]) -> list[dict]:
    """Cut a transcript into turns.

    Parameters
    ----------
    text : str
        The canonical transcript.
    source_id : str
    speakers : dict
        The labels that begin a turn, each with its participant; None for an interviewer.

    Returns
    -------
    list of dict
        Rows of `tables.TURNS`. Words before the first label belong to no turn.
    """
    labels = "|".join(re.escape(label) for label in sorted(speakers, key=lambda label: (-len(label), label)))
    if not labels:
        return []
    begins = list(re.finditer(rf"^({labels}):[ \t]*", text, re.M))
    ends = [found.start() for found in begins[1:]] + [len(text)]
    rows = []
    for number, (found, end) in enumerate(zip(begins, ends, strict=True), start=1):
        said = text[found.end():end].rstrip()
        rows.append({"source_id": source_id, "turn": number, "line": 0, "speaker": found[1],
                     "participant_id": speakers[found[1]], "start": found.end(), "end": found.end() + len(said), "words": words(said)})
    line, at = 1, 0
    for row, found in zip(rows, begins, strict=True):
        line, at = line + text.count("\n", at, found.start()), found.start()
        row["line"] = line
    return rows


def turns(texts: dict[str, str], sources: pd.DataFrame) -> pd.DataFrame:
    """Cut all transcripts into turns.

    Parameters
    ----------
    texts : dict
        Canonical text by source.
    sources : DataFrame
        `source_id`, `participants` and `interviewers`, each a list of labels.

    Returns
    -------
    DataFrame
        `tables.TURNS`, in the order of `sources`, then of the transcript.
    """
    rows: list[dict] = []
    for source in sources.itertuples():
        if source.source_id in texts:
            speakers = {**{label: None for label in source.interviewers or []}, **{label: label for label in source.participants}}
            rows += turns_of(texts[source.source_id], source.source_id, speakers)
    return frame(TURNS, rows)


def talk(turns: pd.DataFrame) -> pd.DataFrame:
    """Add up who speaks how much in each source.

    Returns
    -------
    DataFrame, one row a source, in the order of `turns`
        `source_id`; `participant_turns`, `interviewer_turns`: turns; `participant_words`, `interviewer_words`: words;
        `interviewer_share`: interviewers' words as a share of all words, 0 to 1; `longest_turn`: words of the longest
        participant turn.
    """
    is_theirs = turns["participant_id"].notna()
    told = turns.assign(
        participant_turns=is_theirs.astype("int64"), interviewer_turns=(~is_theirs).astype("int64"),
        participant_words=turns["words"].where(is_theirs, 0), interviewer_words=turns["words"].where(~is_theirs, 0))
    told["longest_turn"] = told["participant_words"]
    sums = {name: (name, "sum") for name in ("participant_turns", "interviewer_turns", "participant_words", "interviewer_words")}
    table = told.groupby("source_id", sort=False).agg(**sums, longest_turn=("longest_turn", "max")).reset_index()
    both = table["participant_words"] + table["interviewer_words"]
    table["interviewer_share"] = (table["interviewer_words"] / both.where(both > 0)).astype("Float64")
    return table


def speech(turns: pd.DataFrame) -> pd.DataFrame:
    """Add up what each participant said, over all their interviews.

    Returns
    -------
    DataFrame, one row a participant, by id
        `participant_id`, `interviews`, `turns`, `words`.
    """
    theirs = turns[turns["participant_id"].notna()]
    return theirs.groupby("participant_id").agg(
        interviews=("source_id", "nunique"), turns=("turn", "size"), words=("words", "sum")).reset_index()


def timeline(turns: pd.DataFrame) -> pd.DataFrame:
    """Lay out each interview from its first to its last turn, for a picture of who holds the floor when.

    Returns
    -------
    DataFrame, one row a turn
        `source_id`, `speaker`, `participant_id`; `begins`, `ends`: words spoken in the interview before and after it.
    """
    ends = turns.groupby("source_id")["words"].cumsum()
    return pd.DataFrame({"source_id": turns["source_id"], "speaker": turns["speaker"], "participant_id": turns["participant_id"],
                         "begins": ends - turns["words"], "ends": ends})


def concordance(texts: dict[str, str], turns: pd.DataFrame, pattern: str, *, around: int = 60, regular: bool = False,
                interviewers: bool = False) -> pd.DataFrame:
    """Find words in their context, in all sources.

    Parameters
    ----------
    texts : dict
        Canonical text by source.
    turns : DataFrame
        `tables.TURNS`; only what lies in a turn is found.
    pattern : str
        Words to find, whatever their case; whole words. `*` stands for the rest of a word: `wait*`.
    around : int
        Code points of context on each side.
    regular : bool
        Take `pattern` as a regular expression instead.
    interviewers : bool
        Look in interviewers' turns too.

    Returns
    -------
    DataFrame
        `source_id`, `line`, `speaker`, `before`, `found`, `after`, `start`, `end`: by source in the order of `texts`, then place.

    Raises
    ------
    ValueError
        The pattern is empty or not a regular expression.
    """
    if not pattern.strip():
        raise ValueError("nothing to look for: write a word, or the beginning of one with *")
    wanted = pattern if regular else r"\b" + r"\w*".join(re.escape(part) for part in pattern.split("*")) + r"\b"
    try:
        search = re.compile(wanted, re.I)
    except re.error as error:
        raise ValueError(f"“{pattern}” is not a regular expression: {error}") from None
    rows = []
    looked_in = turns if interviewers else turns[turns["participant_id"].notna()]
    for turn in looked_in.itertuples():
        text = texts[turn.source_id]
        for found in search.finditer(text, turn.start, turn.end):
            start, end = found.span()
            if start < end:
                rows.append({"source_id": turn.source_id, "line": turn.line + text.count("\n", turn.start, start), "speaker": turn.speaker,
                             "before": _one_line(text[max(turn.start, start - around):start]), "found": _one_line(found[0]),
                             "after": _one_line(text[end:min(turn.end, end + around)]), "start": start, "end": end})
    return pd.DataFrame(rows, columns=["source_id", "line", "speaker", "before", "found", "after", "start", "end"])


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)

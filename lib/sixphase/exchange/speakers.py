"""Who speaks in an interview that has arrived: labels found, shown, and confirmed by a person."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..transcripts import words
from .arrivals import Arrival

LABEL = re.compile(r"([^\W\d_][\w.’'()\- ]{0,39}?|\w{1,12})(?: ?\[[^\]]{0,20}\])?:(?=\s|$)")
ASKS = {"interviewer", "int", "i", "iv", "researcher", "moderator", "facilitator", "q", "ai", "assistant"}
ANYONE = re.compile(r"(user|participant|respondent|interviewee|informant|speaker ?\d*|p|r|a)", re.I)
PARTICLES = {"van", "von", "de", "der", "den", "la", "le", "di", "da", "du", "of", "the", "and", "y", "bin", "al"}
OUR_ID = re.compile(r"[A-Za-z]{1,12}[-_]?\d{1,5}")


@dataclass
class Speaker:
    """A label found in what has arrived: its turns and words over all interviews, and who it will be."""

    label: str
    turns: int
    words: int
    interviews: int
    asks: bool
    person: str  # the participant id; "" when it differs from interview to interview


def cut(arrivals: Iterable[Arrival], extra: Iterable[str] = ()) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """Cut all interviews into turns.

    A label counts when it begins paragraphs at least twice over all interviews and reads like a name: one or two words,
    or words with capital letters. `extra` labels always count.

    Returns
    -------
    (turns, doubts)
        Turns by interview name, as (label, words); words before the first label have the label "".
        What looked like a label and was not taken for one, and what was taken for words and looks like a label.
    """
    arrivals = list(arrivals)
    seen = Counter(found[1].strip() for arrival in arrivals for p in arrival.paragraphs if (found := LABEL.match(p)))
    labels = {label for label, times in seen.items() if times >= 2 and _reads_like_a_name(label)} | set(extra)
    others = sorted(label for label in seen if label not in labels)
    doubts = [f"“{label}:” begins a line {'only once' if seen[label] == 1 else f'{seen[label]} times'} and was not taken for a speaker" for label in others[:8]]
    doubts += [f"… and {len(others) - 8} more like it"] if len(others) > 8 else []
    named = {label for arrival in arrivals for label, _ in arrival.turns}
    doubts += [f"{a.name}: words given to {label} begin “{found[1].strip()}:”, another speaker" for a in arrivals for label, said in a.turns
               if (found := LABEL.match(said)) and found[1].strip() in named - {label}]
    return {a.name: a.turns or _turns(a.paragraphs, labels) for a in arrivals}, doubts


def _reads_like_a_name(label: str) -> bool:
    words = label.split()
    return len(words) <= 2 or all(not word[0].islower() or word in PARTICLES for word in words)


def _turns(paragraphs: list[str], labels: set[str]) -> list[tuple[str, str]]:
    turns: list[tuple[str, list[str]]] = []
    for paragraph in paragraphs:
        found = LABEL.match(paragraph)
        if found and found[1].strip() in labels:
            turns.append((found[1].strip(), [paragraph[found.end():].strip()]))
        elif turns:
            turns[-1][1].append(paragraph)
        else:
            turns.append(("", [paragraph]))
    return [(label, "\n".join(filter(None, said))) for label, said in turns]


def propose(turns: dict[str, list[tuple[str, str]]], *, interviewers: Iterable[str], taken: Iterable[str]) -> list[Speaker]:
    """Say for each label who it seems to be; a person confirms it.

    Parameters
    ----------
    turns : dict
        Turns by interview, as `cut` gives them.
    interviewers : iterable of str
        Labels a person named as asking. Without any, labels such as “Interviewer” are proposed.
    taken : iterable of str
        Participant ids the study has already.

    Returns
    -------
    list of Speaker
        In the order in which they first speak.
    """
    asked = set(interviewers)
    found: dict[str, list] = {}
    for name, said in turns.items():
        for label, text in said:
            entry = found.setdefault(label, [0, 0, set()])
            entry[0], entry[1] = entry[0] + 1, entry[1] + words(text)
            entry[2].add(name)
    speakers, free = [], _free_ids(set(taken) | set(found))
    for label, (count, spoken, where) in found.items():
        if not label:
            continue
        asks = label in asked if asked else label.lower() in ASKS
        person = "" if asks or ANYONE.fullmatch(label) else label if OUR_ID.fullmatch(label) else next(free)
        speakers.append(Speaker(label, count, spoken, len(where), asks, person))
    return speakers


def _free_ids(taken: set[str]):
    number = 0
    while True:
        number += 1
        if f"P{number:02d}" not in taken:
            yield f"P{number:02d}"

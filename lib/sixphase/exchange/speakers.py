"""Who speaks in an interview that has arrived: labels found, shown, and confirmed by a person."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..words import words
from .arrivals import Arrival

BRACKETED = re.compile(r"\[([^\W_][\w .’'\-]{0,24})\]:?(?=\s|$)")  # [id1] as a label, in a text where paragraphs begin so
LABEL = re.compile(r"([^\W\d_][\w.’'()\- ]{0,39}?|\w{1,12})(?: ?\[[^\]]{0,20}\])?:(?=\s|$)")
ASKS = {"interviewer", "int", "i", "iv", "researcher", "moderator", "facilitator", "q", "ai", "assistant", "question"}
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


def cut(arrivals: Iterable[Arrival], extra: Iterable[str] = (), same: Mapping[str, str] | None = None) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """Cut all interviews into turns.

    A label counts when it begins paragraphs at least twice over all interviews and reads like a name: one or two words,
    or words with capital letters. `extra` labels always count. `same` says which labels are one speaker's: {"INT": "Interviewer"}.
    The times and the words of the turns are left in each arrival's `spoken_at` and `spoken`.

    Returns
    -------
    (turns, doubts)
        Turns by interview name, as (label, words); words before the first label have the label "".
        What looked like a label and was not taken for one, and what was taken for words and looks like a label.
    """
    arrivals, same = [_unbracketed(arrival) for arrival in arrivals], dict(same or {})
    extra = {*extra, *same}
    begins = {a.name: [LABEL.match(p) for p in a.paragraphs] for a in arrivals}
    seen = Counter(found[1].strip() for of_one in begins.values() for found in of_one if found)
    labels = {label for label, times in seen.items() if times >= 2 and _reads_like_a_name(label)} | set(extra)
    others = sorted(label for label in seen if label not in labels)
    doubts = [f"“{label}:” begins a line {'only once' if seen[label] == 1 else f'{seen[label]} times'} and was not taken for a speaker" for label in others[:8]]
    doubts += [f"… and {len(others) - 8} more like it"] if len(others) > 8 else []
    named = {label for arrival in arrivals for label, _ in arrival.turns}
    doubts += [f"{a.name}: words given to {label} begin “{found[1].strip()}:”, another speaker" for a in arrivals for label, said in a.turns
               if (found := LABEL.match(said)) and found[1].strip() in named - {label}]
    return {a.name: _turns(a, begins[a.name], labels, same) for a in arrivals}, doubts


def _unbracketed(arrival: Arrival) -> Arrival:
    """An arrival whose paragraphs begin with labels in brackets, with a colon after them instead."""
    found = [BRACKETED.match(paragraph) for paragraph in arrival.paragraphs]
    times = Counter(match[1] for match in found if match)
    if sum(times.values()) * 2 >= len(found) > 0 and max(times.values()) >= 2:
        arrival.paragraphs = [f"{match[1]}:{paragraph[match.end():]}" if match else paragraph for match, paragraph in zip(found, arrival.paragraphs, strict=True)]
    return arrival


def _reads_like_a_name(label: str) -> bool:
    words = label.split()
    return len(words) <= 2 or all(not word[0].islower() or word in PARTICLES for word in words)


def _turns(arrival: Arrival, begins: list[re.Match | None], labels: set[str], same: dict[str, str]) -> list[tuple[str, str]]:
    if arrival.turns:
        arrival.spoken_at, arrival.spoken = list(arrival.times), arrival.counts or [words(said) for _, said in arrival.turns]
        return [(same.get(label, label), said) for label, said in arrival.turns]
    turns: list[tuple[str, list[str]]] = []
    spoken_at: list[tuple[float | None, float | None]] = []
    spoken: list[int] = []
    counts = arrival.counts or [words(paragraph) for paragraph in arrival.paragraphs]
    for number, (paragraph, found) in enumerate(zip(arrival.paragraphs, begins, strict=True)):
        label = found[1].strip() if found else ""
        if label in labels:
            turns.append((same.get(label, label), [paragraph[found.end():].strip()]))
            spoken.append(counts[number] - _words_of_label(found[0]))
        elif turns:
            turns[-1][1].append(paragraph)
            spoken[-1] += counts[number]
            continue
        else:
            turns.append(("", [paragraph]))
            spoken.append(counts[number])
        spoken_at.append(arrival.times[number] if arrival.times else (None, None))
    arrival.spoken_at, arrival.spoken = spoken_at if arrival.times else [], spoken
    return [(label, "\n".join(filter(None, said))) for label, said in turns]


@lru_cache(maxsize=10_000)
def _words_of_label(label: str) -> int:
    return words(label)


def drifting(labels: Iterable[str]) -> list[list[str]]:
    """Labels that may be one speaker's, written in several ways: `INT`, `Int` and `Int.`.

    Examples
    --------
    >>> drifting(["INT", "P07", "Int.", "Interviewer 1", "P08"])
    [['INT', 'Int.', 'Interviewer 1']]
    """
    alike: dict[str, list[str]] = {}
    for label in labels:
        bare = re.sub(r"[\W_]+", "", label).casefold()
        key = "asks" if re.sub(r"\d+$", "", bare) in ASKS - {"i", "q", "ai", "assistant", "question"} else bare
        alike.setdefault(key, []).append(label)
    return [found for found in alike.values() if len(found) > 1]


def propose(turns: dict[str, list[tuple[str, str]]], *, interviewers: Iterable[str], taken: Iterable[str], spoken: Mapping[str, list[int]] | None = None) -> list[Speaker]:
    """Say for each label who it seems to be; a person confirms it.

    Parameters
    ----------
    turns : dict
        Turns by interview, as `cut` gives them.
    interviewers : iterable of str
        Labels a person named as asking. Labels such as “Interviewer” are proposed beside them.
    taken : iterable of str
        Participant ids the study has already.
    spoken : mapping, optional
        Words of the turns by interview, where they are counted already.

    Returns
    -------
    list of Speaker
        In the order in which they first speak.
    """
    asked = set(interviewers)
    found: dict[str, list] = {}
    for name, said in turns.items():
        for (label, _), number in zip(said, spoken[name] if spoken else (words(text) for _, text in said), strict=True):
            entry = found.setdefault(label, [0, 0, set()])
            entry[0], entry[1] = entry[0] + 1, entry[1] + number
            entry[2].add(name)
    speakers, free = [], _free_ids(set(taken) | set(found))
    for label, (count, spoken, where) in found.items():
        if not label:
            continue
        asks = label in asked or label.lower() in ASKS
        person = "" if asks or ANYONE.fullmatch(label) else label if OUR_ID.fullmatch(label) else next(free)
        speakers.append(Speaker(label, count, spoken, len(where), asks, person))
    return speakers


def _free_ids(taken: set[str]):
    number = 0
    while True:
        number += 1
        if f"P{number:02d}" not in taken:
            yield f"P{number:02d}"

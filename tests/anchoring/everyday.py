"""Edits as people make them to a transcript after coding, which remember where every character came from.

A text under edit is a list of (character, place in the old text); -1 stands for what was not there before.
"""

import random
import re

Edited = list[tuple[str, int]]


def begun(text: str) -> Edited:
    return [(character, place) for place, character in enumerate(text)]


def read(edited: Edited) -> str:
    return "".join(character for character, _ in edited)


def where(edited: Edited, start: int, end: int) -> tuple[int, int, float]:
    """Where a span of the old text truly is: from its first to its last character still there, and the share that is.

    Of a span that was torn apart, because a paragraph in it was moved, the longest piece counts.
    """
    places = [at for at, (_, place) in enumerate(edited) if start <= place < end]
    if not places:
        return -1, -1, 0.0
    pieces: list[list[int]] = [[places[0]]]
    for before, at in zip(places, places[1:], strict=False):
        if at - before > 300:
            pieces.append([])
        pieces[-1].append(at)
    longest = max(pieces, key=len)
    return longest[0], longest[-1] + 1, len({edited[at][1] for at in longest}) / (end - start)


def put(edited: Edited, at: int, end: int, words: str) -> Edited:
    """Words in the stead of a stretch; they count as having come from it."""
    from_old = [place for _, place in edited[at:end] if place >= 0]
    new = [(character, from_old[min(n, len(from_old) - 1)] if from_old else -1) for n, character in enumerate(words)]
    return edited[:at] + new + edited[end:]


def each(edited: Edited, pattern: str, words, share: float, rnd: random.Random) -> Edited:
    for found in reversed(list(re.finditer(pattern, read(edited), re.M))):
        if rnd.random() < share:
            edited = put(edited, *found.span(), words(found))
    return edited


def typos(edited: Edited, rnd: random.Random) -> Edited:
    def slip(found):
        word = found[0]
        at = rnd.randrange(len(word) - 1)
        return rnd.choice([word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at + 1:], word[:at] + word[at] + word[at:]])
    return each(edited, r"\b[a-z]{4,}\b", slip, 1 / 60, rnd)


def pseudonyms(edited: Edited, rnd: random.Random) -> Edited:
    names = sorted({found for found in re.findall(r"(?<=[a-z] )[A-Z][a-z]{2,}", read(edited))})
    for name in rnd.sample(names, min(6, len(names))):
        edited = each(edited, rf"\b{name}\b", lambda found: "[a place]", 1, rnd)
    return edited


def insertions(edited: Edited, rnd: random.Random) -> Edited:
    for at in sorted((found.end() for found in re.finditer(r"[.?!] ", read(edited)) if rnd.random() < 1 / 30), reverse=True):
        said = " ".join(rnd.choice("so then we went and had to wait for them again because it was like that you know".split()) for _ in range(rnd.randint(4, 14)))
        edited = edited[:at] + [(character, -1) for character in f"{said.capitalize()}. "] + edited[at:]
    return edited


def deletions(edited: Edited, rnd: random.Random) -> Edited:
    for found in reversed(list(re.finditer(r"(?<=[.?!] )[^.?!\n]+[.?!] ", read(edited)))):
        if rnd.random() < 1 / 30:
            edited = edited[:found.start()] + edited[found.end():]
    return edited


def spaces(edited: Edited, rnd: random.Random) -> Edited:
    edited = each(edited, r"\n\n", lambda found: "\n", 0.5, rnd)
    return each(edited, r"(?<=[.?!]) ", lambda found: "\n", 0.2, rnd)


def labels(edited: Edited, rnd: random.Random) -> Edited:
    for number, label in enumerate(sorted(set(re.findall(r"^([\w-]{1,20}):", read(edited), re.M)))):
        edited = each(edited, rf"^{label}:", lambda found, number=number: f"Speaker {number + 1}:", 1, rnd)
    return edited


def reordered(edited: Edited, rnd: random.Random) -> Edited:
    for _ in range(3):
        paragraphs = [found.span() for found in re.finditer(r".+\n", read(edited)) if len(found[0]) > 40]
        one, two = sorted(rnd.sample(range(len(paragraphs)), 2))
        (a, b), (c, d) = paragraphs[one], paragraphs[two]
        edited = edited[:a] + edited[c:d] + edited[b:c] + edited[a:b] + edited[d:]
    return edited


def characters(edited: Edited, rnd: random.Random) -> Edited:
    return [({"’": "'", "“": '"', "”": '"', "—": "-", "–": "-"}.get(character, character), place) for character, place in edited]


EVERYDAY = [typos, pseudonyms, insertions, deletions, spaces, labels, reordered, characters]


def spans(text: str, number: int, rnd: random.Random) -> list[tuple[int, int]]:
    """Codings as people make them: sentences, parts of sentences, a few words, and some that go over into the next turn."""
    sentences = [found.span(1) for found in re.finditer(r"(?:^\w+: |(?<=[.?!] ))([A-Z][^.?!\n]{8,}[.?!])", text, re.M)]
    words = [found.span() for found in re.finditer(r"\w+(?!\w*:)", text)]
    made = []
    for _ in range(number):
        kind = rnd.random()
        if kind < 0.5:
            at = rnd.randrange(len(sentences))
            made.append((sentences[at][0], sentences[min(len(sentences) - 1, at + rnd.choice([0, 0, 1, 2]))][1]))
        elif kind < 0.9:
            at = rnd.randrange(len(words) - 30)
            made.append((words[at][0], words[at + rnd.randint(4, 25)][1]))
        else:
            at = rnd.randrange(len(words) - 5)
            made.append((words[at][0], words[at + rnd.randint(1, 3)][1]))
    return made


def judged(carried, truth: tuple[int, int, float]) -> str:
    """`right`, `wrong` or `lost`: a place is right when it overlaps the true one by nine tenths, or both ends are within 3 characters."""
    start, end, kept = truth
    if carried.start < 0:
        return "right" if kept < 0.5 or carried.how == "to review" else "lost"
    if kept == 0:
        return "wrong"
    if kept < 0.7 and carried.how == "to review" and carried.start < end and start < carried.end:
        return "right"  # a person is shown what is left of it
    shared = max(0, min(end, carried.end) - max(start, carried.start))
    overlap = shared / (max(end, carried.end) - min(start, carried.start))
    return "right" if overlap >= 0.9 or (abs(carried.start - start) <= 3 and abs(carried.end - end) <= 3) else "wrong"

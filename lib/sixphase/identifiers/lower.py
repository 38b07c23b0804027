"""Names in transcripts that a machine wrote without capitals: given names, titles, and the words before “hospital” or “road”.

Less is found here than by capitals, and a person should know that.
"""

import re
from collections.abc import Iterator

from .capitals import ORGANISATION, PLACE, TO_PLACE, WORD
from .words import listed

TITLE = re.compile(r"\b(?:mrs?|ms|miss|dr|doctor|prof|professor|sir|dame|cllr|councillor|sister|reverend)$")
CALLED = re.compile(r"\b(?:called|named|name is|name's|name was|i'm|this is)$")


def has_no_capitals(text: str) -> bool:
    """Whether a transcript was written without capitals: hardly a sentence, and hardly a word, begins with one."""
    letters = [word for word in re.findall(r"(?:^|[.?!]\s+)([^\W\d_])", text, re.M)]
    words = WORD.findall(text)
    capitalised = sum(word[0].isupper() for word in words)
    return len(words) >= 40 and capitalised < 0.02 * len(words) and sum(letter.isupper() for letter in letters) <= 0.2 * max(1, len(letters))


def small_names(text: str) -> Iterator[tuple[int, int, str]]:
    """Find names without capitals: start, end and the kind that the words before and after suggest."""
    everyday = listed("everyday")
    words = list(WORD.finditer(text))
    for at, word in enumerate(words):
        said, before = word[0].casefold(), text[max(0, word.start() - 14):word.start()].rstrip().casefold()
        bare = re.sub(r"'s$", "", said.replace("’", "'"))
        strange = bare not in everyday and not bare.startswith("i'") and bare != "i"
        if bare in listed("given_names") and (strange or TITLE.search(before) or CALLED.search(before)):
            yield word.start(), _surname_end(text, words, at, everyday), "person"
        elif at and TITLE.search(before) and strange:
            yield words[at - 1].start(), word.end(), "person"
        elif bare in ORGANISATION | PLACE and at and _close(text, words[at - 1], word):
            begin = at - 1
            while begin and words[begin - 1][0].casefold() not in everyday and _close(text, words[begin - 1], words[begin]):
                begin -= 1
            if words[begin][0].casefold() not in everyday:
                yield words[begin].start(), word.end(), "organisation" if bare in ORGANISATION else "place"
        elif strange:
            yield word.start(), word.end(), "place" if TO_PLACE.search(text[max(0, word.start() - 12):word.start()]) else "other"


def _surname_end(text: str, words: list[re.Match], at: int, everyday: frozenset[str]) -> int:
    after = words[at + 1] if at + 1 < len(words) else None
    follows = after and _close(text, words[at], after) and after[0].casefold() not in everyday | listed("given_names")
    return after.end() if after and follows else words[at].end()


def _close(text: str, first: re.Match, second: re.Match) -> bool:
    return text[first.end():second.start()] == " "

"""Spans of an old text carried over to a new version of it: moved exactly, to be reviewed, or lost.

Words of both texts are compared with Unicode, case and spaces folded. Where words are the same and stand in the same order
they are paired; a span whose words are all paired, and whose neighbours agree, has moved. What was moved about in the text is
looked for by its words, and must be the only place that fits. Everything less certain is for a person to review, and a
passage that is gone is lost: it is never put on its neighbour. In a text that shares too little with the old one, as another
interview that follows the same script does, nothing has moved: all that is found there is for a person to review.

Measured by tests/anchoring/measure.py, 40 codings a transcript, eight kinds of everyday edits, another interview in the stead of
each; a wrong place is one that was proposed, to be looked at, but for those that are silent:

    transcripts                      right %   wrong %   lost %   silent and wrong %   silent when another interview stands there
    28 of the worked example, long     99.81      0.17     0.02           0.00                    0 of 1,120
    8 pieces of hearings, 5,000 words  99.65      0.27     0.08           0.00                    0 of 320
    50 led by one script, short        99.16      0.75     0.09           0.00                    0 of 2,000

Everyday edits leave at least 0.85 of the runs of four words in the new text; two interviews by one script share 0.40 at most.

Spans are [start, end) in Unicode code points of their text.
"""

import difflib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

TOKEN = re.compile(r"\w+|[^\w\s]")
FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "."})
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
RUN = 4  # words in a row that mark a place, when they stand once in both texts
AROUND = 8  # words on each side of a span that should agree
ENOUGH = 0.6  # least likeness of a span and the place it is proposed for
MARGIN = 0.1  # by how much the best place must be liker than the second
SHORT = 5  # words; a shorter span says too little by itself
SAME_TEXT = 0.6  # least share of the old text's runs of four words that stand in the new one, for both to be versions of one text


@dataclass(frozen=True)
class Carried:
    """Where a span of the old text is in the new one.

    Attributes
    ----------
    start, end : int
        Its place in the new text; for a span to be reviewed the place proposed, and -1 where there is none.
    how : str
        `moved` (the same words stand there), `to review` or `lost`.
    likeness : float
        How like the words there are, 0 to 1.
    """

    start: int
    end: int
    how: str
    likeness: float


class Comparison:
    """Two versions of a text, laid beside each other once for any number of spans.

    Parameters
    ----------
    old, new : str

    Attributes
    ----------
    shared : float
        The share of the old text's runs of four words that stand anywhere in the new one, 0 to 1; 1 for a text of fewer words.
    """

    def __init__(self, old: str, new: str):
        self.old, self.new = old, new
        self._a, self._b = _Words(old), _Words(new)
        self._pairs = _paired(self._a.words, self._b.words)
        self._runs: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self._b.words) - 2):
            self._runs.setdefault(tuple(self._b.words[at:at + 3]), []).append(at)
        runs, there = list(_runs_of(self._a.words)), set(_runs_of(self._b.words))
        self.shared = sum(run in there for run in runs) / len(runs) if runs else 1.0

    @property
    def is_another_text(self) -> bool:
        """Whether the new text shares so little with the old one that it is hardly a version of it."""
        return self.shared < SAME_TEXT

    def carry(self, start: int, end: int) -> Carried:
        """Say where a span of the old text is in the new one."""
        if self.old == self.new:
            return Carried(start, end, "moved", 1.0)
        first, last = self._a.within(start, end)
        if first == last:
            return Carried(-1, -1, "lost", 0.0)
        found = self._in_place(start, end, first, last) or self._elsewhere(start, end, first, last)
        return replace(found, how="to review") if found.how == "moved" and self.is_another_text else found

    def _in_place(self, start: int, end: int, first: int, last: int) -> Carried | None:
        """Where the words of a span are paired; None when they are not, or when too little of the span is left there."""
        paired = [at for at in range(first, last) if self._pairs[at] >= 0]
        if not paired:
            return None
        there = self._pairs[paired[0]], self._pairs[paired[-1]] + 1
        whole = len(paired) == last - first == there[1] - there[0]
        before, after = self._agreement(first, last, *there)
        if whole:
            place = self._place(start, end, first, last, *there)
            sure = max(before, after) >= 0.5 and (last - first >= SHORT or min(before, after) >= 0.5)
            if sure and self._same(start, end, *place) and not self._as_good_elsewhere(first, last, there, (before, after)):
                return Carried(*place, "moved", 1.0)
            return Carried(*place, "to review", 1.0) if max(before, after) > 0 or last - first >= SHORT else None
        there = self._widened(first, last, paired, there)
        likeness = _likeness(self._a.words[first:last], self._b.words[slice(*there)])
        kept = len(paired) / (last - first)
        if likeness < ENOUGH * 0.5 or (kept < 0.34 and min(before, after) < 0.5):
            return None
        return Carried(*self._place(start, end, first, last, *there), "to review", likeness)

    def _widened(self, first: int, last: int, paired: list[int], there: tuple[int, int]) -> tuple[int, int]:
        """A place whose ends also take the words that replaced those at the ends of the span: up to the paired neighbour, and no more of them."""
        low, high = there
        missing = paired[0] - first
        previous = next((self._pairs[at] + 1 for at in range(first - 1, max(-1, first - 40), -1) if self._pairs[at] >= 0), 0) if missing else low
        if missing and previous <= low:
            beside = first == 0 or self._pairs[first - 1] >= 0  # all that was replaced belongs to the span
            low = previous if low - previous <= missing + (3 if beside else 0) else low - missing
        missing = last - 1 - paired[-1]
        following = next((self._pairs[at] for at in range(last, min(len(self._pairs), last + 40)) if self._pairs[at] >= 0), len(self._b.words)) if missing else high
        if missing and following >= high:
            beside = last == len(self._pairs) or self._pairs[last] >= 0
            high = following if following - high <= missing + (3 if beside else 0) else high + missing
        return low, high

    def _elsewhere(self, start: int, end: int, first: int, last: int) -> Carried:
        """Look for a span that does not stand where it stood: by runs of three of its words, each voting for a place."""
        words = self._a.words[first:last]
        votes: Counter = Counter()
        for at in range(first, last - 2):
            places = self._runs.get(tuple(self._a.words[at:at + 3]), ())
            for place in places if len(places) <= 20 else ():
                votes[(place - (at - first)) // 3] += 1
        found = sorted({self._nearest(words, 3 * slot + 1) for slot, _ in votes.most_common(6)}, key=lambda hit: (-hit[0], hit[1]))
        found = [hit for n, hit in enumerate(found) if all(hit[2] <= other[1] or hit[1] >= other[2] for other in found[:n])]
        if not found or found[0][0] < ENOUGH:
            return Carried(-1, -1, "lost", found[0][0] if found else 0.0)
        likeness, low, high = found[0]
        context = [max(self._agreement(first, last, *hit[1:])) for hit in found[:2]]
        if len(found) > 1 and likeness + context[0] / 2 - found[1][0] - context[1] / 2 < MARGIN:
            return Carried(-1, -1, "to review", likeness)  # two places fit as well: a person chooses
        place = self._place(start, end, first, last, low, high)
        times = _times(words, self._a.words), _times(words, self._b.words)
        sure = likeness == 1.0 and last - first >= 2 * SHORT and times == (1, 1) and self._same(start, end, *place)
        if not sure and last - first < 2 * SHORT and likeness < 0.9 and context[0] < 0.3:
            return Carried(-1, -1, "lost", likeness)
        return Carried(*place, "moved" if sure else "to review", likeness)

    def _nearest(self, words: list[str], near: int) -> tuple[float, int, int]:
        """The likeness and the place of the stretch near a place that is likest these words."""
        low = max(0, near - 8)
        window = self._b.words[low:near + len(words) + 12]
        blocks = [block for block in difflib.SequenceMatcher(None, words, window, autojunk=False).get_matching_blocks() if block.size]
        if not blocks:
            return 0.0, low, low
        begins, ends = blocks[0].b, blocks[-1].b + blocks[-1].size
        begins, ends = max(0, begins - blocks[0].a), min(len(window), ends + len(words) - blocks[-1].a - blocks[-1].size)
        return _likeness(words, window[begins:ends]), low + begins, low + ends

    def _agreement(self, first: int, last: int, low: int, high: int) -> tuple[float, float]:
        """How far the words before and after a span agree with those around a place, 0 to 1 each."""
        before = _likeness(self._a.words[max(0, first - AROUND):first], self._b.words[max(0, low - AROUND):low])
        after = _likeness(self._a.words[last:last + AROUND], self._b.words[high:high + AROUND])
        at_start, at_end = first == 0 and low == 0, last == len(self._a.words) and high == len(self._b.words)
        return 1.0 if at_start else before, 1.0 if at_end else after

    def _as_good_elsewhere(self, first: int, last: int, there: tuple[int, int], context: tuple[float, float]) -> bool:
        """Whether the same words now stand more often than before, in a place whose neighbours agree as well."""
        words = self._a.words[first:last]
        if len(words) < 3:
            return min(context) < 0.5
        others = [at for at in self._runs.get(tuple(words[:3]), ()) if at != there[0] and self._b.words[at:at + len(words)] == words]
        if not others or _times(words, self._a.words) > len(others):
            return False
        return any(max(self._agreement(first, last, at, at + len(words))) > max(context) - 2 * MARGIN for at in others[:20])

    def _place(self, start: int, end: int, first: int, last: int, low: int, high: int) -> tuple[int, int]:
        """Words of the new text as a span, with the part of the first and last word, and the spaces, that the old span had."""
        a, b = self._a, self._b
        begins, ends = b.starts[low], b.ends[high - 1]
        if a.words[first] == b.words[low] and start > a.starts[first]:
            begins += min(start - a.starts[first], b.ends[low] - begins - 1)
        if a.words[last - 1] == b.words[high - 1] and end < a.ends[last - 1]:
            ends -= min(a.ends[last - 1] - end, ends - b.starts[high - 1] - 1)
        lead, trail = self.old[start:a.starts[first]] if start < a.starts[first] else "", self.old[a.ends[last - 1]:end] if end > a.ends[last - 1] else ""
        if lead and self.new[max(0, begins - len(lead)):begins] == lead:
            begins -= len(lead)
        if trail and self.new[ends:ends + len(trail)] == trail:
            ends += len(trail)
        return begins, max(ends, begins + 1)

    def _same(self, start: int, end: int, begins: int, ends: int) -> bool:
        """Whether the words of both spans are the same but for spaces, quotation marks, dashes and what nobody sees."""
        return _plain(self.old[start:end]) == _plain(self.new[begins:ends])


def carry(old: str, new: str, spans: Iterable[tuple[int, int]]) -> list[Carried]:
    """Carry spans of an old text over to a new version of it, in their order.

    Examples
    --------
    >>> carry("They never rang back. I gave up.", "Well. They never rang back. I gave up.", [(0, 21)])
    [Carried(start=6, end=27, how='moved', likeness=1.0)]
    """
    compared = Comparison(old, new)
    return [compared.carry(start, end) for start, end in spans]


def differences(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Cut two passages into what they share and what only one has, word by word: pieces of each, with whether the other lacks them.

    Examples
    --------
    >>> differences("we waited so long", "we wated so long")
    ([('we ', False), ('waited', True), (' so long', False)], [('we ', False), ('wated', True), (' so long', False)])
    """
    a, b = re.findall(r"\w+|\s+|[^\w\s]", old), re.findall(r"\w+|\s+|[^\w\s]", new)
    here: list[tuple[str, bool]] = []
    there: list[tuple[str, bool]] = []
    for kind, first, last, low, high in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for pieces, words in ((here, a[first:last]), (there, b[low:high])):
            if words:
                pieces.append(("".join(words), kind != "equal"))
    return here, there


class _Words:
    """The words of a text, folded, and where each stands."""

    def __init__(self, text: str):
        self.words, self.starts, self.ends = [], [], []
        for found in TOKEN.finditer(text):
            word = UNSEEN.sub("", unicodedata.normalize("NFKC", found[0].translate(FOLDED)).casefold())
            if word:
                self.words.append(word)
                self.starts.append(found.start())
                self.ends.append(found.end())

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The words that share a character with a span: the first, and one past the last."""
        return bisect_right(self.ends, start), max(bisect_right(self.ends, start), bisect_left(self.starts, end))


def _paired(a: list[str], b: list[str]) -> list[int]:
    """For each word of one text its partner in the other, -1 for none: never crossing, from runs that stand once in both outwards."""
    pairs = [-1] * len(a)
    here, there = _once(a), _once(b)
    anchors = _rising([(at, there[run]) for run, at in here.items() if run in there])
    low_a = low_b = 0
    for at, place in [*anchors, (len(a), len(b))]:
        if at < low_a or place < low_b:
            continue
        _pair_between(a, b, low_a, at, low_b, place, pairs)
        while at < len(a) and place < len(b) and a[at] == b[place]:
            pairs[at] = place
            at, place = at + 1, place + 1
        low_a, low_b = at, place
    return pairs


def _pair_between(a: list[str], b: list[str], low_a: int, high_a: int, low_b: int, high_b: int, pairs: list[int]) -> None:
    """Pair the words between two places that are paired already."""
    while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
        pairs[low_a] = low_b
        low_a, low_b = low_a + 1, low_b + 1
    while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
        high_a, high_b = high_a - 1, high_b - 1
        pairs[high_a] = high_b
    if low_a == high_a or low_b == high_b or (high_a - low_a) * (high_b - low_b) > 250_000:
        return  # between them nothing, or so much that is new that only a search can tell
    for block in difflib.SequenceMatcher(None, a[low_a:high_a], b[low_b:high_b], autojunk=False).get_matching_blocks():
        for step in range(block.size):
            pairs[low_a + block.a + step] = low_b + block.b + step


def _runs_of(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[step:] for step in range(RUN)), strict=False)


def _once(words: list[str]) -> dict[tuple[str, ...], int]:
    """The runs of words that stand exactly once, with their places."""
    runs: dict[tuple[str, ...], int] = {}
    for at, run in enumerate(_runs_of(words)):
        runs[run] = -1 if run in runs else at
    return {run: at for run, at in runs.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs in which both places rise (patience sorting)."""
    tails: list[int] = []
    best: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        before[number] = best[at - 1] if at else -1
        tails[at:at + 1], best[at:at + 1] = [place], [number]
    chosen, number = [], best[-1] if best else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _likeness(a: list[str], b: list[str]) -> float:
    if not a or not b:
        return 0.0
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _times(words: list[str], text: list[str]) -> int:
    """How often words stand in a text, two at most."""
    found, at = 0, -1
    while found < 2:
        try:
            at = text.index(words[0], at + 1)
        except ValueError:
            return found
        found += text[at:at + len(words)] == words
    return found


def _plain(text: str) -> str:
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(FOLDED))).split())

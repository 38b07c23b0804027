"""In which unit another program counts, told apart by what makes its selections fit; and how places move when a text is tidied.

Programs count code points, UTF-16 units or UTF-8 bytes, a line end CRLF as one or two, and some count the byte-order mark.
A reading fits a selection when the words it gives are the selection's name, or else when they begin and end at the borders of words.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

MOST = 600  # selections that are tried
WIDE = {"code points": None, "UTF-16 units": re.compile("[\U00010000-\U0010ffff]"), "UTF-8 bytes": re.compile("[^\x00-\x7f]")}


@dataclass(frozen=True)
class Reading:
    """One way to count: the unit, how much a CRLF counts, whether the byte-order mark and the last character count."""

    unit: str = "code points"
    crlf: int = 2
    mark: bool = False
    inclusive: bool = False
    doubled: bool = False  # every line end counts two, though the text has plain LF

    def __str__(self) -> str:
        ends = "every line end as two" if self.doubled else "CRLF as two" if self.crlf == 2 else "CRLF as one"
        return ", ".join([self.unit, ends, *(["the byte-order mark counted"] if self.mark else []), *(["the end inclusive"] if self.inclusive else [])])


# In order of preference: what REFI-QDA says first.
READINGS = [Reading(unit, crlf, mark, inclusive, doubled) for inclusive, doubled, mark, crlf, unit in product(
    (False, True), (False, True), (False, True), (2, 1), ("code points", "UTF-16 units", "UTF-8 bytes")) if not (doubled and crlf == 1)]


@dataclass
class Stored:
    """A text as the file holds it: `text` with LF, the places of those that were CRLF, and whether it began with a byte-order mark."""

    text: str = field(repr=False)
    crlf: list[int] = field(default_factory=list, repr=False)
    mark: bool = False
    _longer: dict = field(default_factory=dict, repr=False, compare=False)

    @property
    def plain(self) -> bool:
        """Whether all units agree on it."""
        return not self.crlf and not self.mark and self.text.isascii()

    @property
    def kind(self) -> tuple[bool, bool, bool]:
        """In what it tells units apart: characters beyond the basic plane, CRLF, a byte-order mark."""
        wide = not self.text.isascii() and len(self.text.encode("utf-16-le", "surrogatepass")) > 2 * len(self.text)
        return wide, bool(self.crlf), self.mark

    def longer(self, reading: Reading) -> tuple[list[int], list[int], list[int]]:
        """The characters that count more than one: their places, the offset after each, and how much more was counted by then."""
        unit = "code points" if self.text.isascii() else reading.unit
        ends = "doubled" if reading.doubled else "CRLF" if reading.crlf == 2 and self.crlf else ""
        if (unit, ends) not in self._longer:
            self._longer[unit, ends] = _longer(self, unit, ends)
        return self._longer[unit, ends]


def stored(raw: str) -> Stored:
    """Take a text as it was decoded: without its byte-order mark, every line end as LF."""
    mark, raw = raw.startswith("\ufeff"), raw.removeprefix("\ufeff")
    if "\r" not in raw:
        return Stored(raw, [], mark)
    crlf = [found.start() - number for number, found in enumerate(re.finditer("\r\n", raw))]
    return Stored(re.sub("\r\n?", "\n", raw), crlf, mark)


def _longer(source: Stored, unit: str, ends: str) -> tuple[list[int], list[int], list[int]]:
    wide = WIDE[unit]
    size = {"UTF-16 units": lambda c: 1, "UTF-8 bytes": lambda c: len(c.encode("utf-8", "surrogatepass")) - 1}.get(unit)
    extra = [(found.start(), size(found[0])) for found in wide.finditer(source.text)] if wide else []
    extra += [(found.start(), 1) for found in re.finditer("\n", source.text)] if ends == "doubled" else [(place, 1) for place in source.crlf] if ends else []
    places, after, more, total = [], [], [], 0
    for place, counted in sorted(extra):
        total += counted
        places.append(place)
        after.append(place + 1 + total)
        more.append(total)
    return places, after, more


class Ruler:
    """Turns offsets of one reading into code points of the text. An offset inside a character becomes its beginning."""

    def __init__(self, source: Stored, reading: Reading):
        self.at, self.ends, self.more = source.longer(reading)
        self.shift = (3 if reading.unit == "UTF-8 bytes" else 1) if reading.mark and source.mark else 0
        self.last = int(reading.inclusive)

    def __call__(self, offset: int) -> int:
        """The code point at an offset."""
        offset -= self.shift
        passed = bisect_right(self.ends, offset)
        place = offset - (self.more[passed - 1] if passed else 0)
        return min(place, self.at[passed]) if passed < len(self.at) else place

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span in code points, half-open."""
        return self(start), self(end + self.last)


def choose(texts: dict[str, Stored], selections: Iterable[tuple[str, int, int, str]]) -> tuple[Reading, list[str], list[str]]:
    """Choose the reading under which most selections fit.

    Parameters
    ----------
    texts : dict of Stored
    selections : iterable of (source, start, end, name)

    Returns
    -------
    (reading, said, doubts)
        What was chosen and on what evidence, for a person.
    """
    there = [s for s in selections if s[0] in texts]
    tried = _tried(texts, there)
    if not tried:
        return Reading(), ["offsets read as code points: all units agree on these texts"] if there else [], []
    scores: dict[Reading, tuple[int, int]] = {}
    best = READINGS[0]
    for reading in READINGS:
        scores[reading] = _score(texts, tried, reading)
        if _fits_better(reading, scores[reading], scores[best], len(tried)):
            best = reading
        if scores[best][0] == len(tried):  # each gives the words of its name: none can fit better
            break
    named, bordered = scores[best]
    fit, what = (named, "give the words the selection is named by") if named else (bordered, "begin and end at the borders of words")
    other = READINGS[0] if best.unit != "code points" else READINGS[1]
    beside = scores.get(other) or _score(texts, tried, other)
    against = f" (as {other.unit}: {beside[0 if named else 1]:,})" if beside != scores[best] else ""
    said = f"offsets read as {best}: {fit:,} of {len(tried):,} selections tried {what}{against}"
    doubts = [f"however the offsets are counted, only {fit:,} of {len(tried):,} selections tried {what}: compare some with the original"] if fit < 0.6 * len(tried) else []
    return best, [said], doubts


def _tried(texts: dict[str, Stored], there: list[tuple[str, int, int, str]]) -> list[tuple[str, int, int, str]]:
    """Some selections of each kind of text that tells units apart, evenly spread, so that few texts with rare characters are not missed."""
    kinds = {key: text.kind for key, text in texts.items() if not text.plain}
    telling: dict[tuple, list] = {}
    for selection in there:
        if selection[0] in kinds:
            telling.setdefault(kinds[selection[0]], []).append(selection)
    groups = list(telling.values()) or [[s for s in there if s[3]]]
    each = MOST // len(groups)
    return [selection for group in groups for selection in group[::-(-len(group) // each) or 1]]


def _fits_better(reading: Reading, score: tuple[int, int], best: tuple[int, int], tried: int) -> bool:
    """Whether a reading fits more selections: names do not fit by chance, borders of words may, and the odd readings need more to speak for them."""
    odd = (reading.doubled or reading.inclusive) * (1 + tried // 20)
    chance = tried // 50 + odd
    return score[0] > best[0] + odd * bool(best[0]) or (score[0] == best[0] and score[1] > best[1] + chance)


def _score(texts: dict[str, Stored], tried: Sequence[tuple[str, int, int, str]], reading: Reading) -> tuple[int, int]:
    rulers = {source: Ruler(texts[source], reading) for source in {s[0] for s in tried}}
    named = bordered = 0
    for source, start, end, name in tried:
        text = texts[source].text
        begin, stop = rulers[source].span(start, end)
        if 0 <= begin < stop <= len(text):
            named += bool(name) and _is_name(text[begin:stop], name)
            bordered += _at_borders(text, begin, stop)
    return named, bordered


def _is_name(words: str, name: str) -> bool:
    """Whether a selection's name is its words, white space apart, or their beginning where the name was shortened."""
    plain, told = " ".join(words.split()), " ".join(name.split())
    cut = told.removesuffix("...").removesuffix("…").rstrip()
    return plain == told or (len(cut) >= 8 and cut != told and plain.startswith(cut))


def _at_borders(text: str, start: int, end: int) -> bool:
    inside = (start and text[start - 1].isalnum() and text[start].isalnum()) or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
    return not inside and not (text[start].isspace() and text[end - 1].isspace() and end - start > 1)


class Moved:
    """A text with pieces replaced, and where each place of the old text is in it."""

    def __init__(self, text: str, edits: Sequence[tuple[int, int, str]] = ()):
        parts, at, self.starts, self.ends, self.begins, self.stops, grown = [], 0, [], [], [], [], 0
        for start, end, new in sorted(edits):
            parts += [text[at:start], new]
            self.starts.append(start)
            self.ends.append(end)
            self.begins.append(start + grown)
            grown += len(new) - (end - start)
            self.stops.append(end + grown)
            at = end
        self.text = "".join([*parts, text[at:]])

    def start(self, place: int) -> int:
        """Where a span that began at `place` begins now: after what was put in there."""
        n = bisect_right(self.starts, place) - 1
        if n < 0:
            return place
        inside = place < self.ends[n] or (place == self.starts[n] and self.ends[n] > place)
        return self.begins[n] if inside else place - self.ends[n] + self.stops[n]

    def end(self, place: int) -> int:
        """Where a span that ended at `place` ends now: before what was put in there."""
        n = bisect_right(self.starts, place - 1) - 1
        if n < 0:
            return place
        return self.stops[n] if place <= self.ends[n] else place - self.ends[n] + self.stops[n]


def tidy(text: str) -> Moved:
    """Bring a text into canonical form (NFC, LF, no control characters) and know where every place went."""
    edits = [(found.start(), found.end(), "\n" if found[0] in "\v\f\x85\u2028\u2029\r" else "")
             for found in re.finditer("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f\x85\u2028\u2029]", text)]
    without = Moved(text, edits)
    if unicodedata.is_normalized("NFC", without.text):
        return without
    composed = [edit for found in re.finditer("[\x00-\x7f]?[^\x00-\x7f]+", without.text) for edit in _composed(found[0], found.start())]
    return Both(without, Moved(without.text, composed))


class Both(Moved):
    """Two changes of a text, one after the other."""

    def __init__(self, first: Moved, second: Moved):
        self.first, self.second, self.text = first, second, second.text

    def start(self, place: int) -> int:
        """See `Moved.start`."""
        return self.second.start(self.first.start(place))

    def end(self, place: int) -> int:
        """See `Moved.end`."""
        return self.second.end(self.first.end(place))


def _composed(run: str, at: int) -> Iterable[tuple[int, int, str]]:
    """The edits that bring a run of characters into NFC, each as short as can be."""
    if unicodedata.is_normalized("NFC", run):
        return
    begin = 0
    for place in range(1, len(run) + 1):
        piece = run[begin:place]
        if place < len(run) and _joins(piece, run[place]):
            continue
        new = unicodedata.normalize("NFC", piece)
        if new != piece:
            yield at + begin, at + place, new
        begin = place


def _joins(piece: str, after: str) -> bool:
    return bool(unicodedata.combining(after)) or unicodedata.normalize("NFC", piece + after) != unicodedata.normalize("NFC", piece) + unicodedata.normalize("NFC", after)

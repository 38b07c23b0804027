"""Bracketed descriptions in the stead of names, and where every place of the old text is in the new one."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from .folding import folded, form_of


@dataclass(frozen=True)
class Replaced:
    """A text with its replacements. `edits` are (start, end, words) in code points of the old text, in order, apart from each other."""

    text: str
    edits: tuple[tuple[int, int, str], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the old text is in the new one. A span that cuts into a replaced name takes the whole replacement."""
        return self._moved(start, after=False), self._moved(end, after=True)

    def _moved(self, place: int, *, after: bool) -> int:
        before = self.edits[:bisect_left(self.edits, place, key=lambda edit: edit[0])]
        if before and place < before[-1][1]:  # inside a name: its beginning, or its end
            return self._moved(before[-1][1 if after else 0], after=after)
        return place + sum(len(words) - (end - start) for start, end, words in before)


def replaced(text: str, forms: Mapping[str, str], *, within: list[tuple[int, int]] | None = None) -> Replaced:
    """Put descriptions in the stead of names.

    Parameters
    ----------
    text : str
    forms : mapping
        The words to put in for each form; a form is found whatever its case, and with letters nobody sees in it; of two that
        overlap the longer is taken. What stands in square brackets already is left as it is.
    within : list of (int, int)
        Spans to look in, in code points; the whole text unless they are given.

    Examples
    --------
    >>> made = replaced("Ask Ann Lee or Ann’s boss.", {"Ann Lee": "[person 1]", "Ann": "[person 1]"})
    >>> made.text
    'Ask [person 1] or [person 1]’s boss.'
    >>> made.text[slice(*made.span(4, 14))]
    '[person 1] or'
    """
    words = {form_of(form): description for form, description in forms.items() if form_of(form)}
    if not words:
        return Replaced(text, ())
    plain, places = folded(text)
    spaced = re.sub(r"\s", " ", plain)
    wanted = "|".join(re.escape(form) for form in sorted(words, key=lambda form: (-len(form), form)))
    bracketed = [found.span() for found in re.finditer(r"\[[^\]\n]*\]", text)]
    edits = []
    for found in re.finditer(rf"(?<!\w)(?:{wanted})(?!\w)", spaced):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if not any(first < end and start < last for first, last in bracketed) and (within is None or any(first <= start and end <= last for first, last in within)):
            edits.append((start, end, words[found[0]]))
    parts, at = [], 0
    for start, end, description in edits:
        parts += [text[at:start], description]
        at = end
    return Replaced("".join([*parts, text[at:]]), tuple(edits))

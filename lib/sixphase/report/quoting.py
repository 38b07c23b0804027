"""Quotations with declared edits: what was left out and what was put in, checked against the words that were said.

An author shortens a quotation by writing it again: `[You feel […] a nuisance [to them]](quote:…)`. `[…]` is a cut; any other
square brackets that were not said are an insertion. All else must be the words of the coding, in their order. What is
printed comes from the transcript and never from what the author typed.
"""

import re
from dataclasses import dataclass

CUT = "[…]"
BRACKETS = re.compile(r"(\[[^\[\]]*\])")


@dataclass(frozen=True)
class Piece:
    """A stretch of a quotation: `said` by the participant, or a cut or an insertion of the author."""

    words: str
    said: bool


class NotSaid(ValueError):
    """Words of an edited quotation that are not in the coding, or not in this order; the message holds them."""


def pieces(words: str, edited: str = "", *, whole: bool = True) -> list[Piece]:
    """Cut a quotation into what was said and what the author did to it.

    Parameters
    ----------
    words : str
        The words of the coding.
    edited : str
        The quotation as the author has it; all of `words` when it is empty. White space makes no difference.
    whole : bool
        Must a cut at the beginning or the end be shown, too? A fragment within a sentence need not.

    Returns
    -------
    list of Piece
        Joined, they are the quotation as it is printed.

    Raises
    ------
    NotSaid
        Something in `edited` was not said, or was left out without `[…]`.

    Examples
    --------
    >>> [piece.words for piece in pieces("They never rang back. I gave up.", "They […] rang [me] back. […]")]
    ['They ', '[…]', ' rang ', '[me]', ' back. ', '[…]']
    """
    if not edited.strip():
        return [Piece(words, True)]
    found: list[Piece] = []
    at, may_skip, moved = 0, not whole, False
    for part in filter(str.strip, BRACKETS.split(edited)):
        here = _find(words, part, at, may_skip)
        if here is None and part in (CUT, "[...]"):
            found.append(Piece(CUT, False))
            may_skip = True
        elif here is None and BRACKETS.fullmatch(part):
            found.append(Piece(part, False))
        elif here is None:
            raise NotSaid(" ".join(part.split()))
        else:
            found.append(Piece(words[here[0]:here[1]], True))
            at, may_skip, moved = here[1], False, True
    if not moved or (whole and not may_skip and words[at:].strip()):
        raise NotSaid(f"{CUT} is missing before: {' '.join(words[at:].split())}" if moved else edited)
    return _spaced(found)


def _find(words: str, part: str, start: int, may_skip: bool) -> tuple[int, int] | None:
    """Where a part stands in the words from `start` on: at once, or anywhere if a cut stands before it."""
    pattern = re.compile(r"\s*" + r"\s+".join(map(re.escape, part.split())))
    found = pattern.search(words, start) if may_skip else pattern.match(words, start)
    if found is None:
        return None
    first = found.end() - len(found[0].lstrip())
    edge = not may_skip or first == 0 or not (words[first - 1].isalnum() and words[first].isalnum())
    return (first, found.end()) if edge else None


def _spaced(found: list[Piece]) -> list[Piece]:
    """One space where an author's brackets meet words, unless a mark follows them directly."""
    spaced = []
    for number, piece in enumerate(found):
        before = found[number - 1] if number else None
        if piece.said:
            left = " " if before and not piece.words[:1] in ",.;:!?’'”)" else ""
            right = " " if number + 1 < len(found) else ""
            spaced.append(Piece(f"{left}{piece.words.strip()}{right}", True))
        else:
            gap = " " if before and not before.said else ""
            spaced.append(Piece(f"{gap}{piece.words}", False))
    return spaced


def printed(parts: list[Piece]) -> str:
    """A quotation as it is printed."""
    return "".join(piece.words for piece in parts)

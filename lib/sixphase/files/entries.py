"""A file of entries (codebook.yaml, themes.yaml) that was read already: its text, cut at the line on which each entry begins, and what each says.

To read YAML without losing a comment takes a tenth of a second for thirty themes, and a move on the board reads six times. So what was read whole once, without a problem, is
remembered by its bytes; and one entry can be changed by itself, every other byte of the file as it was.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

REMEMBERED = 8  # files; each is at most a few hundred kilobytes


@dataclass(frozen=True)
class Entries:
    """What stands before the entries, the text of each with what it says, by its key and in order, and what stands behind them."""

    head: str
    texts: dict[str, str]
    rows: dict[str, dict]
    tail: str

    @property
    def content(self) -> bytes:
        """The file."""
        return "".join([self.head, *self.texts.values(), self.tail]).encode("utf-8")

    @property
    def lines(self) -> dict[str, int]:
        """The line each entry begins on, from 1."""
        before = accumulate((text.count("\n") for text in self.texts.values()), initial=1 + self.head.count("\n"))
        return dict(zip(self.texts, before, strict=False))

    def having(self, key: str, text: str, row: dict) -> "Entries":
        """The same with one entry changed, or added at the end."""
        return replace(self, texts={**self.texts, key: text}, rows={**self.rows, key: row})


def cut(content: bytes, lines: dict[str, int], rows: list[dict], end: int | None) -> Entries | None:
    """Cut a file where its entries begin; None where it cannot be done in whole lines.

    Parameters
    ----------
    content : bytes
    lines : dict
        The line each entry begins on, from 1, in any order.
    rows : list of dict
        What each says, in the order of the file.
    end : int or None
        The line on which something else begins behind the entries; None when nothing does.
    """
    text = content.decode("utf-8-sig").splitlines(keepends=True)
    if not lines or len(rows) != len(lines) or not all(line.endswith("\n") for line in text) or b"\r" in content:  # YAML ends lines at a few characters more, which we leave alone
        return None
    keys = sorted(lines, key=lines.__getitem__)
    starts = [*(lines[key] - 1 for key in keys), len(text) if end is None else end - 1]
    if any(after <= start for start, after in pairwise(starts)) or not all(text[start].startswith("  ") and text[start][2] not in " -" for start in starts[:-1]):
        return None
    texts = {key: "".join(text[start:after]) for key, (start, after) in zip(keys, pairwise(starts), strict=True)}
    found = Entries("".join(text[:starts[0]]), texts, dict(zip(keys, rows, strict=True)), "".join(text[starts[-1]:]))
    return found if found.content == content else None


def apart(text: str) -> tuple[str, str]:
    """The lines of an entry, and the blank lines and comments that follow it."""
    lines = text.splitlines(keepends=True)
    size = len(lines)
    while size and (not lines[size - 1].strip() or lines[size - 1].startswith(("#", "  #"))):
        size -= 1
    return "".join(lines[:size]), "".join(lines[size:])


_known: OrderedDict[tuple[str, bytes], Entries] = OrderedDict()


def remember(file: str, entries: Entries | None) -> None:
    """Keep a file that was read, or written, without a problem."""
    if entries is not None:
        _known[file, entries.content] = entries
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)


def recall(file: str, content: bytes) -> Entries | None:
    """What a file with just these bytes holds, if it was read before."""
    return _known.get((file, content))

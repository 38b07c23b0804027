"""Lists of words, one a line: everyday words of interviews in lower case, given names, and public names that identify nobody."""

import functools
from pathlib import Path


@functools.cache
def listed(name: str) -> frozenset[str]:
    """The words of one list: `everyday`, `given_names` or `public`."""
    return frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split("\n")) - {""}

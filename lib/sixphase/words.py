"""What a word is: a run of letters or digits, with apostrophes and hyphens inside it.

Notes of the transcriber in square brackets, such as `[laughs]`, are not words anyone spoke.
"""

import re

SPOKEN = re.compile(r"\w+(?:[’'\-]\w+)*")
WORD = re.compile(rf"\[[^\]\n]*\]|{SPOKEN.pattern}")


def words(text: str) -> int:
    """Count the words of a text; transcriber's notes in square brackets are none.

    Examples
    --------
    >>> words("It’s a two-year wait [laughs], isn't it?")
    6
    """
    if "[" not in text:
        return len(SPOKEN.findall(text))
    return sum(1 for found in WORD.finditer(text) if found[0][0] != "[")

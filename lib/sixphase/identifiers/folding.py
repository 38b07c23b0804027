"""One spelling for what a reader takes for one name: compatibility forms, case, marks nobody sees, look-alike letters.

`folded` keeps, for each code point of the folded text, its place in the text as it was, so that what is found in the
one can be shown in the other.
"""

import re
import unicodedata

UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
LOOKALIKES = str.maketrans("асеорхуікмтвнԁԛѕјһɡ", "aceopxyikmtbhdqsjhg")  # Cyrillic and others, drawn like Latin letters
QUOTES = str.maketrans("’‘ʼ‐‑", "'''--")


def folded(text: str) -> tuple[str, list[int]]:
    """Fold a text; give with it the place of each folded code point in `text`, and one past the end.

    Examples
    --------
    >>> folded("O\\u200bﬃce’s")[0]
    "office's"
    """
    letters, places = [], []
    for place, letter in enumerate(text):
        if UNSEEN.match(letter):
            continue
        for part in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters).translate(LOOKALIKES).translate(QUOTES), [*places, len(text)]


def form_of(words: str) -> str:
    """The folded form of a name, without a possessive and with single spaces: what makes two spellings one.

    Examples
    --------
    >>> form_of("Margaret’s") == form_of("MARGARET")
    True
    """
    return re.sub(r"\s+", " ", re.sub(r"'s?$", "", folded(words.strip())[0])).strip()


def one_letter_off(first: str, second: str) -> bool:
    """Whether one letter put in, left out, changed, or two neighbours swapped make one word the other.

    Examples
    --------
    >>> one_letter_off("margaret", "margret"), one_letter_off("osei", "osie"), one_letter_off("ann", "ben")
    (True, True, False)
    """
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    at = next((n for n, letter in enumerate(shorter) if letter != longer[n]), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1:] == shorter[at:]
    return longer[at + 1:] == shorter[at + 1:] or (longer[at:at + 2] == shorter[at:at + 2][::-1] and longer[at + 2:] == shorter[at + 2:])

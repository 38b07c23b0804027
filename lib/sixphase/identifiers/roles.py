"""Posts that one person holds, named without a capital: “our chief executive”, “the director of nursing”.

A post is proposed only after an article or a possessive that says there is one of it, and only where its words are those of a post
that a place has once or nearly so. “A nurse”, “the nurses” and “the doctor” are none.
"""

import re
from collections.abc import Iterator

ONE_OF_IT = r"(?:the|our|my|your|their|his|her|its|\w+['’]s?)"
FIELD = r"(?!and\b|or\b|at\b|who\b|for\b|in\b|to\b|is\b|was\b|the\b)[a-z-]{3,}"
POST = (rf"(?:(?:deputy|assistant|associate|interim|acting|vice|former|old|new|joint|executive|regional|clinical|medical|managing|non-executive) )*"
        rf"(?:chief (?:executive|constable|fire officer|nurse|pharmacist|medical officer|finance officer|operating officer|{FIELD} officer|of staff)"
        rf"|(?:{FIELD} )?directors? (?:of|for) {FIELD}(?: and {FIELD})?|(?:{FIELD} )?director|head of {FIELD}(?: and {FIELD})?|head ?teacher|headmaster|headmistress|principal"
        rf"|vice-chair|chair(?:man|woman|person)?(?= (?:of|who|asked|said|is|was|came|told|herself|himself)\b|[,.])|convenor|mayor|vicar|bishop|coroner"
        rf"|(?:lead|chief|community psychiatric|consultant|specialist) (?:nurse|midwife|therapist)|clinical lead|(?:{FIELD} )lead(?= (?:for|on)\b)"
        rf"|(?:ward|practice|service|locality|area|general|operations|estates|finance|care|home|business|programme|regional|district|team) manager|leader of the council|council leader)")
NAMED_POST = re.compile(rf"\b{ONE_OF_IT} ({POST})\b", re.I)


def roles(text: str) -> Iterator[tuple[int, int, str]]:
    """Find posts that one person holds, written small: start, end and the kind, “role”.

    Examples
    --------
    >>> said = "I asked the director of nursing, and a nurse, and our chief executive."
    >>> [said[start:end] for start, end, _ in roles(said)]
    ['director of nursing', 'chief executive']
    """
    for found in NAMED_POST.finditer(text):
        yield found.start(1), found.end(1), "role"

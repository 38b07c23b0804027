"""Identifiers with a shape of their own, as they are written in the United Kingdom."""

import re
from collections.abc import Iterator

MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
ORDINAL = (r"(?:\d{1,2}(?:st|nd|rd|th)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
           r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-\w+|thirtieth|thirty-first)")
SURE_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"  # March and May are other words too
FEAST = (r"(?:Christmas(?: Eve| Day)?|Boxing Day|New Year(?:['’]s (?:Eve|Day))?|Hogmanay|Easter|Good Friday|Whitsun|Halloween|Hallowe['’]en|Bonfire Night|Ramadan|Eid"
         r"|Diwali|Vaisakhi|Passover|Hanukkah|Yom Kippur|Burns Night|(?:St|Saint) \w+['’]s Day|\w+ bank holiday)")
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)"
COUNTED = rf"(?:{ONES}|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[- ]{ONES})?|hundred|thousand|million|billion)"
NUMBER = rf"(?:(?:a|half a|a couple of) )?{COUNTED}(?:(?: and)?(?: a half)? {COUNTED})*"
SHAPES = [  # kind, rule, pattern; what comes first wins where two meet
    ("contact", "e-mail address", r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    ("contact", "web address", r"(?:https?://|www\.)[^\s,;)]+|\b[\w-]+(?:\.[\w-]+)*\.(?:co\.uk|org\.uk|nhs\.uk|gov\.uk|ac\.uk|com|org|net)\b(?:/[^\s,;)]*)?"),
    ("contact", "handle", r"(?<![\w@])@\w{2,}"),
    ("contact", "postcode", r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[ABD-HJLNP-UW-Z]{2}\b"),
    ("contact", "telephone number", r"(?<![\w£])(?:\+44 ?(?:\(0\) ?)?|\(?0)[1-9](?:[ -]?\(?\d\)?){7,9}(?![\w])"),
    ("contact", "telephone extension", r"\b(?:[Ee]xtension|[Ee]xt\.?) \d{3,6}\b"),
    ("number", "National Insurance number", r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b"),
    ("number", "NHS number", r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b"),
    ("number", "number plate", r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b"),
    ("place", "coordinates", r"\b-?\d{1,2}\.\d{3,}, ?-?\d{1,3}\.\d{3,}\b"),
    ("date", "date", rf"\b(?:{WEEKDAY},? (?:the )?)?{ORDINAL}(?: of)? {MONTH}\b(?:,? (?:19|20)\d\d\b)?|\b{MONTH} (?:the )?{ORDINAL}\b(?:,? (?:19|20)\d\d\b)?|\b{MONTH},? (?:19|20)\d\d\b"
                     r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\b(?:19|20)\d\d-\d\d-\d\d\b"),
    ("date", "month", rf"\b{SURE_MONTH}\b|(?<=\bin the )march\b|(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\blast )|(?<=\bthis )|(?<=\bnext )|(?<=\bsince )|(?<=\buntil )|(?<=\bevery ))(?:March|May)\b"),
    ("date", "season", rf"\b(?:spring|summer|autumn|winter)(?: of)? (?:19|20)\d\d\b|(?:(?<=\blast )|(?<=\bthis )|(?<=\bnext )|(?<=\bthat )|(?<=\bin the )|(?<=\bof )|(?<=\bby ))(?:spring|summer|autumn|winter)\b"
                       r"|\b(?:spring|summer|autumn|winter) before last\b"),
    ("date", "feast", rf"\b{FEAST}\b"),
    ("date", "regular day", rf"\b(?:first|second|third|fourth|last|every|each|alternate) {WEEKDAY}s?\b|\b{WEEKDAY}s\b|\b{WEEKDAY} (?:mornings|afternoons|evenings|nights)\b"),
    ("amount", "amount of money", r"[£€$] ?\d[\d,.]*\d?(?: ?(?:k|m|bn|thousand|million|billion)\b)?|\b\d[\d,.]*(?: (?:thousand|million|billion))? (?:pounds|quid)\b"
                                   r"|\b(?:half a|a|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty(?:-\w+)?) (?:hundred |and a half )?(?:thousand|million|billion) pounds\b"),
    ("amount", "amount in words", rf"\b{NUMBER} (?:pounds?|quid|grand)\b(?: {COUNTED}\b)?"),
    ("number", "case number", r"\b[A-Z]{2,4} \d{5,}(?:/\d+)*\b"),
    ("number", "reference number", r"\b(?=[A-Z/-]*\d)[A-Z]{1,4}[/-]?\d{3,}(?:[/-]\w+)*\b|\b\d{5,}\b"),
]
COMPILED = [(kind, rule, re.compile(pattern, re.I if kind in ("date", "amount") or rule == "web address" else 0)) for kind, rule, pattern in SHAPES]

ADDRESS = re.compile("|".join(pattern for _, rule, pattern in SHAPES if rule in ("e-mail address", "web address", "handle")), re.I)  # a name in it is written small


def shapes(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Find identifiers by their shape: start, end, kind and rule, in the order of the rules. An NHS number must keep its check digit."""
    for kind, rule, pattern in COMPILED:
        for found in pattern.finditer(text):
            if rule != "NHS number" or is_nhs_number(found[0]):
                yield found.start(), found.end(), kind, rule


def is_nhs_number(words: str) -> bool:
    """Whether ten digits keep the check digit of an NHS number (modulus 11, NHS Data Model and Dictionary).

    Examples
    --------
    >>> is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")
    (True, False)
    """
    digits = [int(letter) for letter in words if letter.isdigit()]
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return len(digits) == 10 and check != 10 and digits[9] == check % 11

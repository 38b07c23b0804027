"""Numbers typed by hand that contradict the study.

A number that the study knows is named in the manuscript (`{participants}`), so that it cannot go stale. One that was typed
all the same is held against the study: 28 people where there are 23 would otherwise stand in print. A number of
another study is marked as such: `[40 participants]{.elsewhere}`.
"""

import re

from ..problems import Problem, count

UNITS = {"participants": ("participants", "interviewees", "respondents", "informants"), "interviews": ("interviews", "transcripts"),
         "codings": ("codings",), "codes": ("codes",), "themes": ("themes",), "memos": ("memos",), "decisions": ("decisions",)}
ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: number for number, word in enumerate(ONES)} | {word: 20 + 10 * number for number, word in enumerate(TENS)} | {
    f"{ten}{dash}{one}": 20 + 10 * number + ONES.index(one) for number, ten in enumerate(TENS) for one in ONES[1:10] for dash in "- "}
NUMBER_OF = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|none|most)\s+of"
NUMBER = r"(?<![\w.,£$€@-])(?P<typed>\d[\d,]*|" + "|".join(sorted(WORDS, key=lambda word: (-len(word), word))) + r")(?![\d%])"
ELSEWHERE = re.compile(r"\[[^\]]*\]\{\.elsewhere\}")


def contradictions(text: str, counts: dict[str, int], *, file: str = "manuscript/manuscript.md") -> list[Problem]:
    """List the numbers typed before a unit of the study that cannot be right.

    A number cannot be right when it is larger than all there are, when it is the number of another unit (23 interviews
    where 23 is the participants), when it claims to be all of them, or when it is half of them or more: a smaller one may be a part of them, which
    is the author's to answer for.

    Parameters
    ----------
    text : str
        The manuscript, with its references still in it.
    counts : dict
        `Study.counts`.
    """
    kept = ELSEWHERE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    problems = []
    for unit, names in UNITS.items():
        total = counts.get(unit, 0)
        wording = "|".join([*names, *sorted(also_called(text, unit))])
        pattern = re.compile(rf"(?:\b(?P<all>all|{NUMBER_OF}|the whole)\s+)?{NUMBER}\s+(?:(?!and\b|or\b|of\b|in\b|with\b)[\w-]+\s+){{0,3}}?(?:{wording})\b", re.I)
        for found in pattern.finditer(kept):
            typed = _value(found["typed"])
            if typed == total or not _impossible(typed, unit, counts, claims_all=bool(found["all"]) and typed > 3):
                continue
            line = kept.count("\n", 0, found.start("typed")) + 1
            problems.append(Problem(file, line, f"“{' '.join(found[0].split())}” contradicts the study", f"{count(total, unit.removesuffix('s'))}", str(typed),
                                    f"write {{{unit}}}; for a number of another study: [{' '.join(found[0].split())}]{{.elsewhere}}"))
    return problems


def also_called(text: str, unit: str) -> set[str]:
    """What else the author calls a unit: the plural within three words after its reference (“{participants} invented leaders”)."""
    found = re.findall(rf"\{{{unit}\}}\s+(?:[a-z-]+\s+){{0,2}}?([a-z]{{3,}}s|people)\b", text)
    return {name for name in found if not any(name in names for names in UNITS.values()) and name not in ("others", "was", "has", "its", "this", "years")}


def _value(typed: str) -> int:
    return WORDS[typed.lower()] if typed.lower() in WORDS else int(typed.replace(",", ""))


def _impossible(typed: int, unit: str, counts: dict[str, int], *, claims_all: bool) -> bool:
    others = {counts.get(other) for other in ("participants", "interviews") if other != unit and unit in ("participants", "interviews")}
    if 1900 <= typed <= 2100 and counts.get(unit, 0) < 1000:  # a year
        return False
    return typed > counts.get(unit, 0) or typed in others - {0, 1, 2} or claims_all or (typed >= 10 and typed * 2 >= counts.get(unit, 0))

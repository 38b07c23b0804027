"""Names by their capitals: every run of capitalised words that no list and no lower-case use explains.

A word that begins a sentence says nothing by its capital: it counts when it is a given name, when no transcript of the
study has it in lower case and it is no everyday word, or when the next word is capitalised too.
"""

import re
from collections.abc import Iterator, Set

from .words import listed

WORD = re.compile(r"[^\W\d_]+(?:[’'‘\-‐‑][^\W\d_]+)*")
TITLE = re.compile(r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lady|Lord|Rev(?:erend)?|Pastor|Imam|Rabbi|Cllr|Councillor|Sister|Nurse|Matron|Father|Canon|Judge|Baroness|Doctor|Aunt(?:ie|y)?|Uncle)\.?")
JOINS = {"of", "the", "for", "and", "&", "on", "upon", "in", "de", "la", "le", "du", "al", "el", "bin", "van", "von", "der", "by", "under", "next", "with"}
ORGANISATION = frozenset("""academy alliance agency ambulance arms association authority board bureau cafe café care centre centres charity church clinic club co college
    collaborative commission committee community company consortium constabulary council day department dispensary estates family fellowship forum foundation
    fund group gurdwara hall health healthcare hospice hospital hospitals house housing inn infirmary institute kitchen laboratories lodge ltd limited library llp
    medical ministries mission mosque network nursery partners partnership pharmacy police practice press primary radio school secondary service services
    society solicitors surgery synagogue team temple trust union university chronicle gazette herald echo post argus unison unite gmb sons daughters bros brothers mart""".split())
HEADS = frozenset("department ministry university nhs royal institute office school college council society association bank".split())  # what follows these with “and” or “for” is part of them
PLACE = frozenset("""avenue bay beach borough bridge castle close common corner court crescent cross dale down downs drive estate fell fells field fields gardens
    gate green grove harbour heath hill hills island isle lane lock marsh mead mews moor park parade place point port quay river road row sands shore square station
    street terrace town vale valley view village ward wards way wharf wood woods north south east west upper lower county coast""".split())
PROGRAMME = frozenset("appeal campaign fellowship festival initiative pathway pilot plan programme project scheme strategy together bus hub".split())
ROLE = frozenset("chair chief convenor coordinator dean deputy director executive governor head leader manager mayor officer president principal registrar secretary".split())
TO_PLACE = re.compile(r"(?:in|at|from|to|near|around|across|outside|towards|round|of|through|over|up|down|between|into|beyond|past|off)\s+(?:the\s+)?$", re.I)
OPENERS = frozenset("""a about after again all also although always an and another any anyway are as ask at aye be because been before being both but by can come could dear
    did do does doing each eight either else even ever every five for four from get give go going good had has have he hello her here hi his how however i if in instead is it
    its just keep know last later let like listen look mainly many maybe me more most much my never next nine no nobody none nor not nothing now of off oh okay on once
    one only or our out over people perhaps please put really right same see send seven several shall she should since six so some somebody someone something sometimes
    sorry such take talk tell ten thank thanks that the their them then there these they thing things think this those though three through to today tomorrow two um
    under until up us very wait was we well were what when where whereas whether which while who whose why will with without would yeah yep yes yesterday yet you your""".split())
EVERYDAY = listed("everyday")
ME = re.compile(r"I(?:[’'].*)?")
DOES = re.compile(r"(?:’s|'s)?,? (?:said|told|was|is|had|has|went|came|rang|asked|thought|wanted|left|from|who|and I|did|does|would|never|always|used|runs|ran|took|\w+ed)\b")
HOUSE = re.compile(r"\b\d{1,4}[A-Za-z]? $")
NUMBERED = re.compile(r"\s+\d{1,3}[A-Za-z]?\b")


def begins_sentence(text: str, place: int) -> bool:
    """Whether a word at a place begins a sentence, a line or speech that is reported, which may follow a mere comma."""
    before = text[max(0, place - 8):place].rstrip(" \t")
    return not before or before[-1] in ".?!…\n:[(“\",–—-])" or before[-2:] in (".”", "?”", "!”", ".’", "?’") or (before[-1] in "‘'" and before[-2:-1] in (" ", ",", ""))


def capitals(text: str, everyday: Set[str] = EVERYDAY) -> Iterator[tuple[int, int, str]]:
    """Find runs of capitalised words: start, end and the kind their words suggest.

    Parameters
    ----------
    text : str
    everyday : set of str
        Words in lower case, with straight apostrophes, that are no names when they begin a sentence.
    """
    for start, end in _runs(text, list(WORD.finditer(text))):
        start, end = _trimmed(text, start, end, everyday)
        if end - start > 1 or text[end:end + 1] == ".":  # a letter alone names nobody
            kind = kind_of(text, start, end)
            house = HOUSE.search(text, max(0, start - 6), start) if kind == "place" else None
            yield house.start() if house else start, end, kind


def kind_of(text: str, start: int, end: int) -> str:
    """What the words of a name, and those before it, suggest: person, organisation, place, role or programme."""
    words = [word.casefold().removesuffix("'s").removesuffix("’s") for word in WORD.findall(text[start:end])]
    if TITLE.match(text[start:end]) or (words[0] in listed("given_names") and not {*words} & (ORGANISATION | PLACE)):
        return "person"
    for kind, known in (("programme", PROGRAMME), ("place", PLACE), ("organisation", ORGANISATION), ("role", ROLE)):
        if words[-1] in known:
            return kind
    following = WORD.match(text, end + 1)
    for kind, known in (("programme", PROGRAMME), ("organisation", ORGANISATION)):
        if following and following[0] in known:
            return kind
    if set(words) & ORGANISATION or text[start:end].isupper():
        return "organisation"
    return "place" if TO_PLACE.search(text[max(0, start - 12):start]) else "person"


def _runs(text: str, words: list[re.Match]) -> Iterator[tuple[int, int]]:
    """Stretches of capitalised words, with the small words that join them; “and” joins only what ends as an organisation or a place does."""
    at = 0
    while at < len(words):
        if not _capital(words[at][0]):
            at += 1
            continue
        last, after = at, at + 1
        while after < len(words):
            gap = text[words[after - 1].end():words[after].start()]
            if not (gap in (" ", " & ") or (gap == ". " and TITLE.fullmatch(words[after - 1][0])) or (gap == ". " and len(words[after - 1][0]) == 1 and after - 1 > at)):
                break
            if _capital(words[after][0]):
                if begins_sentence(text, words[after].start()) and gap == ". " and not TITLE.fullmatch(words[after - 1][0]) and len(words[after - 1][0]) > 1:
                    break
                last = after
            elif words[after][0] not in JOINS or after - last > 2:
                break
            after += 1
        yield from _split(text, words[at:last + 1])
        at = last + 1


def _split(text: str, run: list[re.Match]) -> Iterator[tuple[int, int]]:
    tail = run[-1][0].casefold()
    joined = tail in ORGANISATION | PLACE | PROGRAMME or run[0][0].casefold() in HEADS
    begin = 0
    for place, word in enumerate(run):
        if word[0] in ("and", "with", "by", "in", "for", "to") and not (joined and word[0] in ("and", "for", "in")):
            if place > begin:
                yield run[begin].start(), run[place - 1].end()
            begin = place + 1
    while begin < len(run) and not _capital(run[begin][0]):
        begin += 1
    last = len(run)
    while last > begin and not _capital(run[last - 1][0]):
        last -= 1
    if begin < last:
        numbered = NUMBERED.match(text, run[last - 1].end()) if tail in PLACE | ORGANISATION else None
        yield run[begin].start(), numbered.end() if numbered else run[last - 1].end()


def _capital(word: str) -> bool:
    return not ME.fullmatch(word) and (word[0].isupper() or (len(word) > 2 and any(letter.isupper() for letter in word[1:])))


def _trimmed(text: str, start: int, end: int, everyday: Set[str]) -> tuple[int, int]:
    """The run without what is no name: first words that only begin a sentence, public names at either end; empty when nothing is left."""
    public = listed("public")
    if _bare(text[start:end]) in public:
        return start, start
    words = list(WORD.finditer(text, start, end))
    while words:
        first = words[0]
        word, alone = _bare(first[0]), len(words) == 1
        initial = begins_sentence(text, first.start())
        plain = word.casefold().replace("’", "'") in everyday or word in public
        given = word.casefold() in listed("given_names")
        if alone and TITLE.fullmatch(word):
            return start, start
        named = given and (text[max(0, first.start() - 4):first.start()].rstrip().endswith(",") or _reads_as_name(text, first.end(), alone))
        if initial and plain and not named and (alone or (not TITLE.fullmatch(word) and (word.casefold().split("'")[0].split("’")[0] in OPENERS or not _ends_as_name(words)))):
            words = words[1:]
            while words and not _capital(words[0][0]):
                words = words[1:]
        elif alone and word in public:
            return start, start
        else:
            break
    return (words[0].start(), end) if words and any(_bare(word[0]) not in public for word in words if _capital(word[0])) else (start, start)


def _ends_as_name(words: list[re.Match]) -> bool:
    """Whether the last word tells of an organisation, a place or a programme, so that its first word may be any word: “Sunrise Lodge”."""
    return words[-1][0].casefold() in ORGANISATION | PLACE | PROGRAMME


def _reads_as_name(text: str, end: int, alone: bool) -> bool:
    """A word such as Will, May or Mark at the beginning of a sentence: a name before a verb in the past, or before another capital."""
    return not alone or bool(DOES.match(text, end))


def _bare(word: str) -> str:
    return re.sub(r"(?:’|')s$", "", word)

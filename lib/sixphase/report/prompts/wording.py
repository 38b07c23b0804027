"""Words in the manuscript that do not fit the declared approach, each with its line, why, and what to write instead.

Only the author's own words are looked at, never quotations. What is asked, and how strictly by which family, stands in prompts.yaml.
"""

import re
from collections.abc import Callable, Iterator

import pandas as pd

from ... import approaches, themes
from ...study import Study
from ..first_draft import plain
from ..passages import own_words
from ..typed import WORDS, also_called
from .answers import PROMPTS, answered, strictness, told

MANUSCRIPT = "manuscript/manuscript.md"
COLUMNS = ["where", "words", "prompt", "strictness", "why", "instead"]
PEOPLE = "participants interviewees respondents informants people leaders interviews".split()
QUANTITIES = r"\b(?:some|most|many|several|(?:a |very )?few|(?:the |a )?majority|(?:a )?minority)"
LEGEND = re.compile(r"[“\"*_](?:some|most|many|several|few)[”\"*_]\W+(?:means?|stands? for|refers? to|is used)", re.I)
TYPED = rf"(?:\d[\d,]*|{'|'.join(sorted((word for word in WORDS if WORDS[word] > 1), key=lambda word: (-len(word), word)))})"
SAYING = r"(?:who\s+)?(?:said|say|told|tell|spoke|speak|talked|described?|mentioned?|reported?|felt|feel|thought|think|raised?|named?|complained|wanted|saw|see)\b"
COUNTED = r"\{(?:theme|code):[\w-]+ (?:participants|interviews|extracts)[a-z ]*\}"
PERCENT = re.compile(r"\b\d+(?:\.\d+)?\s?(?:%|per cent\b|percent\b)", re.I)
CAUSES = re.compile(r"\b(?:caused|causes|led to|leads to|hindered|hinders|resulted in|results in|gave rise to|impeded|drove)\b", re.I)
ATTRIBUTED = re.compile(r"\b(?:told|tells?|said|says?|saying|described?|describes|attributed?|accounts?|according to|spoke|speaks?|reported|argued|felt|thought|saw|recalled|claimed|credits?|"
                        r"understood|in (?:his|her|their) (?:view|words))\b", re.I)
SETTINGS = re.compile(r"\b(?:context|background|setting|landscape|environment)\b", re.I)
AGREEMENT = re.compile(r"\b(?:agreement|kappa|alpha|AC1|reliability)\b|[κα]", re.I)
LINE_END = re.compile(r"(?<=[^\n])\n(?=[^\n#>*-])")  # within a paragraph
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
Found = Iterator[tuple[str, str]]  # where it stands, and the words


def wording(study: Study) -> pd.DataFrame:
    """List the words of the manuscript that prompt a second look.

    Returns
    -------
    DataFrame, by the order of prompts.yaml, then by line
        `where`: file and line; `words`: the sentence they stand in; `prompt`; `strictness`: high, medium or low, by the study's family; `why`; `instead`;
        `because`: the reason an author gave for leaving them, "" where there is none.

    Raises
    ------
    StudyError
        An answer in manuscript/answers.yaml that cannot be used.
    """
    text = own_words(study.manuscript)
    rows = []
    for prompt in PROMPTS:
        how_strictly = strictness(study, prompt)
        if how_strictly and study.manuscript:
            said = told(prompt)
            look = CHECKS.get(prompt) or (lambda study, text, pattern=said["pattern"]: _matches(study, text, re.compile(pattern, re.I)))
            rows += [(*found, prompt, how_strictly, said["why"], said["instead"]) for found in look(study, text)]
    return answered(study, pd.DataFrame(rows, columns=COLUMNS, dtype="str"), of=[prompt for prompt in PROMPTS if "strictness" in told(prompt)])


def _matches(study: Study, text: str, pattern: re.Pattern, spare: Callable[[str], bool] = lambda sentence: False) -> Found:
    joined = LINE_END.sub(" ", text)
    for found in pattern.finditer(joined):
        sentence = next((s for s in SENTENCE.finditer(joined) if s.start() <= found.start() < s.end()), found)
        if not spare(sentence[0]):
            yield _line(study, found.start()), " ".join(study.manuscript[sentence.start():sentence.end()].split())


def _line(study: Study, offset: int) -> str:
    return f"{MANUSCRIPT}, line {study.manuscript.count(chr(10), 0, offset) + 1}"


def _quantities(study: Study, text: str) -> Found:
    if LEGEND.search(study.manuscript):
        return
    people = sorted({*PEOPLE, *also_called(study.manuscript, "participants")})
    yield from _matches(study, text, re.compile(rf"{QUANTITIES}(?:\s+of)?(?:\s+the|\s+these|\s+those)?(?:\s+[\w-]+)?\s+(?:{'|'.join(people)}|of them)\b", re.I))


def _counts(study: Study, text: str) -> Found:
    """How many people or interviews stand behind what is said: by reference anywhere, and typed in the abstract, the results and the discussion."""
    people = "|".join([*sorted({*PEOPLE, *also_called(study.manuscript, "participants")}), "them"])
    of_all = rf"\b{TYPED}\s+(?:out\s+)?of\s+(?:(?:the|our|all|these|those)\s+)*(?:(?:{TYPED}|\{{(?:participants|interviews)\}})\s+)?(?:[\w-]+\s+)??(?:{people})\b"
    saying = rf"\b(?!(?:2|two)\b){TYPED}\s+(?:[\w-]+\s+){{0,2}}?(?:{people})\s+{SAYING}"
    yield from _matches(study, text, re.compile(COUNTED))
    yield from _matches(study, _below(text, "Abstract", "Results", "Findings", "Discussion", "Conclusion"), re.compile(f"{of_all}|{saying}", re.I))


def _overrides(study: Study, text: str) -> Found:
    """The sentences about measures that were asked for though the family hides them, where the manuscript does not have them word for word."""
    there = _bare(study.manuscript)
    limits = re.search(r"^#+ .*limitation", study.manuscript, re.I | re.M)
    where = _line(study, limits.start()) if limits else f"{MANUSCRIPT}: there is no section on limitations"
    ids = [*study.texts, *study.participants["participant_id"]]
    told = [plain(sentence, ids).replace("\\", "") for sentence in approaches.overridden(study.family, study.decisions)]
    yield from ((where, sentence) for sentence in told if _bare(sentence) not in there)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _percentages(study: Study, text: str) -> Found:
    if study.counts["participants"] < 50:
        yield from _matches(study, _below(text, "Results", "Findings"), PERCENT)


def _causes(study: Study, text: str) -> Found:
    yield from _matches(study, _below(text, "Abstract", "Results", "Findings", "Discussion", "Conclusion"), CAUSES, lambda sentence: bool(ATTRIBUTED.search(sentence)))
    for theme in study.themes[study.themes["status"] != "let go"].itertuples():
        for told_of in (theme.name, theme.concept):
            if isinstance(told_of, str) and CAUSES.search(told_of) and not ATTRIBUTED.search(told_of):
                yield f"themes.yaml, line {study.lines['themes'].get(theme.theme_id, 1)}", " ".join(told_of.split())


def _only_2006(study: Study, text: str) -> Found:
    cited = set(re.findall(r"(?<![\w/])@([A-Za-z][\w-]*)", study.manuscript))
    years = {item["id"]: _year(item) for item in study.beside.get("references") or []
             if item["id"] in cited and "braun" in {str(author.get("family", "")).lower() for author in item.get("author", [])}}
    if years and max(years.values()) < 2019:
        yield _line(study, min(study.manuscript.find(f"@{work}") for work in years)), ", ".join(f"@{work}" for work in sorted(years))


def _year(item: dict) -> int:
    parts = (item.get("issued") or {}).get("date-parts") or [[0]]
    return int(parts[0][0])


def _echoes(study: Study, text: str) -> Found:
    for row in themes.name_checks(study.themes, themes.guide_headings(study.settings)).itertuples():
        if row.alike >= 0.5:
            yield f"themes.yaml, line {study.lines['themes'].get(row.theme_id, 1)}", f"{row.name} (like: {row.nearest})"


def _first_is_context(study: Study, text: str) -> Found:
    for theme in themes.tops(study.themes).head(1).itertuples():
        if SETTINGS.search(theme.name):
            yield f"themes.yaml, line {study.lines['themes'].get(theme.theme_id, 1)}", theme.name


def _agreement_missing(study: Study, text: str) -> Found:
    if not AGREEMENT.search(text):
        yield MANUSCRIPT, "nowhere in the manuscript"


def _below(text: str, *sections: str) -> str:
    """The text with all but these sections (`##`) made blank."""
    starts = [found.start() for found in re.finditer(r"^## ", text, re.M)] + [len(text)]
    kept = [" " if character != "\n" else character for character in text]
    for begin, end in zip(starts, starts[1:], strict=False):
        if text[begin + 3:end].lstrip().startswith(sections):
            kept[begin:end] = text[begin:end]
    return "".join(kept)


CHECKS: dict[str, Callable[[Study, str], Found]] = {
    "quantity words": _quantities, "counts beside themes": _counts, "an override untold": _overrides, "percentages of few people": _percentages, "causes claimed": _causes, "the 2006 paper alone": _only_2006,
    "themes that echo the guide": _echoes, "a first theme that is context": _first_is_context, "agreement not reported": _agreement_missing}

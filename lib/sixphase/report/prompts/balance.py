"""The balance of a manuscript: the author's words beside those quoted, theme by theme, and whose words are quoted.

Nothing here is a rule. Even is not better, and a ratio says nothing about the worth of an argument; each prompt may be answered with a reason.
"""

import re

import pandas as pd

from ... import quotations, themes, transcripts
from ...study import Study
from ..chain import chain
from ..passages import Passage, own_words, passages
from ..passages import words as count_words
from .answers import PROMPTS, answered, told

OF_ALL, OF_A_THEME = 0.15, 0.25  # shares of the quotations from which one person's prompt a note
LEAST, MOST = 1.0, 6.0  # words of analysis for each word of quotation
IN_A_ROW = 3
FEWEST = 4  # quotations of a theme below which a share says nothing
QUOTE = re.compile(r"\(quote:([^)\s]+)\)")


def narrative(study: Study) -> pd.DataFrame:
    """Compare the words of analysis with the words of extract in the section of each theme.

    Returns
    -------
    DataFrame, one row a theme, in their order
        `theme`: its name; `line`: of the section's first paragraph, NA where no heading bears the name; `words_of_analysis`: the author's; `words_of_extract`: as printed;
        `ratio`: the first for each of the second, NA without an extract; `extracts`: quotations; `longest_run`: quotations apart with nothing between them.
    """
    return _narrative(study, _with_speakers(study))


def _narrative(study: Study, quoted: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for theme in themes.tops(study.themes).itertuples():
        section = _section(study, theme.name)
        said = sum(len(words.split()) for words in _of(quoted, section)["words"])
        written = sum(count_words(passage.text) for passage in section)
        rows.append((theme.name, section[0].line if section else None, written, said, written / said if said else None, len(_of(quoted, section)), _longest_run(section)))
    names = ["theme", "line", "words_of_analysis", "words_of_extract", "ratio", "extracts", "longest_run"]
    return pd.DataFrame(rows, columns=names).astype({"line": "Int64", "ratio": "Float64"})


def speakers(study: Study) -> pd.DataFrame:
    """Say whose words the manuscript quotes.

    Returns
    -------
    DataFrame, one row a participant, by id
        `participant_id`, `quotations`; `share` of all quotations; `words`: spoken; `ratio`: share of quotations / share of words; `may_be_quoted`; `because`: the author's
        reason where the person is never quoted though they agreed.
    """
    return _speakers(study, _with_speakers(study))


def _speakers(study: Study, quoted: pd.DataFrame) -> pd.DataFrame:
    table = quotations.balance(quoted, transcripts.speech(study.turns))
    agreed = set(quotations.quotable(study.participants[["participant_id"]], study.participants)["participant_id"])
    table = table.assign(share=(table["quotations"] / max(1, len(quoted))).astype("Float64"), may_be_quoted=table["participant_id"].isin(agreed))
    never = answered(study, pd.DataFrame({"prompt": "never quoted", "words": table["participant_id"]}))["because"]
    table["because"] = never.where((table["quotations"] == 0) & table["may_be_quoted"], "")
    return table[["participant_id", "quotations", "share", "words", "ratio", "may_be_quoted", "because"]]


def balance(study: Study) -> pd.DataFrame:
    """List what the balance of the manuscript prompts an author to look at.

    Returns
    -------
    DataFrame
        `where`: the line of the manuscript, or "" ; `words`: what it is about; `prompt`, `why`, `instead`; `because`: the author's answer, "" where there is none.
    """
    if not study.manuscript:
        return pd.DataFrame(columns=["where", "words", "prompt", "why", "instead", "because"])
    quoted = _with_speakers(study)
    rows = [row for of in (_of_speakers, _of_sections, _of_quotations, _of_subthemes) for row in of(study, quoted)]
    made = pd.DataFrame([(where, words, prompt, told(prompt)["why"], told(prompt)["instead"]) for where, words, prompt in rows],
                        columns=["where", "words", "prompt", "why", "instead"], dtype="str")
    return answered(study, made, of=[prompt for prompt in PROMPTS if "strictness" not in told(prompt)])


def _of_speakers(study: Study, quoted: pd.DataFrame) -> list[tuple[str, str, str]]:
    people = _speakers(study, quoted)
    rows = [("", f"{row.participant_id}: {row.quotations} of {len(quoted)} quotations", "much of all quotations") for row in people.itertuples()
            if len(quoted) >= FEWEST and row.share > OF_ALL]
    for theme in themes.tops(study.themes).itertuples():
        of_theme = _of(quoted, _section(study, theme.name))
        times = of_theme["participant_id"].value_counts().sort_index()
        rows += [("", f"{person}: {n} of {len(of_theme)} quotations of {theme.name}", "more than a quarter of a theme") for person, n in times.items()
                 if len(of_theme) >= FEWEST and n / len(of_theme) > OF_A_THEME]
    return rows + [("", row.participant_id, "never quoted") for row in people.itertuples() if row.may_be_quoted and not row.quotations]


def _of_sections(study: Study, quoted: pd.DataFrame) -> list[tuple[str, str, str]]:
    rows = []
    for row in _narrative(study, quoted).itertuples():
        if pd.isna(row.line):
            rows.append(("", row.theme, "a theme without section"))
            continue
        where = f"line {row.line}"
        about = f"{row.theme}: {row.words_of_analysis} words of analysis, {row.words_of_extract} of extract"
        rows += [(where, about, "little analysis")] if pd.notna(row.ratio) and row.ratio < LEAST else []
        rows += [(where, about, "few extracts")] if pd.isna(row.ratio) or row.ratio > MOST else []
        rows += [(where, f"{row.theme}: {row.longest_run} in a row", "quotations in a row")] if row.longest_run >= IN_A_ROW else []
    return rows


def _of_quotations(study: Study, quoted: pd.DataFrame) -> list[tuple[str, str, str]]:
    every = passages(study.manuscript)
    rows = []
    for passage, after in zip(every, [*every[1:], None], strict=True):
        followed = after is not None and after.headings == passage.headings and _is_written(after)
        if QUOTE.search(passage.text) and not _is_written(passage) and not followed:
            rows.append((f"line {passage.line}", QUOTE.search(passage.text)[1], "nothing after it"))
    first: dict[tuple, int] = {}
    for row in quoted.itertuples():
        segment = (row.source_id, row.start, row.end)
        if segment in first:
            rows.append((f"line {row.line}", f"{row.words} (first in line {first[segment]})", "quotation used twice"))
        first.setdefault(segment, row.line)
    return rows


def _of_subthemes(study: Study, quoted: pd.DataFrame) -> list[tuple[str, str, str]]:
    rows = []
    for theme in themes.tops(study.themes).itertuples():
        section = _section(study, theme.name)
        here = _of(quoted, section)
        below = study.theme_codes[(study.theme_codes["theme_id"] == theme.theme_id) & study.theme_codes["subtheme_id"].notna()]
        for subtheme_id, codes in below.groupby("subtheme_id", sort=False)["code_id"] if section else []:
            given = study.codings[study.codings["code_id"].isin(codes)].merge(here[["source_id", "start", "end"]], on="source_id", suffixes=("", "_quoted"))
            if not ((given["start"] < given["end_quoted"]) & (given["end"] > given["start_quoted"])).any():
                name = study.themes.set_index("theme_id").loc[subtheme_id, "name"]
                rows.append((f"line {section[0].line}", f"{name} (of: {theme.name})", "a subtheme without extract"))
    return rows


def _with_speakers(study: Study) -> pd.DataFrame:
    said_by = study.codings.set_index("coding_id")["participant_id"].to_dict()
    quoted = chain(study)
    return quoted.assign(participant_id=quoted["coding_id"].map(said_by).astype("str"))


def _section(study: Study, name: str) -> list[Passage]:
    """The passages below the heading that bears a theme's name, in any spelling of capitals and marks."""
    return [passage for passage in passages(study.manuscript) if any(_bare(heading) == _bare(name) for heading in passage.headings)]


def _bare(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower()))


def _of(quoted: pd.DataFrame, section: list[Passage]) -> pd.DataFrame:
    lines = {passage.line + number for passage in section for number in range(passage.text.count("\n") + 1)}
    return quoted[quoted["line"].isin(lines)]


def _is_written(passage: Passage) -> bool:
    return bool(re.search(r"\w", own_words(passage.text)))


def _longest_run(section: list[Passage]) -> int:
    longest = run = 0
    for passage in section:
        run = run + 1 if QUOTE.search(passage.text) and not _is_written(passage) else 0
        longest = max(longest, run)
    return longest

"""Withdrawal: a study without those who withdrew, and what that takes out of it.

What was recorded stays in the files of the study, unless the person asks for its removal; nothing of it reaches a result. In an interview with several people
only the words of who withdrew are blanked, so that all other offsets stay.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from .problems import count
from .study import Study
from .transcripts import sha256


def without_withdrawn(study: Study) -> Study:
    """The study without the interviews, words, codings, extracts, reviews, sittings and memos that are about people who withdrew.

    A memo leaves when every interview it names has left. Decisions stay: they are the account of what was done. `Study.withdrawn` and `Study.left` keep who
    withdrew, when, and whose each coding was.
    """
    people = study.participants.dropna(subset="withdrawn").set_index("participant_id")["withdrawn"].to_dict()
    if not people:
        return study
    alone = study.sources["participants"].map(lambda there: set(there) <= set(people))
    gone = set(study.sources.loc[alone, "source_id"])
    spans = study.turns[study.turns["participant_id"].isin(people) & ~study.turns["source_id"].isin(gone)]
    lost = _lost(study, gone, spans, people)
    sources = study.sources[~alone].reset_index(drop=True)
    sources["participants"] = sources["participants"].map(lambda there: [person for person in there if person not in people])
    return replace(
        study, sources=sources, participants=study.participants[~study.participants["participant_id"].isin(people)].reset_index(drop=True),
        blanked={name: sha256(study.texts[name]) for name in spans["source_id"].unique()},
        texts={name: _blanked(text, spans[spans["source_id"] == name]) for name, text in study.texts.items() if name not in gone},
        given=study.given[~study.given["coding_id"].isin(lost)].reset_index(drop=True),
        codes=study.codes.assign(example=study.codes["example"].where(~study.codes["example"].isin(lost))),
        themes=study.themes.assign(extracts=_kept(study.themes["extracts"], lambda extract: extract.get("coding") not in lost)),
        memos=_memos(study.memos, gone), reviews=_reviews(study.reviews, gone, lost, people), withdrawn=people, left=lost,
        **{name: _of_others(getattr(study, name), "source_id", gone) for name in ("reading", "imports")},
        definitions=study.definitions.assign(extracts=_kept(study.definitions["extracts"], lambda extract: extract.get("coding") not in lost)),
        summaries=_of_others(study.summaries, "participant_id", people),
        suggestions=_of_others(_of_others(study.suggestions, "source_id", gone), "stands_as", lost),
        **{name: _of_others(getattr(study, name), "coding_id", lost) for name in ("dimensions", "cards")})


def consequences(before: Study, after: Study, manuscript: str = "") -> list[str]:
    """Say what a withdrawal took out of a study, and where words of who withdrew still lie."""
    left = {unit: before.counts[unit] - after.counts[unit] for unit in ("participants", "interviews", "codings", "memos")}
    said = [f"Out of the analysis: {', '.join(count(number, unit.removesuffix('s')) for unit, number in left.items())}."]
    thinner = [f"“{theme.name}”" for theme in before.themes.itertuples() if isinstance(theme.extracts, list)
               and any(extract.get("coding") in after.left for extract in theme.extracts)]
    said += [f"Shortlists that lose an extract: {', '.join(thinner)}."] if thinner else []
    lines = [number for number, line in enumerate(manuscript.split("\n"), start=1)
             if any(before.standing(coding) in after.left for coding in re.findall(r"\(quote:([^)\s]+)\)", line)) or any(re.search(rf"\b{re.escape(person)}\b", line) for person in after.withdrawn)]
    said += [f"The manuscript cannot be made until {'line' if len(lines) == 1 else 'lines'} {', '.join(map(str, lines))} of manuscript/manuscript.md {'is' if len(lines) == 1 else 'are'} "
             "written without who withdrew."] if lines else []
    named = re.compile("|".join(rf"\b{re.escape(person)}\b" for person in after.withdrawn) or "(?!)")
    tellers = {"decision": before.decisions["what"] + " " + before.decisions["because"], "memo": after.memos["text"].fillna("")}
    telling = [count(number, noun) for noun, texts in tellers.items() if (number := int(texts.map(lambda text: bool(named.search(text))).sum()))]
    said += [f"Still told by your own account, which stays: {' and '.join(telling)} by name. Look whether they hold words of theirs."] if telling else []
    files = [f"transcripts and codings of {', '.join(sorted(set(before.texts) - set(after.texts)))}"] if set(before.texts) - set(after.texts) else []
    files += [f"memos/{name}.md" for name in sorted(set(before.memos["memo_id"]) - set(after.memos["memo_id"]))]
    return [*said, f"Their words still lie in: {'; '.join([*files, 'raw/ and transcripts/earlier/ if they are kept'])}; and, out of reach from here, in copies: the history of git, backups, results of earlier runs, "
            "and what was published or deposited. If they ask for removal, delete them there too."]


def _lost(study: Study, gone: set[str], spans: pd.DataFrame, people: Iterable[str]) -> dict[str, str]:
    """The codings that leave, each with whose it was."""
    whose = {source.source_id: source.participants[0] for source in study.sources.itertuples() if source.source_id in gone}
    lost = {coding.coding_id: whose[coding.source_id] for coding in study.given.itertuples() if coding.source_id in gone}
    for turn in spans.itertuples():
        met = study.given[(study.given["source_id"] == turn.source_id) & (study.given["start"] < turn.end) & (study.given["end"] > turn.start)]
        lost |= dict.fromkeys(met["coding_id"], turn.participant_id)
    return lost | {old: lost[now] for old in study.replaced if (now := study.standing(old)) in lost}


def _blanked(text: str, turns: pd.DataFrame) -> str:
    for turn in turns.itertuples():
        begins = text.rfind("\n", 0, turn.start) + 1
        text = text[:begins] + re.sub(r"[^\n]", " ", text[begins:turn.end]) + text[turn.end:]
    return text


def _kept(lists: pd.Series, stays) -> pd.Series:
    return pd.Series([[entry for entry in listed if stays(entry)] if isinstance(listed, list) else listed for listed in lists], index=lists.index, dtype="object")


def _of_others(table: pd.DataFrame, column: str, gone: Iterable[str]) -> pd.DataFrame:
    return table[~table[column].isin(gone)].reset_index(drop=True)


def _memos(memos: pd.DataFrame, gone: set[str]) -> pd.DataFrame:
    def leaves(about: object) -> bool:
        named = {link.split(":")[1] for link in about if link.startswith("source:")} if isinstance(about, list) else set()
        return bool(named) and named <= gone
    return memos[~memos["about"].map(leaves).astype(bool)].reset_index(drop=True)


def _reviews(reviews: pd.DataFrame, gone: set[str], lost: dict[str, str], people: Iterable[str]) -> pd.DataFrame:
    for column, ids in (("source_id", gone), ("participant_id", people), ("coding_id", lost), ("against", lost)):
        reviews = _of_others(reviews, column, ids)
    return reviews.assign(contrary=_kept(reviews["contrary"], lambda coding: coding not in lost))

"""definitions.jsonl: what people wrote on the definition cards of themes, each change kept; themes.yaml holds what stands on them now.

As with moves on the board, a change is stored first and then carried out in themes.yaml; given again under the same id, once.
"""

import pandas as pd

from ..problems import Problem, StudyError, nearest, shown
from ..study import Study
from ..tables import CARD_PARTS, DEFINITIONS, REVIEWS, THEMES
from ..themes import PARTS, gaps
from .records_jsonl import append_once, read_records
from .yaml_files import change_entry, read_themes

CALLED = ("candidate", "final")


def append_definition(study: Study, theme_id: str, part: str, said: str | list[dict], *, by: str, because: str = "", definition_id: str = "", created: str = "") -> str:
    """Write a part of a theme's definition card; returns the id of the change once it is on the disk and in themes.yaml.

    Parameters
    ----------
    study : Study
    theme_id : str
        The theme or subtheme.
    part : str
        As `tables.CARD_PARTS` names it: `concept`, `is`, `is_not` ...; `extracts`, the shortlist; or `status`.
    said : str, or list of dict
        The words, kept as they are but for blanks at either end; "" to empty the part. For `extracts` the whole list in its order, each `coding` and
        `because`; for `status` “final” or “candidate”.
    by, because : str
        Who wrote, and why it was changed.
    definition_id : str
        An id of the caller's own: the same change given twice is stored once. A new one unless it is given.
    created : str
        The moment; now unless it is given.

    Raises
    ------
    StudyError
        There is no such theme, part or coding, or a theme called final lacks something: each lack with how to fill it. Nothing is written.
    durable.NotSaved

    Examples
    --------
    `sp.files.append_definition(study, "permission", "concept", "Moving anything means asking.", by="am", because="the first said too much")`
    """
    problems: list[Problem] = []
    themes, _ = read_themes(study.folder, problems)
    if definition_id not in set(read_records(study.folder, DEFINITIONS, problems)["definition_id"]):
        problems += [Problem(DEFINITIONS.file, None, complaint, do=do) for complaint, do in _wrong(study, themes, theme_id, part, said)]
    if problems:
        raise StudyError(problems, "what was to be written; nothing was written")
    words = {"extracts": said} if isinstance(said, list) else {"text": said.strip()}
    row = {"theme_id": theme_id, "part": part, "by": by, "because": because, "created": created or None, **words}
    key = append_once(study.folder, DEFINITIONS, row, {}, definition_id)
    _carry_out(study, theme_id, part)
    return key


def _wrong(study: Study, themes: pd.DataFrame, theme_id: str, part: str, said: str | list[dict]) -> list[tuple[str, str]]:
    """What does not fit in a change of a card, and what to do about each."""
    stands = themes[themes["status"] != "let go"]
    if theme_id not in set(stands["theme_id"]):
        return [(f"no theme that stands is called {shown(theme_id)}", nearest(theme_id, stands["theme_id"]))]
    if part not in CARD_PARTS:
        return [(f"{shown(part)} is no part of a card", nearest(part, CARD_PARTS))]
    if isinstance(said, list) != (part == "extracts"):
        return [("a shortlist is a list of codings with reasons, any other part is words", "extracts: [{coding: …, because: …}]")]
    if part == "extracts":
        known, chosen = set(study.given["coding_id"]), [extract.get("coding") for extract in said]
        return [(f"{shown(coding)} is no coding that stands", "open the study again: it may have been withdrawn") for coding in chosen if coding not in known] + [
            (f"{shown(coding)} stands twice on the shortlist", "take one off") for coding in sorted({coding for coding in chosen if chosen.count(coding) > 1})]
    if part == "status" and said not in CALLED:
        return [(f"a card calls a theme final or candidate, not {shown(said)}", "let a theme go on the board of notebook 3")]
    if said == "final":
        lacking = gaps(themes, read_records(study.folder, REVIEWS, []))
        return [(f"{theme_id} cannot be called final: {gap.look_at}", gap.do) for gap in lacking[lacking["theme_id"] == theme_id].itertuples()]
    return []


def _carry_out(study: Study, theme_id: str, part: str) -> None:
    """Bring a part of themes.yaml to what the latest change says."""
    changes = read_records(study.folder, DEFINITIONS, [])
    last = changes[(changes["theme_id"] == theme_id) & (changes["part"] == part)].sort_values(["created", "number", "definition_id"], kind="stable").iloc[-1]
    themes, _ = read_themes(study.folder, [])
    now = themes.set_index("theme_id").loc[theme_id, part]
    said = (last["extracts"] or []) if part == "extracts" else last["text"] if pd.notna(last["text"]) else None
    if _same(now, said):
        return
    what = f"called {said}" if part == "status" else "shortlist changed" if part == "extracts" else f"{PARTS[part][0]} was written anew"
    told = {"on": last["created"][:10], "by": last["by"], "what": what} | ({"because": last["because"]} if pd.notna(last["because"]) else {})
    keep = part == "status" or pd.notna(last["because"])  # a first wording is no event in the life of a theme
    change_entry(study.folder, THEMES, theme_id, {part: said, **({"history": [told]} if keep else {})})


def _same(now: object, said: object) -> bool:
    if isinstance(now, list) or isinstance(said, list):
        return [dict(extract) for extract in (now if isinstance(now, list) else [])] == [dict(extract) for extract in (said or [])]
    return now == said or (said is None and pd.isna(now))

"""The gate before print: what the manuscript would publish about each person, and whether it may.

What lies in manuscript/publishing.yaml is used here: `frame`, the role-holders in the case; `quotations`, what a second person said of each quotation;
`intruder`, who tried to recognise somebody, with what, and what came of it.
"""

import re

import pandas as pd

from .. import cases, disclosure
from ..problems import Problem, count
from ..study import Study
from .passages import QUOTE, claim

FILE = "manuscript/manuscript.md"
SEVERAL = re.compile(r"\b(?:first|second|later|earlier|both|two) interviews?\b|\binterviewed (?:twice|again|a second time)\b", re.I)


def smallest_group(study: Study) -> int:
    """The number of people from which a group is printed by itself: the threshold `smallest_group`, 5 unless it is given."""
    return int((study.settings["thresholds"] or {}).get("smallest_group", disclosure.SMALLEST))


def role_holders(study: Study) -> pd.DataFrame | None:
    """The role-holders in the case, as manuscript/publishing.yaml lists them; None when it does not."""
    frame = (study.beside.get("publishing") or {}).get("frame")
    return pd.DataFrame(frame) if frame else None


def reviews(study: Study) -> pd.DataFrame:
    """What a second person said of each quotation: `coding_id`, `state`, `by`, `on`."""
    told = (study.beside.get("publishing") or {}).get("quotations") or {}
    return pd.DataFrame([{"coding_id": coding_id, **entry} for coding_id, entry in told.items()], columns=["coding_id", "state", "by", "on", "because"])


def unreviewed(study: Study) -> pd.DataFrame:
    """`disclosure.quotations_to_review` of what the manuscript quotes: what no second person has let through yet."""
    return disclosure.quotations_to_review(map(study.standing, re.findall(r"\(quote:([^)\s]+)\)", study.manuscript)), reviews(study))


def intruder_log(study: Study) -> pd.DataFrame:
    """Who tried to recognise somebody: `on`, `by`, `minutes`, `used`, `found`; in the order of the file."""
    return pd.DataFrame((study.beside.get("publishing") or {}).get("intruder") or [], columns=["on", "by", "minutes", "used", "found"])


def case_fit(study: Study) -> pd.DataFrame:
    """`disclosure.cases_that_fit` of what the paper tells of its case (`case` in publishing.yaml: `told`, and `all`, the cases there are); empty where nothing is listed."""
    case = (study.beside.get("publishing") or {}).get("case") or {}
    return disclosure.cases_that_fit(pd.DataFrame(case.get("all") or [], columns=None if case.get("all") else ["cases"]), case.get("told") or {})


def labels(study: Study) -> pd.DataFrame:
    """`disclosure.labels` of all participants: who is named by which attribute beside a quotation, with what is told of them elsewhere."""
    return study.once("labels of quotations", _labels)


def _labels(study: Study) -> pd.DataFrame:
    ladder = [name for name in ("publication_group", "sector") if name in study.participants]
    told = _times_told(study)
    return disclosure.labels(cases.with_times(study.participants, study.sources), ladder, told=told, frame=role_holders(study), smallest=smallest_group(study))


def without_place(study: Study) -> set[str]:
    """Quotations, by coding, beside which no interview is named: it would tell that somebody was interviewed more than once, as too few people were."""
    return study.once("quotations without their place", _without_place)


def _without_place(study: Study) -> set[str]:
    each = cases.interviews_each(study.sources)
    alike = each.map(each.value_counts())
    return {coding for coding, person, _ in _telling(study) if alike[person] < smallest_group(study)}


def quoted_people(study: Study) -> set[str]:
    """The participants whose words are quoted."""
    said_by = study.codings.set_index("coding_id")["participant_id"].to_dict()
    return {said_by[coding] for coding, _ in _quoted(study) if coding in said_by}


def _quoted(study: Study) -> list[tuple[str, int]]:
    """What the manuscript quotes, each with its line."""
    return [(study.standing(found["coding"]), study.manuscript.count("\n", 0, found.start()) + 1) for found in re.finditer(QUOTE, study.manuscript)]


def _telling(study: Study) -> list[tuple[str, str, int]]:
    """Quotations whose interview tells that their speaker was interviewed more than once: a later one, or another than that of a quotation before; coding, person, line."""
    source_of = dict(zip(study.codings["coding_id"], zip(study.codings["participant_id"], study.codings["source_id"], strict=True), strict=True))
    told, seen, later = [], {}, _later(study)
    for coding, line in _quoted(study):
        person, source = source_of.get(coding, ("", ""))
        if source in later or (source and seen.setdefault(person, source) != source):
            told.append((coding, person, line))
    return told


def _later(study: Study) -> set[str]:
    return set(study.sources.loc[study.sources["occasion"].fillna(1) > 1, "source_id"])


def _times_told(study: Study) -> pd.DataFrame:
    """Of whom it is told that they were interviewed more than once: by an interview beside a quotation, or in words."""
    return study.once("who is told to have been interviewed again", _who_was_seen_again)


def _who_was_seen_again(study: Study) -> pd.DataFrame:
    each, hidden = cases.interviews_each(study.sources), without_place(study)
    said_by = study.codings.set_index("coding_id")["participant_id"].to_dict()
    rows = [(person, line, "interview beside a quotation") for coding, person, line in _telling(study) if coding not in hidden]
    rows += [(said_by.get(coding), line, "text before a quotation") for coding, line in _quoted(study) if SEVERAL.search(claim(study.manuscript, line))]
    named, later = "|".join(map(re.escape, sorted(each[each > 1].index))), _later(study)
    for found in re.finditer(rf"\b({named})\b([^.\n]*)", study.manuscript) if named else []:
        if SEVERAL.search(found[2]) or any(source in found[0] for source in later):
            rows.append((found[1], study.manuscript.count("\n", 0, found.start()) + 1, "text"))
    return pd.DataFrame([(person, cases.TIMES, str(each[person]), where, line) for person, line, where in rows if each.get(person, 0) > 1],
                        columns=["participant_id", "attribute", "value", "where", "line"])


def attributions(study: Study) -> dict[str, str]:
    """How each participant is named beside a quotation: the id, and the finest attribute that enough people share."""
    return {row.participant_id: row.participant_id if pd.isna(row.value) else f"{row.participant_id}, {row.value}" for row in labels(study).itertuples()}


def exposures(study: Study) -> pd.DataFrame:
    """`disclosure.exposure` of everyone whom the manuscript names by an id: by labels of quotations, by their interviews, and by what its author wrote beside an id."""
    published = study.once("what is published of each", _published).drop(columns="line")
    return disclosure.exposure(published, cases.with_times(study.participants, study.sources), frame=role_holders(study), smallest=smallest_group(study))


def refusals(study: Study) -> list[Problem]:
    """List what may not be printed: a role that one person holds, who withdrew, and whatever, taken together, fits too few people."""
    frame, published, problems = role_holders(study), study.once("what is published of each", _published), []
    if frame is not None:
        problems += [Problem(FILE, row.line, f"“{row.role}” is a role that one person in this case holds", do="name a group that several people share")
                     for row in disclosure.unique_roles_named(study.manuscript, frame).itertuples()]
    for person, day in study.withdrawn.items():
        problems += [Problem(FILE, study.manuscript.count("\n", 0, named.start()) + 1, f"{person} withdrew on {day}", do="write without them")
                     for named in re.finditer(rf"\b{re.escape(person)}\b", study.manuscript)]
    found = exposures(study)
    for row in found[found["state"] != "ok"].itertuples():
        line = int(published.loc[published["participant_id"] == row.participant_id, "line"].max())
        people = count(row.k, "person").replace("persons", "people")
        problems.append(Problem(FILE, line, f"all that is published of {row.participant_id} fits {people}: {row.published}",
                                f"at least {smallest_group(study)}",
                                do="do not tell that somebody was interviewed more than once" if row.published.startswith(f"{cases.TIMES} = ") else "name a coarser group, the same everywhere"))
    return problems


def _published(study: Study) -> pd.DataFrame:
    """What the manuscript says of each participant: `participant_id`, `attribute`, `value`, `where`, `line`."""
    rows = []
    by = labels(study).set_index("participant_id")
    said_by = study.codings.set_index("coding_id")["participant_id"].to_dict()
    for found in re.finditer(r"\(quote:([^)\s]+)\)", study.manuscript):
        person = said_by.get(study.standing(found[1]))
        if person in by.index and pd.notna(by.loc[person, "value"]):
            rows.append((person, by.loc[person, "attribute"], by.loc[person, "value"], "label of a quotation", study.manuscript.count("\n", 0, found.start()) + 1))
    named = "|".join(map(re.escape, sorted(study.participants["participant_id"], key=lambda name: (-len(name), name))))
    attributes = [name for name in (study.settings["attributes"] or {}) if name in study.participants]
    for found in re.finditer(rf"\b({named})\b,? ?\(?([^;.)\n]*)", study.manuscript) if named else []:
        for attribute in attributes:
            for value in sorted(study.participants[attribute].dropna().unique()):
                if len(value) > 3 and re.search(rf"(?<![\w]){re.escape(value)}(?![\w])", found[2], re.I):
                    rows.append((found[1], attribute, value, "text", study.manuscript.count("\n", 0, found.start()) + 1))
    return pd.concat([pd.DataFrame(rows, columns=["participant_id", "attribute", "value", "where", "line"]), _times_told(study)], ignore_index=True)

"""One reporting list, item by item: the evidence in the records, and the author's statement with its place in the manuscript."""

import pandas as pd

from ...problems import nearest
from ...study import Study
from ..passages import where
from .evidence import Evidence, shown, together
from .lists import FILE, LISTS, answers, lists_of

STATES = {"A": "the records fill it in", "V": "the records check what is written", "P": "the records hold evidence, only the author can say it",
          "W": "only the author can say it"}
COLUMNS = ["item", "asks", "who_can_say", "evidence", "found", "statement", "said", "place", "note"]
NEITHER = Evidence("none to be had", "")


def pack(study: Study, name: str, known: dict[str, Evidence] | None = None) -> pd.DataFrame:
    """Lay beside each item of a reporting list what the study's records show and what its author says.

    Parameters
    ----------
    study : Study
    name : str
        COREQ, SRQR, RTARG-informed, twenty questions, fifteen criteria, trustworthiness, case study or CASP.
    known : dict, optional
        Evidence that was looked up before, by name; what is looked up now is added to it.

    Returns
    -------
    DataFrame, one row an item, in the order of the list
        `item`; `asks`; `who_can_say`; `evidence`: present, absent, contradictory, or none to be had; `found`: what it is; `statement`: of the author: present, absent, or not applied;
        `said`: words that stand here only, or the reason why it is not applied; `place`: in the manuscript; `note`: where the item does not fit the declared approach.
        None of this says that the report is adequate.

    Raises
    ------
    ValueError
        There is no such list.
    StudyError
        What manuscript/standards.yaml says cannot be used.
    """
    if name not in LISTS:
        raise ValueError(f"no reporting list is called “{name}”: {nearest(name, LISTS)}")
    lists_of(study)  # refuses a file that cannot be used
    said = answers(study, name)
    known = {} if known is None else known
    rows = []
    for item, told in LISTS[name]["items"].items():
        for wanted in told["evidence"]:
            known[wanted] = known[wanted] if wanted in known else shown(study, wanted)
        found = together([known[wanted] for wanted in told["evidence"]]) if told["evidence"] else NEITHER
        rows.append((item, told["asks"], STATES[told["state"]], found.state, found.words, *_statement(study, said.get(item, {})), told.get(study.family, "")))
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _statement(study: Study, said: dict) -> tuple[str, str, str]:
    """The state of the author's statement, what is said here only, and where the manuscript says it."""
    if said.get("not_applied_because"):
        return "not applied", f"Not applied, because {said['not_applied_because'].removeprefix('because ')}", ""
    there = where(study.manuscript, said.get("words", ""))
    if said.get("words") and there is None:
        return "absent", f"The words given in {FILE}, line {said['line']}, stand nowhere in the manuscript now.", ""
    own = said.get("statement", "")
    return "present" if own or there else "absent", own, there.place if there else ""

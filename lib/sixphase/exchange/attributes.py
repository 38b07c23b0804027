"""Attributes of participants from a table in which each row tells of one person, joined to those who are in a study."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from ..problems import Problem, StudyError, count, nearest, shown
from ..study import Study
from ..tables import PARTICIPANTS
from .arrivals import Arrival


@dataclass
class Joined:
    """What a table says of participants: for a person to look at, then to accept or not."""

    rows: dict[str, dict[str, str]]  # attributes by participant_id; a blank cell says nothing
    said: list[str]


def joined(found: Iterable[Arrival], study: Study, *, as_people: Mapping[str, str] | None = None) -> Joined:
    """Work out what a table would add to participants.csv.

    Parameters
    ----------
    found : iterable of Arrival
        The rows of the table, read with `people`.
    study : Study
    as_people : mapping, optional
        Participant ids for what the table calls people: `{"ID1": "P01"}`.

    Raises
    ------
    StudyError
        With every row of somebody who is not in the study, or who comes twice, every column that has the name of one of ours, and every cell that
        says something else than participants.csv.
    """
    found, known = list(found), study.participants.set_index("participant_id")
    rows = [((as_people or {}).get(row.name, row.name), row.attributes) for row in found]
    columns = list(dict.fromkeys(column for _, attributes in rows for column in attributes))
    problems = [Problem("the table", 1, f"its column {shown(column)} has the name of a column of participants.csv", do="give it another heading, or leave it out")
                for column in columns if column.lower() in {name.lower() for name in PARTICIPANTS.names} or not column]
    problems += [Problem("the table", None, f"no participant is called {shown(person)}", do=f"{nearest(person, known.index)}; say --as LABEL=ID where the table calls somebody otherwise")
                 for person in dict.fromkeys(person for person, _ in rows) if person not in known.index]
    problems += [Problem("the table", None, f"{times} rows tell of {person}", do="leave one row for each person") for person, times in Counter(person for person, _ in rows).items() if times > 1]
    for person, attributes in rows:
        for column, value in attributes.items():
            there = known[column].get(person) if column in known else None
            if value and there is not None and pd.notna(there) and str(there) != value:
                problems.append(Problem("participants.csv", study.lines["participants"].get(person), f"{person} has another {column} already", found=f"{there}; the table says {value}",
                                        do="mend the one that is wrong"))
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")
    untold = [person for person in known.index if person not in dict(rows)]
    said = [f"Attributes of {len(rows)} of {count(len(known), 'participant')}: {', '.join(columns)}"]
    said += [f"Not in the table: {', '.join(untold[:12])}{' …' if len(untold) > 12 else ''}"] if untold else []
    return Joined(dict(rows), said + ["None of them is published unless study.yaml says so, under attributes."])

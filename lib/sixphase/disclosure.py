"""Disclosure: whether anybody could be recognised by what is published about them.

In one case everybody knows the cast, so a quotation is attributed by groups that several people share. k is the number of people
whom everything published about a person fits: the smaller of those in the sample and of the role-holders in the case
(method: k of 5 and more for open text, never under 3). One person counts once, however often they were interviewed.
k is a floor and no proof of safety: it says nothing of what is recognised by its content, or shared by a whole group.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

SMALLEST = 5  # people who share what is published
NEVER = 3  # fewer than these are never published, whatever anybody agreed to
QUOTATION_STATES = ("ok", "coarsen", "paraphrase", "withhold", "participant approved")
CAVEAT = "k is a floor: it does not protect against inference from content, or from a group that is all alike."


def exposure(published: pd.DataFrame, participants: pd.DataFrame, *, frame: pd.DataFrame | None = None, smallest: int = SMALLEST) -> pd.DataFrame:
    """Count whom everything that is published about a person fits.

    Parameters
    ----------
    published : DataFrame
        `participant_id`, `attribute`, `value`, `where`: one row for each thing published about a person, in a table, a
        label, a figure, the text, or behind a link.
    participants : DataFrame
        `tables.PARTICIPANTS` with the attributes.
    frame : DataFrame, optional
        The role-holders in the case: attributes, and `holders`, how many people hold such a role. An attribute it lacks, or leaves blank, fits all.
    smallest : int
        The k from which a label may stand in open text.

    Returns
    -------
    DataFrame, one row a person of whom something is published, by id
        `participant_id`; `published`: the union; `k_sample`, `k_case` (NA without a frame), `k`: people; `state`: “ok”,
        “needs a justification” (from 3) or “never”; `where`.
    """
    rows = []
    for person, told in published.groupby("participant_id"):
        union = told.drop_duplicates(["attribute", "value"]).sort_values(["attribute", "value"])
        pairs = list(zip(union["attribute"], union["value"], strict=True))
        in_sample = int(_fits(participants, pairs).sum())
        in_case = pd.NA if frame is None else int(frame.loc[_fits(frame, pairs, unknown=True), "holders"].sum())
        k = in_sample if frame is None else min(in_sample, in_case)
        rows.append({"participant_id": person, "published": "; ".join(f"{name} = {value}" for name, value in pairs), "k_sample": in_sample, "k_case": in_case,
                     "k": k, "state": "ok" if k >= smallest else "needs a justification" if k >= NEVER else "never", "where": ", ".join(dict.fromkeys(told["where"]))})
    table = pd.DataFrame(rows, columns=["participant_id", "published", "k_sample", "k_case", "k", "state", "where"])
    return table.astype({"k_sample": "int64", "k_case": "Int64", "k": "int64"})


def _fits(people: pd.DataFrame, pairs: Iterable[tuple[str, str]], *, unknown: bool = False) -> pd.Series:
    """Which rows have all of these values; with `unknown`, a missing column or value fits."""
    fit = pd.Series(True, index=people.index)
    for name, value in pairs:
        if name in people:
            fit &= people[name].eq(value).fillna(False) | (people[name].isna() if unknown else False)
        elif not unknown:
            fit &= False
    return fit.astype(bool)


def labels(participants: pd.DataFrame, ladder: Sequence[str], *, told: pd.DataFrame | None = None, frame: pd.DataFrame | None = None, smallest: int = SMALLEST) -> pd.DataFrame:
    """Choose for each person the finest attribute that, with all that is told of them anyway, enough people share.

    Parameters
    ----------
    participants : DataFrame
        `tables.PARTICIPANTS`. Who chose an attribute in `attribution` is never named by a finer one.
    ladder : sequence of str
        Attributes, the finest first: role, role group, publication group, sector.
    told : DataFrame, optional
        What is published of a person whatever the label, as `published` in `exposure`: that they were interviewed twice, for example.

    Returns
    -------
    DataFrame, one row a participant, by id
        `participant_id`; `attribute`, `value`: NA when no attribute is shared by enough, so that only the id may stand; `k`: people it fits; `asked`: the attribute
        that was wanted first; `coarser`: whether it could not be had.
    """
    rows, known = [], {}
    for person in participants.sort_values("participant_id").to_dict("records"):
        own = [] if told is None else list(told.loc[told["participant_id"] == person["participant_id"], ["attribute", "value"]].itertuples(index=False, name=None))
        chosen = person.get("attribution")
        wanted = str(chosen).replace(" ", "_") if isinstance(chosen, str) else (ladder[0] if ladder else None)
        steps = [wanted, *(ladder[list(ladder).index(wanted) + 1:] if wanted in ladder else ladder)]
        label = {"participant_id": person["participant_id"], "attribute": None, "value": None, "k": len(participants), "asked": wanted}
        for name in steps:
            value = person.get(name) if name else None
            if not isinstance(value, str):
                continue
            union = tuple(sorted({*own, (name, value)}))
            if union not in known:  # many share it
                one = pd.DataFrame([(person["participant_id"], *pair, "") for pair in union], columns=["participant_id", "attribute", "value", "where"])
                known[union] = exposure(one, participants, frame=frame, smallest=smallest).iloc[0]
            if known[union]["state"] == "ok":
                label |= {"attribute": name, "value": value, "k": int(known[union]["k"])}
                break
        rows.append(label | {"coarser": label["attribute"] != wanted and wanted is not None})
    table = pd.DataFrame(rows, columns=["participant_id", "attribute", "value", "k", "asked", "coarser"])
    return table.astype({"attribute": "str", "value": "str", "asked": "str"})


def cases_that_fit(cases: pd.DataFrame, told: Mapping[str, object]) -> pd.DataFrame:
    """Count the cases that what is published of a case still fits, one thing told after the other.

    Parameters
    ----------
    cases : DataFrame
        All cases there are: attributes, and `cases`, how many are alike; a blank fits everything.
    told : mapping
        What is published of the case: value by attribute, in the order in which a reader learns it.

    Returns
    -------
    DataFrame, one row a thing told
        `attribute`, `value`; `fit`: cases that fit this and all before it; `state`: “ok” from `SMALLEST` on, else “say less”.
    """
    rows, pairs = [], []
    for attribute, value in told.items():
        pairs.append((attribute, value))
        fit = int(cases.loc[_fits(cases, pairs, unknown=True), "cases"].sum())
        rows.append((attribute, str(value), fit, "ok" if fit >= SMALLEST else "say less"))
    return pd.DataFrame(rows, columns=["attribute", "value", "fit", "state"])


def unique_roles_named(text: str, frame: pd.DataFrame) -> pd.DataFrame:
    """List where a text names a role that one person in the case holds, and may therefore never be printed beside their words.

    Returns
    -------
    DataFrame, in the order of the text
        `line` (from 1), `role`.
    """
    rows = []
    for role in sorted(frame.loc[frame["holders"] == 1, "role"].dropna()) if "role" in frame else []:
        for found in re.finditer(rf"\b{re.escape(role)}\b", text, re.I):
            rows.append((text.count("\n", 0, found.start()) + 1, role))
    return pd.DataFrame(sorted(rows), columns=["line", "role"])


def suppressed(counts: pd.DataFrame, *, smallest: int = SMALLEST) -> pd.DataFrame:
    """Hide the small cells of a table of people, and as many others as it takes that totals do not give them away.

    Parameters
    ----------
    counts : DataFrame of int64
        People by two attributes, without totals; the totals of rows and columns are taken to be published.

    Returns
    -------
    DataFrame of Int64
        NA where a cell is hidden. Zeros stay if they can. No hidden cell follows exactly from the others and the totals (`recoverable`); how
        narrowly its bounds hold it, since no count is below zero, is not looked at.
    """
    hidden = ((counts > 0) & (counts < smallest)).to_numpy(copy=True)
    values = counts.to_numpy()
    while True:
        found = recoverable(_margins(hidden))
        if not found:
            break
        row, column = _cells(hidden)[found[0]]
        corners = [[(row, c), (r, column), (r, c)] for r in range(hidden.shape[0]) for c in range(hidden.shape[1]) if r != row and c != column]
        if not corners:
            hidden[:] = True  # one row or one column: its total is the rest
            break
        # a rectangle of hidden cells gives none of them away; the one that hides the fewest people more, and no zero if it can be helped
        chosen = min(corners, key=lambda cells: (sum(values[cell] == 0 for cell in cells), sum(values[cell] for cell in cells if not hidden[cell]), cells))
        for cell in chosen:
            hidden[cell] = True
    return counts.astype("Int64").mask(pd.DataFrame(hidden, index=counts.index, columns=counts.columns))


def _cells(hidden: np.ndarray) -> list[tuple[int, int]]:
    return [(int(r), int(c)) for r, c in np.argwhere(hidden)]


def _margins(hidden: np.ndarray) -> pd.DataFrame:
    """The published totals of rows and columns, as equations in the hidden cells."""
    cells = _cells(hidden)
    equations = [[int(place[axis] == number) for place in cells] for axis in (0, 1) for number in range(hidden.shape[axis])]
    return pd.DataFrame(equations, columns=range(len(cells)), dtype="int64")


def recoverable(equations: pd.DataFrame) -> list:
    """List the hidden cells that can be worked out exactly from what is published.

    Parameters
    ----------
    equations : DataFrame
        One column a hidden cell, one row a published number that holds some of them (a total, or the same people in
        another table), each entry how often the cell counts in it.

    Returns
    -------
    list
        Names of columns. A cell follows exactly if its unit vector lies in the row space of the equations: adding it does not raise the rank. Ranks
        are worked out in fractions, so nothing is rounded.
    """
    reduced, pivots = _reduced([[Fraction(int(value)) for value in row] for row in equations.to_numpy()])
    return [name for place, name in enumerate(equations.columns)
            if place in pivots and not any(value for other, value in enumerate(reduced[pivots[place]]) if other != place)]


def _reduced(rows: list[list[Fraction]]) -> tuple[list[list[Fraction]], dict[int, int]]:
    """Reduced row echelon form, with the row of each pivot column. A unit vector is in the row space just when it is one of these rows."""
    pivots: dict[int, int] = {}
    for column in range(len(rows[0]) if rows else 0):
        at = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if at is None:
            continue
        place = len(pivots)
        rows[place], rows[at] = rows[at], rows[place]
        rows[place] = [value / rows[place][column] for value in rows[place]]
        for r in range(len(rows)):
            if r != place and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[place], strict=True)]
        pivots[column] = place
    return rows, pivots


def quotations_to_review(coding_ids: Iterable[str], reviews: pd.DataFrame) -> pd.DataFrame:
    """List the quotations a second person has not let through.

    Parameters
    ----------
    coding_ids : iterable of str
        What is quoted.
    reviews : DataFrame
        `coding_id`, `state` (`QUOTATION_STATES`), `by`, `on`; the last one of a coding counts.

    Returns
    -------
    DataFrame, in the order of `coding_ids`
        `coding_id`, `state`: “not reviewed”, or “coarsen”, “paraphrase” or “withhold”, in which case its words may not be printed as they are.
    """
    last = reviews.drop_duplicates("coding_id", keep="last").set_index("coding_id")["state"].to_dict() if len(reviews) else {}
    rows = [(coding_id, last.get(coding_id, "not reviewed")) for coding_id in dict.fromkeys(coding_ids)]
    return pd.DataFrame([row for row in rows if row[1] not in ("ok", "participant approved")], columns=["coding_id", "state"])


def told_by_difference(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame], *, smallest: int = SMALLEST) -> pd.DataFrame:
    """List the cells in which two published versions of a report differ by so few people that the difference is about them.

    When one person withdraws, the difference of the two versions is that person.

    Parameters
    ----------
    before, after : mapping of DataFrame
        Tables of people by name, with the same index; every column of numbers is compared.

    Returns
    -------
    DataFrame, by table, row and column
        `table`, `row`, `column`, `before`, `after`, `people`: by how many they differ, from 1 to `smallest` - 1.
    """
    rows = []
    for name in sorted(set(before) & set(after)):
        old, new = before[name], after[name]
        for row in old.index.union(new.index):
            for column in [c for c in old.columns if c in new.columns and pd.api.types.is_numeric_dtype(old[c])]:
                pair = [0 if row not in t.index else t.loc[row, column] for t in (old, new)]
                if not any(pd.isna(n) for n in pair) and 0 < abs(pair[0] - pair[1]) < smallest:
                    rows.append((name, row, column, int(pair[0]), int(pair[1]), int(abs(pair[0] - pair[1]))))
    return pd.DataFrame(rows, columns=["table", "row", "column", "before", "after", "people"])

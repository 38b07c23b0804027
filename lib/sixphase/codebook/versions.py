"""Versions of the codebook: what each code said on an earlier day, and what changed from one version to the next.

codebook.yaml says what each code says now. Its `history` says what happened to it, and in `was` what stood in each changed column before, so that an
earlier day is worked out backwards, as that of the theme board is. What an entry without `was` changed is told in its own words, and cannot be undone.

King's template analysis (Brooks et al. 2015, Qualitative Research in Psychology 12(2)) asks for versions with what was inserted, deleted, moved to another level, and
given another scope.
"""

from itertools import pairwise

import pandas as pd

from ..days import NEVER, before_pauses
from .stable import holds

SCOPE = ("definition", "use_when", "not_when", "near_miss", "example")
GONE = ("merged", "retired")
CHANGES = ["code_id", "code", "what", "was", "now", "because"]
MARKS = {"inserted": "+", "merged": "→", "deleted": "×", "re-levelled": "↕", "re-scoped": "~", "renamed": "n", "taken up again": "+"}


def as_of(codes: pd.DataFrame, day: str = NEVER) -> pd.DataFrame:
    """The codes as they stood at the end of a day.

    Parameters
    ----------
    codes : DataFrame
        `tables.CODES`, as they stand now.
    day : str
        As YYYY-MM-DD; now unless it is given.

    Returns
    -------
    DataFrame, one row a code that there was, in the order of `codes`
        The columns of `codes`.
    """
    rows = [_then(code, day) for code in codes.to_dict("records") if _begun(code) <= day]
    return pd.DataFrame(rows, columns=list(codes.columns)).astype(codes.dtypes.to_dict())


def version_days(codes: pd.DataFrame, decisions: pd.DataFrame, *, most: int = 4) -> list[str]:
    """Days that each stand for a version: those before the longest pauses in the work on the codebook, the last, and each on which it was held stable.

    Parameters
    ----------
    codes, decisions : DataFrame
        `tables.CODES`, `tables.DECISIONS`.
    most : int
        Days to choose, at most; those on which it was held stable come on top.
    """
    worked = sorted({day for code in codes.to_dict("records") for day in [_begun(code), *(_day(entry) for entry in _entries(code))]} - {""})
    return sorted({*before_pauses(worked, most), *(holds(decisions)["on"] if worked else [])})


def changes(before: pd.DataFrame, after: pd.DataFrame, *, since: str = "", until: str = NEVER) -> pd.DataFrame:
    """Say what changed in the codebook between two days.

    Parameters
    ----------
    before, after : DataFrame
        Two results of `as_of`, of the days `since` and `until`.

    Returns
    -------
    DataFrame, one row a change, in the order of `after`
        `code_id`, `code`: its name; `what`: inserted, merged, deleted (retired), re-levelled (placed elsewhere in the hierarchy), re-scoped (what it means, or its limits),
        renamed, taken up again, or the words of the history where it kept no more; `was`, `now`; `because`.
    """
    old = before.set_index("code_id").to_dict("index")
    names = [table.set_index("code_id")["name"].to_dict() for table in (before, after)]
    rows = []
    for code in after.to_dict("records"):
        told = [entry for entry in _entries(code) if since < _day(entry) <= until]
        for what, was, now, columns in _changed(old.get(code["code_id"]), code, names):
            rows.append((code["code_id"], code["name"], what, was, now, _reasons(told, columns)))
        known = {row[2] for row in rows if row[0] == code["code_id"]}
        rows += [(code["code_id"], code["name"], str(entry.get("what")), "", "", str(entry.get("because") or ""))
                 for entry in told if "was" not in entry and not _status_told(entry) and not ("inserted" in known and entry.get("what") == "created")]
    return pd.DataFrame(rows, columns=CHANGES, dtype="str")


def all_changes(codes: pd.DataFrame, days: list[str]) -> pd.DataFrame:
    """Say what changed from each version to the next: the columns of `changes` after `version` (v1, v2 ...) and `on`, its day."""
    found = [changes(as_of(codes, day), as_of(codes, later), since=day, until=later).assign(version=f"v{n}", on=later) for n, (day, later) in enumerate(pairwise(days), start=1)]
    columns = ["version", "on", *CHANGES]
    return pd.concat(found, ignore_index=True)[columns] if found else pd.DataFrame(columns=columns, dtype="str")


def versions(codes: pd.DataFrame, decisions: pd.DataFrame, days: list[str]) -> pd.DataFrame:
    """List the versions.

    Returns
    -------
    DataFrame, one row a version
        `version` (v0, v1 ...), `on`; `codes`: that stand; `levels`: of the hierarchy; then how many codes were `inserted` (or taken up again), `deleted` (or merged), `re_levelled`,
        `re_scoped` and `renamed` since the version before; `held_stable`: by whom and why, "" where it was not.
    """
    kept = {row.on: f"{row.by}: {row.because}" for row in holds(decisions).itertuples()}
    changed = all_changes(codes, days)
    rows = []
    for number, day in enumerate(days):
        stands = as_of(codes, day).query("status not in @GONE")
        here = changed[changed["version"] == f"v{number}"].drop_duplicates(["code_id", "what"])["what"].value_counts()
        counts = [sum(int(here.get(what, 0)) for what in kinds) for kinds in (("inserted", "taken up again"), ("deleted", "merged"), ("re-levelled",), ("re-scoped",), ("renamed",))]
        rows.append((f"v{number}", day, len(stands), max([0, *_levels(stands).values()]), *counts, kept.get(day, "")))
    return pd.DataFrame(rows, columns=["version", "on", "codes", "levels", "inserted", "deleted", "re_levelled", "re_scoped", "renamed", "held_stable"])


def fates(codes: pd.DataFrame, days: list[str]) -> pd.DataFrame:
    """Lay every code beside every version, to see at a glance what happened to it.

    Returns
    -------
    DataFrame, one row a code, those below another under it
        `code_id`, `name`, `level` (0 at the top), `a_priori`; one column a version (v0, v1 ...): "" before it was there and after it was gone, "·" where it stands unchanged, and else
        the marks of what changed (`MARKS`).
    """
    changed = all_changes(codes, days)
    levels = _levels(codes)
    table = codes.set_index("code_id").loc[_in_order(codes), ["name", "a_priori"]].reset_index()
    table.insert(2, "level", table["code_id"].map(levels) - 1 if len(table) else [])
    for number, day in enumerate(days):
        stands = as_of(codes, day).query("status not in @GONE")["code_id"]
        marks = changed[changed["version"] == f"v{number}"].groupby("code_id")["what"].agg(lambda whats: " ".join(dict.fromkeys(MARKS.get(what, "~") for what in whats)))
        table[f"v{number}"] = [marks.get(code, "·" if code in set(stands) else "") for code in table["code_id"]]
    return table


def a_priori(codes: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Say what became of the codes that were set before coding.

    Parameters
    ----------
    codes : DataFrame
        `tables.CODES`.
    codings : DataFrame
        `given` (the code that was given), `participant_id`.

    Returns
    -------
    DataFrame, in the order of the codebook
        `code_id`, `code`, `created`; `codings`, `participants`: given by this code's own name; `became`: a sentence.
    """
    given = codings.groupby("given").agg(times=("given", "size"), people=("participant_id", "nunique"))
    rows = []
    for code in codes[codes["a_priori"].fillna(False)].to_dict("records"):
        times, people = given.loc[code["code_id"]] if code["code_id"] in given.index else (0, 0)
        rows.append((code["code_id"], code["name"], code["created"], int(times), int(people), _became(code)))
    return pd.DataFrame(rows, columns=["code_id", "code", "created", "codings", "participants", "became"])


def _became(code: dict) -> str:
    later = [f"{entry.get('what')} ({entry.get('on')}, {entry.get('by')})" for entry in _entries(code) if entry.get("what") != "created" and not _status_told(entry)]
    end = {"merged": f"merged into {code['merged_into']}: {code['because']}", "retired": f"retired: {code['because']}"}.get(code["status"], "")
    return "; ".join(filter(None, [*later, end])) or "stands as it was set"


def _then(code: dict, day: str) -> dict:
    """A code as it was: the entries after the day undone, the latest first."""
    then = dict(code)
    for entry in reversed([entry for entry in _entries(code) if _day(entry) > day]):
        undone = entry.get("was") if isinstance(entry.get("was"), dict) else dict.fromkeys(("status", "merged_into", "because")) if _status_told(entry) else {}
        then |= {column: value for column, value in undone.items() if column in then}
    return then | ({"history": [entry for entry in _entries(code) if _day(entry) <= day]} if _entries(code) else {})


def _status_told(entry: dict) -> bool:
    """Whether an entry says in its words that the code was merged or retired, as entries written by hand do."""
    return str(entry.get("what")).startswith(("merged into", "retired"))


def _changed(old: dict | None, new: dict, names: list[dict[str, str]]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What changed of one code: what, was, now, and the columns it is about."""
    here, there = new["status"] in GONE, old is not None and old["status"] in GONE
    rows = [] if old is not None or here else [("inserted", "", _text(new["definition"]), ())]
    if here and not there:
        into = _text(new["merged_into"])
        rows.append(("merged", "", names[1].get(into, into), ("status",)) if new["status"] == "merged" else ("deleted", "", "", ("status",)))
    if old is None:
        return rows
    rows += [("taken up again", "", "", ("status",))] if there and not here else []
    rows += [("renamed", old["name"], new["name"], ("name",))] if old["name"] != new["name"] else []
    above = [names[n].get(_text(code["parent"]), _text(code["parent"])) or "the top" for n, code in enumerate((old, new))]
    rows += [("re-levelled", f"under {above[0]}", f"under {above[1]}", ("parent",))] if _text(old["parent"]) != _text(new["parent"]) else []
    return rows + [("re-scoped", f"{column.replace('_', ' ')}: {_text(old[column]) or 'none'}", f"{column.replace('_', ' ')}: {_text(new[column]) or 'none'}", (column,))
                   for column in SCOPE if _text(old[column]) != _text(new[column])]


def _reasons(told: list[dict], columns: tuple[str, ...]) -> str:
    """The reasons of the entries that changed these columns; of an insertion, of the first."""
    about = told[:1] if not columns else [entry for entry in told if set(columns) & set(entry.get("was") or ()) or (columns == ("status",) and _status_told(entry))]
    return "; ".join(dict.fromkeys(str(entry["because"]) for entry in about if entry.get("because")))


def _levels(codes: pd.DataFrame) -> dict[str, int]:
    """On which level of the hierarchy each code stands, 1 at the top."""
    above = codes.dropna(subset="parent").set_index("code_id")["parent"].to_dict()
    known = set(codes["code_id"])

    def level(code_id: str, below: tuple[str, ...] = ()) -> int:
        parent = above.get(code_id)
        return 1 if parent not in known or parent in below else 1 + level(parent, (*below, code_id))

    return {code_id: level(code_id) for code_id in codes["code_id"]}


def _in_order(codes: pd.DataFrame) -> list[str]:
    """The codes, each followed by those below it."""
    order: list[str] = []
    below = codes.dropna(subset="parent").groupby("parent", sort=False)["code_id"].agg(list).to_dict()

    def add(code_id: str) -> None:
        if code_id not in order:
            order.append(code_id)
            for child in below.get(code_id, []):
                add(child)

    for code_id in [*codes.loc[codes["parent"].isna(), "code_id"], *codes["code_id"]]:
        add(code_id)
    return order


def _begun(code: dict) -> str:
    days = [_text(code["created"]), *(_day(entry) for entry in _entries(code)[:1])]
    return next(filter(None, days), "")


def _entries(code: dict) -> list[dict]:
    return code["history"] if isinstance(code["history"], list) else []


def _day(entry: dict) -> str:
    return str(entry.get("on") or "")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

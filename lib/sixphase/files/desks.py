"""A desk: where one person works on a study, and where each thing they do is stored at once.

A pane in JupyterLab sends acts. An act is a small record with an id of its own, so that it can be sent again after a
dead kernel and still counts once. `record` returns only when it is on the disk, or raises a sentence and stores nothing.
What lies on the disk is read afresh, since somebody else may be working on the same study.
"""

import functools
import re
from pathlib import Path

import pandas as pd

from ..problems import Problem, count, nearest, shown
from ..study import Study
from ..tables import CODES, DECISIONS, MEMOS, READING, parse
from . import acts
from .codings_jsonl import annotation, fold, path_of, read_interview
from .memos_md import read_memos, write_memo
from .records_jsonl import append_record, read_records
from .yaml_files import change_entry, read_codes

WRITABLE = ("name", "definition", "use_when", "not_when", "example", "parent")  # what a person may change of a code


class Refused(ValueError):
    """An act that cannot be stored as it is; the message says why and what to do."""


class Desk:
    """Where one person works on a study.

    Attributes
    ----------
    study : Study
        As it was when it was opened.
    by : str
        The coder, as study.yaml names them.
    blind : bool
        Whether the codings of others are kept from this person.
    times : int
        The pass new codings belong to: 1 for the first time through the interviews.
    """

    def __init__(self, study: Study, by: str, *, blind: bool = False, times: int = 1):
        self.study, self.by, self.blind, self.times = study, by, blind, times
        self._stored: dict[Path, tuple[int, dict[str, dict]]] = {}
        self._seen: dict[Path, int] = {}

    @property
    def coders(self) -> list[str]:
        """Whose codings may be seen here: everybody's, or in blind mode only one's own."""
        return [self.by] if self.blind else list(self.study.settings["coders"])

    @property
    def codes(self) -> pd.DataFrame:
        """The codebook as it is on the disk now.

        Raises
        ------
        Refused
            codebook.yaml has a problem.
        """
        return _codes(self.study.folder, _stamp(self.study.folder / CODES.file))

    @property
    def memos(self) -> pd.DataFrame:
        """`tables.MEMOS` as they are on the disk now."""
        return _sound(read_memos, self.study.folder)

    @property
    def reading(self) -> pd.DataFrame:
        """`tables.READING` as it is on the disk now."""
        return _sound(functools.partial(read_records, table=READING), self.study.folder)

    @property
    def decisions(self) -> pd.DataFrame:
        """`tables.DECISIONS` as they are on the disk now."""
        return _sound(functools.partial(read_records, table=DECISIONS), self.study.folder)

    def codings(self, source_id: str) -> pd.DataFrame:
        """`tables.CODINGS` of one source as they are on the disk now, of those this person may see.

        Raises
        ------
        Refused
            A file of codings has a problem; it is named.
        """
        path = path_of(self.study.folder, source_id, self.by)
        self._seen[path] = _stamp(path)[1]
        return _sound(lambda folder, problems: read_interview(folder, source_id, self.text(source_id), self.coders, problems), self.study.folder)

    def elsewhere(self, source_id: str) -> pd.DataFrame:
        """The codings of all other sources, by the codes they were given, as they were when the study was opened.

        Returns
        -------
        DataFrame
            `Study.all_codings` of those this person may see.
        """
        codings = self.study.all_codings
        return codings[(codings["source_id"] != source_id) & codings["coder_id"].isin(self.coders)]

    def text(self, source_id: str) -> str:
        """The canonical transcript of a source; refuses a source that is not there."""
        if source_id not in self.study.texts:
            raise Refused(f"There is no source {shown(source_id)}: {nearest(source_id, self.study.texts)}")
        return self.study.texts[source_id]

    def record(self, act: dict) -> str:
        """Store one act and return what it changed once it is on the disk.

        Parameters
        ----------
        act : dict
            `id` and `do`, `created` (the moment, UTC), and what the kind of act needs: see the functions in `KINDS`.

        Returns
        -------
        str
            `codings`, `codes`, `memos`, `reading` or `decisions`.

        Raises
        ------
        Refused
            It cannot be stored as it is. Nothing is written.
        durable.NotSaved
            The disk refused.
        """
        kind = KINDS.get(act.get("do"))
        if kind is None:
            raise Refused(f"{shown(act.get('do'))} is nothing that is done at a desk: {nearest(str(act.get('do')), KINDS)}")
        if not isinstance(act.get("id"), str) or parse(DECISIONS["decision_id"], act["id"])[1]:
            raise Refused("an act needs an id of its own")
        if parse(_MOMENT, act.get("created"))[1]:
            raise Refused(f"{shown(act.get('created'))} is no moment: 2023-06-14T09:30:00Z")
        try:
            return kind(self, act)
        except KeyError as missing:
            raise Refused(f"this act has no {missing.args[0]}") from None

    def _store(self, source_id: str, coder_id: str, records: list[dict]) -> None:
        """Append those records whose ids are not there yet: an act that is sent again counts once."""
        known = self._records(source_id, coder_id)
        path = path_of(self.study.folder, source_id, coder_id)
        acts.append(path, [record for record in records if record["id"] not in known])
        for record in records:
            known[record["id"]] = record
        self._stored[path] = (_stamp(path)[1], known)
        self._seen[path] = _stamp(path)[1]

    def _records(self, source_id: str, coder_id: str) -> dict[str, dict]:
        """All records of a file by id; read again only when it is not as long as we left it."""
        path = path_of(self.study.folder, source_id, coder_id)
        size, known = self._stored.get(path, (-1, {}))
        if size != _stamp(path)[1]:
            known = {record.get("id"): record for _, record in acts.read(path, path.name, [])}
            self._stored[path] = (_stamp(path)[1], known)
        return known

    def changed_by_others(self, source_id: str) -> bool:
        """Whether somebody else wrote to this person's codings of a source since they were last read or written here."""
        path = path_of(self.study.folder, source_id, self.by)
        return self._seen.get(path, 0) != _stamp(path)[1]

    def _coding(self, source_id: str, coding_id: str) -> dict:
        standing = {record["id"]: record for _, record in fold(enumerate(self._records(source_id, self.by).values()), "", [])}
        if coding_id not in standing:
            raise Refused("this coding no longer stands: somebody withdrew or changed it, perhaps in another window. What is there now is shown.")
        return standing[coding_id]


def desk(study: Study, *, by: str = "", blind: bool = False, times: int = 0) -> Desk:
    """A place to work on a study for one of its coders.

    Parameters
    ----------
    study : Study
    by : str
        Who works here; the first coder of study.yaml unless it is given.
    blind : bool
        Keep the codings of others, and counts of them, from this person.
    times : int
        The pass that new codings belong to; the latest pass this person has begun unless it is given.

    Raises
    ------
    ValueError
        study.yaml names no such coder.
    """
    coders = list(study.settings["coders"])
    if by and by not in coders:
        raise ValueError(f"no coder in {study.name} is called {shown(by)}: {nearest(by, coders)}")
    by = by or (study.settings["analysis_by"] or coders)[0]
    own = study.given.loc[study.given["coder_id"] == by, "pass"]
    return Desk(study, by, blind=blind, times=times or (int(own.max()) if own.notna().any() else 1))


def _give(desk: Desk, act: dict) -> str:
    """`source_id`, `code_id`, `start`, `end`, `exact`; optionally `comment`, `pass`, and `replaces`, the coding it takes the place of."""
    source_id, text = act["source_id"], desk.text(act["source_id"])
    if act["id"] in desk._records(source_id, desk.by):
        return "codings"
    start, end = act["start"], act["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text) or not act["exact"]:
        raise Refused(f"the passage {start}–{end} is not inside {source_id}, which has {len(text):,} characters. Nothing was saved.")
    if text[start:end] != act["exact"]:
        raise Refused(f"the words on the page are not those of the transcript at {start}–{end}: {shown(act['exact'])} against {shown(text[start:end])}. "
                      "Nothing was saved; open the interview again and select the words once more.")
    codes = desk.codes
    active = codes.loc[~codes["status"].isin(["merged", "retired"]), "code_id"]
    if act["code_id"] not in set(active):
        raise Refused(f"no active code is called {shown(act['code_id'])}: {nearest(act['code_id'], active)}")
    if act.get("replaces"):
        desk._coding(source_id, act["replaces"])
    desk._store(source_id, desk.by, [annotation(
        text, source_id, desk.by, act["code_id"], start, end, created=act["created"], coding_id=act["id"], comment=act.get("comment") or "",
        times=act.get("pass") or desk.times, replaces=act.get("replaces") or "")])
    return "codings"


def _withdraw(desk: Desk, act: dict) -> str:
    """`source_id`, `coding_id`; optionally `because`."""
    if act["id"] not in desk._records(act["source_id"], desk.by):
        desk._coding(act["source_id"], act["coding_id"])
        _not_quoted(desk, act["coding_id"])
        desk._store(act["source_id"], desk.by, [{"type": "Withdrawal", "id": act["id"], "withdraws": act["coding_id"], "creator": desk.by,
                                                 "created": act["created"], "because": act.get("because") or ""}])
    return "codings"


def _new_code(desk: Desk, act: dict) -> str:
    """`code_id`, `name`; optionally what else `tables.CODES` has."""
    if act["code_id"] in set(desk.codes["code_id"]):
        known = desk.codes.set_index("code_id").loc[act["code_id"]]
        if known["name"] == act["name"]:
            return "codes"
        raise Refused(f"the id {shown(act['code_id'])} is taken by the code {shown(known['name'])}")
    _change(desk, act, {**{name: act[name] for name in WRITABLE if act.get(name)}, "created": act["created"][:10]}, "")
    return "codes"


def _change_code(desk: Desk, act: dict) -> str:
    """`code_id`, `changes` (column and new value), `what` (in words), `because`."""
    unknown = set(act["changes"]) - set(WRITABLE)
    if unknown:
        raise Refused(f"{shown(sorted(unknown)[0])} is not a person's to change: {', '.join(WRITABLE)}")
    _known_code(desk, act["code_id"])
    if act["changes"].get("parent"):
        _known_code(desk, act["changes"]["parent"])
        _no_circle(desk, act["code_id"], act["changes"]["parent"])
    _change(desk, act, {name: value or None for name, value in act["changes"].items()}, act["what"])
    return "codes"


def _merge_codes(desk: Desk, act: dict) -> str:
    """`code_id`, `into`, `because`: the codings stay as they were given and count for the other code from now on."""
    _known_code(desk, act["code_id"])
    codes = desk.codes.set_index("code_id")
    if _known_code(desk, act["into"]) == act["code_id"]:
        raise Refused("a code cannot be merged into itself")
    if codes.loc[act["into"], "status"] in ("merged", "retired"):
        raise Refused(f"{shown(codes.loc[act['into'], 'name'])} is {codes.loc[act['into'], 'status']} itself; merge into a code that stands")
    _change(desk, act, {"status": "merged", "merged_into": act["into"], "because": _reason(act)}, f"merged into {act['into']}")
    _decide(desk, act, f"Merged the code {act['code_id']} into {act['into']}", [f"code:{act['code_id']}", f"code:{act['into']}"])
    return "codes"


def _retire_code(desk: Desk, act: dict) -> str:
    """`code_id`, `because`."""
    _known_code(desk, act["code_id"])
    _change(desk, act, {"status": "retired", "because": _reason(act)}, "retired")
    _decide(desk, act, f"Retired the code {act['code_id']}", [f"code:{act['code_id']}"])
    return "codes"


def _restore_code(desk: Desk, act: dict) -> str:
    """`code_id`, `because`: a merged or retired code stands again."""
    _known_code(desk, act["code_id"])
    _change(desk, act, {"status": None, "merged_into": None, "because": None}, "stands again")
    _decide(desk, act, f"The code {act['code_id']} stands again", [f"code:{act['code_id']}"])
    return "codes"


def _split_code(desk: Desk, act: dict) -> str:
    """`code_id`, `into` (code ids), `because`: says that codings of one code were given to others; each coding is an act of its own."""
    _known_code(desk, act["code_id"])
    into = ", ".join(_known_code(desk, other) for other in act["into"])
    _change(desk, act, {}, f"split: some of it went to {into}")
    _decide(desk, act, f"Split the code {act['code_id']}: some of it went to {into}", [f"code:{code}" for code in [act["code_id"], *act["into"]]])
    return "codes"


def _memo(desk: Desk, act: dict) -> str:
    """`title`, `text`, `kind`, `about` (a list); to change a memo, also its `memo_id` and `was`, the text that was read."""
    if not str(act["text"]).strip() or not str(act["title"]).strip():
        raise Refused("a memo needs a heading and some words")
    memos = desk.memos.set_index("memo_id")
    known = memos.loc[act["memo_id"]] if act.get("memo_id") in memos.index else None
    words = f"# {' '.join(str(act['title']).split())}\n\n{str(act['text']).strip()}"
    if known is not None and known["text"] not in (act.get("was"), words):
        raise Refused("somebody changed this memo since you opened it; copy your words, open it again and put them in")
    name = act.get("memo_id") or f"{act['created'][:10]}-{_words_of(act['title'])}-{act['id'][-4:]}"
    write_memo(desk.study.folder, name[11:], words, on=name[:10], by=desk.by if known is None else known["by"], kind=act["kind"], about=list(act["about"]))
    return "memos"


def _read(desk: Desk, act: dict) -> str:
    """`source_id`; optionally `minutes`, `turns`, `note`."""
    desk.text(act["source_id"])
    append_record(desk.study.folder, READING, {"reading_id": act["id"], "source_id": act["source_id"], "on": act["created"][:10], "by": desk.by,
                                               **{name: act.get(name) for name in ("minutes", "turns", "note")}})
    return "reading"


def _settle(desk: Desk, act: dict) -> str:
    """`what`, `because`, `about`; optionally `alternatives`: what was decided about a passage that people read differently."""
    _decide(desk, act, act["what"], list(act["about"]), act.get("alternatives"))
    return "decisions"


_MOMENT = type(DECISIONS["on"])("created", "moment", "", required=True)
KINDS = {"give": _give, "withdraw": _withdraw, "new code": _new_code, "change code": _change_code, "merge codes": _merge_codes,
         "retire code": _retire_code, "restore code": _restore_code, "split code": _split_code, "memo": _memo, "read": _read, "settle": _settle}


def _change(desk: Desk, act: dict, changes: dict, what: str) -> None:
    entry = {"on": act["created"][:10], "by": desk.by, "what": what, "because": act.get("because") or ""}
    rows = desk.codes.set_index("code_id")["history"]
    last = (rows.get(act["code_id"]) or [None])[-1]
    if what and last == {key: value for key, value in entry.items() if value}:
        return  # the same act, sent again
    try:
        change_entry(desk.study.folder, CODES, act["code_id"], {**changes, **({"history": [{k: v for k, v in entry.items() if v}]} if what else {})})
    except ValueError as wrong:
        raise Refused(str(wrong)) from None


def _decide(desk: Desk, act: dict, what: str, about: list[str], alternatives: list[str] | None = None) -> None:
    append_record(desk.study.folder, DECISIONS, {"decision_id": act["id"], "on": act["created"][:10], "by": desk.by, "phase": 2, "what": what,
                                                 "about": about, "because": _reason(act), "alternatives": alternatives})


def _reason(act: dict) -> str:
    if not str(act.get("because") or "").strip():
        raise Refused("say why: a reason is kept with this")
    return str(act["because"]).strip()


def _known_code(desk: Desk, code_id: str) -> str:
    known = desk.codes["code_id"]
    if code_id not in set(known):
        raise Refused(f"no code is called {shown(code_id)}: {nearest(code_id, known)}")
    return code_id


def _no_circle(desk: Desk, code_id: str, parent: str) -> None:
    above = desk.codes.dropna(subset="parent").set_index("code_id")["parent"].to_dict()
    here: str | None = parent
    while here is not None:
        if here == code_id:
            raise Refused("a code cannot lie under itself")
        here = above.get(here)


def _not_quoted(desk: Desk, coding_id: str) -> None:
    """Refuse to withdraw what a theme's shortlist or the manuscript rests on: that is undone first, with open eyes."""
    study = desk.study
    for theme_id, listed in study.themes[["theme_id", "extracts"]].itertuples(index=False):
        if any(extract.get("coding") == coding_id for extract in listed or []):
            raise Refused(f"this coding is on the shortlist of the theme {theme_id}; take it off there first (themes.yaml, extracts)")
    if any(study.standing(quoted) == coding_id for quoted in re.findall(r"\(quote:([^)\s]+)\)", study.manuscript)):
        raise Refused("the manuscript quotes this coding; take the quotation out there first (manuscript/manuscript.md)")


def _words_of(title: object) -> str:
    return " ".join(str(title).split())[:40]


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was last changed, and its length in bytes; zeros when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=8)
def _codes(folder: Path, stamp: tuple[int, int]) -> pd.DataFrame:
    return _sound(lambda folder, problems: read_codes(folder, problems)[0], folder)


def _sound(read, folder: Path) -> pd.DataFrame:
    problems: list[Problem] = []
    found = read(folder, problems=problems)
    if problems:
        raise Refused(f"{count(len(problems), 'problem')} in the study, to be mended first. {problems[0]}")
    return found

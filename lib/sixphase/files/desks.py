"""A desk: where one person works on a study, and where each thing they do is stored at once.

A pane in JupyterLab sends acts. An act is a small record with an id of its own, so that it can be sent again after a
dead kernel and still counts once. `record` returns only when it is on the disk, or raises a sentence and stores nothing.
What lies on the disk is read afresh, since somebody else may be working on the same study.
"""

import functools
from hashlib import sha256
from pathlib import Path

import pandas as pd

from ..places import COMMAND
from ..problems import Problem, count, nearest, shown
from ..study import Study
from ..tables import CODES, DECISIONS, DEFINITIONS, MOVES, READING, REVIEWS, SUMMARIES, THEMES, Column, parse
from . import acts
from .additions import unsettled
from .card_acts import CARD_KINDS
from .codings_jsonl import fold, path_of, read_interview
from .desk_acts import KINDS, Refused
from .memos_md import read_memos
from .records_jsonl import read_records
from .theme_acts import THEME_KINDS, too_early
from .unplaced import PLACING_KINDS, to_review
from .yaml_files import read_codes, read_relations, read_themes

MOMENT = Column("created", "moment", "when the person did it", required=True)


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
        self._same: dict[str, tuple[int, int]] = {}

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

    @property
    def themes(self) -> pd.DataFrame:
        """`tables.THEMES` as they are on the disk now."""
        return _themes(self.study.folder, _stamp(self.study.folder / THEMES.file))

    @property
    def moves(self) -> pd.DataFrame:
        """`tables.MOVES` as they are on the disk now."""
        return _sound(functools.partial(read_records, table=MOVES), self.study.folder)

    @property
    def relations(self) -> pd.DataFrame:
        """`tables.RELATIONS` as they are on the disk now."""
        return _relations(self.study.folder, _stamp(self.study.folder / THEMES.file))

    @property
    def reviews(self) -> pd.DataFrame:
        """`tables.REVIEWS` as they are on the disk now."""
        return _sound(functools.partial(read_records, table=REVIEWS), self.study.folder)

    @property
    def waiting(self) -> pd.DataFrame:
        """`tables.UNPLACED`, of those this person may see: the codings that wait for a place in a new version, as it is on the disk now."""
        waiting = to_review(self.study)
        return waiting[waiting["coder_id"].isin(self.coders)].reset_index(drop=True)

    @property
    def definitions(self) -> pd.DataFrame:
        """`tables.DEFINITIONS` as they are on the disk now."""
        return _sound(functools.partial(read_records, table=DEFINITIONS), self.study.folder)

    @property
    def summaries(self) -> pd.DataFrame:
        """`tables.SUMMARIES` as they are on the disk now."""
        return _sound(functools.partial(read_records, table=SUMMARIES), self.study.folder)

    @property
    def too_early(self) -> str:
        """Why no theme can be made yet, as a sentence; "" when one can."""
        return too_early(self)

    def codings(self, source_id: str) -> pd.DataFrame:
        """`tables.CODINGS` of one source as they are on the disk now, of those this person may see.

        Raises
        ------
        Refused
            A file of codings has a problem; it is named.
        """
        folder, text = self.study.folder, self.text(source_id)
        if source_id in self.study.blanked:  # codings of who withdrew are checked against their words, and not shown
            text = self._file(source_id).read_text(encoding="utf-8")
        stamps = tuple((coder, _stamp(path_of(folder, source_id, coder))) for coder in self.coders)
        self._seen[path_of(folder, source_id, self.by)] = dict(stamps)[self.by][1]
        codings = _codings(folder, source_id, text, stamps)
        return codings[~codings["coding_id"].isin(self.study.left)].reset_index(drop=True)

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

    def unchanged_text(self, source_id: str) -> str:
        """The transcript of a source; refuses one that was changed on the disk since the study was opened."""
        text = self.text(source_id)
        if unsettled(self.study.folder):
            raise Refused(f"several files of the study are being changed, or such a change was interrupted. If this is said again, run “{COMMAND} repair STUDY”; nothing was saved")
        path = self._file(source_id)
        stamp = _stamp(path)
        if self._same.get(source_id) != stamp:
            if not path.exists() or sha256(path.read_bytes()).hexdigest() != (self.study.blanked.get(source_id) or sha256(text.encode("utf-8")).hexdigest()):
                raise Refused(f"the transcript of {source_id} was changed on the disk since this was opened. Put it back as it was (git shows what changed), "
                              "or open the study again; nothing was saved")
            self._same[source_id] = stamp
        return text

    def _file(self, source_id: str) -> Path:
        return self.study.folder / self.study.sources.set_index("source_id").loc[source_id, "file"]

    def record(self, act: dict) -> str:
        """Store one act and return what it changed once it is on the disk.

        Parameters
        ----------
        act : dict
            `id` and `do`, `created` (the moment, UTC), and what the kind of act needs: see `desk_acts`, `theme_acts` and `card_acts`.

        Returns
        -------
        str
            `codings`, `codes`, `memos`, `reading`, `decisions`, `board`, `reviews`, `cards`, `matrix` or `waiting`.

        Raises
        ------
        Refused
            It cannot be stored as it is. Nothing is written.
        durable.NotSaved
            The disk refused.
        """
        kinds = KINDS | THEME_KINDS | CARD_KINDS | PLACING_KINDS
        kind = kinds.get(act.get("do"))
        if kind is None:
            raise Refused(f"{shown(act.get('do'))} is nothing that is done at a desk: {nearest(str(act.get('do')), kinds)}")
        if not isinstance(act.get("id"), str) or parse(DECISIONS["decision_id"], act["id"])[1]:
            raise Refused("an act needs an id of its own")
        if parse(MOMENT, act.get("created"))[1]:
            raise Refused(f"{shown(act.get('created'))} is no moment: 2023-06-14T09:30:00Z")
        try:
            return kind(self, act)
        except KeyError as missing:
            raise Refused(f"this act has no {missing.args[0]}") from None

    def store(self, source_id: str, coder_id: str, records: list[dict]) -> None:
        """Append those records whose ids are not there yet: an act that is sent again counts once."""
        known = self.records(source_id, coder_id)
        path = path_of(self.study.folder, source_id, coder_id)
        acts.append(path, [record for record in records if record["id"] not in known])
        for record in records:
            known[record["id"]] = record
        self._stored[path] = (_stamp(path)[1], known)
        self._seen[path] = _stamp(path)[1]

    def records(self, source_id: str, coder_id: str) -> dict[str, dict]:
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

    def standing(self, source_id: str, coding_id: str) -> dict:
        """The record of one of this person's codings; refuses one that no longer stands."""
        standing = {record["id"]: record for _, record in fold(enumerate(self.records(source_id, self.by).values()), "", [])}
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


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was last changed, and its length in bytes; zeros when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=8)
def _codings(folder: Path, source_id: str, text: str, stamps: tuple[tuple[str, tuple[int, int]], ...]) -> pd.DataFrame:
    return _sound(lambda folder, problems: read_interview(folder, source_id, text, [coder for coder, _ in stamps], problems), folder)


@functools.lru_cache(maxsize=8)
def _codes(folder: Path, stamp: tuple[int, int]) -> pd.DataFrame:
    return _sound(lambda folder, problems: read_codes(folder, problems)[0], folder)


@functools.lru_cache(maxsize=8)
def _themes(folder: Path, stamp: tuple[int, int]) -> pd.DataFrame:
    return _sound(lambda folder, problems: read_themes(folder, problems)[0], folder)


@functools.lru_cache(maxsize=8)
def _relations(folder: Path, stamp: tuple[int, int]) -> pd.DataFrame:
    return _sound(read_relations, folder)


def _sound(read, folder: Path) -> pd.DataFrame:
    problems: list[Problem] = []
    found = read(folder, problems=problems)
    if problems:
        raise Refused(f"{count(len(problems), 'problem')} in the study, to be mended first. {problems[0]}")
    return found

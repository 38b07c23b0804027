"""A project of another program, as it was read and before it is ours: a common shape for all of them.

Offsets are code points of `Source.text`, which has LF line ends and no byte-order mark. Keys are the program's own (GUIDs,
row numbers) and only hold the parts of one project together.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Code(NamedTuple):
    """A code; `parent` is the key of the code above it, "" at the top."""

    key: str
    name: str
    parent: str = ""
    colour: str = ""
    description: str = ""
    codable: bool = True


class Source(NamedTuple):
    """A text and what the program calls it; `values` are its variables by name."""

    key: str
    name: str
    text: str
    values: dict = {}


class Coding(NamedTuple):
    """One code given to `[start, end)` of a source; `coder` is a key of `Project.coders`, "" when nobody is named."""

    key: str
    source: str
    code: str
    start: int
    end: int
    coder: str = ""
    created: str = ""
    comment: str = ""


class Case(NamedTuple):
    """A person, or whatever the program's cases are, with variables by name and the keys of its sources."""

    key: str
    name: str
    values: dict = {}
    sources: list = []
    description: str = ""


class Set(NamedTuple):
    """A named collection of codes or sources, by key."""

    key: str
    name: str
    description: str = ""
    codes: list = []
    sources: list = []


class Note(NamedTuple):
    """A memo; `about` holds keys of codes, sources or sets, or `[source, start, end]` for a passage."""

    key: str
    name: str
    text: str
    created: str = ""
    coder: str = ""
    about: list = []


class Unplaced(NamedTuple):
    """A coding that the file holds and that cannot be placed, with the reason as a sentence."""

    source: str
    code: str
    start: str
    end: str
    why: str


PARTS = {"codes": Code, "sources": Source, "codings": Coding, "cases": Case, "sets": Set, "notes": Note, "unplaced": Unplaced}


@dataclass
class Project:
    """What a file of another program holds.

    Attributes
    ----------
    name, origin : str
        What the project is called, and the program that wrote it.
    coders : dict
        Name by key.
    codes, sources, codings, cases, sets, notes, unplaced : list
        Of the kinds above.
    kept : dict
        What has no place in a study, by where it stood: XML as text, for the way back.
    lost : dict
        The same, counted in words a person reads: “pictures” → 2.
    said : list of str
        How the file was read.
    doubts : list of str
        What a person should look at before accepting.
    """

    name: str = ""
    origin: str = ""
    coders: dict[str, str] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list, repr=False)
    codings: list[Coding] = field(default_factory=list, repr=False)
    cases: list[Case] = field(default_factory=list)
    sets: list[Set] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict, repr=False)
    lost: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def lose(self, what: str, number: int = 1) -> None:
        """Count something that has no place in a study."""
        if number:
            self.lost[what] = self.lost.get(what, 0) + number

    def place(self, coding: Coding) -> bool:
        """Add a coding if its place lies in its source and its code is known; list it as unplaced otherwise.

        Returns
        -------
        bool
            Whether it was placed.
        """
        text, known = self._lengths.get(coding.source), coding.code in self._names
        if text is not None and known and 0 <= coding.start < coding.end <= text:
            self.codings.append(coding)
            return True
        why = ("its text is not in the file" if text is None else "its code is not in the file" if not known else
               "it ends before it begins" if coding.end < coding.start else "it marks nothing" if coding.end == coding.start else
               f"it lies outside its text, which has {text:,} characters")
        self.unplaced.append(Unplaced(self._titles.get(coding.source, coding.source), self._names.get(coding.code, coding.code), str(coding.start), str(coding.end), why))
        return False

    def ready(self, missing: dict[str, str] | None = None) -> None:
        """Note which sources and codes there are, and the names of sources without a text; called before codings are placed."""
        self._lengths = {source.key: len(source.text) for source in self.sources}
        self._names = {code.key: code.name for code in self.codes}
        self._titles = {**(missing or {}), **{source.key: source.name for source in self.sources}}


def as_plain(project: Project) -> tuple[dict, list[str]]:
    """A project as JSON can hold it, and beside it the texts of its sources."""
    told = {name: value for name, value in vars(project).items() if not name.startswith("_")}
    return {**told, "sources": [source._replace(text="") for source in project.sources]}, [source.text for source in project.sources]


def from_plain(told: dict, texts: list[str]) -> Project:
    """A project again, from what `as_plain` gave."""
    project = Project(**{name: list(map(PARTS[name]._make, value)) if name in PARTS else value for name, value in told.items()})
    project.sources = [source._replace(text=text) for source, text in zip(project.sources, texts, strict=True)]
    return project


class Refused(Exception):
    """A file that is not read: what is wrong with it, and what to do."""

    def __init__(self, what: str, do: str = ""):
        super().__init__(what)
        self.what, self.do = what, do

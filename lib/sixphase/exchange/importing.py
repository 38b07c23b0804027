"""Import: a plan that a person sees first.

`plan` works out what the files would become, without touching the study; `files.add_interviews` carries it out.
"""

import dataclasses
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ..cases import Interview
from ..problems import Problem, StudyError, count, nearest, shown
from ..study import Study
from ..tables import PARTICIPANTS
from . import limits, speakers, transcripts
from .arrivals import Arrival, refused
from .speakers import ANYONE, Speaker

ITSELF = "participant"  # the label of words that have none: whoever the interview is called after
PROJECTS = (".qdpx", ".qde", ".qdc", ".qda", ".sqlite3")
ROWS = ("csv", "excel")  # formats in which one file holds several interviews


@dataclass
class Plan:
    """What an import would do: for a person to look at, then to accept or not."""

    interviews: list[Interview]
    speakers: list[Speaker]
    known: list[str] = field(default_factory=list)  # files whose interviews are in the study already
    doubts: list[str] = field(default_factory=list)


def arrivals(files: Iterable[Path], options: Mapping | None = None, *, seconds: float = limits.SECONDS) -> list[Arrival]:
    """Read files, each by the reader of its ending, in child processes with limits.

    Parameters
    ----------
    files : iterable of Path
    options : mapping, optional
        What readers take: `encoding`, `delimiter`, `sheet`, `text`, `speaker`, `name`, `rows`, `answers`.
    seconds : float
        The longest that one file may take.

    Raises
    ------
    StudyError
        With every file that cannot be read.
    """
    files, problems, readable = list(files), [], []
    for path in files:
        try:
            _look_at(path)
            readable.append(path)
        except StudyError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(str(path), None, f"cannot be read: {error.strerror}", do="close it where it is open, or ask for the right to read it"))
    asked = {name: [value.start, value.stop - 1] if isinstance(value, range) else value for name, value in (options or {}).items() if value}
    found = []
    for path, told in zip(readable, limits.in_children("sixphase.exchange.transcripts:read", readable, asked, seconds=seconds), strict=True):
        if isinstance(told, StudyError):
            problems += told.problems
        else:
            found += transcripts.arrived(path, told)
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")
    return found


def _look_at(path: Path) -> None:
    """Refuse what is no file that a reader could take."""
    if not path.exists():
        raise missing(path)
    if path.is_dir():
        inside = sorted(file.name for file in path.iterdir() if file.suffix.lower() in transcripts.READERS)
        raise refused(path, "this is a folder or a device, not a file", found=f"{count(len(inside), 'file')} in it that could be transcripts" if inside else "",
                      do=f"name the files in it, such as {path / '*'}{Path(inside[0]).suffix}" if inside else "name the files themselves")
    if not path.is_file():
        raise refused(path, "this is a folder or a device, not a file")
    if path.suffix.lower() in PROJECTS:
        raise refused(path, "a project of another program comes alone, not with other files", do="import it by itself, into a new study")
    if path.suffix.lower() not in transcripts.READERS:
        raise refused(path, f"no reader for {shown(path.suffix) if path.suffix else 'a file without an ending'}", expected=f"one of {', '.join(sorted(transcripts.READERS))}",
                      do="save it as a Word document (.docx), or as plain text (UTF-8)")
    if path.stat().st_size > limits.LARGEST:
        raise refused(path, f"{path.stat().st_size:,} bytes: too large to be a transcript")
    with path.open("rb") as file:  # whether it can be read at all is told here, not by a child that fails
        if not file.read(1):
            raise refused(path, "the file is empty: 0 bytes", do="copy it again; a folder that is synchronised may hold only its name")


def missing(path: Path) -> StudyError:
    """The error for a file that is not there, with the file that may be meant."""
    beside = sorted(file.name for file in path.absolute().parent.iterdir() if not file.name.startswith((".", "~$"))) if path.absolute().parent.is_dir() else []
    alike = get_close_matches(path.name, beside, n=1, cutoff=0.75)
    return refused(path, "there is no such file", do=f"did you mean “{path.with_name(alike[0])}”?" if alike else "" if path.absolute().parent.is_dir() else f"there is no folder {path.parent} either, seen from {Path.cwd()}")


def named(files: Iterable[Path]) -> list[Path]:
    """Files as a person named them: patterns such as `interviews/*.docx`, which not every command line works out, and without what Word keeps of an open document.

    Examples
    --------
    >>> [file.name for file in named([Path("talk.docx"), Path("~$talk.docx")])]
    ['talk.docx']

    Raises
    ------
    StudyError
        Nothing else is named.
    """
    files = list(files)
    found = [match for file in files for match in (sorted(file.parent.glob(file.name)) if set(file.name) & set("*?") and not file.exists() else [file]) or [file]]
    kept = [file for file in found if not file.name.startswith("~$")]
    if not kept:
        raise refused(files[0], "Word keeps such a file while a document is open; it holds no words", do="name the document itself")
    return kept


def plan(found: list[Arrival], study: Study, *, interviewers: Iterable[str] = (), also_speakers: Iterable[str] = (), leave_out: Iterable[str] = (),
         as_people: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None, unlabelled: bool = False) -> Plan:
    """Work out what an import would do.

    Parameters
    ----------
    found : list of Arrival
    study : Study
        As it is now, with whatever problems.
    interviewers : iterable of str
        Labels of those who ask.
    also_speakers : iterable of str
        Labels that begin a turn although they stand there only once.
    leave_out : iterable of str
        Labels of what nobody said, such as “Note”; their turns are left out, and counted.
    as_people : mapping
        Participant ids for labels, where a person wants others than those proposed.
    same : mapping
        Labels that are one speaker's: `{"INT": "Interviewer"}`.
    unlabelled : bool
        The files have no labels: each holds the words of one participant, as a diary does.

    Raises
    ------
    StudyError
        An interview's name is taken, or nobody but interviewers speaks in it.
    """
    there = dict(zip(study.imports["raw_sha256"], study.imports["source_id"], strict=True))
    fresh, known = [], []
    for arrival in found:
        digest = hashlib.sha256(arrival.raw).hexdigest()
        if digest not in there or (arrival.format in ROWS and source_name(arrival.name) not in study.texts):
            fresh.append(arrival)
        else:
            known.append(arrival.name if arrival.format in ROWS else f"{arrival.name} (as {there[digest]})")
    twice = [name for name, times in Counter(a.name for a in fresh).items() if times > 1]
    if twice:
        raise StudyError([Problem(name, None, f"there is an interview {shown(source_name(name))} already", do="rename one of the files, or the interview in it")
                          for name in twice], "what was to be imported; nothing was changed")
    turns, doubts = ({a.name: [(ITSELF, "\n".join(a.paragraphs))] for a in fresh}, []) if unlabelled else speakers.cut(fresh, [*also_speakers, *leave_out], same)
    _leave_out(fresh, turns, set(leave_out))
    who = speakers.propose(turns, interviewers=interviewers, taken=study.participants["participant_id"],
                           spoken=None if unlabelled else {a.name: a.spoken for a in fresh})
    for speaker in who:
        if speaker.label in (as_people or {}):
            speaker.person, speaker.asks = as_people[speaker.label], False
    for alike in speakers.drifting(s.label for s in who):
        doubts.append(f"{', '.join(alike)}: if these are one speaker, say " + " ".join(f'--same "{other}={alike[0]}"' for other in alike[1:]))
    missing = sorted((set(interviewers) | set(as_people or {})) - {s.label for s in who})
    problems = [Problem("--interviewer or --as", None, f"nobody is labelled {shown(label)}", found=", ".join(s.label for s in who)) for label in missing if fresh]
    interviews, taken, by_label, named_words = [], set(study.texts), {s.label: s for s in who}, _words_of_names(who)
    seen = Counter(study.sources["participants"].explode())
    for arrival in fresh:
        interview = _interview(arrival, turns[arrival.name], by_label, problems)
        named = _names_somebody(arrival.name, named_words)
        seen.update(interview.participants)
        if named and interview.participants:
            interview.source_id = f"{interview.participants[0]}-{seen[interview.participants[0]]}"
            doubts.append(f"the name of a file holds “{named}”, who gets an id; that interview will be called {interview.source_id}")
        if interview.source_id in taken:
            problems.append(Problem(arrival.name, None, f"there is an interview {shown(interview.source_id)} already", do="rename the file, or the interview in it"))
        taken.add(interview.source_id)
        interviews.append(interview)
    there_already, surveyed = set(study.participants["participant_id"]), {p for i in interviews for p in i.attributes}
    known_people = there_already | surveyed
    new = [s for s in who if not s.asks and s.person and s.person not in known_people]
    problems += _attributes_fit(interviews)
    answered_before = sorted(surveyed & there_already)
    if answered_before:
        doubts.append(f"{', '.join(answered_before[:6])}: in the study already; what the survey says of them was not taken over")
    if new and there_already:
        doubts.append(f"new participants: {', '.join(f'{s.label} as {s.person}' for s in new[:6])}; somebody who is in the study already is named with --as LABEL=ID")
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")
    return Plan(interviews, who, known, doubts + list(dict.fromkeys(d for a in fresh for d in a.doubts)))


def new_version(path: Path, study: Study, source_id: str, options: Mapping | None = None, *, interviewers: Iterable[str] = (), also_speakers: Iterable[str] = (),
                leave_out: Iterable[str] = (), as_people: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None, unlabelled: bool = False) -> Plan:
    """Work out what a file would be as a new version of a transcript that is in the study; see `plan` for the choices.

    The labels of the transcript as it stands are known, and need not be said again.

    Raises
    ------
    StudyError
        There is no such source, or the file does not hold one interview that can be read.
    """
    if source_id not in study.texts:
        raise StudyError([Problem(source_id, None, "no source of this study", do=nearest(source_id, study.texts))], "what was asked for")
    arrived = arrivals([path], options)
    if len(arrived) != 1:
        raise refused(path, f"{len(arrived)} interviews in it, not one", do="take one row of it with --rows")
    row = study.sources.set_index("source_id").loc[source_id]
    arrived[0].name = source_id
    begin = {line.partition(":")[0] for line in "\n".join([*arrived[0].paragraphs, *(f"{label}:" for label, _ in arrived[0].turns)]).split("\n")}
    others = dataclasses.replace(study, texts={other: text for other, text in study.texts.items() if other != source_id},
                                 imports=study.imports[study.imports["source_id"] != source_id])
    asked = {*interviewers, *(label for label in row["interviewers"] or [] if label in begin and label not in (same or {}))}
    named = {**{label: label for label in row["participants"] if label in begin}, **(as_people or {})}
    return plan(arrived, others, interviewers=sorted(asked), also_speakers=[*also_speakers, *sorted((asked | set(named)) & begin)], leave_out=leave_out,
                as_people={} if unlabelled else named, same=same, unlabelled=unlabelled)


def _attributes_fit(interviews: list[Interview]) -> list[Problem]:
    """A column of a survey never becomes a consent, or anything else that a column of ours means already."""
    taken = {name.lower() for name in PARTICIPANTS.names}
    columns = {column for i in interviews for attributes in i.attributes.values() for column in attributes}
    return [Problem("the survey", 1, f"its column {shown(column)} has the name of a column of participants.csv", do="give it another heading")
            for column in sorted(columns) if column.lower() in taken or not column]


def _words_of_names(who: list[Speaker]) -> dict[str, str]:
    """The words of participants' labels that are no id, by how they would stand in the name of a file."""
    return {source_name(word).lower(): word for s in reversed(who) if not s.asks and s.person != s.label and not ANYONE.fullmatch(s.label)
            for word in reversed(re.findall(r"\w{3,}", s.label))}


def _names_somebody(name: str, named_words: dict[str, str]) -> str:
    """The word of a participant's label that stands in the name of a file, too; "" when none does."""
    return next((named_words[word] for word in re.findall(r"\w{3,}", source_name(name).lower().replace("_", " ")) if word in named_words), "")


def _leave_out(fresh: list[Arrival], turns: dict[str, list[tuple[str, str]]], labels: set[str]) -> None:
    for arrival in fresh:
        kept = [turn for turn in turns[arrival.name] if turn[0] not in labels]
        for name in ("spoken_at", "spoken"):
            if getattr(arrival, name):
                setattr(arrival, name, [value for value, turn in zip(getattr(arrival, name), turns[arrival.name], strict=True) if turn[0] not in labels])
        if len(kept) < len(turns[arrival.name]):
            arrival.notes.append(f"{len(turns[arrival.name]) - len(kept)} turns labelled {', '.join(sorted(labels))} left out")
        turns[arrival.name] = kept


def source_name(name: str) -> str:
    """A source id from whatever a file or a column calls an interview.

    Examples
    --------
    >>> source_name("Zoë's interview (2).docx")
    'Zoe-s-interview-2-docx'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-_")
    if not slug or len(slug) > 60:
        slug = f"{slug[:50]}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:8]}".lstrip("-")
    return slug


def _interview(arrival: Arrival, turns: list[tuple[str, str]], who: dict[str, Speaker], problems: list[Problem]) -> Interview:
    source_id = source_name(arrival.name)
    spoken = [(label, said) for label, said in turns if label]
    times = [time for time, (label, _) in zip(arrival.spoken_at, turns, strict=True) if label] if arrival.spoken_at else []
    before = sum(len(said.split()) for label, said in turns if not label)
    if before:
        arrival.notes.append(f"{before} words before the first speaker left out")
        arrival.doubts.append(f"{source_id}: {before} words stand before the first speaker and are left out")
    names = {label: label if who[label].asks else who[label].person or source_id for label, _ in spoken}
    text = canonical([(names[label], said) for label, said in spoken])
    anyone = [label for label, name in names.items() if name == source_id and not who[label].asks]
    if len(anyone) > 1:
        arrival.doubts.append(f"{source_id}: {' and '.join(anyone)} become one participant; say --interviewer, or who they are with --as LABEL=ID")
    people = list(dict.fromkeys(name for label, name in names.items() if not who[label].asks))
    asking = list(dict.fromkeys(name for label, name in names.items() if who[label].asks))
    if not spoken:
        problems.append(Problem(arrival.name, None, "no speakers found", "a label and a colon before each turn, such as “P07: ”",
                                do="name a label with --speaker, put labels into the file, or say --unlabelled if all of it is one participant's own words"))
    elif not people:
        problems.append(Problem(arrival.name, None, "nobody is interviewed here", found=", ".join(asking), do="say who asks with --interviewer"))
    return Interview(source_id, text, people, asking, arrival.raw, arrival.format, arrival.encoding, arrival.notes, times,
                     {people[0]: arrival.attributes} if arrival.attributes and people else {})


def canonical(turns: list[tuple[str, str]]) -> str:
    """Write turns as a canonical transcript, and make sure that the same turns can be read from it.

    A line inside a turn that would look like the beginning of another is joined to the line above it.
    """
    labels = {label for label, _ in turns}
    begins = {f"{label}:": label for label in sorted(labels, key=len, reverse=True)}
    any_label = tuple(begins)
    lines = []
    for label, said in turns:
        first, *others = (said or "[no words]").split("\n")
        kept = [first]
        for line in others:
            if line.startswith(any_label):
                kept[-1] += f" {line}"
            else:
                kept.append(line)
        lines.append(f"{label}: " + "\n".join(kept))
    text = "\n\n".join(lines) + "\n" if lines else ""
    again = [next(label for beginning, label in begins.items() if line.startswith(beginning)) for line in text.split("\n") if line.startswith(any_label)]
    assert again == [label for label, _ in turns], "the canonical text does not read back as the same turns"
    return text

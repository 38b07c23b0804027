"""Import: a plan that a person sees first.

`plan` works out what the files would become, without touching the study; `files.add_interviews` carries it out.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..cases import Interview
from ..problems import Problem, StudyError, shown
from ..study import Study
from ..transcripts import turns_of
from . import pdf, plain_text, separated, speakers
from .arrivals import Arrival, refused
from .limits import LARGEST
from .speakers import ANYONE, Speaker

READERS = {".txt": plain_text.read, ".text": plain_text.read, ".csv": separated.read, ".pdf": pdf.read}


@dataclass
class Plan:
    """What an import would do: for a person to look at, then to accept or not."""

    interviews: list[Interview]
    speakers: list[Speaker]
    known: list[str] = field(default_factory=list)  # files whose interviews are in the study already
    doubts: list[str] = field(default_factory=list)


def arrivals(files: Iterable[Path], options: Mapping | None = None) -> list[Arrival]:
    """Read files, each by the reader of its ending.

    Raises
    ------
    StudyError
        With every file that cannot be read.
    """
    found, problems = [], []
    for path in files:
        try:
            found += _read(path, dict(options or {}))
        except StudyError as error:
            problems += error.problems
        except OSError as error:
            problems.append(Problem(str(path), None, f"cannot be read: {error.strerror}"))
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")
    return found


def _read(path: Path, options: dict) -> list[Arrival]:
    reader = READERS.get(path.suffix.lower())
    if not path.exists():
        raise refused(path, "there is no such file")
    if not path.is_file():
        raise refused(path, "this is a folder or a device, not a file")
    if reader is None:
        raise refused(path, f"no reader for {shown(path.suffix or 'a file without an ending')}", expected=f"one of {', '.join(sorted(READERS))}",
                      do="save it as plain text (UTF-8)")
    if path.stat().st_size > LARGEST:
        raise refused(path, f"{path.stat().st_size:,} bytes: too large to be a transcript")
    accepted = reader.__kwdefaults__ or {}
    return reader(path, path.read_bytes(), **{name: value for name, value in options.items() if name in accepted and value is not None})


def plan(found: list[Arrival], study: Study, *, interviewers: Iterable[str] = (), also_speakers: Iterable[str] = (), leave_out: Iterable[str] = (),
         as_people: Mapping[str, str] | None = None) -> Plan:
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

    Raises
    ------
    StudyError
        An interview's name is taken, or nobody but interviewers speaks in it.
    """
    imported = set(study.imports["raw_sha256"])
    there = {digest: source_id for digest, source_id in zip(study.imports["raw_sha256"], study.imports["source_id"], strict=True)}
    fresh = [a for a in found if hashlib.sha256(a.raw).hexdigest() not in imported or (a.format == "csv" and source_name(a.name) not in study.texts)]
    known = [f"{a.name} (as {there[hashlib.sha256(a.raw).hexdigest()]})" if a.format != "csv" else a.name for a in found if a not in fresh]
    turns, doubts = speakers.cut(fresh, [*also_speakers, *leave_out])
    _leave_out(fresh, turns, set(leave_out))
    who = speakers.propose(turns, interviewers=interviewers, taken=study.participants["participant_id"])
    for speaker in who:
        speaker.person = (as_people or {}).get(speaker.label, speaker.person)
    missing = sorted((set(interviewers) | set(as_people or {})) - {s.label for s in who})
    problems = [Problem("--interviewer or --as", None, f"nobody is labelled {shown(label)}", found=", ".join(s.label for s in who)) for label in missing if fresh]
    interviews, doubts = [], [*doubts]
    seen = Counter(study.sources["participants"].explode())
    for arrival in fresh:
        interview = _interview(arrival, turns[arrival.name], {s.label: s for s in who}, problems)
        named = _names_somebody(arrival.name, who)
        seen.update(interview.participants)
        if named and interview.participants:
            interview.source_id = f"{interview.participants[0]}-{seen[interview.participants[0]]}"
            doubts.append(f"the name of a file holds “{named}”, who gets an id; that interview will be called {interview.source_id}")
        if interview.source_id in [*study.texts, *(i.source_id for i in interviews)]:
            problems.append(Problem(arrival.name, None, f"there is an interview {shown(interview.source_id)} already", do="rename the file, or the interview in it"))
        interviews.append(interview)
    new = [s for s in who if not s.asks and s.person and s.person not in set(study.participants["participant_id"])]
    if new and len(study.participants):
        doubts.append(f"new participants: {', '.join(f'{s.label} as {s.person}' for s in new[:6])}; somebody who is in the study already is named with --as LABEL=ID")
    if problems:
        raise StudyError(problems, "what was to be imported; nothing was changed")
    return Plan(interviews, who, known, doubts + list(dict.fromkeys(d for a in fresh for d in a.doubts)))


def _names_somebody(name: str, who: list[Speaker]) -> str:
    """The word of a participant's label that stands in the name of a file, too; "" when none does."""
    words = set(re.findall(r"\w{3,}", source_name(name).lower().replace("_", " ")))
    return next((word for s in who if not s.asks and s.person != s.label for word in re.findall(r"\w{3,}", s.label)
                 if source_name(word).lower() in words and not ANYONE.fullmatch(s.label)), "")


def _leave_out(fresh: list[Arrival], turns: dict[str, list[tuple[str, str]]], labels: set[str]) -> None:
    for arrival in fresh:
        kept = [turn for turn in turns[arrival.name] if turn[0] not in labels]
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
                                do="name a label with --speaker, or put labels into the file"))
    elif not people:
        problems.append(Problem(arrival.name, None, "nobody is interviewed here", found=", ".join(asking), do="say who asks with --interviewer"))
    return Interview(source_id, text, people, asking, arrival.raw, arrival.format, arrival.encoding, arrival.notes)


def canonical(turns: list[tuple[str, str]]) -> str:
    """Write turns as a canonical transcript, and make sure that the same turns can be read from it.

    A line inside a turn that would look like the beginning of another is joined to the line above it.
    """
    labels = {label for label, _ in turns}
    begins = re.compile("|".join(rf"{re.escape(label)}:" for label in sorted(labels))) if labels else re.compile(r"(?!)")
    lines = []
    for label, said in turns:
        first, *others = (said or "[no words]").split("\n")
        kept = [first]
        for line in others:
            if begins.match(line):
                kept[-1] += f" {line}"
            else:
                kept.append(line)
        lines.append(f"{label}: " + "\n".join(kept))
    text = "\n\n".join(lines) + "\n" if lines else ""
    again = turns_of(text, "", dict.fromkeys(labels))
    assert [turn["speaker"] for turn in again] == [label for label, _ in turns], "the canonical text does not read back as the same turns"
    return text

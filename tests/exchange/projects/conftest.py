"""Small projects of every kind people bring, made in the test."""

import zipfile
from pathlib import Path

import pytest

CODE, OTHER, SOURCE, USER = (f"{n}" * 8 + "-0000-4000-8000-" + f"{n}" * 12 for n in (1, 2, 3, 4))


def qde(text_source: str = "", *, codes: str = "", more: str = "", head: str = "", origin: str = "Another 1.0") -> str:
    """The XML of a small project with two codes and a user."""
    codes = codes or f'<Code guid="{CODE}" name="waiting" isCodable="true" color="#F08"><Code guid="{OTHER}" name="alone" isCodable="true"/></Code>'
    return (f'<?xml version="1.0" encoding="utf-8"?>{head}<Project xmlns="urn:QDA-XML:project:1.0" name="small" origin="{origin}"><Users><User guid="{USER}" name="Ann Bell"/></Users>'
            f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{text_source}</Sources>{more}</Project>")


def selection(start: int, end: int, name: str = "", *, code: str = CODE, number: int = 1, inside: str = "") -> str:
    own = f"{number:08d}-0000-4000-8000-000000000000"
    return (f'<PlainTextSelection guid="{own}" name="{name}" startPosition="{start}" endPosition="{end}">{inside}<Coding guid="9{own[1:]}" creatingUser="{USER}" '
            f'creationDateTime="2024-05-06T07:08:09Z"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>')


def source(inside: str = "", *, path: str = f"internal://{SOURCE}.txt", name: str = "talk") -> str:
    return f'<TextSource guid="{SOURCE}" name="{name}" plainTextPath="{path}">{inside}</TextSource>'


@pytest.fixture
def packed(tmp_path: Path):
    """Make a .qdpx: the XML, and the bytes of its one text (None: no text in it); further members by name."""
    def made(xml: str, text: bytes | None = None, **members: bytes) -> Path:
        path = tmp_path / "small.qdpx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", xml)
            if text is not None:
                archive.writestr(f"Sources/{SOURCE}.txt", text)
            for name, content in members.items():
                archive.writestr(name, content)
        return path
    return made


@pytest.fixture
def new(tmp_path: Path):
    """A study that was just begun, opened."""
    from sixphase.files import new_study
    from sixphase.files.studies import read_study

    return read_study(new_study("fresh", tmp_path))[0]


@pytest.fixture
def brought(new):
    """A function that imports a project into the fresh study and opens it again."""
    from sixphase.exchange.projects import arriving, read
    from sixphase.files import add_project, open_study

    def done(path: Path, **choices):
        kind = choices.pop("kind", "")
        raw = (path / "data.qda" if path.is_dir() else path).read_bytes()
        placed = arriving.plan(read(path, kind=kind), new, raw=raw, ending=path.suffix[1:], **choices)
        add_project(new, placed.interviews, codes=placed.codes, codings=placed.codings, coders=placed.coders, participants=placed.participants,
                    attributes=placed.attributes, themes=placed.themes, memos=placed.memos, kept={"raw/x.kept.json": placed.kept, f"raw/x.{path.suffix[1:] or 'qda'}": raw}, confirmed="in a test")
        return open_study(new.folder), placed
    return done

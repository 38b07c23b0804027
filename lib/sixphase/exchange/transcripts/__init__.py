"""Transcripts as they arrive: one reader a format, each in a child process.

A reader is a module with `read(path, raw, **options)`, which gives `Arrival`s in the order of the document: every visible
word once; deletions, comments, hidden words, notes and the codes of fields left out and counted.
"""

import importlib
from pathlib import Path

from ...words import words
from ..arrivals import Arrival
from . import clock

READERS = {".txt": "plain_text", ".text": "plain_text", ".md": "markdown", ".markdown": "markdown", ".csv": "separated", ".tsv": "separated", ".pdf": "pdf",
           ".docx": "word", ".docm": "word", ".odt": "opendocument", ".rtf": "rtf", ".html": "web_page", ".htm": "web_page", ".vtt": "captions", ".srt": "captions",
           ".xlsx": "spreadsheets"}


def read(path: str, options: dict) -> list[dict]:
    """Read one file by the reader of its ending; runs in the child.

    Returns
    -------
    list of dict
        The fields of an `Arrival` without the file's bytes.

    Raises
    ------
    StudyError
        It cannot be read; with the reason.
    """
    file = Path(path)
    reader = importlib.import_module(f".{READERS[file.suffix.lower()]}", __name__).read
    accepted = reader.__kwdefaults__ or {}
    if options.get("rows"):
        options = {**options, "rows": range(options["rows"][0], options["rows"][1] + 1)}
    chosen = {name: value for name, value in options.items() if name in accepted and value is not None}
    arrived = reader(file, file.read_bytes(), **chosen)
    for arrival in arrived:
        clock.take_times(arrival)
        arrival.counts = [words(said) for said in arrival.paragraphs] or [words(said) for _, said in arrival.turns]
    return [{name: value for name, value in vars(arrival).items() if name != "raw"} for arrival in arrived]


def arrived(path: Path, told: list[dict]) -> list[Arrival]:
    """What a child told of a file, as `Arrival`s with the bytes of the file."""
    raw = path.read_bytes()
    found = [Arrival(**fields, raw=raw) for fields in told]
    for arrival in found:
        arrival.turns = [tuple(turn) for turn in arrival.turns]
        arrival.times = [tuple(time) for time in arrival.times]
    return found

"""Transcripts in a CSV file: a row a turn, a row an interview, or a row of a survey with its open answers.

Which columns hold what is said on the command line, or read from plain names in the header; what was understood is
shown before anything is imported. In a file that begins with `#`, lines that begin so
are comments.
"""

import csv
import io
from pathlib import Path

from ..arrivals import Arrival, decoded, paragraphs_of, refused, tidied

OBVIOUS = {"text": ("text", "transcript", "words", "utterance"), "speaker": ("speaker", "person", "who"),
           "name": ("source_id", "interview", "transcript_id", "interview_id", "participant_id", "case", "id")}
OPTION = {**{use: f"--{use}-column" for use in OBVIOUS}, "answers": "--answers", "people": "--people"}
csv.field_size_limit(50_000_000)


def read(path: Path, raw: bytes, *, encoding: str | None = None, delimiter: str | None = None, text: str | None = None,
         speaker: str | None = None, name: str | None = None, rows: range | None = None, answers: list[str] | None = None, people: str | None = None) -> list[Arrival]:
    """Read a CSV file.

    Parameters
    ----------
    delimiter : str, optional
        What separates the cells; read from the header line unless it is given.
    text, speaker, name : str, optional
        The columns that hold the words, the speaker's label and the interview's name.
        Without a column of speakers each row is a whole interview.
    rows : range, optional
        Which rows to take, counted from 1 below the header; all of them unless it is given.
    answers : list of str, optional
        The columns of a survey that hold open answers. Each row is then a participant, and its other columns are attributes.
    people : str, optional
        The column that says who a row tells of, in a table without words: its other columns are attributes of participants.
    """
    content, used = decoded(path, raw, encoding)
    content, notes, doubts = tidied(content)
    header, table, skipped = _cells(path, content, delimiter)
    if skipped:
        notes.append(f"{skipped} comment lines, beginning with #, left out")
    return from_rows(path, raw, header, table, notes, doubts, format="csv", encoding=used, text=text, speaker=speaker, name=name, rows=rows, answers=answers, people=people)


def from_rows(path: Path, raw: bytes, header: list[str], cells: list[list[str]], notes: list[str], doubts: list[str], *, format: str, encoding: str, text: str | None,
              speaker: str | None, name: str | None, rows: range | None, answers: list[str] | None, people: str | None = None) -> list[Arrival]:
    """Make interviews of the rows of a table; see `read`."""
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise refused(path, f"two columns are called “{twice[0]}”", do="give each column a heading of its own")
    table = [dict(zip(header, row, strict=True)) for row in cells]
    chosen = [row for number, row in enumerate(table, start=1) if rows is None or number in rows]
    if not chosen:
        raise refused(path, "no rows to import", found=f"{len(table)} rows", do="check --rows")
    common = {"format": format, "raw": raw, "encoding": encoding}
    if people:
        _column(path, header, people, "people")
        return [Arrival(row[people].strip(), attributes={column: " ".join(row[column].split()) for column in header if column != people}, notes=[*notes], doubts=[*doubts], **common)
                for row in chosen]
    if answers:
        return _survey(path, header, chosen, answers, name, common, notes, doubts)
    text = _column(path, header, text, "text")
    speaker = _column(path, header, speaker, "speaker", needed=False)
    name = _column(path, header, name, "name", needed=False)
    if speaker is None:
        return [Arrival(row[name] if name else f"{path.stem}-{number}", paragraphs=paragraphs_of(row[text]), notes=[*notes], doubts=[*doubts], **common)
                for number, row in enumerate(chosen, start=1)]
    spoken: dict[str, list] = {}
    for row in chosen:
        spoken.setdefault(row[name] if name else path.stem, []).append((row[speaker].strip(), "\n".join(paragraphs_of(row[text]))))
    return [Arrival(of, turns=turns, notes=[*notes], doubts=[*doubts], **common) for of, turns in spoken.items()]


def _survey(path: Path, header: list[str], rows: list[dict], answers: list[str], name: str | None, common: dict, notes: list[str], doubts: list[str]) -> list[Arrival]:
    """Each row as an interview in writing: the heading of a column asks, and the person of the row answers."""
    for column in answers:
        _column(path, header, column, "answers")
    name = _column(path, header, name, "name", needed=False)
    arrived, silent = [], 0
    for number, row in enumerate(rows, start=1):
        who = row[name].strip() if name else f"{path.stem}-{number}"
        turns = [turn for column in answers if (said := "\n".join(paragraphs_of(row[column]))) for turn in (("Question", column), (who, said))]
        silent += not turns
        attributes = {column: " ".join(row[column].split()) for column in header if column not in answers and column != name}
        if turns:
            arrived.append(Arrival(who, turns=turns, attributes=attributes, notes=[*notes], doubts=[*doubts], **common))
    if not arrived:
        raise refused(path, "no words found: nobody answered", found=f"{len(rows)} rows without an answer")
    if silent:
        arrived[0].doubts.append(f"{silent} of {len(rows)} rows have no answer and were left out")
    return arrived


def _cells(path: Path, content: str, delimiter: str | None) -> tuple[list[str], list[list[str]], int]:
    """The header, the rows below it, and how many comment lines there were."""
    lines = content.split("\n")
    if content.lstrip().startswith("#"):  # a file that begins with comments may have more of them further down
        lines = [line for line in lines if not line.startswith("#")]
    skipped = content.count("\n") + 1 - len(lines)
    below = "\n".join(lines)
    first = next((line for line in lines if line.strip()), "")
    mark = {"\\t": "\t", "tab": "\t"}.get(delimiter or "", delimiter) or max(",;|\t", key=lambda candidate: (first.count(candidate), candidate == ","))
    if len(mark) != 1 or mark in '"\n':
        raise refused(path, f"--delimiter {mark}: not a sign that can separate cells", expected="one sign, for example ; or tab")
    quoted = mark != "|"  # files separated by | are written without quoting
    reader = csv.reader(io.StringIO(below, newline=""), delimiter=mark, strict=quoted, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    try:
        cells = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise refused(path, f"a row cannot be read ({error})", found=f"line {reader.line_num} without comments", do="say what separates the cells with --delimiter") from None
    if len(cells) < 2:
        raise refused(path, "no rows found", expected="a header line and at least one row below it")
    header = [cell.strip() for cell in cells[0]]
    ragged = [number for number, row in enumerate(cells[1:], start=1) if len(row) != len(header)]
    if ragged:
        raise refused(path, f"{len(ragged)} rows do not fit the header, the first is row {ragged[0]}", expected=f"{len(header)} cells: {', '.join(header)}",
                      found=f"{len(cells[ragged[0]])} cells", do="say what separates the cells with --delimiter, or mend these rows")
    return header, cells[1:], skipped


def _column(path: Path, header: list[str], asked: str | None, use: str, *, needed: bool = True) -> str | None:
    if asked is not None:
        if asked not in header:
            raise refused(path, f"no column “{asked}”", expected=f"one of: {', '.join(header)}", do=f"say {OPTION[use]} with one of these")
        return asked
    found = [column for column in header if column.lower() in OBVIOUS[use]]
    if len(found) == 1:
        return found[0]
    if needed:
        raise refused(path, f"which column holds the {use}?", found=", ".join(header), do=f"say {OPTION[use]} with one of these"
                      + ("; or, where each row only tells of a participant, --people with the column of their ids" if use == "text" else ""))
    return None

"""ATLAS.ti: its lists of quotations and of codes, as CSV or Excel, in English or Portuguese headings.

The codes of a quotation stand in one cell, separated by commas, though names of codes hold commas too. The number of codes beside them
tells how often to cut; where to cut is told by the codes that stand elsewhere.
"""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

from .project import Code, Project, Refused
from .quoted import Quoted, project_of
from .sheets import rows_of, table_of

QUOTATIONS = {"number": "number", "id": "number", "name": "name", "quotation name": "name", "text content": "words", "quotation content": "words", "document": "document",
              "codes": "codes", "number of codes": "how_many", "comment": "comment", "creation date": "created", "created": "created", "created by": "coder",
              "reference": "reference", "initial position": "first", "final position": "last"}
FIRST = {"code", "código"}


def read_quotations(path: Path) -> Project:
    """Read the list of the quotation manager.

    Raises
    ------
    Refused
        No column holds the words of quotations.
    """
    rows = table_of(path, QUOTATIONS)
    if not rows or not any(row.get("words") for row in rows):
        raise Refused("it holds no words of quotations", "export the quotations again, with the column “Quotation content”")
    cells = [(row.get("codes", ""), int(row["how_many"]) if row.get("how_many", "").isdigit() else None) for row in rows]
    known, doubtful = Counter(), 0
    for cell, number in cells:
        parts = _parts(cell)
        if number in (None, 1, len(parts)):  # in all of these it is plain where to cut
            known.update([", ".join(parts)] if number == 1 else parts)
    heads = {name.partition(": ")[0] for name in known if ": " in name}
    quotations = []
    for row, (cell, number) in zip(rows, cells, strict=True):
        codes = _cut(_parts(cell), number, known, heads)
        doubtful += number is not None and len(codes) != number
        quotations.append(Quoted(row.get("document", "") or "document", row.get("words", ""), codes, row.get("comment", "").strip(), row.get("coder", ""), _day(row.get("created", ""))))
    project = project_of(path.stem, "ATLAS.ti", quotations)
    project.said.append(f"{len(rows):,} quotations; the names of their codes were cut at commas so that each has as many codes as the file says")
    if doubtful:
        project.doubts.append(f"{doubtful} quotations could not be cut into as many codes as the file says: compare them with ATLAS.ti")
    return project


def _parts(cell: str) -> list[str]:
    return [part for part in re.split(r"\n|, ", cell.strip()) if part.strip()]


def _like_a_code(name: str, known: Counter, heads: set[str]) -> int:
    """How much speaks for a name: it stands elsewhere; or it begins like a code, and what is before its colon begins others."""
    return 3 if known[name] else bool(re.match(r"[A-Z]\d+\W|[\"“]", name)) + (name.partition(": ")[0] in heads)


def _cut(parts: list[str], number: int | None, known: Counter, heads: set[str]) -> list[str]:
    """Join parts into `number` codes, as many of them known ones as can be; ties go to the earliest cut."""
    if number is None or number >= len(parts) or number < 1:
        return parts
    best: dict[tuple[int, int], tuple[int, list[str]]] = {(0, 0): (0, [])}  # by parts used and codes made: how good, and the codes
    for used in range(len(parts)):
        for made in range(number):
            if (used, made) not in best:
                continue
            score, codes = best[used, made]
            for more in range(1, len(parts) - used - (number - made - 1) + 1):
                name = ", ".join(parts[used:used + more])
                good = score + _like_a_code(name, known, heads)
                if (used + more, made + 1) not in best or good > best[used + more, made + 1][0]:
                    best[used + more, made + 1] = (good, [*codes, name])
    return best.get((len(parts), number), (0, parts))[1]


def _day(told: str) -> str:
    """A day as ATLAS.ti writes it, month first, as a moment; "" when it is none."""
    for form in ("%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"):
        try:
            return dt.datetime.strptime(told.strip()[:19], form).strftime("%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            continue
    return ""


def read_codes(path: Path) -> Project:
    """Read a list of codes: the codebook, or the code manager's with its two levels."""
    project = Project(name=path.stem, origin="ATLAS.ti")
    header: list[str] = []
    above, seen = "", set()
    for row in rows_of(path):
        names = [cell.strip().strip("|").strip().lower() for cell in row]
        if not header:
            header = names if names[0] in FIRST else []
            continue
        told = dict(zip(header, row, strict=False))
        top, below = (cell.lstrip("●○ ").strip() for cell in (row[0], row[1] if len(row) > 1 and header[1] == "" else ""))
        name = below or top
        if not name:
            continue
        above = "" if top else above
        key = f"{above}: {name}" if below and above else name
        if key in seen:
            project.lose("codes listed twice")
            continue
        seen.add(key)
        project.codes.append(Code(key, name, above if below else "", "", (told.get("comment") or told.get("comentário") or "").strip()))
        above = above or top
        project.lose("code groups (a code's membership)", sum(bool(told.get(group, "").strip()) for group in header if group == "groups" or group.startswith("grupo de códigos")))
    if not header:
        raise Refused("no heading “Code” was found")
    project.ready()
    return project


def refuse_counts(path: Path) -> Project:
    """Say why a table of co-occurrences is nothing to import."""
    raise Refused("it counts how often codes meet, and holds no codings", "import the list of quotations; co-occurrence is worked out again from its codings")

"""Interviews as they might be told in the United Kingdom, all invented, with every identifier marked by hand: {p:Ann Lee}.

p person, o organisation, l place, g programme, c contact, n number, d date, a amount; in held_out/ also r role. Articles and
prepositions stand outside the marks. The eleven interviews in labelled/ were there while the rules were written. The five in
held_out/, in other voices, were written and marked before their author read the rules, and the rules were first measured on
them as they were.
"""

import re
from pathlib import Path

from sixphase.transcripts import turns_of, words

LETTERS = {"p": "person", "o": "organisation", "l": "place", "g": "programme", "c": "contact", "n": "number", "d": "date", "a": "amount", "r": "role"}
FOLDER, HELD_OUT = Path(__file__).parent / "labelled", Path(__file__).parent / "held_out"


def marked(folder: Path = FOLDER) -> tuple[dict[str, str], list[tuple[str, int, int, str]], list[dict]]:
    """The texts without their marks, the marks as (source, start, end, kind), and the turns as rows."""
    texts, marks, rows = {}, [], []
    for path in sorted(folder.glob("*.txt")):
        text, source = "", path.stem
        for part in re.split(r"(\{\w:[^}]*\})", path.read_text(encoding="utf-8")):
            if part[:1] == "{":
                marks.append((source, len(text), len(text) + len(part) - 4, LETTERS[part[1]]))
                part = part[3:-1]
            text += part
        texts[source] = text
        rows += turns_of(text, source, {"INT": None, "P": "P"})
    return texts, marks, rows


def spoken(rows: list[dict], texts: dict[str, str]) -> int:
    """Words in all turns."""
    return sum(words(texts[row["source_id"]][row["start"]:row["end"]]) for row in rows)

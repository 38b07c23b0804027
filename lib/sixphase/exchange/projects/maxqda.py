"""MAXQDA: its list of coded segments, as Excel or CSV."""

import re
from pathlib import Path

from .atlasti import _day
from .project import Project
from .quoted import Quoted, project_of
from .sheets import table_of

COLUMNS = {"document name": "document", "document": "document", "code": "code", "segment": "words", "comment": "comment", "author": "coder", "created by": "coder",
           "creation date": "created", "created": "created", "weight score": "weight", "document group": "group"}


def read(path: Path) -> Project:
    """Read a list of coded segments: one row a coding. Codes keep their path, as “Parent > Child”."""
    rows = table_of(path, COLUMNS)
    quotations: dict[tuple, Quoted] = {}
    weights = 0
    for row in rows:
        code = re.sub(r"\s*(?:\\|>)\s*", " > ", row.get("code", "").strip())
        key = (row.get("document", ""), row.get("words", ""), row.get("coder", ""))
        quoted = quotations.setdefault(key, Quoted(key[0] or "document", key[1], [], row.get("comment", "").strip(), key[2], _day(row.get("created", ""))))
        if code and code not in quoted.codes:
            quoted.codes.append(code)
        weights += row.get("weight", "").strip() not in ("", "0", "1")
    project = project_of(path.stem, "MAXQDA", quotations.values())
    project.lose("weights of segments", weights)
    return project

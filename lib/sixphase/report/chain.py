"""The chain of evidence: from a claim of the manuscript to the words it rests on, and back."""

import re

import pandas as pd

from ..problems import count
from ..study import Study
from .passages import claim
from .quoting import printed
from .references import resolved


def chain(study: Study) -> pd.DataFrame:
    """Follow each quotation of the manuscript to its place.

    Returns
    -------
    DataFrame, one row a quotation, in the order of the manuscript
        `line` of the manuscript; `section`: its heading; `claim`: the last sentence before the quotation; `words`: as printed; `said` and `edited`: its pieces that were
        said and that an author put in; `coding_id`, `source_id`, `start`, `end` (code points), `text_line` of the transcript; `coder_id`,
        `created`, `pass`; `code_id`, `code`; `codebook`: the last day on which the code's entry was changed, its version; `themes` that rest on the code.
    """
    return study.once("chain of evidence", _chain)


def _chain(study: Study) -> pd.DataFrame:
    found = resolved(study)
    lines = study.manuscript.split("\n")
    codings = study.codings.set_index("coding_id", drop=False)
    codes = study.codes.set_index("code_id")
    of_code = study.theme_codes.groupby("code_id")["theme_id"].agg(lambda ids: ", ".join(dict.fromkeys(ids))).to_dict()
    rows = []
    for quotation in found.quotations:
        coding = codings.loc[quotation.coding_id]
        edited = sum(not piece.said for piece in quotation.pieces)
        rows.append({"line": quotation.line, "section": _section(lines, quotation.line), "claim": claim(study.manuscript, quotation.line), "words": printed(quotation.pieces),
                     "said": len(quotation.pieces) - edited, "edited": count(edited, "edit") if edited else "", "coding_id": quotation.coding_id, "source_id": coding["source_id"],
                     "start": coding["start"], "end": coding["end"], "text_line": coding["text_line"], "coder_id": coding["coder_id"], "created": coding["created"],
                     "pass": coding["pass"], "code_id": coding["code_id"], "code": codes.loc[coding["code_id"], "name"], "codebook": _version(codes.loc[coding["code_id"]]),
                     "themes": of_code.get(coding["code_id"], "")})
    return pd.DataFrame(rows, columns=["line", "section", "claim", "words", "said", "edited", "coding_id", "source_id", "start", "end", "text_line", "coder_id",
                                       "created", "pass", "code_id", "code", "codebook", "themes"])


def _section(lines: list[str], line: int) -> str:
    headings = [text.lstrip("# ") for text in lines[:line] if re.match(r"#+ ", text)]
    return headings[-1] if headings else ""


def _version(code: pd.Series) -> str:
    history = code["history"] if isinstance(code["history"], list) else []
    days = [str(entry["on"]) for entry in history if entry.get("on")] + ([code["created"]] if isinstance(code["created"], str) else [])
    return max(days, default="")

"""Journal profiles: what a journal asks of a manuscript, as data; and how a manuscript stands to it.

A profile is a YAML file here. Each of its values says when somebody saw it at the journal; one that nobody has verified is shown as such,
since an editor's word counts and not ours.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from ruamel.yaml import YAML

from ...problems import Problem, StudyError, nearest
from ...study import Study
from ..passages import words as count_words

HERE = Path(__file__).parent
USUAL = "bjhcm"


@dataclass(frozen=True)
class Journal:
    """A journal: its name, the citation style it takes, and its values, each with `value`, `verified_on` and `source`."""

    name: str
    style: Path
    values: dict[str, dict]


def journal_of(study: Study) -> Journal:
    """The journal a study's manuscript is meant for: `journal` in manuscript/publishing.yaml.

    Raises
    ------
    StudyError
        There is no profile of that name.
    """
    name = (study.beside.get("publishing") or {}).get("journal", USUAL)
    there = {path.stem: path for path in sorted(HERE.glob("*.yaml"))}
    if name not in there:
        raise StudyError([Problem("manuscript/publishing.yaml", None, f"no profile of the journal “{name}”", do=nearest(str(name), there))], "the manuscript")
    told = YAML(typ="safe", pure=True).load(there[name].read_text(encoding="utf-8"))
    return Journal(told["name"], HERE / f"{told['style']}.csl", told["values"])


def against_journal(study: Study) -> pd.DataFrame:
    """Lay the manuscript beside what its journal asks.

    Returns
    -------
    DataFrame, one row a value of the profile, in its order
        `what`; `asked`; `found`: in the manuscript; `look_at`: a sentence where the two differ, "" where they do not, or where only a person can say;
        `verified_on`: when somebody saw it at the journal, "nobody has yet" otherwise.
    """
    journal, text = journal_of(study), study.manuscript
    abstract, body = re.sub(r"^\*\*Keywords\*\*.*", "", _section(text, "Abstract"), flags=re.M), _body(text)
    headings = re.findall(r"^#+ +(.+?) *$", text, re.M)
    bold = re.findall(r"^\*\*(.+?)\*\*", abstract, re.M)
    placed = len(re.findall(r"\[\]\((?:table|figure):", text))
    rows = []
    for what, told in journal.values.items():
        asked = told["value"]
        found, look_at = "", ""
        if what == "abstract headings":
            found, look_at = ", ".join(bold), _lacking(asked, bold)
        elif what in ("sections", "boxes", "statements"):
            named = [*headings, *re.findall(r"^\*\*(.+?)\*\*", text, re.M)] if what == "statements" else headings
            there = [name for name in asked if any(name.lower() in heading.lower() for heading in named)]
            found, look_at = ", ".join(there), _lacking(asked, there)
        elif what == "points in a box":
            points = max((len(re.findall(r"^- ", _section(text, box), re.M)) for box in journal.values["boxes"]["value"]), default=0)
            found, look_at = str(points), f"{points - asked} too many" if points > asked else ""
        elif what == "checklist":
            answered = [name for name in study.beside.get("standards") or {} if name != "lists"]
            there = [name for name in asked if name in answered]
            found, look_at = ", ".join(there), "" if there else "none of them is answered in manuscript/standards.yaml"
        elif what == "reference style":
            found = journal.style.stem.replace("_", " ")
        elif what == "tables and figures":
            found, look_at = str(placed), f"{placed - asked} more than asked for" if placed > asked else ""
        elif what in ("words", "abstract words"):
            words = count_words(abstract if what == "abstract words" else body)
            least, most = asked if isinstance(asked, list) else (0, asked)
            found, look_at = f"{words:,}", f"{words - most:,} too many" if words > most else f"{least - words:,} too few" if words < least else ""
        rows.append((what, _told(asked), found, look_at, str(told["verified_on"] or "nobody has yet")))
    return pd.DataFrame(rows, columns=["what", "asked", "found", "look_at", "verified_on"])


def _told(asked: object) -> str:
    if isinstance(asked, list):
        return f"{asked[0]:,} to {asked[1]:,}" if all(isinstance(item, int) for item in asked) else ", ".join(asked)
    return f"{asked:,}" if isinstance(asked, int) else str(asked)


def _lacking(asked: list[str], there: list[str]) -> str:
    lacking = [name for name in asked if name not in there]
    return f"not there: {', '.join(lacking)}" if lacking else ""


def _section(text: str, name: str) -> str:
    found = re.search(rf"^##+ +{re.escape(name)} *\n(.*?)(?=^##+ |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def _body(text: str) -> str:
    """From the introduction to the end of the conclusions: without title, abstract, declarations and references."""
    after = re.search(r"^## +Introduction", text, re.M)
    end = re.search(r"^## +(Declarations|References|Acknowledgements)", text, re.M)
    return text[after.start() if after else 0:end.start() if end else None]

"""Tables and figures that a manuscript places by name: what each shows, and what it is called."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from .. import themes
from ..show import course, theme_map
from ..show.results import SYNTHETIC, Figure, Table
from ..study import Study
from .counts import heard_by_group, people_by_group, quoted_by_group
from .gate import smallest_group


NOT_SHOWN = "“Not shown”: few people, or a number from which that of few people would follow."
COUNTS_BESIDE_THEMES = ("table:heard",)


def part(study: Study, name: str) -> Table | Figure:
    """A table or a figure of the manuscript, by its name (`PARTS`), with its caption, without its number."""
    made = PARTS[name](study)
    return replace(made, label=SYNTHETIC if study.settings["synthetic"] else "")


def _participants(study: Study) -> Table:
    """Participants and interviews by publication group; small groups are put together, or not printed."""
    smallest = smallest_group(study)
    second = study.sources[study.sources["occasion"].fillna(1) > 1]
    found = people_by_group(study, _printed_by(study))
    total = pd.DataFrame([{"group": "all", "participants": study.counts["participants"], "interviews": study.counts["interviews"]}])
    table = pd.concat([total.iloc[:0] if found is None or not _printed_by(study) else found, total], ignore_index=True).astype({"participants": "int64", "interviews": "Int64"})
    hidden = f" {NOT_SHOWN}" if table["interviews"].isna().any() else ""
    people = study.counts["participants"]
    return Table(table.rename(columns={"group": "publication group", "participants": "participants (people)"}),
                 f"Participants and interviews by publication group. {people} people gave {study.counts['interviews']} interviews, {len(second)} of them "
                 f"{'a second interview' if len(second) == 1 else 'second interviews'}; no group of fewer than {smallest} people is named.{hidden}")


def _printed_by(study: Study) -> str | None:
    return "publication_group" if "publication_group" in study.participants else study.group_by


def _heard(study: Study) -> Table:
    """Participants of each group from whom each theme is heard."""
    return Table(heard_by_group(study, _printed_by(study)).rename_axis("theme").reset_index(),
                 f"Participants (people) of each group from whom each theme is heard, of {study.counts['participants']}. {NOT_SHOWN}")


def _quoted(study: Study) -> Table:
    """Participants of each group who are quoted."""
    return Table(quoted_by_group(study, _printed_by(study)).rename_axis("participants (people)").reset_index(), f"Participants quoted, by group, of {study.counts['participants']}. {NOT_SHOWN}")


def _themes(study: Study) -> Table:
    """Themes with their concept and subthemes; no counts of people."""
    rows = []
    for theme in themes.tops(study.themes).itertuples():
        below = study.themes[(study.themes["parent"] == theme.theme_id) & (study.themes["status"] != "let go")]
        rows.append((theme.name, "" if pd.isna(theme.concept) else " ".join(theme.concept.split()), list(below["name"])))
    return Table(pd.DataFrame(rows, columns=["theme", "central concept", "subthemes"]), "Themes, the concept that holds each together, and its subthemes.")


def _map(study: Study) -> Figure:
    kept = study.themes[study.themes["status"] != "let go"]
    return theme_map(kept, "The themes and their subthemes. The size of a box says nothing about how often a theme was heard.")


def _course(study: Study) -> Figure:
    back = int((study.decisions["back_to"].notna() & (study.decisions["back_to"] < study.decisions["phase"])).sum())
    return course(study.decisions, study.memos, f"The course of the analysis: each dot is a decision, in the phase it was taken in, each small stroke a memo; "
                                   f"an arrow is one of the {back} decisions that led back to an earlier phase.")


PARTS: dict[str, Callable[[Study], Table | Figure]] = {"table:participants": _participants, "table:themes": _themes, "table:heard": _heard, "table:quoted": _quoted, "figure:themes": _map, "figure:course": _course}

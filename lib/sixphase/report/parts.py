"""Tables and figures that a manuscript places by name: what each shows, and what it is called."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from .. import cases, themes
from ..show import course, theme_map
from ..show.results import SYNTHETIC, Figure, Table
from ..study import Study
from .gate import smallest_group


def part(study: Study, name: str) -> Table | Figure:
    """A table or a figure of the manuscript, by its name (`PARTS`), with its caption, without its number."""
    made = PARTS[name](study)
    return replace(made, label=SYNTHETIC if study.settings["synthetic"] else "")


def _participants(study: Study) -> Table:
    """Participants and interviews by publication group; small groups are put together, or not printed."""
    by = "publication_group" if "publication_group" in study.participants else study.group_by
    smallest = smallest_group(study)
    second = study.sources[study.sources["occasion"].fillna(1) > 1]
    found = cases.groups(study.participants, study.sources, by) if by else pd.DataFrame(columns=["group", "participants", "interviews"])
    found = found.rename(columns={by: "group"})
    small = found["participants"] < smallest
    others = found.loc[small, ["participants", "interviews"]].sum()
    kept = found[~small]
    if small.any() and others["participants"] >= smallest:
        kept = pd.concat([kept, pd.DataFrame([{"group": "other groups, put together", **others}])], ignore_index=True)
    elif small.any():
        kept = kept.iloc[:0]  # what is left out of one group would be told by the total
    total = pd.DataFrame([{"group": "all", "participants": study.counts["participants"], "interviews": study.counts["interviews"]}])
    table = pd.concat([kept, total], ignore_index=True).astype({"participants": "int64", "interviews": "int64"})
    people = study.counts["participants"]
    return Table(table.rename(columns={"group": "publication group", "participants": "participants (people)"}),
                 f"Participants and interviews by publication group. {people} people gave {study.counts['interviews']} interviews, {len(second)} of them "
                 f"{'a second interview' if len(second) == 1 else 'second interviews'}; no group of fewer than {smallest} people is named.")


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


PARTS: dict[str, Callable[[Study], Table | Figure]] = {"table:participants": _participants, "table:themes": _themes, "figure:themes": _map, "figure:course": _course}

"""Decisions and histories as notes, since other programs have no place of their own for them: rows shaped as `tables.MEMOS`."""

from collections.abc import Iterable

import pandas as pd

from ...study import Study
from ...tables import MEMOS, frame


def decisions(study: Study) -> pd.DataFrame:
    """One note a decision, in their order: what, why, and what else was considered."""
    return frame(MEMOS, (_note(row["on"], f"decision-{number:03d}", row["by"], f"Decision: {row['what']}", row["about"], _decision(row))
                         for number, row in enumerate(study.decisions.to_dict("records"), start=1)))


def _decision(row: dict) -> str:
    back = f", back to phase {row['back_to']}" if pd.notna(row["back_to"]) else ""
    others = [f"Instead of: {other}" for other in row["alternatives"] or []]
    about = [f"About: {', '.join(row['about'])}"] if row["about"] else []
    return "\n".join([row["what"], f"Because: {row['because']}", *others, f"In phase {row['phase']}{back}", *about])


def histories(study: Study) -> pd.DataFrame:
    """One note for each code and theme of which something is told: what happened to it, oldest first; those that were merged or let go with them."""
    rows = [*_histories("code", study.codes.to_dict("records")), *_histories("theme", study.themes.to_dict("records"))]
    return frame(MEMOS, rows)


def _histories(kind: str, entries: Iterable[dict]) -> Iterable[dict]:
    for entry in entries:
        acts = [act for act in entry["history"] if act.get("on")] if isinstance(entry["history"], list) else []
        over = [_over(entry)] if isinstance(entry["because"], str) else []
        if acts or over:
            name = entry[f"{kind}_id"]
            last = acts[-1] if acts else {"on": entry["created"] if isinstance(entry["created"], str) else "", "by": ""}
            told = [" – ".join(filter(None, [f"{act['on']}, {act.get('by', '')}: {act.get('what', '')}", act.get("because", "")])) for act in acts]
            yield _note(last["on"], f"history-of-{kind}-{name}", last.get("by", ""), f"History of the {kind} “{entry['name']}” ({name})", [f"{kind}:{name}"], "\n".join(told + over))


def _over(entry: dict) -> str:
    into = f" into {entry['merged_into']}" if isinstance(entry.get("merged_into"), str) else ""
    return f"{entry['status']}{into}: {entry['because']}"


def _note(on: str, name: str, by: str, title: str, about: list[str] | None, text: str) -> dict:
    return {"memo_id": f"{on or '0000-00-00'}-{name}", "on": on, "by": by, "kind": "method", "about": about or [], "title": title, "text": text}

"""Evidence about people and interviews: who asked, who answered, how they were found, how the interviews were held. Small groups are not told."""

from collections.abc import Callable

from ...problems import count
from ...study import Study
from ..parts import part
from ..typed import contradictions
from .evidence import Evidence, absent, against, present, said


def interviewers(study: Study) -> Evidence:
    """Who asked, with the number of interviews."""
    asked = study.sources["interviewers"].explode().dropna().value_counts()
    listed = ", ".join(f"{label} {asked[label]}" for label in sorted(asked.index))
    return present(f"Interviews by interviewer: {listed} (of {study.counts['interviews']}).") if listed else absent("No interview names its interviewer (sources.csv).")


def _of_team(field: str) -> Callable[[Study], Evidence]:
    def told(study: Study) -> Evidence:
        team = (study.settings["reporting"] or {}).get("team") or {}
        who = {**(study.settings["interviewers"] or {}), **study.settings["coders"]} if field in ("credentials", "occupation") else study.settings["interviewers"] or {}
        known = {name: str(entry[field]) for name, entry in team.items() if isinstance(entry, dict) and entry.get(field)}
        lacking = [name for name in who if name not in known]
        note = f" Not told of {', '.join(lacking)}." if known and lacking else ""
        return present("; ".join(f"{name}: {words.rstrip('.')}" for name, words in known.items()) + "." + note) if known else absent(
            f"study.yaml says nothing of anybody's {field} (reporting: team).")
    told.__doc__ = f"What the study says of the {field} of its people."
    return told


def numbers(study: Study) -> Evidence:
    """Participants and interviews, and whether the manuscript agrees with them everywhere."""
    wrong = contradictions(study.manuscript, study.counts)
    told = f"{count(study.counts['participants'], 'participant')} (people), {count(study.counts['interviews'], 'interview')}."
    return against(f"{told} The manuscript has another number: {wrong[0].what} (line {wrong[0].line}).") if wrong else present(told)


def flow(study: Study) -> Evidence:
    """Approached, declined, withdrew: do they add up?"""
    told = (study.settings["reporting"] or {}).get("recruitment") or {}
    figures = {name: told[name] for name in ("approached", "declined", "withdrew") if isinstance(told.get(name), int)}
    if not figures:
        return absent("study.yaml does not say how many people were approached, declined and withdrew (reporting: recruitment).")
    words = ", ".join(f"{number} {name}" for name, number in figures.items())
    why = f" {told['because'].rstrip('.')}." if told.get("because") else " No reason is kept."
    left = figures.get("approached", 0) - figures.get("declined", 0) - figures.get("withdrew", 0)
    if len(figures) == 3 and left != study.counts["participants"]:
        return against(f"People: {words}, which leaves {left}; {study.counts['participants']} took part.{why}")
    return present(f"People: {words}; {study.counts['participants']} took part.{why}")


def approached(study: Study) -> Evidence:
    """How they were approached."""
    how = ((study.settings["reporting"] or {}).get("recruitment") or {}).get("how")
    return present(str(how)) if how else absent("study.yaml does not say how people were approached (reporting: recruitment: how).")


def sample(study: Study) -> Evidence:
    """People by publication group, as the table of participants prints them, and the days of fieldwork."""
    table = part(study, "table:participants").data
    groups = "; ".join(f"{row.iloc[0]} {int(row.iloc[1])}" for _, row in table.iloc[:-1].iterrows()) or "groups too small to name"
    dates = sorted(study.sources["date"].dropna())
    return present(f"People by group: {groups}. Fieldwork {dates[0]} to {dates[-1]}." if dates else f"People by group: {groups}.")


def selection(study: Study) -> Evidence:
    """By which attributes the participants vary."""
    named = [name.replace("_", " ") for name in study.settings["attributes"] or {} if name in study.participants and study.participants[name].nunique() > 1]
    return present(f"Participants vary by {', '.join(named)} (participants.csv).") if named else absent("No attribute tells participants apart.")


def places(study: Study) -> Evidence:
    """How interviews were held."""
    modes = study.sources["mode"].dropna().value_counts()
    return present("Interviews: " + ", ".join(f"{modes[mode]} {mode}" for mode in sorted(modes.index)) + ".") if len(modes) else absent("sources.csv does not say how interviews were held.")


def dates(study: Study) -> Evidence:
    """The first and the last day."""
    days = sorted(study.sources["date"].dropna())
    return present(f"{days[0]} to {days[-1]}; {len(days)} of {study.counts['interviews']} interviews are dated.") if days else absent("No interview is dated.")


def durations(study: Study) -> Evidence:
    """Minutes: least to most, median and quartiles; hours in all."""
    minutes = study.sources["minutes"].dropna().astype("float64")
    if minutes.empty:
        return absent("sources.csv does not say how long interviews took.")
    low, middle, high = (f"{value:g}" for value in minutes.quantile([0.25, 0.5, 0.75]).round(1))
    return present(f"{int(minutes.min())} to {int(minutes.max())} minutes; median {middle}, quartiles {low} and {high}; {minutes.sum() / 60:.1f} hours in all "
                   f"({len(minutes)} of {study.counts['interviews']} interviews).")


def repeats(study: Study) -> Evidence:
    """Second interviews, and the reason of each."""
    again = study.sources[study.sources["occasion"].fillna(1) > 1]
    if again.empty:
        return present("No one was interviewed twice.")
    people = again["participants"].explode().nunique()
    told = f"{count(len(again), 'repeat interview')} with {count(people, 'person').replace('persons', 'people')}"
    reasons = sorted(again["second_reason"].dropna())
    lacking = len(again) - len(reasons)
    words = f"{told}; reasons: {', '.join(reasons)}." if reasons else f"{told}."
    return present(words) if not lacking else against(f"{words} {lacking} of them without a reason (sources.csv).")


def guide(study: Study) -> Evidence:
    """The topic guide."""
    questions = study.settings["guide"] or {}
    return present(f"A topic guide of {count(len(questions), 'question')} (study.yaml).") if questions else absent("study.yaml keeps no topic guide.")


def consent(study: Study) -> Evidence:
    """Is it known of everybody whether they may be quoted?"""
    people = study.participants
    told = ", ".join(f"{name} answered by {int(people[name].notna().sum())}" for name in ("quotation", "archiving"))
    complete = bool(people[["quotation", "archiving"]].notna().all().all())
    words = f"Consent of {len(people)} participants: {told}."
    return present(words) if complete else against(f"{words} A blank counts as no.")


def transcripts(study: Study) -> Evidence:
    """Transcripts and whether what was coded still stands in them."""
    hashed = int(study.given["source_sha256"].notna().sum())
    return present(f"{count(len(study.texts), 'transcript')}; every coding carries the words it marks, and {hashed:,} of {len(study.given):,} the hash of the text they were marked in.")


def other_sources(study: Study) -> Evidence:
    """Sources other than interviews."""
    words = said(study, "other_sources")
    return present(words) if words else absent("Interviews are the only kind of source.")


def limitations(study: Study) -> Evidence:
    """What the records suggest as limits."""
    days = sorted(study.sources["date"].dropna())
    found = ["interviews only" if not said(study, "other_sources") else "", f"fieldwork from {days[0]} to {days[-1]} only" if days else "", "one case" if said(study, "case") else ""]
    declined = ((study.settings["reporting"] or {}).get("recruitment") or {}).get("declined")
    found += [f"{declined} people declined" if declined else "", f"{len(study.sources) - study.counts['participants']} more interviews than people"
              if len(study.sources) > study.counts["participants"] else ""]
    return present(f"Limits that the records suggest: {'; '.join(filter(None, found))}.")


EVIDENCE: dict[str, Callable[[Study], Evidence]] = {
    "interviewers": interviewers, **{field: _of_team(field) for field in ("credentials", "occupation", "gender", "training", "relationship")},
    "numbers": numbers, "flow": flow, "approached": approached, "sample": sample, "selection": selection, "places": places, "dates": dates, "durations": durations,
    "repeats": repeats, "guide": guide, "consent": consent, "transcripts": transcripts, "other sources": other_sources, "limitations": limitations}

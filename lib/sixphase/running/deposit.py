"""The deposit: what of a study goes to an archive, as a folder and a zip with RO-Crate metadata; the same study gives the same bytes.

Transcripts go only of those who agreed to archiving, and attributes only as far as they fit enough people; dates become months, and coders numbers. What words
of others stand in the codebook, the themes and the decisions is left out. What only people can judge, whether free text gives somebody away, the README of
the deposit asks of whoever reads it before it is sent.
"""

import io
import os
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd

from .. import disclosure
from ..exchange.projects import exporting
from ..exchange.projects.leaving import Leaving
from ..files import open_study
from ..files.tables_csv import table_bytes
from ..problems import Problem, StudyError, count
from ..report import gate
from ..report.references import resolved
from ..show.results import SYNTHETIC
from ..study import Study
from .catalogue import datacite, ddi
from .crate import ACCESS, metadata

RUN = 6  # words in a row that make a passage somebody's own
LEFT_OUT = "[left out: words of a participant whose interview is not deposited]"
OF_CODES = ("code_id", "name", "definition", "use_when", "not_when", "near_miss", "example", "parent")
OF_THEMES = ("concept", "is", "is_not", "subthemes_because", "contribution", "tensions", "counter_evidence")
PUBLISHING = "manuscript/publishing.yaml"
CONSENT, FORMS = "consent/", ("consent_form", "information_sheet")


def deposit(folder: Path, to: Path) -> list[str]:
    """Write the deposit of a study as `to`/<study>_deposit and a zip beside it; returns what was written and what stays, in sentences.

    Raises
    ------
    StudyError
        Consent, disclosure, a licence or what publishing.yaml says of the deposit is missing or forbids it; or something of that name is there already. Nothing is written.
    """
    study = open_study(folder)
    place = to / f"{study.name}_deposit"
    zipped = place.with_name(f"{place.name}.zip")
    taken = [Problem(str(place), None, "there is something here already", do="choose another folder with --to")] if place.exists() else []
    inside = [Problem(str(to), None, "the deposit would lie inside the study", do="choose a folder outside it")] if to.resolve().is_relative_to(folder.resolve()) else []
    problems = taken + inside + refusals(study)
    if problems:
        raise StudyError(problems, f"the deposit of {study.name}; nothing was written")
    files, said = contents(study)
    whole = packed(files)
    if zipped.exists() and zipped.read_bytes() != whole:  # the same one is what a deposit that was broken off has left
        raise StudyError([Problem(str(zipped), None, "there is something here already", do="choose another folder with --to")], f"the deposit of {study.name}; nothing was written")
    _put(place, zipped, files, whole)
    return [f"Wrote {place} and {zipped.name}: {count(len(files), 'file')}.", *said]


def _put(place: Path, zipped: Path, files: dict[str, bytes], whole: bytes) -> None:
    """Both appear whole or not at all: they are written beside, and then renamed."""
    begun = place.with_name(f".{place.name}.new")
    shutil.rmtree(begun, ignore_errors=True)
    try:
        for name, content in files.items():
            (begun / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
            (begun / "folder" / name).write_bytes(content)
        (begun / "zip").write_bytes(whole)
        os.replace(begun / "zip", zipped)
        os.replace(begun / "folder", place)
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def refusals(study: Study) -> list[Problem]:
    """List what forbids a deposit."""
    told = (study.beside.get("publishing") or {}).get("deposit") or {}
    problems = [Problem(PUBLISHING, None, f"deposit has no {name}", what) for name, what in (
        ("creators", "names, as they are to be cited"), ("date", "the day of the deposit, as 2024-05-20"), ("access", " or ".join(ACCESS))) if not told.get(name)]
    if told.get("access") and told["access"] not in ACCESS:
        problems.append(Problem(PUBLISHING, None, f"access cannot be “{told['access']}”", " or ".join(ACCESS)))
    if not study.settings["licence"]:
        problems.append(Problem("study.yaml", None, "there is no licence", "who may use the data, and how", do="write licence, for example: CC BY 4.0"))
    frame = gate.role_holders(study)
    if frame is not None:
        problems += [Problem("decisions.jsonl", row.Index + 1, f"“{named.role}” is a role that one person in this case holds", do="deposit a study whose decisions name a group")
                     for row in study.decisions.itertuples() for named in disclosure.unique_roles_named(f"{row.what} {row.because}", frame).itertuples()]
    return problems + resolved(study).problems


def contents(study: Study) -> tuple[dict[str, bytes], list[str]]:
    """The files of a deposit by name, in order, and what is said of them."""
    study = cleaned(study, exporting.chosen(study, "qdpx", leave_out=True))
    leaving = exporting.chosen(study, "qdpx", leave_out=True)
    told = study.beside["publishing"]["deposit"]
    files = {"codebook.csv": _csv(study.codes[[*OF_CODES, "status", "merged_into", "because", "created"]]), "themes.csv": _csv(study.themes[["theme_id", "name", "status", "parent", "codes", *OF_THEMES, "because"]]),
             "codebook.qdc": exporting.written(exporting.chosen(study, "qdc"), "qdc"), "data_list.csv": _csv(data_list(study, leaving, told["access"])),
             "decisions.csv": _csv(study.decisions[["on", "by", "phase", "back_to", "what", "because", "alternatives"]]), "anonymisation.md": _anonymisation(study),
             "topic_guide.md": "\n".join(["# Topic guide", "", *(f"- {key}: {words}" for key, words in (study.settings["guide"] or {}).items()), ""]).encode(),
             "LICENCE.txt": f"{study.settings['licence']}\n".encode(), "datacite.json": datacite(study, told), "ddi.xml": ddi(study, told), **_consent(study.folder)}
    files |= {f"transcripts/{source}.txt": _headed(study, leaving, source) for source in leaving.texts}
    if leaving.texts:
        files["project.qdpx"] = exporting.written(leaving, "qdpx")
    published = study.folder / "published"
    files |= {f"manuscript/{name}": (published / name).read_bytes() for name in ("manuscript.docx", "manuscript.pdf") if (published / name).is_file()}
    said = _said(study, leaving, files)
    files["README.md"] = "\n\n".join([f"# {study.settings['title']}", *([SYNTHETIC] if leaving.synthetic else []), *said, disclosure.CAVEAT,
                                      "Before it is sent: somebody who knows the case reads the codebook, the themes and the decisions for what could give a person away."]).encode() + b"\n"
    files = dict(sorted(files.items()))
    return {"ro-crate-metadata.json": metadata(study, told, files), **files}, said


def data_list(study: Study, leaving: Leaving, access: str) -> pd.DataFrame:
    """One row a deposited interview: `interview`, `participant`, the attributes that may be told, `month`, `mode`, `minutes`, `words`, `file`, `anonymised`, `access`."""
    words = study.turns[study.turns["participant_id"].notna()].groupby("source_id")["words"].sum()
    people = leaving.people.set_index("participant_id")
    rows = []
    for source in leaving.sources.to_dict("records"):
        told = {name: "; ".join(str(people.loc[person, name]) for person in source["participants"] if pd.notna(people.loc[person, name])) for name in people}
        rows.append({"interview": source["source_id"], "participant": "; ".join(source["participants"]), **told, "month": _month(source["date"]), "mode": source["mode"],
                     "minutes": source["minutes"], "words": int(words.get(source["source_id"], 0)), "file": f"transcripts/{source['source_id']}.txt", "anonymised": "yes", "access": access})
    return pd.DataFrame(rows, columns=["interview", "participant", *people, "month", "mode", "minutes", "words", "file", "anonymised", "access"])


def packed(files: dict[str, bytes]) -> bytes:
    """Files as a zip: their order, dates and rights are always the same, and so are its bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            made.writestr(entry, content)
    return out.getvalue()


def cleaned(study: Study, leaving: Leaving) -> Study:
    """The study with whatever must not be deposited taken out of its free text: words and ids of participants whose interviews stay, and names of coders."""
    staying = {name: text for name, text in study.texts.items() if name not in leaving.texts}
    people = set(study.participants["participant_id"]) - set(leaving.people["participant_id"]) | set(study.withdrawn)
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted({*staying, *people}, key=lambda name: (-len(name), name))) or "(?!)")
    theirs = {run for text in staying.values() for run in _runs(text)}
    codings = set(study.given["coding_id"])

    def clean(text: object) -> object:
        if isinstance(text, list):
            return [clean(part) for part in text]
        if isinstance(text, dict):
            return {name: clean(part) for name, part in text.items()}
        if not isinstance(text, str):
            return text
        return LEFT_OUT if text in codings or any(run in theirs for run in _runs(text)) else named.sub("[participant]", text)

    def table(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
        return rows.assign(**{name: rows[name].map(clean).astype(rows[name].dtype) for name in columns})

    coders = {coder: f"coder {number}" for number, coder in enumerate(study.settings["coders"], start=1)}
    return replace(study, codes=table(study.codes, "definition", "use_when", "not_when", "near_miss", "example", "because", "history"), themes=table(study.themes, *OF_THEMES, "because"),
                   decisions=table(study.decisions, "what", "because", "alternatives").assign(by=study.decisions["by"].map(coders).fillna("a member of the team")))


def _runs(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at:at + RUN]) for at in range(len(words) - RUN + 1)]


def _headed(study: Study, leaving: Leaving, source: str) -> bytes:
    row = leaving.sources.set_index("source_id").loc[source]
    label = [SYNTHETIC] if leaving.synthetic else []
    speakers = [f"{person}: participant" for person in row["participants"]] + [f"{name}: interviewer" for name in row["interviewers"]]
    head = [*label, f"Collection: {study.settings['title']}", f"Interview: {source}", f"Month: {_month(row['date'])}", f"Speakers: {', '.join(speakers)}",
            "Anonymisation: names and places are replaced by words in [square brackets]; see anonymisation.md"]
    return ("\n".join(head) + "\n" + "-" * 40 + "\n\n" + leaving.texts[source].rstrip("\n") + "\n").encode()


def _anonymisation(study: Study) -> bytes:
    counted = [f"- {row.on}: {row.rules if isinstance(row.rules, str) else '; '.join(row.rules or [])}" for row in study.pseudonymisations.itertuples()]
    return "\n".join(["# How the transcripts were anonymised", "", "- Participants are known by ids given at random; interviewers by initials.",
                      "- People, organisations and places are replaced by a description in [square brackets], the same one throughout.",
                      "- The list of who is who was kept apart from the study and is not deposited. Dates of interviews are given as months.",
                      "- Attributes are told only as far as enough people share all that is told.", *(["", "Replacements made with sixphase:", *counted] if counted else []), ""]).encode()


def _said(study: Study, leaving: Leaving, files: dict[str, bytes]) -> list[str]:
    stays = len(study.sources) - len(leaving.texts)
    said = [f"{count(len(leaving.texts), 'transcript')} of {count(len(study.sources), 'interview')}: {stays} stay, since somebody in them did not agree to archiving."]
    said += [f"{count(len(study.withdrawn), 'participant')} withdrew; nothing of theirs is here."] if study.withdrawn else []
    missing = [] if any(name.startswith("manuscript/") for name in files) else ["the manuscript (publish it first)"]
    missing += [f"the {name.replace('_', ' ')} (put a blank one into {CONSENT})" for name in FORMS if not any(file.startswith(f"{CONSENT}{name}.") for file in files)]
    return said + ([f"Not here: {', '.join(missing)}."] if missing else []) + ["Memos stay with the team."]


def _consent(folder: Path) -> dict[str, bytes]:
    """The blank consent form and the information sheet, as they lie in the study. Nothing else in that folder leaves: a form that somebody signed has a name on it."""
    return {f"{CONSENT}{path.name}": path.read_bytes() for path in sorted((folder / CONSENT).glob("*")) if path.is_file() and path.stem in FORMS}


def _month(day: object) -> str:
    return day[:7] if isinstance(day, str) else ""


def _csv(table: pd.DataFrame) -> bytes:
    told = table.astype(object).where(table.notna(), None)
    told = told.map(lambda value: "; ".join(value) if isinstance(value, list) else value)
    kept = [{name: f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value for name, value in row.items()} for row in told.to_dict("records")]
    return table_bytes(list(table), kept)

"""The record: what a study published, and what it was made of, kept in its folder `published/` so that anybody can hold the study to it.

The manuscript in its formats, with the tables and figures it places, is kept as it is. Of everything else that a run makes the record keeps the SHA-256 (of
drawings the SVG: how a PNG is packed differs between systems), and of everything that results are made of enough to say what has changed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .. import disclosure
from ..places import COMMAND, ROOT
from ..problems import Problem, StudyError, count
from .ingredients import changes, ingredients
from .runs import NOT_INPUTS, RunFailed, run_study, tree

PUBLISHED, MANIFEST = "published", "manifest.json"
ELSEWHERE = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "SIXPHASE_VARIED": "yes"}  # as far from usual as a computer can be
MOST = 12  # changes and differences that are listed by name


@dataclass(frozen=True)
class Verdict:
    """What came of a verification: results compared, those that differ with how, and what has changed since, by kind."""

    study: str
    results: int
    differ: dict[str, str]
    changed: dict[str, list[str]]

    def __str__(self) -> str:
        told = [f"    {kind:<12} {line}" for kind, lines in self.changed.items() for line in _shortened(lines)]
        if not self.differ:
            same = f"The record of {self.study} holds: {count(self.results, 'result')} came out again, byte for byte, in a fresh folder under another hash seed, time zone and language."
            return "\n".join([same, *(["Changed since it was published, without an effect on any result:", *told] if told else [])])
        head = f"The record of {self.study} does not hold: {len(self.differ)} of {count(self.results, 'result')} differ."
        why = ["Changed since it was published:", *told] if told else [
            "Nothing that results depend on has changed since it was published: what differs depends on this computer. Please report it."]
        end = f"If the changes are meant, publish again: {COMMAND} publish {self.study}" if told else ""
        return "\n".join(line for line in [head, *why, "Results that differ:", *_shortened([f"    {name}: {how}" for name, how in self.differ.items()]), end] if line)


def publish(folder: Path, *, because: str = "") -> str:
    """Run a study and keep what came of it as its record, in place of the one before; returns a sentence.

    Parameters
    ----------
    folder : Path
        The study.
    because : str
        Why a version may be published although it differs from the one before by so few people that the difference is about them.

    Raises
    ------
    StudyError
        There is no manuscript, a quotation has not been let through, or the difference to the record before would tell of few people. Nothing is written.
    RunFailed
        A notebook did not reach its end, or a promise is not kept.
    """
    outputs, _ = run_study(folder)
    made = outputs / "manuscript"
    if not (made / "manuscript.html").is_file():
        raise StudyError([Problem("manuscript/manuscript.md", None, "there is no manuscript to publish yet", do="write it; notebook 6 shows a first draft to begin from")],
                         f"the study {folder.name}; nothing was published")
    _refuse_unreviewed(folder)
    told = _told_by_difference(folder / PUBLISHED, made)
    if told and not because:
        raise StudyError(told, f"the study {folder.name}; nothing was published")
    manifest = {"study": folder.name, "results": _results(outputs), "made_of": ingredients(folder)}
    if told:
        manifest["differs_by_few_people"] = {"because": because, "where": [f"{problem.file}: {problem.what}" for problem in told]}
    _replace(folder / PUBLISHED, made, manifest)
    size = sum(path.stat().st_size for path in (folder / PUBLISHED).rglob("*") if path.is_file())
    return f"Published: {folder / PUBLISHED} holds the manuscript and the SHA-256 of {count(len(manifest['results']), 'result')} ({size / 1e6:.1f} MB)."


def verify(folder: Path) -> Verdict:
    """Run a study again in a fresh folder, under another hash seed, time zone and language, and compare every result with its record.

    Raises
    ------
    StudyError
        The study has no record yet, or its record cannot be read or was changed.
    RunFailed
        The study does not run.
    """
    record = _read(folder)
    with tempfile.TemporaryDirectory(prefix="sixphase-verify-") as place:
        copy = Path(shutil.copytree(folder, Path(place) / "a fresh place" / folder.name, ignore=shutil.ignore_patterns(*NOT_INPUTS, ".*")))
        outputs = Path(place) / "outputs"
        command = [sys.executable, "-m", "sixphase", "run", str(copy), "--outputs", str(outputs)]
        done = subprocess.run(command, env={**os.environ, **ELSEWHERE, "PYTHONPATH": str(ROOT / "lib")}, cwd=place, capture_output=True, text=True, encoding="utf-8", errors="replace")
        if done.returncode:
            raise RunFailed(f"The study {folder.name} does not run in a fresh folder, so it cannot be held to its record.\n{done.stderr.replace(place, '…').strip()}")
        now = _results(outputs)
    before = record["results"]
    differ = {name: "is not made any more" if name not in now else "is new" if name not in before else "differs"
              for name in sorted(before | now) if before.get(name) != now.get(name)}
    return Verdict(folder.name, len(before | now), differ, changes(record["made_of"], ingredients(folder)))


def _results(outputs: Path) -> dict[str, str]:
    """The SHA-256 of every result of a run that is the same on all systems."""
    return {name: digest for name, digest in tree(outputs).items() if name != MANIFEST and not name.endswith(".png") and not name.startswith("failed/")}


def _read(folder: Path) -> dict:
    """The manifest of a record, once all that the record keeps is as it says."""
    place, about = folder / PUBLISHED, f"the record of {folder.name}"
    again = f"publish it again: {COMMAND} publish {folder.name}; or take the folder {PUBLISHED} from a backup"
    if not (place / MANIFEST).is_file():
        raise StudyError([Problem(f"{PUBLISHED}/{MANIFEST}", None, "this study has no record yet, so there is nothing to compare with",
                                  do=f"once it has a manuscript: {COMMAND} publish {folder.name}")], about)
    try:
        record = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        results, _ = dict(record["results"]), {kind: dict(parts) for kind, parts in record["made_of"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StudyError([Problem(f"{PUBLISHED}/{MANIFEST}", None, "cannot be read", do=again)], about) from None
    kept = {f"manuscript/{name}": digest for name, digest in tree(place).items() if name != MANIFEST}
    wrong = [Problem(f"{PUBLISHED}/{name.removeprefix('manuscript/')}", None, "is not what was published", do=again)
             for name in sorted(kept | {name: "" for name in results if name.startswith("manuscript/")}) if kept.get(name) != results.get(name)]
    if wrong:
        raise StudyError(wrong, about)
    return record


def _replace(place: Path, made: Path, manifest: dict) -> None:
    """Put the record in place of the one before, all of it or nothing."""
    fresh = place.with_name(f".{PUBLISHED}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(made, fresh, ignore=shutil.ignore_patterns("*.png"))
    (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    shutil.rmtree(place, ignore_errors=True)
    os.replace(fresh, place)


def _refuse_unreviewed(folder: Path) -> None:
    from ..files import open_study
    from ..report import unreviewed

    waiting = unreviewed(open_study(folder))
    if len(waiting):
        raise StudyError([Problem("manuscript/publishing.yaml", None, f"the quotation {row.coding_id} has not been let through ({row.state})",
                                  do="a second person reads it, and writes state, by and on under quotations") for row in waiting.itertuples()],
                         f"the study {folder.name}; nothing was published")


def _told_by_difference(before: Path, made: Path) -> list[Problem]:
    """Where the tables of two versions differ by so few people that the difference is about them."""
    found = disclosure.told_by_difference(_tables(before), _tables(made))
    return [Problem(f"{PUBLISHED}/tables/{row.table}.csv", None, f"{row.column} of “{row.row}” is {row.after} and was {row.before} in the version before: the difference tells of "
                    f"{row.people} {'person' if row.people == 1 else 'people'}", do="print a coarser table; or, if nobody can hold both versions, publish with --because and the reason")
            for row in found.itertuples()]


def _tables(place: Path) -> Mapping[str, pd.DataFrame]:
    tables = {path.stem: pd.read_csv(path, keep_default_na=False, na_values=[""]) for path in sorted((place / "tables").glob("*.csv"))}
    return {name: table.set_index(table.columns[0]) for name, table in tables.items()}


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - MOST
    return lines if more <= 0 else [*lines[:MOST], f"{lines[0][:len(lines[0]) - len(lines[0].lstrip())]}… and {more} more"]

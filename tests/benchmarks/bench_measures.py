"""How long the measures take and how much memory, beside what one would write instead: python tests/benchmarks/bench_measures.py

112,000 codings over 2,800 interviews of 28,000 characters, 2,300 participants; both sides in the same process, median of five. What
is slow to do plainly is done for a part of the data, and its time is multiplied by the share left out, which the line says.
"""

import resource
import statistics
import sys
import time
import tracemalloc

import numpy as np
import pandas as pd

from sixphase import codings
from sixphase.measures import by_character, double_coding, influence, novelty

SOURCES, EACH, SIZE, CODES, PEOPLE = 2800, 40, 28000, 60, 2300


def main() -> int:
    given = _codings()
    lengths = pd.Series(SIZE, index=sorted(given["source_id"].unique()))
    extracts = given.assign(theme_id=given["code_id"].str[:3])
    turns, sources = _turns(), _sources()
    twice = ("am", "bo")
    work = {  # name: ours; the plain way and how many times that is the whole work; seconds it is to stay below, if any
        "all codes by all codes": (lambda: codings.cooccurrence(given), lambda: _pairs(given, 40), SOURCES / 40, .2),
        "two coders, code by code": (lambda: by_character.per_code(given, lengths, twice), lambda: _arrays(given, 40), SOURCES / 40, .5),
        "leave one participant out": (lambda: influence.leave_one_out(extracts), lambda: _loop(extracts, 50), PEOPLE / 50, 1.0),
        "intervals of it, 1,000 draws": (lambda: by_character.intervals(given, lengths, twice, seed=1), None, 1, None),
        "the same over participants' words": (lambda: double_coding.by_code(given, turns, resamples=100, seed=1), None, 1, None),
        "code novelty, 1,000 orders": (lambda: novelty.under_orders(given, sources, seed=1), None, 1, None)}
    good = True
    for name, (ours, theirs, times, target) in work.items():
        seconds, plain = statistics.median(_seconds(ours) for _ in range(5)), _seconds(theirs) * times if theirs else None
        beside = f"; plainly {plain:.1f} s (1 of {times:.0f} parts measured), {plain / seconds:.0f} times as long" if plain else ""
        good &= target is None or seconds < target
        print(f"{name}: {seconds:.3f} s{f', to stay below {target} s' if target else ''}{beside}; at most {_megabytes(ours):.0f} MB more memory")
    print(f"most memory of all: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, to stay below 1,000 MB")
    return 0 if good else 1


def _codings() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    number = SOURCES * EACH
    source = np.repeat(np.arange(SOURCES), EACH)
    start = draw.integers(0, SIZE - 400, number)
    code = draw.integers(0, CODES, number)
    return pd.DataFrame({
        "source_id": [f"I{n:04}" for n in source], "participant_id": [f"P{n % PEOPLE:04}" for n in source], "coder_id": np.where(np.arange(number) % 2, "am", "bo"),
        "coding_id": np.arange(number).astype(str), "code_id": [f"t{n % 6:02}-{n:02}" for n in code], "start": start, "end": start + draw.integers(20, 400, number)})


def _turns() -> pd.DataFrame:
    """Forty turns an interview, every other one a participant's."""
    number = np.arange(SOURCES * 40)
    start = number % 40 * (SIZE // 40)
    return pd.DataFrame({"source_id": [f"I{n:04}" for n in number // 40], "turn": number % 40 + 1, "participant_id": np.where(number % 2, "P", None),
                         "start": start, "end": start + SIZE // 40 - 2})


def _sources() -> pd.DataFrame:
    number = np.arange(SOURCES)
    return pd.DataFrame({"source_id": [f"I{n:04}" for n in number], "participants": [[f"P{n % PEOPLE:04}"] for n in number], "occasion": number // PEOPLE + 1,
                         "date": "2024-01-01"})


def _pairs(given: pd.DataFrame, interviews: int) -> None:
    """Every two codings of an interview compared, for the first interviews only."""
    together: dict[tuple, int] = {}
    for _, of_source in list(given.groupby("source_id"))[:interviews]:
        rows = list(of_source.itertuples())
        for i, one in enumerate(rows):
            for other in rows[i + 1:]:
                if one.start < other.end and other.start < one.end:
                    together[one.code_id, other.code_id] = together.get((one.code_id, other.code_id), 0) + 1


def _arrays(given: pd.DataFrame, interviews: int) -> None:
    """One array of characters a code, coder and interview, for the first interviews only."""
    some = given[given["source_id"] < f"I{interviews:04}"]
    for _, of_pair in some.groupby(["source_id", "code_id"]):
        laid = {coder: np.zeros(SIZE, bool) for coder in ("am", "bo")}
        for coding in of_pair.itertuples():
            laid[coding.coder_id][coding.start:coding.end] = True
        (laid["am"] & laid["bo"]).sum()


def _loop(extracts: pd.DataFrame, people: int) -> None:
    """Each participant filtered out and all themes counted again; for the first 50 participants only."""
    for person in extracts["participant_id"].unique()[:people]:
        extracts[extracts["participant_id"] != person].groupby("theme_id")[["source_id", "participant_id", "code_id"]].nunique()


def _seconds(work) -> float:
    begins = time.perf_counter()
    work()
    return time.perf_counter() - begins


def _megabytes(work) -> float:
    """The most memory that the work takes beside what was there before."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20


if __name__ == "__main__":
    sys.exit(main())

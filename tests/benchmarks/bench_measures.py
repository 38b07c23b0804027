"""How long the measures take, beside what one would write instead: python tests/benchmarks/bench_measures.py

112,000 codings over 2,800 interviews of 28,000 characters, 2,300 participants; both sides in the same process, best of three.
"""

import resource
import sys
import time

import numpy as np
import pandas as pd

from sixphase import codings
from sixphase.measures import by_character, influence

SOURCES, EACH, SIZE, CODES = 2800, 40, 28000, 60


def main() -> int:
    given = _codings()
    lengths = pd.Series(SIZE, index=sorted(given["source_id"].unique()))
    extracts = given.assign(theme_id=given["code_id"].str[:3])
    work = {
        "co-occurrence of all codes": (lambda: codings.cooccurrence(given), None, .2),
        "two coders, code by code": (lambda: by_character.per_code(given, lengths, ("am", "bo")), lambda: _arrays(given), .5),
        "leave one participant out": (lambda: influence.leave_one_out(extracts), lambda: _loop(extracts, 50), 1.0)}
    good = True
    for name, (ours, theirs, target) in work.items():
        seconds = min(_seconds(ours) for _ in range(3))
        beside = f", beside {_seconds(theirs):.2f} s" if theirs else ""
        good &= seconds < target
        print(f"{name}: {seconds:.3f} s{beside}, to stay below {target} s")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, to stay below 1,000 MB")
    return 0 if good else 1


def _codings() -> pd.DataFrame:
    draw = np.random.default_rng(7)
    number = SOURCES * EACH
    source = np.repeat(np.arange(SOURCES), EACH)
    start = draw.integers(0, SIZE - 400, number)
    code = draw.integers(0, CODES, number)
    return pd.DataFrame({
        "source_id": [f"I{n:04}" for n in source], "participant_id": [f"P{n % 2300:04}" for n in source], "coder_id": np.where(np.arange(number) % 2, "am", "bo"),
        "coding_id": np.arange(number).astype(str), "code_id": [f"t{n % 6:02}-{n:02}" for n in code], "start": start, "end": start + draw.integers(20, 400, number)})


def _arrays(given: pd.DataFrame) -> None:
    """One array of characters a code, coder and interview."""
    for _, of_pair in given.groupby(["source_id", "code_id"]):
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


if __name__ == "__main__":
    sys.exit(main())

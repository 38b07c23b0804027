"""How long 250 interviews take to import and to open: python tests/benchmarks/bench_import.py

Both files of ../shared/data/interviews_250 go into a fresh study by the functions that `sixphase import` calls.
"""

import sys
import tempfile
import time
from pathlib import Path

from sixphase.exchange import importing
from sixphase.files import add_interviews, new_study, open_study
from sixphase.files.studies import read_study

SHARED = Path(__file__).parents[3] / "shared" / "data" / "interviews_250"
FILES = [SHARED / "creatives_transcripts.csv", SHARED / "scientists_transcripts.csv"]
IMPORT, OPEN = 10, 1  # seconds


def main() -> int:
    if not all(file.exists() for file in FILES):
        print(f"Skipped: the 250 interviews are not at {SHARED}.")
        return 0
    with tempfile.TemporaryDirectory() as parent:
        folder = new_study("interviews", Path(parent))
        begins = time.perf_counter()
        study, _ = read_study(folder)
        plan = importing.plan(importing.arrivals(FILES), study, interviewers=["Assistant", "AI"])
        add_interviews(study, plan.interviews, confirmed="measured")
        imported = time.perf_counter() - begins
        open_study(folder)
        begins = time.perf_counter()
        counts = open_study(folder).counts
        opened = time.perf_counter() - begins
    print(f"{counts['interviews']} interviews of {counts['participants']} participants: imported in {imported:.2f} s (target {IMPORT}), "
          f"opened in {opened:.2f} s (target {OPEN}); import/open ratio {imported / opened:.1f}")
    return 0 if imported < IMPORT and opened < OPEN else 1


if __name__ == "__main__":
    sys.exit(main())

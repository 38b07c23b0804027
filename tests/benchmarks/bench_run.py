"""How long a run takes, beside six papermill runs of notebooks that only import: python tests/benchmarks/bench_run.py

Both sides are measured in turn, in the same process, on the tiny study; the ratio of the medians must stay below 0.7.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from sixphase.running import engine, run_study  # engine first: it makes importing papermill quick
from papermill import execute_notebook  # isort: skip

ROUNDS, TARGET = 3, 0.7
TINY = Path(__file__).parents[1] / "tiny" / "waiting"
IMPORTS = "import pandas, matplotlib.figure, sixphase, sixphase.show"


def main() -> int:
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        study = Path(shutil.copytree(TINY, Path(folder) / "waiting"))
        empty = Path(folder) / "empty.ipynb"
        nbformat.write(_empty(), empty)
        for number in range(ROUNDS):
            ours.append(_seconds(lambda n=number: run_study(study, outputs=Path(folder) / f"ours-{n}")))
            plain.append(_seconds(lambda: [execute_notebook(empty, Path(folder) / f"plain-{n}.ipynb", progress_bar=False) for n in range(6)]))
            print(f"round {number + 1}: run_study {ours[-1]:.2f} s, six empty papermill runs {plain[-1]:.2f} s")
    ratio = statistics.median(ours) / statistics.median(plain)
    print(f"medians: {statistics.median(ours):.2f} s and {statistics.median(plain):.2f} s; ratio {ratio:.2f}, to stay below {TARGET}")
    return 0 if ratio < TARGET else 1


def _empty() -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(IMPORTS)], metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def _seconds(work) -> float:
    begins = time.perf_counter()
    work()
    return time.perf_counter() - begins


if __name__ == "__main__":
    sys.exit(main())

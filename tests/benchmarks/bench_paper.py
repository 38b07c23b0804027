"""How long the paper takes in its three formats, beside pandoc and typst on the same text: python tests/benchmarks/bench_paper.py [STUDY]

Ours: from the open study to DOCX, HTML and PDF, each read again to find every quotation. Theirs: pandoc to DOCX, HTML and typst, and typst to PDF, one after the other, on the
same Markdown with its references put in place, without figures. Both in turn, in one process; seconds by the clock, and seconds of the processor, children included, which a busy machine changes less.
"""

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pypandoc
import typst

from sixphase import report
from sixphase.files import open_study

ROUNDS, TARGET = 5, 3.0


def main() -> int:
    study = open_study(sys.argv[1] if len(sys.argv) > 1 else "ics_leadership")
    text = re.sub(r"\[\]\((?:table|figure):[^)]*\)", "", report.resolved(study).text)
    text = re.sub(r"\[([^\]]*)\]\(#[^)]*\)", r"\1", text)  # what it refers to is not there
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            ours.append(_seconds(lambda: report.manuscript(replace(study)).files()))
            plain.append(_seconds(lambda: _plain(text, Path(folder))))
            print(f"round {number + 1}: ours {ours[-1][0]:.2f} s ({ours[-1][1]:.2f} s of the processor), pandoc and typst {plain[-1][0]:.2f} s ({plain[-1][1]:.2f} s)")
    clock, work, their_clock, their_work = (statistics.median(row[place] for row in rows) for rows in (ours, plain) for place in (0, 1))
    print(f"medians: {clock:.2f} s by the clock, to stay below {TARGET}; {work:.2f} s of the processor; ratio to pandoc and typst {clock / their_clock:.2f} and {work / their_work:.2f}")
    return 0 if clock < TARGET else 1


def _plain(text: str, folder: Path) -> None:
    source = folder / "paper.md"
    source.write_text(text, encoding="utf-8")
    for ending in ("docx", "html", "typ"):
        to = {"html": "html5", "typ": "typst"}.get(ending, ending)
        subprocess.run([pypandoc.get_pandoc_path(), str(source), "-f", "markdown-citations", "-t", to, "-s", "-o", str(folder / f"paper.{ending}")], check=True, capture_output=True)
    (folder / "paper.pdf").write_bytes(typst.compile(str(folder / "paper.typ")))


def _seconds(work) -> tuple[float, float]:
    begins, used = time.perf_counter(), _used()
    work()
    return time.perf_counter() - begins, _used() - used


def _used() -> float:
    return sum(resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    sys.exit(main())

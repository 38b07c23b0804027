"""How long a large REFI-QDA project takes to read and to write: python tests/benchmarks/bench_exchange.py [PROJECT.qdpx]

Without a file, a project of 2,800 sources of 5,000 words and 112,000 codings is made first (`--sources N` for another size). In the same run a
plain loop over ElementTree reads the same file without a check, as the yardstick: the ratio counts, since machines differ.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from sixphase.exchange.projects import read, refi, refi_writing
from sixphase.exchange.projects.project import Code, Coding, Project, Source

NS = "{urn:QDA-XML:project:1.0}"
SECONDS, GIGABYTES = 3, 1.5


def made(sources: int, path: Path) -> Path:
    """A project of this many sources, each of 5,000 words with 40 codings by two coders."""
    seed = random.Random(1)
    words = ["".join(seed.choice("bcdfglmnprst") + seed.choice("aeiou") for _ in range(seed.choice([1, 2, 2, 3, 4]))) for _ in range(6000)]
    codes = [Code(refi_writing.guid(f"code {n}"), f"code {n}") for n in range(60)]
    coders = {refi_writing.guid(name): name for name in ("am", "dk")}
    project = Project("large", "made for a measurement", coders, codes)
    for number in range(sources):
        text = "\n\n".join(f"P{number:04d}: " + " ".join(seed.choices(words, k=100)) + "." for _ in range(50)) + "\n"
        project.sources.append(Source(refi_writing.guid(f"source {number}"), f"P{number:04d}-1", text))
        for n in range(40):
            start = seed.randrange(len(text) - 700)
            project.codings.append(Coding(refi_writing.guid(f"coding {number} {n}"), project.sources[-1].key, seed.choice(codes).key, start, start + seed.randint(80, 600),
                                          list(coders)[n % 2], "2024-05-06T07:08:09Z"))
    path.write_bytes(refi_writing.qdpx(project))
    return path


def plain(path: Path) -> int:
    """Read every text and every coding by a plain loop; gives the number of codings."""
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        texts = {name.split("/")[-1]: archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".txt")}
    rows = []
    for source in root.iter(f"{NS}TextSource"):
        text = texts[source.get("plainTextPath").removeprefix("internal://")]
        for selection in source.iterfind(f"{NS}PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            for coding in selection.iterfind(f"{NS}Coding"):
                rows.append((source.get("guid"), coding.find(f"{NS}CodeRef").get("targetGUID"), start, end, text[start:end], coding.get("creatingUser"), coding.get("creationDateTime")))
    return len(rows)


def spent() -> float:
    """Seconds of the processor so far, in this process and in children that ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def timed(what: str, call, times: int = 3) -> tuple[float, object]:
    """The shortest of several calls, in seconds of the clock and of the processor (children's too), and what the last one gave."""
    took = []
    for _ in range(times):
        begins, used = time.perf_counter(), spent()
        result = call()
        took.append((time.perf_counter() - begins, spent() - used))
    print(f"{what:<48} {min(t for t, _ in took):6.2f} s   {min(c for _, c in took):6.2f} s of processor time")
    return min(t for t, _ in took), result


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("project", nargs="?", type=Path)
    arguments.add_argument("--sources", type=int, default=2800)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.project or made(asked.sources, Path(folder) / "large.qdpx")
        yardstick, codings = timed("a plain loop over ElementTree, unchecked", lambda: plain(path))
        reading, project = timed("read", lambda: refi.read_project(path))
        child, _ = timed("read in a limited child process", lambda: read(path))
        writing, content = timed("write", lambda: refi_writing.qdpx(project))
    if len(project.codings) + len(project.unplaced) != codings:
        print(f"{codings:,} codings are in the file, {len(project.codings):,} were placed and {len(project.unplaced):,} listed")
        return 1
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6
    print(f"{len(project.sources):,} sources, {codings:,} codings, {len(content) / 1e6:.0f} MB: reading {reading / yardstick:.1f}, in a child {child / yardstick:.1f}, "
          f"writing {writing / yardstick:.1f} times the plain loop; at most {memory:.2f} GB in one process")
    print(f"targets on two quiet cores: read and write under {SECONDS} s each, memory under {GIGABYTES} GB")
    return 0 if memory < GIGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())

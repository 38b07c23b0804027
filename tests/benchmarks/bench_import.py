"""How long interviews take to import: python tests/benchmarks/bench_import.py [NUMBER ...]

Word files of 5,000 words (280 unless numbers are given; 2,800 is the target's size) are made, then imported into a fresh study by the
functions that `sixphase import` calls: read in child processes with limits, planned, and written to the disk. In the same run, since the ratio
holds on a busy machine, too: pandoc reads a sample of the files one by one, and, where it is installed (`pip install python-docx`), a plain loop
over python-docx reads and writes all of them as text, unprotected; that loses where tables stand, tracked insertions and text boxes.
With the 250 interviews of ../shared/data beside the repository, their import and opening is timed as well.
"""

import importlib.util
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pypandoc

from sixphase.exchange import importing
from sixphase.files import add_interviews, new_study, open_study
from sixphase.files.studies import read_study

SHARED = Path(__file__).parents[3] / "shared" / "data" / "interviews_250"
FILES = [SHARED / "creatives_transcripts.csv", SHARED / "scientists_transcripts.csv"]
TARGETS = {280: 1.5, 2800: 10}  # seconds on 2 quiet cores
SAMPLE = 10
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
TYPES = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')


def word_files(folder: Path, number: int, words: int = 5000) -> list[Path]:
    """Word files of a talk between two people."""
    rnd = random.Random(number)
    vocabulary = ["".join(rnd.choice("bdklmnrst") + rnd.choice("aeiou") for _ in range(rnd.choice([1, 2, 2, 3]))) for _ in range(3000)]
    made = []
    for n in range(number):
        said, spoken = [], 0
        while spoken < words:
            length = rnd.randint(20, 80)
            said.append(f"{'INT' if len(said) % 2 == 0 else f'P{n:04d}'}: {' '.join(rnd.choices(vocabulary, k=length)).capitalize()}.")
            spoken += length
        body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{turn}</w:t></w:r></w:p>' for turn in said)
        made.append(folder / f"T{n:04d}.docx")
        with zipfile.ZipFile(made[-1], "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr("_rels/.rels", RELS)
            archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>')
    return made


def timed(files: list[Path], parent: Path, **choices: list[str]) -> tuple[float, Path]:
    """Seconds that an import takes, from files to a study on the disk; and the study."""
    folder = new_study(f"study-{len(files)}-{time.monotonic_ns()}", parent)
    study, _ = read_study(folder)
    begins = time.perf_counter()
    plan = importing.plan(importing.arrivals(files), study, **choices)
    add_interviews(study, plan.interviews, confirmed="measured")
    return time.perf_counter() - begins, folder


def spent() -> float:
    """Seconds of the processor so far, in this process and in children that ended."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def plain(files: list[Path], folder: Path) -> float:
    """Seconds of the processor that a plain loop over python-docx takes from files to texts on the disk."""
    import docx

    folder.mkdir()
    begins = spent()
    for file in files:
        (folder / f"{file.stem}.txt").write_text("\n".join(p.text for p in docx.Document(file).paragraphs), encoding="utf-8")
    return spent() - begins


def main(numbers: list[int]) -> int:
    """Print the times; the status says whether all targets were met."""
    met = True
    with tempfile.TemporaryDirectory() as parent:
        for number in numbers:
            folder = Path(parent) / f"word-{number}"
            folder.mkdir()
            files = word_files(folder, number)
            used = spent()
            seconds, _ = timed(files, Path(parent))
            used = spent() - used
            begins = time.perf_counter()
            for file in files[:SAMPLE]:
                subprocess.run([pypandoc.get_pandoc_path(), "-t", "plain", str(file)], capture_output=True, check=True)
            pandoc = (time.perf_counter() - begins) / min(SAMPLE, number) * number
            target = TARGETS.get(number)
            met &= target is None or seconds < target
            print(f"{number:,} Word files: {seconds:.2f} s{f' (target {target})' if target else ''}; pandoc one by one, only reading: {pandoc:.1f} s; ratio {seconds / pandoc:.3f}")
            memory = [resource.getrusage(who).ru_maxrss / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
            print(f"    {used:.2f} s of processor time over all processes; at most {memory[0]:.2f} GB here, {memory[1]:.2f} GB in a child")
            if importlib.util.find_spec("docx"):
                theirs = plain(files, Path(parent) / f"plain-{number}")
                print(f"    a plain loop over python-docx: {theirs:.2f} s of processor time; ratio {used / theirs:.2f}")
        if all(file.exists() for file in FILES):
            seconds, folder = timed(FILES, Path(parent), interviewers=["Assistant", "AI"])
            begins = time.perf_counter()
            counts = open_study(folder).counts
            print(f"{counts['interviews']} interviews of {counts['participants']} participants: imported in {seconds:.2f} s, opened in {time.perf_counter() - begins:.2f} s")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main([int(number) for number in sys.argv[1:]] or [280]))

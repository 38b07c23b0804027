"""The main job on real interviews nobody here wrote: imported, coded and run by the commands a person would type.

The codebooks and themes under tests/real/ were written by people who read the transcripts; the codings are kept as places
and code ids, never as words. The transcripts themselves lie beside the repository; without them these tests are skipped.
"""

import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from where import SHARED, TESTS

from sixphase.exchange import importing, speakers
from sixphase.files import open_study
from sixphase.transcripts import words

HEARINGS = SHARED / "uk_parliament_oral_evidence"
INTERVIEWS = SHARED / "interviews_250"
pytestmark = [pytest.mark.skipif(not HEARINGS.exists(), reason="the real transcripts are not beside this repository (../shared/data)"), pytest.mark.slow]
MEMBERS = ["Chair", "Stephen Metcalfe", "Graham Stringer", "Mr Heath", "Pamela Nash", "Jim Dowd", "Stephen Mosley", "David Tredinnick"]
STUDIES = {
    "parliament": [HEARINGS / "Oral_20140618.pdf", HEARINGS / "u1720146_CN8001_oral_20140623.csv", HEARINGS / "u1720146_CN8001_oral_20140708.csv",
                   "--speaker-column", "person", "--text-column", "oralEvidence", "--leave-out", "Witnesses",
                   *(word for member in MEMBERS for word in ("--interviewer", member))],
    "creatives": [INTERVIEWS / "creatives_transcripts.csv", "--rows", "1-28"],
}


def sixphase(*words) -> str:
    done = subprocess.run([sys.executable, "-m", "sixphase", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    """Both studies, from nothing to six executed notebooks: the folder that holds studies and outputs."""
    folder = tmp_path_factory.mktemp("real")
    for name, files in STUDIES.items():
        sixphase("new", name, "--in", folder)
        sixphase("import", *files, "--study", folder / name, "--accept")
        for file in ("codebook.yaml", "themes.yaml"):
            shutil.copy(TESTS / "real" / name / file, folder / name / file)
        sixphase("code", TESTS / "real" / name / "codings.csv", "--study", folder / name, "--coder", "me")
        sixphase("check", folder / name)
        sixphase("run", folder / name, "--outputs", folder / "outputs" / name)
    return {name: folder for name in STUDIES}


@pytest.mark.parametrize(("name", "interviews", "participants"), [("parliament", 3, 17), ("creatives", 28, 28)])
def test_a_real_study_arrives_with_the_counts_of_its_source(made, name, interviews, participants):
    study = open_study(made[name] / name)

    assert (study.counts["interviews"], study.counts["participants"]) == (interviews, participants)


@pytest.mark.parametrize("name", STUDIES)
def test_its_codings_were_made_by_reading_and_are_enough(made, name):
    rows = list(csv.DictReader((TESTS / "real" / name / "codings.csv").open(encoding="utf-8")))
    study = open_study(made[name] / name)

    assert len(study.codings) == len(rows) >= 60
    assert study.counts["codes"] >= 8
    assert set(study.codings["source_id"]) == set(study.texts)
    assert study.codings["participant_id"].notna().all()


@pytest.mark.parametrize("name", STUDIES)
def test_all_six_notebooks_ran_to_their_end(made, name):
    outputs = made[name] / "outputs" / name
    manifest = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))

    assert len(manifest["notebooks"]) == 6
    assert not (outputs / "failed").exists()


@pytest.mark.parametrize("name", STUDIES)
def test_nobody_is_quoted_who_was_not_asked(made, name):
    page = (made[name] / "outputs" / name / "pages" / "6_manuscript.html").read_text(encoding="utf-8")

    assert "<blockquote" not in page  # nobody filled in the column “quotation”


def test_the_repository_keeps_none_of_their_words():
    assert all(set(csv.DictReader(path.open(encoding="utf-8")).fieldnames) == {"source_id", "start", "end", "code_id", "pass", "text_sha256"}
               for path in (TESTS / "real").glob("*/codings.csv"))


def test_a_hearing_has_the_same_speakers_and_words_as_pdf_and_as_csv():
    options = {"speaker": "person", "text": "oralEvidence"}
    pdf, table = (importing.arrivals([HEARINGS / file], options)[0] for file in ("Oral_20140618.pdf", "u1720146_CN8001_oral_20140618.csv"))

    (read, _), (given, doubts) = speakers.cut([pdf]), speakers.cut([table])

    said = [Counter({label: sum(words(text) for who, text in turns if who == label) for label in {who for who, _ in turns} - {"", "Witnesses"}})
            for turns in (read[pdf.name], given[table.name])]
    assert set(said[0]) == set(said[1])
    assert abs(said[0].total() - said[1].total()) < 0.005 * said[0].total()
    # the conversion to CSV gave one answer to the speaker before; we say so instead of guessing
    assert f"{table.name}: words given to Carl Miller begin “Sureyya Cansoy:”, another speaker" in doubts


def test_250_interviews_arrive_with_the_counts_of_their_source(tmp_path):
    sixphase("new", "all", "--in", tmp_path)

    sixphase("import", INTERVIEWS / "creatives_transcripts.csv", INTERVIEWS / "scientists_transcripts.csv", "--study", tmp_path / "all", "--accept")

    study = open_study(tmp_path / "all")
    assert study.counts["interviews"] == study.counts["participants"] == 250
    # counted as its source counts: what white space separates, labels included
    assert round(sum(len(text.split()) for text in study.texts.values()), -3) == 373_000

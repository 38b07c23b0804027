"""The deposit: what goes to an archive, and what does not."""

import io
import json
import os
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from where import ROOT

from sixphase.files import open_study, withdraw
from sixphase.problems import StudyError
from sixphase.running import deposit

TOLD = "deposit:\n  creators: [A. Author]\n  date: 2024-05-20\n  access: safeguarded\n"


@pytest.fixture
def ready(waiting):
    """The tiny study with a licence and what an archive is told; both participants agreed to archiving, unless a test says otherwise."""
    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "publishing.yaml").write_text(TOLD, encoding="utf-8")
    settings = (waiting / "study.yaml").read_text(encoding="utf-8")
    if "\nlicence:" not in settings:
        (waiting / "study.yaml").write_text(settings + "licence: CC BY 4.0\n", encoding="utf-8")
    return waiting


def archiving(folder, **answers):
    import csv
    rows = list(csv.DictReader(io.StringIO((folder / "participants.csv").read_text(encoding="utf-8"))))
    for row in rows:
        row["archiving"] = answers.get(row["participant_id"], "yes")
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "participants.csv").write_text(out.getvalue(), encoding="utf-8")


def test_two_deposits_of_a_study_are_the_same_byte_for_byte_as_folder_and_as_zip(ready, tmp_path):
    archiving(ready)
    for name in ("one", "other"):
        deposit.deposit(ready, tmp_path / name)

    one, other = ({path.relative_to(tmp_path / name).as_posix(): path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()} for name in ("one", "other"))
    assert one == other
    zipped = zipfile.ZipFile(io.BytesIO(one["waiting_deposit.zip"]))
    assert {f"waiting_deposit/{name}": zipped.read(name) for name in zipped.namelist()} == {name: content for name, content in one.items() if name != "waiting_deposit.zip"}
    assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_transcripts_of_those_who_agreed_to_archiving_go_and_none_of_the_others_words_or_ids(ready):
    archiving(ready, P02="")

    files, said = deposit.contents(open_study(ready))

    assert {name for name in files if name.startswith("transcripts/")} == {"transcripts/P01-1.txt", "transcripts/P01-2.txt"}
    assert said[0] == "2 transcripts of 3 interviews: 1 stay, since somebody in them did not agree to archiving."
    assert not [name for name, content in files.items() if b"P02" in content]
    inside = zipfile.ZipFile(io.BytesIO(files["project.qdpx"]))
    assert not [name for name in inside.namelist() if b"P02" in inside.read(name)]


def test_words_of_an_interview_that_stays_are_taken_out_of_the_codebook(ready):
    archiving(ready, P02="no")
    words = open_study(ready).given.query("source_id == 'P02-1'")["quotation"].iloc[0]
    codebook = (ready / "codebook.yaml").read_text(encoding="utf-8")
    (ready / "codebook.yaml").write_text(codebook.replace("definition: ", f"definition: {json.dumps(words + ' one two three four five six')} #", 1), encoding="utf-8")

    files, _ = deposit.contents(open_study(ready))

    if len(words.split()) >= 6:
        assert words.encode() not in files["codebook.csv"] + files["codebook.qdc"]
    assert deposit.LEFT_OUT.encode() in files["codebook.csv"]


def test_who_withdrew_is_not_in_a_deposit(ready):
    archiving(ready)
    withdraw(ready, "P02", because="asked by letter", on="2024-05-01")

    files, said = deposit.contents(open_study(ready))

    assert "1 participant withdrew; nothing of theirs is here." in said
    assert not [name for name, content in files.items() if b"P02" in content or "P02" in name]


def test_days_become_months_and_coders_numbers(ready):
    archiving(ready)
    study = open_study(ready)

    files, _ = deposit.contents(study)

    assert not [day for day in study.sources["date"] if day.encode() in files["data_list.csv"] + files["transcripts/P01-1.txt"]]
    assert b"coder 1" in files["decisions.csv"]
    assert b",am," not in files["decisions.csv"]


def test_the_metadata_have_what_ro_crate_1_1_requires(ready):
    archiving(ready)
    files, _ = deposit.contents(open_study(ready))

    crate = json.loads(files["ro-crate-metadata.json"])

    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    about, root = graph["ro-crate-metadata.json"], graph["./"]
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    assert len(graph) == len(crate["@graph"])  # flat, each entity once
    assert (about["@type"], about["about"], about["conformsTo"]) == ("CreativeWork", {"@id": "./"}, {"@id": "https://w3id.org/ro/crate/1.1"})
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license"} <= set(root)
    assert {part["@id"] for part in root["hasPart"]} == set(files) - {"ro-crate-metadata.json"}
    assert all(graph[name]["@type"] == "File" and graph[name]["contentSize"] == str(len(files[name])) for name in files if name != "ro-crate-metadata.json")
    referred = [value["@id"] for entity in crate["@graph"] for values in entity.values() for value in (values if isinstance(values, list) else [values]) if isinstance(value, dict)]
    assert {name for name in referred if not name.startswith("https://w3id.org")} <= set(graph)


# DataCite 4.5, https://schema.datacite.org/meta/kernel-4.5: the properties that must be there, and the two lists of words used here.
MANDATORY = {"creators", "titles", "publisher", "publicationYear", "types", "schemaVersion"}


def test_the_record_for_datacite_has_what_its_schema_requires(ready):
    archiving(ready)

    told = json.loads(deposit.contents(open_study(ready))[0]["datacite.json"])

    assert MANDATORY <= set(told)
    assert (told["publicationYear"], told["publisher"], told["types"]["resourceTypeGeneral"]) == ("2024", {"name": ":unav"}, "Dataset")
    assert {date["dateType"]: date["date"] for date in told["dates"]} == {"Issued": "2024-05-20", "Collected": "2024-02/2024-03"}
    assert {text["descriptionType"] for text in told["descriptions"]} == {"Abstract", "Methods"}
    assert told["rightsList"][0] == {"rights": "CC BY 4.0", "rightsUri": "https://creativecommons.org/licenses/by/4.0/", "rightsIdentifier": "CC-BY-4.0", "rightsIdentifierScheme": "SPDX"}


def test_the_record_for_datacite_fits_its_json_schema(ready):
    schema = pytest.importorskip("datacite.schema45", reason="the package datacite, which holds the schema, is not here")
    archiving(ready)
    publishing = ready / "manuscript" / "publishing.yaml"
    publishing.write_text(publishing.read_text(encoding="utf-8") + "  archive: An archive\n  publication: 10.1000/paper\n  keywords: [waiting]\n", encoding="utf-8")

    schema.validator.validate(json.loads(deposit.contents(open_study(ready))[0]["datacite.json"]))


def test_the_record_for_ddi_names_what_a_catalogue_asks(ready):
    archiving(ready)
    publishing = ready / "manuscript" / "publishing.yaml"
    publishing.write_text(publishing.read_text(encoding="utf-8") + "  archive: A & B\n  publication: 10.1000/paper\n  keywords: [waiting]\n", encoding="utf-8")

    root = ElementTree.fromstring(deposit.contents(open_study(ready))[0]["ddi.xml"])

    assert root.tag == "{ddi:codebook:2_5}codeBook"
    told = {node.tag.removeprefix("{ddi:codebook:2_5}"): node.text for node in root.iter() if node.text}
    assert {"titl", "AuthEnty", "abstract", "keyword", "universe", "sampProc", "collDate", "collMode", "resInstru", "restrctn", "conditions", "relPubl"} <= set(told)
    assert (told["distrbtr"], told["collMode"], told["sampProc"]) == (
        "A & B", "Interview: in person (1), telephone (1), video (1)", "Reflexive thematic analysis of semi-structured interviews. 2 participants gave 3 interviews.")


def test_the_blank_form_and_the_sheet_go_and_a_signed_form_stays(ready):
    archiving(ready)
    (ready / "consent").mkdir()
    for name in ("consent_form.docx", "information_sheet.md", "consent_form_signed_smith.pdf"):
        (ready / "consent" / name).write_bytes(b"blank")

    files, said = deposit.contents(open_study(ready))

    assert sorted(name for name in files if name.startswith("consent/")) == ["consent/consent_form.docx", "consent/information_sheet.md"]
    assert "Not here: the manuscript (publish it first)." in said


KILLED = """
import os, pathlib, sys
from sixphase.running import deposit
left, write, replace = int(sys.argv[3]), pathlib.Path.write_bytes, os.replace
def counted(act):
    def done(*given):
        global left
        left -= 1
        if left < 0: os._exit(9)
        return act(*given)
    return done
pathlib.Path.write_bytes, os.replace = counted(write), counted(replace)
deposit.deposit(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
"""


def test_a_deposit_killed_at_any_moment_leaves_nothing_half_and_the_next_one_is_whole(ready, tmp_path):
    archiving(ready)
    (whole := tmp_path / "whole").mkdir()
    deposit.deposit(ready, whole)
    wanted = {path.relative_to(whole).as_posix(): path.read_bytes() for path in whole.rglob("*") if path.is_file()}
    steps = len(wanted) + 2  # each file and the zip, and two renamings
    for left in (0, 1, steps - 3, steps - 2, steps - 1):
        to = tmp_path / f"killed {left}"
        to.mkdir()
        done = subprocess.run([sys.executable, "-c", KILLED, str(ready), str(to), str(left)], env={**os.environ, "PYTHONPATH": str(ROOT / "lib")}, capture_output=True, text=True)
        assert done.returncode == 9, done.stderr
        for path in [path for path in to.rglob("*") if path.is_file() and not path.relative_to(to).parts[0].startswith(".")]:
            assert path.read_bytes() == wanted[path.relative_to(to).as_posix()]
        assert not (to / "waiting_deposit").exists() or len(list((to / "waiting_deposit").rglob("*.*"))) == 0

        deposit.deposit(ready, to)
        assert {path.relative_to(to).as_posix(): path.read_bytes() for path in to.rglob("*") if path.is_file()} == wanted


@pytest.mark.parametrize(("file", "old", "new", "told"), [
    ("manuscript/publishing.yaml", "  access: safeguarded\n", "", "deposit has no access"),
    ("manuscript/publishing.yaml", "safeguarded", "public", "access cannot be “public”"),
    ("manuscript/publishing.yaml", "deposit:", "frame:\n  - {role: patient advocate, holders: 1}\ndeposit:", ""),
    ("study.yaml", "licence: CC BY 4.0\n", "", "there is no licence")])
def test_what_is_missing_is_told_and_nothing_is_written(ready, tmp_path, file, old, new, told):
    text = (ready / file).read_text(encoding="utf-8")
    assert old in text
    (ready / file).write_text(text.replace(old, new), encoding="utf-8")
    if not told:
        with (ready / "decisions.jsonl").open("a", encoding="utf-8") as decisions:
            decisions.write('{"decision_id": "urn:test:d", "on": "2024-05-02", "by": "am", "phase": 6, "what": "Ask the patient advocate", "because": "only one"}\n')
        told = "“patient advocate” is a role that one person in this case holds"

    with pytest.raises(StudyError, match=told):
        deposit.deposit(ready, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_manuscript_that_may_not_be_printed_stops_the_deposit(ready, tmp_path):
    (ready / "manuscript" / "manuscript.md").write_text("# T\n\n[](quote:urn:test:6)\n", encoding="utf-8")  # P02 did not agree to be quoted

    with pytest.raises(StudyError, match="line 3: “urn:test:6” may not be quoted"):
        deposit.deposit(ready, tmp_path / "out")


def test_20_each_transcript_and_the_readme_of_a_synthetic_deposit_say_so():
    files, _ = deposit.contents(open_study(ROOT / "data" / "ics_leadership"))

    assert all(content.startswith(b"SYNTHETIC") for name, content in files.items() if name.startswith("transcripts/"))
    assert b"SYNTHETIC" in files["README.md"]

"""The deposit: what goes to an archive, and what does not."""

import io
import json
import zipfile

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

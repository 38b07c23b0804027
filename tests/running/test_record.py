"""The record: what was published is what comes out again, and what differs is told in the words of the study."""

import json
import shutil
from pathlib import Path

import pytest
from where import TESTS

from sixphase.files import append_quotation, open_study
from sixphase.problems import StudyError
from sixphase.running import record
from sixphase.running.ingredients import changes, ingredients

TEXT = "# Waiting\n\n## Results\n\nAsking shrinks people.\n\n[](quote:urn:test:3)\n\n[](table:participants)\n"
REVIEWED = "quotations:\n  'urn:test:3': {state: ok, by: bo, on: 2024-05-01}\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    """The tiny study with a manuscript, published; tests only look, or copy it."""
    folder = Path(shutil.copytree(TESTS / "tiny" / "waiting", tmp_path_factory.mktemp("record") / "waiting"))
    (folder / "manuscript").mkdir()
    (folder / "manuscript" / "manuscript.md").write_text(TEXT, encoding="utf-8")
    (folder / "manuscript" / "publishing.yaml").write_text(REVIEWED, encoding="utf-8")
    record.publish(folder)
    return folder


@pytest.fixture
def copy(published, tmp_path) -> Path:
    """A private copy of that study."""
    return Path(shutil.copytree(published, tmp_path / "waiting"))


def manifest(folder: Path) -> dict:
    return json.loads((folder / "published" / "manifest.json").read_text(encoding="utf-8"))


def test_the_record_keeps_the_manuscript_and_the_digest_of_every_other_result(published):
    kept = {path.relative_to(published / "published").as_posix() for path in (published / "published").rglob("*") if path.is_file()}
    results = manifest(published)["results"]

    assert kept == {"6_standards.docx", "6_standards.html", "manifest.json", "manuscript.docx", "manuscript.html", "manuscript.pdf", "tables/participants.csv"}
    assert {"notebooks/2_coding.ipynb", "tables/2_codes.csv", "figures/2_code_reach.svg", "manuscript/manuscript.docx"} <= set(results)
    assert not [name for name in results if name.endswith(".png")]


def test_a_record_is_no_input_of_the_study_it_belongs_to(published):
    assert not [name for name in manifest(published)["made_of"]["study"] if name.startswith("published")]


@pytest.mark.slow
def test_a_study_comes_out_again_in_another_place_zone_language_and_hash_seed(published):
    verdict = record.verify(published)

    assert (verdict.differ, verdict.changed) == ({}, {"study": [], "code": [], "environment": []})
    assert str(verdict).startswith(f"The record of waiting holds: {len(manifest(published)['results'])} results came out again, byte for byte")


@pytest.mark.slow
def test_a_changed_decision_is_named_with_the_results_it_changes(copy):
    coding_id = append_quotation(open_study(copy), "P01-1", "nuisance", "You feel you are a nuisance", coder_id="am")

    verdict = record.verify(copy)

    assert verdict.changed["study"] == [f"coding {coding_id} (codings/P01-1.am.jsonl) is new"]
    assert "tables/2_codes.csv" in verdict.differ
    assert "does not hold" in str(verdict)


def test_what_changed_is_told_by_act_code_theme_module_and_package(copy):
    before = ingredients(copy)
    lines = (copy / "codings" / "P01-1.am.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "codings" / "P01-1.am.jsonl").write_text("".join(line for line in lines if '"id":"urn:test:3"' not in line.replace('": ', '":')), encoding="utf-8")
    for file, old, new in (("codebook.yaml", "name: ", "name: The "), ("themes.yaml", "status: candidate", "status: final"), ("participants.csv", "P02,", "P02,a ")):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    after = ingredients(copy)
    after["code"]["lib/sixphase"]["spans.py"] = "0"
    after["environment"]["packages"] |= {"pandas": "1.0"}

    told = changes(before, after)

    said = " | ".join(told["study"])
    assert "coding urn:test:3 (codings/P01-1.am.jsonl) is gone" in said
    assert "participant P02 (participants.csv) was changed" in said
    assert [line.split()[0] for line in told["study"] if ".yaml" in line] == ["code", "theme"]
    assert told["code"] == ["lib/sixphase/spans.py was changed"]
    assert told["environment"] == [f"pandas is 1.0; it was {before['environment']['packages']['pandas']}"]


def test_a_difference_without_a_change_is_not_blamed_on_the_study():
    verdict = record.Verdict("waiting", 3, {"tables/2_codes.csv": "differs"}, {"study": [], "code": [], "environment": []})

    assert "Nothing that results depend on has changed" in str(verdict)
    assert "publish again" not in str(verdict)


def test_a_long_list_of_changes_is_cut_short_with_their_number():
    verdict = record.Verdict("waiting", 99, {"a": "differs"}, {"study": [f"coding {n} is new" for n in range(40)], "code": [], "environment": []})

    assert "… and 28 more" in str(verdict)


def test_a_study_without_a_record_is_told_so(waiting):
    with pytest.raises(StudyError, match="this study has no record yet"):
        record.verify(waiting)


def test_a_record_that_somebody_changed_is_not_compared_with(copy):
    page = copy / "published" / "manuscript.html"
    page.write_text(page.read_text(encoding="utf-8").replace("shrinks", "enlarges"), encoding="utf-8")

    with pytest.raises(StudyError, match="published/manuscript.html: is not what was published"):
        record.verify(copy)


def test_a_study_without_a_manuscript_is_not_published(waiting):
    with pytest.raises(StudyError, match="there is no manuscript to publish yet"):
        record.publish(waiting)


def test_a_version_that_differs_by_one_person_is_published_only_with_a_reason(copy):
    table = copy / "published" / "tables" / "participants.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    cells = rows[-1].split(",")
    table.write_text("\n".join([head, *rows[:-1], ",".join([cells[0], str(int(cells[1]) + 1), *cells[2:]])]) + "\n", encoding="utf-8")

    with pytest.raises(StudyError, match="the difference tells of 1 person"):
        record.publish(copy)
    record.publish(copy, because="the version before was never handed out")

    assert manifest(copy)["differs_by_few_people"]["because"] == "the version before was never handed out"


def test_an_unreviewed_quotation_is_not_published(copy):
    (copy / "manuscript" / "publishing.yaml").write_text("journal: bjhcm\n", encoding="utf-8")

    with pytest.raises(StudyError, match="the quotation urn:test:3 has not been let through"):
        record.publish(copy)

"""What a study hides leaks through none of its outputs: not as a word, not as a value, not as a file."""

import json
import re

import pytest
from where import ROOT
from sixphase.files import append_decision, open_study
from sixphase.measures import double_coding
from sixphase.report.finished import docx_text, pdf_text
from sixphase.running import run_study

WORDS = re.compile(r"kappa|alpha|\bac1\b|saturat|coefficient|cohen|krippendorff|chao2?\b|\bgamma\b|inter-?(coder|rater)|reliability coefficient", re.I)
REFUSED = ("No coefficient of agreement was calculated", "a coefficient on the six",  # the worked example says that it has none
           "saturation discussed", "Saturation does not fit a reflexive analysis")  # an item of COREQ, and why it does not fit
FILES = ("2_double_coded", "2_compared", "2_compared_overall", "2_compared_by_interview", "2_novelty", "2_dimensions", "2_unseen")
TEXTS = (".csv", ".txt", ".html", ".svg", ".ipynb", ".md", ".json", ".graphml", ".drawio")


def without(told):
    """What is told, without the words by which a measure is refused."""
    for words in REFUSED:
        told = told.replace(words, "")
    return told


def leaks(folder):
    """Files of a run that hold one of the words, with the line; pictures are data and say nothing."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in TEXTS and path.name != "manifest.json"):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = without(re.sub(r"[A-Za-z0-9+/=]{200,}", "", line))  # pictures as base64
            found += [(path.relative_to(folder).as_posix(), told[max(0, hit.start() - 60):hit.end() + 60]) for hit in WORDS.finditer(told)]
    return found


@pytest.mark.slow
def test_a_reflexive_study_shows_no_figure_of_agreement_and_none_of_novelty(waiting, tmp_path):
    outputs, _ = run_study(waiting, outputs=tmp_path / "outputs")

    assert leaks(outputs) == []
    assert not [path.name for path in outputs.rglob("*") if path.stem in FILES]
    assert "A reflexive study does not show agreement" in (outputs / "notebooks" / "2_coding.ipynb").read_text(encoding="utf-8")


def committed():
    """The sources and the results of the committed notebooks as one text, without pictures and without what refuses a measure."""
    cells = [cell for path in sorted((ROOT / "notebooks").glob("*.ipynb")) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    shown = [text for cell in cells for output in cell.get("outputs", []) for kind, text in output.get("data", {}).items() if kind != "image/svg+xml"]
    told = json.dumps([[cell["source"] for cell in cells], shown], ensure_ascii=False)
    return without(told)


def test_nor_do_the_committed_results_of_the_worked_example():
    told = committed()

    assert [told[max(0, hit.start() - 60):hit.end() + 60] for hit in WORDS.finditer(told)] == []


@pytest.mark.parametrize("name", ["manuscript.docx", "6_standards.docx", "manuscript.pdf"])
def test_nor_do_the_finished_files_of_its_record(name):
    made = (ROOT / "data" / "ics_leadership" / "published" / name).read_bytes()
    told = without(" ".join((docx_text(made) if name.endswith("docx") else pdf_text(made)).split()))  # a PDF breaks its lines

    assert len(told) > 5000
    assert [told[max(0, hit.start() - 60):hit.end() + 60] for hit in WORDS.finditer(told)] == []


def test_no_value_that_would_be_hidden_stands_in_them():
    study = open_study("ics_leadership")
    by_code = double_coding.by_code(study.all_codings, study.turns, resamples=10, seed=1)
    overall = double_coding.overall(study.all_codings, study.turns, resamples=10, seed=1)
    values = {f"{value:.6f}" for value in [*by_code["kappa"].dropna(), *by_code["alpha"].dropna(), *overall["value"].dropna()] if 0 < abs(value) < 1}

    assert len(values) > 40  # there is something to find
    assert [value for value in sorted(values) if value in committed()] == []


@pytest.mark.slow
def test_an_override_shows_it_with_who_asked_and_why(waiting, tmp_path):
    append_decision(open_study(waiting), "report code novelty", by="am", phase=2, because="the funder requires it", about=["measure:code novelty"], on="2024-06-01")

    (waiting / "manuscript" / "manuscript.md").unlink(missing_ok=True)  # a first draft is made where nobody has written one

    outputs, _ = run_study(waiting, only=["2", "6"], outputs=tmp_path / "outputs")

    note = (outputs / "tables" / "2_novelty.txt").read_text(encoding="utf-8")
    assert "Code novelty does not fit a reflexive study; it was reported because am asked for it on 2024-06-01: the funder requires it." in note
    assert not (outputs / "tables" / "2_compared.csv").exists()
    draft = (outputs / "pages" / "6_manuscript.html").read_text(encoding="utf-8")
    assert "the funder requires it" in draft.split(">Limitations</h2>")[1]


@pytest.mark.slow
def test_a_framework_study_hides_it_until_somebody_asks(allotment, tmp_path):
    outputs, _ = run_study(allotment, only=["2"], outputs=tmp_path / "outputs")

    assert not [path.name for path in outputs.rglob("*") if path.stem in FILES]


@pytest.mark.slow
def test_a_study_coded_for_reliability_shows_each_code_before_all_together(kitchen, tmp_path):
    outputs, _ = run_study(kitchen, only=["2"], outputs=tmp_path / "outputs")
    page = (outputs / "notebooks" / "2_coding.ipynb").read_text(encoding="utf-8")

    rows = (outputs / "tables" / "2_compared.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("coders,interviews,code_id,first,second,both,percent,kappa,alpha,alpha_low,alpha_high,ac1,undefined")
    assert [row.split('"')[-1].split(",")[2] for row in rows[1:]] == ["rules", "silence", "work"]
    # work: am 100 and bo 109 code points of 521, 71 the same
    assert float(rows[3].split('"')[-1].split(",")[7]) == pytest.approx((2 * 71 + 521 - 209 - (100 * 109 + 421 * 412) / 521) / (521 - (100 * 109 + 421 * 412) / 521), abs=1e-3)
    assert page.index("Two coders, code by code") < page.index("Two coders over all codes together")
    assert (outputs / "tables" / "2_novelty.csv").exists() and not (outputs / "tables" / "2_unseen.csv").exists()


@pytest.mark.slow
def test_without_double_coding_no_figure_is_given(kitchen, tmp_path):
    for path in (kitchen / "codings").glob("*.bo.jsonl"):
        path.unlink()

    outputs, _ = run_study(kitchen, only=["2"], outputs=tmp_path / "outputs")

    assert (outputs / "tables" / "2_compared.csv").read_text(encoding="utf-8").splitlines()[1:] == []
    assert "coded by more than one: 0 of 4" in (outputs / "notebooks" / "2_coding.ipynb").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_a_codebook_held_stable_no_figure_is_given_either(kitchen, tmp_path):
    kept = [line for line in (kitchen / "decisions.jsonl").read_text(encoding="utf-8").splitlines() if "codebook:held stable" not in line]
    (kitchen / "decisions.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")

    outputs, _ = run_study(kitchen, only=["2"], outputs=tmp_path / "outputs")

    assert (outputs / "tables" / "2_compared.csv").read_text(encoding="utf-8").splitlines()[1:] == []
    assert (outputs / "tables" / "2_double_coded.csv").read_text(encoding="utf-8").count("nobody held the codebook stable") == 8  # four interviews, two coders

"""A run: everything kept and signed for, nothing done twice, the study only read; whatever stops it, the next one works."""

import hashlib
import html.parser
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from filelock import FileLock
from sixphase.problems import StudyError
from sixphase.running import RunFailed, run_study
from sixphase.running.runs import tree

TINY = Path(__file__).parents[1] / "tiny" / "waiting"
SIX = ["1_familiarisation", "2_coding", "3_generating_themes", "4_reviewing_themes", "5_defining_themes", "6_writing_up"]
FIFTH = ["5_defining_themes"]  # the cheapest of the six


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Path:
    """A folder with the study and the outputs of one whole run of it; tests only look."""
    folder = tmp_path_factory.mktemp("ran")
    run_study(Path(shutil.copytree(TINY, folder / "waiting")), outputs=folder / "outputs")
    return folder


@pytest.fixture
def copy(ran, tmp_path) -> tuple[Path, Path]:
    """A private copy of that study and of its outputs."""
    return Path(shutil.copytree(ran / "waiting", tmp_path / "waiting")), Path(shutil.copytree(ran / "outputs", tmp_path / "outputs"))


def manifest(outputs: Path) -> dict:
    return json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_run_keeps_notebooks_pages_figures_and_tables(ran):
    kept = {path.relative_to(ran / "outputs").as_posix() for path in (ran / "outputs").rglob("*") if path.is_file()}

    assert {f"notebooks/{name}.{kind}" for name in SIX for kind in ("ipynb", "html")} <= kept
    assert {"figures/2_code_reach.svg", "figures/2_code_reach.png", "tables/2_codes.csv", "pages/6_manuscript.html", "manifest.json"} <= kept
    assert not any(name.startswith((".part", "failed")) for name in kept)


def test_the_manifest_names_every_input_and_output_with_its_sha256(ran):
    told = manifest(ran / "outputs")

    outputs = {name: digest for entry in told["notebooks"].values() for name, digest in entry["outputs"].items()}
    there = {path.relative_to(ran / "outputs").as_posix(): sha256(path) for path in (ran / "outputs").rglob("*") if path.is_file()}
    inputs = {path.relative_to(ran / "waiting").as_posix(): sha256(path) for path in (ran / "waiting").rglob("*") if path.is_file()}
    assert outputs == {name: digest for name, digest in there.items() if name not in ("manifest.json", ".running")}
    assert told["inputs"] == inputs == tree(TINY)


class Loads(html.parser.HTMLParser):
    """Collects the addresses that a page would load by itself, and its scripts."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        loaded = [value or "" for name, value in attrs if name in ("src", "srcset", "data", "poster", "xlink:href") or (name == "href" and tag != "a")]
        styles = " ".join(value or "" for name, value in attrs if name == "style")
        self.found += [value for value in loaded if not value.startswith(("#", "data:"))] + re.findall(r"url\((?!['\"]?(?:#|data:))", styles)
        self.found += ["script"] if tag == "script" or any(name.startswith("on") for name, _ in attrs) else []


def test_no_page_asks_anything_of_the_network_or_runs_a_script(ran):
    for page in sorted((ran / "outputs").rglob("*.html")):
        loads, text = Loads(), page.read_text(encoding="utf-8")
        loads.feed(text)

        assert loads.found == [], page.name
        assert "@import" not in text, page.name
        assert "default-src 'none'" in text, page.name


def test_results_say_that_the_study_is_synthetic(ran):
    for result in ("figures/2_code_reach.svg", "tables/2_codes.csv", "pages/6_manuscript.html"):
        assert "SYNTHETIC" in (ran / "outputs" / result).read_text(encoding="utf-8"), result


def test_a_second_run_runs_nothing(copy):
    study, outputs = copy

    assert run_study(study, outputs=outputs) == (outputs, [])


def test_touching_every_file_runs_nothing(copy):
    study, outputs = copy
    for path in [*study.rglob("*"), *outputs.rglob("*")]:
        os.utime(path, (1, 1))

    assert run_study(study, outputs=outputs)[1] == []


def test_an_edited_memo_runs_what_reads_the_study(copy):
    study, outputs = copy
    memo = next((study / "memos").iterdir())
    memo.write_text(memo.read_text(encoding="utf-8") + "And a second thought.\n", encoding="utf-8", newline="\n")

    assert run_study(study, outputs=outputs, only=["5"])[1] == FIFTH


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("edited")], ids=["deleted", "edited"])
def test_a_changed_output_makes_its_notebook_run_again_and_no_other(copy, change):
    study, outputs = copy
    before = tree(outputs)
    change(outputs / "pages" / "5_cards.html")

    assert run_study(study, outputs=outputs)[1] == FIFTH
    assert tree(outputs) == before


def test_another_parameter_runs_its_notebook_again(copy):
    study, outputs = copy

    assert run_study(study, outputs=outputs, parameters={"nearest": 1})[1] == ["3_generating_themes"]


@pytest.mark.parametrize(("asked", "told"), [
    ({"parameters": {"arround": 3}}, "no notebook has this parameter\n    do        did you mean “around”?"),
    ({"parameters": {"study": "other"}}, "no notebook has this parameter"),
    ({"only": ["7"]}, "7: no such notebook"),
    ({"only": ["2_codng"]}, "did you mean “2_coding”?"),
])
def test_what_no_notebook_knows_is_refused_before_anything_runs(waiting, tmp_path, asked, told):
    with pytest.raises(StudyError) as refused:
        run_study(waiting, outputs=tmp_path / "outputs", **asked)

    assert told in str(refused.value)
    assert not (tmp_path / "outputs").exists()


@pytest.mark.parametrize(("made", "told"), [
    ({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "notebooks/a.ipynb: no cell tagged “parameters” with a study"),
    ("<<<<<<< HEAD\n{}", "notebooks/a.ipynb: not a notebook that can be read"),
    ("[]", "notebooks/a.ipynb: not a notebook that can be read"),
], ids=["no parameters cell", "a merge", "a list"])
def test_a_notebook_that_cannot_be_run_is_refused_before_anything_runs(waiting, tmp_path, notebooks, made, told):
    notebooks(a=made, b=["1"])

    with pytest.raises(StudyError) as refused:
        run_study(waiting, outputs=tmp_path / "outputs")

    assert told in str(refused.value)
    assert not (tmp_path / "outputs").exists()


def test_a_study_with_problems_is_not_run(waiting, tmp_path):
    (waiting / "transcripts" / "P01-1.txt").write_text("changed by hand\n", encoding="utf-8")

    with pytest.raises(StudyError, match="the study waiting; nothing was run"):
        run_study(waiting, outputs=tmp_path / "outputs")

    assert not (tmp_path / "outputs").exists()


def test_outputs_inside_the_study_are_refused(waiting):
    with pytest.raises(StudyError, match="the outputs would lie inside the study"):
        run_study(waiting, outputs=waiting / "outputs")


@pytest.mark.parametrize(("source", "told"), [
    ("x = 1\nassert False, 'Not coded yet: שלום'", "Notebook b stopped at its code cell 3 (“x = 1”): AssertionError: Not coded yet: שלום\nOpen the notebook"),
    ("{}['é']", "Notebook b stopped at its code cell 3 (“{}['é']”): KeyError: 'é'\nOpen the notebook in JupyterLab"),
    ("import os; os._exit(9)", "Notebook b stopped at its code cell 3 (“import os; os._exit(9)”): The kernel died"),
], ids=["an assertion", "an error", "a kernel that dies"])
def test_a_failing_cell_is_named_and_the_other_notebooks_are_kept(waiting, tmp_path, notebooks, source, told):
    notebooks(a=["print('a')"], b=["1", source, "2"])
    before, outputs = tree(waiting), tmp_path / "outputs"

    with pytest.raises(RunFailed) as failed:
        run_study(waiting, outputs=outputs)

    assert str(failed.value).startswith(told)
    assert list(manifest(outputs)["notebooks"]) == ["a"]
    assert (outputs / "failed" / "b.ipynb").exists()
    assert tree(waiting) == before


def test_a_notebook_that_failed_runs_again_once_it_is_mended(waiting, tmp_path, notebooks):
    outputs = tmp_path / "outputs"
    notebooks(a=["1"], b=["1 / 0"])
    with pytest.raises(RunFailed):
        run_study(waiting, outputs=outputs)
    notebooks(b=["1 / 1"])

    assert run_study(waiting, outputs=outputs)[1] == ["b"]
    assert not (outputs / "failed" / "b.ipynb").exists()


def test_a_study_changed_during_its_run_is_told_and_nothing_counts_as_done(waiting, tmp_path, notebooks):
    notebooks(a=["import sixphase.places\nmemo = next((sixphase.places.find_study(study) / 'memos').iterdir())\nmemo.write_text(memo.read_text() + 'more')"])

    with pytest.raises(RunFailed, match="The study waiting was changed while its notebooks ran"):
        run_study(waiting, outputs=tmp_path / "outputs")

    assert manifest(tmp_path / "outputs")["notebooks"] == {}


def test_a_second_run_at_the_same_time_is_refused(waiting, tmp_path):
    outputs = tmp_path / "outputs"
    outputs.mkdir()

    with FileLock(outputs / ".running"), pytest.raises(RunFailed, match="another run of waiting is writing to"):
        run_study(waiting, outputs=outputs)

    assert not (outputs / "manifest.json").exists()


def test_a_manifest_that_cannot_be_read_only_means_running_again(copy, notebooks):
    study, outputs = copy
    notebooks(a=["1"])
    (outputs / "manifest.json").write_text("[1, 2", encoding="utf-8")

    assert run_study(study, outputs=outputs)[1] == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_an_interrupted_run_ends_after_the_cell_it_is_in(waiting, tmp_path, notebooks):
    notebooks(a=["1"] * 100, b=["1"] * 100)
    seen = []

    def watch(notebook, done, cells):
        seen.append((notebook, done))
        if done == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        run_study(waiting, outputs=tmp_path / "outputs", workers=1, watch=watch)

    assert max(done for _, done in seen) < 50  # of 102 cells; a few may begin before the signal arrives
    assert {notebook for notebook, _ in seen} == {"a"}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_whatever_stops_a_run_the_study_is_as_it_was_and_the_next_run_completes(waiting, tmp_path, sent):
    before, outputs = tree(waiting), tmp_path / "outputs"
    command = [sys.executable, "-u", "-m", "sixphase", "run", str(waiting), "--outputs", str(outputs), "--only", "5", "--only", "6", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            if line.startswith("6_writing_up: started"):
                break
        kernels = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(getattr(signal, sent))
        said = run.stderr.read()

    assert run.returncode != 0
    assert "Traceback" not in said
    assert psutil.wait_procs(kernels, timeout=30)[1] == []  # no kernel outlives its run
    assert tree(waiting) == before
    assert run_study(waiting, outputs=outputs, only=["5", "6"])[1] == ["5_defining_themes", "6_writing_up"]
    assert run_study(waiting, outputs=outputs, only=["5", "6"])[1] == []
    assert not (outputs / ".part").exists()


def test_a_promise_that_is_not_kept_yet_is_told_and_its_results_are_there(waiting, tmp_path, notebooks):
    notebooks(a=["print('a')"], b=["print('evidence')", "assert False, 'Not coded yet: P02-1'"])
    outputs = tmp_path / "outputs"

    with pytest.raises(RunFailed, match="Not kept yet:\n    b: Not coded yet: P02-1"):
        run_study(waiting, outputs=outputs)

    assert "evidence" in (outputs / "notebooks" / "b.html").read_text(encoding="utf-8")
    assert not (outputs / "failed").exists()
    with pytest.raises(RunFailed, match="Not kept yet"):  # and it is asked again by the next run
        run_study(waiting, outputs=outputs)


@pytest.mark.slow
def test_a_study_that_is_not_coded_yet_shows_all_it_has(waiting, tmp_path):
    shutil.rmtree(waiting / "codings")
    (waiting / "themes.yaml").unlink()
    (waiting / "decisions.jsonl").unlink()

    with pytest.raises(RunFailed, match="Not kept yet:\n    2_coding: Not coded yet: P01-1, P01-2, P02-1$"):
        run_study(waiting, outputs=tmp_path / "outputs")

    assert len(list((tmp_path / "outputs" / "notebooks").glob("*.html"))) == 6


@pytest.mark.parametrize(("name", "value", "told"), [("around", "many", "int, for example 7"), ("coders", "am", "list"), ("look_for", 3, "str"), ("seed", True, "int")])
def test_a_value_of_another_kind_is_refused_before_anything_runs(waiting, tmp_path, name, value, told):
    with pytest.raises(StudyError, match=told) as refused:
        run_study(waiting, outputs=tmp_path / "outputs", parameters={name: value})

    assert f"-p {name}: the value is of another kind" in str(refused.value)
    assert not (tmp_path / "outputs").exists()


def test_a_problem_of_the_manuscript_is_named_with_its_line_by_a_run(waiting, tmp_path):
    (waiting / "manuscript").mkdir()
    (waiting / "manuscript" / "manuscript.md").write_text("# T\n\n[](quote:urn:test:6)\n", encoding="utf-8")  # P02 did not agree to be quoted

    with pytest.raises(RunFailed, match="manuscript/manuscript.md, line 3: “urn:test:6” may not be quoted"):
        run_study(waiting, only=["6"], outputs=tmp_path / "out")

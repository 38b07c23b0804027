"""papermill as we start it: the same for everybody, no history kept, and a failure that names its cell."""

import json
import os
import tempfile
from pathlib import Path

import pytest
from sixphase.running.engine import CellFailed, execute
from sixphase.running.kernels import environment as kernel_environment


@pytest.fixture
def run(notebooks, waiting, tmp_path, monkeypatch):
    """Run a notebook of these cells in a temporary folder of its own; gives the lines it printed."""
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))

    def ran(*sources, made=None) -> list[str]:
        path, executed = notebooks(a=made or sources) / "a.ipynb", tmp_path / "executed.ipynb"
        execute(path, executed, {"study": "waiting"}, outputs=tmp_path / "out", study=waiting, each_cell=lambda: None)
        return [line for cell in json.loads(executed.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"
                for output in cell["outputs"] for line in "".join(output["text"]).splitlines()]
    return ran


def files(folder: Path) -> str:
    return " ".join(path.name for path in folder.rglob("*"))


def test_a_kernel_finds_its_study_by_name_and_keeps_no_history(run, waiting, tmp_path):
    said = run("import sixphase.places\nprint(sixphase.places.find_study(study))\nprint(get_ipython().history_manager.enabled)")

    assert said == [str(waiting), "False"]
    assert "history" not in files(tmp_path / "private")


@pytest.mark.parametrize(("sources", "cell", "begins", "error"), [
    (["1", "x = 1\n1 / 0", "2"], 3, "x = 1", "ZeroDivisionError: division by zero"),
    (["import os\nos._exit(1)"], 2, "import os", "The kernel died: most often there was not enough memory"),
], ids=["an error", "a kernel that dies"])
def test_a_failure_names_notebook_cell_and_reason(run, sources, cell, begins, error):
    with pytest.raises(CellFailed) as failed:
        run(*sources)

    assert (failed.value.notebook, failed.value.cell, failed.value.begins, failed.value.error) == ("a", cell, begins, error)


def test_a_notebook_saved_with_a_kernel_nobody_has_runs_in_ours(run, notebooks):
    path = notebooks(a=["print('é')"]) / "a.ipynb"
    named = json.loads(path.read_text(encoding="utf-8"))
    named["metadata"] = {"kernelspec": {"name": "my-env", "display_name": "My env", "language": "R"}}

    assert run(made=named) == ["é"]


def test_every_kernel_sees_the_same_clock_hashes_and_language(monkeypatch, tmp_path):
    for name, value in {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR"}.items():
        monkeypatch.setenv(name, value)

    seen = kernel_environment(tmp_path / "out", tmp_path / "studies" / "a")

    assert {name: seen[name] for name in ("PYTHONHASHSEED", "TZ", "LC_ALL")} == {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_what_kernels_keep_is_for_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    private = Path(kernel_environment(tmp_path, tmp_path)["IPYTHONDIR"])

    assert private.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can give a folder away")
def test_settings_somebody_else_put_there_are_not_used(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    theirs = Path(kernel_environment(tmp_path, tmp_path)["IPYTHONDIR"])
    os.chown(theirs, 12345, 12345)

    ours = Path(kernel_environment(tmp_path, tmp_path)["IPYTHONDIR"])

    assert ours != theirs
    assert ours.stat().st_uid == os.getuid()

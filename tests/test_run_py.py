"""run.py: what was typed becomes a command inside .venv, and .venv is what the lock says."""

import importlib.util
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run_py(tmp_path: Path):
    """run.py, with its folder, lock and environment in a temporary place."""
    found = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"
    module.LOCK, module.STAMP = tmp_path / "requirements.lock", tmp_path / ".venv" / "installed-from"
    module.LOCK.write_text("pandas==3.0.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return module


@pytest.fixture
def made(run_py, monkeypatch) -> list[str]:
    """What set_up did, without making a whole environment."""
    acts: list[str] = []
    monkeypatch.setattr(run_py.venv, "create", lambda folder, with_pip: (folder.mkdir(), acts.append("created")))
    monkeypatch.setattr(run_py, "install", lambda: acts.append("installed"))
    return acts


@pytest.mark.parametrize(("typed", "module", "rest"), [
    ([], "sixphase", ["run", "ics_leadership"]),
    (["check", "a b"], "sixphase", ["check", "a b"]),
    (["--help"], "sixphase", ["--help"]),
    (["test"], "pytest", ["--rootdir", "{root}", "{root}/tests", "{root}/notebooks"]),
    (["test", "-k", "é"], "pytest", ["--rootdir", "{root}", "-k", "é"]),
    (["lab"], "jupyterlab", ["--notebook-dir", "{root}", "{root}/notebooks/1_familiarisation.ipynb"]),
    (["lab", "--no-browser"], "jupyterlab", ["--notebook-dir", "{root}", "--no-browser"]),
])
def test_what_was_typed_becomes_a_command_of_the_environment(run_py, typed, module, rest):
    command = run_py.command(typed)

    assert command == [str(run_py.PYTHON), "-m", module, *(str(Path(part.format(root=run_py.ROOT))) if "{root}" in part else part for part in rest)]


def test_an_environment_that_is_whole_is_left_alone(run_py, made):
    run_py.set_up()
    made.clear()

    run_py.set_up()

    assert made == []


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_another_lock_or_other_metadata_make_a_new_environment(run_py, made, file):
    run_py.set_up()
    before = run_py.fingerprint()
    (run_py.ROOT / file).write_text("changed\n", encoding="utf-8")

    run_py.set_up()

    assert run_py.fingerprint() != before
    assert made == ["created", "installed"] * 2


def test_an_interrupted_environment_is_built_anew(run_py, made):
    run_py.VENV.mkdir()
    (run_py.VENV / "half").write_text("a package that was being installed", encoding="utf-8")

    run_py.set_up()

    assert made == ["created", "installed"]
    assert not (run_py.VENV / "half").exists()


def test_a_folder_that_was_moved_gets_a_new_environment(run_py):
    before = run_py.fingerprint()
    run_py.ROOT = run_py.ROOT / "moved"
    run_py.ROOT.mkdir()
    (run_py.ROOT / "pyproject.toml").write_text("[project]\n", encoding="utf-8")

    assert run_py.fingerprint() != before


def test_a_failed_installation_is_a_sentence_and_counts_as_not_done(run_py, made, monkeypatch, capsys):
    def fails():
        raise subprocess.CalledProcessError(2, ["uv", "pip", "install", "--quiet", "-r"])
    monkeypatch.setattr(run_py, "install", fails)

    status = run_py.main([])

    assert status == 1
    assert "Setting up stopped: “uv pip install --quiet …” ended with 2." in capsys.readouterr().err
    assert not run_py.STAMP.exists()


def test_an_old_python_is_told_before_anything_else(run_py, monkeypatch, capsys):
    monkeypatch.setattr(run_py.sys, "version_info", (3, 10, 1))

    assert run_py.main([]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err
    assert not run_py.VENV.exists()


def test_the_environment_puts_our_settings_first_and_drops_what_would_break_it(run_py, monkeypatch):
    monkeypatch.setenv("PYTHONHOME", "/somewhere")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/theirs")

    ours = run_py.environment()

    assert "PYTHONHOME" not in ours
    assert ours["PATH"].startswith(str(run_py.BIN))
    assert ours["JUPYTER_CONFIG_PATH"] == run_py.os.pathsep.join([str(run_py.ROOT / ".jupyter"), "/theirs"])


def test_messages_name_the_command_that_was_typed(run_py, monkeypatch):
    monkeypatch.setattr("sys.argv", ["/some/where/run.py", "check"])

    assert run_py.environment()["SIXPHASE_COMMAND"] == "python run.py"

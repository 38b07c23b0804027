"""The same study gives the same bytes, whoever runs it, wherever, and however their computer is set up."""

import locale
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TINY = Path(__file__).parents[1] / "tiny" / "waiting"


def run(folder: Path, cwd: Path, workers: int, umask: int, **environment: str) -> dict[str, bytes]:
    """`sixphase run` of the tiny study in a process of its own; gives every output file."""
    study = Path(shutil.copytree(TINY, folder / "waiting"))
    done = subprocess.run([sys.executable, "-m", "sixphase", "run", str(study), "--outputs", str(folder / "results"), "--workers", str(workers)],
                          cwd=cwd, env={**os.environ, **environment}, capture_output=True, umask=umask if os.name != "nt" else -1, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return {path.relative_to(folder / "results").as_posix(): path.read_bytes() for path in (folder / "results").rglob("*") if path.is_file()}


def turkish() -> str:
    """Turkish where this computer has it: there, “I” in lower case is “ı”."""
    before = locale.setlocale(locale.LC_ALL)
    for name in ("tr_TR.UTF-8", "tr_TR.utf8", "tr_TR"):
        try:
            locale.setlocale(locale.LC_ALL, name)
            return name
        except locale.Error:
            pass
        finally:
            locale.setlocale(locale.LC_ALL, before)
    return "tr_TR"  # unknown here: a fault of its own, which a run must survive too


@pytest.mark.slow
def test_two_hostile_environments_give_the_same_bytes(tmp_path):
    plain, odd = tmp_path / "plain", tmp_path / "Zoë's “studies” שלום 😀"
    plain.mkdir()
    odd.mkdir()

    one = run(plain, Path("/"), 1, 0o077, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C", HOME=str(plain / "no home"))
    other = run(odd, odd, 2, 0o002, PYTHONHASHSEED="4242", TZ="America/New_York", LC_ALL=turkish(), COLUMNS="20", MPLBACKEND="svg", FORCE_COLOR="1")

    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert len(one) > 60
    here = [name for name, content in {**one, **other}.items() if str(tmp_path).encode() in content or str(Path.home()).encode() + b"/" in content]
    assert here == []  # no result says where it was made


def test_a_study_of_any_folder_name_is_run(tmp_path, notebooks):
    from sixphase.running import run_study
    notebooks(a=["import sixphase\nprint(len(sixphase.open_study(study).texts))"])
    study = Path(shutil.copytree(TINY, tmp_path / "Zoë's study, 2024"))

    assert run_study(study, outputs=tmp_path / "out")[1] == ["a"]

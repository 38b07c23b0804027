"""What all tests share: private copies of the tiny studies, and the environment every kernel is given."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from where import TESTS

# nbval starts its kernels from this environment: the same as a run's, so that results can be compared.
os.environ.update(PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
for told_by_a_run in ("SIXPHASE_OUTPUTS", "SIXPHASE_COMMAND", "SIXPHASE_STUDIES"):
    os.environ.pop(told_by_a_run, None)


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A private copy of the tiny study `waiting`."""
    return Path(shutil.copytree(TESTS / "tiny" / "waiting", tmp_path / "waiting"))


@pytest.fixture
def allotment(tmp_path: Path) -> Path:
    """A private copy of the tiny study `allotment`, of the codebook family."""
    return Path(shutil.copytree(TESTS / "tiny" / "allotment", tmp_path / "allotment"))


@pytest.fixture
def kitchen(tmp_path: Path) -> Path:
    """A private copy of the tiny study `kitchen`, of the coding-reliability family."""
    return Path(shutil.copytree(TESTS / "tiny" / "kitchen", tmp_path / "kitchen"))


@pytest.fixture
def opened(waiting: Path):
    """The private copy, opened."""
    from sixphase.files import open_study

    return open_study(waiting)


@pytest.fixture
def state():
    """A function that gives the SHA-256 of every file of a folder, hidden ones too."""
    def told(folder: Path) -> dict[str, str]:
        return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}
    return told

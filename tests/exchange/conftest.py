"""Small files of every kind people bring, made in the test, and the state of a study before and after."""

import hashlib
from pathlib import Path

import pytest

@pytest.fixture
def write(tmp_path: Path):
    """Make a file: `write("talk.txt", "words")`, or with an encoding, or with bytes."""
    def made(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "arriving" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path
    return made


@pytest.fixture
def state():
    """A function that gives the SHA-256 of every file of a folder, hidden ones too."""
    def told(folder: Path) -> dict[str, str]:
        return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}
    return told

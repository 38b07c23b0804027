"""Small files of every kind people bring, made in the test."""

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

"""Notebooks small enough to read, in a folder of their own."""

import json
from pathlib import Path

import pytest

PARAMETERS = 'study: str = "none"  # a study\nmost: int = 3  # how many'


def notebook(*sources: str, parameters: str | None = PARAMETERS, kernel: str = "python3") -> dict:
    """A notebook of code cells, the first one tagged as parameters unless there is none."""
    tagged = [("parameters", parameters)] if parameters is not None else []
    cells = [{"cell_type": "code", "id": f"c{n}", "metadata": {"tags": [tag]} if tag else {}, "source": source, "outputs": [], "execution_count": None}
             for n, (tag, source) in enumerate([*tagged, *(("", source) for source in sources)])]
    return {"cells": cells, "metadata": {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def notebooks(monkeypatch, tmp_path: Path):
    """Put notebooks in the place of the six: `notebooks(a=["1 + 1"])`; a dict is written as it is, text too."""
    folder = tmp_path / "notebooks"

    def placed(**named) -> Path:
        folder.mkdir(exist_ok=True)
        for name, content in named.items():
            made = content if isinstance(content, dict | str) else notebook(*content)
            (folder / f"{name}.ipynb").write_text(made if isinstance(made, str) else json.dumps(made), encoding="utf-8")
        monkeypatch.setattr("sixphase.running.runs.NOTEBOOKS", folder)
        return folder
    return placed

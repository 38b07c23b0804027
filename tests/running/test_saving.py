"""Saving in JupyterLab: results of a study of real people never enter the file."""

import pytest
from sixphase.running.saving import before_saving, to_keep

RESULT = {"output_type": "stream", "name": "stdout", "text": ["They never rang back. CANARY"]}


def saved(study: str) -> dict:
    cells = [{"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "source": f"study: str = {study}", "execution_count": 5, "outputs": []},
             {"cell_type": "code", "id": "b", "metadata": {}, "source": "print(1)", "execution_count": 6, "outputs": [RESULT]}]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@pytest.mark.parametrize("label", ["no", "false", "yesterday", None])
def test_results_of_a_study_not_labelled_synthetic_are_not_kept(waiting, label):
    settings = (waiting / "study.yaml").read_text(encoding="utf-8")
    (waiting / "study.yaml").write_text(settings.replace("synthetic: yes\n", f"synthetic: {label}\n" if label else ""), encoding="utf-8")

    assert "CANARY" not in str(to_keep(saved(repr(str(waiting)))))


def test_results_of_a_synthetic_study_are_kept(waiting):
    assert "CANARY" in str(to_keep(saved(repr(str(waiting)))))


@pytest.mark.parametrize("study", ["'nowhere'", "open('x')", "(", "3"])
def test_where_the_study_cannot_be_told_nothing_is_kept(study):
    assert "CANARY" not in str(to_keep(saved(study)))


def test_the_hook_brings_notebooks_into_form_and_leaves_other_files_alone(waiting):
    notebook, text = {"type": "notebook", "content": saved("'nowhere'")}, {"type": "file", "content": "CANARY"}

    before_saving(model=notebook, path="a.ipynb")
    before_saving(model=text, path="a.txt")

    assert "CANARY" not in str(notebook)
    assert text == {"type": "file", "content": "CANARY"}

"""The house rules of notebooks: one parameters cell, no function, canonical, and what they hold is the worked example's."""

import ast
import json

import pytest
from where import ROOT
from sixphase.running.canonical import canonical, dumped, parameters
from sixphase.running.saving import to_keep

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PHASES = ["1_familiarisation", "2_coding", "3_generating_themes", "4_reviewing_themes", "5_defining_themes", "6_writing_up"]
every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code(path):
    return ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_there_is_one_for_each_phase():
    assert [path.stem for path in NOTEBOOKS] == PHASES


@every
def test_it_has_one_parameters_cell_with_types_and_comments(path):
    tagged = [cell for cell in read(path)["cells"] if "parameters" in cell["metadata"].get("tags", [])]

    assert len(tagged) == 1
    assert all(":" in line.split("=")[0] and "# " in line for line in "".join(tagged[0]["source"]).splitlines())
    assert "study" in parameters(read(path))


@every
def test_it_defines_no_function_and_imports_only_sixphase(path):
    nodes = [node for source in code(path) for node in ast.walk(ast.parse(source))]

    assert not [node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.For | ast.While)]
    assert [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)] == ["import sixphase as sp"]


@every
def test_its_cells_are_short(path):
    assert max(len(source.splitlines()) for source in code(path)[1:]) <= 6  # the first holds the parameters, a line each


@every
def test_it_is_in_canonical_form(path):
    assert path.read_text(encoding="utf-8") == dumped(canonical(read(path)))


@every
def test_it_holds_the_results_of_the_worked_example(path):
    notebook = read(path)

    assert all(cell["execution_count"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "SYNTHETIC – not research data" in path.read_text(encoding="utf-8")
    assert to_keep(notebook) == notebook


@every
def test_it_ends_with_a_promise(path):
    assert code(path)[-1].splitlines()[-1].startswith("assert ")


def test_results_of_a_study_of_real_people_are_not_saved(waiting, monkeypatch):
    monkeypatch.setenv("SIXPHASE_STUDIES", str(waiting.parent))
    text = (waiting / "study.yaml").read_text(encoding="utf-8")
    (waiting / "study.yaml").write_text(text.replace("synthetic: yes", "synthetic: no"), encoding="utf-8")
    notebook = json.loads(NOTEBOOKS[0].read_text(encoding="utf-8").replace("ics_leadership", "waiting"))

    saved = to_keep(notebook)

    assert all(cell.get("outputs", []) == [] for cell in saved["cells"])

"""The same cells and results have one form, wherever and whenever they were saved."""

import json

import pytest
from sixphase.running.canonical import canonical, dumped, parameters, without_outputs


def saved(**of_cell) -> dict:
    """A notebook as some program saved it, with one prose cell and one code cell."""
    code = {"cell_type": "code", "id": "b", "metadata": {"tags": ["keep"]}, "source": ["x = 'é😀'\n", "x"], "execution_count": 41,
            "outputs": [{"output_type": "execute_result", "execution_count": 41, "metadata": {}, "data": {"text/plain": ["'é😀'"]}}]}
    return {"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# שלום"}, {**code, **of_cell}],
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}


FORM = dumped(canonical(saved()))


def test_the_canonical_form_is_its_own_canonical_form():
    assert dumped(canonical(json.loads(FORM))) == FORM


@pytest.mark.parametrize("other", [
    saved(execution_count=7),
    saved(source="x = 'é😀'\nx"),
    saved(metadata={"tags": ["keep"], "execution": {"iopub.status.busy": "2024-01-01T00:00:00Z"}, "papermill": {"duration": 0.1}, "collapsed": None}),
    {**saved(), "metadata": {"papermill": {"input_path": "/home/me/a.ipynb", "start_time": "2024-01-01"}, "language_info": {"name": "python", "version": "3.99"},
                             "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"secret": 1}}}, "kernelspec": {"name": "mine"}}},
    {**saved(), "nbformat_minor": 4},
    {**saved(), "cells": [saved()["cells"][0], {**saved()["cells"][1], "id": "p", "metadata": {"tags": ["injected-parameters"]}}, saved()["cells"][1]]},
], ids=["executions", "source as one text", "clocks of cells", "paths, versions and widgets", "minor format", "injected cell"])
def test_what_differs_from_save_to_save_is_taken_away(other):
    assert dumped(canonical(other)) == FORM


def test_executions_are_numbered_in_the_order_of_the_cells():
    first, second = saved(execution_count=9)["cells"][1], {**saved(execution_count=2)["cells"][1], "id": "c"}

    told = canonical({**saved(), "cells": [first, {**first, "id": "d", "outputs": [], "execution_count": None}, second]})

    assert [cell["execution_count"] for cell in told["cells"]] == [1, None, 2]
    assert told["cells"][2]["outputs"][0]["execution_count"] == 2


def test_a_widget_is_kept_as_what_it_says_without_its_state():
    view = {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "a1"}, "text/plain": "A coder"}}

    [output] = canonical(saved(outputs=[view]))["cells"][1]["outputs"]

    assert output["data"] == {"text/plain": ["A coder"]}


def test_colours_of_a_terminal_are_taken_from_streams_and_errors():
    stream = {"output_type": "stream", "name": "stdout", "text": "\x1b[31mred\x1b[0m"}
    error = {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[0;31mE\x1b[0m: v"]}

    told = canonical(saved(outputs=[stream, error]))["cells"][1]["outputs"]

    assert (told[0]["text"], told[1]["traceback"]) == (["red"], ["E: v"])


def test_a_notebook_without_outputs_holds_no_word_of_them():
    told = without_outputs(canonical(saved(source="1")))

    assert "é😀" not in dumped(told)
    assert told["cells"][1]["execution_count"] is None


def test_the_notebook_that_was_given_is_not_changed():
    given = saved()

    without_outputs(canonical(given))

    assert given == saved()


def test_parameters_are_read_with_and_without_a_type():
    cell = {"metadata": {"tags": ["parameters"]}, "source": 'study: str = "a b"  # a study\nmost = 3\n'}

    assert parameters({"cells": [cell]}) == {"study": '"a b"', "most": "3"}
    assert parameters({"cells": [{"metadata": {}, "source": "study = 1"}]}) is None


@pytest.mark.slow
def test_two_papermill_runs_of_one_notebook_give_the_same_bytes(notebooks, tmp_path):
    from papermill import execute_notebook
    path = notebooks(a=["import sys\nprint('é😀', file=sys.stderr)", "import pandas\npandas.DataFrame({'שלום': [1.5, None]})", "object"]) / "a.ipynb"

    runs = [tmp_path / "one.ipynb", tmp_path / "other place" / "two.ipynb"]
    runs[1].parent.mkdir()
    for run in runs:
        execute_notebook(path, run, {"study": "x"}, progress_bar=False)

    one, other = (dumped(canonical(json.loads(run.read_text(encoding="utf-8")))) for run in runs)
    assert one == other
    assert "papermill" not in one

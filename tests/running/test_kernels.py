"""Kernels forked from one process: quicker, and otherwise as any other."""

import json
import os
import sys
import time

import pytest

from sixphase.running import canonical, engine, kernels

pytestmark = pytest.mark.skipif(not kernels.CAN_FORK, reason="kernels are forked on Linux only")


@pytest.fixture
def executed(tmp_path):
    """Run a notebook of these cells with or without a nursery; gives it back in canonical form."""
    def ran(*sources: str, nursery=None, outputs="out") -> dict:
        cells = [{"cell_type": "code", "id": f"c{n}", "metadata": {"tags": ["parameters"]} if n == 0 else {}, "source": source, "outputs": [], "execution_count": None}
                 for n, source in enumerate(['study: str = "none"  # a study', *sources])]
        path = tmp_path / "one.ipynb"
        path.write_text(json.dumps({"cells": cells, "metadata": {"kernelspec": {"name": "python3", "display_name": "p", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5}))
        engine.execute(path, tmp_path / "done.ipynb", {"study": "x"}, outputs=tmp_path / outputs, study=tmp_path / "study", each_cell=lambda: None, nursery=nursery)
        return canonical.canonical(json.loads((tmp_path / "done.ipynb").read_text()))
    return ran


@pytest.fixture(scope="module")
def nursery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nursery")
    with kernels.nursery(kernels.environment(folder, folder)) as made:
        yield made


def said(notebook: dict) -> list[str]:
    return ["".join(out["text"]) for cell in notebook["cells"] for out in cell.get("outputs", []) if "text" in out]


CELLS = ["import os, sys, random, numpy", "print(sorted(set('abc')), hash('a'), os.getcwd().split('/')[-1], os.environ['TZ'])",
         "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.gcf().get_size_inches()", "import pandas as pd\npd.DataFrame({'a': [1]})", "1 / 0"]


def test_a_forked_kernel_gives_the_same_results_as_a_started_one(executed, nursery):
    with pytest.raises(engine.CellFailed) as usual:
        executed(*CELLS)
    with pytest.raises(engine.CellFailed) as forked:
        executed(*CELLS, nursery=nursery)

    assert usual.value == forked.value
    assert executed(*CELLS[:-1]) == executed(*CELLS[:-1], nursery=nursery)


def test_each_kernel_is_a_process_of_its_own(executed, nursery):
    first = said(executed("import os\nprint(os.getpid()); left = 1", nursery=nursery))
    second = said(executed("import os\nprint(os.getpid(), 'left' in globals())", nursery=nursery))

    assert second[0].split()[1] == "False"
    assert first[0].split()[0] != second[0].split()[0]


def test_each_kernel_has_the_outputs_of_its_own_notebook(executed, nursery):
    one = said(executed("import os\nprint(os.environ['SIXPHASE_OUTPUTS'][-3:])", nursery=nursery, outputs="one"))
    two = said(executed("import os\nprint(os.environ['SIXPHASE_OUTPUTS'][-3:])", nursery=nursery, outputs="two"))

    assert (one, two) == (["one\n"], ["two\n"])


def test_a_kernel_that_kills_itself_ends_in_a_sentence(executed, nursery):
    with pytest.raises(engine.CellFailed, match="died"):
        executed("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", nursery=nursery)


def test_no_kernel_outlives_its_nursery(tmp_path):
    with kernels.nursery(kernels.environment(tmp_path, tmp_path)) as made:
        connection = tmp_path / "connection.json"
        connection.write_text(json.dumps({"shell_port": 0, "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0, "ip": "127.0.0.1", "key": "", "transport": "tcp",
                                          "signature_scheme": "hmac-sha256", "kernel_name": "python3"}))
        born = made.born(str(connection), dict(os.environ), str(tmp_path))
        assert born.poll() is None

    deadline = time.monotonic() + 10
    while born.poll() is None and time.monotonic() < deadline:
        os.sched_yield()
    assert born.poll() == 0


def test_where_processes_cannot_be_forked_there_is_no_nursery(monkeypatch, tmp_path):
    monkeypatch.setattr(kernels, "CAN_FORK", False)

    with kernels.nursery(dict(os.environ)) as made:
        assert made is None
    assert sys.platform == "linux"


def test_kernels_end_when_their_nursery_is_killed(tmp_path):
    made = kernels.Nursery(kernels.environment(tmp_path, tmp_path))
    connection = tmp_path / "connection.json"
    connection.write_text(json.dumps({"shell_port": 0, "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0, "ip": "127.0.0.1", "key": "", "transport": "tcp",
                                      "signature_scheme": "hmac-sha256", "kernel_name": "python3"}))
    born = made.born(str(connection), dict(os.environ), str(tmp_path))

    made._process.kill()
    made._process.wait()

    deadline = time.monotonic() + 30
    while born.poll() is None and time.monotonic() < deadline:
        os.sched_yield()
    assert born.poll() == 0


def test_kernels_keep_the_hash_seed_and_zone_only_when_a_verification_sets_them(monkeypatch, tmp_path):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")

    assert kernels.environment(tmp_path, tmp_path)["TZ"] == "UTC"
    monkeypatch.setenv("SIXPHASE_VARIED", "yes")
    assert kernels.environment(tmp_path, tmp_path)["TZ"] == "Pacific/Kiritimati"

"""One form for a notebook, wherever it was saved: the same cells and results give the same bytes.

Kept: cells, tags, outputs. Taken away: clocks, execution times, paths, kernel versions, widget state, and the cell that
papermill injects. Executions are numbered from 1. Only plain Python is used, so that JupyterLab's save hook is quick.
"""

import json
import re

KEPT = {"tags", "jupyter", "collapsed", "editable", "slideshow"}
STREAMS = re.compile(r"\x1b\[[0-9;]*m")
PARAMETER = re.compile(r"^(?P<name>\w+)(?P<kind>\s*:\s*[^=\n]+?)?\s*=\s*(?P<value>.+?)(?P<help>\s*#.*)?$", re.M)


def canonical(notebook: dict) -> dict:
    """A notebook (as JSON gives it) in canonical form."""
    cells = [cell for cell in notebook["cells"] if "injected-parameters" not in cell.get("metadata", {}).get("tags", [])]
    numbers = iter(range(1, len(cells) + 1))
    return {"cells": [_cell(cell, place, numbers) for place, cell in enumerate(cells)],
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}},
            "nbformat": 4, "nbformat_minor": 5}


def dumped(notebook: dict) -> str:
    """A notebook as text: sorted keys, one space, a line feed at the end."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def without_outputs(notebook: dict) -> dict:
    """A notebook with its results taken away: what may be kept of a study of real people."""
    return {**notebook, "cells": [{**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]}


def parameters(notebook: dict) -> dict[str, str] | None:
    """The names and values (as code) of the parameters cell; None when there is none."""
    cells = [cell for cell in notebook["cells"] if "parameters" in cell.get("metadata", {}).get("tags", [])]
    return {found["name"]: found["value"] for found in PARAMETER.finditer(_source(cells[0]))} if cells else None


def parameter_kinds(notebook: dict) -> dict[str, str]:
    """The kinds that the parameters cell states for its parameters: int, float, str, bool, list."""
    cells = [cell for cell in notebook["cells"] if "parameters" in cell.get("metadata", {}).get("tags", [])]
    return {found["name"]: found["kind"].strip(": \t") for cell in cells[:1] for found in PARAMETER.finditer(_source(cell)) if found["kind"]}


def _cell(cell: dict, place: int, numbers) -> dict:
    kept = {key: value for key, value in cell.get("metadata", {}).items() if key in KEPT and value not in ([], {}, None)}
    told = {"cell_type": cell["cell_type"], "id": cell.get("id") or f"cell-{place + 1}", "metadata": kept, "source": _source(cell).splitlines(keepends=True)}
    if cell["cell_type"] != "code":
        return told
    outputs = [out for raw in cell.get("outputs", []) if (out := _output(raw))]
    ran = bool(cell.get("execution_count")) or bool(outputs)
    count = next(numbers) if ran else None
    for out in outputs:
        if out["output_type"] == "execute_result":
            out["execution_count"] = count
    return {**told, "execution_count": count, "outputs": outputs}


def _output(output: dict) -> dict | None:
    if output["output_type"] == "stream":
        return {"name": output["name"], "output_type": "stream", "text": STREAMS.sub("", _text(output["text"])).splitlines(keepends=True)}
    if output["output_type"] == "error":
        return {"ename": output["ename"], "evalue": output["evalue"], "output_type": "error", "traceback": [STREAMS.sub("", line) for line in output["traceback"]]}
    data = {kind: value for kind, value in output["data"].items() if not kind.startswith("application/vnd.jupyter.widget")}
    if not data:
        return None
    lines = {kind: _text(value).splitlines(keepends=True) if isinstance(value, str | list) else value for kind, value in sorted(data.items())}
    return {"data": lines, "metadata": {}, "output_type": output["output_type"]}


def _source(cell: dict) -> str:
    return _text(cell["source"])


def _text(value: str | list) -> str:
    return value if isinstance(value, str) else "".join(value)

"""A run: the six notebooks on one study, what has not changed skipped, everything that came of it written down.

`outputs/<study>/` gets the executed notebooks (.ipynb and HTML), figures, tables and pages, and `manifest.json` with the
SHA-256 of every input and output. A notebook is skipped when its key (its source, its parameters, the study, the library,
the lock) and all of its outputs are what the manifest says. The study is only read.
"""

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from filelock import FileLock, Timeout

from ..places import NOTEBOOKS, OUTPUTS, ROOT
from ..problems import Problem, StudyError, nearest
from .canonical import canonical, dumped, parameter_kinds, parameters as parameters_of
from .saving import says_synthetic

NOT_INPUTS = ("raw", ".adding", "published")  # in a study folder, but nothing that results are made of
EXAMPLES = {"int": "7", "str": "wait*", "list": '["am"]', "bool": "true"}  # kinds of parameters, as they are typed
Watch = Callable[[str, int, int], None]  # notebook, code cells done, code cells in all


class RunFailed(Exception):
    """A notebook that did not reach its end; the message says which cell, and what to do."""


def run_study(folder: Path, *, only: Iterable[str] = (), parameters: dict | None = None, outputs: Path | None = None, workers: int | None = None,
              again: bool = False, watch: Watch = lambda *_: None) -> tuple[Path, list[str]]:
    """Run the notebooks on a study.

    Parameters
    ----------
    folder : Path
        The study.
    only : iterable of str
        Notebooks to run, by their number or name; all six unless it is given.
    parameters : dict
        Values for parameters cells; each must be a parameter of at least one notebook that runs.
    outputs : Path, optional
        Where to write; unless it is given, `outputs/<study>` in the repository, or beside a study that lies elsewhere.
    workers : int, optional
        Notebooks at a time; one more than there are cores (a kernel that starts mostly waits), at most 4, unless it is given.
    again : bool
        Run even what has not changed.
    watch : callable
        Told of each cell.

    Returns
    -------
    (outputs, run)
        Where the results are, and the notebooks that ran.

    Raises
    ------
    StudyError
        The study has problems, or a parameter or notebook is unknown. Nothing ran.
    RunFailed
        A notebook failed; the results of the others, and of earlier runs, are kept.
    """
    outputs = (outputs or (OUTPUTS if folder.is_relative_to(ROOT) else folder.parent / "outputs") / folder.name).resolve()
    if outputs == folder or folder in outputs.parents:
        raise StudyError([Problem(str(outputs), None, "the outputs would lie inside the study", do="choose a folder outside it with --outputs")], "what was asked for")
    given = dict(parameters or {})
    chosen = _chosen(only, given)
    inputs = tree(folder, skip=NOT_INPUTS)
    common = _sha256(json.dumps([inputs, tree(ROOT / "lib" / "sixphase"), _sha256((ROOT / "requirements.lock").read_bytes())], sort_keys=True).encode())
    keys = {path: _key(path, common, folder.name, given) for path in chosen}
    manifest = _read_manifest(outputs)
    stale = [path for path in chosen if again or not _is_current(outputs, manifest["notebooks"].get(path.stem), keys[path])]
    if not stale:
        return outputs, []
    from . import kernels

    try:
        with kernels.nursery(kernels.environment(outputs, folder)) as nursery:  # loads its libraries while we check
            _refuse_problems(folder)
            outputs.mkdir(parents=True, exist_ok=True)
            with FileLock(outputs / ".running", timeout=0):
                _run(stale, folder, outputs, given, workers, watch, keys, inputs, manifest, nursery)
    except Timeout:
        raise RunFailed(f"another run of {folder.name} is writing to {outputs}. Wait for it to end, or choose another folder with --outputs.") from None
    return outputs, [path.stem for path in stale]


def _run(stale, folder, outputs, given, workers, watch, keys, inputs, manifest, nursery) -> None:
    """Execute notebooks side by side; record each that reached its end, then report those that did not."""
    from ..show.results import SYNTHETIC

    failures, broken, stop = [], [], threading.Event()
    with ThreadPoolExecutor(workers or min(4, (os.cpu_count() or 1) + 1)) as pool:
        running = {path: pool.submit(_one, path, folder, outputs, _wanted(path, given, folder.name), watch, stop, nursery) for path in stale}
        try:
            for path, result in running.items():
                try:
                    part, promise = result.result()
                    broken += [promise] if promise else []
                    key = "" if promise else keys[path]  # tried again by the next run
                    manifest["notebooks"][path.stem] = {"key": key, "outputs": _move_in(outputs, path.stem, part, manifest)}
                except RunFailed as failure:
                    failures.append(str(failure))
                    manifest["notebooks"].pop(path.stem, None)
        except KeyboardInterrupt:
            stop.set()  # each notebook ends after the cell it is in
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    shutil.rmtree(outputs / ".part", ignore_errors=True)
    if tree(folder, skip=NOT_INPUTS) != inputs:
        failures.append(f"The study {folder.name} was changed while its notebooks ran, so the results may not agree. Run it again.")
        manifest["notebooks"] = {}
    label = SYNTHETIC if says_synthetic(folder) else ""
    manifest |= {"study": folder.name, "label": label, "inputs": inputs}
    (outputs / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
    if failures:
        raise RunFailed("\n\n".join(failures + broken))
    if broken:
        raise RunFailed("\n".join([f"All notebooks were run; the results are in {outputs}. Not kept yet:", *broken]))


def _one(path: Path, folder: Path, outputs: Path, given: dict, watch: Watch, stop: threading.Event, nursery) -> tuple[Path, str]:
    """Execute one notebook into a folder of its own; returns that folder, and the promise at its end that is not kept, if any."""
    from .engine import CellFailed, execute
    from .pages import page

    part = outputs / ".part" / path.stem
    shutil.rmtree(part, ignore_errors=True)
    (part / "notebooks").mkdir(parents=True)
    executed = part / "notebooks" / path.name
    cells = sum(cell["cell_type"] == "code" for cell in _notebook(path)["cells"]) + 1  # papermill adds one
    done = iter(range(1, cells + 1))

    def each_cell() -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        watch(path.stem, next(done, cells), cells)

    watch(path.stem, 0, cells)
    promise = ""
    try:
        execute(path, executed, given, outputs=part, study=folder, each_cell=each_cell, nursery=nursery)
    except CellFailed as failure:
        if not (failure.error.startswith("AssertionError") and failure.cell == cells - 1):
            failed = outputs / "failed" / path.name
            failed.parent.mkdir(exist_ok=True)
            failed.write_text(dumped(canonical(_notebook(executed))), encoding="utf-8", newline="\n")
            raise RunFailed(_told(failure, failed)) from None
        promise = f"    {path.stem}: {failure.error.removeprefix('AssertionError: ')}"
    told = canonical(_notebook(executed))
    executed.write_text(dumped(told), encoding="utf-8", newline="\n")
    executed.with_suffix(".html").write_text(page(told, path.stem), encoding="utf-8", newline="\n")
    return part, promise


def _told(failure, failed: Path) -> str:
    first, *more = failure.error.split("\n")
    places = [line for line in more if line and not line.startswith(" ")] if first.startswith("StudyError") else []  # where each problem is; what to do is in the notebook
    what = "\n    ".join([first, *places])
    return (f"Notebook {failure.notebook} stopped at its code cell {failure.cell} (“{failure.begins[:50]}”): {what}\n"
            f"Open the notebook in JupyterLab and run it up to this cell. As far as it came: {failed}")


def _move_in(outputs: Path, name: str, part: Path, manifest: dict) -> dict[str, str]:
    """Put a notebook's results in place of those it had before; returns the SHA-256 of each."""
    for old in manifest["notebooks"].get(name, {}).get("outputs", {}):
        (outputs / old).unlink(missing_ok=True)
    (outputs / "failed" / f"{name}.ipynb").unlink(missing_ok=True)
    digests = {}
    for file in sorted(path for path in part.rglob("*") if path.is_file()):
        place = outputs / file.relative_to(part)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, place)
        digests[place.relative_to(outputs).as_posix()] = _sha256(place.read_bytes())
    return digests


def tree(folder: Path, *, skip: tuple[str, ...] = ()) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its path with “/”; caches and hidden files left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part in ("__pycache__", *skip) for part in parts) or path.suffix in (".pyc", ".torn")
        if not hidden and path.is_file():
            found["/".join(parts)] = _sha256(path.read_bytes())
    return found


def _refuse_problems(folder: Path) -> None:
    from ..files import check_study

    problems = check_study(folder)
    if problems:
        raise StudyError(problems, f"the study {folder.name}; nothing was run")


def _chosen(only: Iterable[str], given: dict) -> list[Path]:
    """The notebooks that were asked for; refuses unknown ones, and parameters that none of them has."""
    there = {path.stem: path for path in sorted(NOTEBOOKS.glob("*.ipynb"))}
    problems, chosen = [], []
    for wanted in only or there:
        found = [name for name in there if wanted in (name, name.split("_")[0], f"{name}.ipynb")]
        chosen += [there[name] for name in found]
        problems += [] if found else [Problem(wanted, None, "no such notebook", do=nearest(wanted, there))]
    known = {}
    for path in chosen:
        try:
            known[path.stem] = parameters_of(_notebook(path))
        except (ValueError, KeyError, TypeError):
            problems.append(Problem(f"notebooks/{path.name}", None, "not a notebook that can be read", do="put it back as it was; after a merge, look for <<<<<<<"))
            continue
        if known[path.stem] is None or "study" not in known[path.stem]:
            problems.append(Problem(f"notebooks/{path.name}", None, "no cell tagged “parameters” with a study",
                                    do="add one, for example:  study: str = \"ics_leadership\"  # a study in data/, or a path"))
    allowed = {name for found in known.values() for name in found or {}} - {"study"}
    problems += [Problem(f"-p {name}", None, "no notebook has this parameter", do=nearest(name, allowed)) for name in given if name not in allowed]
    kinds = {} if problems else {name: kind for path in chosen for name, kind in parameter_kinds(_notebook(path)).items()}
    problems += [Problem(f"-p {name}", None, "the value is of another kind", f"{kinds[name]}, for example {EXAMPLES[kinds[name]]}", repr(value))
                 for name, value in given.items() if kinds.get(name) in EXAMPLES and type(value).__name__ != kinds[name]]
    if problems:
        raise StudyError(problems, "what was asked for; nothing was run")
    return list(dict.fromkeys(chosen))


def _wanted(path: Path, given: dict, study: str) -> dict:
    """The parameters of one notebook: the study, and those given that it has."""
    return {"study": study, **{name: value for name, value in given.items() if name in (parameters_of(_notebook(path)) or {})}}


def _key(path: Path, common: str, study: str, given: dict) -> str:
    cells = [[cell["cell_type"], "".join(cell["source"])] for cell in _notebook(path)["cells"]]
    return _sha256(json.dumps([common, cells, _wanted(path, given, study)], sort_keys=True, default=str).encode())


def _is_current(outputs: Path, entry: dict | None, key: str) -> bool:
    if not entry or entry["key"] != key:
        return False
    return all((outputs / name).is_file() and _sha256((outputs / name).read_bytes()) == digest for name, digest in entry["outputs"].items())


def _read_manifest(outputs: Path) -> dict:
    try:
        manifest = json.loads((outputs / "manifest.json").read_text(encoding="utf-8"))
        return manifest if isinstance(manifest.get("notebooks"), dict) else {"notebooks": {}}
    except (OSError, ValueError):
        return {"notebooks": {}}


def _notebook(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

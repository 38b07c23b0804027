#!/usr/bin/env python3
"""Set sixphase up, then do what was asked.

    python run.py              run the six notebooks on the worked example
    python run.py test         run the tests (what follows is handed to pytest)
    python run.py lab          open JupyterLab on the notebooks
    python run.py COMMAND ...  any other sixphase command: new, import, check, run ...

The first call makes the folder .venv from requirements.lock (with uv where it can be had,
with pip otherwise); later calls find it ready. Nothing outside this folder is changed.
Only the standard library is used here, so any Python from 3.11 on can start it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-from"
EXAMPLE = "ics_leadership"


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        print(f"sixphase needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).\n"
              "Install a newer Python and start this again with it.", file=sys.stderr)
        return 2
    try:
        set_up()
    except subprocess.CalledProcessError as failure:
        print(f"\nSetting up stopped: “{' '.join(map(str, failure.cmd[:4]))} …” ended with {failure.returncode}.\n"
              "What it printed above says why; most often the package index could not be reached.\n"
              "Start the same command again: it goes on from a clean .venv.", file=sys.stderr)
        return 1
    return subprocess.call(command(arguments), env=environment())


def command(arguments: list[str]) -> list[str]:
    """What to start inside the environment."""
    if not arguments:
        return [str(PYTHON), "-m", "sixphase", "run", EXAMPLE]
    if arguments[0] == "test":
        return [str(PYTHON), "-m", "pytest", "--rootdir", str(ROOT), *(arguments[1:] or [str(ROOT / "tests"), str(ROOT / "notebooks")])]
    if arguments[0] == "lab":
        return [str(PYTHON), "-m", "jupyterlab", "--notebook-dir", str(ROOT), *(arguments[1:] or
                [str(ROOT / "notebooks" / "1_familiarisation.ipynb")])]
    return [str(PYTHON), "-m", "sixphase", *arguments]


def environment() -> dict[str, str]:
    """The caller's environment, with this folder's JupyterLab settings in front."""
    ours = {**os.environ, "SIXPHASE_COMMAND": f"python {Path(sys.argv[0]).name}", "VIRTUAL_ENV": str(VENV), "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", "")])}
    ours["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [str(ROOT / ".jupyter"), os.environ.get("JUPYTER_CONFIG_PATH")]))
    ours.pop("PYTHONHOME", None)
    return ours


def set_up() -> None:
    """Make .venv hold exactly what the lock lists; do nothing when it already does."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    packages = sum(line[:1].isalnum() for line in LOCK.read_text(encoding="utf-8").splitlines())
    print(f"Setting up: up to {packages} packages into {VENV}. This happens once and takes about half a minute.", flush=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True)
    install()
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """What the environment depends on: the lock, our own metadata, this Python and this place."""
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    digest.update(f"{sys.version}{ROOT}".encode())
    return digest.hexdigest()


def install() -> None:
    """Install the lock and then this repository, by uv or by pip."""
    uv = shutil.which("uv") or fetched_uv()
    if uv:
        pip = [uv, "pip", "install", "--python", str(PYTHON), "--link-mode", "copy", "--compile-bytecode", "--quiet"]
    else:
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-qq"]  # errors only
    hushed = {**environment(), "UV_NO_PROGRESS": "" if sys.stderr.isatty() else "1"}
    subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)], check=True, env=hushed)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True, env=hushed)


def fetched_uv() -> str | None:
    """Put the locked uv into .venv with pip; None where that does not work, and pip does it all."""
    entries = LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text("\n".join(entry for entry in entries if entry.startswith("uv==")), encoding="utf-8")
        done = subprocess.run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                               "--require-hashes", "--only-binary", ":all:", "-r", str(only_uv)],
                              capture_output=True, check=False)
    found = BIN / ("uv.exe" if os.name == "nt" else "uv")
    return str(found) if done.returncode == 0 and found.exists() else None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

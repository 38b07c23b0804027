"""Reading a file somebody else made, where it can do no harm: a child process with a limit of time and memory."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

from .arrivals import refused

SECONDS = 120
BYTES = 2_000_000_000
LARGEST = 200_000_000  # bytes of a file that may be a transcript


def in_child(function: str, path: Path, *, seconds: int = SECONDS) -> dict:
    """Call `module:function` with a path in a child process and return its answer.

    Raises
    ------
    StudyError
        The child took too long or too much memory: too large to be a transcript.
    """
    try:
        done = subprocess.run([sys.executable, "-m", __name__, function, str(path)], capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise refused(path, f"reading it took longer than {seconds} seconds: too large to be a transcript") from None
    if done.returncode:
        raise refused(path, "reading it failed or took too much memory: damaged, or too large to be a transcript")
    return json.loads(done.stdout)


def _main(function: str, path: str) -> None:
    try:
        import resource  # not on Windows, where only time is limited
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    except (ImportError, ValueError, OSError):
        pass
    module, name = function.split(":")
    answer = getattr(importlib.import_module(module), name)(path)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _main(*sys.argv[1:])

"""Kernels that start at once: forked from one process that has loaded the libraries already. Linux only.

Starting a kernel and importing pandas and matplotlib costs a second for each notebook; most of a short notebook's time.
Here one process loads them once, while the study is being checked, and each notebook's kernel is a fork of it: an
ordinary ipykernel, in a process and with an environment of its own. Elsewhere kernels start in the usual way.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

SETTINGS = 'import sys\nget_config().HistoryManager.enabled = False\nsys.modules["debugpy"] = None\n'
ENDS_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
CAN_FORK = sys.platform == "linux"  # forking a process that has loaded Apple's libraries is not safe


def environment(outputs: Path, study: Path) -> dict[str, str]:
    """What a kernel sees: the same whoever runs it, and wherever. `sixphase verify` leaves the hash seed, the time zone and the language as it set them."""
    private = _private_folder()
    settings = private / "profile_default" / "ipython_config.py"
    if not settings.exists() or settings.read_text(encoding="utf-8") != SETTINGS:
        settings.parent.mkdir(mode=0o700, exist_ok=True)
        part = settings.with_suffix(f".{threading.get_ident()}")
        part.write_text(SETTINGS, encoding="utf-8")
        os.replace(part, settings)
    fixed = {} if os.environ.get("SIXPHASE_VARIED") else {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return {**os.environ, **fixed, "IPYTHONDIR": str(private), "MPLCONFIGDIR": str(private),
            "SIXPHASE_OUTPUTS": str(outputs), "SIXPHASE_STUDIES": str(study.parent)}


def _private_folder() -> Path:
    """A folder of this person's own for what kernels keep between runs, such as the list of fonts."""
    owner = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"sixphase-kernels-{owner}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and folder.lstat().st_uid != owner:  # somebody else's settings would run as this person's code
        folder = Path(tempfile.mkdtemp(prefix="sixphase-kernels-"))
    return folder


class Nursery:
    """The process that kernels are forked from. One request a line, one process id a line back."""

    def __init__(self, environment: dict[str, str]):
        self._lock = threading.Lock()
        self._process = subprocess.Popen([sys.executable, "-m", __name__], env={**environment, "MPLBACKEND": "module://matplotlib_inline.backend_inline"},
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def born(self, connection_file: str, environment: dict[str, str], folder: str) -> "Born":
        """Fork a kernel that listens where the connection file says."""
        with self._lock:
            self._process.stdin.write(json.dumps({"file": connection_file, "environment": environment, "folder": folder}) + "\n")
            self._process.stdin.flush()
            return Born(int(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process; kernels that still run end with it."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Born:
    """A forked kernel, as jupyter_client looks after a process."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """0 once it has ended, None before."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return 0
        return 0 if state in "ZX" else None  # ended, though nobody has asked for its exit code

    def wait(self) -> int:
        """Its exit code, as far as it can be known."""
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal; nothing happens when it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@contextlib.contextmanager
def nursery(environment: dict[str, str]) -> Iterator[Nursery | None]:
    """A nursery for as long as the block runs; None where kernels are started in the usual way."""
    if not CAN_FORK:
        yield None
        return
    made = Nursery(environment)
    try:
        yield made
    finally:
        made.close()


def _serve() -> None:
    """Load what every notebook loads, then fork a kernel for each line that comes."""
    import ipykernel.kernelapp
    import matplotlib.backends.backend_agg  # noqa: F401
    import matplotlib.backends.backend_svg  # noqa: F401
    import pandas  # noqa: F401

    import sixphase

    for name in sixphase.__all__:
        getattr(sixphase, name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # a kernel that ends leaves nothing behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends us
    nursery, children = os.getpid(), []
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _live(request, ipykernel.kernelapp.IPKernelApp, nursery)
        children.append(child)
        print(child, flush=True)
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _live(request: dict, app: type, nursery: int) -> None:
    """Be a kernel, in a forked process; never returns."""
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(ENDS_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != nursery:  # it was gone before we asked
            os._exit(0)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        os.environ.clear()
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        sys.argv = ["ipykernel"]
        kernel = app.instance()
        kernel.initialize(["-f", request["file"]])
        kernel.start()
    finally:
        os._exit(0)


if __name__ == "__main__":
    _serve()

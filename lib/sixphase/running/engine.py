"""papermill, started quickly: a kernel that keeps no history, loads no debugger and is not waited for when it ends.

Importing papermill takes 1.3 s, most of it a grammar that jsonschema builds for an optional check of addresses; hiding
that optional package brings it to 0.4 s. A kernel's debugger, which nobody can reach during a run, is a third of the
work of starting one. What a cell does is not changed in any way.
"""

import subprocess
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from jupyter_client.kernelspec import KernelSpecManager  # noqa: E402
from jupyter_client.manager import AsyncKernelManager  # noqa: E402
from jupyter_client.provisioning import LocalProvisioner  # noqa: E402
from jupyter_core.paths import jupyter_path  # noqa: E402
from nbclient.exceptions import DeadKernelError  # noqa: E402
from nbformat.v4 import new_output  # noqa: E402
from papermill import execute_notebook  # noqa: E402
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import NBClientEngine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402

from . import kernels  # noqa: E402


@dataclass
class CellFailed(Exception):
    """A cell ended with an error: the notebook, the cell (code cells counted from 1), its first line, and the error."""

    notebook: str
    cell: int
    begins: str
    error: str


class _Engine(NBClientEngine):
    """papermill's own engine, with a kernel that is started in a given place and ended at once."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, start_timeout=120, execution_timeout=None, *, environment, folder, each_cell, nursery, **_):
        forked = {"kernel_manager_class": _manager(nursery)} if nursery else {}
        client = PapermillNotebookClient(nb_man, kernel_name=kernel_name, startup_timeout=start_timeout, timeout=execution_timeout,
                                         shutdown_kernel="immediate", on_cell_executed=lambda **_: each_cell(), **forked)
        # ipykernel warns about its transport on standard error at every start; nobody can do anything about it.
        try:
            return client.execute(env=environment, cwd=str(folder), stderr=subprocess.DEVNULL)
        except DeadKernelError:
            code = [cell for cell in nb_man.nb.cells if cell.cell_type == "code"]
            number = sum(bool(cell.metadata.papermill["start_time"]) for cell in code) or 1
            died = code[number - 1]
            died.execution_count = number
            died.outputs.append(new_output("error", ename="The kernel died", evalue="most often there was not enough memory", traceback=[]))
            return nb_man.nb


class _Provisioner(LocalProvisioner):
    """Gives a kernel manager a forked kernel in place of a started one."""

    nursery: kernels.Nursery

    async def launch_kernel(self, cmd, *, env, cwd, **_):
        self.process = self.nursery.born(self.parent.connection_file, env, cwd)
        self.pid, self.pgid = self.process.pid, self.process.pid
        return self.connection_info


def _manager(nursery: kernels.Nursery) -> type[AsyncKernelManager]:
    """The class of kernel managers whose kernels come from this nursery."""

    class Manager(AsyncKernelManager):
        def _kernel_spec_manager_default(self) -> KernelSpecManager:
            # not the folder of IPython, where nobody keeps kernels: to ask for it makes one, or warns where a home cannot be written
            return KernelSpecManager(parent=self, kernel_dirs=jupyter_path("kernels"))

        async def _async_pre_start_kernel(self, **words):
            self.kernel_id = self.kernel_id or str(uuid.uuid4())
            self.provisioner = _Provisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
            self.provisioner.nursery = nursery
            return await super()._async_pre_start_kernel(**words)

    return Manager


papermill_engines.register("sixphase", _Engine)


def execute(notebook: Path, executed: Path, parameters: dict, *, outputs: Path, study: Path, each_cell: Callable[[], None],
            nursery: kernels.Nursery | None = None) -> None:
    """Run a notebook by papermill in a kernel of its own.

    Parameters
    ----------
    notebook, executed : Path
        The notebook, and where to write it with its results.
    parameters : dict
        Values for its parameters cell.
    outputs : Path
        The folder its results are kept in.
    study : Path
        The folder of the study.
    each_cell : callable
        Called after each code cell.
    nursery : Nursery, optional
        Where the kernel comes from; it is started in the usual way unless there is one.

    Raises
    ------
    CellFailed
        The cells below the failing one did not run.
    """
    try:
        execute_notebook(notebook, executed, parameters, engine_name="sixphase", kernel_name="python3", language="python", progress_bar=False,
                         request_save_on_cell_execute=False, nursery=nursery, environment=kernels.environment(outputs, study), folder=notebook.parent, each_cell=each_cell)
    except PapermillExecutionError as error:
        # papermill put a cell of its own below the parameters
        raise CellFailed(notebook.stem, max(1, (error.exec_count or 1) - 1), error.source.split("\n")[0], f"{error.ename}: {error.evalue}") from None

"""Running the notebooks: canonical form, execution, the manifest."""

from .runs import RunFailed, run_study

__all__ = ["RunFailed", "run_study"]

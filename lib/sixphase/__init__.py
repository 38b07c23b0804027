"""sixphase: thematic analysis you can run again.

In a notebook: `import sixphase as sp`, then `study = sp.open_study("ics_leadership")`. The modules are named for what they
are about: `sp.transcripts`, `sp.cases`, `sp.codings`, `sp.codebook`, `sp.themes`, `sp.quotations`, `sp.memos`, `sp.decisions`.
They take tables and give tables. `sp.show` makes pictures and tables for eyes; `sp.files` records what a person decides.
"""

import importlib

__version__ = "0.1.0"
__all__ = ["approaches", "cases", "codebook", "codings", "decisions", "disclosure", "files", "keep", "measures", "memos", "open_study", "problems",
           "quotations", "report", "show", "spans", "study", "tables", "themes", "transcripts"]
_SHORT = {"open_study": "files", "keep": "show"}


def __getattr__(name: str):
    # Each module is loaded when it is first named, so that a run with nothing to do need not load pandas.
    if name not in __all__:
        raise AttributeError(f"module 'sixphase' has no attribute {name!r}")
    if name in _SHORT:
        return getattr(importlib.import_module(f".{_SHORT[name]}", __name__), name)
    return importlib.import_module(f".{name}", __name__)


def __dir__() -> list[str]:
    return sorted(__all__)

"""Results for eyes: pictures, tables and pages of quotations.

A `show` function takes a finished table and returns an object that displays itself; it computes nothing. `keep` gives a
result its name and its label, and writes it to the outputs when a run asks for that.
"""

import importlib

from .measured import Hidden, measured

_FROM = {"analysis": "course theme_map", "codebooks": "codebook_versions versioned", "framework": "charting matrix", "maps": "map_versions thematic_map",
         "pictures": "attention code_map code_reach codings_over_time cooccurrence coverage heard_from portrait talk theme_overlaps timeline",
         "panes": "board charter coder definer names placer reader reviewer", "reading": "Transcripts still transcripts", "results": "Figure Page Table keep table",
         "reviewing": "absent side_by_side", "words": "concordance extracts memo_list summary"}
_WHERE = {name: module for module, names in _FROM.items() for name in names.split()}
__all__ = sorted([*_WHERE, "Hidden", "measured"])


def __getattr__(name: str):
    # Each module is loaded when something of it is first named: a pane need not wait until what draws pictures is there.
    if name not in _WHERE:
        raise AttributeError(f"module 'sixphase.show' has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_WHERE[name]}", __name__), name)


def __dir__() -> list[str]:
    return __all__

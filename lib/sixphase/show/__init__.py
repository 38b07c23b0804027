"""Results for eyes: pictures, tables and pages of quotations.

A `show` function takes a finished table and returns an object that displays itself; it computes nothing. `keep` gives a
result its name and its label, and writes it to the outputs when a run asks for that.
"""

from .analysis import course, theme_map
from .codebooks import codebook_versions, versioned
from .framework import charting, matrix
from .measured import Hidden, measured
from .maps import map_versions, thematic_map
from .pictures import (attention, code_map, code_reach, codings_over_time, cooccurrence, coverage, heard_from, portrait, talk, theme_overlaps, timeline)
from .panes import board, charter, coder, definer, names, reader, reviewer
from .reading import Transcripts, still, transcripts
from .results import Figure, Page, Table, keep, table
from .reviewing import absent, side_by_side
from .words import concordance, extracts, memo_list, summary

__all__ = ["Figure", "Hidden", "Page", "Table", "Transcripts", "absent", "attention", "board", "charter", "charting", "code_map", "code_reach", "codebook_versions", "coder", "codings_over_time",
           "concordance", "cooccurrence", "course", "coverage", "definer", "extracts", "heard_from", "keep", "map_versions", "matrix", "measured", "memo_list", "names", "portrait", "reader", "reviewer", "side_by_side", "still", "summary",
           "table", "talk", "thematic_map", "theme_map", "theme_overlaps", "timeline", "transcripts", "versioned"]

"""What in a transcript could say who somebody is: names, organisations, places, contacts, numbers, dates, amounts.

Several plain sources propose, a person decides. `proposals` lists written forms with their places; `replacing` puts
bracketed descriptions in their stead and moves spans along. No list is complete: what no source proposes is found by
reading. Spans are code points.
"""

from .folding import folded
from .listing import FORMS, KINDS, again, found, merged, proposals
from .replacing import Replaced, replaced

__all__ = ["FORMS", "KINDS", "Replaced", "again", "folded", "found", "merged", "proposals", "replaced"]

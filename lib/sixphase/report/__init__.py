"""The write-up: what a study says, in words that can be followed back to the transcripts."""

from .chain import chain
from .first_draft import draft
from .gate import attributions, exposures, intruder_log, reviews, unreviewed
from .journals import against_journal
from .manuscript import Manuscript, manuscript
from .prompts import balance, narrative, speakers, wording
from .references import numbers, resolved
from .standards import pack, standards

__all__ = ["Manuscript", "against_journal", "attributions", "balance", "chain", "draft", "exposures", "intruder_log", "manuscript", "narrative", "numbers", "pack", "resolved",
           "reviews", "speakers", "standards", "unreviewed", "wording"]

"""The write-up: what a study says, in words that can be followed back to the transcripts."""

from .chain import chain
from .first_draft import draft
from .gate import attributions, exposures, intruder_log, reviews, unreviewed
from .journals import against_journal
from .manuscript import Manuscript, manuscript
from .references import numbers, resolved

__all__ = ["Manuscript", "against_journal", "attributions", "chain", "draft", "exposures", "intruder_log", "manuscript",
           "numbers", "resolved", "reviews", "unreviewed"]

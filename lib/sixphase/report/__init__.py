"""The write-up: what a study says, in words that can be followed back to the transcripts."""

from .audit import account, audit_trail, codebook_history, software
from .chain import chain
from .first_draft import draft
from .gate import attributions, case_fit, exposures, intruder_log, reviews, unreviewed
from .journals import against_journal
from .manuscript import Manuscript, manuscript
from .prompts import balance, narrative, speakers, wording
from .references import numbers, resolved
from .standards import pack, standards

__all__ = ["Manuscript", "account", "against_journal", "attributions", "audit_trail", "balance", "case_fit", "chain", "codebook_history", "draft", "exposures", "intruder_log", "manuscript", "narrative", "numbers", "pack", "resolved",
           "reviews", "software", "speakers", "standards", "unreviewed", "wording"]

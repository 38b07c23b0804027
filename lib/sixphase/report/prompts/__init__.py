"""Prompts to look at the manuscript again: its wording, and the balance of its narrative. An author may answer any of them with a reason, which is kept."""

from .answers import PROMPTS, answered
from .balance import balance, narrative, speakers
from .wording import wording

__all__ = ["PROMPTS", "answered", "balance", "narrative", "speakers", "wording"]

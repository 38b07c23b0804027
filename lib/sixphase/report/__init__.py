"""The write-up: what a study says, in words that can be followed back to the transcripts."""

from .manuscript import draft, manuscript
from .references import numbers, resolved

__all__ = ["draft", "manuscript", "numbers", "resolved"]

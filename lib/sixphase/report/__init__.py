"""The write-up: what a study says, in words that can be followed back to the transcripts."""

from .manuscript import manuscript

__all__ = ["manuscript"]

"""Measures: questions about a study that have a number in the answer.

Each says what it counts, what it divides by, which approach it fits and how it misleads (`statements`). A measure that is
undefined is NA, with the reason beside it; it is never put down as 0 or 1. Tables go in and a new table comes out.
"""

from . import (agreement, by_character, card_sort, description, double_coding, evenness, gamma, influence, novelty, order, power, questions, resampling,
               statements, unitizing, unseen)

__all__ = ["agreement", "by_character", "card_sort", "description", "double_coding", "evenness", "gamma", "influence", "novelty", "order", "power", "questions", "resampling",
           "statements", "unitizing", "unseen"]

"""Themes: patterns of shared meaning that people develop, review and let go.

Everything here counts, retrieves, compares and asks; a theme is made, kept and let go by a person. Counts are prompts to
read again, each with its unit: a theme heard from few participants may be the one that matters.
"""

from .acts import MOVE_NEEDS, REVIEW_NEEDS, missing, standing
from .asking import asked, asked_adjusted, spoken_of
from .board import all_changes, as_of, board_days, changes, unrecorded
from .contrasts import contrast_pairs, opposites, two_interviews
from .definitions import PARTS, gaps, guide_headings, name_checks, name_history, shortlist
from .evidence import absent, by_order, carried_by, distribution, extracts, heard_from, overlaps, thin_parts
from .framework import CELL, chart_sheet, charted, matrix, passages, sentences
from .groupings import code_map, theme_codes, tops, with_codes, with_subthemes, without_theme
from .maps import thematic_map
from .reviews import looked_at, negative_cases, progress, reviewed, verdicts

__all__ = ["CELL", "MOVE_NEEDS", "PARTS", "REVIEW_NEEDS", "absent", "all_changes", "as_of", "asked", "asked_adjusted", "board_days", "by_order", "carried_by", "changes",
           "chart_sheet", "charted", "code_map", "contrast_pairs", "distribution", "extracts", "gaps", "guide_headings", "heard_from", "looked_at",
           "matrix", "missing", "name_checks", "name_history", "negative_cases", "opposites", "overlaps", "passages", "progress", "reviewed", "sentences",
           "shortlist", "spoken_of", "standing", "thematic_map", "theme_codes", "thin_parts", "tops", "two_interviews", "unrecorded", "verdicts",
           "with_codes", "with_subthemes", "without_theme"]

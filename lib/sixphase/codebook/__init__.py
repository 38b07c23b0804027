"""The codebook: its codes, its versions, and whether it was held stable.

A merged or retired code stays in the codebook; old codings are never rewritten. To count, ask `current` first.
"""

from .codes import became, current, gaps, paths
from .stable import HELD, Hold, changed_by_hand, changed_since, digest, gone_through, held, holds
from .versions import MARKS, a_priori, all_changes, as_of, changes, fates, version_days, versions

__all__ = ["HELD", "Hold", "MARKS", "a_priori", "all_changes", "as_of", "became", "changed_by_hand", "changed_since", "changes", "current", "digest", "fates", "gaps", "gone_through",
           "held", "holds", "paths", "version_days", "versions"]

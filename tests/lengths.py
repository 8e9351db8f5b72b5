"""How long tests take: whether this run is the long form, and on how many examples a property is tried.

Where each example asks a ledger, the short form tries a third of them.
"""

from __future__ import annotations

import os

IS_LONG = bool(os.environ.get("ZHANGGUI_LONG"))


def examples(n_long: int) -> int:
    """Return how many examples this run tries; every run draws others."""
    return n_long if IS_LONG else max(n_long // 3, 3)

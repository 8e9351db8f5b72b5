"""On how many examples a property is tried: where each asks a ledger, on a third of them unless the long form runs."""

from __future__ import annotations

import os

IS_LONG = bool(os.environ.get("ZHANGGUI_LONG"))


def examples(n_long: int) -> int:
    """Return how many examples this run tries; every run draws others."""
    return n_long if IS_LONG else max(n_long // 3, 3)

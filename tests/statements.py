"""Where all shops and ledgers of a run of tests keep the statements that they compile."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ZHANGGUI_LEDGER_STATEMENTS"


def shared_statements() -> Path:
    """Return the folder, for ledgers that are opened without a shop."""
    return Path(os.environ[VARIABLE])

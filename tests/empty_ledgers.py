"""An empty ledger to copy: making its tables takes as long as opening it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from zhanggui.ledger.engine import LEDGER_FILE, open_ledger


def put_empty_ledger(directory: Path) -> None:
    """Put a ledger without rows into a directory that has none."""
    target = directory / LEDGER_FILE
    if not target.exists():
        shutil.copyfile(Path(_made().name) / LEDGER_FILE, target)


@cache
def _made() -> TemporaryDirectory[str]:
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="empty-ledger-")
    open_ledger(Path(folder.name), threads=1).close()
    return folder

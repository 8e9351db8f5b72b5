"""Open the ledger of a shop: one that is missing, or of an older version, is first built from its source files."""

from __future__ import annotations

from collections.abc import Callable

from zhanggui.collect.loading.manifests import ManifestStore
from zhanggui.i18n import Text
from zhanggui.ledger.engine import LEDGER_FILE, Ledger, LedgerOutdatedError, open_ledger
from zhanggui.ledger.shop import Shop


def open_shop_ledger(
    shop: Shop,
    *,
    memory_limit: str,
    threads: int | None,
    tell: Callable[[Text, int], None] = lambda label, n_rows: None,
) -> Ledger:
    """Open the ledger of a shop that this process owns; `tell` hears of it when it is built first.

    Raises
    ------
    LedgerBusyError
        Another process holds the file.
    LedgerTooNewError
        The file was written by a newer program.
    """
    is_lost = not (shop.dir / LEDGER_FILE).exists() and bool(ManifestStore(shop.raw.directory).all())
    if not is_lost:
        try:
            return open_ledger(shop.dir, memory_limit=memory_limit, threads=threads)
        except LedgerOutdatedError:
            pass
    # Most commands read no files, and start faster without what does.
    from zhanggui.collect.loading.rebuild import build_ledger

    build_ledger(shop, tell=tell)
    return open_ledger(shop.dir, memory_limit=memory_limit, threads=threads)

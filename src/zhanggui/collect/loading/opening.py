"""Open the ledger of a shop: one that is missing, or of an older version, is first built from its source files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
    warn: Callable[[Text], None] = lambda text: None,
) -> Ledger:
    """Open the ledger of a shop that this process owns; it is built first where it is lost or of an older program.

    Parameters
    ----------
    shop : Shop
        Owned by this process.
    memory_limit, threads
        As :func:`zhanggui.ledger.engine.open_ledger` takes them.
    tell : callable
        Hears how far a build is.
    warn : callable
        Hears of each import whose source file a build could not read.

    Raises
    ------
    LedgerBusyError
        Another process holds the file.
    LedgerTooNewError
        The file was written by a newer program.
    """
    opened = partial(open_ledger, shop.dir, memory_limit=memory_limit, threads=threads, statements=shop.statements)
    is_lost = not (shop.dir / LEDGER_FILE).exists() and bool(ManifestStore(shop.raw.directory).all())
    if not is_lost:
        try:
            return opened()
        except LedgerOutdatedError:
            pass
    # Most commands read no files, and start faster without what does.
    from zhanggui.collect.loading.rebuild import build_ledger

    for one in build_ledger(shop, tell=tell).unread:
        warn(one.text)
    return opened()

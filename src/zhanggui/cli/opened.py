"""How a command reaches a shop: through its running server, or by opening it itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhanggui.cli.terminal import language, note, rows_told

if TYPE_CHECKING:
    from zhanggui.i18n import Text
    from zhanggui.ledger.engine import Ledger
    from zhanggui.ledger.shop import Shop
    from zhanggui.metrics import Metric


def shop_at(directory: Path | None) -> Shop:
    """Open the shop that ``--shop``, ``$ZHANGGUI_SHOP`` or the current directory names."""
    from zhanggui.ledger.shop import find_shop

    return find_shop(directory)


def catalogue_of(shop: Shop | None) -> Mapping[str, Metric]:
    """Return every metric that can be asked: the product's, and the own ones of a shop."""
    from zhanggui.metrics import CATALOGUE

    if shop is None:
        return CATALOGUE
    from zhanggui.metrics.own import OwnMetricBook

    return OwnMetricBook(shop.state).catalogue()


def shop_if_any(directory: Path | None) -> Shop | None:
    """Open the shop that is named, or the one around; None where there is none and none is named."""
    from zhanggui.ledger.shop import ShopMissingError

    try:
        return shop_at(directory)
    except ShopMissingError:
        if directory is not None:
            raise
        return None


@contextmanager
def owned_ledger(shop: Shop, *, is_loading: bool = False) -> Iterator[Ledger]:
    """Own the shop and open its ledger for the length of the block; an import is given less memory than questions."""
    from zhanggui.collect.loading.opening import open_shop_ledger

    settings = shop.settings.ledger
    limit = settings.loading_memory_limit if is_loading else settings.memory_limit
    # Rows are typed one batch after the other; a second thread of the engine would mostly wait, at a price.
    threads = 1 if is_loading else settings.threads
    with shop.owner_lock():
        with rows_told() as tell:
            ledger = open_shop_ledger(shop, memory_limit=limit, threads=threads, tell=tell, warn=_warned)
        with ledger:
            if not is_loading:
                _take_from_log(shop, ledger)
                shop.keep_in_step(ledger)
            yield ledger


def _take_from_log(shop: Shop, ledger: Ledger) -> None:
    """Bring events into the ledger that a collector has taken in meanwhile; most shops have none."""
    if (shop.dir / "log").is_dir():
        from zhanggui.collect.loading.log_projection import LogProjector

        LogProjector(shop, ledger).run()


def _warned(text: Text) -> None:
    note(text.pick(language()))

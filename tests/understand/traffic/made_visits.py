"""An own site with a few visitors, written down so that every number can be worked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.empty_ledgers import put_empty_ledger
from tests.ledger.sessions.made_events import event, put
from tests.metrics.ledgers import arrow_rows, store, stored_in

from zhanggui.ledger.derivations import refresh_following
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

DAY = 24 * 60
Row = dict[str, Any]

STAGES = ("page_view", "product_view", "add_to_cart", "order_created", "purchase")


def way(who: str, minute: float, *names: str, **more: Any) -> list[Row]:
    """Return what one visitor does, a minute apart; an order is named after him."""
    return [
        event(
            minute + place,
            anon_id=who,
            name=name,
            page_path=None if name == "purchase" else f"/{name}",
            order_id=f"o-{who}" if name == "purchase" else None,
            **more,
        )
        for place, name in enumerate(names)
    ]


@contextmanager
def site(folder: Path, events: Sequence[Row], **tables: Sequence[Row]) -> Iterator[Desk]:
    """Give the desk of a shop with one own site, one silent store on Taobao, and these events and rows."""
    shop = Shop.create(folder, "官网")
    shop.stores.add_store("own_site", "官网")
    shop.stores.add_store("taobao", "旗舰店")
    put_empty_ledger(shop.dir)
    with open_ledger(shop.dir, threads=1, statements=shop.statements) as ledger:
        stores = [store(1, "官网", platform="own_site"), store(2, "旗舰店", platform="taobao")]
        with ledger.transaction() as tx:
            for name, rows in {"store": stores, **tables}.items():
                tx.insert(stored_in(name).name, arrow_rows(name, rows))
        put(ledger, events)
        refresh_sessions(ledger, session_rules(shop.settings, shop.dir))
        refresh_following(ledger)
        yield Desk(shop, ledger)
    shop.close()

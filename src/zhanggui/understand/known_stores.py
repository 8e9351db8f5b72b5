"""Names of stores and platforms in filters: one that does not exist is a slip of the pen, not a store without sales."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zhanggui.ledger.jobs import StoreRecord
from zhanggui.metrics import Filter
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.metrics.value_names import PLATFORM_NAMES

STORE_DIMENSIONS = ("platform", "shop")


def refuse_unknown_stores(stores: Sequence[StoreRecord], filters: Iterable[Filter]) -> None:
    """Refuse filters by a store or platform that does not exist; others say nothing of stores.

    Raises
    ------
    BadChoiceError
        There is no such store or platform.
    """
    known = {
        "shop": tuple(dict.fromkeys(store.name for store in stores)),
        "platform": tuple(dict.fromkeys((*(store.platform for store in stores), *PLATFORM_NAMES))),
    }
    numbers = {f"#{store.shop_id}" for store in stores}
    for each in filters:
        if each.dim not in STORE_DIMENSIONS:
            continue
        for value in each.values:
            if value is not None and str(value) not in known[each.dim] and str(value) not in numbers:
                raise BadChoiceError(value, where="store" if each.dim == "shop" else each.dim, allowed=known[each.dim])

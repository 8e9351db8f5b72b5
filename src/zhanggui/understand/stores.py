"""Which stores a page's filters allow: one rule for every subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhanggui.metrics import Filter
from zhanggui.understand.known_stores import STORE_DIMENSIONS, refuse_unknown_stores

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

__all__ = ["STORE_DIMENSIONS", "of_stores", "store_ids"]


def of_stores(filters: Iterable[Filter]) -> list[Filter]:
    """Return the filters that speak of stores: by platform and by store."""
    return [each for each in filters if each.dim in STORE_DIMENSIONS]


def store_ids(desk: Desk, filters: Iterable[Filter]) -> list[int]:
    """Return the numbers of the stores that all filters by platform and store allow; others say nothing of stores.

    Raises
    ------
    BadChoiceError
        A filter names a store or platform that does not exist.
    """
    asked = of_stores(filters)
    stores = desk.shop.stores.list_stores()
    refuse_unknown_stores(stores, asked)
    found = []
    for store in stores:
        names = {"platform": {store.platform}, "shop": {store.name, f"#{store.shop_id}"}}
        if all(names[each.dim] & {str(value) for value in each.values} for each in asked):
            found.append(store.shop_id)
    return found

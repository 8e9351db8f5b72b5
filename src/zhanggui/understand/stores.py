"""Which stores a page's filters allow: one rule for every subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zhanggui.metrics import Filter

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

STORE_DIMENSIONS = ("platform", "shop")


def of_stores(filters: Iterable[Filter]) -> list[Filter]:
    """Return the filters that speak of stores: by platform and by store."""
    return [each for each in filters if each.dim in STORE_DIMENSIONS]


def store_ids(desk: Desk, filters: Iterable[Filter]) -> list[int]:
    """Return the numbers of the stores that all filters by platform and store allow; others say nothing of stores."""
    asked = of_stores(filters)
    found = []
    for store in desk.shop.stores.list_stores():
        names = {"platform": {store.platform}, "shop": {store.name, f"#{store.shop_id}"}}
        if all(names[each.dim] & {str(value) for value in each.values} for each in asked):
            found.append(store.shop_id)
    return found

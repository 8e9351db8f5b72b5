"""Every input table beside sales."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.columns.company_facts import (
    CONTENT_POSTS,
    MARKED_ORDERS,
    PRICE_CHANGES,
    SUPPLIERS,
    TIER_MOVES,
    TRIAL_ENTRIES,
    TRIAL_ORDERS,
)
from zhanggui.columns.erp_facts import ERP_ORDERS
from zhanggui.columns.fact import Fact
from zhanggui.columns.goods_facts import (
    COSTS,
    PURCHASE_ORDERS,
    SKU_COSTS,
    SKU_MAP,
    STOCK_COUNTS,
    STOCK_MOVEMENTS,
    STOCK_SNAPSHOTS,
)
from zhanggui.columns.money_facts import AD_SPEND, MARKET_FACTS, SETTLEMENTS, SHOP_METRICS
from zhanggui.columns.people_facts import CONTACTS, COUPONS, MEMBERS, MESSAGES, POINTS
from zhanggui.columns.service_facts import (
    CREATOR_CONTRACTS,
    LIVE_SESSIONS,
    REVIEWS,
    SERVICE_TICKETS,
    SHIPMENTS,
    STORE_SCORES,
)

FACTS: Mapping[str, Fact] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            SETTLEMENTS,
            AD_SPEND,
            SHOP_METRICS,
            SKU_COSTS,
            SKU_MAP,
            COSTS,
            STOCK_MOVEMENTS,
            STOCK_SNAPSHOTS,
            PURCHASE_ORDERS,
            STOCK_COUNTS,
            SHIPMENTS,
            REVIEWS,
            SERVICE_TICKETS,
            STORE_SCORES,
            CREATOR_CONTRACTS,
            LIVE_SESSIONS,
            MEMBERS,
            POINTS,
            CONTACTS,
            COUPONS,
            MESSAGES,
            MARKET_FACTS,
            ERP_ORDERS,
            MARKED_ORDERS,
            SUPPLIERS,
            PRICE_CHANGES,
            TIER_MOVES,
            CONTENT_POSTS,
            TRIAL_ENTRIES,
            TRIAL_ORDERS,
        )
    }
)
"""Every input table beside sales, by name."""


def is_of_company(table: str) -> bool:
    """Return whether rows of an input table belong to the company unless a file names a store.

    Examples
    --------
    >>> is_of_company("sku_costs"), is_of_company("orders")
    (True, False)
    """
    return table in FACTS and FACTS[table].is_of_company

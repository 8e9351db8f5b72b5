"""Where the simulated stores' money goes: parts of what buyers pay, by the world's own accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from zhanggui.simulate.books import COMPANY, Item, contribution
from zhanggui.simulate.records import OrderKind
from zhanggui.simulate.stores import STORES
from zhanggui.simulate.world import World

Amounts = dict[Item, int]

_TRAFFIC = (Item.AD_SPEND_MINOR, Item.SLOT_FEE_MINOR, Item.CONTENT_MINOR, Item.CREATOR_COMMISSION_MINOR)
_PLATFORM = (Item.COMMISSION_MINOR, Item.SERVICE_FEE_MINOR, Item.PENALTY_MINOR)
_PARCELS = (Item.FREIGHT_MINOR, Item.RETURN_FREIGHT_MINOR, Item.PACKAGING_MINOR, Item.INSURANCE_MINOR)
_PARTS: tuple[tuple[str, tuple[Item, ...], tuple[Item, ...]], ...] = (
    ("refunded", (Item.REFUNDED_MINOR,), ()),
    ("cost of goods kept by buyers", (Item.COST_MINOR,), (Item.COST_BACK_MINOR,)),
    ("traffic: ads, creators, content", _TRAFFIC, ()),
    ("of it ads", (Item.AD_SPEND_MINOR,), ()),
    ("fees of the platform", _PLATFORM, ()),
    ("parcels", _PARCELS, ()),
)
"""Label, what is counted, and what is taken off."""


def money(world: World) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the names of the stores, the whole company last, and rows of parts of the money that buyers pay."""
    as_of = (world.options.end + timedelta(days=1) - date(1970, 1, 1)).days * 86_400
    stores: dict[int, Amounts] = {store.number: {} for store in world.stores}
    whole: Amounts = {}
    for account in world.books.totals(as_of):
        if account.kind is OrderKind.ORDINARY and account.store != COMPANY:
            for amounts in (stores[account.store], whole):
                for item, amount in account.amounts.items():
                    amounts[item] = amounts.get(item, 0) + amount
    columns = [*stores.values(), whole]
    rows = [
        (label, [_share(_sum(one, plus) - _sum(one, less), one) for one in columns]) for label, plus, less in _PARTS
    ]
    rows.append(("left, before staff and rent", [_share(contribution(one), one) for one in columns]))
    return [*(STORES[number].name for number in stores), "all"], rows


def _sum(amounts: Mapping[Item, int], items: tuple[Item, ...]) -> int:
    return sum(amounts.get(item, 0) for item in items)


def _share(amount: int, of: Mapping[Item, int]) -> str:
    return f"{amount / max(of.get(Item.GMV_PAID_MINOR, 0), 1):.1%}"

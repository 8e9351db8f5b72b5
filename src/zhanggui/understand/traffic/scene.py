"""The events that a page looks at: of which stores, which days, which visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.i18n import Text
from zhanggui.ledger.eventcache import EventCache, Part, ShopEvents, open_cache
from zhanggui.metrics import Filter
from zhanggui.metrics.problems import BackwardPeriodError, BadFilterError
from zhanggui.understand.desk import Desk, amount, number
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.traffic.scope import store_ids
from zhanggui.understand.view import View

Dim = Literal["channel", "device", "category"]
DIMS: tuple[Dim, ...] = ("channel", "device", "category")
"""What visits can be split and filtered by."""

NO_EVENTS = Text(
    "这些店铺没有行为事件：平台不导出单个访客的路径，只能看平台申报的流量表。",
    "These stores have no events: platforms export no ways of single visitors, only the traffic that they declare.",
)
NEXT_EVENTS = Text(
    "导入自有网站或小程序的事件（神策、Segment、GA4），见 docs/connectors/events.md。",
    "Load events of the own site or app (Segment, 神策, GA4): docs/connectors/events.md.",
)

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scene:
    """Events of some stores and days.

    Attributes
    ----------
    shops : tuple of ShopEvents
        The stores that send events.
    first, last : date
        The days looked at.
    until : date
        The last day with events: what begins shortly before it may still go on.
    where : mapping
        The values that each dimension of visits is narrowed to.
    silent : tuple of str
        Stores under the filters that send no events.
    """

    shops: tuple[ShopEvents, ...]
    first: date
    last: date
    until: date
    where: Mapping[Dim, frozenset[str]]
    silent: tuple[str, ...]


def scene_of(desk: Desk, view: View) -> Scene:
    """Return the events that a view is about.

    Raises
    ------
    ThinTrafficError
        None of its stores sends events.
    BadFilterError
        A filter that says nothing of visits.
    """
    where: dict[Dim, frozenset[str]] = {}
    for dim in DIMS:
        named = [frozenset(map(str, each.values)) for each in view.where if each.dim == dim]
        if named:
            where[dim] = frozenset.intersection(*named)
    asked = [each for each in view.where if each.dim not in DIMS]
    wrong = [each.dim for each in asked if each.dim not in ("platform", "shop")]
    if wrong:
        raise BadFilterError(wrong[0], why="is nothing that visits can be filtered by")
    allowed = set(store_ids(desk, asked))
    cache = event_cache(desk)
    shops = tuple(shop for shop_id, shop in cache.shops.items() if shop_id in allowed and shop.n_events)
    spans = [days for shop in shops if (days := shop.days())]
    if not spans:
        raise ThinTrafficError(NO_EVENTS, NEXT_EVENTS)
    until = max(last for _, last in spans)
    first, last = view.date_from or min(first for first, _ in spans), view.date_to or until
    if first > last:
        raise BackwardPeriodError(first, last)
    speaking = {shop.shop_id for shop in shops}
    silent = tuple(
        store.name
        for store in desk.shop.stores.list_stores()
        if store.shop_id in allowed - speaking and store.platform != "company"
    )
    return Scene(shops, first, last, until, where, silent)


def event_cache(desk: Desk) -> EventCache:
    """Return the shop's event cache; brought in step once until the ledger changes."""
    return desk.kept("event cache", lambda: open_cache(desk.shop.dir, desk.ledger))


def silent_said(scene: Scene) -> tuple[Text, ...]:
    """Say which stores are not in the numbers since they send no events."""
    if not scene.silent:
        return ()
    names = "、".join(scene.silent)
    return (
        Text(
            f"不含 {names}：平台不导出单个访客的路径，这些店铺看下面平台申报的流量。",
            f"Without {', '.join(scene.silent)}: platforms export no ways of single visitors; what they declare stands "
            "below.",
        ),
    )


class Groups:
    """A dimension of visits: which value each visit, or person, first shows.

    Parameters
    ----------
    desk : Desk
        For categories.
    shop : ShopEvents
        The store.
    dim : {"channel", "device", "category"}
        The dimension.
    """

    def __init__(self, desk: Desk, shop: ShopEvents, dim: Dim) -> None:
        self._dim = dim
        self._column = "item" if dim == "category" else dim
        texts = shop.texts[self._column]
        names = categories_of(desk, shop.shop_id, texts) if dim == "category" else texts
        encoded = pc.dictionary_encode(names)
        self.values: tuple[str, ...] = tuple(map(str, encoded.dictionary.to_pylist()))
        codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        # One more at the end, for events that show nothing: they are numbered -1.
        self._codes = np.append(codes, -1)

    def first_shown(self, found: Ints, who: npt.NDArray[np.int32], part: Part) -> None:
        """Note in `found` the first value of each visit, or person, that has none yet."""
        codes = self._codes[getattr(part, self._column)]
        rows = np.flatnonzero((codes >= 0) & (who >= 0))
        rows = rows[found[who[rows]] < 0]
        # Of several events the first is to count, and of several assignments the last does.
        found[who[rows[::-1]]] = codes[rows[::-1]]


def categories_of(desk: Desk, shop_id: int, items: pa.Array) -> pa.Array:
    """Return the category of each item, by SKU or product id; null where it is not known."""

    def known() -> dict[str, str]:
        product, sku = desk.ledger.table("product"), desk.ledger.table("sku")
        product = product.filter(product.shop_id == shop_id, product.category.notnull())
        products = {row["product_id"]: row["category"] for row in _rows(desk, product.select("product_id", "category"))}
        sku = sku.filter(sku.shop_id == shop_id, sku.product_id.notnull()).select("sku_id", "product_id")
        skus = {row["sku_id"]: products.get(row["product_id"]) for row in _rows(desk, sku)}
        return {**products, **{name: category for name, category in skus.items() if category}}

    found = desk.kept(("category of items", shop_id), known)
    return pa.array([found.get(text) for text in items.to_pylist()], pa.string())


def _rows(desk: Desk, expression: Any) -> list[dict[str, Any]]:  # an Ibis table, whose module is slow to import
    found: list[dict[str, Any]] = desk.ledger.query(expression).to_pylist()
    return found


def allowed_visits(desk: Desk, scene: Scene, shop: ShopEvents, part: Part) -> npt.NDArray[np.bool_] | None:
    """Return which visits of a part the filters allow, or None where all are."""
    if not scene.where:
        return None
    allowed = np.ones(part.n_visits, bool)
    for dim, values in scene.where.items():
        groups = Groups(desk, shop, dim)
        found = np.full(part.n_visits, -1, np.int64)
        groups.first_shown(found, part.visit, part)
        allowed &= np.isin(found, [place for place, value in enumerate(groups.values) if value in values])
    return allowed


def parts_of(desk: Desk, scene: Scene, shop: ShopEvents) -> Iterator[Part]:
    """Yield the events of the days looked at, in visits that the filters allow."""
    for part in shop.between(scene.first, scene.last):
        allowed = allowed_visits(desk, scene, shop, part)
        yield part if allowed is None else part.at_rows(allowed[part.visit])


@dataclass(frozen=True, slots=True)
class OrderWorth:
    """What a paid order of these stores and days left on average.

    Attributes
    ----------
    profit : float or None
        Contribution profit, in major units; None where costs are not known or nothing was paid.
    currency : str or None
        Of the amounts.
    """

    profit: float | None
    currency: str | None


def order_worth(desk: Desk, scene: Scene) -> OrderWorth:
    """Return what a paid order left on average, as the metrics define it."""
    stores = {store.shop_id: store.name for store in desk.shop.stores.list_stores()}
    total = n_orders = 0.0
    currency = None
    for shop in scene.shops:
        name = stores.get(shop.shop_id)
        if name is None:
            continue
        asked = View(date_from=scene.first, date_to=scene.last).only(Filter("shop", (name,)))
        found = desk.ask(asked.question("contribution_profit", "orders_paid"))
        row = found.rows[0] if found.rows else {}
        profit = number(row, "contribution_profit")
        if profit is not None:
            total += profit
            n_orders += amount(row, "orders_paid")
            currency = found.currency
    return OrderWorth(total / n_orders if n_orders else None, currency)

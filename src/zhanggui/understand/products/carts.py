"""加购率下滑 Where fewer put a product into the cart: other visitors, the whole store, or its own page (C-GOODS-06)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from scipy.stats import norm

from zhanggui.i18n import Text
from zhanggui.methods.association import false_discovery_rates
from zhanggui.understand.desk import Desk
from zhanggui.understand.products.goods_names import foreign_products
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.view import View

NOW_DAYS, BEFORE_DAYS = 14, 28
"""Days that are compared with the days before them."""

LEAST_VISITORS, FALL, MOST_Q = 200, 0.2, 0.05
MIX_POINTS, MORE_VISITORS = 0.10, 1.5
"""Change of the share of search, or of visitors, from which other visitors are the likelier cause."""

Cause = Literal["channel", "store", "page"]
CAUSES: Mapping[str, Text] = MappingProxyType(
    {
        "channel": Text("渠道：来的人变了", "channel: other visitors came"),
        "store": Text("全店一起下滑", "the whole store fell"),
        "page": Text("商品页：主图或详情页", "page: main picture or details"),
    }
)
CHECKS: Mapping[str, Text] = MappingProxyType(
    {
        "channel": Text(
            "按来源看转化，停掉带来低意向流量的投放与搜索词。", "Look at conversion by source; stop idle words."
        ),
        "store": Text(
            "先看全店：活动、价格、客服、页面速度。", "Look at the store first: promotions, prices, service."
        ),
        "page": Text(
            "对比改版前后的主图与详情页，换回或测图。", "Compare pictures before and after; put back or test."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CartFall:
    """One product whose carts fell.

    Attributes
    ----------
    shop_id, product_id : int, str
        The product.
    before, now : float
        Cart units for each visitor.
    visitors_before, visitors_now : float
        Visitors a day, days added up.
    search_before, search_now : float or None
        Share of visitors from search.
    q_value : float
        Share of false findings.
    cause : str
        The likelier one of `CAUSES`; estimated.
    """

    shop_id: int
    product_id: str
    before: float
    now: float
    visitors_before: float
    visitors_now: float
    search_before: float | None
    search_now: float | None
    q_value: float
    cause: Cause


def cart_falls(desk: Desk, view: View) -> tuple[CartFall, ...]:
    """Return the products whose carts fell by a fifth and surely, the most visited first.

    Notes
    -----
    The last two weeks against the four before; cart units are counts, compared by a two-sided test of rates, false
    discoveries controlled over all products with enough visitors. Where neither visitors nor the whole store changed,
    the page is what is left: a reason to look, no proof.
    """
    span = desk.span()
    last = view.date_to or (span.last if span else None)
    if last is None:
        return ()
    rows = _sums(desk, view, last)
    compared = [row for row in rows if min(row["v0"] or 0, row["v1"] or 0) >= LEAST_VISITORS and row["c0"]]
    if not compared:
        return ()
    store: dict[int, list[float]] = {}
    for row in rows:
        each = store.setdefault(row["shop_id"], [0.0] * 4)
        for place, name in enumerate(("v0", "c0", "v1", "c1")):
            each[place] += float(row[name] or 0)
    v0, c0, v1, c1 = (np.array([float(row[name] or 0) for row in compared]) for name in ("v0", "c0", "v1", "c1"))
    pooled = (c0 + c1) / (v0 + v1)
    z = (c1 / v1 - c0 / v0) / np.sqrt(pooled * (1 / v0 + 1 / v1))
    q_values = false_discovery_rates(np.asarray(norm.cdf(z), dtype=float))
    found = []
    for place, row in enumerate(compared):
        if q_values[place] > MOST_Q or c1[place] / v1[place] > (1 - FALL) * c0[place] / v0[place]:
            continue
        found.append(_fall(desk, row, float(q_values[place]), store[row["shop_id"]]))
    return tuple(sorted(found, key=lambda each: -each.visitors_now))


def _fall(desk: Desk, row: Mapping[str, Any], q_value: float, store: list[float]) -> CartFall:
    v0, c0, v1, c1 = (float(row[name] or 0) for name in ("v0", "c0", "v1", "c1"))
    s0, s1 = (None if row[name] is None else float(row[name]) for name in ("s0", "s1"))
    search_before, search_now = (None if s is None else s / v for s, v in ((s0, v0), (s1, v1)))
    shop = row["shop_id"]
    return CartFall(
        shop, foreign_products(desk).get((shop, row["object_path"]), row["object_path"]), c0 / v0, c1 / v1,
        v0 / BEFORE_DAYS, v1 / NOW_DAYS, search_before, search_now, q_value,
        _cause(v0 / BEFORE_DAYS, v1 / NOW_DAYS, search_before, search_now, store),
    )  # fmt: skip


def _cause(v0: float, v1: float, s0: float | None, s1: float | None, store: list[float]) -> Cause:
    is_other_mix = s0 is not None and s1 is not None and abs(s1 - s0) >= MIX_POINTS
    if is_other_mix or v1 >= MORE_VISITORS * v0:
        return "channel"
    visitors_before, carts_before, visitors_now, carts_now = store
    is_store = visitors_now > 0 and carts_now / visitors_now <= (1 - FALL) * carts_before / max(visitors_before, 1.0)
    return "store" if is_store else "page"


def _sums(desk: Desk, view: View, last: date) -> list[dict[str, Any]]:
    since = last - timedelta(days=NOW_DAYS - 1)
    stores = tuple(each for each in view.where if each.dim in ("platform", "shop"))
    window = View(since - timedelta(days=BEFORE_DAYS), last, stores)
    rows = rows_in_view(desk, window, "shop_metric_daily", day="day")
    rows = rows.filter((rows.object_type == "product") & rows.cart_units.notnull())
    is_now = rows.day >= since
    sums = rows.group_by(["shop_id", "object_path"]).aggregate(
        v0=rows.visitors.sum(where=~is_now), c0=rows.cart_units.sum(where=~is_now),
        s0=rows.search_visitors.sum(where=~is_now), v1=rows.visitors.sum(where=is_now),
        c1=rows.cart_units.sum(where=is_now), s1=rows.search_visitors.sum(where=is_now),
    )  # fmt: skip
    return list(desk.ledger.query(sums.order_by(["shop_id", "object_path"])).to_pylist())

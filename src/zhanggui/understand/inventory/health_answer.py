"""Health of stock as an answer for pages, the terminal and programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec.words import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.answer_parts import AGE_NAMES, BAND_NAMES, StockAnswer, about, plain
from zhanggui.understand.inventory.book import Rules, book_of, levels_by_place, rules_in
from zhanggui.understand.inventory.health import BANDS, Health, health_of, score_of
from zhanggui.understand.view import Pairs, View, view_from_pairs

MOST_ROWS = 200
_EVIDENCE: Mapping[str, Evidence] = MappingProxyType(
    {"stock_value": "counted", "stock_out_rate": "counted", "lost_revenue": "estimated", "cover_days": "estimated",
     "ages": "estimated"}
)  # fmt: skip


class Ranged(BaseModel):
    """An estimate in money with the ends of its 90% interval."""

    value: float | None
    low: float | None
    high: float | None


class Part(BaseModel):
    """A part of stock: SKUs, units, value at cost, and its share of the whole value."""

    key: str
    label: Text
    skus: int
    units: float
    value: float | None
    share: float | None


class ScoreParts(BaseModel):
    """Health from 0 to 100, and the shares from 0 to 1 that it is the mean of."""

    points: float
    available: float
    right_sized: float
    moving: float


class SkuHealth(BaseModel):
    """One SKU."""

    sku: str
    name: str
    category: str
    band: str
    on_hand: float
    value: float | None
    sold: float
    demand_a_day: float | None
    cover_days: float | None
    days_out: int
    days_since_sale: float | None
    lost_units: float
    lost_revenue: float | None


class HealthAnswer(StockAnswer):
    """Health as ``zhanggui inventory health --json`` prints it; `skus` are those with most money first."""

    rules: dict[str, int]
    stock_value: float | None
    mean_stock_value: float | None
    cost_of_goods: float | None
    days_of_stock: float | None
    turns: float | None
    stock_out_rate: float | None
    sku_days_out: int
    sku_days_on_sale: int
    never_in_stock: int
    lost_units: float
    lost_revenue: Ranged
    lost_margin: Ranged
    slow_rate: float | None
    slow_sku_rate: float | None
    dead_value: float | None
    score: ScoreParts | None
    bands: tuple[Part, ...]
    ages: tuple[Part, ...]
    by_warehouse: tuple[Part, ...]
    by_category: tuple[Part, ...]
    by_abc: tuple[Part, ...]
    skus: tuple[SkuHealth, ...]


def health_in(desk: Desk, view: View, rules: Rules) -> Health:
    """Return the health of a view; made once until the ledger changes."""
    key = ("stock_health", view.date_from, view.date_to, rules)
    return desk.kept(key, lambda: health_of(book_of(desk, view, rules), rules))


def health_of_pairs(desk: Desk, pairs: Pairs) -> HealthAnswer:
    """Return health; ``low_days``, ``high_days``, ``slow_days``, ``dead_days``, ``window_days`` replace the rules."""
    return health_answer(desk, view_from_pairs(pairs), rules_in(pairs))


def health_answer(desk: Desk, view: View, rules: Rules) -> HealthAnswer:
    """Return health as an answer."""
    found = health_in(desk, view, rules)
    book, total = found.book, found.stock_value
    on_sale, score = found.is_on_sale, score_of(found)
    with_stock = found.on_hand > 0
    slow = np.isin(found.band, [BANDS.index("slow"), BANDS.index("dead")])
    return HealthAnswer(
        **about(desk, book, *_told(found), evidence=_EVIDENCE),
        rules={name: getattr(rules, name) for name in Rules.__dataclass_fields__},
        stock_value=book.major(total),
        mean_stock_value=book.major(found.mean_value),
        cost_of_goods=book.major(found.cost_of_goods),
        days_of_stock=plain(found.days_of_stock),
        turns=plain(found.turns),
        stock_out_rate=plain(found.stock_out_rate, 6),
        sku_days_out=int(found.days_out.sum()),
        sku_days_on_sale=int(found.days_on_sale.sum()),
        never_in_stock=int((~on_sale).sum()),
        lost_units=round(float(found.demand.lost.sum()), 1),
        lost_revenue=_ranged(found, book.goods.price),
        lost_margin=_ranged(found, np.maximum(book.goods.margin, 0)),
        slow_rate=plain(found.value_of("slow", "dead") / total, 6) if total else None,
        slow_sku_rate=plain(float(slow.sum() / with_stock.sum()), 6) if with_stock.any() else None,
        dead_value=book.major(found.value_of("dead")),
        score=None if score is None else ScoreParts(
            points=round(score.points, 1), available=score.available, right_sized=score.right_sized, moving=score.moving
        ),
        bands=tuple(_part(found, name, BAND_NAMES[name], found.band == n) for n, name in enumerate(BANDS)),
        ages=age_parts(found),
        by_warehouse=warehouse_parts(desk, found),
        by_category=_category_parts(found),
        by_abc=_abc_parts(found),
        skus=tuple(sku_rows(found, np.argsort(-np.nan_to_num(found.value), kind="stable")[:MOST_ROWS])),
    )  # fmt: skip


def sku_rows(found: Health, chosen: Iterable[int]) -> Iterable[SkuHealth]:
    """Return some SKUs as rows."""
    book = found.book
    for at in map(int, chosen):
        lost = found.demand.lost[at] * book.goods.price[at]
        yield SkuHealth(
            sku=book.course.skus[at],
            name=book.goods.names[at],
            category=book.goods.categories[at],
            band=BANDS[int(found.band[at])],
            on_hand=float(found.on_hand[at]),
            value=book.major(found.value[at]),
            sold=float(found.sold[at]),
            demand_a_day=plain(found.demand.rate[at]),
            cover_days=plain(found.cover[at], 1),
            days_out=int(found.days_out[at]),
            days_since_sale=plain(found.days_since_sale[at]),
            lost_units=round(float(found.demand.lost[at]), 2),
            lost_revenue=book.major(lost),
        )


def _told(found: Health) -> list[Text]:
    """Say what the estimate of lost sales leaves out."""
    told = []
    demand, goods = found.demand, found.book.goods
    if not demand.is_weighed:
        told.append(
            Text(
                "一直有货的商品卖得太少，无法估计各天的忙闲：缺货损失按每天相同估算。",
                "Goods that were never out sold too little to weigh the days by: all days count alike for lost sales.",
            )
        )
    unpriced = int(((demand.lost > 0) & np.isnan(goods.price)).sum())
    if unpriced:
        told.append(
            Text(
                f"{unpriced} 个缺过货的 SKU 在期内没有成交价：缺货件数已估，金额未计。",
                f"{unpriced} SKUs that ran out have no price in the window: their units are estimated, their money is "
                "not.",
            )
        )
    blind = int((np.isnan(demand.rate) & found.is_on_sale).sum())
    if blind:
        told.append(
            Text(
                f"{blind} 个 SKU 期内一直没货：需求未知，缺货损失未估。",
                f"{blind} SKUs had no stock all window: their demand is unknown, and nothing is estimated as lost.",
            )
        )
    return told


def _ranged(found: Health, per_unit: npt.NDArray[np.float64]) -> Ranged:
    value, low, high = (found.book.major(each) for each in found.lost_money(per_unit))
    return Ranged(value=value, low=low, high=high)


def _part(found: Health, key: str, label: Text, chosen: npt.NDArray[np.bool_]) -> Part:
    value, total = float(np.nansum(found.value[chosen])), found.stock_value
    return Part(
        key=key,
        label=label,
        skus=int(chosen.sum()),
        units=float(np.maximum(found.on_hand[chosen], 0).sum()),
        value=found.book.major(value),
        share=plain(value / total, 6) if total else None,
    )


def age_parts(found: Health) -> tuple[Part, ...]:
    """Return stock by age, first in first out."""
    total = found.stock_value
    parts = []
    for place, label in enumerate(AGE_NAMES):
        units = found.ages[:, place]
        value = float(np.nansum(units * found.book.goods.unit_cost))
        share = plain(value / total, 6) if total else None
        n = int((units > 0).sum())
        parts.append(
            Part(
                key=str(place),
                label=label,
                skus=n,
                units=float(units.sum()),
                value=found.book.major(value),
                share=share,
            )
        )
    return tuple(parts)


def warehouse_parts(desk: Desk, found: Health) -> tuple[Part, ...]:
    """Return stock by warehouse."""
    names, held = desk.kept(
        ("stock_places", found.book.first, found.book.last), lambda: levels_by_place(desk.ledger, found.book)
    )
    total, parts = found.stock_value, []
    for name in names:
        units = np.maximum(held[name], 0)
        value = float(np.nansum(units * found.book.goods.unit_cost))
        share = plain(value / total, 6) if total else None
        parts.append(
            Part(key=name, label=Text.same(name), skus=int((units > 0).sum()), units=float(units.sum()),
                 value=found.book.major(value), share=share)
        )  # fmt: skip
    return tuple(parts)


def _category_parts(found: Health) -> tuple[Part, ...]:
    names = np.asarray(found.book.goods.categories, dtype=object)
    parts = [
        _part(found, name, Text.same(name) if name else Text("未知类目", "Category unknown"), names == name)
        for name in sorted(set(found.book.goods.categories))
    ]
    return tuple(sorted(parts, key=lambda part: -(part.value or 0.0)))


def _abc_parts(found: Health) -> tuple[Part, ...]:
    """Return stock by what its goods bring: A are those that bring 80% of the window's revenue, B the next 15%."""
    revenue = found.book.goods.revenue
    order = np.argsort(-revenue, kind="stable")
    before = np.cumsum(revenue[order]) - revenue[order]
    whole = revenue.sum()
    grade = np.full(len(revenue), 2)
    if whole > 0:
        grade[order] = np.select([before < 0.8 * whole, before < 0.95 * whole], [0, 1], 2)
        grade[revenue <= 0] = 2
    return tuple(_part(found, letter, Text.same(letter), grade == n) for n, letter in enumerate("ABC"))

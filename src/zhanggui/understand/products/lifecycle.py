"""The life cycle of goods as an answer for programs: newcomers, hits, what moved, sold out, prices, carts."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.goods import HIT_DAYS, HIT_PERCENT
from zhanggui.metrics.problems import BadFilterError
from zhanggui.money import major
from zhanggui.pagespec import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.carts import CAUSES, CHECKS, cart_falls
from zhanggui.understand.products.goods_names import Goods, goods_of_products, product_titles, shown_variant, sku_specs
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.matrix_answer import sku_products
from zhanggui.understand.products.newcomers import FULL_DAYS, HIT_TENTH, newcomers
from zhanggui.understand.products.prices import Elasticity, Priced, elasticity, price_bands, priced_skus
from zhanggui.understand.products.sales import sku_sales
from zhanggui.understand.products.sell_through import MARKS, moving, sold_out
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

HIT_SHARE = HIT_PERCENT / 100
"""Share of its store's takings of 30 days from which a product is a hit, unless the question says otherwise."""

MOST_STILL = 200
_HITS_BY = frozenset({"platform", "shop", "product", "category", "brand", "currency"})
NO_HITS = Text(
    f"爆品占比不给：店铺账本不满 {HIT_DAYS} 天，或按省份、渠道、SKU 筛选了。",
    f"No share of hits: the books of the stores are shorter than {HIT_DAYS} days, or the filter is by province, "
    "channel or SKU.",
)


class NewRow(BaseModel):
    """One new product since its first sale; forecasts only for those between one and four weeks old."""

    store: str
    product_id: str
    title: str
    first_sold: date
    days: int
    units_first_week: float
    units: float
    units_four_weeks: float | None
    expected: float | None
    low: float | None
    high: float | None
    hit_chance: float | None


class BackTestRow(BaseModel):
    """Mean absolute errors in units, each product forecast by a curve that had not seen it."""

    products: int
    curve: float
    store_mean: float
    straight_line: float
    coverage_of_80: float


class Hits(BaseModel):
    """爆品占比: products that were hits on a day, of all products sold, and what hits took of all takings."""

    least_share: float
    products: int
    share_of_products: float
    share_of_revenue: float
    titles: tuple[str, ...]


class MovingRow(BaseModel):
    """动销率, with the SKUs that did not move and the units that lie there."""

    sold: int
    on_sale: int
    never_in_stock: int
    rate: float | None
    still: tuple[tuple[str, float], ...]
    evidence: Evidence


class SoldOutRow(BaseModel):
    """售罄率 by days since the first receipt."""

    name: str
    skus: int
    received: tuple[float, ...]
    sold: tuple[float, ...]
    rates: tuple[float | None, ...]


class BandRow(BaseModel):
    """What is sold between two prices."""

    low: int
    high: int | None
    skus: int
    units: float
    net_revenue: float
    profit: float


class ElasticityRow(BaseModel):
    """How units followed the price, of one SKU of a store or of all SKUs of a product; null with the reason."""

    level: str
    store: str | None
    code: str
    title: str
    price_changes: int
    units: float
    elasticity: float | None
    standard_error: float | None
    reason: Text | None


class CartRow(BaseModel):
    """One product whose cart share fell, and the likelier cause."""

    store: str
    product_id: str
    title: str
    before: float
    now: float
    search_before: float | None
    search_now: float | None
    q_value: float
    cause: str
    cause_label: Text
    check: Text


class LifecycleAnswer(BaseModel):
    """The life cycle of the goods of some days."""

    date_from: date
    date_to: date
    currency: str
    new_products: tuple[NewRow, ...]
    hit_units: float | None
    hit_rule: Text
    back_test: BackTestRow | None
    forecast_reason: Text | None
    hits: Hits | None
    moving: MovingRow | None
    marks: tuple[int, ...]
    sold_out: tuple[SoldOutRow, ...]
    sold_out_by_size: tuple[SoldOutRow, ...]
    price_bands: tuple[BandRow, ...]
    price_response: tuple[ElasticityRow, ...]
    cart_falls: tuple[CartRow, ...]
    warnings: tuple[Text, ...]


def lifecycle_of_pairs(desk: Desk, pairs: Pairs) -> LifecycleAnswer:
    """Return the life cycle; ``hit_share`` is the share of a store's takings from which a product is a hit."""
    text = last_in(pairs, "hit_share")
    try:
        share = HIT_SHARE if text is None else float(text)
    except ValueError:
        share = 0.0
    if not 0 < share <= 1:
        raise BadFilterError(f"hit_share={text}", why="is no share above 0 and at most 1")
    return lifecycle_answer(desk, view_from_pairs(pairs), share)


def lifecycle_answer(desk: Desk, view: View, hit_share: float = HIT_SHARE) -> LifecycleAnswer:
    """Return the life cycle as ``zhanggui products lifecycle --json`` prints it."""
    key = ("lifecycle_of_goods", view.date_from, view.date_to, view.where, hit_share)
    return desk.kept(key, lambda: _answer(desk, view, hit_share))


def _answer(desk: Desk, view: View, hit_share: float) -> LifecycleAnswer:
    sales = sku_sales(desk, view)
    new, moved, code = newcomers(desk, view), moving(desk, view), sales.currency
    test = new.test
    percent = f"{1 - HIT_TENTH:.0%}"
    told = []
    if moved is None:
        told.append(Text("没有库存快照，动销率不给。", "No count of stock: no sell-through of the range."))
    found_hits = hits(desk, view, hit_share)
    if found_hits is None:
        told.append(NO_HITS)
    return LifecycleAnswer(
        date_from=sales.first,
        date_to=sales.last,
        currency=code,
        new_products=_new_rows(desk, view),
        hit_units=new.hit_units,
        hit_rule=Text(f"{FULL_DAYS} 天销量达到此前新品的前 {percent}。",
                      f"In {FULL_DAYS} days as many units as the best {percent} of new products before."),
        back_test=None
        if test is None
        else BackTestRow(products=test.n, curve=test.curve, store_mean=test.kin_mean, straight_line=test.straight,
                         coverage_of_80=test.coverage),
        forecast_reason=new.reason,
        hits=found_hits,
        moving=None
        if moved is None
        else MovingRow(sold=moved.sold, on_sale=moved.on_sale, never_in_stock=moved.empty, rate=moved.rate,
                       still=moved.still[:MOST_STILL], evidence="estimated"),
        marks=MARKS,
        sold_out=_sold_out_rows(desk, view, "sku"),
        sold_out_by_size=_sold_out_rows(desk, view, "size"),
        price_bands=tuple(
            BandRow(low=band.low, high=band.high, skus=band.skus, units=band.units,
                    net_revenue=major(band.net_minor, code) or 0.0, profit=major(band.profit_minor, code) or 0.0)
            for band in price_bands(sales)
        ),
        price_response=_elasticity_rows(desk, view),
        cart_falls=_cart_rows(desk, view),
        warnings=tuple(told),
    )  # fmt: skip


def hits(desk: Desk, view: View, least_share: float) -> Hits | None:
    """Return which products were hits on a day of a view, and what hits took; None where no day can tell.

    Each day asks the 30 days up to it, as the metric ``hit_share`` does, whatever the border.
    """
    if not {each.dim for each in view.where} <= _HITS_BY:
        return None
    rows = rows_in_view(desk, view, "product_class", day="day")
    rows = rows.filter(rows.is_hit.notnull())
    is_hit = (rows.paid_lately_minor > 0) & (rows.paid_lately_minor >= least_share * rows.store_paid_minor)
    paid = rows.group_by(["shop_id", "product_id"]).aggregate(
        paid=rows.paid_minor.sum(), by_hits=rows.paid_minor.sum(where=is_hit), is_hit=is_hit.any()
    )
    found = desk.ledger.query(paid).to_pylist()
    total = sum(row["paid"] for row in found)
    if total <= 0:
        return None
    titles = product_titles(desk)
    best = sorted((row for row in found if row["is_hit"]), key=lambda row: -row["by_hits"])
    return Hits(
        least_share=least_share,
        products=len(best),
        share_of_products=len(best) / len(found),
        share_of_revenue=float(sum(row["by_hits"] for row in best) / total),
        titles=tuple(titles.get((row["shop_id"], row["product_id"]), row["product_id"]) for row in best),
    )


def _new_rows(desk: Desk, view: View) -> tuple[NewRow, ...]:
    stores, titles = store_names(desk), product_titles(desk)
    return tuple(
        NewRow(
            store=stores.get(row.shop_id, f"#{row.shop_id}"), product_id=row.product_id,
            title=titles.get((row.shop_id, row.product_id), row.product_id), first_sold=row.first, days=row.days,
            units_first_week=row.early, units=row.so_far, units_four_weeks=row.total, expected=row.expected,
            low=row.low, high=row.high, hit_chance=row.hit_chance,
        )
        for row in newcomers(desk, view).rows
    )  # fmt: skip


def _sold_out_rows(desk: Desk, view: View, by: str) -> tuple[SoldOutRow, ...]:
    return tuple(
        SoldOutRow(name=each.name or "-", skus=each.skus, received=each.received, sold=each.sold, rates=each.rates)
        for each in sold_out(desk, view, by=by)
    )


def _elasticity_rows(desk: Desk, view: View) -> tuple[ElasticityRow, ...]:
    """Return products first, over all their SKUs and stores, then SKUs; the surest first."""
    stores, specs, products = store_names(desk), sku_specs(desk), sku_products(desk)
    goods = goods_of_products(desk)
    priced, last = priced_skus(desk, view)
    if last is None:
        return ()
    of_goods: dict[Goods, list[Priced]] = {}
    rows = []
    for (shop, sku), each in priced.items():
        own = goods.get((shop, products.get((shop, sku), "")), Goods(sku, sku))
        of_goods.setdefault(own, []).append(each)
        title = f"{own.title} {shown_variant(specs.get((shop, sku), ''))}".strip()
        rows.append(_elasticity_row("sku", stores.get(shop, f"#{shop}"), sku, title, elasticity([each], last)))
    rows += [
        _elasticity_row("product", None, own.code, own.title, elasticity(each, last)) for own, each in of_goods.items()
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.level, row.elasticity is None, row.standard_error or 99.0, -row.units))
    )


def _elasticity_row(level: str, store: str | None, code: str, title: str, found: Elasticity) -> ElasticityRow:
    return ElasticityRow(
        level=level,
        store=store,
        code=code,
        title=title,
        price_changes=found.n_changes,
        units=found.units,
        elasticity=found.value,
        standard_error=found.error,
        reason=found.reason,
    )


def _cart_rows(desk: Desk, view: View) -> tuple[CartRow, ...]:
    stores, titles = store_names(desk), product_titles(desk)
    return tuple(
        CartRow(
            store=stores.get(each.shop_id, f"#{each.shop_id}"), product_id=each.product_id,
            title=titles.get((each.shop_id, each.product_id), each.product_id), before=each.before, now=each.now,
            search_before=each.search_before, search_now=each.search_now, q_value=each.q_value, cause=each.cause,
            cause_label=CAUSES[each.cause], check=CHECKS[each.cause],
        )
        for each in cart_falls(desk, view)
    )  # fmt: skip

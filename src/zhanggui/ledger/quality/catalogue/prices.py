"""Checks of prices and costs: tags below cost, costs that cannot be."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Check, Rows, finding

MINOR = 100.0
COST_JUMP = 3.0


def sold_below_cost(rows: Rows) -> ir.Table:
    """Return SKUs that were offered for less than they cost, by day; what is given away with an order is no sale.

    The price is the one asked, before coupons and promotions: those are decisions, a price tag below cost is a mistake.
    """
    lines = rows(
        "order_line",
        *("order_id", "sku_id", "line_kind", "unit_price_minor", "line_amount_minor", "quantity", "currency"),
    )
    orders = rows("order_header", "order_id", "created_date")
    costs = rows.anywhere("sku_cost", "internal_sku", "valid_from", "unit_cost_minor", "currency")
    price = ibis.coalesce(lines.unit_price_minor.cast("float64"), lines.line_amount_minor / lines.quantity.nullif(0))
    sold = lines.filter((lines.line_kind == "product") & lines.sku_id.notnull() & (price > 0)).select(
        "shop_id", "order_id", "sku_id", "currency", "quantity", price=price
    )
    dated = sold.inner_join(orders.select("shop_id", "order_id", "created_date"), ["shop_id", "order_id"])
    coded = _with_codes(dated, rows)
    spans = costs.select("internal_sku", "valid_from", "unit_cost_minor", cost_currency="currency")
    spans = spans.mutate(until=spans.valid_from.lead().over(group_by="internal_sku", order_by="valid_from"))
    priced = coded.inner_join(
        spans,
        [
            coded.internal_sku == spans.internal_sku,
            coded.currency == spans.cost_currency,
            coded.created_date >= spans.valid_from,
        ],
    )
    priced = priced.mutate(cost=priced.unit_cost_minor * priced.units)
    below = priced.filter((priced.until.isnull() | (priced.created_date < priced.until)) & (priced.price < priced.cost))
    days = below.group_by(["shop_id", "created_date", "sku_id"]).aggregate(
        n=below.count(),
        price=below.price.min(),
        cost=below.cost.max(),
        money_minor=((below.cost - below.price) * below.quantity).sum().round(),
        currency=below.currency.max(),
    )
    return finding(
        days,
        day=days.created_date,
        subject=days.sku_id,
        n_rows=days.n,
        measured=days.price / MINOR,
        expected=days.cost / MINOR,
    )


def listed_below_cost(rows: Rows) -> ir.Table:
    """Return price changes to less than the unit cost of their day, of goods that nobody bought at that price.

    What was bought is found by its order line.
    """
    prices = rows("price_change", "day", "internal_sku", "new_price_minor", "currency").filter(
        lambda t: t.new_price_minor > 0
    )
    here = {"group_by": ["shop_id", "internal_sku"], "order_by": "day"}
    prices = prices.mutate(until=prices.day.lead().over(**here))
    costs = rows.anywhere("sku_cost", "internal_sku", "valid_from", "unit_cost_minor", "currency")
    costs = costs.mutate(cost_until=costs.valid_from.lead().over(group_by="internal_sku", order_by="valid_from"))
    tags = prices.inner_join(
        costs.rename(cost_currency="currency"),
        [prices.internal_sku == costs.internal_sku, prices.day >= costs.valid_from],
    ).drop("internal_sku_right")
    tags = tags.filter(
        (tags.currency == tags.cost_currency)
        & (tags.cost_until.isnull() | (tags.day < tags.cost_until))
        & (tags.new_price_minor < tags.unit_cost_minor)
    )
    sold = _sold_goods(rows)
    unsold = tags.anti_join(
        sold,
        [
            tags.shop_id == sold.shop_id,
            tags.internal_sku == sold.internal_sku,
            tags.day <= sold.created_date,
            tags.until.isnull() | (sold.created_date < tags.until),
        ],
    )
    return finding(
        unsold,
        subject=unsold.internal_sku,
        measured=unsold.new_price_minor / MINOR,
        expected=unsold.unit_cost_minor / MINOR,
        money_minor=unsold.unit_cost_minor - unsold.new_price_minor,
    )


def _sold_goods(rows: Rows) -> ir.Table:
    """Return what was ordered on which day, by the seller's own codes."""
    lines = rows("order_line", "order_id", "sku_id", "line_kind", "quantity", "currency")
    orders = rows("order_header", "order_id", "created_date")
    sold = lines.filter((lines.line_kind == "product") & lines.sku_id.notnull())
    dated = sold.mutate(price=ibis.literal(0.0)).inner_join(orders, ["shop_id", "order_id"])
    return _with_codes(dated, rows).select("shop_id", "internal_sku", "created_date")


def _with_codes(lines: ir.Table, rows: Rows) -> ir.Table:
    """Add the seller's own code of each line's SKU and how many of it one unit holds; a bundle has no single cost."""
    mapped = rows("sku_map", "platform_sku_id", "internal_sku", "units")
    single = mapped.group_by(["shop_id", "platform_sku_id"]).aggregate(
        n_codes=mapped.internal_sku.nunique(),
        internal_sku=mapped.internal_sku.max(),
        units=ibis.coalesce(mapped.units.cast("float64"), 1.0).max(),
    )
    joined = lines.left_join(single, [lines.shop_id == single.shop_id, lines.sku_id == single.platform_sku_id])
    joined = joined.filter(ibis.coalesce(joined.n_codes, 1) == 1)
    return joined.select(
        "shop_id",
        "sku_id",
        "currency",
        "quantity",
        "price",
        "created_date",
        internal_sku=ibis.coalesce(joined.internal_sku, joined.sku_id),
        units=ibis.coalesce(joined.units, 1.0),
    )


def costs_that_jump(rows: Rows) -> ir.Table:
    """Return unit costs that rose or fell to more than three times, or less than a third, of the cost before."""
    costs = rows("sku_cost", "internal_sku", "valid_from", "unit_cost_minor", "currency")
    before = costs.unit_cost_minor.lag().over(group_by=["shop_id", "internal_sku"], order_by="valid_from")
    steps = costs.mutate(before=before)
    odd = steps.filter(
        (steps.before > 0)
        & (steps.unit_cost_minor > 0)
        & ((steps.unit_cost_minor > COST_JUMP * steps.before) | (steps.unit_cost_minor * COST_JUMP < steps.before))
    )
    return finding(
        odd,
        day=odd.valid_from,
        subject=odd.internal_sku,
        measured=odd.unit_cost_minor / MINOR,
        expected=odd.before / MINOR,
        money_minor=(odd.unit_cost_minor - odd.before).abs(),
    )


CHECKS: tuple[Check, ...] = (
    Check(
        name="items.below_cost",
        label=Text("售价低于成本", "Sold below cost"),
        promise=Text(
            "标价不低于当天的单位成本（赠品除外）", "no price asked lies below the unit cost of the day, gifts apart"
        ),
        aspect=Aspect.VALIDITY,
        table="order_line",
        broken="warning",
        said=Text(
            "{day} {subject} 售价 {measured}，成本 {expected}，卖出 {n} 行",
            "{day}: {subject} was priced at {measured}, its cost is {expected}; {n} lines sold",
        ),
        next_step=Text("核对改价记录和成本表，先改错的那个", "compare price and cost list, and correct the wrong one"),
        findings=sold_below_cost,
        measure="money",
        also_reads=("order_header", "sku_cost", "sku_map"),
    ),
    Check(
        name="prices.below_cost",
        label=Text("标价低于成本", "Priced below cost"),
        promise=Text(
            "调价后的售价不低于当天的单位成本，还没卖出的也一样（吊牌价五折以上的促销除外）",
            "no price is changed to less than the unit cost of the day, of goods that did not sell either; promotions "
            "at half of the list price or more apart",
        ),
        aspect=Aspect.VALIDITY,
        table="price_change",
        broken="warning",
        said=Text(
            "{day} {subject} 改价为 {measured}，成本 {expected}，还没有卖出",
            "{day}: the price of {subject} was changed to {measured}, its cost is {expected}; none was sold",
        ),
        next_step=Text("趁没有人下单先改回来", "put it right before anyone orders"),
        findings=listed_below_cost,
        measure="money",
        also_reads=("sku_cost", "sku_map", "order_line", "order_header"),
    ),
    Check(
        name="costs.jumps",
        label=Text("成本跳变", "Costs that jump"),
        promise=Text("单位成本不会一次变动三倍以上", "no unit cost changes by more than three times at once"),
        aspect=Aspect.VALIDITY,
        table="sku_cost",
        broken="warning",
        said=Text(
            "{subject} 自 {day} 起成本 {measured}，之前 {expected}",
            "{subject} costs {measured} from {day} on, before that {expected}",
        ),
        next_step=Text("核对小数点是否写错", "see whether the decimal point is in its place"),
        findings=costs_that_jump,
        measure="money",
    ),
)
"""Adding a check is adding an entry."""

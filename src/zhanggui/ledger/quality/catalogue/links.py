"""Checks of links: rows that name an order, a cost or an event that nothing else knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Broken, Check, Rows, Shared, finding
from zhanggui.ledger.schema.vocabulary import COMPANY

FEWEST_UNLINKED, UNLINKED_SHARE = 3, 0.05
OPENING_DAYS, BEFORE_DAYS = 45, 7
"""A ledger that begins on the same day as the order reports names orders of the weeks before. In this time a day is
held against the best of the days before it: opening lines get fewer from day to day, a fault makes many at once."""
DEVIATIONS = 3.0
FEWEST_LOST, LOST_SHARE, LOST_DEVIATIONS = 4, 0.2, 4.0
LEAST_LOSS, NEAR_DAYS = 0.02, 14
"""Browsers that block scripts lose some events on every day."""


@dataclass(frozen=True, slots=True)
class Unlinked(Shared):
    """Days on which too many rows name an order that no order report holds.

    Attributes
    ----------
    table : str
        The table whose rows name orders.
    day : str
        Its business day.
    money : str or None
        Column of the money that hangs in the air.
    """

    table: str
    day: str
    money: str | None = None

    @classmethod
    def together(cls, rows: Rows, members: Mapping[str, Unlinked]) -> ir.Table:
        """Return the findings of these checks."""
        named = ibis.union(*(member._named(rows, name) for name, member in members.items()))
        orders = rows("order_header", "order_id", "created_date")
        known = orders.select("shop_id", "order_id", is_known=ibis.literal(True))
        joined = named.left_join(known, ["shop_id", "order_id"])
        is_open = joined.is_known.isnull()
        days = joined.group_by(["check_name", "shop_id", "on"]).aggregate(
            n=joined.count(),
            n_open=is_open.sum(),
            subject=joined.order_id.min(where=is_open),
            money_minor=joined.amount.sum(where=is_open),
            currency=joined.unit.max(),
        )
        begins = orders.group_by("shop_id").aggregate(begins=orders.created_date.min())
        days = days.inner_join(begins, "shop_id")
        days = days.mutate(share=days.n_open / days.n)
        before = ibis.window(group_by=["check_name", "shop_id"], order_by=days.on, preceding=(BEFORE_DAYS, 1))
        lowest = ibis.coalesce(days.share.min().over(before), 1.0)
        is_opening = days.on < days.begins + ibis.interval(days=OPENING_DAYS)
        days = days.mutate(excused=is_opening.ifelse(lowest * days.n, 0.0))
        found = days.filter(
            (days.n_open >= FEWEST_UNLINKED)
            & (days.n_open >= UNLINKED_SHARE * days.n)
            & (days.n_open > days.excused + DEVIATIONS * days.excused.sqrt())
        )
        return finding(
            found,
            day=found.on,
            n_rows=found.n_open,
            measured=1 - found.n_open / found.n,
            expected=1.0,
        )

    def _named(self, rows: Rows, name: str) -> ir.Table:
        """Return the rows that name an order."""
        held = rows(self.table, "order_id", self.day, "currency", *([self.money] if self.money else []))
        named = held.filter(held.order_id.notnull() & held[self.day].notnull())
        amount = named[self.money].abs() if self.money else ibis.null("int64")
        return named.select(
            "shop_id",
            check_name=ibis.literal(name),
            on=named[self.day].cast(ibis.dtype("date")),
            order_id=named.order_id.cast(ibis.dtype("string")),
            amount=amount.cast(ibis.dtype("int64")),
            unit=named.currency.cast(ibis.dtype("string")),
        )


def purchases_not_seen(rows: Rows) -> ir.Table:
    """Return days on which a site's events tell of far fewer of its paid orders than usual.

    A tag that is lost shows beside the orders, which go on as ever: so many are missing that the share usual in the
    days around makes it impossible, and at least a fifth of the day.
    """
    orders = rows("order_header", "order_id", "is_paid", "paid_date", "paid_minor", "currency")
    events = rows("event", "name", "order_id", "event_date")
    seen = events.filter((events.name == "purchase") & events.order_id.notnull())
    span = seen.group_by("shop_id").aggregate(first=seen.event_date.min(), last=seen.event_date.max())
    known = seen.select("shop_id", "order_id", is_seen=ibis.literal(True)).distinct()
    paid = orders.filter(orders.is_paid & orders.paid_date.notnull()).inner_join(span, "shop_id")
    paid = paid.filter((paid.paid_date > paid["first"]) & (paid.paid_date < paid["last"]))
    both = paid.select("shop_id", "order_id", "paid_date", "paid_minor", "currency").left_join(
        known, ["shop_id", "order_id"]
    )
    is_lost = both.is_seen.isnull()
    days = both.group_by(["shop_id", "paid_date"]).aggregate(
        n=both.count(),
        lost=is_lost.sum(),
        money_minor=both.paid_minor.sum(where=is_lost),
        currency=both.currency.max(),
    )
    near = ibis.window(group_by="shop_id", order_by=days.paid_date, preceding=NEAR_DAYS, following=NEAR_DAYS)
    days = days.mutate(usual=ibis.greatest((days.lost / days.n).median().over(near), LEAST_LOSS))
    days = days.mutate(excused=days.usual * days.n)
    found = days.filter(
        (days.lost >= FEWEST_LOST)
        & (days.lost >= LOST_SHARE * days.n)
        & (days.lost > days.excused + LOST_DEVIATIONS * days.excused.sqrt())
    )
    return finding(
        found,
        day=found.paid_date,
        n_rows=found.lost,
        measured=1 - found.lost / found.n,
        expected=1 - found.usual,
    )


def costs_unknown(rows: Rows) -> ir.Table:
    """Return SKUs that were sold and stand on no list of costs, in a company that has such a list."""
    lines = rows("order_line", "order_id", "sku_id", "line_kind", "paid_minor", "cost_minor", "currency")
    orders = rows("order_header", "order_id", "paid_date")
    costs = rows.anywhere("sku_cost", "internal_sku")
    mapped = rows("sku_map", "internal_sku", "platform_sku_id")
    sold = lines.filter(
        (lines.line_kind == "product") & (lines.paid_minor > 0) & lines.sku_id.notnull() & lines.cost_minor.isnull()
    ).select("shop_id", "order_id", "sku_id", "paid_minor", "currency")
    dated = sold.inner_join(orders.select("shop_id", "order_id", "paid_date"), ["shop_id", "order_id"])
    skus = dated.group_by(["shop_id", "sku_id"]).aggregate(
        n=dated.count(),
        last_day=dated.paid_date.max(),
        money_minor=dated.paid_minor.sum(),
        currency=dated.currency.max(),
    )
    codes = mapped.select("shop_id", "internal_sku", sku_id="platform_sku_id")
    both = skus.left_join(codes, ["shop_id", "sku_id"])
    named = both.select(*skus.columns, code=ibis.coalesce(both.internal_sku, both.sku_id))
    open_skus = named.filter((costs.count().as_scalar() > 0) & named.code.notin(costs.internal_sku))
    once = open_skus.group_by(["shop_id", "sku_id"]).aggregate(
        n=open_skus.n.max(),
        last_day=open_skus.last_day.max(),
        money_minor=open_skus.money_minor.max(),
        currency=open_skus.currency.max(),
    )
    return finding(
        once,
        subject=once.sku_id,
        n_rows=once.n,
        measured=once.n,
        expected=0.0,
    )


def orders_of_several_stores(rows: Rows) -> ir.Table:
    """Return orders whose id another store has as well, and that rows of the company name by nothing else.

    What the company keeps for all stores, as costs and the orders of its ERP, names no store: such a row belongs to
    the one store that has the order, and to none where several have it.
    """
    stores = rows.anywhere("store", "shop_id", "platform")
    companies = stores.filter(stores.platform == COMPANY).select("shop_id")
    costs = rows.anywhere("cost_entry", "shop_id", "order_id", "amount_minor")
    orders = rows.anywhere("erp_order_line", "shop_id", "order_id").mutate(amount_minor=ibis.literal(0, "!int64"))
    named = costs.union(orders.select(*costs.columns)).semi_join(companies, "shop_id")
    named = named.filter(named.order_id.notnull())
    sums = named.group_by("order_id").aggregate(n=named.count(), money_minor=named.amount_minor.sum())
    homes = rows.anywhere("order_header", "shop_id", "order_id").semi_join(named, "order_id")
    several = homes.group_by("order_id").aggregate(n_homes=homes.shop_id.nunique())
    several = several.filter(several.n_homes > 1)
    own = rows("order_header", "order_id", "created_date", "currency").semi_join(several, "order_id")
    found = own.inner_join(sums, "order_id")
    return finding(
        found, day=found.created_date, subject=found.order_id, n_rows=found.n, measured=found.n, expected=0.0
    )


_SAID = Text(
    "{day} 有 {n} 行找不到订单（关联率 {measured}），例如 {subject}",
    "{day}: {n} rows name orders that are not held (link rate {measured}), such as {subject}",
)
_LOAD_ORDERS = Text(
    "导入这些订单所在的订单报表；若订单确实不存在，向平台核实这些流水",
    "load the order report that holds them; if there are no such orders, ask the platform what these lines are",
)


def _linked(
    name: str, zh: str, en: str, table: str, day: str, money: str | None, *, broken: Broken = "warning"
) -> Check:
    return Check(
        name=f"{name}.orders",
        label=Text(f"{zh}找不到订单", f"{en} without orders"),
        promise=Text(f"{zh}里的订单都已导入", f"the orders that {en.lower()} name are held"),
        aspect=Aspect.LINKS,
        table=table,
        broken=broken,
        said=_SAID,
        next_step=_LOAD_ORDERS,
        findings=Unlinked(table, day, money),
        measure="share",
        also_reads=("order_header",),
    )


CHECKS: tuple[Check, ...] = (
    _linked(
        "settlements",
        "结算流水",
        "Settlement lines",
        "settlement_entry",
        "booked_date",
        "amount_minor",
        broken="failed",
    ),
    _linked("refunds", "退款", "Refunds", "refund", "refunded_date", "refunded_minor", broken="failed"),
    _linked("shipments", "物流单", "Parcels", "shipment", "shipped_date", "freight_minor"),
    _linked("reviews", "评价", "Reviews", "review", "reviewed_date", None),
    _linked("erp", "ERP 订单", "ERP orders", "erp_order_line", "ordered_date", "line_amount_minor"),
    _linked("points", "积分流水", "Points entries", "points_entry", "occurred_date", None),
    Check(
        name="events.purchases",
        label=Text("埋点丢失成交", "Purchases that events do not tell of"),
        promise=Text("付款订单都有支付成功事件", "events tell of the orders that were paid"),
        aspect=Aspect.LINKS,
        table="event",
        broken="failed",
        said=Text(
            "{day} 只有 {measured} 的付款订单有支付成功事件（通常 {expected}），缺 {n} 单",
            "{day}: events tell of {measured} of the paid orders (usually {expected}); {n} are missing",
        ),
        next_step=Text(
            "检查支付成功页的埋点，最近是否改过页面；访问与转化数字在修好前偏低",
            "look at the tag of the success page: was the page changed? visits and conversion read too low until then",
        ),
        findings=purchases_not_seen,
        measure="share",
        also_reads=("order_header",),
    ),
    Check(
        name="orders.homes",
        label=Text("几家店铺有同一订单编号", "Order ids of several stores"),
        promise=Text(
            "公司费用和 ERP 订单写的订单编号只属于一家店铺",
            "an order id that costs of the company or orders of its ERP name belongs to one store",
        ),
        aspect=Aspect.LINKS,
        table="order_header",
        broken="warning",
        said=Text(
            "订单编号 {subject} 几家店铺都有，公司的 {measured} 行不知道归哪家，没有计入任何一家",
            "several stores have the order id {subject}; {measured} rows of the company's that name it are in none",
        ),
        next_step=Text(
            "把写有这些订单编号的费用或 ERP 订单按店铺分开，导入时指明店铺",
            "split the costs or ERP orders that name these orders by store, and name the store when they are loaded",
        ),
        findings=orders_of_several_stores,
        also_reads=("cost_entry", "erp_order_line"),
    ),
    Check(
        name="items.costs",
        label=Text("卖出的商品没有成本", "Sold without a known cost"),
        promise=Text("卖出的每个 SKU 都在成本表里", "every SKU that was sold stands on the list of costs"),
        aspect=Aspect.LINKS,
        table="sku_cost",
        broken="warning",
        said=Text("{subject} 卖出 {measured} 行，没有成本", "{subject} was sold on {measured} lines and has no cost"),
        next_step=Text(
            "在成本表中补上这些 SKU，或在商品对照表中对应", "add these SKUs to the list of costs, or to the SKU map"
        ),
        findings=costs_unknown,
        also_reads=("order_line", "order_header", "sku_map"),
    ),
)
"""Adding a check is adding an entry."""

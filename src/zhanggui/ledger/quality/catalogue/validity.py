"""Checks of validity: amounts, times, counts and words that cannot be, or hardly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Broken, Check, Findings, Rows, Shared, finding
from zhanggui.ledger.quality.sources import told_until

MANY_UNITS = 10_000
SKEW_MINUTES = 60
"""Clocks of a platform's parts differ by minutes; a time zone that was read wrong, by hours."""


@dataclass(frozen=True, slots=True)
class RowsWhere(Shared):
    """The rows of a table that cannot be, by day.

    Attributes
    ----------
    table : str
        The table.
    reads : tuple of str
        Columns that the test reads.
    is_wrong : callable
        Says of rows whether they cannot be.
    subject : str
        Column whose value names the first of them.
    day, money : str or None
        Business day, and the money at stake.
    """

    table: str
    reads: tuple[str, ...]
    is_wrong: Callable[[ir.Table], ir.BooleanValue]
    subject: str
    day: str | None = None
    money: str | None = None

    @classmethod
    def together(cls, rows: Rows, members: Mapping[str, RowsWhere]) -> ir.Table:
        """Return the findings of these checks."""
        wrong = ibis.union(*(member._wrong(rows, name) for name, member in members.items()))
        days = wrong.group_by(["check_name", "shop_id", "on"]).aggregate(
            n=wrong.count(), subject=wrong.named.min(), money_minor=wrong.amount.sum(), currency=wrong.unit.max()
        )
        return finding(
            days,
            day=days.on,
            n_rows=days.n,
            measured=days.n,
            expected=0.0,
        )

    def _wrong(self, rows: Rows, name: str) -> ir.Table:
        named = [column for column in (self.subject, self.day, self.money) if column is not None]
        held = rows(self.table, *self.reads, *named, "currency")
        wrong = held.filter(self.is_wrong(held))
        day = ibis.null("date") if self.day is None else wrong[self.day]
        amount = ibis.null("int64") if self.money is None else wrong[self.money].abs()
        return wrong.select(
            "shop_id",
            check_name=ibis.literal(name),
            on=day.cast(ibis.dtype("date")),
            named=wrong[self.subject].cast(ibis.dtype("string")),
            amount=amount.cast(ibis.dtype("int64")),
            unit=wrong.currency.cast(ibis.dtype("string")),
        )


def _times_run_backward(rows: ir.Table) -> ir.BooleanValue:
    return _is_before(rows.paid_at, rows.created_at) | _is_before(rows.completed_at, rows.paid_at)


def _is_before(later: ir.TimestampValue, earlier: ir.TimestampValue) -> ir.BooleanValue:
    return (later + ibis.interval(minutes=SKEW_MINUTES)) < earlier


def in_the_future(rows: Rows) -> ir.Table:
    """Return orders of days after the file that names them was made."""
    orders = rows("order_header", "order_id", "batch_id", "created_date", "created_minor", "currency")
    batches = rows("source_batch", "batch_id", "version_at", "loaded_at", "period_end")
    both = orders.inner_join(batches.select("batch_id", last_day=told_until(batches)), "batch_id")
    late = both.filter(both.created_date > both.last_day)
    days = late.group_by(["shop_id", "created_date"]).aggregate(
        n=late.count(), subject=late.order_id.min(), money_minor=late.created_minor.sum(), currency=late.currency.max()
    )
    return finding(
        days,
        day=days.created_date,
        n_rows=days.n,
        measured=days.n,
        expected=0.0,
    )


_ROWS = Text("{day} 有 {measured} 行，例如 {subject}", "{day}: {measured} rows, such as {subject}")
_LOOK_AT_FILE = Text("打开来源文件核对这些行", "open the source file and compare these rows")


def _valid(
    name: str,
    label: Text,
    promise: Text,
    table: str,
    findings: Findings | Shared,
    *,
    broken: Broken = "failed",
    said: Text = _ROWS,
    next_step: Text = _LOOK_AT_FILE,
    also_reads: tuple[str, ...] = (),
) -> Check:
    return Check(name, label, promise, Aspect.VALIDITY, table, broken, said, next_step, findings, also_reads=also_reads)


CHECKS: tuple[Check, ...] = (
    _valid(
        "refunds.above_paid",
        Text("退款大于实付", "Refunded more than paid"),
        Text("订单的退款不超过实付", "no order was refunded more than its buyer paid"),
        "refund",
        RowsWhere(
            "order_header",
            ("is_paid", "refunded_minor", "paid_minor"),
            lambda t: t.is_paid & (t.refunded_minor > t.paid_minor),
            day="paid_date",
            money="refunded_minor",
            subject="order_id",
        ),
        next_step=Text(
            "核对退款报表：同一笔退款可能有两个编号", "compare the refund report: one refund may have two numbers"
        ),
        also_reads=("order_header",),
    ),
    _valid(
        "orders.amounts",
        Text("订单金额为负", "Negative order amounts"),
        Text("订单金额和实付都不是负数", "no order has a negative amount"),
        "order_header",
        RowsWhere(
            "order_header",
            ("created_minor", "paid_minor"),
            lambda t: (t.created_minor < 0) | (t.paid_minor < 0),
            day="created_date",
            money="created_minor",
            subject="order_id",
        ),
    ),
    _valid(
        "orders.times",
        Text("订单时间颠倒", "Order times run backward"),
        Text("下单、付款、完成的时间先后一致", "an order is made, then paid, then completed"),
        "order_header",
        RowsWhere(
            "order_header",
            ("created_at", "paid_at", "completed_at"),
            _times_run_backward,
            day="created_date",
            money="created_minor",
            subject="order_id",
        ),
        next_step=Text("检查映射中的时区和时间列", "look at the time zone and the time columns of the map"),
    ),
    _valid(
        "orders.future",
        Text("订单日期在导出之后", "Orders of days to come"),
        Text("订单的日期不晚于文件的导出时间", "no order is of a day after its file was made"),
        "order_header",
        in_the_future,
        next_step=Text("检查日期格式（日与月是否颠倒）", "look at the format of the dates: are day and month swapped?"),
        also_reads=("source_batch",),
    ),
    _valid(
        "items.quantity",
        Text("商品件数异常", "Unlikely quantities"),
        Text(
            f"商品行的件数在 0 到 {MANY_UNITS:,} 之间",
            f"the quantity of a product line lies between 0 and {MANY_UNITS:,}",
        ),
        "order_line",
        RowsWhere(
            "order_line",
            ("line_kind", "quantity"),
            lambda t: (t.line_kind == "product") & ((t.quantity < 0) | (t.quantity > MANY_UNITS)),
            money="created_minor",
            subject="order_id",
        ),
        broken="warning",
    ),
    _valid(
        "orders.words",
        Text("不认识的订单状态", "Unknown order status"),
        Text("订单状态都认识", "every status word of an order is known"),
        "order_header",
        RowsWhere(
            "order_header",
            ("status",),
            lambda t: t.status == "unknown",
            day="created_date",
            money="created_minor",
            subject="status_raw",
        ),
        said=Text(
            "{day} 有 {measured} 单的状态不认识：{subject}",
            "{day}: {measured} orders with an unknown status: {subject}",
        ),
        next_step=Text("在映射的 [status] 中写明这个词的含义", "say in the map's [status] what the word means"),
    ),
    _valid(
        "settlements.words",
        Text("不认识的账务类型", "Unknown kinds of settlement"),
        Text("结算流水的账务类型都认识", "every kind of settlement line is known"),
        "settlement_entry",
        RowsWhere(
            "settlement_entry",
            ("category",),
            lambda t: t.category == "unknown",
            day="booked_date",
            money="amount_minor",
            subject="scene_raw",
        ),
        broken="warning",
        said=Text(
            "{day} 有 {measured} 行类型不认识：{subject}", "{day}: {measured} lines of an unknown kind: {subject}"
        ),
        next_step=Text("在映射中写明这个类型属于哪个科目", "say in the map which category the word belongs to"),
    ),
    _valid(
        "costs.positive",
        Text("成本为零或负", "Costs of nothing"),
        Text("单位成本大于零", "every unit cost is above zero"),
        "sku_cost",
        RowsWhere(
            "sku_cost", ("unit_cost_minor",), lambda t: t.unit_cost_minor <= 0, day="valid_from", subject="internal_sku"
        ),
        next_step=Text("在成本表中填入真实成本", "write the real cost into the list"),
    ),
    _valid(
        "traffic.people",
        Text("流量数字矛盾", "Traffic figures that contradict each other"),
        Text("浏览量不少于访客数，支付买家不多于访客数", "views are not fewer than visitors, nor buyers more"),
        "shop_metric_daily",
        RowsWhere(
            "shop_metric_daily",
            ("page_views", "visitors", "paid_buyers"),
            lambda t: (t.page_views < t.visitors) | (t.paid_buyers > t.visitors) | (t.visitors < 0),
            day="day",
            subject="object_path",
        ),
        next_step=Text("检查映射中访客数与浏览量是否对调", "see whether the map swaps visitors and views"),
    ),
    _valid(
        "ads.clicks",
        Text("推广数字矛盾", "Advertising figures that contradict each other"),
        Text("点击不多于展现，花费不为负", "clicks are not more than impressions, and no spend is negative"),
        "ad_spend",
        RowsWhere(
            "ad_spend",
            ("clicks", "impressions", "spend_minor"),
            lambda t: (t.clicks > t.impressions) | (t.spend_minor < 0),
            day="day",
            money="spend_minor",
            subject="report_scope",
        ),
        next_step=Text("检查映射中的列是否对调", "see whether the map swaps columns"),
    ),
    _valid(
        "reviews.stars",
        Text("评价星级超出范围", "Stars out of range"),
        Text("评价星级在 1 到 5 之间", "the stars of a review lie between 1 and 5"),
        "review",
        RowsWhere(
            "review", ("stars",), lambda t: (t.stars < 1) | (t.stars > 5), day="reviewed_date", subject="review_id"
        ),
    ),
    _valid(
        "stock.negative",
        Text("库存为负", "Negative stock"),
        Text("没有哪个仓库的库存是负数", "no warehouse holds less than nothing"),
        "stock_movement",
        RowsWhere("stock_balance", ("closing",), lambda t: t.closing < 0, day="day", subject="internal_sku"),
        broken="warning",
        next_step=Text("补录漏掉的入库，或做一次盘点", "book the receipts that are missing, or count the stock"),
        also_reads=("stock_snapshot", "stock_count"),
    ),
)
"""Adding a check is adding an entry."""

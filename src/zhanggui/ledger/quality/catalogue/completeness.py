"""Checks of completeness: days, hours, columns and order lines that are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Broken, Check, Rows, Shared, finding
from zhanggui.ledger.quality.patterns import DAILY, SURE

FEWEST_REPORT_DAYS, QUIET_SHARE = 14, 0.05
"""A report that a platform makes every day has rows on nearly all of its days."""
FEWEST_ROWS, WAS_FILLED, IS_EMPTY = 20, 0.9, 0.02
FEWEST_WITHOUT_LINES, SHARE_WITHOUT_LINES = 3, 0.2
N_HOURS = 24
REPORTS = frozenset(daily.table for daily in DAILY if daily.is_report)


@dataclass(frozen=True, slots=True)
class MissingDays(Shared):
    """Days inside a store's history on which a table has no row at all, though it should.

    Either so many rows are usual that none cannot be luck; or the table is a report that a platform makes every day,
    and the row of its days is unbroken otherwise.

    Attributes
    ----------
    table : str
        One of the tables that follow the days.
    """

    table: str

    @classmethod
    def together(cls, rows: Rows, members: Mapping[str, MissingDays]) -> ir.Table:
        """Return the findings of these checks."""
        volume = rows(
            "day_volume",
            *("source_table", "series", "day", "n_rows", "usual_rows", "near_rows", "usual_money_minor", "currency"),
        )
        of_table = {member.table: name for name, member in members.items()}
        series = ["shop_id", "source_table", "series"]
        days = volume.filter(volume.source_table.isin(list(of_table)))
        days = days.mutate(
            n_quiet=(days.n_rows == 0).sum().over(group_by=series), n_days=days.count().over(group_by=series)
        )
        is_sure = ibis.least(days.usual_rows, days.near_rows) >= SURE
        is_unbroken = (days.n_days >= FEWEST_REPORT_DAYS) & (
            days.n_quiet <= ibis.greatest(1.0, days.n_days * QUIET_SHARE)
        )
        is_report = days.source_table.isin(REPORTS) & is_unbroken & (days.usual_rows >= 1)
        lacking = days.filter((days.n_rows == 0) & (is_sure | is_report))
        # Several reports of one day are one gap, and tell of the same money.
        gaps = lacking.group_by(["shop_id", "source_table", "day"]).aggregate(
            subject=lacking.series.group_concat(", ", order_by=lacking.series),
            lost=lacking.usual_rows.sum(),
            money_minor=lacking.usual_money_minor.max(),
            currency=lacking.currency.max(),
        )
        named = gaps.mutate(check_name=gaps.source_table.substitute(of_table))
        return finding(
            named,
            n_rows=named.lost,
            measured=0.0,
            expected=named.lost,
            money_minor=named.money_minor.nullif(0),
        )


def missing_hours(rows: Rows) -> ir.Table:
    """Return days with hours on end without an order that the store's own hours of the day would have brought."""
    orders = rows("order_header", "created_date", "created_hour")
    taken = orders.filter(orders.created_hour.notnull()).group_by(["shop_id", "created_date", "created_hour"])
    taken = taken.aggregate(n=lambda t: t.count())
    by_hour = taken.group_by(["shop_id", "created_hour"]).aggregate(n=taken.n.sum())
    share = by_hour.select("shop_id", "created_hour", share=by_hour.n / by_hour.n.sum().over(group_by="shop_id"))
    volume = rows(
        "day_volume",
        *("source_table", "day", "n_rows", "usual_rows", "near_rows", "usual_money_minor", "currency"),
    )
    days = volume.filter(volume.source_table == "order_header")
    last = days.day.max().over(group_by="shop_id")
    days = days.mutate(is_whole=(days.day < last) & (days.day > days.day.min().over(group_by="shop_id")))
    days = days.filter(days.is_whole & (days.n_rows > 0))
    slots = days.inner_join(share, "shop_id").select(
        "shop_id",
        "created_hour",
        "currency",
        created_date=days.day,
        lost=share.share * ibis.least(days.usual_rows, days.near_rows).cast("float64"),
        money=share.share * days.usual_money_minor,
    )
    empty = slots.anti_join(taken, ["shop_id", "created_date", "created_hour"])
    placed = empty.mutate(place=ibis.row_number().over(group_by=["shop_id", "created_date"], order_by="created_hour"))
    runs = placed.mutate(run=placed.created_hour - placed.place)
    gaps = runs.group_by(["shop_id", "created_date", "run"]).aggregate(
        first_hour=runs.created_hour.min(),
        last_hour=runs.created_hour.max(),
        lost=runs.lost.sum(),
        money_minor=runs.money.sum(),
        currency=runs.currency.max(),
    )
    gaps = gaps.filter(gaps.lost >= SURE)
    return finding(
        gaps,
        day=gaps.created_date,
        subject=gaps.first_hour.cast("string") + "-" + (gaps.last_hour + 1).cast("string"),
        n_rows=gaps.lost,
        measured=0.0,
        expected=gaps.lost,
    )


def missing_report_hours(rows: Rows) -> ir.Table:
    """Return days on which an hourly report lacks some of its 24 hours, but for the last one, which may not be over."""
    hours = rows("shop_metric_daily", "object_type", "day", "hour", "paid_minor", "currency")
    hours = hours.filter((hours.object_type == "hour") & hours.hour.notnull())
    days = hours.group_by(["shop_id", "day"]).aggregate(
        n=hours.hour.nunique(), money=hours.paid_minor.sum(), currency=hours.currency.max()
    )
    days = days.mutate(
        usual=days.n.median().over(group_by="shop_id"),
        last=days.day.max().over(group_by="shop_id"),
    )
    lacking = days.filter((days.usual == N_HOURS) & (days.n < N_HOURS) & (days.day < days["last"]))
    return finding(
        lacking,
        n_rows=N_HOURS - lacking.n,
        measured=lacking.n,
        expected=float(N_HOURS),
        money_minor=(lacking.money * (N_HOURS - lacking.n) / lacking.n),
    )


@dataclass(frozen=True, slots=True)
class ColumnsGone(Shared):
    """Columns that a store's earlier imports of one format filled and its newest one leaves empty.

    Attributes
    ----------
    table : str
        The table.
    columns : tuple of str
        Those that figures are made of.
    """

    table: str
    columns: tuple[str, ...]

    @classmethod
    def together(cls, rows: Rows, members: Mapping[str, ColumnsGone]) -> ir.Table:
        """Return the findings of these checks."""
        filled = ibis.union(*(member._filled(rows, name) for name, member in members.items()))
        formats = rows("source_batch", "batch_id", "format_id").select("batch_id", "format_id")
        named = filled.inner_join(formats, "batch_id")
        series = ["check_name", "shop_id", "format_id", "column"]
        newest = named.mutate(newest=named.batch_id.max().over(group_by=series))
        is_newest = newest.batch_id == newest.newest
        sides = newest.group_by(series).aggregate(
            n=newest.n.sum(where=is_newest),
            now=newest.filled.sum(where=is_newest),
            n_before=newest.n.sum(where=~is_newest),
            before=newest.filled.sum(where=~is_newest),
        )
        gone = sides.filter((sides.before >= WAS_FILLED * sides.n_before) & (sides.now <= IS_EMPTY * sides.n))
        return finding(
            gone,
            subject=gone.column,
            n_rows=gone.n - gone.now,
            measured=gone.now / gone.n,
            expected=gone.before / gone.n_before,
        )

    def _filled(self, rows: Rows, name: str) -> ir.Table:
        """Return how many rows of each import fill each column."""
        held = rows(self.table, "batch_id", *self.columns)
        filled = held.group_by(["shop_id", "batch_id"]).aggregate(
            n=held.count(), **{column: held[column].count() for column in self.columns}
        )
        enough = filled.filter(filled.n >= FEWEST_ROWS).mutate(check_name=ibis.literal(name))
        return enough.pivot_longer(list(self.columns), names_to="column", values_to="filled")


def orders_without_lines(rows: Rows) -> ir.Table:
    """Return days whose paid orders lack their lines, in stores that have lines otherwise."""
    orders = rows("order_header", "is_paid", "paid_date", "n_lines", "paid_minor", "currency")
    paid = orders.filter(orders.is_paid & orders.paid_date.notnull())
    days = paid.group_by(["shop_id", "paid_date"]).aggregate(
        n=paid.count(),
        without=(paid.n_lines == 0).sum(),
        money_minor=paid.paid_minor.sum(where=paid.n_lines == 0),
        currency=paid.currency.max(),
    )
    days = days.mutate(
        lined=(days.n - days.without).sum().over(group_by="shop_id"), total=days.n.sum().over(group_by="shop_id")
    )
    lacking = days.filter(
        (days.lined * 2 > days.total)
        & (days.without >= FEWEST_WITHOUT_LINES)
        & (days.without >= SHARE_WITHOUT_LINES * days.n)
    )
    return finding(
        lacking,
        day=lacking.paid_date,
        n_rows=lacking.without,
        measured=lacking.without,
        expected=0.0,
    )


_EXPORT_AGAIN = Text(
    "从平台后台重新导出这几天的报表再导入；重复的行不会重复计数",
    "export these days again and load the file; rows that are held already are not counted twice",
)
_NO_ROWS = Text("{day} 一行也没有，通常有 {expected} 行", "{day} has no row; usually there are {expected}")
_GONE = Text(
    "最近一次导入没有“{subject}”列（以前有 {expected} 的行填写）",
    "the newest import leaves {subject} empty, which {expected} of the earlier rows fill",
)
_CHECK_THE_FILE = Text(
    "重新导出时勾选该列，或检查映射是否漏了它",
    "choose the column when exporting, or see whether the map leaves it out",
)


def _every_day(
    name: str,
    label: Text,
    promise: Text,
    table: str,
    *,
    broken: Broken = "failed",
    said: Text = _NO_ROWS,
    next_step: Text = _EXPORT_AGAIN,
) -> Check:
    aspect, findings = Aspect.COMPLETENESS, MissingDays(table)
    return Check(f"{name}.days", label, promise, aspect, table, broken, said, next_step, findings)


def _gone(name: str, zh: str, en: str, table: str, columns: tuple[str, ...]) -> Check:
    return Check(
        name=f"{name}.columns",
        label=Text(f"{zh}缺列", f"Columns missing from {en}"),
        promise=Text(
            f"新导入的{zh}填写了以前同一格式填写的列",
            f"a new import of {en} fills the columns that earlier ones of its format filled",
        ),
        aspect=Aspect.COMPLETENESS,
        table=table,
        broken="failed",
        said=_GONE,
        next_step=_CHECK_THE_FILE,
        findings=ColumnsGone(table, columns),
        measure="share",
        also_reads=("source_batch",),
    )


CHECKS: tuple[Check, ...] = (
    _every_day(
        "orders",
        Text("订单缺天", "Days without orders"),
        Text("订单的日期之间没有空缺", "no day is missing between a store's first and last order"),
        "order_header",
    ),
    Check(
        name="orders.hours",
        label=Text("订单缺时段", "Hours without orders"),
        promise=Text(
            "每天没有连续几个小时缺订单（按该店自己的时段分布）",
            "no day lacks orders for hours on end, by the store's own hours of the day",
        ),
        aspect=Aspect.COMPLETENESS,
        table="order_header",
        broken="warning",
        said=Text(
            "{day} {subject} 点没有订单，通常有 {expected} 单",
            "{day}: no order from hour {subject}; usually there are {expected}",
        ),
        next_step=_EXPORT_AGAIN,
        findings=missing_hours,
    ),
    _every_day(
        "traffic",
        Text("流量报表缺天", "Days missing from the traffic report"),
        Text("平台流量报表每天都有", "the platform's traffic reports hold every day"),
        "shop_metric_daily",
        said=Text(
            "{day} 缺少报表（{subject}），通常共 {expected} 行",
            "{day} is missing from the reports ({subject}); usually they hold {expected} rows",
        ),
    ),
    Check(
        name="traffic.hours",
        label=Text("流量报表缺小时", "Hours missing from the traffic report"),
        promise=Text("分时段报表每天 24 小时齐全", "the hourly report holds the 24 hours of each day"),
        aspect=Aspect.COMPLETENESS,
        table="shop_metric_daily",
        broken="failed",
        said=Text("{day} 只有 {measured} 个小时", "{day} holds {measured} hours only"),
        next_step=_EXPORT_AGAIN,
        findings=missing_report_hours,
    ),
    _every_day(
        "ads",
        Text("推广报表缺天", "Days missing from the advertising report"),
        Text("推广报表每天都有", "the advertising reports hold every day"),
        "ad_spend",
        broken="warning",
        said=Text(
            "{day} 缺少推广报表（{subject}），通常共 {expected} 行",
            "{day} is missing from the advertising reports ({subject}); usually they hold {expected} rows",
        ),
        next_step=Text(
            "如果那天没有投放，可以忽略；否则重新导出",
            "nothing to do if no ads ran that day; otherwise export it again",
        ),
    ),
    _every_day(
        "settlements",
        Text("结算流水缺天", "Days missing from the settlement ledger"),
        Text("结算流水的日期之间没有空缺", "no day is missing from the settlement ledger"),
        "settlement_entry",
    ),
    _every_day(
        "stock",
        Text("出入库流水缺天", "Days missing from the stock movements"),
        Text("出入库流水的日期之间没有空缺", "no day is missing from the stock movements"),
        "stock_movement",
    ),
    Check(
        name="orders.lines",
        label=Text("订单缺明细", "Orders without lines"),
        promise=Text("付款的订单都有商品明细", "paid orders have their lines"),
        aspect=Aspect.COMPLETENESS,
        table="order_line",
        broken="failed",
        said=Text("{day} 有 {measured} 个付款订单没有商品明细", "{day}: {measured} paid orders have no lines"),
        next_step=Text("导入这几天的宝贝报表或子订单报表", "load the item or sub-order report of these days"),
        findings=orders_without_lines,
        also_reads=("order_header",),
    ),
    _gone("orders", "订单", "orders", "order_header", ("paid_at", "status", "paid_minor", "province")),
    _gone("items", "商品明细", "order lines", "order_line", ("sku_id", "product_id", "quantity")),
    _gone("refunds", "退款", "refunds", "refund", ("order_id", "refunded_at", "reason_raw")),
    _gone("settlements", "结算流水", "settlement ledgers", "settlement_entry", ("order_id", "category")),
    _gone("traffic", "流量报表", "traffic reports", "shop_metric_daily", ("visitors", "paid_minor")),
    _gone("ads", "推广报表", "advertising reports", "ad_spend", ("spend_minor", "impressions", "clicks")),
)
"""Adding a check is adding an entry."""

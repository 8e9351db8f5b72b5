"""Checks that two sources which tell of the same thing agree: totals, declared figures, stock."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.quality.model import Aspect, Broken, Check, Findings, Rows, finding
from zhanggui.money import CURRENCY_EXPONENTS

DECLARED_SHARE, FEWEST_ORDERS_OFF = 0.2, 3
"""Platforms count a day's sales a little differently; a fifth of them, and three orders, is no such difference."""
BOOKED_WITHIN_DAYS = 3
PERHAPS_LATE_DAYS = 3
_GOODS = ("warehouse", "internal_sku", "day")


def _minor(amount: ir.Value, currency: ir.Value) -> ir.Value:
    """Return decimal text in major units as minor units of its currency."""
    others = [(currency == code, 10**exponent) for code, exponent in CURRENCY_EXPONENTS.items() if exponent != 2]
    return (amount.cast("decimal(18, 4)") * ibis.cases(*others, else_=100)).round()


def kept_apart(rows: Rows) -> ir.Table:
    """Return files whose total is not wholly in the ledger, beyond the rounding of excess digits."""
    batches = rows(
        "source_batch",
        *("file_total", "ledger_total", "rounding", "quarantined", "rejected", "currency", "file_name"),
        *("period_start", "period_end"),
    )
    totalled = batches.filter(batches.file_total.notnull() & batches.ledger_total.notnull())
    gap = (
        totalled.file_total.cast("decimal(18, 4)")
        - totalled.ledger_total.cast("decimal(18, 4)")
        - ibis.coalesce(totalled.rounding.cast("decimal(18, 4)"), 0)
    )
    apart = totalled.mutate(gap=gap).filter(lambda t: (t.gap != 0) & (t.quarantined + t.rejected > 0))
    return finding(
        apart,
        day=apart.period_start,
        last_day=apart.period_end,
        subject=apart.file_name,
        n_rows=apart.quarantined + apart.rejected,
        measured=apart.ledger_total.cast("decimal(18, 4)"),
        expected=apart.file_total.cast("decimal(18, 4)"),
        money_minor=_minor(apart.gap.abs(), apart.currency),
    )


def orders_beside_lines(rows: Rows) -> ir.Table:
    """Return days on which the order file and the item file state different amounts paid for the same orders."""
    orders = rows("order_seen", "order_id", "layout", "stated_paid_minor", "currency", "created_date")
    lines = rows("line_seen", "order_id", "line_key", "layout", "is_set", "stated_paid_minor")
    # A line that a newer file left out is seen and does not count.
    lines = lines.semi_join(rows("order_line", "order_id", "line_key"), ["shop_id", "order_id", "line_key"])
    stated = orders.filter(orders.stated_paid_minor.notnull() & (orders.layout != 0)).select(
        "shop_id", "order_id", "layout", "currency", "created_date", whole=orders.stated_paid_minor
    )
    listed = lines.filter(lines.is_set)
    parts = listed.group_by(["shop_id", "order_id", "layout"]).aggregate(
        parts=listed.stated_paid_minor.sum(), n=listed.count(), n_stated=listed.stated_paid_minor.count()
    )
    parts = parts.filter(parts.n == parts.n_stated).select("shop_id", "order_id", "parts", of_layout="layout")
    both = stated.inner_join(parts, ["shop_id", "order_id"])
    off = both.filter((both.layout != both.of_layout) & (both.whole != both.parts))
    days = off.group_by(["shop_id", "created_date"]).aggregate(
        n=off.order_id.nunique(),
        subject=off.order_id.min(),
        whole=off.whole.sum(),
        parts=off.parts.sum(),
        money_minor=(off.whole - off.parts).abs().sum(),
        currency=off.currency.max(),
    )
    return finding(
        days,
        day=days.created_date,
        n_rows=days.n,
        measured=days.parts / 100,
        expected=days.whole / 100,
    )


def beside_declared(rows: Rows) -> ir.Table:
    """Return days on which the orders held come to far less or more than the platform declares as paid.

    The hourly report tells of the whole store; where there is none, the products' report does, a little below it.
    """
    declared = rows("shop_metric_daily", "object_type", "day", "paid_minor")
    orders = rows("order_header", "is_paid", "paid_date", "paid_minor", "currency")
    told = declared.filter(declared.object_type.isin(["shop", "hour", "product"]) & declared.paid_minor.notnull())
    sums = told.group_by(["shop_id", "day", "object_type"]).aggregate(paid=told.paid_minor.sum())
    best = sums.group_by(["shop_id", "day"]).aggregate(declared=sums.paid.max())
    paid = orders.filter(orders.is_paid & orders.paid_date.notnull())
    held = paid.group_by(["shop_id", "paid_date"]).aggregate(
        held=paid.paid_minor.sum(), n=paid.count(), currency=paid.currency.max()
    )
    span = held.group_by("shop_id").aggregate(
        first=held.paid_date.min(),
        last=held.paid_date.max(),
        average=held.held.sum() / held.n.sum(),
        unit=held.currency.max(),
    )
    inside = best.inner_join(span, "shop_id")
    # Outside the days of the orders there is nothing to compare; their ends may be cut.
    inside = inside.filter((inside.day > inside["first"]) & (inside.day < inside["last"]))
    both = inside.left_join(held, [inside.shop_id == held.shop_id, inside.day == held.paid_date])
    days = both.select("shop_id", "day", "declared", "average", currency=both.unit, held=ibis.coalesce(both.held, 0))
    days = days.mutate(gap=(days.declared - days.held).abs())
    off = days.filter((days.gap > DECLARED_SHARE * days.declared) & (days.gap > FEWEST_ORDERS_OFF * days.average))
    return finding(
        off,
        n_rows=(off.gap / off.average).round(),
        measured=off.held / 100,
        expected=off.declared / 100,
        money_minor=off.gap,
    )


def stock_that_does_not_add_up(rows: Rows) -> ir.Table:
    """Return days and warehouses where the stock stated is not opening + in - out."""
    balance = rows("stock_balance", *_GOODS, "difference", "stated", "closing", "unit_cost_minor", "currency")
    off = balance.filter(balance["difference"] != 0)
    return _stock(off, off["difference"], off.stated, off.closing)


def books_beside_counts(rows: Rows) -> ir.Table:
    """Return days and warehouses where the books of a count are not what the movements make them.

    Count sheets take the books at the hour of the count or at the end of the day, before or after the correction.
    """
    counts = rows("stock_count", *_GOODS[:2], "counted_date", "book_quantity", "counted_quantity")
    balance = rows(
        "stock_balance",
        *(*_GOODS, "opening", "closing", "counted", "count_difference", "unit_cost_minor", "currency"),
    )
    sheets = counts.filter(counts.counted_date.notnull()).select(
        "shop_id", "warehouse", "internal_sku", "book_quantity", "counted_quantity", day=counts.counted_date
    )
    held = balance.filter(balance.counted.notnull())
    both = held.inner_join(sheets, ["shop_id", "warehouse", "internal_sku", "day"])
    both = both.filter(both.counted_quantity == both.counted)
    both = both.mutate(held=both.counted - both.count_difference)
    corrected = both.counted_quantity - both.book_quantity
    off = both.filter(
        both.book_quantity.notin([both.held, both.opening, both.closing])
        & (both.book_quantity != both.closing - corrected)
    )
    return _stock(off, off.book_quantity - off.held, off.book_quantity, off.held)


def counts_not_booked(rows: Rows) -> ir.Table:
    """Return counts whose difference no adjustment books within three days."""
    counts = rows(
        "stock_count",
        *(*_GOODS[:2], "counted_at", "counted_date", "book_quantity", "counted_quantity", "currency"),
    )
    moves = rows("stock_movement", *_GOODS[:2], "reason", "quantity", "occurred_at", "occurred_date")
    balance = rows("stock_balance", *_GOODS, "unit_cost_minor")
    goods = ["shop_id", "warehouse", "internal_sku"]
    newest = moves.occurred_date.max()
    odd = counts.filter(counts.counted_quantity != counts.book_quantity).select(
        *goods, "counted_at", "currency", day=counts.counted_date, due=counts.counted_quantity - counts.book_quantity
    )
    # A count of the last days may be booked in a file to come.
    odd = odd.filter(odd.day <= newest.as_scalar() - ibis.interval(days=BOOKED_WITHIN_DAYS))
    booked = moves.filter(moves.reason == "adjust").select(*goods, "quantity", "occurred_at")
    pairs = odd.left_join(
        booked,
        [
            odd.shop_id == booked.shop_id,
            odd.warehouse == booked.warehouse,
            odd.internal_sku == booked.internal_sku,
            booked.occurred_at >= odd.counted_at,
            booked.occurred_at <= odd.counted_at + ibis.interval(days=BOOKED_WITHIN_DAYS),
        ],
    )
    sums = pairs.group_by([*goods, "day", "currency", "due"]).aggregate(booked=ibis.coalesce(pairs.quantity.sum(), 0))
    costs = balance.select(*goods, "day", "unit_cost_minor")
    off = sums.filter(sums.booked != sums.due)
    off = off.left_join(costs, [*goods, "day"])
    return _stock(off, off.due - off.booked, off.due, off.booked)


def _stock(off: ir.Table, gap: ir.Value, measured: ir.Value, expected: ir.Value) -> ir.Table:
    """Return differences of SKUs as findings, one per day and warehouse."""
    named = off.mutate(gap=gap.abs().cast("float64"), told=measured.cast("float64"), wanted=expected.cast("float64"))
    named = named.mutate(money=named.gap * named.unit_cost_minor)
    places = named.group_by(["shop_id", "day", "warehouse"]).aggregate(
        n=named.count(),
        sku=named.internal_sku.argmax(named.gap),
        told=named.told.sum(),
        wanted=named.wanted.sum(),
        money_minor=named.money.sum().round(),
        currency=named.currency.max(),
    )
    return finding(
        places,
        subject=places.warehouse + " " + places.sku,
        n_rows=places.n,
        measured=places.told,
        expected=places.wanted,
    )


def receipts_beside_orders(rows: Rows) -> ir.Table:
    """Return purchase orders whose receipt is not what the stock movements name it."""
    bought = rows(
        "purchase_order",
        *(*_GOODS[:2], "purchase_order_id", "received_date", "received_quantity", "unit_cost_minor", "currency"),
    )
    moves = rows("stock_movement", *_GOODS[:2], "purchase_order_id", "quantity", "occurred_date")
    goods = ["shop_id", "warehouse", "internal_sku", "purchase_order_id"]
    came = moves.filter(moves.purchase_order_id.notnull())
    came = came.group_by(goods).aggregate(came=came.quantity.sum())
    span = moves.group_by("shop_id").aggregate(first=moves.occurred_date.min(), last=moves.occurred_date.max())
    due = bought.filter(bought.received_date.notnull() & (bought.received_quantity > 0)).select(
        *goods, "received_quantity", "unit_cost_minor", "currency", day=bought.received_date
    )
    inside = due.inner_join(span, "shop_id")
    inside = inside.filter(
        (inside.day >= inside["first"]) & (inside.day <= inside["last"] - ibis.interval(days=PERHAPS_LATE_DAYS))
    )
    both = inside.left_join(came, goods)
    both = both.mutate(held=ibis.coalesce(both.came, 0))
    off = both.filter(both.held != both.received_quantity)
    return _stock(off, off.received_quantity - off.held, off.held, off.received_quantity)


_UNITS = Text(
    "{day} {subject} 等 {n} 个 SKU：记录 {measured} 件，应为 {expected} 件",
    "{day}, {subject} and others, {n} SKUs: stated {measured} units, by the movements {expected}",
)


def _stock_check(
    name: str,
    label: Text,
    promise: Text,
    findings: Findings,
    next_step: Text,
    *,
    broken: Broken = "failed",
    said: Text = _UNITS,
    also_reads: tuple[str, ...] = ("stock_snapshot", "stock_count"),
) -> Check:
    aspect, table = Aspect.RECONCILIATION, "stock_movement"
    return Check(name, label, promise, aspect, table, broken, said, next_step, findings, "units", also_reads)


CHECKS: tuple[Check, ...] = (
    Check(
        name="files.totals",
        label=Text("文件金额未全部入账", "File totals not wholly booked"),
        promise=Text("文件的合计等于账本里的合计", "the total of a file equals what the ledger holds of it"),
        aspect=Aspect.RECONCILIATION,
        table="source_batch",
        broken="warning",
        said=Text(
            "{subject} 合计 {expected}，入账 {measured}，{n} 行被隔离或拒绝",
            "{subject} totals {expected}, booked {measured}; {n} rows were kept apart",
        ),
        next_step=Text("在“隔离的行”中改好这些行再导入", "correct these rows under quarantined rows and replay them"),
        findings=kept_apart,
        measure="money",
    ),
    Check(
        name="orders.beside_lines",
        label=Text("订单与明细金额不一致", "Orders and lines state different amounts"),
        promise=Text("订单报表与商品明细的实付一致", "order report and item report state the same amounts paid"),
        aspect=Aspect.RECONCILIATION,
        table="order_line",
        broken="failed",
        said=Text(
            "{day} 有 {n} 单不一致：订单 {expected}，明细 {measured}，例如 {subject}",
            "{day}: {n} orders differ: orders {expected}, lines {measured}, such as {subject}",
        ),
        next_step=Text("两个报表用相同的筛选条件、同时导出", "export both reports together, with the same filters"),
        findings=orders_beside_lines,
        measure="money",
        also_reads=("order_header",),
    ),
    Check(
        name="orders.declared",
        label=Text("订单与平台申报不一致", "Orders and declared sales differ"),
        promise=Text(
            "每天订单的实付与平台报表的支付金额相近", "a day's orders come to about what the platform declares as paid"
        ),
        aspect=Aspect.RECONCILIATION,
        table="order_header",
        broken="failed",
        said=Text(
            "{day} 订单实付 {measured}，平台申报 {expected}", "{day}: orders paid {measured}, declared {expected}"
        ),
        next_step=Text(
            "少了：补导当天的订单；多了：查有没有重复导入",
            "less: load the orders of that day; more: look for orders loaded twice",
        ),
        findings=beside_declared,
        measure="money",
        also_reads=("shop_metric_daily",),
    ),
    _stock_check(
        "stock.equation",
        Text("库存等式不成立", "Stock that does not add up"),
        Text(
            "期初 + 入库 − 出库 = 期末，每个 SKU、仓库、每天",
            "opening + in - out = closing for every SKU, warehouse and day",
        ),
        stock_that_does_not_add_up,
        Text("找漏记的出入库；找不到就盘点并调整", "look for movements that were not booked; else count and adjust"),
    ),
    _stock_check(
        "stock.books",
        Text("盘点账面与流水不符", "Books of a count that differ from the movements"),
        Text("盘点单的账面数等于流水算出的库存", "the book quantity of a count is what the movements make it"),
        books_beside_counts,
        Text("找漏导的出入库流水", "look for movements that were not loaded"),
    ),
    _stock_check(
        "stock.counts",
        Text("盘点差异未入账", "Count differences not booked"),
        Text("盘点差异三天内有调整流水", "an adjustment books what a count found within three days"),
        counts_not_booked,
        Text("审批盘点单并做库存调整", "approve the count and adjust the stock"),
        broken="warning",
        said=Text(
            "{day} {subject} 等 {n} 个 SKU：差异 {measured} 件，已调整 {expected} 件",
            "{day}, {subject} and others, {n} SKUs: {measured} units off, {expected} booked",
        ),
    ),
    _stock_check(
        "stock.receipts",
        Text("采购入库与流水不符", "Receipts that differ from the movements"),
        Text("采购单的入库数等于它的入库流水", "what a purchase order received is what the movements name it"),
        receipts_beside_orders,
        Text("核对采购单与入库单", "compare purchase order and receipt"),
        broken="warning",
        also_reads=("purchase_order",),
    ),
)
"""Adding a check is adding an entry."""

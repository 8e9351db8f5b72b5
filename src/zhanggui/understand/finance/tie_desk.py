"""对账 The reconciliation as tiles: whether orders and ledgers tie, what they differ by, and the lines behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.pagespec import AllClear, ColumnSpec, KpiItem, KpisData, SentenceData, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.reconciliation import Reconciliation, reconcile
from zhanggui.understand.finance.scope import JsonRow, only_currency
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View

MOST_LISTED = 200
NO_LEDGER = Text(
    "还没有账单。导入平台账单后，这里把订单、退款、账单与提现逐笔对上。",
    "There is no settlement ledger yet. Load the platforms' bills to hold orders and ledgers against each other.",
)
TIES = Text("全部对上", "Everything ties")
_NOTHING = Reconciliation(
    date_from=None, date_to=None, ties=True, problems=(), stores=(), months=(), ledgers=(), link_rates=(),
    n_unmatched=0, unmatched=(), n_differences=0, differences=(), n_late=0, late=(), wallets=(), wallet_gaps=(),
    stock_system=(), n_stock_system_rows=0, stock_system_rows=(),
)  # fmt: skip


def tied(desk: Desk, view: View) -> Reconciliation:
    """Return the reconciliation of the stores and days in view."""
    stores = _stores(desk, view)
    if stores is None:
        return _NOTHING
    key = ("reconcile", stores, view.date_from, view.date_to, MOST_LISTED)
    return desk.kept(
        key,
        lambda: reconcile(
            desk.ledger, stores=stores, date_from=view.date_from, date_to=view.date_to, n_listed=MOST_LISTED
        ),
    )


def _stores(desk: Desk, view: View) -> tuple[str, ...] | None:
    """Return the names of the stores in view, none for all of them; None where the filters leave no store."""
    filters = [each for each in view.where if each.dim in {"platform", "shop"}]
    if not filters:
        return ()
    wanted = set(store_ids(desk, filters))
    return tuple(store.name for store in desk.shop.stores.list_stores() if store.shop_id in wanted) or None


def tie_sentence(desk: Desk, view: View) -> SentenceData:
    """Return in one sentence whether it ties."""
    found = tied(desk, view)
    if not any(store.has_ledger for store in found.stores):
        return SentenceData(text=NO_LEDGER)
    if found.ties:
        return SentenceData(
            text=Text(
                "订单、退款、账单与提现全部对上；未到结算日的钱不算差异。",
                "Orders, refunds, ledgers and payouts tie; money that is not due yet is no difference.",
            )
        )
    zh, en = "；".join(text.zh for text in found.problems), "; ".join(text.en for text in found.problems)
    return SentenceData(text=Text(f"没有对上：{zh}。", f"It does not tie: {en}."))


def tie_figures(desk: Desk, view: View) -> KpisData:
    """Return what was due, settled, is on its way, and what nobody can explain yet."""
    found = tied(desk, view)
    months = found.months
    currency = only_currency([{"currency": each.currency} for each in months])
    if currency is None:
        return KpisData(items=(), empty=NO_LEDGER)
    linked = [rate for rate in found.link_rates if rate.name == "settlement_to_order"]
    money, reached = sum(rate.money for rate in linked), sum(rate.money_linked for rate in linked)
    figures = (
        ("expected", Text("应结", "Due to settle"), "money", _sum(months, "expected"), "none"),
        ("settled", Text("已结", "Settled"), "money", _sum(months, "settled"), "up"),
        ("in_transit", Text("在途", "On its way"), "money", _sum(months, "in_transit"), "none"),
        ("open_difference", Text("待查差异", "To look into"), "money", _sum(months, "open_difference"), "none"),
        ("link_rate", Text("账单金额关联率", "Ledger money linked"), "ratio", reached / money if money else None, "up"),
        ("n_unmatched", Text("未匹配的账单行", "Unmatched lines"), "count", found.n_unmatched, "down"),
    )
    items = tuple(
        KpiItem.model_validate({"metric": name, "label": label, "unit": unit, "value": value, "good": good})
        for name, label, unit, value, good in figures
    )
    return KpisData(items=items, currency=currency)


def _sum(rows: Iterable[BaseModel], name: str) -> float:
    return round(sum(float(getattr(row, name)) for row in rows), 2)


def _column(key: str, zh: str, en: str, unit: str = "text") -> ColumnSpec:
    return ColumnSpec.model_validate({"key": key, "label": Text(zh, en), "unit": unit})


_STORE, _MONTH = _column("store", "店铺", "Store"), _column("month", "月份", "Month")
_DAY = _column("day", "日期", "Day", "date")
_MONTH_MONEY: Mapping[str, tuple[str, str]] = {
    "receivable": ("应收", "Receivable"),
    "refunded": ("退款", "Refunded"),
    "due": ("应收减退款", "Due"),
    "expected": ("扣费后应结", "Due to settle"),
    "settled": ("已结", "Settled"),
    "in_transit": ("在途", "On its way"),
    "open_difference": ("待查", "To look into"),
    "explained": ("已说明", "Explained"),
}


def month_table(desk: Desk, view: View) -> TableData:
    """Return for each store and month of payment what was due, what was settled and what is left to explain."""
    rows = tied(desk, view).months
    money = tuple(_column(key, zh, en, "money") for key, (zh, en) in _MONTH_MONEY.items())
    columns = (
        _STORE,
        _MONTH,
        _column("n_orders", "订单", "Orders", "count"),
        *money,
        _column("state", "状态", "State", "status"),
    )
    shown = [
        {
            **{name: getattr(row, name) for name in ("store", "month", "n_orders", *_MONTH_MONEY)},
            "state": Text("对上", "ties") if row.ties else Text("未对上", "open"),
            "_tone": "good" if row.ties else "bad",
        }
        for row in rows
    ]
    currency = only_currency([{"currency": row.currency} for row in rows])
    total = {name: _sum(rows, name) for name in ("n_orders", *_MONTH_MONEY)} if currency else None
    return _table(columns, shown, currency, total=total)


def _table(
    columns: tuple[ColumnSpec, ...],
    rows: Sequence[Mapping[str, object]],
    currency: str | None,
    *,
    total: Mapping[str, object] | None = None,
    n_all: int | None = None,
    empty: Text = NO_LEDGER,
) -> TableData:
    shown: tuple[JsonRow, ...] = tuple(dict(row) for row in rows)
    listed = None
    if n_all is not None and n_all > len(shown):
        listed = Text(
            f"列出金额最大的 {len(shown)} 行，共 {n_all:,} 行；全部见 zhanggui reconcile --limit。",
            f"The {len(shown)} largest of {n_all:,} rows; `zhanggui reconcile --limit` gives all.",
        )
    return TableData(
        columns=columns,
        rows=shown,
        total=dict(total) if total and shown else None,
        n_rows=len(shown),
        currency=currency,
        partial=listed,
        empty=None if shown else empty,
    )


def cause_table(desk: Desk, view: View) -> TableData:
    """Return what orders and ledgers differ by, by cause."""
    months = tied(desk, view).months
    sums: dict[tuple[bool, str], list[float]] = {}
    labels: dict[str, Text] = {}
    for month in months:
        for cause in month.causes:
            place = sums.setdefault((not cause.is_open, cause.cause), [0.0, 0.0])
            place[0] += cause.amount
            place[1] += cause.n_orders
            labels[cause.cause] = cause.label
    columns = (
        _column("cause", "原因", "Cause"),
        _column("state", "状态", "State", "status"),
        _column("n_orders", "订单", "Orders", "count"),
        _column("amount", "金额", "Amount", "money"),
    )
    shown = [
        {
            "cause": labels[cause],
            "state": Text("正常", "to be expected") if is_quiet else Text("待查", "to look into"),
            "n_orders": int(n),
            "amount": round(amount, 2),
            "_tone": "unknown" if is_quiet else "bad",
        }
        for (is_quiet, cause), (amount, n) in sorted(sums.items(), key=lambda kept: (kept[0][0], -abs(kept[1][0])))
    ]
    currency = only_currency([{"currency": month.currency} for month in months])
    return _table(columns, shown, currency, empty=TIES if months else NO_LEDGER)


def difference_table(desk: Desk, view: View) -> TableData:
    """Return the orders that differ from the ledger, each with its cause; a row opens its place in the file."""
    found = tied(desk, view)
    columns = (
        _column("paid", "付款日", "Paid", "date"),
        _STORE,
        _column("order_id", "订单编号", "Order"),
        _column("cause", "原因", "Cause"),
        _column("age", "天数", "Days", "count"),
        _column("amount", "差额", "Difference", "money"),
    )
    shown = [
        {
            "paid": row.paid,
            "store": row.store,
            "order_id": row.order_id,
            "cause": row.label,
            "age": row.age_days,
            "amount": row.amount,
            "_href": f"/source/{row.batch_id}/{row.row_no}",
        }
        for row in found.differences
    ]
    currency = only_currency([{"currency": row.currency} for row in found.differences])
    return _table(columns, shown, currency, n_all=found.n_differences, empty=TIES if found.months else NO_LEDGER)


def unmatched_table(desk: Desk, view: View) -> TableData:
    """Return the ledger lines that name an order no report holds, with their age."""
    found = tied(desk, view)
    columns = (
        _column("day", "入账日", "Booked", "date"),
        _STORE,
        _column("kind", "科目", "Kind"),
        _column("order_id", "账单中的订单", "Order in the ledger"),
        _column("age", "天数", "Days", "count"),
        _column("amount", "金额", "Amount", "money"),
    )
    shown = [
        {
            "day": row.booked,
            "store": row.store,
            "kind": row.label,
            "order_id": row.order_id,
            "age": row.age_days,
            "amount": row.amount,
            "_href": f"/source/{row.batch_id}/{row.row_no}",
        }
        for row in found.unmatched
    ]
    currency = only_currency([{"currency": row.currency} for row in found.unmatched])
    none = AllClear("账单里的每一行都找到了订单。", "Every ledger line found its order.")
    return _table(columns, shown, currency, n_all=found.n_unmatched, empty=none if found.ledgers else NO_LEDGER)


def link_table(desk: Desk, view: View) -> TableData:
    """Return how much of each side found the other."""
    rates = tied(desk, view).link_rates
    columns = (
        _column("link", "关联", "Link"),
        _STORE,
        _column("n", "行数", "Rows", "count"),
        _column("rate", "关联率", "Linked", "ratio"),
        _column("money", "金额", "Money", "money"),
        _column("money_rate", "金额关联率", "Money linked", "ratio"),
    )
    shown = [
        {"link": rate.label, **{name: getattr(rate, name) for name in ("store", "n", "rate", "money", "money_rate")}}
        for rate in rates
    ]
    return _table(columns, shown, only_currency([{"currency": rate.currency} for rate in rates]))


def wallet_table(desk: Desk, view: View) -> TableData:
    """Return each wallet: what its lines come to, and whether its stated balance agrees."""
    wallets = tied(desk, view).wallets
    columns = (
        _STORE,
        _column("account", "账户", "Wallet"),
        _column("n_lines", "笔数", "Lines", "count"),
        *(_column(key, zh, en, "money") for key, zh, en in (
            ("opening", "期初余额", "Opening"), ("came_in", "入账", "In"), ("went_out", "出账", "Out"),
            ("withdrawn", "提现", "Withdrawn"), ("closing", "期末余额", "Closing"), ("missing", "缺口", "Missing"),
        )),
        _column("state", "状态", "State", "status"),
    )  # fmt: skip
    names = [column.key for column in columns if column.key != "state"]
    shown = [
        {
            **{name: getattr(wallet, name) for name in names},
            "state": Text("对上", "ties") if wallet.ties else Text("未对上", "open"),
            "_tone": "good" if wallet.ties else "bad",
        }
        for wallet in wallets
    ]
    return _table(columns, shown, only_currency([{"currency": wallet.currency} for wallet in wallets]))


def stock_system_table(desk: Desk, view: View) -> TableData:
    """Return for each store how its orders agree with the stock system's."""
    stores = tied(desk, view).stock_system
    columns = (
        _STORE,
        _column("n_in_both", "两边都有", "In both", "count"),
        _column("n_missing_in_erp", "ERP 缺", "Missing in ERP", "count"),
        _column("missing_in_erp", "金额", "Amount", "money"),
        _column("n_missing_on_platform", "平台缺", "Missing on platform", "count"),
        _column("missing_on_platform", "金额", "Amount", "money"),
        _column("n_amount_differs", "金额不一致", "Amounts differ", "count"),
        _column("amount_differs", "差额", "Difference", "money"),
    )
    shown = [{column.key: getattr(store, column.key) for column in columns} for store in stores]
    none = Text("没有导入 ERP 订单。", "No orders of a stock system are loaded.")
    return _table(columns, shown, only_currency([{"currency": store.currency} for store in stores]), empty=none)

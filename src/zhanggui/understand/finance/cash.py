"""资金: what wallets and ledgers took in, gave out and paid out to the bank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from zhanggui.calendar import truncate
from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import grain_of, steps_of
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, only_currency, scope_of, whole
from zhanggui.understand.finance.transit import expected_arrival
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

ENTRIES = "settlement_entry"
WITHDRAWAL = "withdrawal"
PAGE_ROWS = 50

CATEGORY_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "goods": Text("货款", "goods"),
        "refund": Text("退款", "refunds"),
        "commission": Text("平台佣金", "platform commission"),
        "service_fee": Text("平台服务费", "service fees"),
        "creator_commission": Text("达人佣金", "creators' commission"),
        "ad_fee": Text("推广费", "advertising"),
        "subsidy": Text("补贴", "subsidies"),
        "insurance": Text("保险", "insurance"),
        "compensation": Text("赔付", "compensation"),
        "freight": Text("运费", "freight"),
        "deposit": Text("保证金与定金", "deposits"),
        "withdrawal": Text("提现", "withdrawals"),
        "other": Text("其他", "other"),
        "unknown": Text("未知", "unknown"),
    }
)
"""What the categories of a ledger are called."""

NO_LEDGER = Text(
    "还没有账单。导入支付宝、微信、京东、拼多多或抖店的账单后，这里按天显示进出。",
    "There is no settlement ledger yet. Load a bill of Alipay, WeChat, JD, Pinduoduo or Douyin to see money move.",
)
SEVERAL_CURRENCIES = Text(
    "范围内有多种货币，不能相加；请筛选店铺。", "Several currencies cannot be added up; choose a store."
)
_MOVES = ("taken_in", "given_out", "withdrawn")


def _entries(desk: Desk, view: View) -> Scope:
    return scope_of(desk, view, ENTRIES, day="booked_date")


def _moved(rows: ir.Table) -> dict[str, ir.Scalar]:
    """Return what came in, went out and was paid out to the bank; payouts are no expense."""
    is_payout = ibis.coalesce(rows.category, "unknown") == WITHDRAWAL
    amount = rows.amount_minor
    return {
        "taken_in": ibis.coalesce(amount.sum(where=(amount > 0) & ~is_payout), 0).cast("int64"),
        "given_out": ibis.coalesce((-amount).sum(where=(amount < 0) & ~is_payout), 0).cast("int64"),
        "withdrawn": ibis.coalesce((-amount).sum(where=is_payout), 0).cast("int64"),
        "n_lines": rows.count(),
    }


def moves_by(desk: Desk, view: View, *keys: str) -> tuple[JsonRow, ...]:
    """Return the moves of the entries in view by some columns and currency, in minor units."""

    def found() -> tuple[JsonRow, ...]:
        scope = _entries(desk, view)
        rows = scope.rows.mutate(category=ibis.coalesce(scope.rows.category, "unknown"))
        by = [*keys, "currency"]
        return tuple(asked(desk, rows.group_by(by).aggregate(**_moved(rows)).order_by(by), scope))

    return desk.kept(("cash", keys, view), found)


def cash_figures(desk: Desk, view: View) -> KpisData:
    """Return what came in, went out, was withdrawn, what that leaves, and what is on its way."""
    rows = moves_by(desk, view)
    currency = only_currency(rows)
    if currency is None:
        return KpisData(items=(), empty=_why_none(rows))
    taken, given, withdrawn = (sum(whole(row[name]) for row in rows) for name in _MOVES)
    figures = (
        ("cash_in", Text("入账", "Came in"), taken, "up"),
        ("cash_out", Text("出账", "Went out"), given, "down"),
        ("cash_net", Text("净流入", "Net"), taken - given, "up"),
        ("cash_withdrawn", Text("提现到银行", "Withdrawn to the bank"), withdrawn, "none"),
    )
    items = tuple(
        KpiItem.model_validate(
            {"metric": name, "label": label, "unit": "money", "value": major(minor, currency), "good": good}
        )
        for name, label, minor, good in figures
    )
    return KpisData(currency=currency, items=(*items, expected_arrival(desk, view)))


def _why_none(rows: Sequence[JsonRow]) -> Text:
    return SEVERAL_CURRENCIES if rows else NO_LEDGER


def cash_course(desk: Desk, view: View) -> ChartData:
    """Return what came in and went out by day, and what was withdrawn."""
    rows = moves_by(desk, view, "booked_date")
    currency = only_currency(rows)
    if currency is None:
        return ChartData(unit="money", x=(), x_kind="date", series=(), empty=_why_none(rows))
    grain = grain_of(desk, view)
    sums: dict[str, dict[str, int]] = {step: dict.fromkeys(_MOVES, 0) for step in steps_of(desk, view, grain)}
    for row in rows:
        day = row["booked_date"]
        if isinstance(day, date):
            step = sums.setdefault(truncate(day, grain).isoformat(), dict.fromkeys(_MOVES, 0))
            for name in _MOVES:
                step[name] += whole(row[name])
    days = sorted(sums)
    names = (Text("入账", "in"), Text("出账", "out"), Text("提现", "withdrawn"))
    series = tuple(
        Series(name=label, values=tuple(major(sums[day][name], currency) for day in days))
        for name, label in zip(_MOVES, names, strict=True)
    )
    return ChartData(unit="money", currency=currency, x=tuple(days), x_kind="date", series=series)


_MONEY = (
    ("taken_in", Text("入账", "In")),
    ("given_out", Text("出账", "Out")),
    ("withdrawn", Text("提现", "Withdrawn")),
    ("left", Text("余额变动", "Change of balance")),
)


def _moves_row(row: Mapping[str, object], currency: str) -> JsonRow:
    taken, given, withdrawn = (whole(row[name]) for name in _MOVES)
    amounts = {"taken_in": taken, "given_out": given, "withdrawn": withdrawn, "left": taken - given - withdrawn}
    return {**{name: major(amount, currency) for name, amount in amounts.items()}, "n_lines": whole(row["n_lines"])}


def _moves_table(desk: Desk, view: View, rows: Sequence[JsonRow], *keys: tuple[str, Text]) -> TableData:
    currency = only_currency(rows)
    columns = (
        *(ColumnSpec(key=key, label=label) for key, label in keys),
        *(ColumnSpec(key=key, label=label, unit="money") for key, label in _MONEY),
        ColumnSpec(key="n_lines", label=Text("笔数", "Lines"), unit="count"),
    )
    if currency is None:
        return TableData(columns=columns, rows=(), n_rows=0, empty=_why_none(rows))
    stores = store_names(desk)
    shown = []
    for row in rows:
        named: JsonRow = {
            "store": stores.get(whole(row.get("shop_id")), ""),
            "wallet": row.get("wallet") or Text("未写明", "not stated"),
            "category": category_name(row.get("category")),
        }
        shown.append({**{key: named[key] for key, _ in keys}, **_moves_row(row, currency)})
    total = {name: sum(whole(row[name]) for row in rows) for name in (*_MOVES, "n_lines")}
    caution = _entries(desk, view).caution
    return TableData(
        columns=columns,
        rows=tuple(shown),
        total=_moves_row(total, currency),
        n_rows=len(shown),
        currency=currency,
        warnings=(caution,) if caution else (),
    )


def category_name(category: object) -> Text:
    """Return what a category of a ledger is called."""
    return CATEGORY_NAMES.get(str(category or "unknown"), Text.same(str(category)))


def cash_wallets(desk: Desk, view: View) -> TableData:
    """Return the moves of each wallet of each store."""
    rows = moves_by(desk, view, "shop_id", "wallet")
    return _moves_table(desk, view, rows, ("store", Text("店铺", "Store")), ("wallet", Text("账户", "Wallet")))


def cash_kinds(desk: Desk, view: View) -> TableData:
    """Return the moves by kind of ledger line."""
    return _moves_table(desk, view, moves_by(desk, view, "category"), ("category", Text("科目", "Kind")))


_LINE_COLUMNS = (
    ColumnSpec(key="day", label=Text("入账日", "Booked"), unit="date"),
    ColumnSpec(key="store", label=Text("店铺", "Store")),
    ColumnSpec(key="wallet", label=Text("账户", "Wallet")),
    ColumnSpec(key="category", label=Text("科目", "Kind")),
    ColumnSpec(key="scene", label=Text("文件中的类型", "Kind in the file")),
    ColumnSpec(key="order_id", label=Text("订单编号", "Order")),
    ColumnSpec(key="amount", label=Text("金额", "Amount"), unit="money"),
)


def cash_lines(desk: Desk, view: View) -> TableData:
    """Return the ledger lines themselves, newest first; each opens its row in the source file."""
    scope = _entries(desk, view)
    moves = moves_by(desk, view)
    n_rows = sum(whole(row["n_lines"]) for row in moves)
    pages = max(-(-n_rows // PAGE_ROWS), 1)
    page = min(view.page, pages)
    rows = scope.rows.select(
        "shop_id", "booked_at", "booked_date", "wallet", "category", "scene_raw", "order_id", "amount_minor",
        "currency", "batch_id", "row_no",
    )  # fmt: skip
    wanted = rows.order_by([ibis.desc("booked_at"), "batch_id", "row_no"])
    found = asked(desk, wanted.limit(PAGE_ROWS, offset=(page - 1) * PAGE_ROWS), scope)
    stores = store_names(desk)
    shown = tuple(
        {
            "day": str(row["booked_date"]),
            "store": stores.get(whole(row["shop_id"]), ""),
            "wallet": row["wallet"],
            "category": category_name(row["category"]),
            "scene": row["scene_raw"],
            "order_id": row["order_id"],
            "amount": major(row["amount_minor"], str(row["currency"])),
            "_href": f"/source/{row['batch_id']}/{row['row_no']}",
        }
        for row in found
    )
    return TableData(
        columns=_LINE_COLUMNS,
        rows=shown,
        page=page,
        pages=pages,
        n_rows=n_rows,
        currency=only_currency(moves),
        empty=None if shown else NO_LEDGER,
    )

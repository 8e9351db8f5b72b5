"""The purchase proposal as tiles: cash, what to order, what a promotion will find, what was left out."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.pagespec import (
    AllClear,
    ChartData,
    ColumnSpec,
    KpiItem,
    KpisData,
    PurchaseLine,
    PurchasesData,
    Series,
    TableData,
)
from zhanggui.understand import wording
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.replenish_answer import (
    ProposalRow,
    ReplenishAnswer,
    left_out_rows,
    replenish_of_pairs,
)
from zhanggui.understand.inventory.replenish_read import Plan, plan_of, terms_in
from zhanggui.understand.inventory.tile_parts import PAGE_ROWS, said_instead
from zhanggui.understand.refusals import no_chart, no_figures, no_table
from zhanggui.understand.view import View


def _answer(desk: Desk) -> ReplenishAnswer:
    return desk.kept("purchase_answer", lambda: replenish_of_pairs(desk, ()))


def _plan(desk: Desk) -> Plan:
    return plan_of(desk, View(), terms_in(()))


def _figures(desk: Desk, view: View) -> KpisData:
    found = _answer(desk)
    doubt = Text(" ".join(each.zh for each in found.warnings), " ".join(each.en for each in found.warnings))
    record = found.record
    items = (
        KpiItem(
            metric="purchase_cash", label=Text("建议采购金额", "To order"), unit="money", value=found.cash,
            evidence="estimated", warning=doubt if found.warnings else None,
            numerator=Text(f"全部需要 {found.cash_wanted:,.0f}", f"of {found.cash_wanted:,.0f} in all"),
        ),
        KpiItem(
            metric="purchase_profit", label=Text("预计利润", "Profit expected"), unit="money", value=found.profit,
            evidence="estimated",
            numerator=Text(f"同等资金上限 {found.profit_bound:,.0f}", f"at most {found.profit_bound:,.0f}"),
        ),
        KpiItem(
            metric="purchase_skus", label=Text("要下单的 SKU", "SKUs to order"), unit="count",
            value=sum(1 for row in found.rows if row.quantity > 0), evidence="estimated",
        ),
        KpiItem(
            metric="purchase_warned", label=Text("断货预警", "Warned of"), unit="count", value=len(found.warned),
            evidence="estimated",
            numerator=Text(
                f"以往 {record.warned} 次预警应验 {record.right} 次",
                f"{record.right} of {record.warned} past warnings were right",
            ),
        ),
        KpiItem(
            metric="purchase_stress",
            label=Text("大促前备货不足", "Short before the promotion")
            if found.stress is None
            else Text(f"{found.stress.name.zh}前备货不足", f"Short before {found.stress.name.en}"),
            unit="count", value=None if found.stress is None else found.stress.at_risk, evidence="estimated",
        ),
    )  # fmt: skip
    return KpisData(items=items, currency=found.currency)


def _orders(desk: Desk, view: View) -> PurchasesData:
    found = _answer(desk)
    rows = tuple(
        PurchaseLine.model_validate({name: getattr(row, name) for name in PurchaseLine.model_fields} | _days(row))
        for row in found.rows
    )
    empty = AllClear(
        "没有要下单的商品：含在途库存都在订货点以上。", "Nothing to order: every position is above its reorder point."
    )
    return PurchasesData(
        currency=found.currency, cash=found.cash, cash_wanted=found.cash_wanted, profit=found.profit,
        profit_bound=found.profit_bound, units=found.units, rows=rows, empty=None if rows else empty,
    )  # fmt: skip


def _days(row: ProposalRow) -> dict[str, str | None]:
    return {
        name: day.isoformat() if day else None
        for name, day in (("order_on", row.order_on), ("expected_on", row.expected_on))
    }


def _no_orders(text: Text) -> PurchasesData:
    return PurchasesData(empty=text)


def _curve(desk: Desk, view: View) -> ChartData:
    found = _answer(desk)
    return ChartData(
        unit="money",
        currency=found.currency,
        x=tuple(wording.money(each.cash, found.currency) for each in found.curve),
        x_kind="category",
        series=(Series(name=Text("预计利润", "Profit expected"), values=tuple(each.profit for each in found.curve)),),
        empty=None
        if found.curve
        else Text("没有要下单的商品，资金多少都一样。", "Nothing is to be ordered, whatever the budget."),
    )


def _suppliers(desk: Desk, view: View) -> TableData:
    rows_of = _answer(desk).suppliers
    names = {
        "measured": Text("实测", "measured"),
        "declared": Text("供应商声明", "declared"),
        "unknown": Text("未知", "unknown"),
    }
    columns = (
        ColumnSpec(key="supplier", label=Text("供应商", "Supplier")),
        ColumnSpec(key="skus", label=Text("SKU 数", "SKUs"), unit="count"),
        ColumnSpec(key="units", label=Text("件数", "Units"), unit="count", evidence="estimated"),
        ColumnSpec(key="cash", label=Text("金额", "Cash"), unit="money", evidence="estimated"),
        ColumnSpec(key="lead", label=Text("平均交期", "Mean lead time"), unit="days"),
        ColumnSpec(key="spread", label=Text("交期波动", "Its spread"), unit="days"),
        ColumnSpec(key="source", label=Text("交期来源", "Known by")),
        ColumnSpec(key="state", label=Text("状态", "State")),
    )
    waits = Text("不足起订量，等待", "under the least order: waits")
    rows = tuple(
        {
            "supplier": each.supplier,
            "skus": each.skus,
            "units": each.units,
            "cash": each.cash,
            "lead": each.lead_days,
            "spread": each.lead_spread,
            "source": names[each.lead_source],
            "state": waits if each.is_held_back else None,
        }
        for each in rows_of
    )
    return TableData(
        columns=columns, rows=rows, n_rows=len(rows), currency=_answer(desk).currency,
        empty=None if rows else Text("没有采购单，供应商未知。", "There are no purchase orders, so no suppliers."),
    )  # fmt: skip


def _stress(desk: Desk, view: View) -> TableData:
    found = _answer(desk).stress
    if found is None:
        return no_table(Text("未来 90 天没有大促。", "No big promotion within 90 days."))
    columns = (
        ColumnSpec(key="sku", label=Text("商品编码", "SKU")),
        ColumnSpec(key="name", label=Text("名称", "Name")),
        ColumnSpec(key="expected", label=Text("到大促结束的需求", "Demand until it ends"), unit="count",
                   evidence="estimated"),
        ColumnSpec(key="position", label=Text("含在途库存", "Position"), unit="count"),
        ColumnSpec(key="empty", label=Text("断货概率", "Empty"), unit="ratio", evidence="estimated"),
        ColumnSpec(key="missing", label=Text("还缺", "Missing"), unit="count", evidence="estimated"),
        ColumnSpec(key="cash", label=Text("所需资金", "Cash"), unit="money", evidence="estimated"),
        ColumnSpec(key="until", label=Text("最迟下单", "Order until"), unit="date", evidence="estimated"),
        ColumnSpec(key="help", label=Text("来得及吗", "In time")),
    )  # fmt: skip
    yes, no = Text("来得及", "in time"), Text("来不及：调拨或限购", "too late: transfer or ration")
    rows = tuple(
        {
            "sku": row.sku,
            "name": row.name,
            "expected": round(row.expected),
            "position": row.position,
            "empty": row.empty_chance,
            "missing": row.missing,
            "cash": row.cash,
            "until": row.order_until.isoformat(),
            "help": yes if row.can_help else no,
        }
        for row in found.rows[:PAGE_ROWS]
    )
    empty = AllClear(f"{found.name.zh}前没有备货不足的商品。", f"Nothing is short before {found.name.en}.")
    return TableData(
        columns=columns, rows=rows, n_rows=found.at_risk, currency=_answer(desk).currency,
        empty=None if rows else empty,
    )  # fmt: skip


def _warned(desk: Desk, view: View) -> TableData:
    found = _answer(desk)
    columns = (
        ColumnSpec(key="sku", label=Text("商品编码", "SKU")),
        ColumnSpec(key="name", label=Text("名称", "Name")),
        ColumnSpec(key="available", label=Text("可售", "Available"), unit="count"),
        ColumnSpec(key="lasts", label=Text("还能卖", "Lasts"), unit="days", evidence="estimated"),
        ColumnSpec(key="lead", label=Text("交期", "Lead time"), unit="days"),
        ColumnSpec(key="empty", label=Text("断货概率", "Empty"), unit="ratio", evidence="estimated"),
    )
    rows = tuple(
        {
            "sku": row.sku,
            "name": row.name,
            "available": row.available,
            "lasts": row.stock_lasts_days,
            "lead": row.lead_days,
            "empty": row.empty_chance,
        }
        for row in found.warned[:PAGE_ROWS]
    )
    empty = AllClear(
        "没有商品会在补货到达前断货。", "Nothing is likely to run out before an order placed today is there."
    )
    return TableData(columns=columns, rows=rows, n_rows=len(found.warned), empty=None if rows else empty)


def _left_out(desk: Desk, view: View) -> TableData:
    rows = tuple(
        {"sku": row.sku, "name": row.name, "reason": row.reason_text} for row in left_out_rows(_plan(desk))[:PAGE_ROWS]
    )
    columns = (
        ColumnSpec(key="sku", label=Text("商品编码", "SKU")),
        ColumnSpec(key="name", label=Text("名称", "Name")),
        ColumnSpec(key="reason", label=Text("原因", "Because")),
    )
    empty = AllClear("每个有需求的商品都给出了建议。", "Everything that is asked for has a proposal.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else empty)


replenish_figures = said_instead(_figures, no_figures)
replenish_orders = said_instead(_orders, _no_orders)
replenish_curve = said_instead(_curve, no_chart)
replenish_suppliers = said_instead(_suppliers, no_table)
replenish_stress = said_instead(_stress, no_table)
replenish_warned = said_instead(_warned, no_table)
replenish_left_out = said_instead(_left_out, no_table)

"""What is wrong with the data of stock, each a sentence in both languages; nothing is put right in silence."""

from __future__ import annotations

from datetime import date

import ibis
import numpy as np

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.stock import StockCourse, place_levels
from zhanggui.understand.inventory.goods import Goods


def of_source(source: str, course: StockCourse) -> list[Text]:
    """Say where demand comes from, when not from movements."""
    if source == "movements":
        return []
    if not course.sold.any():
        return [
            Text(
                "既没有销售出库流水，也没有能对上库存编码的订单：需求未知，周转与滞销无法判断。",
                "Neither issues for sales nor orders of these stock codes are known: demand is unknown, and so are "
                "turnover and slow stock.",
            )
        ]
    return [
        Text(
            "没有销售出库流水：按已付订单（经商品对照表）估算需求，记在最近一次库存变动的日子上。",
            "No movement says what was sold: demand is taken from paid orders by the SKU map, put to the last day "
            "on which stock changed.",
        )
    ]


def of_movements(ledger: Ledger, last: date) -> list[Text]:
    """Say where stock is below zero, entered twice, or counted in other units."""
    found = []
    ends = place_levels(ledger, last)
    below = ends.filter(ends.on_hand < 0)
    row = ledger.query(below.aggregate(n=below.count(), units=below.on_hand.sum())).to_pylist()[0]
    if row["n"]:
        n, units = row["n"], -row["units"]
        found.append(
            Text(
                f"{n} 个 SKU·仓库的账面库存为负（共 {units:,.0f} 件）：金额按 0 计，请查漏录的入库或发错仓。",
                f"The books are below zero for {n} SKUs in a warehouse ({units:,.0f} units): worth nothing here; look "
                "for receipts that were not entered or the wrong warehouse.",
            )
        )
    n_twice, n_units = _twice(ledger, last)
    if n_twice:
        found.append(
            Text(
                f"{n_twice} 条出入库流水疑似重复（同仓、编码、时刻、数量、单号），涉及 {n_units:,.0f} 件：未去除，"
                "请核对后在 ERP 中更正再导入。",
                f"{n_twice} stock movements look entered twice (same place, goods, moment, quantity and document), "
                f"{n_units:,.0f} units: they are counted; correct them in the stock system and load again.",
            )
        )
    return [*found, *_of_units(ledger, last)]


def _twice(ledger: Ledger, last: date) -> tuple[int, float]:
    rows = ledger.table("stock_movement")
    rows = rows.filter(rows.occurred_date <= last)
    same = ["warehouse", "internal_sku", "occurred_at", "quantity", "reason", "order_id", "refund_id",
            "purchase_order_id"]  # fmt: skip
    groups = rows.group_by(same).aggregate(n=rows.count())
    groups = groups.filter(groups.n > 1)
    units = (groups.quantity.abs().cast("float64") * (groups.n - 1)).sum()
    row = ledger.query(groups.aggregate(n=(groups.n - 1).sum(), units=units)).to_pylist()[0]
    return int(row["n"] or 0), float(row["units"] or 0.0)


CARTON = 4
"""A receipt that is this many times what its purchase order says, or a whole fraction of it, is in other units."""


def _of_units(ledger: Ledger, last: date) -> list[Text]:
    """Say where a purchase order and its receipts differ by a whole factor: pieces here, cartons there."""
    orders, moves = ledger.table("purchase_order"), ledger.table("stock_movement")
    key = ["purchase_order_id", "internal_sku", "warehouse"]
    came = moves.filter(
        (moves.occurred_date <= last) & (moves.reason == "purchase") & moves.purchase_order_id.notnull()
    )
    sums = came.group_by(key).aggregate(moved=came.quantity.sum().cast("float64"))
    both = orders.inner_join(sums, key)
    said = ibis.coalesce(both.received_quantity, both.ordered_quantity).cast("float64")
    ratio = ibis.greatest(both.moved / said, said / both.moved)
    both = both.mutate(ratio=ratio).filter((both.moved > 0) & (said > 0))
    odd = both.filter((both.ratio >= CARTON) & ((both.ratio - both.ratio.round()).abs() < 0.001))
    rows = ledger.query(
        odd.select("purchase_order_id", "internal_sku", "ratio").order_by("purchase_order_id")
    ).to_pylist()
    if not rows:
        return []
    example = f"{rows[0]['purchase_order_id']} {rows[0]['internal_sku']} ×{rows[0]['ratio']:.0f}"
    return [
        Text(
            f"{len(rows)} 行采购单与入库数量相差整数倍（如 {example}）：疑似件与箱混用，未换算，请统一单位。",
            f"{len(rows)} lines of purchase orders differ from their receipts by a whole factor (such as {example}): "
            "pieces and cartons may be mixed; nothing was converted.",
        )
    ]


def of_costs(course: StockCourse, goods: Goods, currency: str) -> list[Text]:
    """Say which costs are missing, leap, or are in other currencies."""
    found = []
    held = course.on_hand()
    lacking = np.isnan(goods.unit_cost) & (held > 0)
    if lacking.any():
        n, units = int(lacking.sum()), held[lacking].sum()
        found.append(
            Text(
                f"{n} 个有库存的 SKU 没有单位成本（{units:,.0f} 件）：不计入金额，单独列出；请导入商品成本。",
                f"{n} SKUs in stock have no unit cost ({units:,.0f} units): in no amount of money; load costs.",
            )
        )
    if goods.cost_leaps:
        name, factor = max(goods.cost_leaps.items(), key=lambda each: each[1])
        found.append(
            Text(
                f"{len(goods.cost_leaps)} 个 SKU 的单位成本先后差 5 倍以上（如 {name} ×{factor:.1f}）：疑似件箱混用。",
                f"The unit cost of {len(goods.cost_leaps)} SKUs leapt by five times or more (such as {name} "
                f"×{factor:.1f}): pieces and cartons may be mixed.",
            )
        )
    if goods.n_foreign_costs:
        found.append(
            Text(
                f"{goods.n_foreign_costs} 条成本不是 {currency}：没有汇率，未使用。",
                f"{goods.n_foreign_costs} costs are not in {currency}: without an exchange rate they are not used.",
            )
        )
    return found

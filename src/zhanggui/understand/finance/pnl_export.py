"""What the one-click profit report holds beside its numbers: definitions, rules, sources, and what matched nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import ibis

from zhanggui.i18n import Language, Text
from zhanggui.ledger.profit.rules import PROFIT_RULES
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.model import Evidence
from zhanggui.money import major
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.profit_by import CHOICES
from zhanggui.understand.finance.profit_desk import statement
from zhanggui.understand.finance.profit_statement import SPLITS, Statement
from zhanggui.understand.finance.scope import asked, scope_of, whole, with_product
from zhanggui.understand.finance.tie_desk import tied
from zhanggui.understand.finance.workbook import Notes, pnl_workbook
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

DEFAULT_SPLIT = "platform"
MOST_SKUS = 1_000

_EVIDENCE = {
    Evidence.COUNTED: Text("计数", "counted"),
    Evidence.ESTIMATED: Text("预估", "estimated"),
    Evidence.DECLARED: Text("平台口径", "declared"),
    Evidence.ATTRIBUTED: Text("归因", "attributed"),
    Evidence.MEASURED: Text("实测", "measured"),
}

Rows = list[list[Text | str | float | int | None]]


def pnl_file(desk: Desk, view: View, language: Language) -> bytes:
    """Return the profit report of a view as a workbook, split by ``view.by`` or by platform."""
    by = view.by if view.by in SPLITS else DEFAULT_SPLIT
    found = statement(desk, view, by)
    return pnl_workbook(
        found,
        company=desk.shop.name,
        split=CHOICES[by],
        notes=(_definitions(desk, found), _unmatched(desk, view)),
        language=language,
    )


def file_name(desk: Desk, view: View, language: Language) -> str:
    """Return what the workbook is called: what it is, and of which days.

    Nothing of it comes from a file, so that every file system takes it.
    """
    found = statement(desk, view, view.by if view.by in SPLITS else DEFAULT_SPLIT)
    days = f"_{found.columns[0].first}_{found.columns[-1].last}" if found.columns else ""
    return f"{'利润表' if language == 'zh' else 'profit'}{days}.xlsx"


def _definitions(desk: Desk, found: Statement) -> Notes:
    names = dict.fromkeys((*(row.metric for row in found.rows if row.metric), *found.ratios))
    metrics = [CATALOGUE[name] for name in names if name]
    defined: Rows = [
        [metric.label, metric.definition, metric.formula, _EVIDENCE[metric.evidence]] for metric in metrics
    ]
    rules: Rows = [[rule.label, rule.text] for rule in PROFIT_RULES.values()]
    ratios: Rows = [[CATALOGUE[name].label, _percent(total)] for name, (_, total) in found.ratios.items()]
    warnings: Rows = [[text] for text in found.warnings] or [[Text("无", "none")]]
    return Notes(
        Text("说明", "Notes"),
        (
            (Text("比率", "Rates"), (Text("项目", "Line"), Text("值", "Value")), ratios),
            (Text("须知", "To be known"), (Text("内容", "Text"),), warnings),
            (
                Text("口径", "Definitions"),
                (Text("项目", "Line"), Text("含义", "Meaning"), Text("公式", "Formula"), Text("依据", "Evidence")),
                defined,
            ),
            (Text("规则", "Rules"), (Text("规则", "Rule"), Text("内容", "Text")), rules),
            (
                Text("数据来源", "Sources"),
                (Text("店铺", "Store"), Text("数据", "Data"), Text("导入时间", "Loaded"), Text("数据截至", "Data to")),
                list(_sources(desk)),
            ),
        ),
    )


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.1f}%"


def _sources(desk: Desk) -> Iterator[list[Text | str | float | int | None]]:
    answer = desk.ask(View().question("receivable"))
    for each in answer.freshness.sources:
        loaded = "" if each.loaded_at is None else each.loaded_at.isoformat(sep=" ", timespec="minutes")
        yield [each.shop, each.dataset, loaded, "" if each.period_end is None else each.period_end.isoformat()]


def _unmatched(desk: Desk, view: View) -> Notes:
    lines: Rows = [
        [line.booked, line.store, line.label, line.order_id or "", line.amount]
        for line in tied(desk, replace(view, by=None, basis=None)).unmatched
    ]
    return Notes(
        Text("未匹配与缺成本", "Unmatched, uncosted"),
        (
            (
                Text("找不到订单的账单行", "Ledger lines without an order"),
                (Text("入账日", "Booked"), Text("店铺", "Store"), Text("科目", "Kind"), Text("账单中的订单", "Order"),
                 Text("金额", "Amount")),
                lines,
            ),
            (
                Text("缺成本的商品", "Goods of unknown cost"),
                (Text("店铺", "Store"), Text("商品", "Product"), Text("SKU", "SKU"), Text("件数", "Units"),
                 Text("商家应收", "Receivable")),
                list(_uncosted(desk, view)),
            ),
        ),
    )  # fmt: skip


def _uncosted(desk: Desk, view: View) -> Iterator[list[Text | str | float | int | None]]:
    scope = scope_of(desk, view, "line_profit", day="paid_date")
    rows = with_product(desk, scope.rows)
    rows = rows.filter((rows.order_kind == "ordinary") & ~rows.cost_known)
    sums = rows.group_by(["shop_id", "product_id", "product_name", "sku_id", "currency"]).aggregate(
        units=rows.quantity.sum(), due=rows.receivable_minor.sum().cast("int64")
    )
    stores = store_names(desk)
    largest = sums.order_by([ibis.desc("due"), "shop_id", "sku_id"]).limit(MOST_SKUS)
    for row in asked(desk, largest, scope):
        yield [
            stores.get(whole(row["shop_id"]), ""),
            str(row["product_name"] or row["product_id"] or ""),
            str(row["sku_id"] or ""),
            float(str(row["units"])),
            major(row["due"], str(row["currency"])),
        ]

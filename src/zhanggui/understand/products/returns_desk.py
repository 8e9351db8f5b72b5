"""Returns and reviews as tiles."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import (
    ChartData,
    ColumnSpec,
    Finding,
    FindingsData,
    KpiItem,
    KpisData,
    Series,
    TableData,
)
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.diagnosis import diagnoses, size_faults
from zhanggui.understand.products.matrix_desk import product_href
from zhanggui.understand.products.returns import GoodsReturns, returns
from zhanggui.understand.products.returns_answer import ReturnsAnswer, returns_answer, rule_said, said_of
from zhanggui.understand.products.topics import LABELS
from zhanggui.understand.refusals import no_chart, no_figures, no_findings, no_table, said_instead
from zhanggui.understand.view import View

MOST_ROWS, MOST_BARS = 100, 12


def href_of(desk: Desk, each: GoodsReturns) -> str | None:
    """Return the page of the store product of the seller's product that comes first."""
    if not each.keys:
        return None
    shop, product = min(each.keys)
    return product_href(product, store_names(desk).get(shop, f"#{shop}"))


def _figures(desk: Desk, view: View) -> KpisData:
    found = returns(desk, view)
    delivered, returned = (sum(getattr(each, name) for each in found.products) for name in ("delivered", "returned"))
    reviews, good = (sum(getattr(each, name) for each in found.products) for name in ("reviews", "good"))
    cards = diagnoses(found)
    items = (
        KpiItem(metric="matured_return_rate", label=Text("退货率（已成熟）", "Return rate, matured"), unit="ratio",
                value=returned / delivered if delivered else None, good="down",
                numerator=Text(f"{returned:,.0f} ÷ {delivered:,.0f} 件", f"{returned:,.0f} ÷ {delivered:,.0f} units")),
        KpiItem(metric="matured_good_share", label=Text("好评率", "Positive reviews"), unit="ratio",
                value=good / reviews if reviews else None, good="up",
                numerator=Text(f"{good:,} ÷ {reviews:,} 条", f"{good:,} ÷ {reviews:,} reviews")),
        KpiItem(metric="diagnosed_products", label=Text("需要诊断的商品", "Products to look at"), unit="count",
                value=len(cards), good="down"),
        KpiItem(metric="returns_at_stake", label=Text("涉及金额（估算）", "At stake, estimated"), unit="money",
                value=major(sum(card.stake_minor for card in cards if card.stake_minor > 0), found.currency),
                good="down", evidence="estimated"),
    )  # fmt: skip
    return KpisData(items=items, currency=found.currency, warnings=said_of(found), partial=rule_said())


def _cards(desk: Desk, view: View) -> FindingsData:
    found = returns(desk, view)
    items = []
    for card in diagnoses(found):
        each, label = card.goods, LABELS[card.cause]
        good = "-" if each.good_share is None else f"{each.good_share:.0%}"
        rate = each.return_rate or 0.0
        checks = tuple(enumerate(card.checks, start=1))
        items.append(
            Finding(
                title=Text(f"{each.goods.title}：{label.zh}", f"{each.goods.title}: {label.en.lower()}"),
                text=Text(f"退货率 {rate:.0%}，好评率 {good}，{each.topics[card.cause]} 单说{label.zh}。",
                          f"{rate:.0%} come back, {good} positive; {each.topics[card.cause]} orders say "
                          f"{label.en.lower()}."),
                cause=Text(" ".join(f"{n}) {check.zh}" for n, check in checks),
                           " ".join(f"{n}) {check.en}" for n, check in checks)),
                money=major(card.stake_minor, found.currency),
                currency=found.currency,
                evidence="estimated",
                href=href_of(desk, each),
            )
        )  # fmt: skip
    nothing = Text("没有商品需要诊断。", "No product needs a diagnosis.")
    return FindingsData(items=tuple(items), empty=None if items else nothing)


def _products(desk: Desk, view: View) -> TableData:
    found = returns(desk, view)
    faults = size_faults(found)
    columns = (
        ColumnSpec(key="name", label=Text("商品", "Product")),
        ColumnSpec(key="code", label=Text("商家编码", "Code")),
        ColumnSpec(key="delivered", label=Text("发出件数", "Delivered"), unit="count"),
        ColumnSpec(key="returned", label=Text("退回件数", "Returned"), unit="count"),
        ColumnSpec(key="rate", label=Text("退货率", "Return rate"), unit="ratio"),
        ColumnSpec(key="reviews", label=Text("评价", "Reviews"), unit="count"),
        ColumnSpec(key="good", label=Text("好评率", "Positive"), unit="ratio"),
        ColumnSpec(key="topic", label=Text("最多的说法", "Most said")),
        ColumnSpec(key="fault", label=Text("尺码表", "Size chart")),
    )
    rows = []
    for each in found.products[:MOST_ROWS]:
        topic = each.topics.most_common(1)
        fault = faults.get(each.goods.code)
        rows.append(
            {
                "name": each.goods.title, "code": each.goods.code, "delivered": each.delivered,
                "returned": each.returned, "rate": each.return_rate, "reviews": each.reviews,
                "good": each.good_share,
                "topic": Text(f"{LABELS[topic[0][0]].zh} {topic[0][1]}", f"{LABELS[topic[0][0]].en} {topic[0][1]}")
                if topic else None,
                "fault": LABELS[fault.direction] if fault else None, "_href": href_of(desk, each),
            }
        )  # fmt: skip
    return TableData(columns=columns, rows=tuple(rows), n_rows=len(found.products), currency=found.currency)


def _reasons(desk: Desk, view: View) -> ChartData:
    found = returns(desk, view)
    total: dict[str, int] = {}
    for each in found.products:
        for topic, n in each.topics.items():
            total[topic] = total.get(topic, 0) + n
    ranked = sorted(total.items(), key=lambda each: -each[1])
    return ChartData(
        unit="count",
        x=tuple(LABELS[topic] for topic, _ in ranked),
        x_kind="category",
        series=(Series(name=Text("订单", "Orders"), values=tuple(n for _, n in ranked)),),
        empty=None if ranked else Text("没有退货原因，也没有差评。", "No reasons of returns and no bad reviews."),
    )


def _answer(desk: Desk, view: View) -> ReturnsAnswer:
    key = ("returns_answer", view.date_from, view.date_to, view.where)
    return desk.kept(key, lambda: returns_answer(desk, view))


def _suppliers(desk: Desk, view: View) -> TableData:
    return _rates(_answer(desk, view), "supplier")


def _regions(desk: Desk, view: View) -> TableData:
    return _rates(_answer(desk, view), "region")


_NAMES = {"supplier": Text("供应商", "Supplier"), "region": Text("省份", "Province")}


def _rates(answer: ReturnsAnswer, by: str) -> TableData:
    rates = answer.by_supplier if by == "supplier" else answer.by_region
    ranked = sorted(rates, key=lambda each: -(each.rate or 0.0))
    return TableData(
        columns=(
            ColumnSpec(key="name", label=_NAMES[by]),
            ColumnSpec(key="delivered", label=Text("发出件数", "Delivered"), unit="count"),
            ColumnSpec(key="returned", label=Text("退回件数", "Returned"), unit="count"),
            ColumnSpec(key="rate", label=Text("退货率", "Return rate"), unit="ratio"),
        ),
        rows=tuple(
            {"name": each.name if each.name != "-" else Text("未知", "not known"), **each.model_dump(exclude={"name"})}
            for each in ranked
        ),
        n_rows=len(ranked),
        partial=_BY_SUPPLIER if by == "supplier" else None,
    )


_BY_SUPPLIER = Text(
    "按付款前最近一次到货推断供应商，是估算。",
    "The supplier is that of the last purchase received before payment: estimated.",
)

_TABLES = ("order_line", "refund", "review")
returns_figures = said_instead(_figures, no_figures, *_TABLES)
returns_cards = said_instead(_cards, no_findings, *_TABLES)
returns_products = said_instead(_products, no_table, *_TABLES)
returns_reasons = said_instead(_reasons, no_chart, *_TABLES)
returns_suppliers = said_instead(_suppliers, no_table, *_TABLES)
returns_regions = said_instead(_regions, no_table, *_TABLES)

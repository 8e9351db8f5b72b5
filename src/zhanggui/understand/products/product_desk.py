"""One product as tiles; all of them over the same days."""

from __future__ import annotations

from zhanggui.i18n import Text
from zhanggui.metrics import Filter
from zhanggui.pagespec import AllClear, ChartData, ColumnSpec, KpiItem, KpisData, Series, TableData
from zhanggui.understand.buyer_kinds import buyer_kinds
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.matrix import NAMES
from zhanggui.understand.products.matrix_desk import PROFIT, UNITS, product_href
from zhanggui.understand.products.product import ProductAnswer, product_answer, products_named
from zhanggui.understand.products.returns import returns
from zhanggui.understand.products.returns_answer import EvidenceRow, evidence_of, kept_products
from zhanggui.understand.products.topics import LABELS
from zhanggui.understand.refusals import no_chart, no_figures, no_table, said_instead
from zhanggui.understand.view import View

PAGE_ROWS = 50
_QUADRANTS = {name.name: name.label for name in NAMES.values()}


def _answer(desk: Desk, view: View) -> ProductAnswer:
    return product_answer(desk, view)


def _figures(desk: Desk, view: View) -> KpisData:
    found = _answer(desk, view)
    traffic, stock, back, ahead = found.traffic, found.stock, found.returns, found.ahead
    product = back.products[0] if back is not None and back.products else None
    low, high = f"{ahead.low or 0:,.0f}", f"{ahead.high or 0:,.0f}"
    soon = None if ahead.middle is None else Text(f"{low}–{high} 件", f"{low} to {high}")
    figures = (
        ("product_visitors", Text("访客（平台，按日相加）", "Visitors, days added"), "count",
         traffic.visitors, "declared", None),
        ("product_conversion", Text("支付转化率", "Conversion"), "ratio", traffic.conversion, "declared", None),
        ("product_cart_share", Text("加购件数 ÷ 访客", "Cart units ÷ visitors"), "ratio",
         traffic.cart_share, "declared", None),
        ("product_units", Text("销量", "Units sold"), "count", found.units, "counted",
         Text(f"净 {found.net_units:,.0f}", f"{found.net_units:,.0f} net")),
        ("product_net_revenue", Text("净收入", "Net revenue"), "money", found.net_revenue, "counted", None),
        ("product_profit", PROFIT, "money", found.profit, "estimated", None),
        ("product_on_hand", Text("在库", "On hand"), "count", stock.on_hand, "counted",
         None if stock.as_of is None else Text(f"{stock.as_of} 快照", f"counted {stock.as_of}")),
        ("product_cover", Text("可售天数", "Days of cover"), "days", stock.days_of_cover, "estimated", None),
        ("product_turns", Text("库存周转次数", "Stock turns"), "count", stock.turns, "estimated", None),
        ("product_return_rate", Text("退货率（已成熟）", "Return rate, matured"), "ratio",
         None if product is None else product.return_rate, "counted", None),
        ("product_good_share", Text("好评率", "Positive reviews"), "ratio",
         None if product is None else product.good_share, "counted", None),
        ("product_ahead", Text(f"未来 {ahead.weeks} 周销量", f"Units, next {ahead.weeks} weeks"), "count", ahead.middle,
         "estimated", soon or ahead.reason),
    )  # fmt: skip
    items = tuple(
        KpiItem.model_validate(
            {"metric": name, "label": label, "unit": unit, "value": value, "evidence": evidence, "numerator": more}
        )
        for name, label, unit, value, evidence, more in figures
    )
    said = Text(
        f"{found.title}（{found.merchant_code}），{'、'.join(found.stores)}，{found.date_from} 至 {found.date_to}。",
        f"{found.title} ({found.merchant_code}), {', '.join(found.stores)}, {found.date_from} to {found.date_to}.",
    )
    return KpisData(items=items, currency=found.currency, partial=said, warnings=found.warnings)


def _course(desk: Desk, view: View) -> ChartData:
    found = _answer(desk, view)
    return ChartData(
        unit="count",
        x=tuple(each.day.isoformat() for each in found.course),
        x_kind="date",
        series=(Series(name=UNITS, values=tuple(each.units for each in found.course)),),
    )


def _skus(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    sizes = {each.name: each.rate for row in (found.returns.products if found.returns else ()) for each in row.by_size}
    columns = (
        ColumnSpec(key="spec", label=Text("规格", "Variant")),
        ColumnSpec(key="store", label=Text("店铺", "Store")),
        ColumnSpec(key="units", label=UNITS, unit="count"),
        ColumnSpec(key="net", label=Text("净收入", "Net revenue"), unit="money"),
        ColumnSpec(key="profit", label=PROFIT, unit="money", evidence="estimated"),
        ColumnSpec(key="quadrant", label=Text("象限", "Quadrant")),
        ColumnSpec(key="classes", label=Text("ABC-XYZ 分类", "ABC-XYZ")),
        ColumnSpec(key="returned", label=Text("退货率（尺码，已成熟）", "Return rate of the size"), unit="ratio"),
    )
    rows = tuple(
        {
            "spec": row.spec or row.sku_id, "store": row.store, "units": row.units, "net": row.net_revenue,
            "profit": row.profit, "quadrant": _QUADRANTS.get(row.quadrant or ""),
            "classes": f"{row.abc or '-'}{row.xyz or '-'}", "returned": sizes.get(row.spec.split(" ")[-1]),
        }
        for row in found.skus
    )  # fmt: skip
    nothing = Text("这段时间没有售出。", "It was not sold in these days.")
    return TableData(
        columns=columns, rows=rows, n_rows=len(rows), currency=found.currency, empty=None if rows else nothing
    )


def _topics(desk: Desk, view: View) -> ChartData:
    found = _answer(desk, view)
    topics = found.returns.by_reason if found.returns else ()
    return ChartData(
        unit="count",
        x=tuple(LABELS[each.topic] for each in topics),
        x_kind="category",
        series=(Series(name=Text("订单", "Orders"), values=tuple(each.n for each in topics)),),
        empty=None if topics else Text("没有退货原因，也没有差评。", "No reasons of returns and no bad reviews."),
    )


def _partners(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    store = found.stores[0] if len(found.stores) == 1 else None
    rows = tuple(
        {
            **each.model_dump(), "name": each.title,
            "_href": None if store is None else product_href(each.product_id, store),
        }
        for each in found.partners
    )  # fmt: skip
    columns = (
        ColumnSpec(key="name", label=Text("常一起买", "Bought together")),
        ColumnSpec(key="orders", label=Text("同单", "Orders"), unit="count"),
        ColumnSpec(key="confidence", label=Text("买它时也买", "Confidence"), unit="ratio"),
        ColumnSpec(key="lift", label=Text("提升度", "Lift"), unit="count"),
    )
    nothing = Text("没有商品常与它同单。", "No product stands in enough of its orders.")
    return TableData(columns=columns, rows=rows, n_rows=len(rows), empty=None if rows else nothing)


def _diagnosis(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    cards = found.returns.diagnoses if found.returns else ()
    rows = tuple(
        {"step": f"{n}", "check": check, "owner": card.owner}
        for card in cards
        for n, check in enumerate(card.checklist, start=1)
    )
    columns = (
        ColumnSpec(key="step", label=Text("步", "Step")),
        ColumnSpec(key="check", label=Text("排查", "Check")),
        ColumnSpec(key="owner", label=Text("负责", "Owner")),
    )
    said = [card.text for card in cards]
    return TableData(
        columns=columns,
        rows=rows,
        n_rows=len(rows),
        partial=said[0] if said else None,
        empty=None
        if rows
        else AllClear("退货与评价都正常，没有诊断。", "Returns and reviews are as usual: no diagnosis."),
    )


def _evidence(desk: Desk, view: View) -> TableData:
    found = _answer(desk, view)
    back = returns(desk, view)
    products_named(desk, view)
    each = kept_products(back, found.merchant_code)[0]
    cause = found.returns.diagnoses[0].cause if found.returns and found.returns.diagnoses else None
    rows = evidence_of(desk, view, each, back, cause, most=500)
    pages = max(-(-len(rows) // PAGE_ROWS), 1)
    page = min(view.page, pages)
    columns = (
        ColumnSpec(key="day", label=Text("日期", "Day"), unit="date"),
        ColumnSpec(key="kind", label=Text("来源", "From")),
        ColumnSpec(key="order", label=Text("订单", "Order")),
        ColumnSpec(key="stars", label=Text("星", "Stars"), unit="count"),
        ColumnSpec(key="topic", label=Text("说的是", "About")),
        ColumnSpec(key="text", label=Text("原文", "Words")),
    )
    nothing = Text("没有退货，也没有差评。", "No returns and no bad reviews.")
    return TableData(
        columns=columns,
        rows=tuple(map(_evidence_row, rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS])),
        page=page,
        pages=pages,
        n_rows=len(rows),
        empty=None if rows else nothing,
    )


_KINDS = {"review": Text("差评", "review"), "return": Text("退货", "return")}


def _evidence_row(row: EvidenceRow) -> dict[str, object]:
    return {
        "day": None if row.day is None else row.day.isoformat(),
        "kind": _KINDS[row.kind],
        "order": row.order_id,
        "stars": row.stars,
        "topic": LABELS[row.topic],
        "text": row.text,
        "_href": row.source,
    }


def _buyer_kinds(desk: Desk, view: View) -> ChartData:
    """Return what new and returning buyers paid for the product, in every store that sells it."""
    keys = products_named(desk, view)
    names = store_names(desk)
    products = Filter("product", tuple(sorted({product for _, product in keys})))
    stores = Filter("shop", tuple(sorted({names[shop] for shop, _ in keys})))
    return buyer_kinds(desk, view.only(products, stores))


_TABLES = ("order_line", "refund", "review", "shop_metric_daily")
product_figures = said_instead(_figures, no_figures, *_TABLES)
product_course = said_instead(_course, no_chart, *_TABLES)
product_buyer_kinds = said_instead(_buyer_kinds, no_chart, *_TABLES)
product_skus = said_instead(_skus, no_table, *_TABLES)
product_topics = said_instead(_topics, no_chart, *_TABLES)
product_partners = said_instead(_partners, no_table, *_TABLES)
product_diagnosis = said_instead(_diagnosis, no_table, *_TABLES)
product_evidence = said_instead(_evidence, no_table, *_TABLES)

"""The page of one customer, and the list that leads to it, as tiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import ibis

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import ColumnSpec, KpiItem, KpisData, TableData, TileAnswer
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.people import customer_name, people_of, person_href
from zhanggui.understand.customers.person import Person, person
from zhanggui.understand.customers.person_answers import (
    consent_of,
    currency_of,
    goods_rows,
    id_rows,
    message_rows,
    order_rows,
    reasons,
    review_rows,
)
from zhanggui.understand.customers.personal import personal_fields
from zhanggui.understand.customers.persons import UnknownPersonError
from zhanggui.understand.customers.refusals import PAGE_ROWS, said_instead
from zhanggui.understand.desk import Desk
from zhanggui.understand.refusals import no_figures, no_table
from zhanggui.understand.view import View

_TABLES = ("order_header", "refund", "event", "member", "contact", "review", "message_send")
_Data = TypeVar("_Data", bound=TileAnswer)


def _of_person(
    make: Callable[[Desk, Person], _Data], nothing: Callable[[Text], _Data]
) -> Callable[[Desk, View], _Data]:
    """Return a tile about the customer whom the page names."""

    def tile(desk: Desk, view: View) -> _Data:
        desk.stands_on(view, *_TABLES)
        try:
            return make(desk, person(desk, view.name))
        except UnknownPersonError as error:
            return nothing(
                Text("这个编号不是唯一一位客户的；请从分层里的客户打开。",
                     f"{error.what} Open a customer from the list of a segment.")
            )  # fmt: skip

    return tile


def _figures(desk: Desk, found: Person) -> KpisData:
    code, ahead = currency_of(found), found.ahead
    days = ahead.horizon_days if ahead else 0
    items = [
        KpiItem(metric="person_orders", label=Text("付款订单", "Paid orders"), unit="count", value=found.n_orders),
        KpiItem(metric="person_net", label=Text("净收入", "Net revenue"), unit="money",
                value=major(found.net_minor, code)),
        KpiItem(metric="person_profit", label=Text("贡献利润", "Contribution"), unit="money",
                value=major(found.facts.profit_minor, code)),
        KpiItem(metric="person_days_since", label=Text("距上次购买", "Days since the last"), unit="days",
                value=found.scores.days_since if found.scores else None),
    ]  # fmt: skip
    if ahead:
        items += [
            KpiItem(metric="person_expected", label=Text(f"预计 {days} 天净收入", f"Expected, {days} days"),
                    unit="money", value=None if ahead.revenue is None else round(ahead.revenue, 2),
                    evidence="estimated"),
            KpiItem(metric="person_churn", label=Text(f"{days} 天不再购买", f"Stays away, {days} days"),
                    unit="ratio", value=1 - ahead.chance, evidence="estimated"),
        ]  # fmt: skip
    return KpisData(items=tuple(items), currency=code, warnings=found.untold)


def _profile(desk: Desk, found: Person) -> TableData:
    member = found.facts.members[0] if found.facts.members else None
    missing = Text("未知", "not known")

    def said(value: object) -> Text:
        return missing if value is None else Text.same(str(value))

    rows: list[tuple[Text, Text]] = [
        (Text("客户", "Customer"), Text.same(customer_name(found.ids.person_key))),
        (Text("分层", "Segment"), found.scores.segment.label if found.scores else missing),
        (Text("阶段", "Stage"), found.stage.label if found.stage else missing),
        (Text("会员等级", "Tier"), said(member["tier"] if member else None)),
        (Text("积分余额", "Points"), said(member["points_balance"] if member else None)),
        (Text("同意", "Consent"), consent_of(found)),
        (Text("地区", "Region"), said(_region(found))),
        (Text("私域", "Private domain"), _private(found)),
        (Text("预计下次购买", "Next order due"), said(found.next_order.day if found.next_order else None)),
        (Text("标签", "Tags"), said("、".join(each.name for each in found.tags) or None)),
    ]
    rows += [
        (Text(f"{each.label}（脱敏）", f"{each.label} (masked)"), Text.same(each.value))
        for each in personal_fields(desk, found.ids, found.facts)
    ]
    columns = (
        ColumnSpec(key="what", label=Text("项目", "What")),
        ColumnSpec(key="value", label=Text("内容", "Value")),
    )
    return TableData(
        columns=columns,
        rows=tuple({"what": what, "value": value} for what, value in rows),
        n_rows=len(rows),
        partial=Text("个人字段只显示脱敏值；查看原文需要账号权限与理由，并留下记录。",
                     "Personal fields are masked; seeing them takes a right, a reason, and is put on record."),
    )  # fmt: skip


def _region(found: Person) -> str | None:
    rows = [*found.facts.members, *found.facts.orders]
    return next((" ".join(filter(None, (row["province"], row["city"]))) for row in rows if row["province"]), None)


def _private(found: Person) -> Text:
    contacts = found.facts.contacts
    if not contacts:
        return Text("未关联企微客户", "tied to no WeCom contact")
    day = contacts[0]["added_date"]
    return Text(f"企微客户，{day} 添加", f"WeCom contact, added {day}")


def _why(desk: Desk, found: Person) -> TableData:
    told = reasons(desk, found)
    columns = (ColumnSpec(key="why", label=Text("依据", "Reason")),)
    return TableData(columns=columns, rows=tuple({"why": each} for each in told), n_rows=len(told))


def _orders(desk: Desk, found: Person) -> TableData:
    columns = (
        ColumnSpec(key="created_on", label=Text("下单日", "Ordered"), unit="date"),
        ColumnSpec(key="order_id", label=Text("订单", "Order")),
        ColumnSpec(key="store", label=Text("店铺", "Store")),
        ColumnSpec(key="status", label=Text("状态", "Status")),
        ColumnSpec(key="paid", label=Text("实付", "Paid"), unit="money"),
        ColumnSpec(key="refunded", label=Text("退款", "Refunded"), unit="money"),
        ColumnSpec(key="channel", label=Text("渠道", "Channel")),
    )
    rows = tuple(
        {
            **row.model_dump(mode="json"),
            "status": row.status_label or row.status,
            "_href": f"/source/{row.batch_id}/{row.row_no}",
        }
        for row in order_rows(desk, found)
    )
    return _table(columns, rows, Text("还没有订单。", "No order yet."), currency_of(found))


def _goods(desk: Desk, found: Person) -> TableData:
    columns = (
        ColumnSpec(key="product", label=Text("商品", "Product")),
        ColumnSpec(key="views", label=Text("浏览", "Viewed"), unit="count"),
        ColumnSpec(key="favourites", label=Text("收藏", "Favourite"), unit="count"),
        ColumnSpec(key="carts", label=Text("加购", "Into the cart"), unit="count"),
        ColumnSpec(key="bought", label=Text("购买件数", "Bought"), unit="count"),
        ColumnSpec(key="last_day", label=Text("最近", "Last"), unit="date"),
    )
    rows = tuple({**row.model_dump(mode="json"), "product": row.title or row.product_id} for row in goods_rows(found))
    empty = Text("没有登录后的浏览，也没有商品明细。", "No signed-in browsing, and no order lines.")
    return _table(columns, rows, empty)


def _reviews(desk: Desk, found: Person) -> TableData:
    columns = (
        ColumnSpec(key="reviewed_on", label=Text("日期", "Day"), unit="date"),
        ColumnSpec(key="stars", label=Text("星级", "Stars"), unit="count"),
        ColumnSpec(key="text", label=Text("评价", "Review")),
    )
    rows = tuple(row.model_dump(mode="json") for row in review_rows(found))
    return _table(columns, rows, Text("没有评价。", "No review."))


def _messages(desk: Desk, found: Person) -> TableData:
    columns = (
        ColumnSpec(key="planned_on", label=Text("日期", "Day"), unit="date"),
        ColumnSpec(key="channel", label=Text("渠道", "Channel")),
        ColumnSpec(key="campaign", label=Text("活动", "Campaign")),
        ColumnSpec(key="outcome", label=Text("结果", "Outcome")),
    )
    rows = tuple(
        {
            **row.model_dump(mode="json"),
            "outcome": Text("对照组，未发送", "held out") if row.is_holdout
            else Text("已点击", "clicked") if row.was_clicked
            else Text("已送达", "delivered") if row.was_delivered
            else Text("未送达", "not delivered"),
        }
        for row in message_rows(found)
    )  # fmt: skip
    return _table(columns, rows, Text("没有触达记录。", "No message was sent."))


def _ids(desk: Desk, found: Person) -> TableData:
    columns = (
        ColumnSpec(key="label", label=Text("类型", "Kind")),
        ColumnSpec(key="shown", label=Text("编号", "Id")),
        ColumnSpec(key="confidence", label=Text("把握", "How sure"), unit="ratio",
                   help=Text("文件写明为 100%；编号相同 99%、手机号相同 95% 是我们的分级，不是测量值。",
                             "100% where a file states it; 99% for equal numbers and 95% for phones are our grading.")),
    )  # fmt: skip
    rows = tuple({"label": row.label, "shown": row.shown, "confidence": row.confidence} for row in id_rows(found))
    return _table(columns, rows, Text("没有编号。", "No id."))


def _table(
    columns: tuple[ColumnSpec, ...], rows: tuple[dict[str, object], ...], empty: Text, currency: str | None = None
) -> TableData:
    said = None if rows else empty
    return TableData(columns=columns, rows=rows, n_rows=len(rows), currency=currency, empty=said)


def _everybody(desk: Desk, view: View) -> TableData:
    people = people_of(desk, view)
    orders = people.orders
    rows = orders.group_by("buyer_key").aggregate(
        n=orders.count(), paid=orders.paid_minor.sum(), last_day=orders.paid_date.max()
    )
    page = rows.order_by([ibis.desc("paid"), "buyer_key"]).limit(PAGE_ROWS, offset=(view.page - 1) * PAGE_ROWS)
    columns = (
        ColumnSpec(key="customer", label=Text("客户", "Customer")),
        ColumnSpec(key="orders", label=Text("付款订单", "Paid orders"), unit="count"),
        ColumnSpec(key="paid", label=Text("支付金额", "Paid"), unit="money"),
        ColumnSpec(key="last_day", label=Text("最近购买", "Last bought"), unit="date"),
    )
    return TableData(
        columns=columns,
        rows=tuple(
            {
                "customer": customer_name(row["buyer_key"]),
                "orders": row["n"],
                "paid": major(row["paid"], people.currency),
                "last_day": row["last_day"].isoformat(),
                "_href": person_href(row["buyer_key"]),
            }
            for row in desk.ledger.query(page).to_pylist()
        ),
        page=view.page,
        pages=max(-(-people.n_buyers // PAGE_ROWS), 1),
        n_rows=people.n_buyers,
        currency=people.currency,
        warnings=(*coverage_said(desk, view), *people.warnings),
    )


person_figures = _of_person(_figures, no_figures)
person_profile = _of_person(_profile, no_table)
person_why = _of_person(_why, no_table)
person_orders = _of_person(_orders, no_table)
person_goods = _of_person(_goods, no_table)
person_reviews = _of_person(_reviews, no_table)
person_messages = _of_person(_messages, no_table)
person_ids = _of_person(_ids, no_table)
everybody = said_instead(_everybody, no_table)

"""One customer as a plain answer, and why each part of it says what it says."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.people import customer_name
from zhanggui.understand.customers.person import NextOrder, Person, Scores, person
from zhanggui.understand.customers.personal import PersonalField, personal_fields
from zhanggui.understand.customers.persons import KIND_LABELS
from zhanggui.understand.customers.rule_book import kept_rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

STATUS = {
    "pending_payment": Text("待付款", "waiting for payment"),
    "paid": Text("已付款，待发货", "paid"),
    "partially_shipped": Text("部分发货", "partly shipped"),
    "shipped": Text("已发货", "shipped"),
    "delivered": Text("已签收", "delivered"),
    "completed": Text("交易完成", "completed"),
    "closed_unpaid": Text("未付款关闭", "closed unpaid"),
    "closed_refunded": Text("退款关闭", "closed and refunded"),
    "closed_other": Text("其他关闭", "closed otherwise"),
    "unknown": Text("未知", "unknown"),
}
"""What the status of an order is called."""

CONSENT = {
    1: Text("同意营销", "agreed to marketing"),
    0: Text("未同意营销", "did not agree to marketing"),
    None: Text("没有同意记录", "no consent on record"),
}


class IdRow(BaseModel):
    """One id of the person; `shown` is the end of its token."""

    kind: str
    label: Text
    key: str
    shown: str
    confidence: float


class OrderRow(BaseModel):
    """One order."""

    order_id: str
    store: str
    created_on: date
    paid_on: date | None
    status: str | None
    status_label: Text | None
    paid: float | None
    refunded: float
    channel: str | None
    batch_id: int
    row_no: int


class GoodsRow(BaseModel):
    """What the person did with one product."""

    product_id: str
    title: str | None
    category: str | None
    views: int
    favourites: int
    carts: int
    bought: int
    last_day: date | None


class ReviewRow(BaseModel):
    """One review; a text that looks personal is masked at intake."""

    reviewed_on: date | None
    product_id: str | None
    stars: int | None
    text: str | None


class MessageRow(BaseModel):
    """One message that was sent, or held back for a control group."""

    planned_on: date
    channel: str | None
    campaign: str | None
    was_delivered: bool
    was_clicked: bool
    is_holdout: bool


class SegmentIn(BaseModel):
    """Where RFM puts the person."""

    name: str
    label: Text
    recency: int
    frequency: int
    money: int


class Expected(BaseModel):
    """What is expected of the person; estimated, of a model that is held against the shop's past."""

    horizon_days: int
    purchases: float
    chance_of_purchase: float
    churn_probability: float
    revenue: float | None
    profit: float | None
    model: str
    evidence: Literal["estimated"] = "estimated"


class Due(BaseModel):
    """When the next order is due; estimated from intervals."""

    day: date
    interval_days: int
    own_intervals: int
    is_own_rhythm: bool
    evidence: Literal["estimated"] = "estimated"


class TagRow(BaseModel):
    """A tag of the person."""

    name: str
    score: float
    last_day: date


class PersonAnswer(BaseModel):
    """One customer, as ``zhanggui customers person --json`` prints it; money in major units."""

    customer: str
    person: str
    as_of: date | None
    currency: str
    ids: tuple[IdRow, ...]
    orders_paid: int
    net_revenue: float
    profit: float | None
    first_day: date | None
    last_day: date | None
    segment: SegmentIn | None
    stage: str | None
    stage_label: Text | None
    tier: str | None
    points: int | None
    consent: Text
    tags: tuple[TagRow, ...]
    expected: Expected | None
    next_order: Due | None
    reasons: tuple[Text, ...]
    orders: tuple[OrderRow, ...]
    goods: tuple[GoodsRow, ...]
    events: dict[str, int]
    reviews: tuple[ReviewRow, ...]
    messages: tuple[MessageRow, ...]
    personal: tuple[PersonalField, ...]
    warnings: tuple[Text, ...]


def person_answer(desk: Desk, given: str) -> PersonAnswer:
    """Return one customer, personal fields masked.

    Raises
    ------
    UnknownPersonError
        The token is nobody's, or several people's.
    """
    found = person(desk, given)
    facts, code = found.facts, currency_of(found)
    member = facts.members[0] if facts.members else None
    return PersonAnswer(
        customer=customer_name(found.ids.person_key),
        person=found.ids.person_key,
        as_of=found.people.as_of if found.people else None,
        currency=code,
        ids=id_rows(found),
        orders_paid=found.n_orders,
        net_revenue=major(found.net_minor, code) or 0.0,
        profit=major(facts.profit_minor, code),
        first_day=facts.kept_days[0] if facts.kept_days else None,
        last_day=facts.kept_days[-1] if facts.kept_days else None,
        segment=_segment(found.scores),
        stage=found.stage.name if found.stage else None,
        stage_label=found.stage.label if found.stage else None,
        tier=member["tier"] if member else None,
        points=member["points_balance"] if member else None,
        consent=consent_of(found),
        tags=tuple(TagRow(name=each.name, score=each.score, last_day=each.last_day) for each in found.tags),
        expected=_expected(found),
        next_order=_due(found.next_order),
        reasons=reasons(desk, found),
        orders=order_rows(desk, found),
        goods=goods_rows(found),
        events=facts.acts,
        reviews=review_rows(found),
        messages=message_rows(found),
        personal=personal_fields(desk, found.ids, facts),
        warnings=(*coverage_said(desk, View()), *found.untold),
    )


def currency_of(found: Person) -> str:
    """Return the currency of a person's money."""
    orders = found.facts.orders
    return found.people.currency if found.people else str(orders[0]["currency"]) if orders else "CNY"


def consent_of(found: Person) -> Text:
    """Return what the newest member row says of consent; of several memberships a refusal is the stronger."""
    said = [row["has_consent"] for row in found.facts.members if row["has_consent"] is not None]
    return CONSENT[min(said) if said else None]


def id_rows(found: Person) -> tuple[IdRow, ...]:
    """Return the ids of a person, buyers first."""
    return tuple(
        IdRow(
            kind=each.kind, label=KIND_LABELS[each.kind], key=each.key, shown=customer_name(each.key),
            confidence=each.confidence,
        )
        for each in found.ids.ids
    )  # fmt: skip


def order_rows(desk: Desk, found: Person) -> tuple[OrderRow, ...]:
    """Return the newest orders."""
    stores = store_names(desk)
    return tuple(
        OrderRow(
            order_id=row["order_id"],
            store=stores.get(row["shop_id"], f"#{row['shop_id']}"),
            created_on=row["created_date"] or row["paid_date"],
            paid_on=row["paid_date"],
            status=row["status"],
            status_label=STATUS.get(row["status"]),
            paid=major(row["paid_minor"], row["currency"]),
            refunded=major(row["refunded_minor"], row["currency"]) or 0.0,
            channel=row["channel"],
            batch_id=row["batch_id"],
            row_no=row["row_no"],
        )
        for row in found.facts.orders
    )


def goods_rows(found: Person) -> tuple[GoodsRow, ...]:
    """Return what the person did with products."""
    return tuple(
        GoodsRow(
            product_id=row["product_id"],
            title=row["title"],
            category=row["category"],
            views=int(row["n_views"]),
            favourites=max(int(row["n_favourites"]), 0),
            carts=int(row["n_carts"]),
            bought=int(row["n_bought"]),
            last_day=max(filter(None, (row["last_seen"], row["last_bought"])), default=None),
        )
        for row in found.facts.goods
    )


def review_rows(found: Person) -> tuple[ReviewRow, ...]:
    """Return the newest reviews of the person's orders."""
    return tuple(
        ReviewRow(
            reviewed_on=row["reviewed_date"], product_id=row["product_id"], stars=row["stars"], text=row["review_text"]
        )
        for row in found.facts.reviews
    )


def message_rows(found: Person) -> tuple[MessageRow, ...]:
    """Return the newest messages."""
    return tuple(
        MessageRow(
            planned_on=row["planned_date"],
            channel=row["message_channel"],
            campaign=row["campaign_name"],
            was_delivered=row["delivered_at"] is not None,
            was_clicked=row["clicked_at"] is not None,
            is_holdout=row["is_holdout"] == 1,
        )
        for row in found.facts.messages
    )


def _segment(scores: Scores | None) -> SegmentIn | None:
    if scores is None:
        return None
    return SegmentIn(
        name=scores.segment.name, label=scores.segment.label, recency=scores.recency, frequency=scores.frequency,
        money=scores.money,
    )  # fmt: skip


def _expected(found: Person) -> Expected | None:
    ahead = found.ahead
    if ahead is None:
        return None
    return Expected(
        horizon_days=ahead.horizon_days,
        purchases=ahead.purchases,
        chance_of_purchase=ahead.chance,
        churn_probability=1 - ahead.chance,
        revenue=None if ahead.revenue is None else round(ahead.revenue, 2),
        profit=None if ahead.profit is None else round(ahead.profit, 2),
        model=ahead.model,
    )


def _due(due: NextOrder | None) -> Due | None:
    if due is None:
        return None
    return Due(day=due.day, interval_days=due.interval_days, own_intervals=due.n_own, is_own_rhythm=due.is_own)


def reasons(desk: Desk, found: Person) -> tuple[Text, ...]:
    """Return in sentences why the person stands where she does and what is expected of her."""
    told = [*_why_segment(found), *_why_stage(desk, found), *_why_due(found)]
    if found.ahead is not None:
        ahead = found.ahead
        told.append(
            Text(f"按 {ahead.model} 模型，未来 {ahead.horizon_days} 天至少买一次的可能为 {ahead.chance:.0%}，"
                 f"预计 {ahead.purchases:.1f} 次；这是估计，不是承诺。",
                 f"By the model {ahead.model}, a purchase within {ahead.horizon_days} days has a chance of "
                 f"{ahead.chance:.0%}, {ahead.purchases:.1f} are expected: an estimate.")
        )  # fmt: skip
    return tuple(told)


def _why_segment(found: Person) -> list[Text]:
    if found.scores is None:
        return [Text("没有未全额退款的付款订单，不在任何分层里。", "No paid order was kept, so she is in no segment.")]
    scores = found.scores
    money = major(scores.net_minor, currency_of(found)) or 0.0
    return [
        Text(f"分层「{scores.segment.label.zh}」：{scores.days_since} 天前买过（R{scores.recency}），"
             f"买过 {scores.n_days} 天（F{scores.frequency}），净收入 {money:,.2f}（M{scores.money}）。",
             f"Segment {scores.segment.label.en}: bought {scores.days_since} days ago (R{scores.recency}), on "
             f"{scores.n_days} days (F{scores.frequency}), net revenue {money:,.2f} (M{scores.money})."),
        Text(f"建议：{scores.segment.action.zh}。", f"To do: {scores.segment.action.en}."),
    ]  # fmt: skip


def _why_stage(desk: Desk, found: Person) -> list[Text]:
    if found.stage is None:
        return []
    rule = found.stage.rule_of(kept_rules(desk))
    return [Text(f"阶段「{found.stage.label.zh}」：{rule.zh}。", f"Stage {found.stage.label.en}: {rule.en}.")]


def _why_due(found: Person) -> list[Text]:
    due = found.next_order
    if due is None:
        return []
    whose = (
        Text(f"本人 {due.n_own} 次间隔的中位数", f"the median of {due.n_own} own intervals")
        if due.is_own
        else Text("全店间隔的中位数（本人间隔不足 3 次）", "the shop's median, for she has fewer than 3 intervals")
    )
    return [
        Text(f"预计 {due.day} 前后再买：上次购买加 {due.interval_days} 天，{whose.zh}。",
             f"Due around {due.day}: {due.interval_days} days after the last purchase, {whose.en}.")
    ]  # fmt: skip

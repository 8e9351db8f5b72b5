"""Returns and reviews as an answer for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.pagespec import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.products.batches import Lot, lots_of
from zhanggui.understand.products.diagnosis import (
    HIGH_RETURN_RATE,
    LOW_GOOD_SHARE,
    OWNER,
    Diagnosis,
    diagnoses,
    size_faults,
)
from zhanggui.understand.products.in_view import rows_in_view
from zhanggui.understand.products.problems import ThinGoodsError
from zhanggui.understand.products.returns import (
    GOOD_STARS,
    GoodsReturns,
    Returns,
    is_ripe,
    returns,
    review_rows,
)
from zhanggui.understand.products.sales import goods_lines
from zhanggui.understand.products.topics import LABELS, topic_of
from zhanggui.understand.view import Pairs, View, last_in, view_from_pairs

MOST_EVIDENCE, LEAST_UNITS = 50, 20


class Rate(BaseModel):
    """Units delivered and returned under one name."""

    name: str
    delivered: float
    returned: float
    rate: float | None


class TopicCount(BaseModel):
    """How many returned or badly reviewed orders speak of something."""

    topic: str
    label_zh: str
    label_en: str
    n: int


class ReturnRow(BaseModel):
    """One product of the seller: matured returns and reviews."""

    merchant_code: str
    title: str
    stores: tuple[str, ...]
    delivered: float
    returned: float
    return_rate: float | None
    reviews: int
    good_share: float | None
    topics: tuple[TopicCount, ...]
    by_size: tuple[Rate, ...]
    size_fault: str | None


class EvidenceRow(BaseModel):
    """One review or returned order behind a card, with the row of its file."""

    kind: str
    day: date | None
    order_id: str | None
    topic: str
    text: str
    stars: int | None
    source: str


class Card(BaseModel):
    """A diagnosis: the cause by name, what to check, whose it is, the money at stake and the rows behind it."""

    merchant_code: str
    title: str
    cause: str
    cause_label: Text
    text: Text
    checklist: tuple[Text, ...]
    owner: Text
    money_at_stake: float | None
    evidence_grade: Evidence
    size_fault_orders: int | None
    size_fault_times: float | None
    q_value: float | None
    evidence: tuple[EvidenceRow, ...]


class ReturnsAnswer(BaseModel):
    """Returns on matured orders, reviews, what both say, and the cards."""

    date_from: date
    matured_to: dict[str, date]
    lag_days: dict[str, int]
    immature_lines: int
    currency: str
    positive_from_stars: int
    rule: Text
    products: tuple[ReturnRow, ...]
    by_reason: tuple[TopicCount, ...]
    by_region: tuple[Rate, ...]
    by_supplier: tuple[Rate, ...]
    by_batch: tuple[Rate, ...]
    diagnoses: tuple[Card, ...]
    warnings: tuple[Text, ...]


def returns_of_pairs(desk: Desk, pairs: Pairs) -> ReturnsAnswer:
    """Return returns and reviews; ``product=CODE`` keeps one product of the seller and adds its batches."""
    return returns_answer(desk, view_from_pairs(pairs), last_in(pairs, "product"))


def returns_answer(desk: Desk, view: View, code: str | None = None) -> ReturnsAnswer:
    """Return what came back as ``zhanggui products returns --json`` prints it."""
    found = returns(desk, view)
    products = kept_products(found, code)
    faults = size_faults(found)
    stores = store_names(desk)
    total: dict[str, int] = {}
    for each in products:
        for topic, n in each.topics.items():
            total[topic] = total.get(topic, 0) + n
    lots = lots_of(desk, view, found, products)
    return ReturnsAnswer(
        date_from=found.first,
        matured_to={stores.get(shop, f"#{shop}"): day for shop, day in found.matured_to.items()},
        lag_days={stores.get(shop, f"#{shop}"): days for shop, days in found.lag_days.items()},
        immature_lines=found.n_immature,
        currency=found.currency,
        positive_from_stars=GOOD_STARS,
        rule=rule_said(),
        products=tuple(_product_row(each, stores, faults) for each in products),
        by_reason=topic_counts(total),
        by_region=tuple(rate_of(name or "-", *sums) for name, sums in sorted(found.regions.items())),
        by_supplier=_by(lots, "supplier"),
        by_batch=_by(lots, "batch") if code is not None else (),
        diagnoses=tuple(card_of(desk, view, card, found) for card in diagnoses(found) if card.goods in products),
        warnings=said_of(found),
    )


def kept_products(found: Returns, code: str | None) -> tuple[GoodsReturns, ...]:
    """Return all products, or the one of a code.

    Raises
    ------
    ThinGoodsError
        No matured order holds it.
    """
    if code is None:
        return found.products
    kept = tuple(each for each in found.products if code in (each.goods.code, *(product for _, product in each.keys)))
    if not kept:
        raise ThinGoodsError(
            Text(f"没有商品 {code} 的已成熟订单。", f"No matured order holds the product {code}."),
            Text("换一段时间，或检查编码。", "Choose other days, or look at the code."),
        )
    return kept


def rule_said() -> Text:
    """Return the rules in words."""
    return Text(
        f"退货率 = 退货退款成功的件数 ÷ 已发出的件数，只算已成熟的订单；好评 = {GOOD_STARS} 星及以上；"
        f"退货率 ≥ {HIGH_RETURN_RATE:.0%} 且好评率 ≤ {LOW_GOOD_SHARE:.0%} 出诊断。",
        f"Return rate: units that came back of those that left, matured orders only. Positive: {GOOD_STARS} stars and "
        f"more. A card from {HIGH_RETURN_RATE:.0%} returns with at most {LOW_GOOD_SHARE:.0%} positive.",
    )


def said_of(found: Returns) -> tuple[Text, ...]:
    """Return what a reader must know."""
    told = []
    if found.n_immature:
        n = f"{found.n_immature:,}"
        told.append(
            Text(f"{n} 行订单明细还太新，退货未到，没有计入。", f"{n} order lines are too young and left out.")
        )  # fmt: skip
    if not any(each.reviews for each in found.products):
        told.append(Text("没有评价：导入商品评价。", "There are no reviews: load the list of reviews."))
    return tuple(told)


def _product_row(each: GoodsReturns, stores: dict[int, str], faults: dict[str, Any]) -> ReturnRow:
    fault = faults.get(each.goods.code)
    return ReturnRow(
        merchant_code=each.goods.code,
        title=each.goods.title,
        stores=tuple(sorted({stores.get(shop, f"#{shop}") for shop, _ in each.keys})),
        delivered=each.delivered,
        returned=each.returned,
        return_rate=each.return_rate,
        reviews=each.reviews,
        good_share=each.good_share,
        topics=topic_counts(each.topics),
        by_size=tuple(rate_of(name or "-", *sums) for name, sums in sorted(each.by_size.items())),
        size_fault=None if fault is None else fault.direction,
    )


def topic_counts(counts: dict[str, int]) -> tuple[TopicCount, ...]:
    """Return topics with their counts, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple(
        TopicCount(topic=topic, label_zh=LABELS[topic].zh, label_en=LABELS[topic].en, n=n) for topic, n in ranked
    )


def rate_of(name: str, delivered: float, returned: float) -> Rate:
    """Return a rate with its base."""
    return Rate(name=name, delivered=delivered, returned=returned, rate=returned / delivered if delivered else None)


def _by(lots: tuple[Lot, ...], name: str) -> tuple[Rate, ...]:
    sums: dict[str, list[float]] = {}
    for lot in lots:
        each = sums.setdefault(str(getattr(lot, name)), [0.0, 0.0])
        each[0] += lot.delivered
        each[1] += lot.returned
    return tuple(rate_of(key, *each) for key, each in sorted(sums.items()))


def card_of(desk: Desk, view: View, card: Diagnosis, found: Returns) -> Card:
    """Return one card with its evidence."""
    each, fault = card.goods, card.fault
    label = LABELS[card.cause]
    rate, good = each.return_rate or 0.0, each.good_share
    shown = "-" if good is None else f"{good:.0%}"
    return Card(
        merchant_code=each.goods.code,
        title=each.goods.title,
        cause=card.cause,
        cause_label=label,
        text=Text(
            f"{each.goods.title}：退货率 {rate:.0%}，好评率 {shown}，多数说“{label.zh}”。",
            f"{each.goods.title}: {rate:.0%} come back, {shown} positive; most say {label.en.lower()}.",
        ),
        checklist=card.checks,
        owner=OWNER,
        money_at_stake=major(card.stake_minor, found.currency),
        evidence_grade="estimated",
        size_fault_orders=None if fault is None else fault.n,
        size_fault_times=None if fault is None else fault.times,
        q_value=None if fault is None else fault.q_value,
        evidence=evidence_of(desk, view, each, found, card.cause),
    )


def evidence_of(
    desk: Desk, view: View, each: GoodsReturns, found: Returns, cause: str | None, most: int = MOST_EVIDENCE
) -> tuple[EvidenceRow, ...]:
    """Return the bad reviews and the returned orders of a product, those that name the cause first."""
    rows = [
        EvidenceRow(
            kind="review", day=row["reviewed_date"], order_id=row["order_id"], stars=row["stars"],
            topic=topic_of(row["review_text"]) or "other", text=row["review_text"] or "",
            source=f"/source/{row['batch_id']}/{row['row_no']}",
        )
        for row in review_rows(desk, view)
        if row["key"] in each.keys and row["stars"] < GOOD_STARS
    ]  # fmt: skip
    rows += [
        EvidenceRow(
            kind="return", day=row["refunded_date"], order_id=row["order_id"], stars=None,
            topic=topic_of(row["reason_raw"]) or "other", text=row["reason_raw"] or "",
            source=f"/source/{row['batch_id']}/{row['row_no']}",
        )
        for row in _cases(desk, view, each, found)
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.topic != cause, -(row.day or date.min).toordinal())))[:most]


def _cases(desk: Desk, view: View, each: GoodsReturns, found: Returns) -> list[dict[str, Any]]:
    """Return the return cases of the orders whose lines of this product came back."""
    lines = goods_lines(rows_in_view(desk, view, "line_profit", day="paid_date"))
    lines = lines.filter(is_ripe(lines, found.matured_to) & (lines.refunded_with_return_minor > 0))
    products = sorted(product for _, product in each.keys)
    lines = lines.filter(lines.product_id.isin(products)).select("shop_id", "order_id", "product_id").distinct()
    refunds = desk.ledger.table("refund")
    is_back = (refunds.refund_type == "return_and_refund") & (refunds.refunded_minor > 0)
    refunds = refunds.filter(is_back & (refunds.product_id.isnull() | refunds.product_id.isin(products)))
    cases = refunds.select("shop_id", "order_id", "reason_raw", "refunded_date", "batch_id", "row_no")
    return list(desk.ledger.query(cases.semi_join(lines, ["shop_id", "order_id"])).to_pylist())

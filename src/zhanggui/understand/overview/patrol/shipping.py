"""发货时限 Orders that wait for shipping: overdue, or due within a day, with the compensation at stake."""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand import wording
from zhanggui.understand.overview.patrol.model import (
    KINDS,
    MOST_ROWS,
    JsonRow,
    PatrolFinding,
    PatrolNeed,
    PatrolRow,
    Round,
    need,
    source_of,
    whole,
)
from zhanggui.understand.view import metric_href

PROMISE_HOURS = 48
"""Time to ship where no file names the promise: the platforms' rule for goods in stock (trade knowledge)."""

SOON_HOURS = 24
_WAITING_STATUS = ("paid", "partially_shipped")
_AT_STAKE = Text("赔付风险（估算）", "compensation at stake (estimated)")
_PARCELS = Text("物流单", "shipments")
_PROMISED = Text("承诺发货时间", "promised time of shipping")


def shipping_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return the paid orders that are not shipped and overdue, or due within a day, by store.

    What is at stake is the mean of what this store's settled compensations came to for an order; a store that never
    paid one has no such figure.
    """
    held = round_.n_rows("shipment")
    lacking = [name for shop_id, name in round_.stores.items() if shop_id not in held]
    needs = [need("ship_by", "shipment", _PARCELS, lacking if held else None)] if lacking else []
    waiting = round_.asked(_waiting(round_))
    round_.stands_on("order_header", "shipment")
    now, soon = round_.end(), round_.end(SOON_HOURS)
    each_costs = _compensation(round_)
    by_store: dict[tuple[int, bool], list[JsonRow]] = {}
    for row in waiting:
        due = row["promised_at"] or (row["paid_at"] and _plus(row["paid_at"]))
        if not isinstance(due, datetime) or due >= soon:
            continue
        by_store.setdefault((whole(row["shop_id"]), due < now), []).append({**row, "due": due})
    return [_due(round_, key, rows, each_costs) for key, rows in by_store.items()], needs


def _plus(paid_at: object) -> datetime:
    assert isinstance(paid_at, datetime)
    return paid_at + timedelta(hours=PROMISE_HOURS)


def _waiting(round_: Round) -> ir.Table:
    """Return the ordinary orders paid by the end of the last day that no parcel has left for."""
    ledger = round_.desk.ledger
    orders, parcels = ledger.table("order_header"), ledger.table("shipment")
    out = parcels.filter(parcels.direction.isnull() | (parcels.direction == "outbound"))
    sent = out.group_by(["shop_id", "order_id"]).aggregate(
        is_sent=out.shipped_at.notnull().any(), promised_at=out.promised_at.min()
    )
    sent = sent.rename(parcel_shop="shop_id", parcel_order="order_id")
    open_ = orders.filter(
        orders.status.isin(_WAITING_STATUS)
        & (orders.order_kind == "ordinary")
        & orders.shipped_at.isnull()
        & (orders.paid_date <= round_.open("last", round_.day))
    )
    joined = open_.left_join(sent, [open_.shop_id == sent.parcel_shop, open_.order_id == sent.parcel_order])
    left = joined.filter(~ibis.coalesce(joined.is_sent, False))
    return left.select(
        "shop_id", "order_id", "paid_at", "promised_at", "paid_minor", "is_presale", "currency", "batch_id", "row_no"
    ).order_by(["shop_id", "order_id"])


def _compensation(round_: Round) -> dict[int, int]:
    """Return what a compensated order of each store cost on average, in minor units."""
    entries = round_.desk.ledger.table("settlement_entry")
    taken = entries.filter((entries.category == "compensation") & (entries.amount_minor < 0))
    sums = taken.group_by("shop_id").aggregate(taken=taken.amount_minor.sum().cast("int64"), n=taken.order_id.nunique())
    return {
        whole(row["shop_id"]): round(-whole(row["taken"]) / whole(row["n"]))
        for row in round_.asked(sums)
        if whole(row["n"])
    }


def _due(round_: Round, key: tuple[int, bool], rows: list[JsonRow], each_costs: dict[int, int]) -> PatrolFinding:
    shop_id, is_late = key
    currency, store = str(rows[0]["currency"]), round_.stores[shop_id]
    paid = wording.money(major(sum(whole(row["paid_minor"]) for row in rows), currency) or 0.0, currency)
    one = each_costs.get(shop_id)
    n_presale = sum(bool(row["is_presale"]) for row in rows)
    n_assumed = sum(row["promised_at"] is None for row in rows)
    zh = f"{len(rows):,} 单{'已超时' if is_late else f' {SOON_HOURS} 小时内到期'}，实付 {paid.zh}"
    en = f"{'overdue' if is_late else f'due within {SOON_HOURS} hours'}: {len(rows):,}, paid {paid.en}"
    if one is not None:
        mean = wording.money(major(one, currency) or 0.0, currency)
        zh, en = f"{zh}；本店每单赔付平均 {mean.zh}", f"{en}; this store's compensations came to {mean.en} an order"
    if n_presale:
        zh, en = f"{zh}；其中预售 {n_presale:,} 单", f"{en}; {n_presale:,} of them pre-sale"
    if n_assumed:
        zh = f"{zh}；{n_assumed:,} 单没有{_PROMISED.zh}，按付款后 {PROMISE_HOURS} 小时算"
        en = f"{en}; {n_assumed:,} name no {_PROMISED.en} and are taken as due {PROMISE_HOURS} hours after payment"
    rows.sort(key=lambda row: str(row["due"]))
    return PatrolFinding(
        kind="ship_by",
        label=KINDS["ship_by"],
        store=store,
        subject=Text("已超时未发货", "overdue") if is_late else Text("即将超时", "due soon"),
        text=Text(f"{zh}。", f"{en}."),
        money=None if one is None else major(one * len(rows), currency),
        money_label=_AT_STAKE,
        currency=currency,
        evidence="estimated",
        n_rows=len(rows),
        rows=tuple(
            PatrolRow(
                text=Text(f"订单 {row['order_id']}", f"order {row['order_id']}"),
                money=major(row["paid_minor"], currency),
                href=source_of(row),
            )
            for row in rows[:MOST_ROWS]
        ),
        href=metric_href("parcels_late", shop=store),
    )

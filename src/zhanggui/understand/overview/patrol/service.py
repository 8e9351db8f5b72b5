"""售后超时、评分下降、赔付与罚款 After-sales that wait too long, scores that fell, and what was paid for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import ibis

from zhanggui.i18n import Text
from zhanggui.money import major
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

ANSWER_HOURS: Mapping[str, int] = {"requested": 48, "processing": 48, "returning": 7 * 24}
"""Hours after which a case of this status is overdue: platforms give the merchant two days to answer a request, and a
week from the buyer's sending to the receipt of the goods (trade knowledge; the platform's own clock decides)."""

SCORE_DAYS = 7
LEAST_DROP = 0.03
"""Points of a score of five that it falls by in `SCORE_DAYS` before it is told; stores differ by tenths."""

PENALTY_DAYS = 7
_STATUS = {
    "requested": Text("待商家处理", "waiting for the merchant"),
    "processing": Text("处理中", "in progress"),
    "returning": Text("买家已退回、待收货", "sent back, not received"),
}
_WAITING = Text("待退金额", "asked back")
_PAID = Text("已扣", "taken")
_UNPRICED = Text("没有金额", "has no price")
_SCORES = Text("店铺评分", "store scores")
_LEDGER = Text("结算流水", "settlement ledger")
_REFUNDS = Text("售后单", "after-sales cases")


def after_sales_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return the after-sales cases that wait longer than the platform allows, by store and status."""
    held = round_.n_rows("refund")
    if not any(shop_id in round_.stores for shop_id in held):
        return [], [need("after_sales", "refund", _REFUNDS)]
    cases = round_.desk.ledger.table("refund")
    tests = [
        (cases.status == status) & (cases.applied_at < round_.open(f"before_{status}", round_.end(-hours)))
        for status, hours in ANSWER_HOURS.items()
    ]
    late = cases.filter((tests[0] | tests[1] | tests[2]) & (cases.basis == "case"))
    rows = round_.asked(
        late.select("shop_id", "status", "refund_id", "order_id", "applied_at", "requested_minor", "currency",
                    "batch_id", "row_no").order_by(["shop_id", "status", "applied_at", "refund_id"])
    )  # fmt: skip
    round_.stands_on("refund")
    grouped = _grouped(rows, "status")
    return [_overdue(round_, shop_id, status, mine) for (shop_id, status), mine in grouped.items()], []


def _overdue(round_: Round, shop_id: int, status: str, rows: list[JsonRow]) -> PatrolFinding:
    hours, currency = ANSWER_HOURS[status], str(rows[0]["currency"])
    money = major(sum(whole(row["requested_minor"]) for row in rows), currency)
    limit = Text(
        f"{hours} 小时" if hours < 72 else f"{hours // 24} 天",
        f"{hours} hours" if hours < 72 else f"{hours // 24} days",
    )
    return PatrolFinding(
        kind="after_sales",
        label=KINDS["after_sales"],
        store=round_.stores[shop_id],
        subject=_STATUS[status],
        text=Text(
            f"{len(rows):,} 单超过 {limit.zh}，最早申请于 {str(rows[0]['applied_at'])[:10]}。",
            f"Older than {limit.en}: {len(rows):,}, the first asked for on {str(rows[0]['applied_at'])[:10]}.",
        ),
        money=money or None,
        money_label=_WAITING,
        currency=currency,
        n_rows=len(rows),
        rows=_rows(rows, "refund_id", Text("售后单 {id}", "case {id}"), "requested_minor"),
        href=metric_href("refund_amount", shop=round_.stores[shop_id]),
    )


def score_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return the scores that fell within the last days."""
    held = round_.n_rows("store_score")
    lacking = [name for shop_id, name in round_.stores.items() if shop_id not in held]
    needs = [need("scores", "store_score", _SCORES, lacking if held else None)] if lacking else []
    scores = round_.desk.ledger.table("store_score")
    days = (scores.day >= round_.open("first", round_.ago(SCORE_DAYS))) & (
        scores.day <= round_.open("last", round_.day)
    )
    rows = round_.asked(
        scores.filter(days).select("shop_id", "day", "score_kind", "score", "batch_id", "row_no").order_by("day")
    )
    round_.stands_on("store_score")
    found = []
    for (shop_id, kind), mine in _grouped(rows, "score_kind").items():
        first, last = mine[0], mine[-1]
        drop = float(str(first["score"])) - float(str(last["score"]))
        if drop >= LEAST_DROP - 1e-9:
            found.append(_fallen(round_, shop_id, kind, (first, last), drop))
    return found, needs


def _fallen(round_: Round, shop_id: int, kind: str, ends: tuple[JsonRow, JsonRow], drop: float) -> PatrolFinding:
    first, last = ends
    was, now = float(str(first["score"])), float(str(last["score"]))
    return PatrolFinding(
        kind="scores",
        label=KINDS["scores"],
        store=round_.stores[shop_id],
        subject=Text.same(kind),
        text=Text(
            f"{_day(first):%m-%d} {was:.2f} → {_day(last):%m-%d} {now:.2f}（−{drop:.2f}）。",
            f"{was:.2f} on {_day(first)} → {now:.2f} on {_day(last)} (−{drop:.2f}).",
        ),
        money_label=_UNPRICED,
        n_rows=2,
        rows=tuple(
            PatrolRow(text=Text.same(f"{_day(row)} {float(str(row['score'])):.2f}"), href=source_of(row))
            for row in ends
        ),
    )


def penalty_findings(round_: Round) -> tuple[list[PatrolFinding], list[PatrolNeed]]:
    """Return what platforms took as compensation in the last days, by store and kind in the ledger."""
    held = round_.n_rows("settlement_entry")
    lacking = [name for shop_id, name in round_.stores.items() if shop_id not in held]
    needs = [need("penalties", "settlement_entry", _LEDGER, lacking if held else None)] if lacking else []
    entries = round_.desk.ledger.table("settlement_entry")
    first, last = round_.open("first", round_.ago(PENALTY_DAYS - 1)), round_.open("last", round_.day)
    taken = entries.filter(
        (entries.category == "compensation")
        & (entries.amount_minor < 0)
        & (entries.booked_date >= first)
        & (entries.booked_date <= last)
    )
    rows = round_.asked(
        taken.select("shop_id", "order_id", "amount_minor", "currency", "batch_id", "row_no",
                     scene=ibis.coalesce(taken.scene_raw, "-")).order_by(["shop_id", "scene", "amount_minor"])
    )  # fmt: skip
    round_.stands_on("settlement_entry")
    return [_taken(round_, shop_id, scene, mine) for (shop_id, scene), mine in _grouped(rows, "scene").items()], needs


def _taken(round_: Round, shop_id: int, scene: str, rows: list[JsonRow]) -> PatrolFinding:
    currency = str(rows[0]["currency"])
    return PatrolFinding(
        kind="penalties",
        label=KINDS["penalties"],
        store=round_.stores[shop_id],
        subject=Text.same(scene) if scene != "-" else Text("赔付", "compensation"),
        text=Text(f"近 {PENALTY_DAYS} 天 {len(rows):,} 笔。", f"{len(rows):,} in the last {PENALTY_DAYS} days."),
        money=major(-sum(whole(row["amount_minor"]) for row in rows), currency),
        money_label=_PAID,
        currency=currency,
        n_rows=len(rows),
        rows=_rows(rows, "order_id", Text("订单 {id}", "order {id}"), "amount_minor"),
        href=metric_href("penalty_cost", shop=round_.stores[shop_id]),
    )


def _grouped(rows: Iterable[JsonRow], name: str) -> dict[tuple[int, str], list[JsonRow]]:
    found: dict[tuple[int, str], list[JsonRow]] = {}
    for row in rows:
        found.setdefault((whole(row["shop_id"]), str(row[name])), []).append(row)
    return found


def _rows(rows: list[JsonRow], key: str, text: Text, money: str) -> tuple[PatrolRow, ...]:
    return tuple(
        PatrolRow(
            text=text.format(id=row[key] or "-"),
            money=None if row[money] is None else abs(major(row[money], str(row["currency"])) or 0.0),
            href=source_of(row),
        )
        for row in rows[:MOST_ROWS]
    )


def _day(row: JsonRow) -> date:
    day = row["day"]
    assert isinstance(day, date)
    return day

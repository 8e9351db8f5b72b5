"""The rows behind the sums: lines without order, orders that differ, lines that came late; each with its age."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.schema.vocabulary import QUIET_CAUSE
from zhanggui.understand.finance.cash import category_name
from zhanggui.understand.finance.reconciliation.asking import Asked, day_text, major, whole
from zhanggui.understand.finance.reconciliation.report import DifferenceRow, LateLine, UnmatchedLine
from zhanggui.understand.finance.reconciliation.statement import order_day
from zhanggui.understand.finance.reconciliation.stores import Store
from zhanggui.understand.finance.reconciliation.wallets import lost_lines
from zhanggui.understand.finance.reconciliation.words import CAUSE_NAMES

_NEAR_SECONDS = 86_400


def unmatched_lines(asked: Asked, stores: Mapping[int, Store]) -> tuple[int, tuple[UnmatchedLine, ...]]:
    """Return how many ledger lines belong to an order that no report holds, and the largest of them.

    A candidate is the only order of the store that misses this very amount among lines of the same day. It is told,
    not taken: the line stays unmatched.
    """
    rows = _with_candidates(asked, _unmatched(asked))
    counted = rows.mutate(n_rows=ibis._.count().over(ibis.window()))
    wanted = counted.order_by([ibis.desc(counted.amount_minor.abs()), "shop_id", "fact_key"]).limit(asked.n_listed)
    found = asked.answer(wanted)
    shown = []
    for row in found:
        store, currency = stores[whole(row["shop_id"])], str(row["currency"])
        shown.append(
            UnmatchedLine(
                store=store.name,
                platform=store.platform,
                currency=currency,
                booked=day_text(row["booked_date"]) or "",
                age_days=store.age_days(row["booked_date"]) or 0,
                category=str(row["category"] or "unknown"),
                label=category_name(row["category"]),
                scene=_text(row["scene_raw"]),
                amount=major(row["amount_minor"], currency),
                order_id=_text(row["order_id"]),
                refund_id=_text(row["refund_id"]),
                candidate_order_id=_text(row["candidate"]),
                batch_id=whole(row["batch_id"]),
                row_no=whole(row["row_no"]),
            )
        )
    return whole(found[0]["n_rows"]) if found else 0, tuple(shown)


def _unmatched(asked: Asked) -> ir.Table:
    lines, links = asked.rows("settlement_entry"), asked.rows("settlement_link")
    open_ = links.filter(links.match_state == "unmatched").select("shop_id", "fact_key")
    return asked.within(lines, lines.booked_date).semi_join(open_, ["shop_id", "fact_key"])


def _with_candidates(asked: Asked, rows: ir.Table) -> ir.Table:
    gaps = asked.rows("settlement_difference")
    missing = gaps.filter(~gaps.cause.isin(QUIET_CAUSE) & gaps.since_at.notnull())
    missing = missing.select("shop_id", "amount_minor", "since_at", candidate="order_id")
    met = rows.select("shop_id", "fact_key", "amount_minor", "booked_at")
    met = met.inner_join(missing, ["shop_id", "amount_minor"])
    apart = (met.booked_at.epoch_seconds() - met.since_at.epoch_seconds()).abs()
    met = met.filter(apart <= _NEAR_SECONDS)
    met = met.group_by(["shop_id", "fact_key"]).mutate(n_orders=met.count())
    met = met.group_by(["shop_id", "candidate"]).mutate(n_lines=met.count())
    only = met.filter((met.n_orders == 1) & (met.n_lines == 1)).select("shop_id", "fact_key", "candidate")
    joined = rows.left_join(only, ["shop_id", "fact_key"], rname="{name}_beside")
    return joined.drop("shop_id_beside", "fact_key_beside")


def open_differences(asked: Asked, stores: Mapping[int, Store]) -> tuple[int, tuple[DifferenceRow, ...]]:
    """Return how many differences somebody has to look into, and the largest of them."""
    rows, orders = asked.rows("settlement_difference"), asked.rows("order_settlement")
    days = orders.select("shop_id", "order_id", day=order_day(orders))
    rows = rows.filter(~rows.cause.isin(QUIET_CAUSE)).inner_join(days, ["shop_id", "order_id"])
    rows = asked.within(rows, rows.day)
    lost = lost_lines(asked).select("shop_id", "order_id", "cause", "detail", is_lost=ibis.literal(True))
    keys = ["shop_id", "order_id", "cause", "detail"]
    joined = rows.left_join(lost, keys, rname="{name}_beside").drop([f"{name}_beside" for name in keys])
    counted = joined.mutate(n_rows=ibis._.count().over(ibis.window()))
    order = [ibis.desc(counted.amount_minor.abs()), "shop_id", "order_id", "cause", "detail"]
    found = asked.answer(counted.order_by(order).limit(asked.n_listed))
    shown = []
    for row in found:
        store, currency = stores[whole(row["shop_id"])], str(row["currency"])
        since = store.day_of(row["since_at"])
        shown.append(
            DifferenceRow(
                store=store.name,
                platform=store.platform,
                currency=currency,
                order_id=str(row["order_id"]),
                cause=str(row["cause"]),
                label=CAUSE_NAMES[str(row["cause"])],
                detail=str(row["detail"]),
                amount=major(row["amount_minor"], currency),
                paid=day_text(row["paid_date"]),
                since=day_text(since),
                age_days=store.age_days(since),
                is_lost_in_export=bool(row["is_lost"]),
                batch_id=whole(row["batch_id"]),
                row_no=whole(row["row_no"]),
            )
        )
    return whole(found[0]["n_rows"]) if found else 0, tuple(shown)


def late_lines(asked: Asked, stores: Mapping[int, Store]) -> tuple[int, tuple[LateLine, ...]]:
    """Return how many ledger lines came later than the platform usually books, and those that were latest."""
    lines, links = asked.rows("settlement_entry"), asked.rows("settlement_link")
    late = links.filter(links.late_days.notnull())
    late = late.select("shop_id", "fact_key", "late_days", "lag_days", linked_order="order_id")
    rows = asked.within(lines, lines.booked_date).inner_join(late, ["shop_id", "fact_key"])
    counted = rows.mutate(n_rows=ibis._.count().over(ibis.window()))
    order = [ibis.desc(counted.late_days), ibis.desc(counted.amount_minor.abs()), "shop_id", "fact_key"]
    found = asked.answer(counted.order_by(order).limit(asked.n_listed))
    shown = []
    for row in found:
        store, currency = stores[whole(row["shop_id"])], str(row["currency"])
        shown.append(
            LateLine(
                store=store.name,
                platform=store.platform,
                currency=currency,
                booked=day_text(row["booked_date"]) or "",
                late_days=whole(row["late_days"]),
                lag_days=None if row["lag_days"] is None else whole(row["lag_days"]),
                category=str(row["category"] or "unknown"),
                label=category_name(row["category"]),
                amount=major(row["amount_minor"], currency),
                order_id=str(row["linked_order"]),
                batch_id=whole(row["batch_id"]),
                row_no=whole(row["row_no"]),
            )
        )
    return whole(found[0]["n_rows"]) if found else 0, tuple(shown)


def _text(value: object) -> str | None:
    return None if value is None else str(value)

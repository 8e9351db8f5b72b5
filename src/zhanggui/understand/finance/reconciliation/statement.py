"""Per store and month: what orders should bring, what was settled of it, and the difference by cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from zhanggui.ledger.matching.booked import FEES
from zhanggui.understand.finance.reconciliation.asking import Asked, JsonRow, day_text, major, whole
from zhanggui.understand.finance.reconciliation.report import CauseSum, LedgerMonth, MonthStatement
from zhanggui.understand.finance.reconciliation.stores import Store
from zhanggui.understand.finance.reconciliation.words import CAUSE_NAMES, is_open

FEE_CAUSES = ("fee_missing", "fee_off")
_BY = ("shop_id", "currency", "month")
_SUMS = (
    *("paid", "receivable", "refunded", "borne_back", "goods", "subsidy", "subsidy_back", "refund", "deposit"),
    *FEES,
)
_Key = tuple[int, str, str]


def month_statements(asked: Asked, stores: Mapping[int, Store]) -> tuple[MonthStatement, ...]:
    """Return what the orders of each month should bring and have brought, by store and month of payment.

    An order that was never paid counts in the month in which something of it was booked first.
    """
    orders = asked.rows("order_settlement")
    orders = asked.within(orders, order_day(orders)).mutate(month=order_day(orders).truncate("M"))
    sums = orders.group_by(list(_BY)).aggregate(
        **{name: orders[f"{name}_minor"].sum().cast("int64") for name in (*_SUMS, "booked")},
        n_orders=orders.is_paid.fill_null(False).cast("int64").sum(),
    )
    causes = _causes(asked)
    return tuple(
        _statement(row, stores[whole(row["shop_id"])], causes.get(_key(row), ()))
        for row in asked.answer(sums.order_by(list(_BY)))
    )


def order_day(orders: ir.Table) -> ir.Value:
    """Return the day that an order counts on: its payment, else the first line of the ledger about it."""
    return ibis.coalesce(orders.paid_date, orders.booked_date)


def _causes(asked: Asked) -> Mapping[_Key, Sequence[JsonRow]]:
    rows, orders = asked.rows("settlement_difference"), asked.rows("order_settlement")
    days = orders.select("shop_id", "order_id", day=order_day(orders))
    dated = rows.inner_join(days, ["shop_id", "order_id"])
    dated = asked.within(dated, dated.day).mutate(month=dated.day.truncate("M"))
    sums = dated.group_by([*_BY, "cause"]).aggregate(
        amount=dated.amount_minor.sum().cast("int64"), n_orders=dated.order_id.nunique()
    )
    found: dict[_Key, list[JsonRow]] = defaultdict(list)
    for row in asked.answer(sums):
        found[_key(row)].append(row)
    return found


def _key(row: JsonRow) -> _Key:
    return whole(row["shop_id"]), str(row["currency"]), str(row["month"])


def _statement(row: JsonRow, store: Store, causes: Sequence[JsonRow]) -> MonthStatement:
    currency = str(row["currency"])
    sums = {name: whole(row[name]) for name in (*_SUMS, "booked", "n_orders")}
    of_cause = {str(cause["cause"]): cause for cause in causes}
    amounts = {name: whole(cause["amount"]) for name, cause in of_cause.items()}
    due = sums["receivable"] - sums["refunded"] - sums["borne_back"]
    fees = {name: sums[name] for name in FEES if sums[name]}
    fee_gaps = sum(amounts.get(name, 0) for name in FEE_CAUSES)
    expected = due + sum(fees.values()) + sums["deposit"] + fee_gaps
    open_ = sum(amount for name, amount in amounts.items() if is_open(name))
    in_transit = amounts.get("in_transit", 0) + amounts.get("refund_in_transit", 0)
    minor = {
        "paid": sums["paid"],
        "borne": sums["receivable"] - sums["paid"],
        "receivable": sums["receivable"],
        "refunded": sums["refunded"],
        "borne_back": sums["borne_back"],
        "due": due,
        "deposits": sums["deposit"],
        "fee_gaps": fee_gaps,
        "expected": expected,
        "settled": sums["booked"],
        "in_transit": in_transit,
        "difference": expected - sums["booked"],
        "open_difference": open_,
        "explained": sum(amounts.values()) - in_transit - open_,
        "unknown": amounts.get("unknown", 0) + expected - sums["booked"] - sum(amounts.values()),
    }
    return MonthStatement(
        store=store.name,
        platform=store.platform,
        currency=currency,
        month=month_text(row["month"]),
        n_orders=sums["n_orders"],
        fees={name: major(amount, currency) for name, amount in fees.items()},
        causes=tuple(_cause_sum(of_cause[name], currency) for name in CAUSE_NAMES if name in of_cause),
        ties=not any(is_open(name) for name in amounts) and minor["unknown"] == 0,
        **{name: major(amount, currency) for name, amount in minor.items()},
    )


def _cause_sum(row: JsonRow, currency: str) -> CauseSum:
    cause = str(row["cause"])
    return CauseSum(
        cause=cause,
        label=CAUSE_NAMES[cause],
        amount=major(row["amount"], currency),
        n_orders=whole(row["n_orders"]),
        is_open=is_open(cause),
    )


def month_text(value: object) -> str:
    """Return a month as its first seven letters, ``2026-11``."""
    return (day_text(value) or "")[:7]


def ledger_months(asked: Asked, stores: Mapping[int, Store]) -> tuple[LedgerMonth, ...]:
    """Return what the ledgers booked by store and month, and to the orders of which month it belongs."""
    lines, links = asked.rows("settlement_entry"), asked.rows("settlement_link")
    rows = asked.within(lines, lines.booked_date).drop("order_id")
    rows = rows.inner_join(links.select("shop_id", "fact_key", "order_id", "match_state"), ["shop_id", "fact_key"])
    orders = asked.rows("order_settlement")
    days = orders.select("shop_id", "order_id", order_month=order_day(orders).truncate("M"))
    rows = rows.left_join(days, ["shop_id", "order_id"], rname="{name}_of_order")
    month = rows.booked_date.truncate("M")
    place = ibis.cases(
        (rows.match_state != "linked", rows.match_state),
        (rows.order_month < month, "earlier"),
        (rows.order_month > month, "later"),
        else_="same",
    )
    kind = (rows.match_state == "no_order").ifelse(ibis.coalesce(rows.category, "unknown"), "")
    rows = rows.mutate(month=month, place=place, kind=kind)
    sums = rows.group_by([*_BY, "place", "kind"]).aggregate(
        amount=rows.amount_minor.sum().cast("int64"), n_lines=rows.count()
    )
    found: dict[_Key, list[JsonRow]] = defaultdict(list)
    for row in asked.answer(sums.order_by([*_BY, "place", "kind"])):
        found[_key(row)].append(row)
    return tuple(_ledger_month(key, stores[key[0]], parts) for key, parts in found.items())


def _ledger_month(key: _Key, store: Store, parts: Sequence[JsonRow]) -> LedgerMonth:
    currency = key[1]
    amounts: dict[str, int] = defaultdict(int)
    of_no_order: dict[str, float] = {}
    for part in parts:
        amounts[str(part["place"])] += whole(part["amount"])
        if part["place"] == "no_order":
            of_no_order[str(part["kind"])] = major(part["amount"], currency)
    return LedgerMonth(
        store=store.name,
        platform=store.platform,
        currency=currency,
        month=month_text(parts[0]["month"]),
        n_lines=sum(whole(part["n_lines"]) for part in parts),
        booked=major(sum(amounts.values()), currency),
        of_this_month=major(amounts["same"], currency),
        of_earlier_months=major(amounts["earlier"], currency),
        of_later_months=major(amounts["later"], currency),
        unmatched=major(amounts["unmatched"], currency),
        n_unmatched=sum(whole(part["n_lines"]) for part in parts if part["place"] == "unmatched"),
        of_no_order=of_no_order,
    )

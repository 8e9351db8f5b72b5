"""Two orders on one day are one purchase: repurchase asks for two different days."""

from __future__ import annotations

from collections import defaultdict

from tests.soundness.asking import amount, paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_who_buys_on_one_day_only_buys_once(ledger: Ledger, rows: Tables) -> None:
    days: dict[object, set[object]] = defaultdict(set)
    for row in paid(rows):
        is_kept = amount(row, "refunded_minor") < amount(row, "paid_minor") or row["paid_minor"] == 0
        if row["buyer_key"] and is_kept:
            days[row["buyer_key"]].add(row["paid_date"])

    assert whole(ledger, "repeat_buyers") == sum(len(each) > 1 for each in days.values())


def test_a_longer_period_repeats_more(ledger: Ledger) -> None:
    rates = [whole(ledger, "repeat_buyers", where=where) for where in ("province=上海", "")]

    assert rates[0] < rates[1]

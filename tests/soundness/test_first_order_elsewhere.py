"""A buyer whose first order lies outside the filter is not new inside it."""

from __future__ import annotations

from tests.soundness.asking import FEBRUARY, day_of, paid, whole
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_a_filter_makes_nobody_new(ledger: Ledger, rows: Tables) -> None:
    first: dict[object, object] = {}
    for row in sorted(paid(rows), key=lambda row: day_of(row, "paid_date")):
        first.setdefault(row["buyer_key"], row["paid_date"])
    here = [row for row in paid(rows, FEBRUARY) if row["channel"] == "live" and row["buyer_key"]]
    new = {row["buyer_key"] for row in here if first[row["buyer_key"]] == row["paid_date"]}

    assert whole(ledger, "new_buyers", where="channel=live", days=FEBRUARY) == len(new)
    assert len(new) < len({row["buyer_key"] for row in here})

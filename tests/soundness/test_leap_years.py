"""The year before has one day less: no amount may fall out of the comparison."""

from __future__ import annotations

from datetime import date

from tests.soundness.asking import asked, fen

from zhanggui.ledger.engine import Ledger


def test_the_29th_of_february_stands_beside_the_28th(ledger: Ledger) -> None:
    days = (date(2021, 2, 1), date(2021, 2, 28))
    (whole,) = asked(ledger, "gmv_paid", days=days, compare="year")
    split = asked(ledger, "gmv_paid", by="day", days=days, compare="year")

    assert fen([whole["compare"]["gmv_paid"]]) > 0
    assert fen(row["compare"]["gmv_paid"] for row in split) == fen([whole["compare"]["gmv_paid"]])

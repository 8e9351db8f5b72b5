"""Whoever pays is new or returning, never both and never neither."""

from __future__ import annotations

import pytest
from tests.soundness.asking import asked

from zhanggui.ledger.engine import Ledger


@pytest.mark.parametrize("by", ["month", "week", "province", "channel,month"])
def test_new_and_returning_buyers_are_all_buyers_of_every_cell(ledger: Ledger, by: str) -> None:
    for row in asked(
        ledger, "buyers", "new_buyers", "returning_buyers", "new_buyer_rate", "returning_buyer_share", by=by
    ):
        if row["buyers"]:
            assert row["new_buyers"] + row["returning_buyers"] == row["buyers"]
            assert row["new_buyer_rate"] + row["returning_buyer_share"] == pytest.approx(1)
            assert row["returning_buyers"] >= 0

"""What no file says is a part of its own: parts and unknown make the whole."""

from __future__ import annotations

import pytest
from tests.soundness.asking import asked, fen, whole

from zhanggui.ledger.engine import Ledger


@pytest.mark.parametrize("by", ["province", "channel", "product", "category", "spec", "sku"])
def test_parts_and_the_unknown_part_are_the_whole(ledger: Ledger, by: str) -> None:
    rows = asked(ledger, "gmv_paid", by=by)

    assert fen(row["gmv_paid"] for row in rows) == fen([whole(ledger, "gmv_paid")])
    assert [row for row in rows if row[by] is None and row["gmv_paid"]]


def test_the_unknown_part_can_be_asked_for_by_itself(ledger: Ledger) -> None:
    (unknown,) = [row for row in asked(ledger, "gmv_paid", by="province") if row["province"] is None]

    assert whole(ledger, "gmv_paid", where="province=") == unknown["gmv_paid"]

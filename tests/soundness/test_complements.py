"""A filter and its complement make the whole; nothing falls between them."""

from __future__ import annotations

import pytest
from tests.soundness.asking import fen, whole

from zhanggui.ledger.engine import Ledger

COMPLEMENTS = [
    ("platform=tmall", "platform=jd,own_site"),
    ("province=上海", "province=江苏,北京,"),
    ("channel=live", "channel=search,"),
    ("product=p1", "product=p2,p3,"),
    ("weekday=6,7", "weekday=1,2,3,4,5"),
]


@pytest.mark.parametrize(("one", "other"), COMPLEMENTS)
@pytest.mark.parametrize("metric", ["gmv_paid", "refund_amount", "gmv_created"])
def test_a_filter_and_its_complement_add_up(ledger: Ledger, metric: str, one: str, other: str) -> None:
    parts = [whole(ledger, metric, where=where) for where in (one, other)]

    assert fen(parts) == fen([whole(ledger, metric)])
    assert all(parts)

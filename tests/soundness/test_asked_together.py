"""A number does not depend on what is asked beside it."""

from __future__ import annotations

from tests.soundness.asking import asked
from tests.soundness.plain_answers import METRICS

from zhanggui.ledger.engine import Ledger


def test_every_metric_asked_with_all_others_is_the_metric_asked_alone(ledger: Ledger) -> None:
    together = {row["province"]: row for row in asked(ledger, *METRICS, by="province")}

    for name in METRICS:
        for row in asked(ledger, name, by="province"):
            assert together[row["province"]][name] == row[name], name

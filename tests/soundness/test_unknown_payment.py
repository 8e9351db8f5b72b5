"""An order that does not say whether it was paid is neither paid nor unpaid."""

from __future__ import annotations

import pytest
from tests.metrics.ledgers import ledger_of, order, store, unknown_payment
from tests.soundness.asking import asked

from zhanggui.metrics import Question, answer


def test_unknown_payment_is_in_no_paid_figure_and_its_money_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    orders = [
        order("o1", "2020-02-01", 100_00, paid="2020-02-01"),
        order("o2", "2020-02-01", 50_00),
        unknown_payment("o3", "2020-02-01", 30_00),
    ]
    with ledger_of(tmp_path_factory.mktemp("unsaid"), {"store": [store(1, "店")], "order_header": orders}) as ledger:
        (found,) = asked(ledger, "gmv_paid", "gmv_unpaid", "gmv_created")
        (warning,) = answer(ledger, Question(("gmv_paid",))).warnings

    assert found == {"gmv_paid": 100, "gmv_unpaid": 50, "gmv_created": 180}
    assert (warning.code, warning.money) == ("payment_unknown", 30)

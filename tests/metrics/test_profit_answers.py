"""Answers over the tables of profit."""

from __future__ import annotations

from pathlib import Path

from tests.metrics.ledgers import ledger_of, order, refund, store

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import Answer, Question, answer

ALL = (
    "orders_created",
    "orders_paid",
    "orders_refunded",
    "gmv_created",
    "gmv_paid",
    "refund_amount",
    "net_revenue",
    "refund_rate",
    "average_order_value",
    "average_buyer_value",
    "buyers",
    "new_buyers",
    "repeat_buyers",
    "repurchase_rate",
    "units_sold",
)


def only_row(found: Answer) -> dict[str, object]:
    (row,) = found.rows
    return row


def by_key(found: Answer, *keys: str) -> dict[object, dict[str, object]]:
    return {tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]: row for row in found.rows}


def total(found: Answer, name: str) -> float:
    values = [row[name] for row in found.rows]
    return sum(value for value in values if isinstance(value, int | float))


def test_lines_of_unknown_cost_have_no_profit_and_their_share_is_said(shop: Ledger) -> None:
    found = answer(shop, Question(("order_contribution", "cost_unknown_share", "receivable"), by=("province",)))

    # 上海: o1 pays 100 for goods of 30, o3 is given back whole; o2 and o4 (50 + 20) have no known cost.
    by_province = {row["province"]: row for row in found.rows}
    assert by_province["上海"]["order_contribution"] == 100 - 30 + (30 - 30)
    assert by_province["上海"]["cost_unknown_share"] == 70 / 200
    # 北京: two free orders without lines and without cost.
    assert by_province["北京"]["order_contribution"] is None
    (warning,) = (each for each in found.warnings if each.metric == "order_contribution")
    assert warning.code == "cost_partly_unknown"
    assert (warning.money, warning.share) == (50 + 20 + 15 + 5, 1 - 90 / 410)


def test_profit_adds_what_belongs_to_no_order_and_leaves_fixed_costs_and_brushing_out(shop: Ledger) -> None:
    row = only_row(
        answer(shop, Question(("order_contribution", "contribution_profit", "operating_profit", "ad_spend")))
    )

    # o1 70, o3 0, o8 190 − 40 − 90 = 60. Fourteen accounts take 1 to 14 yuan; the last is the fixed cost.
    assert row["order_contribution"] == 130
    assert row["ad_spend"] == 1
    assert row["contribution_profit"] == 130 - sum(range(1, 14))
    # o6 was paid by a brusher: 10 yuan that are in the last line only.
    assert row["operating_profit"] == 130 - sum(range(1, 15)) + 10


def test_refunds_without_a_day_of_success_leave_that_basis_empty(tmp_path: Path) -> None:
    tables = {
        "store": [store(1, "店"), store(2, "店", "jd")],
        "order_header": [order("o1", "2020-02-01 10", 50_00, paid="2020-02-01 10", refunded=20_00)],
        "refund": [
            refund("r1", "o1", "2020-02-01 10", 20_00) | {"refunded_date": None},
            refund("r2", None, "2020-02-03 10", 5_00, shop_id=2),
        ],
    }
    with ledger_of(tmp_path, tables) as ledger:
        found = answer(ledger, Question(("refund_amount", "refund_amount_completed"), by=("platform",)))

    seen = {row["platform"]: (row["refund_amount"], row["refund_amount_completed"]) for row in found.rows}
    assert seen == {"tmall": (20, None), "jd": (5, 5)}
    assert [(each.code, each.money) for each in found.warnings] == [("refund_day_unknown", 20)]

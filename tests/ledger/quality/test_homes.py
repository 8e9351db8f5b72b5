"""Rows of the company that name an order id which several stores have are found, with their money."""

from __future__ import annotations

from pathlib import Path

from tests.ledger.quality.stores import LOADED, MIDDLE, order
from tests.metrics.ledgers import Row, batch, ledger_of, store

from zhanggui.ledger.quality import findings_of
from zhanggui.ledger.quality.running import check_all
from zhanggui.ledger.schema.vocabulary import COMPANY


def held(shop_id: int, order_id: str) -> Row:
    return order(MIDDLE, order_id) | {"shop_id": shop_id, "batch_id": shop_id, "row_no": 2, "currency": "CNY"}


def cost(order_id: str, fen: int) -> Row:
    return {"shop_id": 3, "order_id": order_id, "fact_key": order_id, "amount_minor": fen, "batch_id": 3,
            "currency": "CNY", "cost_kind": "packaging", "period_from": MIDDLE}  # fmt: skip


def test_a_cost_of_the_company_whose_order_two_stores_have_is_said_to_both(tmp_path: Path) -> None:
    rows = {
        "store": [store(1, "甲店"), store(2, "乙店"), store(3, "公司", COMPANY)],
        "source_batch": [batch(1, 1, LOADED), batch(2, 2, LOADED), batch(3, 3, LOADED, "costs")],
        "order_header": [held(1, "同号"), held(2, "同号"), held(1, "甲"), held(2, "乙")],
        "cost_entry": [cost("同号", 500), cost("甲", 300), cost("没有", 200)],
    }
    with ledger_of(tmp_path, rows) as ledger:
        check_all(ledger)
        found = [one for one in findings_of(ledger) if one.check.name == "orders.homes"]

    assert sorted((one.shop_id, one.subject, one.money_minor) for one in found) == [(1, "同号", 500), (2, "同号", 500)]

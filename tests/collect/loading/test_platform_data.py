"""What platforms export: masked persons, split orders, refunds in parts, states that go back, lost stores, tests."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.collect.loading.platform_data import STORE, History, histories
from tests.collect.loading.shops import Till, classes, rules, utc

pytestmark = pytest.mark.slow

HISTORIES = tuple(histories())


def test_there_are_more_than_thirty_with_names_of_their_own() -> None:
    assert len({history.name for history in HISTORIES}) == len(HISTORIES) > 30


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.name)
def test_every_row_has_its_class_and_nothing_is_lost(history: History, till: Till) -> None:
    for place, file in enumerate(history.files):
        exported = utc(2026, 9, 15) + timedelta(days=place * history.days_apart)
        done = till.taken(f"file{place}.csv", file.data, store=file.store, layout=file.layout, extracted_at=exported)
        assert (classes(done), rules(done)) == (file.classes, set(file.rules))

    stores = {row["shop_id"]: row["name"] for row in till.rows("store", "shop_id", "name")}
    found = {}
    for row in till.rows("order_header"):
        name = row["order_id"] if stores[row["shop_id"]] == STORE else f"{row['order_id']} of {stores[row['shop_id']]}"
        found[name] = f"{row['status']} {row['paid_minor']} {row['refunded_minor']} {row['n_lines']}"
    assert found == history.orders
    paid_back = {row["refund_id"]: row["refunded_minor"] for row in till.rows("refund") if row["refunded_minor"]}
    assert paid_back == history.refunds
    for (table, column), values in history.columns.items():
        assert till.column(table, column) == values
    told = [row for row in till.rows("party_pii") if row["name_token"] or row["phone_token"]]
    assert bool(told) != history.is_masked

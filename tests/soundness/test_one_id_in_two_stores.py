"""One product id in two stores is two products, also where the SKU beside it is not known."""

from __future__ import annotations

from tests.soundness.asking import asked, fen
from tests.soundness.books import Tables

from zhanggui.ledger.engine import Ledger


def test_products_of_two_stores_stay_two_rows(ledger: Ledger) -> None:
    cells = [(row["product"], row["shop_id"]) for row in asked(ledger, "gmv_paid", by="product")]

    assert len(set(cells)) == len(cells)
    assert {("p1", 1), ("p1", 2), ("p1", 3)} <= set(cells)


def test_a_store_is_known_where_any_of_its_ids_is(ledger: Ledger, rows: Tables) -> None:
    # Refunds name a product and no SKU: they were once put under one row for all stores.
    wanted: dict[object, int] = {}
    for row in rows["refund"]:
        if row["order_kind"] == "ordinary" and row["product_id"] == "p1":
            wanted[row["shop_id"]] = wanted.get(row["shop_id"], 0) + int(str(row["refunded_minor"]))

    found = {
        row["shop_id"]: fen([row["refund_amount"]])
        for row in asked(ledger, "refund_amount", by="sku,product", where="product=p1")
        if row["sku"] is None
    }

    assert found == wanted
    assert len(wanted) == 3

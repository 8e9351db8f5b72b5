"""What the score card reads of stock and sizes, over answers written down here."""

from __future__ import annotations

from typing import Any

import pytest

from zhanggui.cli.stock_score import stock_examples, stored_together

WHERE = {"trade": "fashion", "warehouse": "试点", "compared_with": "照常", "before": [0, 9], "after": [20, 29]}
TRUTH: dict[str, Any] = {
    "world": {"start": "2026-05-01"},
    "X-05": {"planted": True, "where": {**WHERE, "pair": ["风衣", "围巾"]}},
    "X-25": {
        "planted": True,
        "where": {
            **WHERE,
            "store": "女装店",
            "before": [0, 28],
            "returns_after": [10, 29],
            "sold_out_after": [31, 88],
            "cohorts": [[0, 9], [20, 29]],
            "large_sizes": ["L", "XL"],
            "small_sizes": ["S"],
        },
    },
}
STOCK = {"2026-05-01": {"试点": 200.0, "照常": 100.0}, "2026-05-21": {"试点": 96.0, "照常": 60.0}}
THERE = {
    "2026-05-01": (100.0, 100.0),
    "2026-05-02": (50.0, 50.0),
    "2026-05-31": (30.0, 60.0),
    "2026-06-01": (20.0, 40.0),
}
"""Pieces of the small size in both warehouses: there on the eve of four weeks, received within them."""
THERE |= {"2026-06-28": (30.0, 60.0), "2026-06-29": (20.0, 40.0)}
AGAIN = {"2026-05-01": 0.25, "2026-05-21": 0.38}
BACK = {"2026-05-01": 30.0, "2026-05-11": 24.0}


def answer(words: list[str]) -> dict[str, Any]:
    first = words[words.index("--from") + 1] if "--from" in words else ""
    if words[1] == "repurchase_within_90_days":
        return {"rows": [{words[1]: AGAIN[first] if "shop=女装店" in words else None}]}
    if words[1] == "stock_on_hand":
        pieces = zip(("试点", "照常"), THERE[first], strict=True)
        rows = [{"warehouse": name, "stock_code": "F1-S", words[1]: n, words[2]: n} for name, n in pieces]
        return {"rows": [*rows, {"warehouse": "试点", "stock_code": "F1-L", words[1]: 999.0, words[2]: 999.0}]}
    if words[0] == "query":
        return {"rows": [{"warehouse": name, "average_stock": units} for name, units in STOCK[first].items()]}
    if words[1] == "matrix":
        return {"skus": [{"merchant_code": f"F1-{size}", "spec": f"白 {size}"} for size in ("S", "L")]}
    if words[1] == "returns":
        sizes = [("S", 90.0, 100.0), ("L", BACK[first] / 2, 50.0), ("XL", BACK[first] / 2, 50.0)]
        rows = [{"name": name, "returned": back, "delivered": n} for name, back, n in sizes]
        return {"products": [{"merchant_code": "F1", "by_size": rows}]}
    return {"neighbours": [{"a_name": "围巾", "b_name": "风衣"}]}


def test_stock_of_a_pilot_is_held_against_the_warehouse_that_went_on_as_ever() -> None:
    found = stock_examples(TRUTH, answer)

    # 96/200 against 60/100 is 0.8: a fifth fewer days, so a quarter more turns.
    assert found["X-05", "stock_days_change"][0] == pytest.approx(-0.2)
    assert found["X-25", "turnover_change"][0] == pytest.approx(0.25)
    assert "category=" in found["X-05", "stock_days_change"][1]


def test_returns_of_large_sizes_are_compared_product_by_product() -> None:
    # 30 of 100 before, 24 of 100 after; small sizes do not count.
    assert stock_examples(TRUTH, answer)["X-25", "large_size_return_change"][0] == pytest.approx(-0.2)


def test_small_sizes_sell_out_more_where_less_of_them_is_there() -> None:
    # 150 there and received before in both; after it twice 50 in the pilot, twice 100 in the other: 1.5 ÷ 0.75.
    assert stock_examples(TRUTH, answer)["X-25", "small_size_sold_out_change"][0] == pytest.approx(1.0)


def test_first_buyers_who_come_back_are_asked_of_the_store_and_the_days_of_the_story() -> None:
    found = stock_examples(TRUTH, answer)

    assert (found["X-25", "repurchase_before"][0], found["X-25", "repurchase_after"][0]) == (0.25, 0.38)


def test_a_pair_is_found_whichever_of_it_is_named_first() -> None:
    assert stored_together(TRUTH, answer)[0]
    assert not stored_together(TRUTH, lambda words: {"neighbours": []})[0]


def test_what_is_not_planted_is_not_asked() -> None:
    assert stock_examples({**TRUTH, "X-05": {"planted": False}, "X-25": {"planted": False}}, lambda words: {}) == {}

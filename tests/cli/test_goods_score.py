"""What the score card reads of goods, over answers written down here."""

from __future__ import annotations

from typing import Any

from zhanggui.cli.goods_score import goods_readings
from zhanggui.cli.score_reading import Reading
from zhanggui.methods.problems import NotEnoughDataError

TRUTH: dict[str, Any] = {
    "M-GOODS-02": {
        "skus": [
            {"merchant_code": "A-01", "amounts": {"units_paid": 300}},
            {"merchant_code": "B-01", "amounts": {"units_paid": 90}},
            {"merchant_code": "C-01", "amounts": {"units_paid": 9}},
            {"merchant_code": "D-01", "amounts": {}},
        ]
    },
    "C-GOODS-03": {
        "complements": [
            {"from": "A", "to": "B", "chance": 0.2},
            # Never sold; and expected in no more than two orders.
            {"from": "A", "to": "D", "chance": 0.5},
            {"from": "B", "to": "C", "chance": 0.02},
        ]
    },
}
SOLD = {"A-01": (200, 100), "B-01": (90,), "C-01": (9,)}


def pair(a: str, b: str, count: int, leverage: float, *, of_a: int, of_b: int) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "count": count,
        "leverage": leverage,
        "confidence_ab": count / of_a,
        "confidence_ba": count / of_b,
    }


# In both stores B goes with A; by store alone something else comes before it.
PAIRS = [
    pair("1:A", "1:B", 30, 0.02, of_a=200, of_b=60),
    *(pair("1:A", f"1:X{n}", 40, 0.03, of_a=200, of_b=90) for n in range(2)),
    *(pair("2:A", f"2:Y{n}", 40, 0.03, of_a=100, of_b=90) for n in range(2)),
    pair("2:A", "2:B", 25, 0.02, of_a=100, of_b=30),
]


def read(sold: dict[str, tuple[int, ...]], pairs: list[dict[str, Any]]) -> dict[str, Reading]:
    def ask(words: list[str]) -> dict[str, Any]:
        if words[1] == "matrix":
            return {"skus": [{"merchant_code": code, "units": n} for code, all_ in sold.items() for n in all_]}
        return {"pairs": pairs}

    return {reading.id: reading for reading in goods_readings(TRUTH, ask)}


def test_units_of_all_stores_are_held_against_the_worlds_and_partners_that_were_sold_are_looked_for() -> None:
    found = read(SOLD, PAIRS)
    assert (found["M-GOODS-02"].truth, found["M-GOODS-02"].reported) == (4, 4)
    assert (found["C-GOODS-03"].truth, found["C-GOODS-03"].reported) == (1, 1)


def test_wrong_units_and_a_partner_that_comes_later_are_told() -> None:
    found = read({**SOLD, "B-01": (89,)}, [*PAIRS[1:], pair("1:A", "1:B", 1, -0.01, of_a=200, of_b=60)])
    assert found["M-GOODS-02"].reported == 3
    assert found["C-GOODS-03"].reported == 0


def test_a_ledger_too_thin_for_an_answer_says_nothing() -> None:
    def thin(words: list[str]) -> dict[str, Any]:
        raise NotEnoughDataError("No orders.", where="orders", next_step="Load some.")

    found = {reading.id: reading for reading in goods_readings(TRUTH, thin)}
    assert list(found) == ["M-GOODS-02"]
    assert found["M-GOODS-02"].reported is None

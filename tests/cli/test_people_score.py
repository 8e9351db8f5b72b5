"""What the score card reads of people, over answers written down here."""

from __future__ import annotations

from typing import Any

from zhanggui.cli.people_score import LEAST_AUC, people_examples, returner_readings

STORE = {"store": "禾木商城", "customers": 400, "stayed_away": 350, "auc": 0.94, "top_decile_precision": 0.98}
TRUTH: dict[str, Any] = {
    "world": {"days": 400},
    "X-20": {"planted": True, "where": {"tiers": ["金会员", "普通"]}},
    "M-CUST-03": {
        "planted": True, "known_until": "2026-08-17", "until": "2026-11-15", "days": 90,
        "stores": [STORE, {**STORE, "store": "masked"}, {**STORE, "store": "tiny", "customers": 20}],
    },
}  # fmt: skip


def answer(words: list[str]) -> dict[str, Any]:
    if words[1] == "lifetime-value":
        return {"profit": {"slope": 1.07 if words[5] == "2026-08-17" else 1.65}}
    deciles = [{"customers": 40, "actual": 35}] * 10
    return {"deciles": deciles, "auc": 0.8, "top_decile_precision": 0.9}


def test_the_stores_whose_people_can_be_told_apart_are_asked_over_the_same_days() -> None:
    asked: list[list[str]] = []

    def ask(words: list[str]) -> dict[str, Any]:
        asked.append(words)
        return answer(words)

    readings = list(returner_readings(TRUTH, ask, {"禾木商城": "own", "tiny": "tiny"}))
    found = {each.what: each for each in readings}

    assert [words[:4] for words in asked] == [
        ["customers", "churn", "--store", "own"],
        # The last quarter, and the one before it: 90 and 180 days back from 15 November.
        ["customers", "lifetime-value", "--calibration-end", "2026-08-17"],
        ["customers", "lifetime-value", "--calibration-end", "2026-05-19"],
    ]
    assert (found["customers"].reported, found["stayed_away"].reported) == (400, 350)
    slopes = [(each.where["until"], each.reported) for each in readings if each.what == "profit_slope"]
    assert slopes == [("2026-11-15", 1.65), ("2026-08-17", 1.07)]


def test_the_tolerances_are_the_bounds_of_the_requirement() -> None:
    found = {each.what: each for each in returner_readings(TRUTH, answer, {"禾木商城": "own"})}

    assert round(found["auc"].truth - found["auc"].tolerance, 6) == LEAST_AUC
    best = found["top_decile_precision"]
    assert round((best.truth - best.tolerance) / best.truth, 6) == 0.85


def test_a_gold_member_is_held_against_an_ordinary_one() -> None:
    tiers = [{"name": "普通", "ratio": None}, {"name": "金会员", "ratio": 2.9}]

    found = people_examples(TRUTH, lambda words: {"tiers": tiers})

    assert found == {("X-20", "spending_ratio"): (2.9, "customers members")}


def test_a_world_too_short_is_not_asked() -> None:
    assert list(returner_readings({"M-CUST-03": {"planted": False}}, answer, {"禾木商城": "own"})) == []
    assert people_examples({"X-20": {"planted": False}}, answer) == {}

"""What the score card reads of the funnel, over answers written down here."""

from __future__ import annotations

from typing import Any

from zhanggui.cli.funnel_score import funnel_readings, step_change

RATES = {"item": 0.5, "variant": 0.2, "cart_add": 0.5, "checkout": 0.5, "payment": 0.5}
TRUTH: dict[str, Any] = {
    "world": {"start": "2026-05-01"},
    "M-CONV-08": {"planted": True, "pass_rates": {"home": RATES}, "worst_step": {"home": "variant"}},
    "X-06": {
        "planted": True,
        "where": {"trade": "home", "step": "variant", "before": [0, 9], "after": [10, 19]},
    },
}


def answer(variant: int) -> dict[str, Any]:
    """Return a funnel in which so many of a thousand fruit visits chose a variant; lipstick is of another trade."""
    counts = [1100, 1000, variant, variant // 2, variant // 4, variant // 8, 1]
    return {
        "steps": [{}] * 7,
        "groups": [{"value": "水果", "counts": counts}, {"value": "口红", "counts": [10] * 7}],
    }


def test_rates_of_a_trade_are_those_of_its_categories_and_the_worst_is_named() -> None:
    found = {reading.what: reading for reading in funnel_readings(TRUTH, lambda words: answer(200))}
    assert found["variant"].reported == 200 / 1000
    assert found["cart_add"].reported == 100 / 200
    assert found["worst_step"].reported == 1.0
    # Three standard errors of 0.2 over a thousand, and machines that call themselves people.
    assert round(found["variant"].tolerance, 4) == round(3 * (0.2 * 0.8 / 1000) ** 0.5 + 0.006, 4)


def test_a_mended_step_is_compared_over_its_two_periods() -> None:
    answers = {"2026-05-01": answer(200), "2026-05-11": answer(240)}
    found = step_change(TRUTH, lambda words: answers[words[words.index("--from") + 1]])
    value, asked = found["X-06", "step_pass_change"]
    assert value is not None
    assert round(value, 6) == 0.2
    assert asked.startswith("traffic funnel")


def test_what_is_not_planted_is_not_asked() -> None:
    none = {**TRUTH, "M-CONV-08": {"planted": False}, "X-06": {"planted": False}}
    assert list(funnel_readings(none, lambda words: {})) == []
    assert step_change(none, lambda words: {}) == {}

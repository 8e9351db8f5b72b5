"""What the product finds of the planted truth about the way to an order: pass rates of the steps, worst steps, X-06."""

from __future__ import annotations

import math
from collections.abc import Iterator

from zhanggui.cli.score_reading import Ask, JsonObject, Reading, categories_of, days_of_world

_WORDS = ["traffic", "funnel", "--steps", "pages", "--per", "visit", "--by", "category"]
_STEPS = {"variant": 2, "cart_add": 3, "checkout": 4, "payment": 5}
"""Place of each planted step in the funnel of pages. Visits that saw no goods show no trade, so that the step to the
first of them cannot be told by trade."""
_SURE = 3.0
"""Visits pass by chance: a share may be so many standard errors off."""
_MACHINES = 0.03
"""Of the visits that see goods, so many are of machines that call themselves people; none of them goes on."""


def funnel_readings(truth: JsonObject, ask: Ask) -> Iterator[Reading]:
    """Yield the pass rate of every planted step of every trade, and whether the worst of them is found (M-CONV-08)."""
    part = truth["M-CONV-08"]
    if not part["planted"]:
        return
    answer = ask(_WORDS)
    asked = " ".join(_WORDS)
    for trade, rates in part["pass_rates"].items():
        counts = _of_trade(answer, trade)
        found = {step: _rate(counts, place) for step, place in _STEPS.items()}
        for step, place in _STEPS.items():
            true, n = rates[step], counts[place - 1]
            tolerance = _SURE * math.sqrt(true * (1 - true) / n) if n else 0.0
            tolerance += _MACHINES * true if step == "variant" else 0.0
            yield Reading("M-CONV-08", step, true, found[step], tolerance, asked, {"trade": trade})
        known = {step: rate for step, rate in found.items() if rate is not None}
        worst = min(known, key=lambda step: known[step]) if known else None
        right = None if worst is None else float(worst == part["worst_step"][trade])
        yield Reading("M-CONV-08", "worst_step", 1.0, right, 0.0, asked, {"trade": trade})


def step_change(truth: JsonObject, ask: Ask) -> dict[tuple[str, str], tuple[float | None, str]]:
    """Return by what share the planted step passes more visits after it was mended than before (X-06)."""
    story = truth["X-06"]
    if not story["planted"]:
        return {}
    where = story["where"]
    rates = []
    for days in (where["before"], where["after"]):
        answer = ask([*_WORDS, *days_of_world(truth, *days)])
        rates.append(_rate(_of_trade(answer, where["trade"]), _STEPS[where["step"]]))
    before, after = rates
    change = None if before is None or after is None or not before else after / before - 1
    return {("X-06", "step_pass_change"): (change, " ".join(_WORDS))}


def _of_trade(answer: JsonObject, trade: str) -> list[int]:
    """Return the funnel of all categories of a trade."""
    mine = categories_of(trade)
    total = [0] * len(answer["steps"])
    for group in answer["groups"]:
        if group["value"] in mine:
            total = [one + more for one, more in zip(total, group["counts"], strict=True)]
    return total


def _rate(counts: list[int], place: int) -> float | None:
    return counts[place] / counts[place - 1] if counts[place - 1] else None

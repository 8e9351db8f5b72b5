"""The calculators give the figures of the sources (catalogue F-01 to F-05, F-08)."""

from __future__ import annotations

import pytest

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.traffic.calculators import CALCULATORS, calculated, calculated_of_pairs


def test_a_lower_cac_of_ten_thousand_users_saves_300_000() -> None:
    found = calculated("saving", {"old_cac": 100, "new_cac": 70, "new_users": 10_000})

    assert found.results[0].value == 300_000


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [(0.025, 0.038, "+52.0%"), (180, 235, "+30.6%"), (0.15, 0.22, "+46.7%"), (120, 75, "-37.5%")],
)
def test_growth_is_rounded_not_cut(before: float, after: float, shown: str) -> None:
    assert calculated("growth", {"before": before, "after": after}).results[0].text.en == shown


def test_roi_by_sales_stands_beside_roi_by_profit() -> None:
    found = calculated("roi", {"sales": 150_000, "cost": 50_000, "margin": 0.3})

    # (150 - 50) / 50 = 2; (150 * 0.3 - 50) / 50 = -0.1.
    assert [line.value for line in found.results] == pytest.approx([2.0, -0.1, -5_000])
    assert found.light == "red"


@pytest.mark.parametrize(("ltv", "light"), [(310, "green"), (290, "amber"), (90, "red")])
def test_ltv_is_healthy_above_three_times_cac(ltv: float, light: str) -> None:
    assert calculated("health", {"ltv": ltv, "cac": 100}).light == light


def test_the_bound_of_health_can_be_moved() -> None:
    assert calculated("health", {"ltv": 290, "cac": 100, "threshold": 2.5}).light == "green"


def test_value_per_visitor_of_the_live_room_is_2_55_times() -> None:
    found = calculated("visitor", {"conversion_ratio": 3, "order_value_change": -0.15})

    assert found.results[0].value == pytest.approx(2.55)


def test_a_change_from_nothing_has_no_percentage() -> None:
    assert calculated("growth", {"before": 0, "after": 5}).results[0].value is None


def test_missing_and_unreadable_numbers_are_refused() -> None:
    for pairs in ([("before", "1")], [("before", "1"), ("after", "x")], [("before", "-1"), ("after", "1")]):
        with pytest.raises(BadFilterError):
            calculated_of_pairs("growth", pairs)
    with pytest.raises(BadFilterError):
        calculated("alchemy", {})


def test_the_examples_of_every_calculator_can_be_worked_out() -> None:
    for name, each in CALCULATORS.items():
        assert calculated(name, {put.name: put.example for put in each.inputs if put.example is not None}).results

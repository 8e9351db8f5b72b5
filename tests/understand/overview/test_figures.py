from __future__ import annotations

from datetime import date

import pytest

from zhanggui.metrics import CATALOGUE
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import figures, grain_of
from zhanggui.understand.overview.figures import HEADLINE, kpis, trend
from zhanggui.understand.view import View

FEBRUARY = View(date_from=date(2020, 2, 1), date_to=date(2020, 2, 29), compare="previous")


def test_figure_is_the_number_that_a_question_gives(desk: Desk) -> None:
    found = {item.metric: item.value for item in kpis(desk, View()).items}

    answered = desk.ask(View().question(*HEADLINE)).rows[0]
    assert found == {name: answered[name] for name in HEADLINE}
    # 30 × 100 + 40 × 50 paid; 100 + 10 × 50 refunded.
    assert (found["gmv_paid"], found["refund_amount"], found["net_revenue"]) == (5000.0, 600.0, 4400.0)


def test_change_is_relative_for_money_and_in_points_for_ratios(desk: Desk) -> None:
    items = {item.metric: item for item in figures(desk, FEBRUARY, ("gmv_paid", "refund_rate")).items}

    # The 29 days before 1 February hold 28 of January's orders (3rd to 30th): 2,800 against 2,000.
    assert items["gmv_paid"].change == pytest.approx(2000 / 2800 - 1)
    assert items["gmv_paid"].change_kind == "ratio"
    # 500 of 2,000 against nothing of 2,800.
    assert (items["refund_rate"].change, items["refund_rate"].change_kind) == (0.25, "pp")


def test_without_comparison_nothing_has_changed(desk: Desk) -> None:
    item = figures(desk, View(), ("gmv_paid",)).items[0]

    assert (item.change, item.change_kind) == (None, "none")


def test_ratio_carries_its_base_in_words(desk: Desk) -> None:
    item = figures(desk, View(), ("refund_rate",)).items[0]

    assert item.numerator is not None
    assert "¥600.00" in item.numerator.zh
    assert "¥5.000K" in item.numerator.en


def test_course_has_every_day_and_adds_up_to_the_figure(desk: Desk) -> None:
    found = trend(desk, FEBRUARY)

    assert (found.x[0], found.x[-1], len(found.x)) == ("2020-02-01", "2020-02-29", 29)
    assert [series.role for series in found.series] == ["current", "compare", "other"]
    assert sum(value or 0 for value in found.series[2].values) == 2000.0


@pytest.mark.parametrize(
    ("last", "grain"), [(date(2020, 2, 29), "day"), (date(2020, 12, 31), "week"), (date(2023, 1, 1), "month")]
)
def test_long_period_is_drawn_in_longer_steps(desk: Desk, last: date, grain: str) -> None:
    assert grain_of(desk, View(date_from=date(2020, 1, 1), date_to=last)) == grain


def test_every_headline_metric_is_in_the_catalogue() -> None:
    assert set(HEADLINE) <= set(CATALOGUE)

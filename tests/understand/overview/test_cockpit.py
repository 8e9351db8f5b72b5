"""The cockpit and the pages of roles; figures after the seventy orders of the shared shop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from zhanggui.ledger.jobs import AlertBook, Occurrence
from zhanggui.metrics import CATALOGUE, Filter
from zhanggui.metrics.problems import UnknownMetricError
from zhanggui.pagespec import KpisData
from zhanggui.rooms import PAGES, TILES
from zhanggui.understand.desk import Desk, number
from zhanggui.understand.figures import CORE_FIGURES
from zhanggui.understand.overview.cockpit import (
    MONEY_FIGURES,
    PINS,
    core_figures,
    is_efficiency,
    is_revenue,
    own_figures,
    pin,
    role_figures,
    with_efficiency,
)
from zhanggui.understand.overview.roles import ROLES
from zhanggui.understand.targets import GOALS, enter_goal, goals_of
from zhanggui.understand.view import View

FEBRUARY = View(date_from=date(2020, 2, 1), date_to=date(2020, 2, 29), compare="previous")


@pytest.fixture
def bare(desk: Desk) -> Iterator[Desk]:
    """The shared shop; what a test puts on its cockpit is taken down again."""
    yield desk
    for key in (PINS, GOALS):
        desk.shop.state.execute("DELETE FROM setting WHERE key = ?", (key,))


def figure(found: KpisData, metric: str) -> dict[str, object]:
    return next(dict(each) for each in found.items if each.metric == metric)


def test_all_nine_core_figures_stand_there_and_those_without_data_say_what_they_need(desk: Desk) -> None:
    found = core_figures(desk, FEBRUARY)

    assert [each.metric for each in found.items] == list(CORE_FIGURES.values())
    lacking = {each.metric: each.warning.en for each in found.items if each.value is None and each.warning}
    assert "needs stock_movements" in lacking["stock_turns"]
    assert figure(found, "visit_order_rate")["value"] is not None


def test_daily_active_is_the_mean_of_the_days_and_not_the_visitors_of_the_period(desk: Desk) -> None:
    rows = desk.ask(FEBRUARY.question("visitors", grain="day")).rows
    daily = [value for row in rows if (value := number(row, "visitors")) is not None]

    assert figure(core_figures(desk, FEBRUARY), "visitors")["value"] == round(sum(daily) / len(daily), 1)


def test_a_pinned_metric_stands_on_the_cockpit_with_an_efficiency_until_it_is_taken_down(bare: Desk) -> None:
    pin(bare, "gmv_paid", is_pinned=True)

    found = own_figures(bare, FEBRUARY)
    # 40 orders of 50.00.
    assert figure(found, "gmv_paid")["value"] == 2000.0
    assert [each.metric for each in found.items] == ["gmv_paid", "contribution_margin"]
    assert "gmv_paid" not in {each.name for each in found.choices}
    assert pin(bare, "gmv_paid", is_pinned=False) == ()
    assert own_figures(bare, FEBRUARY).items == ()


def test_what_is_no_metric_cannot_be_pinned(bare: Desk) -> None:
    with pytest.raises(UnknownMetricError):
        pin(bare, "nothing", is_pinned=True)


def test_the_target_of_a_sum_grows_by_the_day_and_that_of_a_rate_stays(bare: Desk) -> None:
    enter_goal(bare, "gmv_paid", 100.0)
    enter_goal(bare, "refund_rate", 0.05)

    found = role_figures("gmv_paid", "refund_rate")(bare, FEBRUARY)
    assert isinstance(found, KpisData)
    # 29 days of February 2020.
    assert [(each.target, each.goal) for each in found.items] == [(2900.0, 100.0), (0.05, 0.05)]
    enter_goal(bare, "gmv_paid", None)
    assert goals_of(bare) == {"refund_rate": 0.05}


def test_targets_of_the_company_are_not_held_against_a_part_of_it(bare: Desk) -> None:
    enter_goal(bare, "refund_rate", 0.05)

    found = role_figures("refund_rate")(bare, FEBRUARY.only(Filter("platform", ("tmall",))))
    assert isinstance(found, KpisData)
    assert found.items[0].target is None


def test_an_alert_is_counted_at_its_figure_and_opens_from_it(desk: Desk) -> None:
    book = AlertBook(desk.shop.state)
    occurrence = Occurrence(
        rule="any", place="", direction="down", first_day=date(2020, 2, 3), last_day=date(2020, 2, 3), reach_days=1,
        standing="on", severity="warning", owner="", money=None, told={"metric": "refund_rate"},
    )  # fmt: skip
    alert_id, _ = book.take(occurrence, 0.0)

    found = role_figures("refund_rate", "gmv_paid")(desk, FEBRUARY)
    book.resolve(alert_id, "fixed", "done", 1.0)
    assert isinstance(found, KpisData)
    assert [(each.n_alerts, each.alerts_href) for each in found.items] == [(1, f"/alerts/{alert_id}"), (0, None)]


def test_a_figure_that_the_filters_do_not_reach_says_so_and_the_others_stay(desk: Desk) -> None:
    stock = role_figures("gmv_paid", "units_received")(desk, FEBRUARY.only(Filter("province", ("四川",))))
    assert isinstance(stock, KpisData)
    assert [each.value for each in stock.items] == [2000.0, None]
    assert "filters" in (stock.items[1].warning.en if stock.items[1].warning else "")


@pytest.mark.parametrize(
    "names", [MONEY_FIGURES, *(group.metrics for role in ROLES for group in role.groups)], ids=lambda names: names[0]
)
def test_no_row_of_figures_shows_revenue_without_an_efficiency(names: tuple[str, ...]) -> None:
    row = [CATALOGUE[name] for name in names]

    assert not any(map(is_revenue, row)) or any(map(is_efficiency, row))
    assert with_efficiency(names, CATALOGUE) == names


@pytest.mark.parametrize("name", ["gmv_paid", "net_revenue", "gmv_created"])
def test_revenue_alone_is_given_an_efficiency(name: str) -> None:
    assert with_efficiency((name,), CATALOGUE) == (name, "contribution_margin")


def test_every_tile_of_cockpit_and_roles_is_answered() -> None:
    pages = [page for page in PAGES if page.room == "cockpit"]
    asked = [tile.source.removeprefix("/api/v1/tiles/") for page in pages for tile in page.tiles()]

    assert {page.id for page in pages} >= {"cockpit", *(role.id for role in ROLES)}
    assert [name for name in asked if name not in TILES and not name.startswith("/api/v1/alerts")] == []

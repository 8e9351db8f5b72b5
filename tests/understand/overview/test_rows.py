from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.understand.traffic.made_visits import STAGES, site, way

from zhanggui.i18n import Text
from zhanggui.ledger.derivations import refresh_following
from zhanggui.metrics import CATALOGUE, Filter
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.model import Awaited, Ratio, Sum
from zhanggui.understand.desk import Desk
from zhanggui.understand.overview.breakdown import metric_bars
from zhanggui.understand.overview.rows import parts_of, source_rows
from zhanggui.understand.view import View

VIEWS = [
    View(),
    View(date_from=date(2020, 2, 1), date_to=date(2020, 2, 29)),
    View(where=(Filter("province", ("四川",)),)),
    View(where=(Filter("product", ("p1",)), Filter("shop", ("二店",)))),
]
SUMMED = [
    name
    for name, metric in CATALOGUE.items()
    if not isinstance(metric, Ratio | Awaited) and all(isinstance(leaf, Sum) for leaf in metric.leaves())
]


def _is_reached(metric: str, view: View) -> bool:
    """Whether the rows of a metric hold what the view filters by: costs of a period know no province."""
    possible = possible_dimensions(tuple(CATALOGUE[metric].leaves()))
    return all(one.dim in possible for one in view.where)


WHOLE, *PARTS = VIEWS
IN_PARTS = (
    "gmv_created",
    "net_revenue",
    "units_sold",
    "orders_paid",
    "contribution_profit",
    "visits",
    "parcels_late",
)
"""One or two of every table and kind; how a view narrows rows does not depend on the metric."""
ASKED = [
    *(pytest.param(name, WHOLE) for name in SUMMED),
    *(pytest.param(name, view) for view in PARTS for name in IN_PARTS if _is_reached(name, view)),
]


def _all_values(desk: Desk, view: View) -> list[float]:
    pages = source_rows(desk, view).pages
    rows = [row for page in range(1, pages + 1) for row in source_rows(desk, _on(view, page)).rows]
    return [float(str(row["value"])) for row in rows]


def _on(view: View, page: int) -> View:
    return replace(view, page=page)


@pytest.mark.parametrize(("metric", "view"), ASKED)
def test_rows_add_up_to_the_figure(desk: Desk, metric: str, view: View) -> None:
    named = replace(view, name=metric)

    total = source_rows(desk, named).total
    figure = desk.ask(view.question(metric)).rows[0][metric]
    assert total is not None
    assert total["value"] == figure
    # What no file tells has no rows.
    assert round(sum(_all_values(desk, named)), 2) == (figure or 0)


def test_no_rows_stand_behind_what_no_table_holds(desk: Desk) -> None:
    assert source_rows(desk, View(name="win_back_rate")).n_rows == 0


def test_rows_of_visits_stand_for_many_events_and_name_no_file(desk: Desk) -> None:
    found = source_rows(desk, View(name="visitors"))

    assert [column.key for column in found.columns] == ["day", "shown_0", "shown_1", "shown_2", "value"]
    assert [(row["shown_1"], row["value"]) for row in found.rows] == [("/sale", 1), ("/", 1), ("/tea", 1)]
    assert found.total is not None
    assert found.total["value"] == 2
    assert not any("_href" in row for row in found.rows)


def test_rows_of_a_lapse_show_how_long_each_took(desk: Desk) -> None:
    found = source_rows(desk, View(name="delivery_days_median"))

    # One parcel has not arrived.
    assert [row["value"] for row in found.rows] == [3, 1.5]
    assert found.total is not None
    assert found.total["value"] == 2.25
    assert all(str(row["_href"]) == "/source/1/7" for row in found.rows)


def test_bars_stand_by_what_the_metric_has_where_the_page_asks_for_more(desk: Desk) -> None:
    by_shop, by_province, by_product = (
        metric_bars(desk, View(name="visits", by=by)) for by in ("shop", "province", "product")
    )

    assert (by_shop.title, by_shop.x) == (None, (Text.same("一店"),))
    assert by_province.title == Text("按渠道", "By channel")
    assert by_province.series[0].values == (2, 1)
    assert by_product.title == Text("按活动", "By campaign")


def test_difference_shows_what_was_taken_away_as_negative(desk: Desk) -> None:
    kinds = [(part.leaf.name, part.sign) for part in parts_of(CATALOGUE["net_revenue"])]

    assert kinds == [("gmv_paid", 1), ("refund_amount", -1)]
    # 70 paid orders; one refund of 100.00 and ten of 50.00.
    values = _all_values(desk, View(name="net_revenue"))
    assert len(values) == 81
    assert sorted(value for value in values if value < 0) == [-100.0, *[-50.0] * 10]


def test_page_beyond_the_last_shows_the_last(desk: Desk) -> None:
    found = source_rows(desk, View(name="gmv_paid", page=99))

    assert (found.page, found.pages, len(found.rows)) == (2, 2, 20)


def test_every_row_names_its_file_and_row(desk: Desk) -> None:
    assert all(str(row["_href"]).startswith("/source/") for row in source_rows(desk, View(name="gmv_paid")).rows)


def test_values_stand_by_their_names_and_moments_by_the_clock_of_the_shop(tmp_path: Path) -> None:
    # Midnight UTC of 1 September is eight in the morning in Shanghai.
    with site(tmp_path / "shop", way("buys", 0, *STAGES)) as desk:
        refresh_following(desk.ledger)
        (cart,) = source_rows(desk, View(name="people_with_cart")).rows
        (journey,) = source_rows(desk, View(name="conversion_days")).rows
        (visit,) = source_rows(desk, View(name="visits")).rows
    assert visit["shown_0"] == Text("直接访问", "Direct")
    assert (cart["day"], cart["shown_0"]) == ("2026-09-01", "2026-09-01 08:02")
    assert (journey["shown_0"], journey["shown_1"]) == ("o-buys", "2026-09-01 08:00")

"""Every metric of the catalogue of requirements has its entry; what no table holds yet says what it needs."""

from __future__ import annotations

from datetime import date

import pytest
from tests.metrics.ledgers import Row, ledger_of, order, store
from tests.metrics.requirements import REQUIRED

from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Question, answer
from zhanggui.metrics.cards import metric_card, metric_entry, needs_of
from zhanggui.metrics.catalogue.shapes import AWAITED_TABLES, rate
from zhanggui.metrics.model import Awaited

AWAITED = [metric for metric in CATALOGUE.values() if isinstance(metric, Awaited)]


@pytest.mark.parametrize("requirement", REQUIRED)
def test_every_requirement_is_answered_by_a_metric_of_its_own(requirement: str) -> None:
    assert any(metric.catalogue_ids[0] == requirement for metric in CATALOGUE.values()), REQUIRED[requirement]


def test_there_are_ninety_one_requirements_and_no_metric_names_another() -> None:
    assert len(REQUIRED) == 91
    assert {each for metric in CATALOGUE.values() for each in metric.catalogue_ids} == set(REQUIRED)


def test_no_two_metrics_share_a_label_or_a_base() -> None:
    assert len({metric.label_zh for metric in CATALOGUE.values()}) == len(CATALOGUE)
    assert len({metric.label_en.lower() for metric in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("metric", AWAITED, ids=lambda metric: str(metric.name))
def test_a_metric_that_no_table_holds_yet_is_unknown_and_names_the_table(shop: Ledger, metric: Awaited) -> None:
    assert metric.table in AWAITED_TABLES
    found = answer(shop, Question((metric.name,)))

    assert found.rows == [{metric.name: None}]
    (warning,) = found.warnings
    assert (warning.code, warning.metric) == ("needs_table", metric.name)
    assert warning.en.startswith(f"needs {metric.table} (")
    assert metric_card(metric)["dimensions"] == []


def test_a_ratio_with_an_awaited_side_is_unknown_too(shop: Ledger) -> None:
    awaited = CATALOGUE["win_back_rate"]
    share = rate(
        awaited.chain, "win_back_share", "挽回占比", "Share won back", "挽回率除以支付买家数。",
        "Win-back rate divided by buyers.", "M-CONV-18", awaited, CATALOGUE["buyers"],
    )  # fmt: skip
    found = answer(shop, Question(("win_back_share",)), catalogue={"win_back_share": share})

    assert found.rows == [{"win_back_share": None}]
    assert "needs_table" in {each.code for each in found.warnings}
    assert needs_of(share) == needs_of(awaited) != ()


def test_awaited_metrics_by_day_have_no_rows_and_can_be_compared(shop: Ledger) -> None:
    first, last = date(2020, 2, 1), date(2020, 2, 7)

    assert answer(shop, Question(("win_back_rate",), grain="day", by=("platform",))).rows == []
    (row,) = answer(shop, Question(("win_back_rate",), date_from=first, date_to=last, compare="previous")).rows
    assert row == {"win_back_rate": None, "compare": {"win_back_rate": None}, "change": {"win_back_rate": None}}


def test_the_line_of_a_list_says_exactly_seven_things() -> None:
    assert metric_entry(CATALOGUE["payment_conversion"]) == {
        "name": "payment_conversion",
        "catalogue_id": "M-CONV-08",
        "label_zh": "支付转化率",
        "label_en": "Payment conversion",
        "unit": "ratio",
        "chain": "conversion",
        "evidence": "counted",
    }


def test_three_conversions_to_payment_are_three_numbers(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Four visitors on the site; a and b pay, a twice; three orders created, two of them paid.
    day: Row = {"shop_id": 1, "session_date": date(2020, 2, 1), "n_pages": 1}
    visits = [day | {"session_id": n, "visitor_id": f"v{n}", "has_order": n == 1} for n in range(4)]
    orders = [
        order("o1", "2020-02-01", 100_00, paid="2020-02-01", buyer_key="a"),
        order("o2", "2020-02-01", 50_00, paid="2020-02-02", buyer_key="b"),
        order("o3", "2020-02-01", 80_00, buyer_key="b"),
    ]
    tables = {"store": [store(1, "店")], "order_header": orders, "session": visits}
    with ledger_of(tmp_path_factory.mktemp("conversions"), tables) as ledger:
        names = ("payment_conversion", "visitor_order_rate", "order_payment_rate", "value_per_visitor")
        found = answer(ledger, Question(names))

    assert found.rows == [
        {
            "payment_conversion": 2 / 4,
            "visitor_order_rate": 1 / 4,
            "order_payment_rate": 2 / 3,
            "value_per_visitor": 150 / 4,
        }
    ]
    assert found.warnings == ()


def test_stores_without_visits_beside_their_orders_are_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    visit: Row = {"shop_id": 1, "session_id": 1, "visitor_id": "v", "session_date": date(2020, 2, 1)}
    orders = [
        order("o1", "2020-02-01", 100_00, paid="2020-02-01", buyer_key="a"),
        order("o2", "2020-02-01", 50_00, paid="2020-02-01", buyer_key="b", shop_id=2),
    ]
    stores = [store(1, "官网", "own_site"), store(2, "旗舰店")]
    tables = {"store": stores, "order_header": orders, "session": [visit]}
    with ledger_of(tmp_path_factory.mktemp("apart"), tables) as ledger:
        whole = answer(ledger, Question(("gmv_paid", "payment_conversion")))
        own = answer(ledger, Question(("payment_conversion",), by=("month",), date_from=date(2020, 3, 1)))

    assert [(each.code, each.metric) for each in whole.warnings] == [("visits_of_some_stores", "payment_conversion")]
    assert "旗舰店" in whole.warnings[0].zh
    assert own.warnings == ()  # Nothing was paid in March.

"""The catalogue is data: a metric is one entry, and every entry says what a person needs to know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhanggui.collect.reading.values.provinces import PROVINCES
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality.standing import TABLE_NAMES
from zhanggui.ledger.schema import ColumnType
from zhanggui.ledger.schema.observations import ALL_TABLES
from zhanggui.metrics import CATALOGUE, DIMENSIONS, Question, answer
from zhanggui.metrics.cards import base_of, metric_card, metric_named, not_additive_over
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.documentation import metrics_page
from zhanggui.metrics.marks import tables_of
from zhanggui.metrics.model import Chain, Condition, Distinct, Metric, Ratio, Sum, Unit
from zhanggui.metrics.problems import UnknownMetricError
from zhanggui.metrics.reach import ByDate
from zhanggui.metrics.regions import REGION_NAMES, REGION_OF

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_metric_is_one_entry_and_nothing_else(shop: Ledger) -> None:
    big = Sum(
        name="big_orders",
        label_zh="大单数",
        label_en="Big orders",
        unit=Unit.COUNT,
        good="up",
        definition_zh="付款满 50 元的订单数。",
        definition_en="Orders paid with 50 yuan or more.",
        formula="count(order_header where paid_minor ≥ 5000)",
        chain=Chain.CONVERSION,
        table="order_header",
        date="paid_date",
        where=(Condition("is_paid", "=", True), Condition("paid_minor", ">=", 50_00)),
    )
    orders = CATALOGUE["orders_paid"]
    share = Ratio(
        name="big_order_share",
        label_zh="大单占比",
        label_en="Share of big orders",
        unit=Unit.RATIO,
        good="up",
        definition_zh="大单数除以支付订单数。",
        definition_en="Big orders divided by paid orders.",
        formula="big_orders ÷ orders_paid",
        chain=Chain.CONVERSION,
        numerator=big,
        denominator=orders,
    )
    catalogue: dict[str, Metric] = {metric.name: metric for metric in (big, share)}

    (row,) = answer(shop, Question(("big_orders", "big_order_share")), catalogue=catalogue).rows
    rows = answer(shop, Question(("big_order_share",), by=("platform", "category")), catalogue=catalogue).rows

    # o1 (100), o2 (50) and o8 (190) of ten paid orders.
    assert row == {"big_orders": 3, "big_order_share": 0.3}
    assert {(each["platform"], each["category"]): each["big_order_share"] for each in rows} == {
        ("tmall", "茶"): 2 / 4,  # o1 o2, of o1 o2 o4 o6
        ("tmall", "茶具"): 1 / 2,  # o1, of o1 o3
        ("tmall", None): 0.0,  # of o7 o11 o12 o13
        ("jd", "茶具"): 1.0,  # o8
        ("jd", None): 1.0,  # its postage
    }
    assert metric_card(share)["additive"] is False


def test_a_metric_over_another_table_needs_no_other_change(shop: Ledger) -> None:
    returned = Sum(
        name="refund_cases",
        label_zh="退款笔数",
        label_en="Refund cases",
        unit=Unit.COUNT,
        good="down",
        definition_zh="退款完成的笔数，按退款完成日。",
        definition_en="Refunds by the day they succeeded.",
        formula="count(refund)",
        chain=Chain.FINANCE,
        table="refund",
        date="refunded_date",
    )

    rows = answer(shop, Question(("refund_cases",), by=("month", "product")), catalogue={"refund_cases": returned}).rows

    assert [(row["month"], row["product"], row["refund_cases"]) for row in rows] == [
        ("2020-02-01", "p1", 1),
        ("2020-02-01", "p2", 1),
        ("2020-02-01", None, 1),
    ]


def test_three_different_days_can_be_asked_of_a_buyer(shop: Ledger) -> None:
    thrice = Distinct(
        name="thrice",
        label_zh="三日买家",
        label_en="Buyers on three days",
        unit=Unit.COUNT,
        good="up",
        definition_zh="三个付款日。",
        definition_en="Paid on three days.",
        formula="…",
        chain=Chain.CUSTOMERS,
        entity="province",
        table="order_header",
        date="paid_date",
        where=(Condition("is_paid", "=", True),),
        min_days=3,
    )

    (row,) = answer(shop, Question(("thrice",)), catalogue={"thrice": thrice}).rows

    assert row == {"thrice": 1}  # 上海 on 1, 2 and 3 February


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: str(metric.name))
def test_every_metric_says_what_a_person_needs_to_know(metric: Metric) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]+", metric.name)
    assert re.search(r"[\u4e00-\u9fff]", metric.label_zh)
    assert re.search(r"[\u4e00-\u9fff]", metric.definition_zh)
    assert metric.definition_en.endswith(".")
    assert metric.formula
    assert metric.catalogue_ids
    assert all(re.fullmatch(r"M-[A-Z]+-\d\d", each) for each in metric.catalogue_ids)
    assert [*metric.leaves(), *metric.awaits()]
    assert base_of(metric).zh


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: str(metric.name))
def test_every_part_of_a_metric_is_itself_in_the_catalogue(metric: Metric) -> None:
    assert all(CATALOGUE[part.name] is part for part in metric.parts)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: str(metric.name))
def test_every_metric_can_be_split_by_store_and_platform(metric: Metric) -> None:
    leaves = tuple(metric.leaves())
    assert not leaves or {"shop", "platform"} <= set(possible_dimensions(leaves))


def test_every_dimension_reaches_declared_columns_only() -> None:
    from zhanggui.metrics.compiler.needs import Needs

    for dimension in DIMENSIONS.values():
        for table in dimension.reach:
            days = [column.name for column in ALL_TABLES[table].columns if column.type is ColumnType.DATE]
            for date in days:
                path = dimension.reach[table]
                if isinstance(path, ByDate) and date not in path.columns:
                    continue
                needs = Needs((table,), date)
                needs.add_dimension(dimension)
                assert all(column in ALL_TABLES[owner].column_names for owner, column in needs.columns), dimension.name


def test_every_province_lies_in_one_region_and_every_region_has_a_name() -> None:
    assert set(REGION_OF) == set(PROVINCES)
    assert set(REGION_OF.values()) == set(REGION_NAMES)


def test_what_does_not_add_up_is_said(shop: Ledger) -> None:
    assert not_additive_over(metric_named("gmv_paid")) == ()
    assert not_additive_over(metric_named("orders_paid")) == ("product", "sku", "spec", "category", "brand")
    only_elsewhere = set(DIMENSIONS) - set(not_additive_over(metric_named("buyers")))
    assert only_elsewhere == {
        "creative",
        "device",
        "warehouse",
        "carrier",
        "topic",
        "exit_page",
        "stock_code",
        "tier",
    }


def test_every_table_that_a_number_stands_on_has_a_name_for_people() -> None:
    assert {table for metric in CATALOGUE.values() for table in tables_of(metric)} - set(TABLE_NAMES) == set()


def test_an_unknown_name_has_no_card() -> None:
    with pytest.raises(UnknownMetricError):
        metric_named("uv")


def test_the_page_of_metrics_is_in_step_with_the_catalogue() -> None:
    assert (ROOT / "docs/metrics.md").read_text(encoding="utf-8") == metrics_page(), "run `make docs`"

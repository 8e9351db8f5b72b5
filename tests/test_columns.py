"""The vocabulary of input columns."""

from __future__ import annotations

import pytest

from zhanggui.columns import INPUT_COLUMNS, INPUT_TABLES, columns_of, required_columns
from zhanggui.ledger.schema import PersonalClass

NAMES_IN_MAPS = """
order_id line_id created_at paid_at shipped_at completed_at status buyer_id product_id product_title sku_id sku_spec
category brand quantity unit_price line_amount order_amount discount_amount shipping_amount paid_amount refund_amount
cost_amount province city country channel campaign
"""


def test_every_name_that_maps_may_use_is_known() -> None:
    assert [name for name in NAMES_IN_MAPS.split() if name not in INPUT_COLUMNS] == []


def test_each_column_is_filed_under_its_own_name() -> None:
    assert all(column.name == name for name, column in INPUT_COLUMNS.items())


def test_the_personal_classes_are_those_of_the_schema() -> None:
    assert {column.personal for column in INPUT_COLUMNS.values()} <= set(PersonalClass)


def test_whatever_names_or_reaches_a_person_is_personal() -> None:
    personal = {name for name, column in INPUT_COLUMNS.items() if column.personal != "none"}

    ids = {"buyer_id", "account", "member_id", "contact_id", "visitor_id", "union_id", "subject_id"}
    assert personal == {*ids, "name", "receiver_name", "contact_name", "phone", "email", "address"}


@pytest.mark.parametrize("table", INPUT_TABLES)
def test_a_table_takes_the_columns_that_it_requires(table: str) -> None:
    taken = {column.name for column in columns_of(table)}

    assert {name for group in required_columns(table) for name in group} <= taken


def test_lines_need_a_product_and_an_amount_or_a_quantity() -> None:
    assert required_columns("order_lines")[2:] == (("product_id", "product_title"), ("quantity", "line_amount"))


def test_an_unknown_table_has_no_requirements() -> None:
    with pytest.raises(KeyError):
        required_columns("visits")

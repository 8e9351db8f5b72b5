"""Every column of the ledger says whose data it holds."""

from __future__ import annotations

import pytest

from zhanggui.ledger.schema import ColumnType, PersonalClass, Table
from zhanggui.ledger.schema.observations import ALL_TABLES

IN_THE_CLEAR = {PersonalClass.PERSONAL, PersonalClass.SENSITIVE, PersonalClass.SECRET}
tables = pytest.mark.parametrize("table", ALL_TABLES.values(), ids=list(ALL_TABLES))


@tables
def test_every_column_has_a_personal_data_class_and_a_note(table: Table) -> None:
    classes = set(PersonalClass)
    assert [column.name for column in table.columns if column.personal not in classes] == []
    assert [column.name for column in table.columns if not column.note.strip().endswith(".")] == []


@tables
def test_no_column_holds_personal_data_in_the_clear(table: Table) -> None:
    clear = [
        column.name
        for column in table.columns
        if column.personal in IN_THE_CLEAR and not (column.type is ColumnType.BLOB and column.name.endswith("_sealed"))
    ]

    assert clear == []


@tables
def test_a_column_with_token_or_buyer_in_its_name_is_a_pseudonym(table: Table) -> None:
    named = {column.name: column.personal for column in table.columns if column.name.endswith(("_token", "buyer_key"))}

    assert {name for name, personal in named.items() if personal is not PersonalClass.PSEUDONYM} == set()


@tables
def test_a_key_is_made_of_columns_that_are_never_empty(table: Table) -> None:
    assert table.key
    assert [name for name in table.key if table.column(name).nullable] == []
    assert len(set(table.column_names)) == len(table.columns)


@tables
def test_money_stands_beside_its_currency(table: Table) -> None:
    # An observation may leave its currency empty: the store's own then holds.
    if any(name.endswith("_minor") for name in table.column_names) and table.name not in {"sku", "sku_seen"}:
        assert "currency" in table.column_names


@tables
def test_a_table_of_the_shop_has_the_store_in_its_key(table: Table) -> None:
    if table.references and "shop_id" in table.references:
        assert "shop_id" in table.key

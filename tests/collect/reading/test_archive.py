from __future__ import annotations

import gzip

import pytest
from tests.collect.reading.bad_inputs import zipped
from tests.collect.reading.tables_of import all_tables, only_table

from zhanggui.collect.reading import ArchiveRefusedError, Limits, TooLargeError, TruncatedFileError

ORDERS, ITEMS = b"id,a\n1,2\n", b"id,b\n3,4\n5,6\n"


def test_each_entry_is_a_table_of_its_own() -> None:
    tables = all_tables(zipped(("x/orders.csv", ORDERS), ("items.csv", ITEMS)), "f.zip")

    assert [(read.table.name, read.table.member, len(read.rows)) for read in tables] == [
        ("f.zip/x/orders.csv", "x/orders.csv", 1),
        ("f.zip/items.csv", "items.csv", 2),
    ]


def test_an_entry_can_be_read_twice() -> None:
    table = only_table(zipped(("items.csv", ITEMS))).table

    assert [sum(b.columns.num_rows for b in table.batches()) for _ in range(2)] == [2, 2]


def test_what_unpacks_to_more_than_the_limit_is_refused_while_unpacking() -> None:
    with pytest.raises(TooLargeError):
        all_tables(zipped(("items.csv", ITEMS * 100)), limits=Limits(max_inflated_bytes=1000))


def test_entries_share_one_budget() -> None:
    pair = zipped(("a.csv", ORDERS * 60), ("b.csv", ITEMS * 60))

    with pytest.raises(TooLargeError):
        all_tables(pair, limits=Limits(max_inflated_bytes=1000))


def test_a_small_text_of_one_repeated_value_is_no_bomb() -> None:
    repeated = b"id,a\n" + b"1,1\n" * 100_000

    # Packed 100 times and more, and still below the size from which the ratio is judged.
    assert len(repeated) > 100 * len(gzip.compress(repeated))
    assert len(only_table(gzip.compress(repeated)).rows) == 100_000


def test_a_damaged_entry_is_called_damaged() -> None:
    data = bytearray(zipped(("orders.csv", ORDERS * 5)))
    data[45] ^= 0xFF

    with pytest.raises(TruncatedFileError):
        all_tables(bytes(data))


def test_a_packed_archive_is_refused() -> None:
    with pytest.raises(ArchiveRefusedError, match="archive inside an archive"):
        all_tables(gzip.compress(zipped(("orders.csv", ORDERS))))

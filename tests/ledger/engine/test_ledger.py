"""The engine behind its interface: what it keeps, what it refuses, and what it does when things go wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
import pytest

from zhanggui.ledger.engine import Ledger, LedgerBusyError, LedgerTooNewError, arrow_schema, open_ledger
from zhanggui.ledger.engine import ledger as engine
from zhanggui.ledger.schema.observations import ALL_TABLES

FILE = engine.LEDGER_FILE
STORE = {
    "shop_id": 1,
    "platform": "tmall",
    "name": "甲店",
    "tz": "Asia/Shanghai",
    "currency": "CNY",
    "is_provisional": False,
}


def stores(*names: str) -> pa.Table:
    rows = [{**STORE, "shop_id": number, "name": name} for number, name in enumerate(names, start=1)]
    return pa.Table.from_pylist(rows).cast(
        pa.schema([(name, pa.int32() if name == "shop_id" else pa.infer_type([STORE[name]])) for name in STORE])
    )


def names(ledger: Ledger) -> list[str]:
    table = ledger.table("store")
    return list(ledger.query(table.select("name").order_by("name")).column("name").to_pylist())


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path) as opened:
        yield opened


def raw(ledger: Ledger, statement: str) -> None:
    """Run a statement as if something above had managed to smuggle it in."""
    with ledger._reading() as cursor:
        cursor.execute(statement)


def test_a_new_ledger_has_every_declared_table(ledger: Ledger) -> None:
    for name in ALL_TABLES:
        assert ledger.query(ledger.table(name).count()).column(0)[0].as_py() == 0
    with pytest.raises(KeyError):
        ledger.table("no_such_table")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "COPY store TO '{file}.copied'",
        "COPY store FROM '{file}'",
        "ATTACH '{file}.db'",
        "EXPORT DATABASE '{file}.dir'",
        "INSTALL httpfs",
        "LOAD httpfs",
    ],
)
def test_no_statement_reads_or_writes_another_file(ledger: Ledger, tmp_path: Path, statement: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(duckdb.Error):
        raw(ledger, statement.format(file=file))

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "SET enable_external_access=true",
        "SET lock_configuration=false",
        "SET memory_limit='64GB'",
        "SET temp_directory='/'",
        "RESET enable_external_access",
    ],
)
def test_the_configuration_is_locked(ledger: Ledger, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        raw(ledger, statement)


def test_a_transaction_is_kept_when_it_ends(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger, ledger.transaction() as tx:
        assert tx.insert("store", stores("甲店", "乙店")) == 2

    with open_ledger(tmp_path) as ledger:
        assert names(ledger) == ["乙店", "甲店"]


def test_an_error_inside_a_transaction_takes_everything_back(ledger: Ledger) -> None:
    def failing() -> None:
        with ledger.transaction() as tx:
            tx.insert("store", stores("甲店"))
            tx.stage("held", stores("乙店"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()

    assert names(ledger) == []
    with ledger.transaction() as tx:
        tx.insert("store", stores("丙店"))
    assert names(ledger) == ["丙店"]


def test_a_transaction_sees_its_own_rows_and_others_do_not(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("store", stores("甲店"))
        inside = tx.query(ledger.table("store").count()).column(0)[0].as_py()
        outside = ledger.query(ledger.table("store").count()).column(0)[0].as_py()

    assert (inside, outside) == (1, 0)


def test_columns_that_rows_lack_become_null(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("store", stores("甲店"))

    [row] = ledger.query(ledger.table("store")).to_pylist()
    assert row["source_shop_id"] is None


def orders(*cities: str | None) -> pa.Table:
    """Return rows of the sparse table, whose cities may be null."""
    fixed = {"shop_id": 1, "layout": 1, "is_current": True, "counts_as_paid": False, "status_rank": 0}
    fixed |= {"time_precision": 2, "row_hash": 7, "batch_id": 1}
    rows = [{**fixed, "order_id": f"o{n}", "row_no": n, "city": city} for n, city in enumerate(cities)]
    declared = arrow_schema(ALL_TABLES["order_seen"])
    return pa.Table.from_pylist(rows, schema=pa.schema([declared.field(name) for name in rows[0]]))


def cities(ledger: Ledger) -> list[str | None]:
    """Return the cities by order, as the view of current orders shows them."""
    header = ledger.table("order_header")
    return list(ledger.query(header.order_by("row_no", "city").select("city")).column("city").to_pylist())


def stored_columns(ledger: Ledger) -> set[str]:
    with ledger._reading() as cursor:
        return {column[0] for column in cursor.execute("SELECT * FROM order_seen_stored LIMIT 0").description}


def test_a_column_of_a_sparse_table_takes_room_from_the_first_row_that_fills_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        with ledger.transaction() as tx:
            tx.insert("order_seen", orders(None, None))
        before = stored_columns(ledger)
        with ledger.transaction() as tx:
            tx.insert("order_seen", orders("杭州市"))

        assert stored_columns(ledger) - before == {"city"}
        assert cities(ledger) == ["杭州市", None, None]
    with open_ledger(tmp_path) as ledger:
        assert cities(ledger) == ["杭州市", None, None]


def test_rows_of_a_sparse_table_are_replaced_by_such_that_fill_an_announced_column(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("order_seen", orders(None, None))
    with ledger.transaction() as tx:
        tx.widen("order_seen", ["city"])
        tx.delete("order_seen", ledger.table("order_seen").select("order_id"), on=("order_id",))
        tx.insert("order_seen", orders("杭州市", None, "苏州市"))

    assert cities(ledger) == ["杭州市", None, "苏州市"]


def test_room_made_by_a_transaction_that_fails_is_given_back(ledger: Ledger) -> None:
    before = stored_columns(ledger)

    def failing() -> None:
        with ledger.transaction() as tx:
            tx.insert("order_seen", orders("杭州市"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()

    assert stored_columns(ledger) == before
    assert cities(ledger) == []


def test_a_row_without_a_needed_value_is_refused(ledger: Ledger) -> None:
    with pytest.raises(duckdb.ConstraintException), ledger.transaction() as tx:
        tx.insert("store", stores("甲店").drop_columns(["currency"]))


def test_a_staged_table_ends_with_the_transaction(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        held = tx.stage("held", stores("甲店"))
        assert tx.query(held.count()).column(0)[0].as_py() == 1
    with pytest.raises(duckdb.CatalogException):
        ledger.query(held.count())


def test_rows_are_deleted_by_their_keys_and_null_equals_null(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("store", stores("甲店", "乙店"))
        keys = tx.stage("keys", pa.table({"name": ["乙店"], "source_shop_id": pa.array([None], pa.string())}))
        assert tx.delete("store", keys, on=("name", "source_shop_id")) == 1

    assert names(ledger) == ["甲店"]


def test_arrow_goes_in_and_comes_out_in_batches(ledger: Ledger) -> None:
    reader = pa.RecordBatchReader.from_batches(
        stores("甲店").schema, stores("甲店", "乙店").to_batches(max_chunksize=1)
    )
    with ledger.transaction() as tx:
        tx.insert("store", tx.stage("incoming", reader))
    with ledger.stream(ledger.table("store")) as batches:
        assert sum(batch.num_rows for batch in batches) == 2


def test_a_name_that_looks_like_a_statement_stays_a_name(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("store", stores("'; DROP TABLE store; --"))

    store = ledger.table("store")
    assert ledger.query(store.filter(store.name == "'; DROP TABLE store; --").count()).column(0)[0].as_py() == 1


def test_a_prepared_question_is_answered_with_the_values_of_each_run(ledger: Ledger) -> None:
    with ledger.transaction() as tx:
        tx.insert("store", stores("甲店", "乙店"))
    store, wanted = ledger.table("store"), ibis.param("string")
    prepared = ledger.prepare(store.filter(store.name == wanted).select("shop_id"), {"name": wanted})

    found = [
        ledger.run(prepared, {"name": name}).column("shop_id").to_pylist() for name in ("甲店", "乙店", "' OR 1=1")
    ]

    assert found == [[1], [2], []]


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute("INSERT INTO ledger_version VALUES (?)", [engine.SCHEMA_VERSION + 1])

    with pytest.raises(LedgerTooNewError) as caught:
        open_ledger(tmp_path)

    assert (caught.value.found, caught.value.known) == (engine.SCHEMA_VERSION + 1, engine.SCHEMA_VERSION)
    assert "upgrade" in caught.value.next_step
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM store").fetchone() == (0,)


def test_opening_again_migrates_nothing_and_keeps_the_rows(tmp_path: Path) -> None:
    for name in ("甲店", "乙店"):
        with open_ledger(tmp_path) as ledger, ledger.transaction() as tx:
            tx.insert("store", stores(name))

    with duckdb.connect(str(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM ledger_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM store").fetchone() == (2,)


def test_a_migration_that_fails_leaves_nothing_half_made(tmp_path: Path) -> None:
    last = list(ALL_TABLES)[-1]
    with duckdb.connect(str(tmp_path / FILE)) as connection:
        connection.execute(f'CREATE TABLE "{last}" (not_ours INTEGER)')

    with pytest.raises(duckdb.CatalogException, match=last):
        open_ledger(tmp_path)

    with duckdb.connect(str(tmp_path / FILE)) as connection:
        tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert tables == {last, "ledger_version"}


def test_a_second_process_is_told_that_the_ledger_is_busy(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()",
            str(tmp_path / FILE),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(LedgerBusyError) as caught:
            open_ledger(tmp_path)
        assert caught.value.next_step
    finally:
        holder.communicate()
    open_ledger(tmp_path).close()


def test_a_question_larger_than_the_memory_limit_is_answered_from_the_spill(tmp_path: Path) -> None:
    n_rows = 1_500_000
    with open_ledger(tmp_path, memory_limit="60MB", threads=1) as ledger, ledger.transaction() as tx:
        numbers = ibis.range(n_rows).unnest().name("n").as_table()
        # 1.5 million texts of 40 characters, sorted: over 80 MB in memory.
        wide = numbers.mutate(text=(numbers.n * 7919 % n_rows).cast("string").lpad(40, "x"))
        held = tx.stage("wide", wide)
        ranked = held.mutate(place=ibis.row_number().over(order_by=held.text))
        found = tx.query(ranked.aggregate(n=ranked.count(), most=ranked.place.max())).to_pylist()

    assert found == [{"n": n_rows, "most": n_rows - 1}]
    assert list((tmp_path / "tmp").iterdir()) == []

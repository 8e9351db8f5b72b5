"""A ledger that is lost, of an older version or doubted is built again from the source files, or left as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from tests.collect.loading.forms import ITEMS, REFUNDS, form, item, order, refund, report
from tests.collect.loading.shops import Till, csv, layout, till_at

from zhanggui.collect.loading.corrections import move_batch, replay_rows
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.collect.loading.rebuild import Rebuilt, build_ledger
from zhanggui.i18n import Text
from zhanggui.ledger.engine import LEDGER_FILE, LedgerTooNewError
from zhanggui.ledger.engine.ledger import SCHEMA_VERSION
from zhanggui.ledger.privacy import RawFileDamagedError
from zhanggui.ledger.shop import Shop


def fill(till: Till) -> None:
    """Load files of several kinds and stores, put one right and move another."""
    mapped = layout("order_lines", {"order_id": "id", "created_at": "at", "product_title": "t", "line_amount": "sum"})
    till.taken("a_20260905120000.csv", report(order("1", 退款金额="9.00"), order("2", 总金额="abc")), store="甲店")
    till.taken("b.csv", form(REFUNDS, [refund("r1", "1", "4.00")]))
    till.taken("c_20260906120000.csv", form(ITEMS, [item("1"), item("1", "杯", "1.00")]))
    till.taken("d.csv", csv(["id", "at", "t", "sum"], ["7", "2026-09-01", "x", "1.005"]), layout=mapped)
    moved = till.taken("e.csv", report(order("8")), store="甲店")
    [issue] = till.column("data_issue", "issue_id", severity="quarantined", status="open")
    replay_rows(till.shop, till.ledger, {issue: {"总金额": "55.00"}})
    move_batch(till.shop, till.ledger, moved.batch_id or 0, "乙店")


def held(till: Till) -> tuple[object, ...]:
    """Return all that a ledger says."""
    issues = till.rows("data_issue", "issue_id", "status", "rule")
    return till.contents(), till.rows("raw_record"), issues, till.rows("source_batch")


def loaded_shop(directory: Path) -> tuple[Shop, tuple[object, ...]]:
    """Return a shop with one file in it, its ledger closed, and what that ledger says."""
    with till_at(directory) as till:
        till.taken("a.csv", report(order("1", 退款金额="9.00"), order("2")), store="甲店")
        said = held(till)
    return Shop.open(till.shop.dir), said


def opened(shop: Shop, told: list[str] | None = None) -> None:
    """Open the ledger of a shop as commands do, and close it."""

    def tell(label: Text, n_rows: int) -> None:
        if told is not None:
            told.append(label.en)

    open_shop_ledger(shop, memory_limit="1GB", threads=1, tell=tell).close()


def test_a_ledger_built_again_says_the_same(tmp_path: Path) -> None:
    with till_at(tmp_path) as till:
        fill(till)
        before = held(till)
    shop = Shop.open(till.shop.dir)

    assert build_ledger(shop) == Rebuilt(6, ())

    with till_at(tmp_path) as again:
        assert held(again) == before
        again.check()
    assert not (shop.tmp / "rebuild").exists()


def test_a_lost_ledger_is_built_when_the_shop_is_opened(tmp_path: Path) -> None:
    shop, before = loaded_shop(tmp_path)
    (shop.dir / LEDGER_FILE).unlink()
    told: list[str] = []

    opened(shop, told)

    assert "a.csv (1/1)" in told[0]
    with till_at(tmp_path) as again:
        assert held(again) == before


def test_a_new_shop_is_opened_without_building(tmp_path: Path) -> None:
    shop = Shop.create(tmp_path / "shop")
    told: list[str] = []

    opened(shop, told)

    assert told == []
    shop.close()


def test_a_ledger_of_an_older_program_is_built_when_the_shop_is_opened(tmp_path: Path) -> None:
    shop, before = loaded_shop(tmp_path)
    with duckdb.connect(str(shop.dir / LEDGER_FILE)) as connection:
        connection.execute("DROP VIEW order_header")
        connection.execute("UPDATE ledger_version SET version = ?", [SCHEMA_VERSION - 1])

    opened(shop)

    with till_at(tmp_path) as again:
        assert held(again) == before


def test_a_ledger_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    shop, _ = loaded_shop(tmp_path)
    with duckdb.connect(str(shop.dir / LEDGER_FILE)) as connection:
        connection.execute("UPDATE ledger_version SET version = ?", [SCHEMA_VERSION + 1])
    before = (shop.dir / LEDGER_FILE).read_bytes()

    with pytest.raises(LedgerTooNewError):
        opened(shop)

    assert (shop.dir / LEDGER_FILE).read_bytes() == before


def shop_of_two_files(directory: Path) -> tuple[Shop, Path]:
    """Return a shop with two imports, and where the source file of the first is stored."""
    with till_at(directory) as till:
        till.taken("a.csv", report(order("1")), store="甲店")
        first = till.shop.raw.ids()
        till.taken("b.csv", report(order("2")), store="甲店")
    shop = Shop.open(till.shop.dir)
    return shop, shop.raw.path(first[0])


def test_a_missing_source_file_is_said_and_the_rest_is_rebuilt(tmp_path: Path) -> None:
    shop, stored = shop_of_two_files(tmp_path)
    stored.unlink()

    done = build_ledger(shop)

    [unread] = done.unread
    assert (done.n_imports, unread.manifest.file_name, unread.error.code) == (1, "a.csv", "raw_file_missing")
    assert "a.csv" in unread.text.en
    assert "a.csv" in unread.text.zh
    with till_at(tmp_path) as again:
        assert again.column("order_header", "order_id") == ["2"]
        [issue] = again.rows("data_issue", rule="not_rebuilt")
        assert (issue["batch_id"], issue["column_name"], issue["status"]) == (1, "a.csv", "open")
        again.taken("a_again.csv", report(order("1")), store="甲店")
        assert again.column("order_header", "order_id") == ["1", "2"]
        again.check()


def test_a_shop_that_is_opened_without_ledger_and_source_file_warns(tmp_path: Path) -> None:
    shop, stored = shop_of_two_files(tmp_path)
    stored.unlink()
    (shop.dir / LEDGER_FILE).unlink()
    warned: list[Text] = []

    open_shop_ledger(shop, memory_limit="1GB", threads=1, warn=warned.append).close()

    assert ["a.csv" in text.en for text in warned] == [True]


def test_a_build_that_reads_nothing_leaves_the_ledger_that_is_there(tmp_path: Path) -> None:
    shop, before = loaded_shop(tmp_path)
    stored = shop.raw.path(max(path.stem for path in shop.raw.directory.glob("*.zgr")))
    whole = stored.read_bytes()
    stored.chmod(0o600)
    stored.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    with pytest.raises(RawFileDamagedError):
        build_ledger(shop)

    with till_at(tmp_path) as again:
        assert held(again) == before


def test_what_a_killed_build_left_behind_is_removed_by_the_next(tmp_path: Path) -> None:
    shop, before = loaded_shop(tmp_path)
    room = shop.tmp / "rebuild"
    room.mkdir()
    shutil.copy(shop.dir / LEDGER_FILE, room / LEDGER_FILE)
    (shop.dir / LEDGER_FILE).unlink()

    opened(shop)

    with till_at(tmp_path) as again:
        assert held(again) == before
    assert not room.exists()

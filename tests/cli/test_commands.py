from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.e2e.served import orders_with_a_typing_error

from zhanggui.app.server import NotLoopbackError, loopback
from zhanggui.cli.entry import COMMANDS

THREE_LINES = re.compile(r"^.+\n {2}where: .+\n {2}next: {2}.+", re.MULTILINE)


def test_help_reads_like_a_table_of_contents(zhanggui: Run) -> None:
    found = zhanggui("--help")

    assert found.exit_code == 0
    assert all(re.search(rf"^  {name} ", found.out, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(zhanggui: Run, command: str) -> None:
    assert zhanggui(command, "--help").exit_code == 0


@pytest.mark.slow
def test_a_command_of_its_own_process_loads_no_pandas(shop_dir: Path, exports: list[Path]) -> None:
    start = "import sys, atexit; atexit.register(lambda: print('pandas' in sys.modules)); "
    start += "from zhanggui.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-c", start, "load", str(exports[0]), "--shop", str(shop_dir)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "False"), done.stderr


@pytest.mark.parametrize("words", [["nothing"], ["load"], ["query"], ["init"], ["query", "gmv_paid", "--grain", "age"]])
def test_wrong_use_exits_with_2(zhanggui: Run, words: list[str]) -> None:
    found = zhanggui(*words)

    assert (found.exit_code, found.out) == (2, "")
    assert "Traceback" not in found.err


def test_place_without_a_shop_is_said_in_three_lines(zhanggui: Run, tmp_path: Path) -> None:
    found = zhanggui("query", "gmv_paid", "--shop", tmp_path)

    assert found.exit_code == 2
    assert THREE_LINES.match(found.err)


def test_new_shop_names_the_next_step(zhanggui: Run, tmp_path: Path) -> None:
    found = zhanggui("init", tmp_path / "s", "--json")

    assert (found.exit_code, found.json["name"]) == (0, "s")
    assert zhanggui("init", tmp_path / "s").exit_code == 2


def test_load_says_the_equation_and_both_totals(zhanggui: Run, shop_dir: Path, exports: list[Path]) -> None:
    found = zhanggui("load", exports[0], "--shop", shop_dir)

    assert found.exit_code == 0
    assert re.search(r"(\d[\d,]*) received = \1 accepted \+ 0 duplicate", found.out)
    assert re.search(r"total CNY: file ([\d,.]+), ledger \1$", found.out, re.MULTILINE)


def test_load_json_holds_what_scripts_read(zhanggui: Run, shop_dir: Path, exports: list[Path]) -> None:
    entry = zhanggui("load", exports[0], "--shop", shop_dir, "--json").json["files"][0]

    assert set(entry) >= {
        "file", "format", "store", "received", "accepted", "duplicate", "superseded", "quarantined", "rejected",
        "file_total", "ledger_total", "rounding", "issues",
    }  # fmt: skip


def test_dry_run_writes_nothing(zhanggui: Run, shop_dir: Path, exports: list[Path]) -> None:
    tried = zhanggui("load", exports[0], "--shop", shop_dir, "--dry-run", "--json").json

    assert tried["files"][0]["accepted"] > 0
    assert zhanggui("query", "orders_created", "--shop", shop_dir, "--json").json["rows"] == [{"orders_created": 0}]


def test_row_kept_apart_exits_with_1_until_it_is_replayed(zhanggui: Run, shop_dir: Path, tmp_path: Path) -> None:
    path = orders_with_a_typing_error(tmp_path, "一家店", 3_900_000_000_000_000_001)

    assert zhanggui("load", path, "--shop", shop_dir).exit_code == 1
    waiting = zhanggui("quarantine", "list", "--shop", shop_dir, "--json")
    assert waiting.exit_code == 1
    row = waiting.json["rows"][0]
    assert row["column"] == "总金额"
    fixed = zhanggui("quarantine", "replay", row["id"], "--set", "总金额=168.00", "--shop", shop_dir)
    assert fixed.exit_code == 0
    assert zhanggui("quarantine", "list", "--shop", shop_dir).exit_code == 0
    assert zhanggui("query", "gmv_created", "--shop", shop_dir, "--json").json["rows"] == [{"gmv_created": 504.0}]


def test_file_of_no_known_format_exits_with_2_and_leaves_a_map(
    zhanggui: Run, shop_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.csv"
    path.write_text("Invoice,When,Total\n1,2020-01-01,5\n", encoding="utf-8")
    found = zhanggui("load", path, "--shop", shop_dir)

    assert found.exit_code == 2
    assert "where: " in found.err
    assert "[columns]" in (tmp_path / "mine.toml").read_text(encoding="utf-8")


def test_ambiguous_store_off_a_terminal_exits_with_2_and_lists_the_choices(
    zhanggui: Run, shop_dir: Path, exports: list[Path], tmp_path: Path
) -> None:
    orders = [path for path in exports if path.name.startswith("ExportOrderList")]
    items = next(path for path in exports if path.name.startswith("ExportOrderDetail"))
    elsewhere = tmp_path / items.name
    elsewhere.write_bytes(items.read_bytes())
    assert zhanggui("load", *orders, "--shop", shop_dir).exit_code == 0
    found = zhanggui("load", elsewhere, "--shop", shop_dir)

    assert found.exit_code == 2
    assert "青禾茶事旗舰店" in found.err
    assert "青禾家居专营店" in found.err
    assert zhanggui("load", elsewhere, "--store", "青禾茶事旗舰店", "--shop", shop_dir).exit_code == 0


def test_batch_moved_to_another_store_takes_its_totals_along(
    zhanggui: Run, shop_dir: Path, exports: list[Path]
) -> None:
    loaded = zhanggui("load", exports[0], "--shop", shop_dir, "--json").json["files"][0]
    before = zhanggui("query", "gmv_created", "--by", "shop", "--shop", shop_dir, "--json").json["rows"]
    moved = zhanggui("batches", "move", str(loaded["batch_id"]), "--store", "新店", "--shop", shop_dir)

    assert moved.exit_code == 0
    after = zhanggui("query", "gmv_created", "--by", "shop", "--shop", shop_dir, "--json").json["rows"]
    assert [(row["shop"], row["gmv_created"]) for row in after] == [("新店", before[0]["gmv_created"])]
    assert zhanggui("check", "--shop", shop_dir).exit_code == 0


def test_a_lost_ledger_is_built_by_the_next_command_and_any_ledger_on_demand(
    zhanggui: Run, shop_dir: Path, exports: list[Path]
) -> None:
    zhanggui("load", exports[0], "--shop", shop_dir)
    before = zhanggui("query", "gmv_created", "orders_created", "--shop", shop_dir, "--json").json["rows"]
    (shop_dir / "ledger.duckdb").unlink()

    assert zhanggui("query", "gmv_created", "orders_created", "--shop", shop_dir, "--json").json["rows"] == before
    built = zhanggui("check", "--rebuild", "--shop", shop_dir)

    assert (built.exit_code, built.err) == (0, "the ledger was built again; imports read: 1\n")
    assert zhanggui("query", "gmv_created", "orders_created", "--shop", shop_dir, "--json").json["rows"] == before


def test_query_answers_in_the_shape_of_the_design(zhanggui: Run, shop_dir: Path) -> None:
    found = zhanggui("query", "gmv_paid", "orders_paid", "--by", "province", "--shop", shop_dir, "--json").json

    assert list(found)[:7] == ["metrics", "by", "rows", "currency", "as_of", "freshness", "warnings"]


def test_what_several_metrics_have_to_be_said_of_them_is_said_once(
    zhanggui: Run, shop_dir: Path, tmp_path: Path
) -> None:
    path = tmp_path / "of_nobody.csv"
    path.write_text("order,paid,amount\n1,2026-09-01 10:00,5.00\n", encoding="utf-8")
    columns = '[columns]\norder_id = "order"\ncreated_at = "paid"\npaid_at = "paid"\npaid_amount = "amount"\n'
    path.with_suffix(".toml").write_text(f'table = "orders"\n{columns}[constants]\nplatform = "own_site"\n', "utf-8")
    assert zhanggui("load", path, "--map", path.with_suffix(".toml"), "--shop", shop_dir).exit_code == 0

    found = zhanggui("query", "buyers", "new_buyers", "churn_rate", "--shop", shop_dir)

    notes = [line for line in (found.out + found.err).splitlines() if line.startswith("note: ")]
    assert len(notes) == len(set(notes)) > 0


def test_unknown_metric_names_the_closest(zhanggui: Run, shop_dir: Path) -> None:
    found = zhanggui("query", "gmv_payd", "--shop", shop_dir)

    assert found.exit_code == 2
    assert "gmv_paid" in found.err


def test_metrics_can_be_listed_and_shown(zhanggui: Run) -> None:
    assert "net_revenue" in zhanggui("metrics", "list").out
    assert "gmv_paid − refund_amount" in zhanggui("metrics", "show", "net_revenue").out
    assert zhanggui("metrics", "show", "nothing").exit_code == 2
    assert {each["name"] for each in zhanggui("metrics", "list", "--json").json["metrics"]} >= {"buyers", "gmv_paid"}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com", "127.0.0.2"])
def test_address_that_others_reach_is_refused(host: str) -> None:
    with pytest.raises(NotLoopbackError):
        loopback(host)


def test_commands_go_through_the_running_server(zhanggui: Run, served_shop: Path, exports: list[Path]) -> None:
    loaded = zhanggui("load", exports[0], "--shop", served_shop, "--json")
    entry = loaded.json["files"][0]
    asked = zhanggui("query", "orders_created", "--shop", served_shop, "--json")

    assert loaded.exit_code == 0
    assert asked.json["rows"] == [{"orders_created": entry["accepted"]}]
    assert zhanggui("batches", "list", "--shop", served_shop, "--json").json["batches"][0]["file"] == entry["file"]
    assert zhanggui("check", "--shop", served_shop).exit_code == 0
    assert zhanggui("query", "nothing", "--shop", served_shop).exit_code == 2
    assert zhanggui("load", "none.csv", "--shop", served_shop).exit_code == 2


def test_second_server_of_a_shop_says_where_the_first_is(zhanggui: Run, served_shop: Path) -> None:
    found = zhanggui("serve", "--shop", served_shop, "--no-browser", "--json")

    assert (found.exit_code, found.json["was_running"]) == (0, True)


def test_demo_leaves_a_real_shop_alone(zhanggui: Run, shop_dir: Path) -> None:
    assert zhanggui("demo", "--no-serve", "--dir", shop_dir).exit_code == 2


def test_unexpected_error_is_short_and_leaves_its_trace_in_a_file(
    zhanggui: Run, shop_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("zhanggui.understand.desk.answer", breaks)
    found = zhanggui("query", "gmv_paid", "--shop", shop_dir)

    assert found.exit_code == 2
    assert "Traceback" not in found.err
    log = Path(re.findall(r"where: (.+)", found.err)[0])
    assert "a mistake of ours" in log.read_text(encoding="utf-8")
    log.unlink()

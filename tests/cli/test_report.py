"""Reports, their schedule and the round of the stores on the command line."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from tests.cli.conftest import Run


def test_report_of_a_shop_without_data_says_so_and_still_makes_its_workbook(
    zhanggui: Run, shop_dir: Path, tmp_path: Path
) -> None:
    book = tmp_path / "day.xlsx"

    found = zhanggui("report", "day", "--date", "2026-11-15", "--to-file", book, "--send", "--json", "--shop", shop_dir)

    assert found.exit_code == 0, found.err
    assert found.json["days"] == {"first": "2026-11-15", "last": "2026-11-15"}
    assert found.json["against"]["first"] == "2026-11-08"
    assert {item["value"] for group in found.json["groups"] for item in group["items"]} <= {None, 0}
    assert len(openpyxl.load_workbook(BytesIO(book.read_bytes())).sheetnames) == 5
    assert "zhanggui channels list" in found.err


def test_schedule_is_switched_on_and_off_without_a_server(zhanggui: Run, shop_dir: Path) -> None:
    first = zhanggui("report", "schedule", "--on", "day", "--on", "week", "--at", "08:30", "--json", "--shop", shop_dir)
    then = zhanggui("report", "schedule", "--off", "day", "--json", "--shop", shop_dir)
    wrong = zhanggui("report", "schedule", "--at", "half past", "--shop", shop_dir)
    due = zhanggui("report", "due", "--json", "--shop", shop_dir)

    assert first.json == {"lengths": ["day", "week"], "at": "08:30", "channels": []}
    assert then.json == {"lengths": ["week"], "at": "08:30", "channels": []}
    assert (wrong.exit_code, "no time of day" in wrong.err) == (2, True)
    # Just switched on, and there is no channel.
    assert due.json == {"told": []}


def test_round_of_an_empty_shop_names_what_it_needs(zhanggui: Run, shop_dir: Path) -> None:
    found = zhanggui("patrol", "--json", "--shop", shop_dir)
    told = zhanggui("patrol", "--shop", shop_dir)
    unknown = zhanggui("patrol", "--store", "三店", "--shop", shop_dir)

    assert (found.exit_code, found.json["findings"]) == (0, [])
    assert {each["table"] for each in found.json["needs"]} == {"order_header"}
    assert "order_header" in told.err
    assert (unknown.exit_code, "三店" in unknown.err) == (2, True)

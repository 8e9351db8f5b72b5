"""A file's total is of one currency, and says which.

Dollars and yuan of one file were added up and called CNY; a file of dollars alone was called CNY too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

MAP = """
table = "orders"
[columns]
order_id = "no"
created_at = "made"
paid_at = "paid"
paid_amount = "amount"
order_amount = "amount"
currency = "currency"
[constants]
platform = "own_site"
shop = "一店"
"""


def loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str], *amounts: str) -> dict[str, Any]:
    """Return what is reported of a file with these amounts."""
    shop_dir, file, plan = tmp_path / "shop", tmp_path / "orders.csv", tmp_path / "map.toml"
    Shop.create(shop_dir).close()
    rows = [f"{n},2026-09-01 10:00:00,2026-09-01 10:01:00,{each}" for n, each in enumerate(amounts)]
    file.write_text("\n".join(["no,made,paid,amount,currency", *rows]), "utf-8")
    plan.write_text(MAP, "utf-8")
    assert run(["load", str(file), "--map", str(plan), "--shop", str(shop_dir), "--json"]) == 0
    [report] = json.loads(capsys.readouterr().out)["files"]
    return dict(report)


def test_two_currencies_have_no_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = loaded(tmp_path, capsys, "10.00,CNY", "20.00,USD")

    assert (report["accepted"], report["file_total"], report["ledger_total"]) == (2, None, None)
    assert any("several currencies" in each["en"] for each in report["notes"])


def test_a_total_names_the_currency_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = loaded(tmp_path, capsys, "10.00,USD", "20.00,USD")

    assert (report["currency"], report["file_total"], report["ledger_total"]) == ("USD", 30.0, 30.0)

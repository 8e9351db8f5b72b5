"""One order with its year mistyped: the shop's last day stays where it was, and a check names the order.

A file whose name says nothing of its making was taken to be as old as its newest row, so an order of 2199 made the file
one of 2199, no check saw it, and every page opened on the year 2199.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

HEADER = "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额"


def order(number: int, year: int) -> str:
    """Return an order of 100.00, paid in the minute it was made."""
    return f"{number},100.00,100.00,上海,{year}-03-05 10:00:00,{year}-03-05 10:01:00,0.00"


@pytest.mark.parametrize(("last", "n_failed"), [(2024, 0), (2199, 1)])
def test_an_order_of_a_year_to_come_ends_no_period_and_fails_a_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], last: int, n_failed: int
) -> None:
    file, shop_dir = tmp_path / "orders.csv", tmp_path / "shop"
    file.write_text("\n".join([HEADER, order(1, 2023), order(2, 2024), order(3, last)]), "utf-8")
    Shop.create(shop_dir).close()
    assert run(["load", str(file), "--store", "一店", "--shop", str(shop_dir)]) == 0
    capsys.readouterr()

    checked = run(["check", "--shop", str(shop_dir), "--json"])
    failed = [each["name"] for each in json.loads(capsys.readouterr().out)["checks"] if each["status"] == "failed"]
    assert run(["query", "orders_created", "--shop", str(shop_dir), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert (found["as_of"], found["rows"]) == ("2024-03-05", [{"orders_created": 3}])
    assert (checked, failed) == (n_failed, ["orders.future"] * n_failed)

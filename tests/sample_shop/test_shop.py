from __future__ import annotations

import csv
from pathlib import Path

from tests.sample_shop import write_sample_shop


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))


def test_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first = write_sample_shop(tmp_path / "a", seed=3, days=20)
    second = write_sample_shop(tmp_path / "b", seed=3, days=20)

    assert [path.read_bytes() for path in first.exports] == [path.read_bytes() for path in second.exports]


def test_order_report_has_the_platforms_sixty_one_columns_and_wrapped_ids(tmp_path: Path) -> None:
    orders = _rows(write_sample_shop(tmp_path, days=20).exports[0])

    assert len(orders[0]) == 61
    assert all(row["订单编号"].startswith('="33') for row in orders)


def test_two_months_overlap_by_two_days_in_the_later_export(tmp_path: Path) -> None:
    august, september = write_sample_shop(tmp_path, days=61).exports[:2]

    again = {row["订单编号"] for row in _rows(august)} & {row["订单编号"] for row in _rows(september)}
    assert {row["订单创建时间"][:10] for row in _rows(august) if row["订单编号"] in again} == {
        "2026-08-30",
        "2026-08-31",
    }


def test_one_amount_is_mistyped_on_purpose(tmp_path: Path) -> None:
    shop = write_sample_shop(tmp_path)

    orders = [path for path in shop.exports if path.name.startswith("ExportOrderList")]
    mistyped = [row["总金额"] for path in orders for row in _rows(path) if "O" in row["总金额"]]
    assert len(mistyped) == 1


def test_what_items_cost_adds_up_to_what_the_order_asks(tmp_path: Path) -> None:
    shop = write_sample_shop(tmp_path, days=10)
    orders = _rows(next(path for path in shop.exports if path.name.startswith("ExportOrderList")))
    items = _rows(next(path for path in shop.exports if path.name.startswith("ExportOrderDetailList")))

    # An order's total is its goods and postage less a discount, which the report folds into 买家应付货款.
    for order in orders:
        goods = sum(float(i["价格"]) * int(i["购买数量"]) for i in items if i["订单编号"] == order["订单编号"])
        discount = goods - float(order["买家应付货款"])
        assert 0 <= round(discount, 2) <= 30


def test_nobody_in_the_files_can_be_identified(tmp_path: Path) -> None:
    orders = _rows(write_sample_shop(tmp_path, days=5).exports[0])

    assert all("*" in row[name] for row in orders for name in ("买家会员名", "收货人姓名", "联系手机", "收货地址 "))

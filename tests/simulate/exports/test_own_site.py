"""Files of the own site and the maps that explain them."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

from tests.simulate.exports.made import DAY, Made, store_on, view, world

from zhanggui.simulate.exports.own_site import OwnSiteReports
from zhanggui.simulate.exports.product_list import ProductList
from zhanggui.simulate.exports.writing import WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.records import RefundKind

STORE = store_on(Platform.OWN_SITE)


def table(file: WrittenFile) -> list[dict[str, str]]:
    with file.path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def files(folder: Path, made: Made) -> dict[str, WrittenFile]:
    return {file.dataset: file for file in made.written(OwnSiteReports(folder, world(), STORE, view()))}


def shop() -> Made:
    made = Made(STORE)
    made.order(1, lines=[(made.sku(), 2, 10_000), (made.sku(5), 1, 5_000)], off_minor=1_000, person=3)
    made.order(2, lines=[(made.sku(), 1, 10_000)], person=0)
    made.refund(1, 5_000, after=5 * DAY, line=1, sku=made.sku(5), kind=RefundKind.RETURN_AND_REFUND)
    return made


def test_every_header_that_a_map_names_is_in_its_file(tmp_path: Path) -> None:
    written = files(tmp_path, shop())

    assert set(written) == {"orders", "items", "refunds"}
    for file in written.values():
        assert file.map is not None
        explained = tomllib.loads(file.map.read_text(encoding="utf-8"))
        assert set(explained["columns"].values()) <= set(table(file)[0])
        assert explained["constants"] == {"platform": "own_site", "shop": STORE.name, "currency": "CNY"}


def test_every_status_word_of_the_files_is_in_the_map(tmp_path: Path) -> None:
    written = files(tmp_path, shop())

    for dataset, names in (("orders", ["订单状态"]), ("items", ["订单状态"]), ("refunds", ["售后状态"])):
        file = written[dataset]
        assert file.map is not None
        known = tomllib.loads(file.map.read_text(encoding="utf-8"))["status"]
        assert {row[name] for row in table(file) for name in names} <= set(known)


def test_lines_add_up_to_their_order_and_refunds_name_it(tmp_path: Path) -> None:
    written = files(tmp_path, shop())
    orders, lines, refunds = (table(written[name]) for name in ("orders", "items", "refunds"))

    first = orders[0]
    assert (first["实付金额"], first["退款金额"], first["店铺优惠"]) == ("240.00", "50.00", "10.00")
    assert [row["应付金额"] for row in lines if row["订单号"] == first["订单号"]] == ["190.00", "50.00"]
    assert [(row["订单号"], row["退款金额"]) for row in refunds] == [(first["订单号"], "50.00")]


def test_members_are_named_by_their_number_and_others_by_their_account(tmp_path: Path) -> None:
    orders = table(files(tmp_path, shop())["orders"])

    assert [row["会员编号"] for row in orders] == ["100000000003", "1000000000000"]


def test_a_product_list_holds_each_sku_once_with_what_the_orders_call_it(tmp_path: Path) -> None:
    (file,) = Made(STORE).written(ProductList(tmp_path, world(), STORE, view()))
    rows = table(file)

    codes = [row["SKU编码"] for row in rows]
    shelf = world().shelf
    assert len(codes) == len(set(codes)) == file.n_rows
    assert {shelf.merchant_code(int(sku)) for sku in shelf.sold_in(STORE.number)[:5]} <= set(codes)
    assert all(row["类目"] and row["品牌"] and row["商家编码"] in row["SKU编码"] for row in rows)

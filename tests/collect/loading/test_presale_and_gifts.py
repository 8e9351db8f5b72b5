"""Pre-sale as two payments of one order, gifts of every platform, and orders that belong to another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from tests.collect.connectors.douyin.test_formats import ORDERS_74
from tests.collect.connectors.douyin.test_formats import row as douyin_row
from tests.collect.connectors.jd.test_formats import ORDERS_30
from tests.collect.connectors.jd.test_formats import row as jd_row
from tests.collect.connectors.kuaishou.test_formats import ORDERS_61
from tests.collect.connectors.kuaishou.test_formats import row as kuaishou_row
from tests.collect.loading.forms import CLOSED, ITEMS, form, item, order, report, unpaid
from tests.collect.loading.shops import Till, csv, layout, rules, utc

from zhanggui.metrics import Question, answer

STAGES = "定金20.00元{}；尾款1,180.00元{}"
TO_SHIP = "买家已付款，等待卖家发货"
IN_FULL = "2026-11-01 01:00:00"


def presale(number: str, *, paid: str = "", state: str = "等待买家付款", stages: str = STAGES) -> dict[str, str]:
    """Return an order with a deposit of 20.00 and a balance of 1,180.00."""
    said = stages.format("已付款", "已付款" if paid else "未付款")
    cells = {"分阶段订单信息": said, "订单付款时间 ": paid, "订单状态": state}
    got = "1200.00" if paid else "20.00"
    return {**order(number, "2026-10-24 20:00:00", amount="1200.00"), "买家实际支付金额": got, **cells}


def test_a_presale_is_paid_with_its_balance_and_remembers_its_deposit(till: Till) -> None:
    rows = [
        presale("1", paid=IN_FULL, state=TO_SHIP),
        presale("2"),
        presale("3", state=CLOSED),
        presale("4", stages="定金20.00元未付款；尾款1,180.00元未付款"),
        {**order("5"), "分阶段订单信息": ""},
    ]
    till.taken("a.csv", report(*rows), store="甲店")

    shown = till.rows("order_header", "order_id", "is_paid", "paid_minor", "is_presale", "deposit_minor",
                      "balance_minor", "deposit_paid_date")  # fmt: skip
    paid = date(2026, 10, 24)
    assert [tuple(row.values()) for row in shown] == [
        ("1", True, 120000, True, 2000, 118000, paid),
        ("2", False, 0, True, 2000, 118000, paid),
        ("3", False, 0, True, 2000, 118000, paid),
        ("4", False, 0, True, 2000, 118000, None),
        ("5", True, 10000, None, None, None, None),
    ]
    # The buyer's 20.00 of order 2 stays as the file states it.
    assert till.order("2")["stated_paid_minor"] == 2000


def test_deposits_balances_and_their_rate_can_be_asked(till: Till) -> None:
    rows = [presale("1", paid=IN_FULL, state=TO_SHIP), presale("2"), presale("3", state=CLOSED)]
    till.taken("a.csv", report(*rows), store="甲店")

    question = Question(("deposit_amount", "balance_due", "balance_rate", "gmv_paid"))
    [row] = answer(till.ledger, question).rows

    # Three deposits of 20.00; 1,180.00 is still waited for; one balance of three came, with all 1,200.00.
    assert (row["deposit_amount"], row["balance_due"], row["gmv_paid"]) == (60.0, 1180.0, 1200.0)
    assert row["balance_rate"] == pytest.approx(1 / 3)


def test_the_time_of_a_deposit_makes_an_order_a_presale(till: Till) -> None:
    rows = [kuaishou_row("1", 预售定金支付时间="2026-08-30 23:30:00"), kuaishou_row("2")]
    till.taken("a.csv", form(ORDERS_61, rows, "utf-8-sig"))

    first, second = till.order("1"), till.order("2")
    assert (first["is_presale"], first["deposit_minor"], first["deposit_paid_date"]) == (True, None, date(2026, 8, 30))
    assert first["deposit_paid_at"] == utc(2026, 8, 30, 15, 30)
    assert (second["is_presale"], second["deposit_paid_date"]) == (None, None)


def test_a_map_names_the_two_payments_of_an_order(till: Till) -> None:
    columns = {"order_id": "id", "created_at": "at", "paid_at": "paid", "order_amount": "sum", "presale": "presale",
               "deposit_amount": "deposit", "balance_amount": "rest", "deposit_paid_at": "first"}  # fmt: skip
    file = csv(
        list(columns.values()),
        ["1", "2026-10-24 10:00:00", None, "100", "是", "10", "90", "2026-10-25 10:00:00"],
        ["2", "2026-10-24 10:00:00", None, "100", "非预售", None, None, None],
    )
    till.taken("a.csv", file, layout=layout("orders", columns))

    shown = till.rows("order_header", "order_id", "is_presale", "deposit_minor", "deposit_paid_date")
    assert [tuple(row.values()) for row in shown] == [("1", True, 1000, date(2026, 10, 25)), ("2", False, None, None)]


def test_an_order_names_the_one_that_it_is_part_of(till: Till) -> None:
    rows = [{**order("1"), "主订单编号": "1"}, {**order("2"), "主订单编号": "1"}, unpaid("3")]
    till.taken("a.csv", report(*rows), store="甲店")

    assert [till.order(key)["parent_order_id"] for key in "123"] == [None, "1", None]


GIFTS: tuple[tuple[str, Sequence[str], Sequence[Mapping[str, str]]], ...] = (
    (
        "jd",
        ORDERS_30,
        [jd_row("1", 商品ID="'1\t"), jd_row("1", 商品ID="'2\t", 商品名称="赠品 试用装2片", 京东价="0.00")],
    ),
    (
        "douyin",
        ORDERS_74,
        [douyin_row("1", "A"), douyin_row("1", "B", 选购商品="\t【赠品】小样", 商品单价="0.00", 订单应付金额="0.00")],
    ),
    ("taobao", ITEMS, [item("1"), item("1", "赠品 小样", "0.00")]),
)


@pytest.mark.parametrize(("header", "rows"), [(header, rows) for _, header, rows in GIFTS], ids=[g[0] for g in GIFTS])
def test_a_line_that_costs_nothing_and_is_called_a_gift_is_one(
    till: Till, header: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> None:
    done = till.taken("a.csv", form(header, rows, "utf-8-sig"))

    assert sorted(till.column("order_line", "line_kind")) == ["gift", "product"]
    assert "not_sold_lines" in rules(done)


@pytest.mark.parametrize(
    ("title", "price"),
    [("赠品收纳盒", "9.90"), ("买一送一 茶", "0.00"), ("茶（含赠品）", "0.00")],
    ids=["it has a price", "it is called no gift", "it comes with one"],
)
def test_what_has_a_price_or_only_speaks_of_gifts_is_sold(till: Till, title: str, price: str) -> None:
    till.taken("a.csv", form(ITEMS, [item("1"), item("1", title, price)]), store="甲店")

    assert till.column("order_line", "line_kind") == ["product", "product"]


def test_a_gift_bears_no_part_of_its_orders_money(till: Till) -> None:
    money = {"订单金额": "100.00", "应付金额": "90.00", "运费金额": "6.00"}
    gift = jd_row("1", 商品ID="'2\t", 商品名称="赠品 茶匙", 京东价="0.00", **money)
    till.taken("a.csv", form(ORDERS_30, [jd_row("1", 商品ID="'1\t", **money), gift]))

    shares = till.rows("order_line", "line_kind", "created_minor", "paid_minor", "shipping_minor", "receivable_minor")
    assert [tuple(row.values()) for row in shares] == [("gift", 0, 0, 0, 0), ("product", 10000, 9000, 600, 10000)]

"""What is guessed of files that nobody has seen: their table, their columns, and how they are to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from zhanggui.collect.connectors import known_formats
from zhanggui.collect.mapping.guessing import Guess, guessed
from zhanggui.collect.mapping.guessing.fact_words import FACT_WORDS
from zhanggui.collect.mapping.guessing.sales_words import SALES_WORDS
from zhanggui.columns import FACTS, INPUT_COLUMNS, columns_of

Cells = Mapping[str, Sequence[str]]
DAY = ["2026-09-01 10:00:00", "2026-09-02 11:30:00"]


def guess_of(cells: Cells) -> Guess:
    return guessed(pa.RecordBatch.from_pydict({name: pa.array(each, pa.string()) for name, each in cells.items()}))


SHOPIFY: Cells = {
    "Name": ["#1001", "#1001", "#1002"],
    "Email": ["li@example.com", "", "wu@example.com"],
    "Paid at": ["2026-09-01 10:00:00 +0800", "", "2026-09-02 10:00:00 +0800"],
    "Currency": ["USD", "", "USD"],
    "Total": ["23.00", "", "5.00"],
    "Created at": ["2026-09-01 10:00:00 +0800", "2026-09-01 10:00:00 +0800", "2026-09-02 10:00:00 +0800"],
    "Lineitem quantity": ["1", "2", "1"],
    "Lineitem name": ["Tea", "Pot", "Tea"],
    "Lineitem price": ["10.00", "5.00", "5.00"],
    "Lineitem sku": ["T1", "P1", "T1"],
    "Shipping Province": ["IDF", "", "RM"],
}
YOUZAN: Cells = {
    "订单号": ["E1", "E1", "E2"],
    "订单状态": ["交易完成", "交易完成", "待发货"],
    "下单时间": ["2026-09-01 10:00:00"] * 3,
    "买家付款时间": ["2026-09-01 10:01:00"] * 3,
    "商品名称": ["茶", "壶", "茶"],
    "商品单价": ["10", "20", "10"],
    "商品数量": ["1", "1", "2"],
    "订单实付金额": ["27", "27", "20"],
    "收货人省份": ["浙江省", "浙江省", "江苏省"],
    "收货人手机号/提货人手机号": ["13800138000", "13800138000", "13900139000"],
}
STOCK: Cells = {
    "仓库名称": ["一号仓", "一号仓"],
    "货品编码": ["A1", "B2"],
    "货品名称": ["茶", "壶"],
    "可用库存": ["10", "20"],
    "锁定库存": ["1", "0"],
    "日期": ["2026-09-01", "2026-09-01"],
}
ADS: Cells = {
    "Day": ["2026-09-01", "2026-09-02"],
    "Campaign name": ["A", "B"],
    "Ad set name": ["x", "y"],
    "Impressions": ["1,000", "2,000"],
    "Link clicks": ["10", "22"],
    "Amount spent (USD)": ["12.30", "44.10"],
    "Purchases": ["1", "2"],
}
CASES: Cells = {
    "退款编号": ["R1", "R2"],
    "订单编号": ["O1", "O2"],
    "申请时间": DAY,
    "退款类型": ["仅退款", "退货退款"],
    "申请退款金额": ["10", "20"],
    "退款状态": ["退款成功", "退款关闭"],
}
PARCELS: Cells = {
    "运单号": ["SF100", "SF101"],
    "订单编号": ["O1", "O2"],
    "物流公司": ["顺丰", "顺丰"],
    "揽收时间": DAY,
    "运费": ["8.00", "9.00"],
}
PEOPLE: Cells = {
    "会员卡号": ["M1", "M2"],
    "手机号码": ["13800138000", "13900139000"],
    "会员级别": ["金卡", "银卡"],
    "可用积分": ["100", "200"],
    "注册日期": ["2025-01-01", "2025-02-01"],
}


@pytest.mark.parametrize(
    ("cells", "table", "columns"),
    [
        (
            SHOPIFY,
            "order_lines",
            {
                "order_id": "Name",
                "created_at": "Created at",
                "paid_at": "Paid at",
                "order_amount": "Total",
                "quantity": "Lineitem quantity",
                "unit_price": "Lineitem price",
                "sku_id": "Lineitem sku",
                "product_title": "Lineitem name",
                "province": "Shipping Province",
                "email": "Email",
            },
        ),
        (
            YOUZAN,
            "order_lines",
            {
                "order_id": "订单号",
                "created_at": "下单时间",
                "paid_at": "买家付款时间",
                "status": "订单状态",
                "paid_amount": "订单实付金额",
                "province": "收货人省份",
                "phone": "收货人手机号/提货人手机号",
            },
        ),
        (
            STOCK,
            "stock_snapshots",
            {
                "day": "日期",
                "warehouse": "仓库名称",
                "internal_sku": "货品编码",
                "on_hand": "可用库存",
                "committed": "锁定库存",
                "product_title": "货品名称",
            },
        ),
        (
            ADS,
            "ad_spend",
            {
                "day": "Day",
                "campaign_name": "Campaign name",
                "ad_group_name": "Ad set name",
                "impressions": "Impressions",
                "clicks": "Link clicks",
                "spend": "Amount spent (USD)",
                "attributed_orders": "Purchases",
            },
        ),
        (
            CASES,
            "refunds",
            {
                "refund_id": "退款编号",
                "order_id": "订单编号",
                "applied_at": "申请时间",
                "refund_type": "退款类型",
                "refund_amount": "申请退款金额",
                "refund_status": "退款状态",
            },
        ),
        (
            PARCELS,
            "shipments",
            {
                "tracking_no": "运单号",
                "order_id": "订单编号",
                "carrier": "物流公司",
                "collected_at": "揽收时间",
                "freight_amount": "运费",
            },
        ),
        (
            PEOPLE,
            "members",
            {
                "member_id": "会员卡号",
                "phone": "手机号码",
                "tier": "会员级别",
                "points": "可用积分",
                "joined_at": "注册日期",
            },
        ),
    ],
    ids=["shopify", "youzan", "stock", "ads", "cases", "parcels", "people"],
)
def test_a_file_that_nobody_has_seen_is_known_by_its_headers_and_cells(
    cells: Cells, table: str, columns: dict[str, str]
) -> None:
    found = guess_of(cells).best

    assert found.table == table
    assert {name: found.bound.get(name) for name in columns} == columns
    assert all(guess.score >= 0.5 and guess.reason.zh and guess.reason.en for guess in found.columns)


@pytest.mark.parametrize("header", ["订 单 号", "订单号（主）", "ORDER-NO.", "order_no", "订单号 ", "\ufeff订单号"])
def test_blanks_brackets_and_case_change_no_guess(header: str) -> None:
    found = guess_of({header: ["A1", "A2"], "下单时间": DAY, "订单金额(元)": ["9.90", "5.00"]}).best

    assert dict(found.bound) == {"order_id": header, "created_at": "下单时间", "order_amount": "订单金额(元)"}


def test_the_two_forms_of_one_sign_are_one_word() -> None:
    found = guess_of({"入帐时间": DAY, "收支金额": ["9.90", "-5.00"], "流水号": ["1", "2"]}).best

    assert (found.table, found.bound["booked_at"]) == ("settlements", "入帐时间")


def test_headers_that_known_formats_use_mean_what_they_mean_there() -> None:
    header = ["订单号", "下单帐号", "下单时间", "京东价", "订购数量", "商品ID", "结算金额"]
    rows = pa.RecordBatch.from_pydict({name: pa.array([], pa.string()) for name in header})
    jd = [layout for layout in known_formats() if layout.format_id == "jd.orders"]

    found = guessed(rows, jd).best

    assert found.bound["unit_price"] == "京东价"
    assert "京东订单导出" in next(each.reason.zh for each in found.columns if each.name == "unit_price")
    # 6 of the 16 names that a file of JD has are too few to say that it is JD's.
    assert guessed(rows, jd).constants == {}


def test_cells_that_cannot_be_what_the_header_says_are_not_taken_for_it() -> None:
    found = guess_of({"Order No": ["A1", "A2"], "Order Date": DAY, "Status": ["9.90", "5.00"]}).best

    assert "status" not in found.bound


def test_a_column_without_a_name_is_known_by_its_cells() -> None:
    cells = {"订单号": ["A1", "A2"], "下单时间": DAY, "甲": ["13800138000", "13900139000"], "乙": ["浙江省", "江苏省"]}
    found = guess_of(cells).best

    assert (found.bound["phone"], found.bound["province"]) == ("甲", "乙")


def test_what_no_column_carries_is_named() -> None:
    found = guess_of({"Order No": ["A1", "A2"], "Total": ["9.90", "5.00"]})
    orders = next(each for each in found.tables if each.table == "orders")

    assert orders.missing == (("created_at",),)


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (["13/09/2026 10:00", "02/10/2026 11:00"], {"date_format": "%d/%m/%Y %H:%M"}),
        (["9/13/2026", "10/2/2026"], {"date_format": "%m/%d/%Y"}),
        (["1789000000", "1789000001"], {"date_format": "epoch_s"}),
        (["1789000000000", "1789000001000"], {"date_format": "epoch_ms"}),
        (["2026/9/1 10:00", "2026年9月2日"], {}),
    ],
)
def test_the_form_of_dates_is_told_where_they_do_not_tell_it(cells: list[str], options: dict[str, str]) -> None:
    found = guess_of({"Order No": ["A1", "A2"], "Order Date": cells, "Total": ["9.90", "5.00"]})

    assert dict(found.options) == options


def test_days_and_months_that_may_be_either_are_asked_about() -> None:
    found = guess_of({"Order No": ["A1"], "Order Date": ["03/04/2026"], "Total": ["9.90"]})

    assert "date_format" not in found.options
    assert any("%d/%m/%Y" in note.en and "%m/%d/%Y" in note.en for note in found.notes)


def test_decimal_commas_and_a_foreign_currency_are_seen() -> None:
    found = guess_of({"Order No": ["A1", "A2"], "Order Date": DAY, "Total": ["€1.234,50", "€9,90"]})

    assert (found.constants, found.options) == ({"currency": "EUR"}, {"decimal": ","})
    plain = guess_of({"Order No": ["A1", "A2"], "Order Date": DAY, "Total": ["1.234,50", "9,90"]})
    assert plain.options == {"decimal": ","}


def test_a_letter_that_only_returns_have_marks_them() -> None:
    lines = {"Invoice": ["100", "101", "C102"], "Date": [*DAY, DAY[0]], "StockCode": ["A", "B", "A"]}
    amounts = {"Quantity": ["3", "1", "-1"], "Price": ["2.10", "4.00", "2.10"]}

    assert guess_of({**lines, **amounts}).options["refund_when"] == {"column": "Invoice", "starts_with": "C"}
    unmarked = {**lines, "Invoice": ["100", "101", "102"]}
    assert guess_of({**unmarked, **amounts}).options["negative_quantity"] == "refund"


def test_expenses_in_a_column_of_their_own_are_taken_from_the_income() -> None:
    found = guess_of({"交易流水号": ["A", "B"], "入账时间": DAY, "收入金额": ["100.00", ""], "支出金额": ["", "20.00"]})

    assert found.best.bound["amount"] == "收入金额"
    assert found.parts == {"subtracted": {"amount": ["支出金额"]}}


LINES = {
    "订单号": ["1", "1", "2", "2", "3", "3", "4"],
    "下单时间": [DAY[0]] * 7,
    "商品编码": ["A", "B", "A", "B", "A", "B", "A"],
    "单价": ["10", "20", "10", "20", "10", "20", "10"],
    "数量": ["1"] * 7,
}


@pytest.mark.parametrize(
    ("paid", "name"),
    [
        (["10", "20", "10", "20", "10", "20", "10"], "line_paid_amount"),
        (["30", "30", "30", "30", "30", "30", "10"], "paid_amount"),
    ],
)
def test_an_amount_that_repeats_on_the_rows_of_an_order_is_the_order_s(paid: list[str], name: str) -> None:
    found = guess_of({**LINES, "实付金额": paid}).best

    assert found.table == "order_lines"
    assert found.bound.get(name) == "实付金额"


def test_neither_a_paid_time_nor_a_status_is_said() -> None:
    found = guess_of({"Order No": ["A1", "A2"], "Order Date": DAY, "Total": ["9.90", "5.00"]})

    assert any('paid = "all"' in note.en for note in found.notes)


def test_a_file_without_rows_is_guessed_by_its_header_alone() -> None:
    found = guess_of({"订单号": [], "下单时间": [], "实付金额": []})

    assert dict(found.best.bound) == {"order_id": "订单号", "created_at": "下单时间", "paid_amount": "实付金额"}


def test_every_word_stands_for_a_column_that_there_is() -> None:
    of_tables = {f"{table}.{column.name}" for table in FACTS for column in columns_of(table)}

    assert SALES_WORDS.keys() <= INPUT_COLUMNS.keys()
    assert {name for name in FACT_WORDS if name not in INPUT_COLUMNS} <= of_tables

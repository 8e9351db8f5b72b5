"""The money ledgers of Taobao stores: which order a line is about, what for, and with which sign."""

from __future__ import annotations

import pytest
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.taobao.ledgers import ALIPAY, WECHAT, WECHAT_SHORT
from zhanggui.testing import FormatSuite, SampleFile, header_of

ALIPAY_HEADER = header_of(
    """
    序号,入账时间,支付宝交易号,支付宝流水号,商户订单号,账务类型,账户余额（元）,收入（+元）,支出（-元）,服务费（元）,支付渠道,
    签约产品,对方账户,对方名称,银行订单号,商品名称,备注,业务基础订单号,业务订单号,业务账单来源,业务描述,付款备注
    """
)
WECHAT_HEADER = header_of(
    """
    商家昵称,入帐日期,入帐时间,支付流水号,主订单id,子订单id,入帐类型,收入金额(元),支出金额(元),业务描述,备注,收/付渠道,
    数据创建时间,数据修改时间
    """
)
SHORT_HEADER = header_of("入账时间,支付流水号,淘宝订单编号,入账类型,收入金额（元）,支出金额,业务描述,备注")
ORDER = "3300000000000000001"


def alipay(income: str, expense: str, what: str, **cells: str) -> dict[str, str]:
    return {
        "入账时间": "2026-09-10 09:00:01",
        "支付宝流水号": "20260910000001",
        "商户订单号": f"T200P{ORDER}",
        "账务类型": "在线支付",
        "收入（+元）": income,
        "支出（-元）": expense,
        "业务描述": what,
    } | cells


def wechat(income: str, expense: str, what: str, **cells: str) -> dict[str, str]:
    return {
        "商家昵称": "禾木旗舰店",
        "入帐时间": "2026-09-10 09:00:01",
        "支付流水号": "420000",
        "主订单id": ORDER,
        "子订单id": ORDER,
        "入帐类型": what,
        "收入金额(元)": income,
        "支出金额(元)": expense,
        "业务描述": what,
        "收/付渠道": "微信",
    } | cells


def short(income: str, expense: str, what: str) -> dict[str, str]:
    return {
        "入账时间": "2026-09-10 09:00:01",
        "支付流水号": "420000",
        "淘宝订单编号": ORDER,
        "入账类型": what,
        "收入金额（元）": income,
        "支出金额": expense,
        "业务描述": what,
    }


class TestAlipay(FormatSuite):
    layout = ALIPAY
    sample = SampleFile(
        ALIPAY_HEADER,
        (
            alipay("179.00", "", "0010001|交易收款-交易收款"),
            alipay("", "-5.37", "0030001|技术服务费-天猫佣金"),
            alipay("", "-20.00", "0020001|交易退款-售后退款"),
        ),
        titles=(("#支付宝账务明细查询",), ("#账号：[测试]",)),
        encoding="gb18030",
    )


class TestWechat(FormatSuite):
    layout = WECHAT
    sample = SampleFile(WECHAT_HEADER, (wechat("179.00", "0", "交易收款"), wechat("0", "20.00", "交易退款")))


class TestWechatShort(FormatSuite):
    layout = WECHAT_SHORT
    sample = SampleFile(SHORT_HEADER, (short("179.00", "", "交易收款"), short("", "20.00", "交易退款")))


def test_expenses_count_against_the_shop_with_either_sign(till: Till) -> None:
    rows = (alipay("5", "0", "0010001|交易收款"), alipay("", "-1.07", "服务"), alipay("", "1.07", "服务"))

    found = till.taken("a.csv", SampleFile(ALIPAY_HEADER, rows).data())

    assert sorted(till.column("settlement_entry", "amount_minor")) == [-107, -107, 500]
    assert found.ledger_total == found.file_total


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        ({}, ORDER),
        ({"商户订单号": "", "备注": f"关联订单号：{ORDER}"}, ORDER),
        ({"商户订单号": "", "备注": f"保险 tradeid:{ORDER},1"}, ORDER),
        ({"商户订单号": "", "业务基础订单号": ORDER}, ORDER),
        # Nothing but digits is an order; a number inside other text is anything.
        ({"商户订单号": "", "业务基础订单号": f"PC-{ORDER}"}, None),
        ({"商户订单号": "2026091000000000", "备注": ""}, None),
        ({"备注": "关联订单号：3300000000000000009"}, ORDER),
    ],
)
def test_the_order_is_found_where_alipay_writes_it(till: Till, cells: dict[str, str], order: str | None) -> None:
    till.taken("a.csv", SampleFile(ALIPAY_HEADER, (alipay("5", "", "0010001|交易收款", **cells),)).data())

    assert till.column("settlement_entry", "order_id") == [order]


@pytest.mark.parametrize(
    ("what", "kind", "category"),
    [
        ("0010001|交易收款-交易收款", "在线支付", "goods"),
        ("0020001|交易退款", "交易退款", "refund"),
        ("0030002|消费券补贴回收-平台", "其他", "subsidy"),
        ("", "提现", "withdrawal"),
        ("没有编号的描述", "转账", "other"),
    ],
)
def test_the_category_comes_from_the_description_else_from_the_kind(
    till: Till, what: str, kind: str, category: str
) -> None:
    till.taken("a.csv", SampleFile(ALIPAY_HEADER, (alipay("5", "", what, 账务类型=kind),)).data())

    assert till.column("settlement_entry", "category") == [category]


def test_a_description_that_nobody_knows_is_said_and_kept(till: Till) -> None:
    rows = (alipay("5", "", "0099999|神秘扣款-甲"), alipay("6", "", "0010001|交易收款"))

    found = till.taken("a.csv", SampleFile(ALIPAY_HEADER, rows).data())

    assert [(issue.rule, issue.detail) for issue in found.issues] == [("unknown_word", "神秘扣款 × 1")]
    assert [(row["category"], row["scene_raw"]) for row in till.rows("settlement_entry", "category", "scene_raw")] == [
        ("goods", "0010001|交易收款"),
        ("unknown", "0099999|神秘扣款-甲"),
    ]
    assert classes(found) == (2, 0, 0, 0, 0)


def test_two_equal_lines_of_a_ledger_are_two(till: Till) -> None:
    data = SampleFile(WECHAT_HEADER, (wechat("5", "0", "交易收款"), wechat("5", "0", "交易收款"))).data()

    first, again = till.taken("a.csv", data), till.taken("b.csv", data)

    assert (classes(first), classes(again)) == ((2, 0, 0, 0, 0), (0, 2, 0, 0, 0))
    assert sum(till.column("settlement_entry", "amount_minor")) == 1000
    assert till.column("store", "name") == ["禾木旗舰店"]

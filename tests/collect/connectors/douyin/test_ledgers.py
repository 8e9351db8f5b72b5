"""The money ledger of Douyin shop: direction, scene, and the parts that an amount is made of."""

from __future__ import annotations

import pytest
from tests.collect.loading.shops import Till, classes

from zhanggui.collect.connectors.douyin.ledgers import LEDGER
from zhanggui.columns import FACTS
from zhanggui.testing import FormatSuite, SampleFile, header_of

HEADER = header_of(
    """
    动账时间,动帐流水号,动账方向,动账金额,动账账户,动账场景,计费类型,子订单号,订单号,售后编号,下单时间,商品ID,商品名称,达人ID,
    达人名称,订单类型,订单实付应结,运费实付,实际平台补贴_运费,实际平台补贴,其他平台补贴,以旧换新抵扣,政府补贴平台垫资,
    实际达人补贴,实际抖音支付补贴,实际抖音月付营销补贴,银行补贴,订单退款,平台服务费,佣金,服务商佣金,渠道分成,招商服务费,
    站外推广费,其他分成,是否免佣,免佣金额,商户主体名称,备注
    """
)
ORDER = "6917926768823643704"
PARTS = [column.held_as for column in FACTS["settlements"].columns if column.name.endswith("_amount")]


def entry(direction: str, amount: str, scene: str, **cells: str) -> dict[str, str]:
    return {
        "动账时间": "2026-10-01 12:00:00",
        "动帐流水号": "\t1",
        "动账方向": direction,
        "动账金额": amount,
        "动账场景": scene,
        "子订单号": f"'{ORDER}",
        "订单号": f"'{ORDER}",
        "下单时间": "2026-09-22 00:54:10",
    } | cells


class TestLedger(FormatSuite):
    layout = LEDGER
    sample = SampleFile(
        HEADER,
        (
            entry("入账", "47.40", "货款结算入账", 订单实付应结="28.90", 实际平台补贴="21.00", 平台服务费="-2.50"),
            entry("出账", "28.90", "退款-结算后退款-退用户", 售后编号="140000000000000001"),
            entry("出账", "500.00", "提现", 订单号="", 子订单号=""),
        ),
    )


def test_direction_decides_the_sign_whatever_the_amount_is_written_as(till: Till) -> None:
    rows = (entry("入账", "47.40", "货款结算入账"), entry("出账", "28.90", "消费者赔付"))

    found = till.taken("a.csv", SampleFile(HEADER, rows).data())

    entries = till.rows("settlement_entry", "category", "amount_minor", "order_id", "line_id")
    assert [tuple(row.values()) for row in entries] == [
        ("compensation", -2890, ORDER, ORDER),
        ("goods", 4740, ORDER, ORDER),
    ]
    # 47.40 - 28.90.
    assert str(found.ledger_total) == "18.50"


@pytest.mark.parametrize(
    ("amount", "cells"),
    [
        ("47.40", {"订单实付应结": "28.90", "实际平台补贴": "21.00", "平台服务费": "-2.50"}),
        # Of subsidies and shares there are several columns each.
        ("10.00", {"订单实付应结": "6", "实际平台补贴_运费": "1", "实际平台补贴": "1", "银行补贴": "2"}),
        ("80.00", {"订单实付应结": "100", "佣金": "-12", "服务商佣金": "-3", "渠道分成": "-2", "招商服务费": "-3"}),
        ("70.00", {"订单实付应结": "100", "订单退款": "-20", "站外推广费": "-4", "其他分成": "-6"}),
    ],
)
def test_the_parts_of_a_settlement_make_its_amount(till: Till, amount: str, cells: dict[str, str]) -> None:
    till.taken("a.csv", SampleFile(HEADER, (entry("入账", amount, "货款结算入账", **cells),)).data())

    [row] = till.rows("settlement_entry")
    assert sum(row[part] or 0 for part in PARTS) == row["amount_minor"]


def test_a_scene_that_nobody_knows_is_said_kept_and_counts_as_unknown(till: Till) -> None:
    found = till.taken("a.csv", SampleFile(HEADER, (entry("出账", "1.00", "没听说过的扣款"),)).data())

    assert [(issue.rule, issue.detail) for issue in found.issues] == [("unknown_word", "没听说过的扣款 × 1")]
    [row] = till.rows("settlement_entry")
    assert (row["category"], row["scene_raw"], row["amount_minor"]) == ("unknown", "没听说过的扣款", -100)
    assert classes(found) == (1, 0, 0, 0, 0)

"""The settled bill of JD (``docs/connectors/jd.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

SETTLED_BILL = Layout(
    format_id="jd.settled_bill",
    title_zh="京东已结算明细",
    title_en="JD settled bill",
    dataset="settlements",
    platform="jd",
    required=("订单编号", "业务单据编号", "结算时间", "结算金额合计", "收入金额合计", "支出金额合计", "商户订单号"),
    columns=carried_by(
        entry_id="商户订单号",
        booked_at="结算时间",
        amount="结算金额合计",
        goods_amount="收入金额合计",
        other_fee_amount="支出金额合计",
        wallet="钱包账户",
        order_id="订单编号",
        ordered_at="下单时间",
        product_id="商品编号",
        product_title="商品名称",
        note="资金动账备注",
    ),
    constants=MappingProxyType({"settlement_category": "goods"}),
    certainty="B: read field by field by one published connector; the header stands in the second row",
    amounts="""\
One row per order and product, settled as a whole: 结算金额合计 = 收入金额合计 + 支出金额合计 (negative). What the
expenses are for does not stand here; they count as other deductions.""",
)

FORMATS = (SETTLED_BILL,)

"""The settled bill of JD (``docs/connectors/jd.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

_WORDS = MappingProxyType(
    {
        "商家结算款": "goods",
        "售后退款扣款": "refund",
        "佣金退还": "commission",
        "平台补贴收回": "subsidy",
        "运费保险服务费": "insurance",
        "履约违约赔付": "compensation",
        "京准通充值": "ad_fee",
        "提现": "withdrawal",
    }
)

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
        refund_id="业务单据编号",
        ordered_at="下单时间",
        product_id="商品编号",
        product_title="商品名称",
        note="资金动账备注",
    ),
    extracted=MappingProxyType({"settlement_category": (("资金动账备注", r"^(?:\d+年\d+月\d+日)?(?P<v>.+)$"),)}),
    words=MappingProxyType({"settlement_category": _WORDS}),
    certainty="""\
B: read field by field by one published connector; the header stands in the second row. Of the words of 资金动账备注
only 商家结算款 is attested, the others are trade knowledge""",
    amounts="""\
One row per order and product, settled as a whole: 结算金额合计 = 收入金额合计 + 支出金额合计 (negative). What the
expenses of a settlement are for does not stand here; they count as other deductions. The category comes from the words
of 资金动账备注 behind the date. 业务单据编号 is the order's own number, or that of the after-sale case that a row is
about.""",
)

FORMATS = (SETTLED_BILL,)

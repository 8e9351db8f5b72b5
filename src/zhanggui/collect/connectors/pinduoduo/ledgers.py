"""The money ledger of Pinduoduo (``docs/connectors/pinduoduo.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, carried_by

BILL = Layout(
    format_id="pinduoduo.bill",
    title_zh="拼多多账务明细",
    title_en="Pinduoduo ledger",
    dataset="settlements",
    platform="pinduoduo",
    required=("商户订单号", "发生时间", "收入金额（+元）", "支出金额（-元）", "账务类型", "业务描述"),
    columns=carried_by(
        booked_at="发生时间",
        amount="收入金额（+元）",
        scene=("业务描述",),
        settlement_category="账务类型",
        order_id="商户订单号",
        note="备注",
    ),
    subtracted=MappingProxyType({"amount": ("支出金额（-元）",)}),
    words=MappingProxyType(
        {
            "settlement_category": {
                "交易收入": "goods",
                "退款": "refund",
                "技术服务费": "service_fee",
                "优惠券结算": "subsidy",
                "多多进宝": "creator_commission",
                "扣款": "compensation",
                "运费险": "insurance",
                "保证金": "deposit",
                "提现": "withdrawal",
                "转账": "other",
                "其他": "other",
            }
        }
    ),
    certainty="B: two parsers; the header stands below four lines; not every word of 账务类型 is known",
    amounts="Amount = income less the size of expense, which the file writes as a negative number.",
)

FORMATS = (BILL,)

"""The money ledger of Douyin shop (``docs/connectors/douyin.md``)."""

from __future__ import annotations

from types import MappingProxyType

from zhanggui.collect.mapping.layout import Layout, RowTest, carried_by

LEDGER = Layout(
    format_id="douyin.ledger",
    title_zh="抖店动账明细",
    title_en="Douyin shop ledger",
    dataset="settlements",
    platform="douyin",
    required=("动账时间", "动帐流水号", "动账方向", "动账金额", "动账场景", "子订单号", "订单号", "订单实付应结"),
    columns=carried_by(
        entry_id="动帐流水号",
        booked_at="动账时间",
        amount="动账金额",
        wallet="动账账户",
        scene="动账场景",
        settlement_category="动账场景",
        order_id="订单号",
        line_id="子订单号",
        refund_id="售后编号",
        goods_amount="订单实付应结",
        shipping_amount="运费实付",
        platform_subsidy_amount="实际平台补贴",
        creator_subsidy_amount="实际达人补贴",
        payment_subsidy_amount="实际抖音支付补贴",
        refunded_amount="订单退款",
        service_fee_amount="平台服务费",
        creator_commission_amount="佣金",
        channel_fee_amount="渠道分成",
        promotion_fee_amount="站外推广费",
        other_fee_amount="其他分成",
        ordered_at="下单时间",
        product_id="商品ID",
        product_title="商品名称",
        creator_id="达人ID",
        creator_name="达人名称",
        note="备注",
    ),
    added=MappingProxyType(
        {
            "platform_subsidy_amount": (*("实际平台补贴_运费", "其他平台补贴", "以旧换新抵扣", "政府补贴平台垫资"),),
            "payment_subsidy_amount": ("实际抖音月付营销补贴", "银行补贴"),
            "channel_fee_amount": ("服务商佣金", "招商服务费"),
        }
    ),
    negative_when=MappingProxyType({"amount": RowTest("动账方向", is_one_of=("出账",))}),
    words=MappingProxyType(
        {
            "settlement_category": {
                "货款结算入账": "goods",
                "退款-结算后退款-退用户": "refund",
                "退款-订单退款触发-退分账": "commission",
                "退款-订单退款触发-分账": "commission",
                "退款-订单退款触发-退补贴": "subsidy",
                "退款-订单退款触发-退分账/分账/退补贴": "other",
                "退换货运费险": "insurance",
                "消费者赔付": "compensation",
                "提现": "withdrawal",
            }
        }
    ),
    certainty="A: 39 names; of the scenes only those listed are known",
    amounts="""\
Amount = 动账金额, negative when the direction is 出账. A settlement says of which parts its amount is made: what the
buyer paid, subsidies by bearer, fees and commissions (negative), each kept in a column of its own.""",
)

FORMATS = (LEDGER,)

"""Money of order lines: from list price to what is due, what goes back, and what each line costs."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY
from zhanggui.metrics.model import Chain, Condition, Evidence, Good, Sum, Unit

CHAIN = Chain.FINANCE

COST_KNOWN = Condition("cost_known", "=", True)


def line_sum(
    name: str,
    label_zh: str,
    label_en: str,
    column: str,
    definition_zh: str,
    definition_en: str,
    *,
    rules: tuple[str, ...],
    good: Good = "down",
    ids: tuple[str, ...] = ("M-FIN-03",),
    where: tuple[Condition, ...] = (IS_ORDINARY,),
    formula: str | None = None,
    evidence: Evidence = Evidence.COUNTED,
) -> Sum:
    """Return a sum over lines of paid orders, on the day of payment."""
    return Sum(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=Unit.MONEY,
        good=good,
        definition_zh=f"{definition_zh}记在付款日；刷单与测试单不计。",
        definition_en=f"{definition_en} On the day of payment; brushing and test orders stay out.",
        formula=formula or f"Σ line_profit.{column}",
        chain=CHAIN,
        catalogue_ids=ids,
        owner_zh="财务",
        owner_en="finance",
        evidence=evidence,
        rules=("basis", *rules),
        table="line_profit",
        date="paid_date",
        value=column,
        where=where,
    )


list_amount = line_sum(
    "list_amount",
    "标价金额",
    "List amount",
    "list_minor",
    "已付款订单优惠前的金额。",
    "Amount of paid orders before any discount.",
    rules=("receivable", "discount_bearer"),
    good="none",
    ids=("M-FIN-01",),
)
merchant_discount = line_sum(
    "merchant_discount",
    "商家承担优惠",
    "Merchant discount",
    "merchant_discount_minor",
    "文件写明由商家承担的优惠。",
    "Discounts that files say the merchant bears.",
    rules=("discount_bearer",),
    ids=("M-FIN-01", "M-FIN-03"),
)
unknown_discount = line_sum(
    "unknown_discount",
    "承担方未知的优惠",
    "Discount of unknown bearer",
    "unknown_discount_minor",
    "标价高于商家应收、没有文件写明由谁承担的部分；商家没有收到它。",
    "What the list price exceeds the receivable by and no file explains; the merchant did not receive it.",
    rules=("discount_bearer",),
    ids=("M-FIN-01", "M-FIN-03"),
)
receivable = line_sum(
    "receivable",
    "商家应收",
    "Receivable",
    "receivable_minor",
    "商家应得的金额：买家实付加平台、达人、支付渠道承担的优惠，退款与费用未扣。利润从这里算起。",
    "What the merchant is due: paid by buyers plus discounts that platform, creator and payment channel bear, before "
    "refunds and fees. Profit starts here.",
    rules=("receivable", "discount_bearer"),
    good="up",
    ids=("M-FIN-01", "M-FIN-02"),
)
platform_subsidy = line_sum(
    "platform_subsidy",
    "平台承担优惠",
    "Platform subsidy",
    "platform_discount_minor",
    "文件写明由平台承担的优惠，是商家应收的一部分。",
    "Discounts that files say the platform bears; part of the receivable.",
    rules=("discount_bearer",),
    good="none",
    ids=("M-FIN-01",),
)
creator_subsidy = line_sum(
    "creator_subsidy",
    "达人承担优惠",
    "Creator subsidy",
    "creator_discount_minor",
    "文件写明由达人承担的优惠，是商家应收的一部分。",
    "Discounts that files say a creator bears; part of the receivable.",
    rules=("discount_bearer",),
    good="none",
    ids=("M-FIN-01",),
)
payment_subsidy = line_sum(
    "payment_subsidy",
    "支付渠道承担优惠",
    "Payment subsidy",
    "payment_discount_minor",
    "文件写明由支付渠道承担的优惠，是商家应收的一部分。",
    "Discounts that files say the payment channel bears; part of the receivable.",
    rules=("discount_bearer",),
    good="none",
    ids=("M-FIN-01",),
)
unknown_subsidy = line_sum(
    "unknown_subsidy",
    "承担方未知的补贴",
    "Subsidy of unknown bearer",
    "unknown_borne_minor",
    "商家应收超出买家实付、没有文件写明由谁承担的部分。",
    "What the receivable exceeds the paid amount by without any file naming who bears it.",
    rules=("discount_bearer",),
    good="none",
    ids=("M-FIN-01",),
)
refunded = line_sum(
    "refunded",
    "退款（利润表）",
    "Refunds (profit statement)",
    "refunded_minor",
    "已付款订单成功退款的金额，归到原订单的付款日。",
    "Refunds of paid orders that succeeded, on the day their order was paid.",
    rules=("refund",),
    ids=("M-FIN-01", "M-FIN-03"),
)
refunded_before_shipping = line_sum(
    "refunded_before_shipping",
    "发货前退款",
    "Refunded before shipping",
    "refunded_before_shipping_minor",
    "退款中货还没有发出的部分，不产生商品成本与运费。",
    "Refunds while the goods had not left: they cost neither goods nor freight.",
    rules=("refund", "shipped"),
)
refunded_only = line_sum(
    "refunded_only",
    "发货后仅退款",
    "Refunded without return",
    "refunded_only_minor",
    "发货后只退钱不退货的部分，商品成本全额保留。",
    "Refunds after shipping without any goods coming back: all costs stay.",
    rules=("refund", "returned_goods"),
)
refunded_with_return = line_sum(
    "refunded_with_return",
    "退货退款",
    "Refunded with return",
    "refunded_with_return_minor",
    "退货退款的部分；仓库收到可再售的货才转回成本。",
    "Refunds with a return; the cost comes back with the warehouse's receipt of goods that can be sold.",
    rules=("refund", "returned_goods"),
)
subsidy_back = line_sum(
    "subsidy_back",
    "退回的他方优惠",
    "Subsidies taken back",
    "borne_back_minor",
    "退款时平台、达人、支付渠道收回的优惠。",
    "What platform, creator and payment channel take back with refunds.",
    rules=("borne_back",),
)
goods_cost = line_sum(
    "goods_cost",
    "商品成本",
    "Cost of goods",
    "goods_cost_minor",
    "已发出商品的成本，含赠品、换货与补发，减去退回可再售的。成本未知的行不计，占比见“成本未知占比”。",
    "Cost of goods that left, gifts, exchanges and parcels sent again included, less what came back and can be sold. "
    "Lines of unknown cost add none; cost_unknown_share says how much they are.",
    rules=("goods_cost", "shipped", "returned_goods", "sent_again", "gifts"),
)
goods_back = line_sum(
    "goods_back",
    "退回入库的商品成本",
    "Cost of goods taken back",
    "goods_back_minor",
    "退回仓库、可再售的商品的成本，已从商品成本中扣除。",
    "Cost of goods that came back and can be sold, deducted from the cost of goods already.",
    rules=("returned_goods",),
    good="none",
)
freight_out = line_sum(
    "freight_out",
    "去程运费",
    "Freight out",
    "freight_minor",
    "发货的运费支出。",
    "What sending parcels cost.",
    rules=("freight",),
)
freight_back = line_sum(
    "freight_back",
    "退货运费",
    "Return freight",
    "return_freight_minor",
    "商家承担的退货运费。",
    "Freight of returns that the merchant bears.",
    rules=("freight",),
)
packaging_cost = line_sum(
    "packaging_cost",
    "包材",
    "Packaging",
    "packaging_minor",
    "订单的包材费用。",
    "Packaging of orders.",
    rules=("freight",),
)
commission_cost = line_sum(
    "commission_cost",
    "平台佣金",
    "Platform commission",
    "commission_minor",
    "平台账单已入账的佣金，冲回已扣除。",
    "Commission that the platform's ledger has booked, reversals deducted.",
    rules=("fees", "allocation"),
)
service_fee_cost = line_sum(
    "service_fee_cost",
    "平台服务费",
    "Platform service fees",
    "service_fee_minor",
    "账单已入账的技术服务费、支付手续费，以及账单没有分项的扣款，冲回已扣除。",
    "Service and payment fees that ledgers have booked, and deductions that they do not break down, reversals "
    "deducted.",
    rules=("fees", "allocation"),
)
creator_commission_cost = line_sum(
    "creator_commission_cost",
    "达人佣金",
    "Creators' commission",
    "creator_commission_minor",
    "账单已入账的达人、机构与推客佣金，冲回已扣除。",
    "Commission of creators and agencies that ledgers have booked, reversals deducted.",
    rules=("fees", "allocation"),
)
insurance_cost = line_sum(
    "insurance_cost",
    "运费险",
    "Return insurance",
    "insurance_minor",
    "运费险保费，退不退货都是成本。",
    "Premium of return insurance, a cost whether or not the order is returned.",
    rules=("fees",),
)
penalty_cost = line_sum(
    "penalty_cost",
    "赔付与罚款",
    "Penalties",
    "penalty_minor",
    "账单已入账的赔付与罚款。",
    "Compensation and penalties that ledgers have booked.",
    rules=("fees",),
)
order_promotion_cost = line_sum(
    "order_promotion_cost",
    "订单推广费",
    "Promotion fees of orders",
    "ad_spend_minor",
    "账单记在订单上的推广费，如按成交付费的推广；广告报表的花费见“广告费”。",
    "Promotion fees that ledgers book on orders, such as ads paid by sale; spend of reports is ad_spend.",
    rules=("fees",),
)
order_tax = line_sum(
    "order_tax",
    "税",
    "Tax",
    "tax_minor",
    "写明订单的税费；不按税率推算。",
    "Taxes entered for an order; none is worked out from a rate.",
    rules=("tax",),
)
other_order_cost = line_sum(
    "other_order_cost",
    "订单其他费用",
    "Other costs of orders",
    "other_cost_minor",
    "写明订单的其他费用。",
    "Other costs that name an order.",
    rules=("fees", "cost_of_period"),
)
order_contribution = line_sum(
    "order_contribution",
    "订单贡献利润",
    "Contribution of orders",
    "contribution_minor",
    "商家应收减去退款、退回的优惠、商品成本、运费、包材、平台费用、保险、赔付和税，广告费等不属于订单的不减。成本未知的行没有利润，不当作零成本。",
    "The receivable less refunds and subsidies that go back, goods, freight, packaging, platform fees, insurance, "
    "penalties and tax; advertising and other amounts of no order are not deducted. A line of unknown cost has none: "
    "unknown is never zero.",
    rules=("receivable", "refund", "borne_back", "goods_cost", "freight", "fees", "allocation", "tax"),
    good="up",
    ids=("M-FIN-04",),
)
marked_order_cost = line_sum(
    "marked_order_cost",
    "刷单与测试单的收支",
    "Result of brushing and test orders",
    "contribution_minor",
    "刷单与测试单的快递与平台收费（负数）；货款不是收入。此项单列：",
    "Parcels and platform charges of brushing and test orders, below zero; their money is no income. It stands apart.",
    rules=("brushing",),
    good="up",
    ids=("M-FIN-04",),
    where=(Condition("order_kind", "!=", "ordinary"),),
)

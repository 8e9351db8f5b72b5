"""By which rules profit is computed, as data: shown on cards and in the documentation, and read by the projection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zhanggui.i18n import Text

RULES_VERSION = "2"
"""Raised with every change of a rule: all rows are then made anew."""


@dataclass(frozen=True, slots=True)
class ProfitRule:
    """One rule of profit.

    Attributes
    ----------
    name : str
        A short name; rows of ``profit_entry`` name the rule by which they stand there.
    label : Text
        What a shopkeeper calls it.
    text : Text
        The rule in a sentence or two that a merchant can check.
    """

    name: str
    label: Text
    text: Text


_RULES = (
    ProfitRule(
        "basis",
        Text.of("口径", "Basis"),
        Text.of(
            "付款口径：一张订单的收入、退款、成本和费用都记在它的付款日；不属于任何订单的，记在发生日。",
            "Payment basis: all that an order brings, gives back and costs stands on the day it was paid; what belongs "
            "to no order stands on its own day.",
        ),
    ),
    ProfitRule(
        "receivable",
        Text.of("商家应收", "Receivable"),
        Text.of(
            "利润从商家应收算起：文件写明的商家应收；没有写明时，取买家实付加平台、达人、支付渠道承担的优惠。",
            "Profit starts at what the merchant is due: as the file states it, else what the buyer paid plus the "
            "discounts that platform, creator and payment channel bear.",
        ),
    ),
    ProfitRule(
        "discount_bearer",
        Text.of("优惠承担方", "Who bears a discount"),
        Text.of(
            "优惠由谁承担只看文件或结算，不看优惠券名称；没有文件写明的单列为“承担方未知”，商家没有收到的按商家让利计。",
            "Who bears a discount is taken from the file or the settlement, never from a coupon's name; where nothing "
            "says it, it is a line of its own, and what the merchant did not receive is the merchant's.",
        ),
    ),
    ProfitRule(
        "allocation",
        Text.of("分摊", "Sharing out"),
        Text.of(
            "订单级的金额按各行商家应收用最大余数法分到各行，分毫不差；赠品行没有应收，不分摊。写明了行的只记在那一行。",
            "Amounts of a whole order are shared among its lines by what is due for each, by largest remainder, so "
            "that the lines sum to the order; gifts, for which nothing is due, take none. What names a line stands on "
            "that line.",
        ),
    ),
    ProfitRule(
        "refund",
        Text.of("退款", "Refunds"),
        Text.of(
            "只减已成功的退款。没有写明类型时不归入任何一类，金额照减。",
            "Only refunds that succeeded are deducted. One whose kind no file states is deducted and put into no kind.",
        ),
    ),
    ProfitRule(
        "borne_back",
        Text.of("优惠退回", "Discounts that go back"),
        Text.of(
            "他方承担的优惠按退款占实付的比例退回给承担方，整单退则全部退回，尾数舍去。",
            "Discounts that others bear go back to them in the proportion in which the paid amount goes back, all of "
            "it with the whole order; fractions are dropped.",
        ),
    ),
    ProfitRule(
        "goods_cost",
        Text.of("商品成本", "Goods"),
        Text.of(
            "货发出才有成本，按下单日有效的单位成本：先按商品对照表换算成自己的商品（组合装逐件相加），再取成本表；没有时依次"
            "取订单文件写明的成本、商品资料的成本、ERP 订单的成本。都没有就是成本未知：这一行没有利润，不当作零。"
            "没有任何文件列出明细的订单，按出库流水计；没有流水也是成本未知。",
            "Goods cost something once they have left, at the unit cost valid on the day of the order: found through "
            "the SKU map (parts of a bundle added up) in the list of costs; failing that, the cost that the order file "
            "states, the product file, the ERP's order. Where none is found the cost is unknown and the line has no "
            "profit; unknown is never zero. Of an order whose lines no file lists, what stock movements sent counts; "
            "without any its cost is unknown.",
        ),
    ),
    ProfitRule(
        "shipped",
        Text.of("是否发出", "Whether goods left"),
        Text.of(
            "有发货时间、物流单、销售出库流水，或状态为已发货及以后的订单算已发出；发货前整行退掉的不算。"
            "以上都没有、文件也没写状态的订单，不知道是否发出，商品成本未知。",
            "An order has left when it has a shipping time, a parcel, a stock movement of its sale, or a status of "
            "shipped or beyond; lines given back in full before shipping have not. Of an order without any of these "
            "and without a status nobody knows, and its goods cost is unknown.",
        ),
    ),
    ProfitRule(
        "returned_goods",
        Text.of("退回的货", "Goods that come back"),
        Text.of(
            "退货退款：仓库退货入库流水到了才转回成本，入库后按该订单报损的不转回，没有入库的不转回。仅退款：货已损失，成本全留。",
            "Return and refund: the cost comes back with the warehouse's receipt, and only then; what is written off "
            "for the same order, or never arrives, stays a cost. Refund only: the goods are lost, all of their cost "
            "stays.",
        ),
    ),
    ProfitRule(
        "sent_again",
        Text.of("换货与补发", "Exchanges and goods sent again"),
        Text.of(
            "换货、补发再计一次商品成本，没有收入：按出库流水超出订单数量的部分；订单没有任何出库流水时按售后单的数量。",
            "An exchange or a parcel sent again costs the goods once more and brings nothing: what stock movements "
            "sent beyond the order, or the quantity of the case where no movement names the order.",
        ),
    ),
    ProfitRule(
        "gifts",
        Text.of("赠品", "Gifts"),
        Text.of(
            "赠品的成本随带来它的订单；平台报表没有列出的赠品，按出库流水上该订单多出的货计入。",
            "What a gift costs stands with the order that earned it; gifts that a platform's report leaves out are "
            "found as goods that stock movements sent for the order and no line of it holds.",
        ),
    ),
    ProfitRule(
        "freight",
        Text.of("运费与包材", "Freight and packaging"),
        Text.of(
            "去程运费、包材取物流单，没有物流单时取 ERP 订单的支出运费；商家承担的退货运费取退货物流单。",
            "Freight out and packaging come from the parcels, without any from the ERP's order; freight back that the "
            "merchant bears from the parcels of returns.",
        ),
    ),
    ProfitRule(
        "fees",
        Text.of("平台费用", "Platform fees"),
        Text.of(
            "佣金、服务费、达人佣金、保险、赔付只按平台账单入账，冲回也只按账单；账单写明分项的按分项，京东等只给支出合计的记为平台服务费。"
            "账单从不入账保险或赔付的店铺，取物流单上写明的运费险和赔付。",
            "Commission, service fees, creators' commission, insurance and penalties count as the platform's ledger "
            "books them, and reverse only as it says. Where a ledger states parts, the parts count; a total of "
            "deductions that it does not break down (JD) counts as service fee. In a store whose ledger never books "
            "insurance or penalties, those that parcels state count.",
        ),
    ),
    ProfitRule(
        "expected_fees",
        Text.of("待结算费用（估算）", "Fees still to come (estimated)"),
        Text.of(
            "还没结算的订单，费用按本店已结算订单的实际费率估算，单列并标注“估算”，不计入利润；本店没有结算过就不估。",
            "For orders that are not settled, fees are estimated at the store's own rate over its settled orders, "
            "shown apart and marked as estimated, in no profit; a store without any settled order has no estimate.",
        ),
    ),
    ProfitRule(
        "ads_by_report",
        Text.of("广告费", "Advertising"),
        Text.of(
            "广告费按日取报表花费，不摊到订单；同一广告系统的几种报表口径不相加，每店每日取花费最全的一种，花费相同取带商品的。"
            "报表里的商品按商品ID、再按同店唯一的标题对应。",
            "Advertising counts by day as the reports state it and is shared among no orders. Reports of one "
            "advertising system are never added: of each store and day the one with the largest spend counts, of "
            "equals the one that names products. Its products are found by their id, else by a title that one "
            "product of the store alone has.",
        ),
    ),
    ProfitRule(
        "ads_of_live",
        Text.of("直播投流", "Pushes of live sessions"),
        Text.of(
            "直播场次登记的投流消耗记为广告费；当日有全域推广报表的店铺以报表为准，不重复计。",
            "What live sessions spent on pushes counts as advertising, except on days for which the store has the "
            "platform's own report of them.",
        ),
    ),
    ProfitRule(
        "ads_by_ledger",
        Text.of("账单中的广告费", "Advertising in the ledger"),
        Text.of(
            "账单里不属于订单的推广扣款，只在当月没有任何广告报表的店铺计为广告费，否则视为充值，不重复计。",
            "Advertising fees in a ledger that name no order count only in months for which the store has no "
            "advertising report; else they fill the account that the reports spend from.",
        ),
    ),
    ProfitRule(
        "slot_fee",
        Text.of("坑位费", "Slot fees"),
        Text.of(
            "坑位费记在直播场次当日；店铺的场次都没有写明时，合作单的坑位费平摊到该达人有效期内的场次，没有场次的记在生效日。",
            "Slot fees stand on the day of the session; in a store whose sessions state none, the fee of an agreement "
            "is spread over its creator's sessions while it is valid, or stands on its first day without any.",
        ),
    ),
    ProfitRule(
        "content",
        Text.of("内容费用", "Content"),
        Text.of(
            "种草内容的花费按内容报表记在发生日；商品按商家编码对应。",
            "What notes and other content cost stands on its day as the report of content states it; its product is "
            "found by the seller's own code.",
        ),
    ),
    ProfitRule(
        "sample",
        Text.of("寄样", "Samples"),
        Text.of("样品成本记在合作单生效日。", "The cost of samples stands on the day their agreement begins."),
    ),
    ProfitRule(
        "forfeited_deposit",
        Text.of("没收的定金", "Forfeited deposits"),
        Text.of(
            "没有付尾款的订单，平台结给商家的定金单列为收入，记在下单日。",
            "What the platform pays out for orders that were never fully paid is income of its own, on the day of the "
            "order.",
        ),
    ),
    ProfitRule(
        "unmatched_settlement",
        Text.of("未匹配的账单费用", "Fees that match no order"),
        Text.of(
            "账单里的费用找不到已付款订单时单列，记在入账日；货款、退款、补贴、提现不是费用，由对账处理。",
            "Fees of a ledger for which no paid order is found are a line of their own on the day they were booked; "
            "goods, refunds, subsidies and withdrawals are no fees and are reconciliation's matter.",
        ),
    ),
    ProfitRule(
        "cost_of_period",
        Text.of("按期费用", "Costs of a period"),
        Text.of(
            "写明订单的费用记在订单；其余按所写方式分摊到店铺与日：按订单数、件数或支付金额；写“不分摊”的留在所属店铺或公司，"
            "平摊到期间各日。人工和房租是固定费用，不计入贡献利润。",
            "A cost that names an order stands with it; others are shared among stores and days as they state: by "
            "orders, units or paid amount; with none they stay with their store or the company, spread over the days "
            "of their period. Labour and rent are fixed costs and no part of contribution profit.",
        ),
    ),
    ProfitRule(
        "tax",
        Text.of("税", "Tax"),
        Text.of(
            "税按导入的费用计（费用类型“税费”）：写明订单的记在订单，其余按期单列；不按税率推算，没有导入就没有税。",
            "Tax counts as imported costs of the kind tax state it: with the order that they name, else as a line of "
            "their period. None is worked out from a rate, and without such costs there is none.",
        ),
    ),
    ProfitRule(
        "brushing",
        Text.of("刷单与测试单", "Brushing and test orders"),
        Text.of(
            "刷单与测试单单列：货款不是收入，只计快递和平台收费；法律与税务风险自负。",
            "Brushing and test orders stand apart: their money is no income, only parcels and platform charges count. "
            "Brushing is unlawful and its payments carry tax risks.",
        ),
    ),
)

PROFIT_RULES: Mapping[str, ProfitRule] = MappingProxyType({rule.name: rule for rule in _RULES})
"""Every rule by name, in the order of the statement."""

FEE_OF_CATEGORY: Mapping[str, str] = MappingProxyType(
    {
        "commission": "commission_minor",
        "service_fee": "service_fee_minor",
        "creator_commission": "creator_commission_minor",
        "insurance": "insurance_minor",
        "compensation": "penalty_minor",
        "ad_fee": "ad_spend_minor",
        "freight": "freight_minor",
        "other": "other_cost_minor",
        "unknown": "other_cost_minor",
    }
)
"""Account of a ledger line by its category, for lines that state no parts. Categories that are missing are no fees."""

FEE_OF_PART: Mapping[str, str] = MappingProxyType(
    {
        "commission_minor": "commission_minor",
        "service_fee_minor": "service_fee_minor",
        "creator_commission_minor": "creator_commission_minor",
        "channel_fee_minor": "creator_commission_minor",
        "promotion_fee_minor": "ad_spend_minor",
    }
)
"""Account of each part of a ledger line that states parts."""

UNNAMED_DEDUCTIONS = "service_fee_minor"
"""Account of the deductions of a sale that a ledger states as one total."""

NO_ORDER_NO_FEE = ("other", "unknown", "ad_fee")
"""Categories whose lines without an order are no fees of their own: transfers, and payments into an ad account."""

ACCOUNT_OF_COST: Mapping[str, str] = MappingProxyType(
    {
        "freight": "freight",
        "packaging": "packaging",
        "insurance": "insurance",
        "tax": "tax",
        "brushing": "brushing",
        "creator_slot": "slot_fee",
        "sample": "sample",
        "content": "content",
        "labour": "fixed_cost",
        "rent": "fixed_cost",
    }
)
"""Account of a cost of a period by its kind; others are ``other_cost``."""

COLUMN_OF_COST: Mapping[str, str] = MappingProxyType(
    {
        "freight": "freight_minor",
        "packaging": "packaging_minor",
        "insurance": "insurance_minor",
        "tax": "tax_minor",
    }
)
"""Column of a cost that names an order, by its kind; others are ``other_cost_minor``."""

AD_SYSTEM: Mapping[str, str] = MappingProxyType(
    {
        "qianchuan.standard": "qianchuan.standard",
        "qianchuan.creatives": "qianchuan.standard",
        "qianchuan.full_domain_live": "live",
    }
)
"""Whose money a report's spend is. Other scopes belong to what stands before their first point."""

AD_PRODUCT_WORDS = ("商品", "单品", "宝贝")
"""What reports call a product among the things that they are about."""

LIVE_PUSHES = "live"
"""The system of pushes of live sessions, which sessions state themselves where no report does."""

NO_GOODS = ("shipping", "fee", "discount")
"""Kinds of lines that hold no goods."""

GONE_STATUS = ("partially_shipped", "shipped", "delivered", "completed")
"""Order states in which goods have left."""

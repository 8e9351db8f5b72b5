"""Every rule by which money reaches an order, a store and a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostRule:
    """One rule of the accounts.

    Attributes
    ----------
    name : str
        A short name.
    zh, en : str
        The rule in Chinese and English.
    """

    name: str
    zh: str
    en: str


COST_RULES: tuple[CostRule, ...] = (
    CostRule(
        "revenue",
        "收入取商家应收：买家实付加平台与达人承担的优惠，记在付款日。",
        "Revenue is what the shop is owed: what buyers paid plus the discounts that platform and creator "
        "bear, on the day of payment.",
    ),
    CostRule(
        "refund",
        "退款冲减收入；平台与达人承担的优惠按退款占实付的比例退回。",
        "Refunds take from revenue; borne discounts go back in proportion to what was paid.",
    ),
    CostRule(
        "discount",
        "整单优惠按各行金额以最大余数法分摊到分。",
        "Discounts of an order are shared among its lines by their amounts, by largest remainder, in whole fen.",
    ),
    CostRule(
        "goods",
        "商品成本按下单日的采购价，在发货时确认；退回且可二次销售的才转回。",
        "Goods cost what they cost on the day of the order, booked when they leave; the cost comes back "
        "only with returns that can be sold again.",
    ),
    CostRule(
        "refund_before_shipping",
        "发货前退款不产生商品成本与运费。",
        "A refund before shipping costs neither goods nor freight.",
    ),
    CostRule(
        "refund_only",
        "发货后仅退款，商品成本与运费全额保留。",
        "A refund without return keeps all costs.",
    ),
    CostRule(
        "exchange",
        "换货与补发再计一次商品成本，没有收入。",
        "Exchanges and parcels sent again cost the goods once more and bring nothing.",
    ),
    CostRule(
        "freight",
        "去程运费与包材随订单在发货日；卖家承担的退货运费随退款在退回日。",
        "Freight and packaging stand with the order when it leaves; return freight that the shop bears "
        "with the refund when it arrives.",
    ),
    CostRule(
        "fees",
        "佣金、技术服务费、达人佣金、运费险与赔付按平台账单的入账时间随订单，冲回亦随账单。",
        "Commissions, service fees, creators' commissions, insurance and penalties stand with their order"
        " as the platform's ledger books them, reversals too.",
    ),
    CostRule(
        "ads",
        "广告费按日记在店铺与渠道，不摊到订单；直播投流也是广告费。",
        "Ad spend stands with store, channel and day and is not shared among orders; pushes of live sessions are ads.",
    ),
    CostRule(
        "slot_fees",
        "坑位费记在场次当日的店铺直播渠道。",
        "Slot fees stand with the live channel of the store on the day of the session.",
    ),
    CostRule(
        "content",
        "种草笔记费用与裂变奖励按日记在店铺与渠道。",
        "Fees for notes and rewards for friends stand with store, channel and day.",
    ),
    CostRule(
        "gifts",
        "赠品成本随带来它的订单。",
        "A gift's cost stands with the order that earned it.",
    ),
    CostRule(
        "presale",
        "预售以付清尾款之日为付款日；没收的定金单列为收入。",
        "A pre-sale order is paid with its balance; forfeited deposits are income of their own.",
    ),
    CostRule(
        "brushing",
        "刷单与测试单单列：只计其运费与平台收费，本金不算收入。",
        "Brushing and test orders stand apart: only their parcels and fees count, their money is no income.",
    ),
    CostRule(
        "company",
        "不属于任何店铺的费用记在公司名下；房租、工资、软件不在这个世界里。",
        "Costs of no store stand with the company; rent, wages and software are not part of this world.",
    ),
)
"""All of them; the books follow them and nothing else does."""

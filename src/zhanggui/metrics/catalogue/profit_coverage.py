"""Profit of the lines whose cost is known, and what is still to come: the parts that shares and rates divide."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY
from zhanggui.metrics.catalogue.profit_lines import COST_KNOWN, line_sum
from zhanggui.metrics.model import Chain, Condition, Evidence

CHAIN = Chain.FINANCE

expected_fees = line_sum(
    "expected_fees",
    "待结算费用（估算）",
    "Fees still to come (estimated)",
    "expected_fees_minor",
    "还没有结算的订单按本店已结算订单的实际费率估算的佣金、服务费与达人佣金，不含在利润里。",
    "Commission, service fees and creators' commission of orders not settled yet, at the store's own rate over its "
    "settled orders; contained in no profit.",
    rules=("expected_fees",),
    evidence=Evidence.ESTIMATED,
)
receivable_unsettled = line_sum(
    "receivable_unsettled",
    "未结算的商家应收",
    "Receivable not settled",
    "receivable_minor",
    "平台还没有结算的订单的商家应收。",
    "Receivable of orders that the platform has not settled.",
    rules=("expected_fees",),
    where=(IS_ORDINARY, Condition("is_settled", "=", False)),
    formula="Σ line_profit.receivable_minor where not is_settled",
    ids=("M-FIN-02",),
)
receivable_cost_unknown = line_sum(
    "receivable_cost_unknown",
    "成本未知的商家应收",
    "Receivable of unknown cost",
    "receivable_minor",
    "商品成本未知的行的商家应收。",
    "Receivable of lines whose goods have no known cost.",
    rules=("goods_cost",),
    where=(IS_ORDINARY, Condition("cost_known", "=", False)),
    formula="Σ line_profit.receivable_minor where not cost_known",
)
receivable_costed = line_sum(
    "receivable_costed",
    "成本已知的商家应收",
    "Receivable of known cost",
    "receivable_minor",
    "商品成本已知的行的商家应收。",
    "Receivable of lines whose goods have a known cost.",
    rules=("goods_cost",),
    good="up",
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.receivable_minor where cost_known",
)
refunded_costed = line_sum(
    "refunded_costed",
    "成本已知行的退款",
    "Refunds of known cost",
    "refunded_minor",
    "商品成本已知的行的退款。",
    "Refunds of lines whose goods have a known cost.",
    rules=("refund", "goods_cost"),
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.refunded_minor where cost_known",
)
subsidy_back_costed = line_sum(
    "subsidy_back_costed",
    "成本已知行退回的优惠",
    "Subsidies taken back of known cost",
    "borne_back_minor",
    "商品成本已知的行退回的他方优惠。",
    "Subsidies taken back on lines whose goods have a known cost.",
    rules=("borne_back", "goods_cost"),
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.borne_back_minor where cost_known",
)
paid_costed = line_sum(
    "paid_costed",
    "成本已知的支付金额",
    "Paid amount of known cost",
    "paid_minor",
    "商品成本已知的行的买家实付，退款不扣。",
    "What buyers paid for lines whose goods have a known cost, refunds not deducted.",
    rules=("goods_cost",),
    good="up",
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.paid_minor where cost_known",
)
promotion_costed = line_sum(
    "promotion_costed",
    "成本已知行的订单推广费",
    "Promotion fees of known cost",
    "ad_spend_minor",
    "商品成本已知的行上，账单记在订单上的推广费。",
    "Promotion fees that ledgers book on lines whose goods have a known cost.",
    rules=("fees", "goods_cost"),
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.ad_spend_minor where cost_known",
)
expected_fees_costed = line_sum(
    "expected_fees_costed",
    "成本已知行的待结算费用（估算）",
    "Fees still to come of known cost (estimated)",
    "expected_fees_minor",
    "商品成本已知的行的待结算费用。",
    "Fees still to come on lines whose goods have a known cost.",
    rules=("expected_fees", "goods_cost"),
    where=(IS_ORDINARY, COST_KNOWN),
    formula="Σ line_profit.expected_fees_minor where cost_known",
    evidence=Evidence.ESTIMATED,
)

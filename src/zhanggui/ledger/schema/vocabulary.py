"""The closed word lists of the ledger: order status, refund status, line kinds, row classes."""

from __future__ import annotations

ORDER_STATUS = (
    "pending_payment",
    "paid",
    "partially_shipped",
    "shipped",
    "delivered",
    "completed",
    "closed_unpaid",
    "closed_refunded",
    "closed_other",
    "unknown",
)
"""Order status from first to furthest; the position decides ties ("further status wins")."""

PAID_STATUS = frozenset({"paid", "partially_shipped", "shipped", "delivered", "completed", "closed_refunded"})
UNPAID_STATUS = frozenset({"pending_payment", "closed_unpaid"})

REFUND_STATUS = (
    "requested",
    "approved_waiting_return",
    "returning",
    "processing",
    "rejected",
    "closed",
    "succeeded",
    "unknown",
)

REFUND_TYPE = ("refund_only", "return_and_refund", "exchange", "reship", "repair", "price_protection", "cancel")
REFUND_STAGE = ("before_ship", "after_ship", "after_receipt")

LINE_KIND = ("product", "shipping", "stock", "fee", "discount", "gift", "other")
"""Only ``product`` lines count as units sold; every kind keeps its money in its order."""

UNDATED_REASON = ("not_refunded", "no_time_in_file", "time_is_empty", "order_total", "estimated")
"""Why a refund has no day of its own: it has not succeeded; the file has no column for it, or the cell is empty; an
order file states the amount alone, or only that money went back."""

REFUND_BASIS = ("case", "line", "order_total", "estimated")
"""Where a refund row comes from: an after-sale case, a refund line, the order's own refund total; or from an order
file that says that the money went back but not how much: the whole paid amount, until a case says better."""

ORDER_KIND = ("ordinary", "brushing", "test")
"""What an order is: marked ones leave operating metrics and stay in reconciliation and cash."""

PROFIT_EVIDENCE = ("counted", "estimated")

ENTRY_ACCOUNT = (
    "ad_spend",
    "slot_fee",
    "content",
    "sample",
    "forfeited_deposit",
    "unmatched_settlement",
    "freight",
    "packaging",
    "insurance",
    "tax",
    "brushing",
    "other_cost",
    "adjustment",
    "fixed_cost",
)
"""Accounts of what belongs to no order line; all but the last, labour and rent, belong to contribution profit."""

MATCH_RULE = ("refund_id", "line_id", "product_id", "order_id", "order_is_line", "merchant_order", "amount_time")
"""By which key a line of a settlement ledger found its order, best first: the id of its refund case, of its sub-order,
of its order and the only line of its product there, of its order alone; a sub-order id where the order's stands; an
order id of the stock system's that it knows the platform's of; or, for a line that names nothing, the only open order
of its amount within the platform's cycle."""

MATCH_STATE = ("linked", "unmatched", "no_order")

QUIET_CAUSE = ("in_transit", "refund_in_transit", "not_covered", "forfeited_deposit", "rounding")
DIFFERENCE_CAUSE = (
    *QUIET_CAUSE,
    "not_settled",
    "goods_missing",
    "booked_twice",
    "subsidy",
    "refund_not_booked",
    "refund_without_case",
    "fee_missing",
    "fee_off",
    "unknown",
)
"""Why an order and the ledger differ; what time settles, or nobody has to look into, comes first."""

ADJUSTMENT_KIND = ("bad_debt", "correction", "other")

QUALITY_STATUS = ("ok", "warning", "failed")
"""How a check stands: what failed makes every number built on it doubtful; a warning is for a person to look at."""

ROW_CLASS = ("accepted", "duplicate", "superseded", "quarantined", "rejected")

COMPANY = "company"
"""Platform of the one entry that stands for the company itself: what belongs to no store is booked there."""

PLATFORM = (
    "taobao",
    "tmall",
    "jd",
    "pinduoduo",
    "douyin",
    "kuaishou",
    "xiaohongshu",
    "weixin_store",
    "own_site",
    "other",
    COMPANY,
)

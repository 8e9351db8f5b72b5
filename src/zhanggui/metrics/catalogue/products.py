"""Goods: what was sold."""

from __future__ import annotations

from zhanggui.metrics.catalogue.conversion import orders_paid
from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.catalogue.shapes import count, rate
from zhanggui.metrics.model import Chain, Condition, Ratio, Sum, Unit

CHAIN = Chain.PRODUCTS

units_sold = Sum(
    name="units_sold",
    label_zh="销售件数",
    label_en="Units sold",
    unit=Unit.COUNT,
    good="up",
    definition_zh="已付款订单中商品行的件数，记在付款日，不扣退货。运费、赠品、库存与费用行不计；没有明细的订单件数未知，不计入并提示。",
    definition_en=(
        "Units on the product lines of paid orders, on the day of payment, returns not deducted. Postage, gifts, "
        "stock and fee lines do not count; an order without lines has unknown units and stays out, with a warning."
    ),
    formula="Σ order_line.quantity where line_kind = 'product' and the order is ordinary and is_paid",
    chain=CHAIN,
    catalogue_ids=("M-GOODS-01",),
    table="order_line",
    date="paid_date",
    value="quantity",
    where=(IS_PAID, IS_ORDINARY, Condition("line_kind", "=", "product")),
)

returns = count(
    CHAIN,
    "returns",
    "退货笔数（付款口径）",
    "Returns (payment cohort)",
    "退货退款成功的笔数，归到原订单的付款日；仅退款不计入。近期订单的退货尚未走完，会继续增加。",
    "Refunds with a return of the goods that succeeded, on the day their order was paid; refunds without a return are "
    "not in it. Returns of recent orders are still to come.",
    "M-GOODS-12",
    table="refund",
    date="cohort_date",
    where=(
        IS_ORDINARY,
        Condition("refund_type", "=", "return_and_refund"),
        Condition("status", "=", "succeeded"),
    ),
    said=" of ordinary orders where refund_type = return_and_refund and succeeded by cohort_date",
    good="down",
    also=("M-GOODS-07",),
)
return_rate = rate(
    CHAIN,
    "return_rate",
    "退货率（笔数，付款口径）",
    "Return rate (by case, payment cohort)",
    "退货笔数除以支付订单数，两者都归到付款日。按商品拆分时是含该商品的订单里的退货。近期订单的退货尚未走完，比率偏低；"
    "没有写明类型的退款不计入并提示。",
    "Returns divided by paid orders, both on the day of payment; split by product, of the orders with that product. "
    "Too low for recent orders; refunds that state no type are not in it, with a warning.",
    "M-GOODS-07",
    returns,
    orders_paid,
    good="down",
)
reviews = count(
    CHAIN,
    "reviews",
    "评价数",
    "Reviews",
    "当期的评价条数。",
    "Reviews written in the period.",
    "M-GOODS-08",
    table="review",
    date="reviewed_date",
)
positive_reviews = count(
    CHAIN,
    "positive_reviews",
    "好评数",
    "Positive reviews",
    "四星和五星的评价条数。",
    "Reviews of four and five stars.",
    "M-GOODS-08",
    table="review",
    date="reviewed_date",
    where=(Condition("stars", ">=", 4),),
    said=" where stars ≥ 4",
)
positive_review_rate = rate(
    CHAIN,
    "positive_review_rate",
    "好评率",
    "Positive review rate",
    "四星和五星的评价除以全部评价。平台默认好评若出现在文件里也算评价。",
    "Reviews of four and five stars divided by all reviews. Where a file holds a platform's default praise, it counts "
    "as a review.",
    "M-GOODS-08",
    positive_reviews,
    reviews,
)
review_stars = count(
    CHAIN,
    "review_stars",
    "评价星数",
    "Stars given",
    "当期评价的星数之和，平均星数的分子。",
    "Stars of the reviews of the period, added up: what the average divides.",
    "M-CUST-10",
    table="review",
    date="reviewed_date",
    value="stars",
    good="none",
)
average_stars = Ratio(
    name="average_stars",
    label_zh="平均星数",
    label_en="Average stars",
    unit=Unit.COUNT,
    good="up",
    definition_zh="评价星数除以评价数，1 到 5。",
    definition_en="Stars given divided by reviews, from 1 to 5.",
    formula="review_stars ÷ reviews",
    chain=CHAIN,
    catalogue_ids=("M-CUST-10",),
    numerator=review_stars,
    denominator=reviews,
)

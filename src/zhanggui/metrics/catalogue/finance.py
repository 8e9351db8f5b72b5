"""Money: what was ordered, paid, given back and kept."""

from __future__ import annotations

from zhanggui.metrics.model import Chain, Condition, Difference, Ratio, Sum, Unit

CHAIN = Chain.FINANCE

IS_PAID = Condition("is_paid", "=", True)

gmv_created = Sum(
    name="gmv_created",
    label_zh="下单金额",
    label_en="GMV created",
    unit=Unit.MONEY,
    good="up",
    definition_zh="当期创建的订单的金额，无论是否付款；订单金额缺失时取其明细合计。记在下单日。",
    definition_en=(
        "Amount of the orders created in the period, paid or not; the sum of its lines where an order states no "
        "amount. Booked on the day of the order."
    ),
    formula="Σ order_header.created_minor",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="order_header",
    date="created_date",
    value="created_minor",
)

gmv_paid = Sum(
    name="gmv_paid",
    label_zh="支付金额",
    label_en="GMV paid",
    unit=Unit.MONEY,
    good="up",
    definition_zh="买家实际支付的金额，含平台计入的运费，不扣退款。记在付款日；付款状态未知的订单不计入。",
    definition_en=(
        "What buyers paid, postage included where the platform counts it, refunds not deducted. Booked on the day of "
        "payment; orders whose payment is unknown stay out."
    ),
    formula="Σ order_header.paid_minor where is_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="order_header",
    date="paid_date",
    value="paid_minor",
    where=(IS_PAID,),
)

refund_amount = Sum(
    name="refund_amount",
    label_zh="退款金额（付款口径）",
    label_en="Refund amount (payment cohort)",
    unit=Unit.MONEY,
    good="down",
    definition_zh=(
        "退款成功的金额，归到原订单的付款日（付款口径），不是退款完成日；找不到原订单的退款记在退款自己的日期。近期订单的退款尚未走完，会继续增加。"
    ),
    definition_en=(
        "Refunds that succeeded, booked on the day their order was paid (payment cohort), not on the day of the "
        "refund; a refund without an order on its own day. Refunds of recent orders are still to come."
    ),
    formula="Σ refund.refunded_minor by cohort_date",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="refund",
    date="cohort_date",
    value="refunded_minor",
)

net_revenue = Difference(
    name="net_revenue",
    label_zh="净支付金额",
    label_en="Net revenue",
    unit=Unit.MONEY,
    good="up",
    definition_zh="支付金额减去这些付款对应的退款（付款口径）。未扣商品成本、平台费用和广告费，不是利润。",
    definition_en=(
        "Paid amount minus the refunds of those payments (payment cohort). Product cost, platform fees and "
        "advertising are not deducted: it is not profit."
    ),
    formula="gmv_paid − refund_amount",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01", "M-FIN-02"),
    owner_zh="财务",
    owner_en="finance",
    minuend=gmv_paid,
    subtrahend=refund_amount,
)

refund_rate = Ratio(
    name="refund_rate",
    label_zh="退款率（金额，付款口径）",
    label_en="Refund rate (by amount, payment cohort)",
    unit=Unit.RATIO,
    good="down",
    definition_zh="退款金额除以支付金额，两者都归到付款日，先各自合计再相除。近期订单的退款尚未走完，比率偏低。",
    definition_en=(
        "Refund amount divided by paid amount, both on the day of payment and both summed first. Too low for recent "
        "orders, whose refunds are still to come."
    ),
    formula="refund_amount ÷ gmv_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    numerator=refund_amount,
    denominator=gmv_paid,
)

"""Money: what was ordered, paid, given back and kept."""

from __future__ import annotations

from zhanggui.metrics.model import Chain, Condition, Difference, NotNull, Ratio, Sum, Unit

CHAIN = Chain.FINANCE

IS_PAID = Condition("is_paid", "=", True)
IS_ORDINARY = Condition("order_kind", "=", "ordinary")
"""Orders that the company's list marks as brushing or tests are in no operating figure; cash keeps them."""

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
    formula="Σ order_header.created_minor of ordinary orders",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="order_header",
    date="created_date",
    value="created_minor",
    where=(IS_ORDINARY,),
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
    formula="Σ order_header.paid_minor of ordinary orders where is_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="order_header",
    date="paid_date",
    value="paid_minor",
    where=(IS_PAID, IS_ORDINARY),
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
    formula="Σ refund.refunded_minor of ordinary orders by cohort_date",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    table="refund",
    date="cohort_date",
    value="refunded_minor",
    where=(IS_ORDINARY,),
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

refund_amount_completed = Sum(
    name="refund_amount_completed",
    label_zh="退款金额（退款完成口径）",
    label_en="Refund amount (day of success)",
    unit=Unit.MONEY,
    good="down",
    definition_zh="退款成功的金额，记在退款完成日，是财务的口径。没有退款时间的文件得不出这个数。",
    definition_en=(
        "Refunds that succeeded, on the day they succeeded, as finance books them. Files without refund times give no "
        "such number."
    ),
    formula="Σ refund.refunded_minor of ordinary orders by refunded_date",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01", "M-FIN-02"),
    owner_zh="财务",
    owner_en="finance",
    table="refund",
    date="refunded_date",
    value="refunded_minor",
    where=(IS_ORDINARY,),
)

net_revenue_completed = Difference(
    name="net_revenue_completed",
    label_zh="净支付金额（退款完成口径）",
    label_en="Net revenue (refunds by day of success)",
    unit=Unit.MONEY,
    good="up",
    definition_zh="当期支付金额减当期完成的退款，无论退的是哪天的订单。",
    definition_en="What was paid in the period less the refunds that succeeded in it, whenever their orders were paid.",
    formula="gmv_paid − refund_amount_completed",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01", "M-FIN-02"),
    owner_zh="财务",
    owner_en="finance",
    minuend=gmv_paid,
    subtrahend=refund_amount_completed,
)

refund_rate_completed = Ratio(
    name="refund_rate_completed",
    label_zh="退款率（金额，退款完成口径）",
    label_en="Refund rate (by amount, day of success)",
    unit=Unit.RATIO,
    good="down",
    definition_zh="当期完成的退款除以当期支付金额；两者不是同一批订单。",
    definition_en="Refunds that succeeded in the period divided by what was paid in it: they are of different orders.",
    formula="refund_amount_completed ÷ gmv_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="财务",
    owner_en="finance",
    numerator=refund_amount_completed,
    denominator=gmv_paid,
)

gmv_unpaid = Sum(
    name="gmv_unpaid",
    label_zh="未付款订单金额",
    label_en="GMV not paid",
    unit=Unit.MONEY,
    good="down",
    definition_zh="当期创建、至今没有付款的订单的金额，含等待付款与未付款关闭。记在下单日；付款状态未知的订单不计入。",
    definition_en=(
        "Amount of the orders created in the period and not paid to date, waiting or closed unpaid. Booked on the day "
        "of the order; orders whose payment is unknown stay out."
    ),
    formula="Σ order_header.created_minor of ordinary orders where not is_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    owner_zh="运营",
    owner_en="operations",
    table="order_header",
    date="created_date",
    value="created_minor",
    where=(Condition("is_paid", "=", False), IS_ORDINARY),
)

gmv_costed = Sum(
    name="gmv_costed",
    label_zh="已录成本的支付金额",
    label_en="GMV with known cost",
    unit=Unit.MONEY,
    good="up",
    definition_zh="支付金额中，文件写明了成本的订单明细所占的部分，记在付款日。它占支付金额的比例就是成本的覆盖率。",
    definition_en=(
        "The part of the paid amount that falls on order lines whose cost a file states, on the day of payment. Its "
        "share of the paid amount is how far costs are known."
    ),
    formula="Σ order_line.paid_minor of ordinary orders where is_paid and cost_minor is known",
    chain=CHAIN,
    catalogue_ids=("M-FIN-03",),
    owner_zh="财务",
    owner_en="finance",
    table="order_line",
    date="paid_date",
    value="paid_minor",
    where=(IS_PAID, IS_ORDINARY, NotNull("cost_minor")),
)

product_cost = Sum(
    name="product_cost",
    label_zh="商品成本（已录）",
    label_en="Product cost (known)",
    unit=Unit.MONEY,
    good="down",
    definition_zh="已付款订单明细上文件写明的成本，记在付款日，不扣退货。没有写明成本的明细不计，占比见“已录成本的支付金额”。",
    definition_en=(
        "Cost of paid order lines as files state it, on the day of payment, returns not deducted. Lines without a "
        "stated cost add none; gmv_costed says how far costs are known."
    ),
    formula="Σ order_line.cost_minor of ordinary orders where is_paid",
    chain=CHAIN,
    catalogue_ids=("M-FIN-03",),
    owner_zh="财务",
    owner_en="finance",
    table="order_line",
    date="paid_date",
    value="cost_minor",
    where=(IS_PAID, IS_ORDINARY),
)

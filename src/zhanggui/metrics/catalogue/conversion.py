"""Orders, and what one order or one buyer brings."""

from __future__ import annotations

from zhanggui.metrics.catalogue.customers import buyers, repeat_buyers
from zhanggui.metrics.catalogue.finance import IS_PAID, gmv_paid
from zhanggui.metrics.model import Chain, Condition, Ratio, Sum, Unit

CHAIN = Chain.CONVERSION

orders_created = Sum(
    name="orders_created",
    label_zh="下单订单数",
    label_en="Orders created",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期创建的主订单数，无论是否付款。按商品拆分时，一单含多件商品会在每件商品下各计一次，各行不可相加。",
    definition_en=(
        "Main orders created in the period, paid or not. Split by product, an order counts once under each of its "
        "products, so those rows do not add up."
    ),
    formula="count(order_header) by created_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="created_date",
)

orders_paid = Sum(
    name="orders_paid",
    label_zh="支付订单数",
    label_en="Orders paid",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期付款的主订单数，之后退款的也计入。记在付款日；付款状态未知的订单不计入。",
    definition_en=(
        "Main orders paid in the period, those refunded later included. Booked on the day of payment; orders whose "
        "payment is unknown stay out."
    ),
    formula="count(order_header where is_paid) by paid_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="paid_date",
    where=(IS_PAID,),
)

orders_refunded = Sum(
    name="orders_refunded",
    label_zh="退款订单数（付款口径）",
    label_en="Orders refunded (payment cohort)",
    unit=Unit.COUNT,
    good="down",
    definition_zh="当期付款、此后全部或部分退款成功的主订单数。记在付款日。近期订单的退款尚未走完，会继续增加。",
    definition_en=(
        "Main orders paid in the period of which all or part was refunded since. Booked on the day of payment. "
        "Refunds of recent orders are still to come."
    ),
    formula="count(order_header where is_paid and refunded_minor > 0) by paid_date",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    table="order_header",
    date="paid_date",
    where=(IS_PAID, Condition("refunded_minor", ">", 0)),
)

average_order_value = Ratio(
    name="average_order_value",
    label_zh="笔单价",
    label_en="Average order value",
    unit=Unit.MONEY,
    good="up",
    # A ratio of sums: averaging daily values would weight a quiet Monday like a sale day.
    definition_zh="支付金额除以支付订单数，先各自合计再相除。有的资料把它叫客单价（“平均每笔订单”）；按人计算的是客单价。",
    definition_en=(
        "Paid amount divided by paid orders, both summed over the period first. Per order, not per buyer: that is "
        "average_buyer_value."
    ),
    formula="gmv_paid ÷ orders_paid",
    chain=CHAIN,
    catalogue_ids=("M-CONV-13",),
    numerator=gmv_paid,
    denominator=orders_paid,
)

average_buyer_value = Ratio(
    name="average_buyer_value",
    label_zh="客单价",
    label_en="Average buyer value",
    unit=Unit.MONEY,
    good="up",
    definition_zh="支付金额除以支付买家数，先各自合计再相除。有买家无法识别时，分子仍含其支付金额，数值偏高，并附可识别比例。",
    definition_en=(
        "Paid amount divided by paying buyers, both summed over the period first. Where some buyers cannot be "
        "identified their money is still in it, so the value is too high; the identifiable share is given."
    ),
    formula="gmv_paid ÷ buyers",
    chain=CHAIN,
    catalogue_ids=("M-CONV-13",),
    numerator=gmv_paid,
    denominator=buyers,
)

repurchase_rate = Ratio(
    name="repurchase_rate",
    label_zh="复购率",
    label_en="Repurchase rate",
    unit=Unit.RATIO,
    good="up",
    definition_zh="当期在至少两个不同付款日有未全额退款订单的买家，除以当期支付买家。只看所选期间，期间越长比率越高。",
    definition_en=(
        "Buyers with orders, not fully refunded, paid on at least two different days of the period, divided by its "
        "paying buyers. It looks at the period only, and grows with its length."
    ),
    formula="repeat_buyers ÷ buyers",
    chain=CHAIN,
    catalogue_ids=("M-CONV-09",),
    numerator=repeat_buyers,
    denominator=buyers,
)

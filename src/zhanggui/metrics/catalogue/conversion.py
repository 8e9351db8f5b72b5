"""Orders, and what one order or one buyer brings."""

from __future__ import annotations

from zhanggui.metrics.catalogue.customers import buyers, repeat_buyers
from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID, gmv_paid
from zhanggui.metrics.model import Chain, Condition, NotNull, Ratio, Sum, Unit

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
    formula="count(order_header of ordinary orders) by created_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="created_date",
    where=(IS_ORDINARY,),
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
    formula="count(order_header of ordinary orders where is_paid) by paid_date",
    chain=CHAIN,
    catalogue_ids=("M-OPS-05", "M-CONV-04"),
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY),
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
    formula="count(order_header of ordinary orders where is_paid and refunded_minor > 0) by paid_date",
    chain=CHAIN,
    catalogue_ids=("M-FIN-01",),
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY, Condition("refunded_minor", ">", 0)),
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

_HAS_DEPOSIT = (NotNull("deposit_paid_date"), IS_ORDINARY)

deposit_amount = Sum(
    name="deposit_amount",
    label_zh="定金金额",
    label_en="Deposits",
    unit=Unit.MONEY,
    good="up",
    definition_zh="当期支付的预售定金，无论尾款是否付清；记在付定金日，文件没有写明时记在下单日。",
    definition_en=(
        "Deposits of pre-sale orders paid in the period, whether or not their balance followed; on the day of the "
        "deposit, or of the order where the file does not tell when it was paid."
    ),
    formula="Σ order_header.deposit_minor of ordinary orders by deposit_paid_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="deposit_paid_date",
    value="deposit_minor",
    where=_HAS_DEPOSIT,
)

balance_due = Sum(
    name="balance_due",
    label_zh="待付尾款",
    label_en="Balances due",
    unit=Unit.MONEY,
    good="none",
    definition_zh="已付定金、尚在等待付款的预售订单的尾款，记在付定金日。关闭的订单不再待付。",
    definition_en=(
        "Balances of pre-sale orders whose deposit is paid and which still wait for payment, on the day of the "
        "deposit. A closed order is not waited for."
    ),
    formula="Σ order_header.balance_minor of ordinary orders with a deposit where status = 'pending_payment'",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="deposit_paid_date",
    value="balance_minor",
    where=(*_HAS_DEPOSIT, Condition("status", "=", "pending_payment")),
)

orders_with_deposit = Sum(
    name="orders_with_deposit",
    label_zh="付定金订单数",
    label_en="Orders with a deposit",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期付了定金的预售订单数，无论尾款是否付清。",
    definition_en="Pre-sale orders whose deposit was paid in the period, whether or not their balance followed.",
    formula="count(order_header of ordinary orders) by deposit_paid_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="deposit_paid_date",
    where=_HAS_DEPOSIT,
)

orders_with_balance = Sum(
    name="orders_with_balance",
    label_zh="付清尾款订单数",
    label_en="Pre-sale orders paid in full",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期付了定金、至今已付清尾款的预售订单数，记在付定金日。",
    definition_en="Pre-sale orders whose deposit was paid in the period and which are paid in full to date.",
    formula="count(order_header of ordinary orders where is_paid) by deposit_paid_date",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    table="order_header",
    date="deposit_paid_date",
    where=(*_HAS_DEPOSIT, IS_PAID),
)

balance_rate = Ratio(
    name="balance_rate",
    label_zh="尾款支付率",
    label_en="Balance payment rate",
    unit=Unit.RATIO,
    good="up",
    definition_zh="付清尾款的预售订单数除以付定金的订单数，都归到付定金日。尾款期结束前比率偏低。",
    definition_en=(
        "Pre-sale orders paid in full divided by those with a deposit, both on the day of the deposit. Too low until "
        "the time for paying balances is over."
    ),
    formula="orders_with_balance ÷ orders_with_deposit",
    chain=CHAIN,
    catalogue_ids=("M-CONV-04",),
    numerator=orders_with_balance,
    denominator=orders_with_deposit,
)

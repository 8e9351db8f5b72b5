"""What moves orders and money: how much one buyer, one order, one unit brings."""

from __future__ import annotations

from zhanggui.metrics.catalogue.conversion import orders_created, orders_paid, orders_refunded
from zhanggui.metrics.catalogue.customers import buyers
from zhanggui.metrics.catalogue.finance import gmv_created, gmv_paid
from zhanggui.metrics.catalogue.products import units_sold
from zhanggui.metrics.catalogue.shapes import rate
from zhanggui.metrics.catalogue.traffic import ordering_visitors
from zhanggui.metrics.model import Chain, Unit

CHAIN = Chain.CONVERSION

orders_per_buyer = rate(
    CHAIN,
    "orders_per_buyer",
    "人均订单数",
    "Orders per buyer",
    "支付订单数除以支付买家数。",
    "Orders paid divided by paying buyers.",
    "M-CONV-09",
    orders_paid,
    buyers,
    unit=Unit.COUNT,
)
units_per_order = rate(
    CHAIN,
    "units_per_order",
    "连带件数",
    "Units per order",
    "销售件数除以支付订单数；没有明细的订单没有件数，数值偏低，并提示。",
    "Units sold divided by orders paid; orders without lines have no units, which makes it too low, with a warning.",
    "M-GOODS-09",
    units_sold,
    orders_paid,
    unit=Unit.COUNT,
)
average_unit_price = rate(
    CHAIN,
    "average_unit_price",
    "件单价",
    "Average unit price",
    "支付金额除以销售件数。",
    "Paid amount divided by units sold.",
    "M-CONV-13",
    gmv_paid,
    units_sold,
    unit=Unit.MONEY,
)
average_created_value = rate(
    CHAIN,
    "average_created_value",
    "下单笔单价",
    "Average value of orders created",
    "下单金额除以下单订单数，无论是否付款。",
    "GMV created divided by orders created, paid or not.",
    "M-CONV-13",
    gmv_created,
    orders_created,
    unit=Unit.MONEY,
)
refunded_order_share = rate(
    CHAIN,
    "refunded_order_share",
    "退款订单占比（付款口径）",
    "Share of orders refunded (payment cohort)",
    "退款订单数除以支付订单数，都归到付款日。近期订单的退款尚未走完，比率偏低。",
    "Orders refunded divided by orders paid, both on the day of payment. Too low for recent orders, whose refunds are "
    "still to come.",
    "M-FIN-01",
    orders_refunded,
    orders_paid,
    good="down",
)
buyers_per_orderer = rate(
    CHAIN,
    "buyers_per_orderer",
    "支付买家与下单访客之比",
    "Paying buyers per visitor who ordered",
    "支付买家数除以下单访客数。买家来自订单，访客来自事件；高于 1 说明有买家不经过有事件的页面下单。",
    "Paying buyers divided by visitors who ordered. Buyers are those of orders, visitors those of events; above 1 some "
    "buy where no events are sent.",
    "M-CONV-08",
    buyers,
    ordering_visitors,
)

"""Goods: what was sold."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.model import Chain, Condition, Sum, Unit

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

"""People: who paid, for the first time or again."""

from __future__ import annotations

from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.model import AnyOf, Chain, Column, Condition, Distinct, Unit

CHAIN = Chain.CUSTOMERS

NOT_FULLY_REFUNDED = (
    AnyOf((Condition("refunded_minor", "<", Column("paid_minor")), Condition("paid_minor", "=", 0))),
    AnyOf((Condition("refunded_minor", "<", Column("paid_minor")), Condition("refunded_minor", "=", 0))),
)
"""Less was refunded than paid, or nothing was paid and nothing refunded (a free order)."""

buyers = Distinct(
    name="buyers",
    label_zh="支付买家数",
    label_en="Paying buyers",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期至少付过一单的不同买家数。只数有稳定买家标识的订单；脱敏昵称不是标识，订单数也不能代替人数。不同日期、店铺的人数不可相加。",
    definition_en=(
        "Different buyers with at least one order paid in the period. Only orders with a stable buyer id are counted: "
        "a masked name is none, and orders never stand in for people. Not to be added up over days or stores."
    ),
    formula="count(distinct order_header.buyer_key of ordinary orders where is_paid)",
    chain=CHAIN,
    catalogue_ids=("M-CUST-13",),
    entity="buyer_key",
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY),
)

new_buyers = Distinct(
    name="new_buyers",
    label_zh="新客数",
    label_en="New buyers",
    unit=Unit.COUNT,
    good="up",
    definition_zh=(
        "首次付款日落在当期（及所选维度）的买家数。回溯期是账本里的全部历史；账本历史较短时，早期买家会被误认为新客，数值偏高，尚不成熟。"
    ),
    definition_en=(
        "Buyers whose first paid day ever lies in the period (and in the cell asked for). The look-back is all "
        "history in the ledger; while that history is short, earlier buyers look new, so the figure is too high and "
        "not yet mature."
    ),
    formula="count(distinct buyer_key of ordinary orders where min(paid_date) over all history is in the cell)",
    chain=CHAIN,
    catalogue_ids=("M-CUST-04", "M-CUST-13"),
    entity="buyer_key",
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY),
    is_first_ever=True,
)

repeat_buyers = Distinct(
    name="repeat_buyers",
    label_zh="复购买家数",
    label_en="Repeat buyers",
    unit=Unit.COUNT,
    good="up",
    definition_zh="当期在至少两个不同付款日有未全额退款订单的买家数。同一天的拆单不算复购，全额退款的订单不算。",
    definition_en=(
        "Buyers with orders, not fully refunded, paid on at least two different days of the period. Orders split on "
        "one day are no repeat, nor are fully refunded ones."
    ),
    formula="count(distinct buyer_key having count(distinct paid_date) ≥ 2) of ordinary orders not fully refunded",
    chain=CHAIN,
    catalogue_ids=("M-CONV-09", "M-CUST-13"),
    entity="buyer_key",
    table="order_header",
    date="paid_date",
    where=(IS_PAID, IS_ORDINARY, *NOT_FULLY_REFUNDED),
    min_days=2,
)

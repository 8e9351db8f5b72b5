"""What happens after the payment: shipping, delivery, answers to customers."""

from __future__ import annotations

from zhanggui.metrics.catalogue.conversion import orders_paid
from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.catalogue.shapes import count, rate
from zhanggui.metrics.model import (
    AnyOf,
    Chain,
    Column,
    Condition,
    Filters,
    IsNull,
    Lapse,
    NotNull,
    Unit,
    WithinDays,
)

CHAIN = Chain.SERVICE

_OUTBOUND = AnyOf((IsNull("direction"), Condition("direction", "=", "outbound")))


def _lapse(
    name: str,
    label_zh: str,
    label_en: str,
    zh: str,
    en: str,
    catalogue_id: str,
    *,
    unit: Unit,
    table: str,
    date: str,
    since: str,
    until: str,
    share: float,
    where: Filters = (),
) -> Lapse:
    return Lapse(
        name=name,
        label_zh=label_zh,
        label_en=label_en,
        unit=unit,
        good="down",
        definition_zh=zh,
        definition_en=en,
        formula=f"{'median' if share == 0.5 else f'p{share * 100:.0f}'}({table}.{until} − {since})",
        chain=CHAIN,
        catalogue_ids=(catalogue_id,),
        table=table,
        date=date,
        since=since,
        until=until,
        share=share,
        where=where,
    )


hours_to_ship_median = _lapse(
    "hours_to_ship_median",
    "发货时长（中位数）",
    "Hours to ship (median)",
    "从付款到发货的小时数，一半的订单在这之内发出。只看已发货的订单，记在付款日。",
    "Hours from payment to shipping within which half of the orders leave. Of orders that have shipped, on the day of "
    "payment.",
    "M-OPS-01",
    unit=Unit.HOURS,
    table="order_header",
    date="paid_date",
    since="paid_at",
    until="shipped_at",
    share=0.5,
    where=(IS_PAID, IS_ORDINARY),
)
hours_to_ship_p90 = _lapse(
    "hours_to_ship_p90",
    "发货时长（九成订单）",
    "Hours to ship (nine in ten)",
    "从付款到发货的小时数，九成的订单在这之内发出。只看已发货的订单，记在付款日。",
    "Hours from payment to shipping within which nine in ten orders leave. Of orders that have shipped, on the day of "
    "payment.",
    "M-OPS-01",
    unit=Unit.HOURS,
    table="order_header",
    date="paid_date",
    since="paid_at",
    until="shipped_at",
    share=0.9,
    where=(IS_PAID, IS_ORDINARY),
)
parcels_promised = count(
    CHAIN,
    "parcels_promised",
    "应发包裹数",
    "Parcels due",
    "承诺发货时间落在当期的包裹数。",
    "Parcels that were promised to leave in the period.",
    "M-OPS-02",
    table="shipment",
    date="promised_date",
    where=(_OUTBOUND,),
    said=" outbound by promised_date",
    good="none",
)
parcels_late = count(
    CHAIN,
    "parcels_late",
    "超时发货包裹数",
    "Parcels late",
    "晚于承诺时间发出、或至今没有发出时间的包裹数。",
    "Parcels that left after the promised moment, or of which no leaving is known.",
    "M-OPS-02",
    table="shipment",
    date="promised_date",
    where=(_OUTBOUND, AnyOf((IsNull("shipped_at"), Condition("shipped_at", ">", Column("promised_at"))))),
    said=" outbound where shipped_at > promised_at or is null",
    good="down",
)
late_shipping_rate = rate(
    CHAIN,
    "late_shipping_rate",
    "发货超时率",
    "Late shipping rate",
    "超时发货包裹数除以应发包裹数。",
    "Parcels late divided by parcels due.",
    "M-OPS-02",
    parcels_late,
    parcels_promised,
    good="down",
)
delivery_days_median = _lapse(
    "delivery_days_median",
    "配送时长（中位数）",
    "Days to deliver (median)",
    "从发货到签收的天数，一半的包裹在这之内签收。只看已签收的包裹，记在发货日。",
    "Days from shipping to receipt within which half of the parcels arrive. Of parcels that have arrived, on the day "
    "of shipping.",
    "M-OPS-02",
    unit=Unit.DAYS,
    table="shipment",
    date="shipped_date",
    since="shipped_at",
    until="received_at",
    share=0.5,
    where=(_OUTBOUND,),
)
delivery_days_p90 = _lapse(
    "delivery_days_p90",
    "配送时长（九成包裹）",
    "Days to deliver (nine in ten)",
    "从发货到签收的天数，九成的包裹在这之内签收。只看已签收的包裹，记在发货日。",
    "Days from shipping to receipt within which nine in ten parcels arrive. Of parcels that have arrived, on the day "
    "of shipping.",
    "M-OPS-02",
    unit=Unit.DAYS,
    table="shipment",
    date="shipped_date",
    since="shipped_at",
    until="received_at",
    share=0.9,
    where=(_OUTBOUND,),
)
parcels_arrived = count(
    CHAIN,
    "parcels_arrived",
    "已签收包裹数",
    "Parcels received",
    "当期发出、已经签收的包裹数，记在发货日。",
    "Parcels shipped in the period and received since, on the day of shipping.",
    "M-OPS-04",
    table="shipment",
    date="shipped_date",
    where=(_OUTBOUND, NotNull("received_date")),
    said=" outbound where received_at is known",
    good="up",
)
parcels_next_day = count(
    CHAIN,
    "parcels_next_day",
    "次日达包裹数",
    "Parcels received by the next day",
    "发货当天或第二天签收的包裹数，记在发货日。",
    "Parcels received on the day of shipping or the day after, on the day of shipping.",
    "M-OPS-04",
    table="shipment",
    date="shipped_date",
    where=(_OUTBOUND, WithinDays("received_date", "shipped_date", 1)),
    said=" outbound where received_date ≤ shipped_date + 1",
    good="up",
)
next_day_rate = rate(
    CHAIN,
    "next_day_rate",
    "次日达占比",
    "Next-day share",
    "次日达包裹数除以已签收包裹数。",
    "Parcels received by the next day, divided by parcels received.",
    "M-OPS-04",
    parcels_next_day,
    parcels_arrived,
    good="up",
)
tickets = count(
    CHAIN,
    "tickets",
    "客服会话数",
    "Service tickets",
    "当期开始的客服会话数。",
    "Service tickets opened in the period.",
    "M-OPS-03",
    table="service_ticket",
    date="opened_date",
    good="none",
)
first_reply_minutes_median = _lapse(
    "first_reply_minutes_median",
    "首次响应时长（中位数）",
    "Minutes to the first reply (median)",
    "从客户来询到首次回复的分钟数，一半的会话在这之内得到回复。没有回复的会话不计入。",
    "Minutes from the opening of a ticket to its first reply within which half of them are answered. Tickets without "
    "a reply are not in it.",
    "M-OPS-03",
    unit=Unit.MINUTES,
    table="service_ticket",
    date="opened_date",
    since="opened_at",
    until="replied_at",
    share=0.5,
)
first_reply_minutes_p90 = _lapse(
    "first_reply_minutes_p90",
    "首次响应时长（九成会话）",
    "Minutes to the first reply (nine in ten)",
    "从客户来询到首次回复的分钟数，九成的会话在这之内得到回复。没有回复的会话不计入。",
    "Minutes from the opening of a ticket to its first reply within which nine in ten are answered. Tickets without a "
    "reply are not in it.",
    "M-OPS-03",
    unit=Unit.MINUTES,
    table="service_ticket",
    date="opened_date",
    since="opened_at",
    until="replied_at",
    share=0.9,
)
complaints = count(
    CHAIN,
    "complaints",
    "投诉数",
    "Complaints",
    "当期开始、属于投诉的客服会话数。",
    "Service tickets opened in the period that are complaints.",
    "M-CUST-09",
    table="service_ticket",
    date="opened_date",
    where=(Condition("is_complaint", "=", 1),),
    said=" where is_complaint = 1",
    good="down",
)
complaint_rate = rate(
    CHAIN,
    "complaint_rate",
    "投诉率（每单）",
    "Complaint rate (per order)",
    "投诉数除以同期支付订单数；两者不是同一批订单。",
    "Complaints divided by the orders paid in the same period: they are of different orders.",
    "M-CUST-09",
    complaints,
    orders_paid,
    good="down",
)

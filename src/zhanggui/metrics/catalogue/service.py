"""What happens after the payment: shipping, delivery, answers to customers."""

from __future__ import annotations

from zhanggui.i18n import Text
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


def _lapses(
    name: str,
    label_zh: str,
    label_en: str,
    things: Text,
    definition: Text,
    catalogue_id: str,
    *,
    unit: Unit,
    table: str,
    date: str,
    since: str,
    until: str,
    where: Filters = (),
) -> tuple[Lapse, Lapse]:
    """Return the time within which half of the rows are done, and that which nine in ten keep.

    `definition` has a place for which of the `things` are meant.
    """
    median, most = (
        Lapse(
            name=f"{name}_{suffix}",
            label_zh=f"{label_zh}（{share_zh}）",
            label_en=f"{label_en} ({share_en})",
            unit=unit,
            good="down",
            definition_zh=definition.zh.format(part=f"{part_zh}的{things.zh}"),
            definition_en=definition.en.format(part=f"{part_en} {things.en}"),
            formula=f"{suffix}({table}.{until} − {since})",
            chain=CHAIN,
            catalogue_ids=(catalogue_id,),
            table=table,
            date=date,
            since=since,
            until=until,
            share=share,
            where=where,
        )
        for suffix, share, share_zh, share_en, part_zh, part_en in (
            ("median", 0.5, "中位数", "median", "一半", "half of the"),
            ("p90", 0.9, "九成", "nine in ten", "九成", "nine in ten"),
        )
    )
    return median, most


hours_to_ship_median, hours_to_ship_p90 = _lapses(
    "hours_to_ship",
    "发货时长",
    "Hours to ship",
    Text("订单", "orders"),
    Text(
        "从付款到发货的小时数，{part}在这之内发出。只看已发货的订单，记在付款日。",
        "Hours from payment to shipping within which {part} leave. Of orders that have shipped, on the day of payment.",
    ),
    "M-OPS-01",
    unit=Unit.HOURS,
    table="order_header",
    date="paid_date",
    since="paid_at",
    until="shipped_at",
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
delivery_days_median, delivery_days_p90 = _lapses(
    "delivery_days",
    "配送时长",
    "Days to deliver",
    Text("包裹", "parcels"),
    Text(
        "从发货到签收的天数，{part}在这之内签收。只看已签收的包裹，记在发货日。",
        "Days from shipping to receipt within which {part} arrive. Of parcels that have arrived, on the day of "
        "shipping.",
    ),
    "M-OPS-02",
    unit=Unit.DAYS,
    table="shipment",
    date="shipped_date",
    since="shipped_at",
    until="received_at",
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
first_reply_minutes_median, first_reply_minutes_p90 = _lapses(
    "first_reply_minutes",
    "首次响应时长",
    "Minutes to the first reply",
    Text("会话", "tickets"),
    Text(
        "从客户来询到首次回复的分钟数，{part}在这之内得到回复。没有回复的会话不计入。",
        "Minutes from the opening of a ticket to its first reply within which {part} are answered. Tickets without a "
        "reply are not in it.",
    ),
    "M-OPS-03",
    unit=Unit.MINUTES,
    table="service_ticket",
    date="opened_date",
    since="opened_at",
    until="replied_at",
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

"""What the lists of live sessions declare: who watched, who went on to the goods, what was sold."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import count, rate
from zhanggui.metrics.model import Chain, Evidence, NotNull, Sum, Unit

CHAIN = Chain.MARKETING


def _of_sessions(
    name: str,
    label_zh: str,
    label_en: str,
    column: str,
    zh: str,
    en: str,
    catalogue_id: str,
    *,
    unit: Unit = Unit.COUNT,
    beside: str | None = None,
) -> Sum:
    """Return a column of the sessions, summed by the day they began; `beside` is a column that must be known too."""
    return count(
        CHAIN,
        name,
        label_zh,
        label_en,
        f"{zh}直播场次表自报的数，记在开播日，按场次相加：看过两场的人计两次。",
        f"{en} As the list of live sessions declares them, on the day a session began, sessions added up: who watches "
        "two counts twice.",
        catalogue_id,
        table="live_session",
        date="started_date",
        value=column,
        where=() if beside is None else (NotNull(beside),),
        said=f" where {beside} is known" if beside else "",
        unit=unit,
        evidence=Evidence.DECLARED,
    )


live_viewers = _of_sessions(
    "live_viewers",
    "直播观看人次（自报）",
    "Viewers of live sessions (declared)",
    "viewers",
    "看直播的人数。",
    "People who watched.",
    "M-TRAFFIC-03",
)
live_product_visitors = _of_sessions(
    "live_product_visitors",
    "直播商品点击人次（自报）",
    "Visitors of goods in live sessions (declared)",
    "product_visitors",
    "从直播间点进商品的人数。",
    "People who went on from the session to a product.",
    "M-TRAFFIC-03",
)
live_orders = _of_sessions(
    "live_orders",
    "直播成交订单数（自报）",
    "Orders of live sessions (declared)",
    "paid_orders",
    "直播场次的成交订单数；只计写明商品点击人数的场次，作点击成交转化率的分子。",
    "Paid orders of the sessions that state how many went on to the goods: what the conversion of clicks divides.",
    "M-MKT-03",
    beside="product_visitors",
)
live_sales = _of_sessions(
    "live_sales",
    "直播成交金额（自报）",
    "Sales of live sessions (declared)",
    "paid_minor",
    "直播场次的成交金额，退款未扣。",
    "Paid amount of the sessions, refunds not deducted.",
    "M-MKT-03",
    unit=Unit.MONEY,
)
live_order_rate = rate(
    CHAIN,
    "live_order_rate",
    "直播点击成交转化率（自报）",
    "Conversion of live sessions (declared)",
    "成交订单数除以商品点击人次，先各自相加再相除。",
    "Paid orders divided by visitors of the goods, each added up first.",
    "M-MKT-03",
    live_orders,
    live_product_visitors,
    evidence=Evidence.DECLARED,
)

"""Visits: who came, how far they looked and what they did. Machines are in none of them."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import count, distinct, rate
from zhanggui.metrics.model import Chain, Condition, Distinct, Filters, Good, Lapse, Ratio, Sum, Unit

CHAIN = Chain.TRAFFIC

BY_PEOPLE = Condition("is_bot", "=", False)


def different_visitors(
    name: str,
    label_zh: str,
    label_en: str,
    zh: str,
    en: str,
    ids: tuple[str, ...],
    *where: Condition,
    chain: Chain = CHAIN,
    good: Good = "up",
) -> Distinct:
    """Return how many different visitors came, machines left out."""
    return distinct(
        chain,
        name,
        label_zh,
        label_en,
        zh,
        en,
        ids[0],
        entity="visitor_id",
        table="session",
        date="session_date",
        where=(BY_PEOPLE, *where),
        said=f" where not is_bot{''.join(f' and {each.column}' for each in where)}",
        good=good,
        also=ids[1:],
    )


def _visits(
    name: str,
    label_zh: str,
    label_en: str,
    zh: str,
    en: str,
    catalogue_id: str,
    *,
    value: str | None = None,
    where: Filters = (),
    said: str = "",
    good: Good = "up",
) -> Sum:
    return count(
        CHAIN,
        name,
        label_zh,
        label_en,
        zh,
        en,
        catalogue_id,
        table="session",
        date="session_date",
        value=value,
        where=(BY_PEOPLE, *where),
        said=f" where not is_bot{said}",
        good=good,
    )


visits = _visits(
    "visits",
    "访问次数",
    "Visits",
    "访问的次数：同一访客停顿超过 30 分钟或跨过零点算新的一次。识别为机器的不计入。",
    "Visits: a pause of more than 30 minutes, or midnight, begins a new one. Visits of machines stay out.",
    "M-TRAFFIC-07",
)
visitors = different_visitors(
    "visitors",
    "访客数",
    "Visitors (UV)",
    "来访的不同访客：同一访客在所选期间内只计一次，所以一周的访客数不等于每天之和。识别为机器的不计入。",
    "Different visitors: one who comes twice in the period counts once, so a week's visitors are not the sum of its "
    "days'. Machines stay out.",
    ("M-TRAFFIC-03", "M-CUST-01"),
)
page_views = _visits(
    "page_views",
    "浏览量",
    "Page views (PV)",
    "看过的页面数；连续重复上报的同一页面只计一次。",
    "Pages seen; the same page sent again and again in a row counts once.",
    "M-TRAFFIC-04",
    value="n_pages",
)
pages_per_visitor = Ratio(
    name="pages_per_visitor",
    label_zh="人均浏览量",
    label_en="Pages per visitor",
    unit=Unit.COUNT,
    good="up",
    definition_zh="浏览量除以访客数，即浏览深度。",
    definition_en="Page views divided by visitors: how deep they look.",
    formula="page_views ÷ visitors",
    chain=CHAIN,
    catalogue_ids=("M-TRAFFIC-04",),
    numerator=page_views,
    denominator=visitors,
)
bounces = _visits(
    "bounces",
    "跳出访问次数",
    "Bounces",
    "只看了一个页面就离开的访问次数。",
    "Visits that saw one page and no more.",
    "M-TRAFFIC-05",
    where=(Condition("n_pages", "=", 1),),
    said=" and n_pages = 1",
    good="down",
)
bounce_rate = Ratio(
    name="bounce_rate",
    label_zh="跳出率",
    label_en="Bounce rate",
    unit=Unit.RATIO,
    good="down",
    definition_zh="只看一个页面的访问次数除以访问次数。分母是访问次数，不是访客数。",
    definition_en="Visits that saw one page, divided by visits. Its base is visits, not visitors.",
    formula="bounces ÷ visits",
    chain=CHAIN,
    catalogue_ids=("M-TRAFFIC-05",),
    numerator=bounces,
    denominator=visits,
)
visit_minutes_median = Lapse(
    name="visit_minutes_median",
    label_zh="访问时长（中位数）",
    label_en="Length of a visit (median)",
    unit=Unit.MINUTES,
    good="up",
    definition_zh="一次访问从第一个事件到最后一个事件的时长，取中位数；最后一页停留多久无从得知，不计入。",
    definition_en=(
        "From the first event of a visit to its last, the median of all visits. How long the last page was looked at "
        "is not known and not in it."
    ),
    formula="median(session.ended_at − session.started_at where not is_bot)",
    chain=CHAIN,
    catalogue_ids=("M-TRAFFIC-06",),
    table="session",
    date="session_date",
    since="started_at",
    until="ended_at",
    share=0.5,
    where=(BY_PEOPLE,),
)
cart_visitors = different_visitors(
    "cart_visitors",
    "加购访客数",
    "Visitors who added to cart",
    "把商品加入购物车的不同访客。",
    "Different visitors who put something into the cart.",
    ("M-CONV-02", "M-CONV-08"),
    Condition("has_cart", "=", True),
)
ordering_visitors = different_visitors(
    "ordering_visitors",
    "下单访客数",
    "Visitors who ordered",
    "在访问中下单的不同访客，据事件，不据订单。",
    "Different visitors who ordered during a visit, by events, not by orders.",
    ("M-CONV-01", "M-CONV-08"),
    Condition("has_order", "=", True),
)
visits_with_order = _visits(
    "visits_with_order",
    "下单访问次数",
    "Visits with an order",
    "其间下单的访问次数，据事件。",
    "Visits during which something was ordered, by events.",
    "M-CONV-01",
    where=(Condition("has_order", "=", True),),
    said=" and has_order",
)


add_to_cart_rate = rate(
    CHAIN,
    "add_to_cart_rate",
    "加购率",
    "Add-to-cart rate",
    "加购访客数除以访客数。",
    "Visitors who added to cart, divided by visitors.",
    "M-CONV-02",
    cart_visitors,
    visitors,
)
visitor_order_rate = rate(
    CHAIN,
    "visitor_order_rate",
    "下单转化率（访客）",
    "Order rate (by visitor)",
    "下单访客数除以访客数：来的人里有多少下了单。",
    "Visitors who ordered, divided by visitors: how many of those who came ordered.",
    "M-CONV-01",
    ordering_visitors,
    visitors,
)
visit_order_rate = rate(
    CHAIN,
    "visit_order_rate",
    "下单转化率（访问）",
    "Order rate (by visit)",
    "其间下单的访问次数除以访问次数；同一访客多次来访时低于按访客计算的转化率。",
    "Visits with an order, divided by visits; lower than by visitor where people come more than once.",
    "M-MKT-03",
    visits_with_order,
    visits,
    also=("M-CONV-01",),
)
cart_order_rate = rate(
    CHAIN,
    "cart_order_rate",
    "下单率（加购）",
    "Order rate (of carts)",
    "下单访客数除以加购访客数。没有加购就下单的访客也在分子里，所以可能超过 100%。",
    "Visitors who ordered, divided by those who added to cart. Who orders without a cart is above the line too, so it "
    "may exceed 100%.",
    "M-CONV-03",
    ordering_visitors,
    cart_visitors,
)

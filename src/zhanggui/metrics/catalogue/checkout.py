"""On the company's own site: from choosing a variant over the cart to the payment, and how long that takes."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import distinct, rate
from zhanggui.metrics.catalogue.traffic import different_visitors
from zhanggui.metrics.model import Chain, Condition, Difference, Distinct, Good, Lapse, NotNull, Unit

CHAIN = Chain.CONVERSION


def _people(
    name: str, zh: str, en: str, definition_zh: str, definition_en: str, *where: Condition, good: Good = "none"
) -> Distinct:
    """Return how many people filled a cart, whatever device they did it on."""
    said = " and ".join(f"{each.column} = {str(each.value).lower()}" for each in where)
    return distinct(
        CHAIN,
        name,
        zh,
        en,
        definition_zh,
        definition_en,
        "M-CONV-05",
        entity="person_key",
        table="cart",
        date="day",
        where=where,
        said=f" where {said}" if said else "",
        good=good,
    )


def _visitors(
    name: str, zh: str, en: str, definition_zh: str, definition_en: str, catalogue_id: str, *columns: str
) -> Distinct:
    where = (Condition(column, "=", True) for column in columns)
    return different_visitors(
        name, zh, en, definition_zh, definition_en, (catalogue_id,), *where, chain=CHAIN, good="none"
    )


people_with_cart = _people(
    "people_with_cart",
    "加购人数",
    "People with a cart",
    "当期加购过的不同的人；同一账号的几台设备算一个人，来自行为事件，识别为机器的不计入。",
    "Different people who put something into a cart in the period, by events; several devices of one account are one "
    "person, and machines stay out.",
    good="up",
)
people_leaving_cart = _people(
    "people_leaving_cart",
    "弃购人数",
    "People who left their cart",
    "其中最后一次加购之后至今没有付过款的人；以后在任何设备上付了款、或账本里有其后的已付订单，就不再算弃购，所以往日的数还会下降。",
    "Of these who have not paid since they last put something in: who pays later, on any device, or has a later paid "
    "order in the ledger, no longer counts, so that the figure of a past day still falls.",
    Condition("is_bought", "=", False),
    good="down",
)
cart_abandonment_rate = rate(
    CHAIN,
    "cart_abandonment_rate",
    "购物车弃购率",
    "Cart abandonment rate",
    "弃购人数除以加购人数：加购之后至今没有付款的人的占比；以后付款的购物车不算弃购，最近几天的比率因此偏高。",
    "People who left their cart divided by people with a cart. A cart that is paid for later is not abandoned, so the "
    "rate of the latest days is too high.",
    "M-CONV-05",
    people_leaving_cart,
    people_with_cart,
    good="down",
)
payment_visitors = _visitors(
    "payment_visitors",
    "到支付环节的访客数",
    "Visitors at the payment",
    "提交了订单或填了支付方式的不同访客。",
    "Different visitors who placed an order or entered a way to pay.",
    "M-CONV-06",
    "has_payment",
)
payment_visitors_paid = _visitors(
    "payment_visitors_paid",
    "支付环节付款的访客数",
    "Visitors who paid at the payment",
    "其中在同一次访问里付了款的不同访客；第二次来才付的，看第二次。",
    "Of these who paid during such a visit; who comes again to pay is seen in that visit.",
    "M-CONV-06",
    "has_payment",
    "has_order",
)
payment_visitors_lost = Difference(
    name="payment_visitors_lost",
    label_zh="支付环节跳出的访客数",
    label_en="Visitors lost at the payment",
    unit=Unit.COUNT,
    good="down",
    definition_zh="到了支付环节而当期没有付款的访客数。",
    definition_en="Visitors who reached the payment and did not pay during such a visit of the period.",
    formula="payment_visitors − payment_visitors_paid",
    chain=CHAIN,
    catalogue_ids=("M-CONV-06",),
    minuend=payment_visitors,
    subtrahend=payment_visitors_paid,
)
payment_step_bounce = rate(
    CHAIN,
    "payment_step_bounce",
    "支付环节跳出率",
    "Payment-step bounce",
    "到了支付环节而没有付款的访客除以到支付环节的访客。",
    "Visitors who reached the payment and did not pay, divided by those who reached it.",
    "M-CONV-06",
    payment_visitors_lost,
    payment_visitors,
    good="down",
)
variant_visitors = _visitors(
    "variant_visitors",
    "到规格选择页的访客数",
    "Visitors at the variants",
    "看过规格选择页的不同访客。",
    "Different visitors who looked at the variants of goods.",
    "M-CONV-07",
    "has_variants",
)
variant_visitors_onward = _visitors(
    "variant_visitors_onward",
    "选完规格加购的访客数",
    "Visitors who went on from the variants",
    "其中在同一次访问里随后加购的不同访客。",
    "Of these who then put something into the cart during the same visit.",
    "M-CONV-07",
    "has_choice",
)
variant_step_rate = rate(
    CHAIN,
    "variant_step_rate",
    "规格选择页转化率",
    "Conversion of the variant page",
    "看了规格选择页、随后在同一次访问里加购的访客除以看过规格选择页的访客。",
    "Visitors who put something into the cart after the page of variants, in the same visit, divided by those who "
    "reached it.",
    "M-CONV-07",
    variant_visitors_onward,
    variant_visitors,
)
conversion_days = Lapse(
    name="conversion_days",
    label_zh="转化周期（中位数）",
    label_en="Days to convert (median)",
    unit=Unit.DAYS,
    good="down",
    definition_zh=(
        "从第一次到访到下单的天数，取中位数，记在下单日："
        "从此人上一单之后、下单前 90 天内的第一次访问算起，跨设备合并。"
        "只看行为事件能接上访问的订单；当次来就下单的也在内，所以常不足一天。"
    ),
    definition_en=(
        "Days from the first visit to the order, the median, on the day of the order: the first visit after the "
        "person's order before, at most 90 days ago, over all devices. Only orders that events tie to "
        "visits; who orders on the first visit is in it, so it is often less than a day."
    ),
    formula="median(journey.ordered_at − first_touch_at)",
    chain=CHAIN,
    catalogue_ids=("M-CONV-14",),
    table="journey",
    date="day",
    since="first_touch_at",
    until="ordered_at",
    share=0.5,
    where=(NotNull("first_touch_at"),),
)

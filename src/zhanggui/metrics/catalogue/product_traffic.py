"""What platforms declare of the traffic of each product: their own counts, which nothing here can check."""

from __future__ import annotations

from zhanggui.metrics.catalogue.shapes import count, rate
from zhanggui.metrics.model import Chain, Condition, Evidence, IsNull, Sum

CHAIN = Chain.TRAFFIC

_OF_PRODUCT = (Condition("object_type", "=", "product"), IsNull("hour"))


def _declared(name: str, label_zh: str, label_en: str, column: str, zh: str, en: str, ids: tuple[str, ...]) -> Sum:
    return count(
        CHAIN,
        name,
        label_zh,
        label_en,
        f"{zh}平台商品报表自报的数，按商品、按天相加：看过两件商品或来过两天的人计两次，所以不等于店铺访客数。",
        f"{en} As the platform's product report declares them, products and days added up: who sees two products, or "
        "comes on two days, counts twice, so it is not the store's number of visitors.",
        ids[0],
        table="shop_metric_daily",
        date="day",
        value=column,
        where=_OF_PRODUCT,
        said=" where object_type = product and hour is null",
        evidence=Evidence.DECLARED,
        also=ids[1:],
    )


product_visitors = _declared(
    "product_visitors",
    "商品访客人次（平台自报）",
    "Visitors of products (declared)",
    "visitors",
    "商品详情页的访客数。",
    "Visitors of product pages.",
    ("M-TRAFFIC-03",),
)
product_page_views = _declared(
    "product_page_views",
    "商品浏览量（平台自报）",
    "Page views of products (declared)",
    "page_views",
    "商品详情页的浏览量。",
    "Page views of product pages.",
    ("M-TRAFFIC-04",),
)
product_cart_people = _declared(
    "product_cart_people",
    "商品加购人次（平台自报）",
    "People adding products to cart (declared)",
    "carts",
    "加购的人数。",
    "People who added to cart.",
    ("M-CONV-02",),
)
product_ordering_buyers = _declared(
    "product_ordering_buyers",
    "商品下单买家人次（平台自报）",
    "Ordering buyers of products (declared)",
    "ordered_buyers",
    "下单的买家数。",
    "Ordering buyers.",
    ("M-CONV-03",),
)
product_paying_buyers = _declared(
    "product_paying_buyers",
    "商品支付买家人次（平台自报）",
    "Paying buyers of products (declared)",
    "paid_buyers",
    "支付的买家数。",
    "Paying buyers.",
    ("M-CONV-04",),
)
product_payment_rate = rate(
    CHAIN,
    "product_payment_rate",
    "商品支付转化率（平台自报）",
    "Payment conversion (declared)",
    "支付买家人次除以访客人次，先各自相加再相除；两者都是平台自报的数。",
    "Paying buyers divided by visitors of products, each added up first; both as the platform declares them.",
    "M-GOODS-10",
    product_paying_buyers,
    product_visitors,
    evidence=Evidence.DECLARED,
    also=("M-CONV-04",),
)

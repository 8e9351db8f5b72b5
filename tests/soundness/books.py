"""One small company, invented from a seed: orders, lines, refunds, visits and profit as loading leaves them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.metrics.ledgers import Row, line, order, refund, store

from zhanggui.money import allocate

FIRST = date(2019, 12, 20)
N_DAYS = 100
"""From before Christmas to the end of March 2020: a turn of the year and a leap day."""
STORES = {1: "tmall", 2: "jd", 3: "own_site"}
PROVINCES = ("上海", "江苏", "北京", None)
CHANNELS = ("live", "search", None)
PRODUCTS = ("p1", "p2", "p3", None)
OF_LINE = {"p1": "茶", "p2": None}
"""Category that a line states; that of its product stands in for it where it states none."""
OF_PRODUCT = {(1, "p1"): "旧类目", (1, "p2"): "茶具", (2, "p2"): "杯", (3, "p3"): "礼盒"}

Tables = dict[str, list[Row]]


def books(seed: int = 7, n_orders: int = 260) -> Tables:
    """Return the rows of the company by table.

    Lines sum to their order, refunds to what their order says was refunded. Two kinds of orders tell less than the
    others: those of store 2 name no buyer, and one in eight has no lines.
    """
    rng = random.Random(seed)
    found: Tables = {"order_header": [], "order_line": [], "refund": [], "line_profit": []}
    for number in range(n_orders):
        _trade(rng, f"o{number}", found)
    found["store"] = [store(number, f"店{number}", platform) for number, platform in STORES.items()]
    found["product"] = [
        {"shop_id": shop, "product_id": product, "title": f"{product}@{shop}", "category": category}
        for (shop, product), category in OF_PRODUCT.items()
    ]
    found["session"] = [_visit(rng, number) for number in range(300)]
    return found


def _trade(rng: random.Random, order_id: str, found: Tables) -> None:
    shop, created = rng.choice((1, 1, 2, 3)), FIRST + timedelta(days=rng.randrange(N_DAYS))
    amount, is_paid = rng.choice((0, *[rng.randrange(1, 90_000) for _ in range(9)])), rng.random() < 0.85
    paid_day = created + timedelta(days=rng.choice((0, 0, 0, 1, 3)))
    back = rng.choice((0, 0, 0, amount // 3, amount)) if is_paid else 0
    n_lines = rng.choice((0, 1, 1, 1, 2, 2, 3, 4))
    about: Row = {
        "buyer_key": None if shop == 2 else f"b{rng.randrange(60)}",
        "province": rng.choice(PROVINCES),
        "channel": rng.choice(CHANNELS),
        "status": rng.choice(("completed", "shipped")) if is_paid else "pending_payment",
        "order_kind": "brushing" if rng.random() < 0.05 else "ordinary",
    }
    row = about | order(
        order_id,
        f"{created} {rng.randrange(24):02}",
        amount,
        paid=f"{paid_day} {rng.randrange(24):02}" if is_paid else None,
        refunded=back,
        n_lines=n_lines,
        shop_id=shop,
    )
    found["order_header"].append(row)
    for place, part in enumerate(allocate(amount, [rng.randrange(1, 9) for _ in range(n_lines)]) if n_lines else ()):
        _add_line(rng, row, place, part, found)
    if back:
        _add_refunds(rng, row, back, found)


def _add_line(rng: random.Random, of: Row, place: int, part: int, found: Tables) -> None:
    product = rng.choice(PRODUCTS)
    kind = rng.choice(("product", "product", "product", "shipping", "gift"))
    made = line(
        str(of["order_id"]),
        place,
        product,
        rng.randrange(1, 5),
        part,
        part if of["is_paid"] else 0,
        shop_id=of["shop_id"],
        line_kind=kind,
        category=OF_LINE.get(product or ""),
        sku_id=None if product is None else f"{product}-{rng.randrange(3)}",
        sku_spec=rng.choice(("大码", "小码", None)),
    )
    found["order_line"].append(made)
    if of["is_paid"]:
        cost = rng.choice((None, part // 2, part // 3))
        same = ("shop_id", "order_id", "line_key", "product_id", "sku_id", "category", "line_kind", "quantity")
        known: Row = {name: made[name] for name in same}
        known |= {name: of[name] for name in ("paid_date", "province", "channel", "order_kind", "currency")}
        money = {"paid_minor": part, "receivable_minor": part, "list_minor": part, "cost_known": cost is not None}
        left = {"goods_cost_minor": cost, "contribution_minor": None if cost is None else part - cost}
        found["line_profit"].append(known | money | left)


def _add_refunds(rng: random.Random, of: Row, back: int, found: Tables) -> None:
    for place, part in enumerate(allocate(back, [1] * rng.choice((1, 1, 2)))):
        paid = of["paid_date"]
        assert isinstance(paid, date)
        found["refund"].append(
            refund(
                f"{of['order_id']}-r{place}",
                str(of["order_id"]),
                f"{paid} {of['paid_hour']:02}",
                part,
                shop_id=of["shop_id"],
                province=of["province"],
                channel=of["channel"],
                order_kind=of["order_kind"],
                product_id=rng.choice(PRODUCTS),
                refund_type=rng.choice(("refund_only", "return_and_refund")),
                status="succeeded",
            )
            | {"refunded_date": paid + timedelta(days=rng.randrange(20))}
        )


def _visit(rng: random.Random, number: int) -> Row:
    return {
        "shop_id": 3,
        "session_id": number,
        "visitor_id": f"v{rng.randrange(80)}",
        "session_date": FIRST + timedelta(days=rng.randrange(N_DAYS)),
        "n_pages": rng.randrange(1, 9),
        "channel": rng.choice(("live", "search", "unknown")),
        "device": rng.choice(("mobile", "desktop", None)),
        "has_cart": rng.random() < 0.4,
        "has_order": rng.random() < 0.15,
        "is_bot": rng.random() < 0.1,
    }

"""The crowd with goods, events, members and messages, so that every kind of condition holds for somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tests.metrics.ledgers import Row, line
from tests.understand.customers.crowd import crowd, orders_of, tables_of

from zhanggui.understand.customers.audiences.conditions import Audience, audience_of

TEA, SHIRT = "茶", "衬衫"


def goods_of(orders: Sequence[Row]) -> list[Row]:
    """Return a line for each order: shirts for who came twice, small and in the end large; tea for everybody else."""
    rows = []
    for order in orders:
        is_shirt = str(order["buyer_key"]).startswith("twice")
        size = "S" if order["paid_date"] == date(2026, 4, 1) else "xl"
        amount = int(str(order["paid_minor"]))
        rows.append(
            line(
                str(order["order_id"]), 1, "p-shirt" if is_shirt else "p-tea", 3 if size == "S" else 1, amount, amount,
                category=SHIRT if is_shirt else TEA, sku_spec=f"颜色:白;尺码:{size}" if is_shirt else "规格:100g",
                batch_id=1,
            )
        )  # fmt: skip
    return rows


def event(number: int, user: str, name: str, day: str, *, bot: str | None = None) -> Row:
    """Return one event of an account."""
    at = datetime.fromisoformat(f"{day}T12:00:00")
    return {
        "shop_id": 1, "event_id": number, "event_at": at, "event_date": at.date(), "event_hour": 20,
        "clock": "stated", "source": "segment", "kind": "behaviour", "name": name, "user_key": user, "bot_mark": bot,
    }  # fmt: skip


def member(buyer: str, consent: int | None, tier: str = "普通", **more: object) -> Row:
    """Return one member who is linked by buyer id."""
    return {
        "shop_id": 1, "fact_key": f"{buyer}-{consent}", "member_key": f"m-{buyer}", "buyer_key": buyer, "tier": tier,
        "has_consent": consent, "birth_month": 6, "currency": "CNY", **more,
    }  # fmt: skip


def sent(buyer: str, *, complaint: int = 0, unsubscribed: int = 0) -> Row:
    """Return one message."""
    return {
        "shop_id": 1, "fact_key": f"s-{buyer}", "message_id": f"s-{buyer}", "buyer_key": buyer, "currency": "CNY",
        "is_complaint": complaint, "is_unsubscribe": unsubscribed,
    }  # fmt: skip


def everything() -> Mapping[str, Sequence[Row]]:
    """Return the tables: 36 buyers and two accounts that never ordered."""
    orders = orders_of(crowd())
    for order in orders:
        order["province"] = "西藏" if str(order["buyer_key"]).startswith("often") else "浙江"
        order["paid_at"] = datetime.combine(order["paid_date"], datetime.min.time())  # type: ignore[arg-type]  # a date
    events = [
        *(event(n, "twice0", "reviews_view", "2026-06-2" + str(n)) for n in range(3)),
        event(3, "twice1", "reviews_view", "2026-06-20"),
        event(4, "twice1", "reviews_view", "2026-06-21", bot="agent"),
        event(5, "looker", "product_view", "2026-06-21"),
        event(6, "newcomer", "product_view", "2026-06-30"),
    ]
    members = [
        *(member(f"often{n}", 1, "黑卡") for n in range(4)),
        member("twice0", 1), member("twice1", 0), member("twice1", 1, shop_id=1, fact_key="again"),
        member("twice2", 1), member("twice3", 1), member("twice4", 1),
    ]  # fmt: skip
    messages = [sent("twice2", complaint=1, unsubscribed=1), sent("twice3", unsubscribed=1), sent("often0")]
    return tables_of(orders, order_line=goods_of(orders), event=events, member=members, message_send=messages)


def of(*conditions: object, name: str = "a", among: str = "buyers", joined: str = "all") -> Audience:
    """Return an audience of these conditions."""
    return audience_of({"name": name, "among": among, "condition": {"kind": joined, "of": list(conditions)}})

"""Invented order histories, and the files that a seller might export of them at different times."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.collect.loading import forms
from tests.collect.loading.shops import csv, layout

from zhanggui.collect.mapping import Layout

START = datetime(2026, 9, 1, 9, tzinfo=UTC).replace(tzinfo=None)
PROVINCES = ("浙江省 杭州市 余杭区", "内蒙古自治区 包头市", "上海 上海市", "")
TITLES = ("茶", "杯", "壶")
MAPPED_ORDERS = layout(
    "orders",
    {"order_id": "id", "created_at": "at", "paid_at": "paid", "order_amount": "sum", "paid_amount": "got",
     "province": "region", "channel": "channel", "status": "state", "modified_at": "changed"},
    constants={"platform": "taobao", "shop": "甲店"},
    name="orders",
)  # fmt: skip
MAPPED_LINES = layout(
    "order_lines",
    {"order_id": "id", "created_at": "at", "product_title": "title", "quantity": "n", "unit_price": "price",
     "buyer_id": "buyer"},
    constants={"platform": "taobao", "shop": "甲店"},
    options={"negative_quantity": "refund"},
    name="lines",
)  # fmt: skip

MARKED = layout(
    "marked_orders",
    {"order_id": "id", "mark": "mark"},
    constants={"platform": "taobao", "shop": "甲店"},
    name="marks",
)
COUPONS = layout(
    "coupons",
    {"coupon_id": "code", "issued_at": "issued", "expires_at": "until", "used_at": "used", "order_id": "order"},
    constants={"platform": "taobao", "shop": "甲店"},
    name="coupons",
)


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands at one moment; money in fen."""

    order_id: str
    created: datetime
    paid: datetime | None
    state: str
    lines: tuple[Line, ...]
    refund: int
    province: str
    buyer: str

    @property
    def amount(self) -> int:
        return sum(line.quantity * line.price for line in self.lines)

    @property
    def paid_amount(self) -> int:
        return self.amount if self.paid else 0


@dataclass(frozen=True, slots=True)
class File:
    """A file to load, and the map to read it with."""

    name: str
    data: bytes
    layout: Layout | None = None


def history(rng: random.Random, n_orders: int) -> list[list[Order]]:
    """Return the same orders at three moments; between them they are paid, shipped, refunded and changed."""
    now = [_order(rng, number) for number in range(n_orders)]
    moments = [now]
    for _ in range(2):
        now = [_moved_on(rng, one) for one in now]
        moments.append(now)
    return moments


def _order(rng: random.Random, number: int) -> Order:
    created = START + timedelta(seconds=rng.randrange(5 * 86_400))
    lines = tuple(
        Line(rng.choice(TITLES), rng.randint(1, 3), rng.choice((0, 1, 999, 1000, 3333)))
        for _ in range(rng.randint(1, 3))
    )
    paid = created + timedelta(seconds=rng.randrange(1, 90_000)) if rng.random() < 0.7 else None
    state = forms.PAID if paid else forms.WAITING
    return Order(
        f"{number:04}", created, paid, state, lines, 0, rng.choice(PROVINCES), rng.choice(("b1", "b2", "b**1"))
    )


def _moved_on(rng: random.Random, one: Order) -> Order:
    what = rng.choice(("pay", "ship", "refund", "drop", "close", "stay", "stay"))
    if what == "pay" and one.paid is None:
        return replace(one, paid=one.created + timedelta(hours=30), state=forms.PAID)
    if what == "ship" and one.paid:
        return replace(one, state=rng.choice((forms.SHIPPED, forms.DONE)))
    if what == "refund" and one.paid_amount:
        return replace(one, refund=rng.randint(0, one.paid_amount))
    if what == "drop" and len(one.lines) > 1:
        fewer = replace(one, lines=one.lines[:-1])
        return replace(fewer, refund=min(one.refund, fewer.paid_amount))
    if what == "close":
        return replace(one, state=forms.CLOSED)
    return one


def files_of(rng: random.Random, moments: list[list[Order]], n_files: int) -> list[File]:
    """Return some of the exports that could have been made at these moments, each of some of the orders."""
    made = []
    for number in range(n_files):
        moment = rng.randrange(len(moments))
        orders = [one for one in moments[moment] if rng.random() < 0.7] or moments[moment][:1]
        rng.shuffle(orders)
        kind = rng.choice(tuple(_WRITERS))
        # Half of the names tell when the export was made; two exports of one kind may be of the same minute.
        stamp = f"2026090{6 + moment}1200" if rng.random() < 0.5 else ""
        made.append(replace(_WRITERS[kind](orders, moment), name=f"{kind}{stamp}_{number}.csv"))
        if kind in {"items", "parts"} and rng.random() < 0.5:
            made += _cut(rng, made.pop())
    return made


def _cut(rng: random.Random, one: File) -> list[File]:
    """Return a file in two parts, as a large export comes; the first may end in the midst of an order."""
    header, *rows = one.data.splitlines(keepends=True)
    at = rng.randint(0, len(rows))
    parts = (rows[:at], rows[at:])
    return [
        replace(one, name=f"{number}_{one.name}", data=header + b"".join(part)) for number, part in enumerate(parts)
    ]


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _text(moment: datetime | None, pattern: str = "%Y-%m-%d %H:%M:%S") -> str:
    return moment.strftime(pattern) if moment else ""


def _cells(one: Order, pattern: str = "%Y-%m-%d %H:%M:%S") -> Mapping[str, str]:
    return {
        "订单编号": one.order_id,
        "买家会员名": one.buyer,
        "买家应付货款": _yuan(one.amount),
        "总金额": _yuan(one.amount),
        "买家实际支付金额": _yuan(one.paid_amount),
        "订单状态": one.state,
        "收货地址 ": one.province,
        "订单创建时间": _text(one.created, pattern),
        "订单付款时间 ": _text(one.paid, pattern),
        "退款金额": _yuan(one.refund),
        "联系手机": f"1390000{one.order_id}",
        "店铺名称": "甲店",
    }


def _seven(orders: list[Order], moment: int, pattern: str = "%Y-%m-%d %H:%M:%S") -> File:
    # This form states what is left of the payment after refunds.
    rows = [{**_cells(one, pattern), "买家实际支付金额": _yuan(one.paid_amount - one.refund)} for one in orders]
    return File("", forms.form(forms.SEVEN, rows))


def _minutes(orders: list[Order], moment: int) -> File:
    return _seven(orders, moment, "%Y/%m/%d %H:%M")


def _wide(orders: list[Order], moment: int) -> File:
    return File("", forms.form(forms.SIXTY_ONE, [_cells(one) for one in orders]))


def _narrow(orders: list[Order], moment: int) -> File:
    return File("", forms.form(forms.FORTY_ONE, [_cells(one) for one in orders]))


def _items(orders: list[Order], moment: int) -> File:
    rows = [
        forms.item(one.order_id, line.title, _yuan(line.price), str(line.quantity), 订单状态=one.state)
        for one in orders
        for line in one.lines
    ]
    return File("", forms.form(forms.ITEMS, rows))


def _cases(orders: list[Order], moment: int) -> File:
    rows = [forms.refund(f"r{one.order_id}", one.order_id, _yuan(one.refund)) for one in orders if one.refund]
    rows.append(forms.refund("r-nobody", "9999", "5.00"))
    return File("", forms.form(forms.REFUNDS, rows))


def _mapped(orders: list[Order], moment: int) -> File:
    header = ["id", "at", "paid", "sum", "got", "region", "channel", "state", "changed"]
    rows = [
        [one.order_id, _text(one.created), _text(one.paid), _yuan(one.amount), _yuan(one.paid_amount),
         one.province[:2] if moment else None, "直播" if moment == 1 else None, one.state,
         _text(START + timedelta(days=5 + moment)) if one.order_id > "0003" else None]
        for one in orders
    ]  # fmt: skip
    return File("", csv(header, *rows), MAPPED_ORDERS)


def _mapped_lines(orders: list[Order], moment: int) -> File:
    rows = [
        [one.order_id, _text(one.created), line.title, line.quantity, _yuan(line.price), one.buyer]
        for one in orders
        for line in one.lines
    ]
    rows += [[f"C{one.order_id}", _text(one.created), "茶", -1, "1.00", one.buyer] for one in orders[:2]]
    return File("", csv(["id", "at", "title", "n", "price", "buyer"], *rows), MAPPED_LINES)


def _marks(orders: list[Order], moment: int) -> File:
    """What somebody has found out by then: a mark may change, or be taken back."""
    words = ("brushing", "test", "ordinary")
    rows = [[one.order_id, words[(int(one.order_id) + moment) % 3]] for one in orders if int(one.order_id) % 2]
    return File("", csv(["id", "mark"], *rows), MARKED)


def _coupons(orders: list[Order], moment: int) -> File:
    """A coupon for every order, used when it is paid."""
    rows = [
        [f"Q{one.order_id}", _text(one.created), _text(one.created + timedelta(days=90)), _text(one.paid),
         one.order_id if one.paid else None]
        for one in orders
    ]  # fmt: skip
    return File("", csv(["code", "issued", "until", "used", "order"], *rows), COUPONS)


def _sub_orders(orders: list[Order], moment: int) -> File:
    """Sub-orders with states of their own: all but the first line of a shipped order wait a while."""
    rows = [
        forms.sub_order(
            one.order_id,
            f"{one.order_id}-{place}",
            _text(one.created),
            商品标题=line.title,
            购买数量=str(line.quantity),
            商品价格=_yuan(line.price),
            买家实付金额=_yuan(line.quantity * line.price if one.paid else 0),
            订单状态=forms.PAID if place and one.state == forms.SHIPPED else one.state,
            订单付款时间=_text(one.paid),
        )
        for one in orders
        for place, line in enumerate(one.lines)
    ]
    return File("", forms.form(forms.SUB_ORDERS, rows))


_WRITERS: Mapping[str, Callable[[list[Order], int], File]] = {
    "seven": _seven,
    "minutes": _minutes,
    "wide": _wide,
    "narrow": _narrow,
    "items": _items,
    "cases": _cases,
    "mapped": _mapped,
    "lines": _mapped_lines,
    "marks": _marks,
    "coupons": _coupons,
    "parts": _sub_orders,
}
KINDS = tuple(_WRITERS)
"""Kinds of files, as their names begin."""


def sequences(rng: random.Random, files: list[File], n: int) -> Iterator[list[File]]:
    """Yield ways to load the files: shuffled, some of them twice."""
    for _ in range(n):
        chosen = [*files, *(one for one in files if rng.random() < 0.3)]
        rng.shuffle(chosen)
        yield chosen

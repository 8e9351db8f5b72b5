"""Steps of a funnel: kinds of events, or pages by their address, without a line of code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.ledger.eventcache import Part, ShopEvents
from zhanggui.ledger.schema.event_tables import EVENT_NAMES
from zhanggui.methods.kernels.funnel import MOST_STEPS
from zhanggui.metrics.problems import BadChoiceError

VISIT = "visit"
_PAGE = "page:"

EVENT_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "page_view": Text("浏览页面", "Page"),
        "screen_view": Text("浏览页面", "Screen"),
        "search": Text("搜索", "Search"),
        "product_list_view": Text("商品列表", "List of goods"),
        "product_click": Text("点击商品", "Product click"),
        "product_view": Text("商品详情", "Product"),
        "variant_view": Text("规格选择", "Variants"),
        "reviews_view": Text("看评价", "Reviews"),
        "favourite": Text("收藏", "Favourite"),
        "unfavourite": Text("取消收藏", "Favourite undone"),
        "add_to_cart": Text("加购", "Add to cart"),
        "remove_from_cart": Text("移出购物车", "Out of the cart"),
        "cart_view": Text("购物车", "Cart"),
        "begin_checkout": Text("结算", "Checkout"),
        "checkout_step": Text("结算步骤", "Checkout step"),
        "add_payment_info": Text("支付页", "Payment"),
        "order_created": Text("提交订单", "Order placed"),
        "purchase": Text("支付成功", "Paid"),
        "promotion_view": Text("看到活动", "Promotion seen"),
        "promotion_click": Text("点击活动", "Promotion click"),
        "coupon_applied": Text("用券", "Coupon"),
        "share": Text("分享", "Share"),
        "review": Text("写评价", "Review written"),
        "click": Text("点击", "Click"),
        "sign_up": Text("注册", "Sign-up"),
        "login": Text("登录", "Login"),
        "identify": Text("识别身份", "Identified"),
        "other": Text("其他", "Other"),
    }
)
"""What kinds of events are called."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel.

    Attributes
    ----------
    key : str
        As it is written: ``visit``, names of events joined by ``|``, or ``page:`` and an address with ``*``.
    label : Text
        What a person reads.
    """

    key: str
    label: Text

    @property
    def column(self) -> str | None:
        """Which texts of an event say whether it is this step; None for the begin of a visit, which is no event."""
        if self.key == VISIT:
            return None
        return "page" if self.key.startswith(_PAGE) else "name"

    def known(self, texts: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Return which of these texts are this step's, and False at the end for events that have none."""
        wanted = self.key.removeprefix(_PAGE) if self.column == "page" else self.key.split("|")
        return np.array(
            [*(fnmatchcase(text, wanted) if isinstance(wanted, str) else text in wanted for text in texts), False]
        )


def visit_bits(steps: tuple[Step, ...]) -> int:
    """Return the bits of the steps that are the begin of a visit."""
    return sum(1 << place for place, step in enumerate(steps) if step.column is None)


def step_bits(shop: ShopEvents, part: Part, steps: tuple[Step, ...]) -> npt.NDArray[np.uint16]:
    """Return for each event the steps that it is, one bit each; the begin of a visit stands with its first event."""
    visits = visit_bits(steps)
    bits = part.begins() * np.uint16(visits) if visits else np.zeros(part.at.size, np.uint16)
    for column in sorted({step.column for step in steps if step.column is not None}):
        texts = shop.texts[column].to_pylist()
        of_text = np.zeros(len(texts) + 1, np.uint16)
        for place, step in enumerate(steps):
            if step.column == column:
                of_text |= step.known(texts).astype(np.uint16) << np.uint16(place)
        # Events without a text are numbered -1.
        bits |= of_text[getattr(part, column)]
    return bits


VISITED = Step(VISIT, Text("访问", "Visit"))
LOOKED = Step("product_view", Text("浏览商品", "Product seen"))
IN_CART = Step("add_to_cart", Text("加购", "Add to cart"))
ORDERED = Step("order_created|add_payment_info", Text("下单", "Order placed"))
PAID = Step("purchase", Text("支付", "Paid"))

FUNNELS: Mapping[str, tuple[Step, ...]] = MappingProxyType(
    {
        "stages": (VISITED, LOOKED, IN_CART, ORDERED, PAID),
        "pages": (
            VISITED,
            LOOKED,
            Step("variant_view", EVENT_LABELS["variant_view"]),
            IN_CART,
            Step("begin_checkout", EVENT_LABELS["begin_checkout"]),
            ORDERED,
            PAID,
        ),
    }
)
"""Funnels with a name: the five stages of 全链路 (UV, PV, 加购, 下单, 支付), and every page between."""


def steps_in(text: str | None) -> tuple[Step, ...]:
    """Return the steps that a word names: a funnel's name, or steps joined by commas.

    Raises
    ------
    BadChoiceError
        There is no such event.

    Examples
    --------
    >>> [step.key for step in steps_in("visit,page:/item/*/options,order_created|purchase")]
    ['visit', 'page:/item/*/options', 'order_created|purchase']
    """
    if not text:
        return FUNNELS["stages"]
    if text in FUNNELS:
        return FUNNELS[text]
    steps = tuple(_step(key.strip()) for key in text.split(",") if key.strip())
    if not 2 <= len(steps) <= MOST_STEPS:
        raise BadChoiceError(text, where="steps", allowed=[*FUNNELS, f"2 to {MOST_STEPS} steps joined by commas"])
    return steps


def _step(key: str) -> Step:
    for step in (each for steps in FUNNELS.values() for each in steps):
        if step.key == key:
            return step
    if key.startswith(_PAGE) and len(key) > len(_PAGE):
        return Step(key, Text.same(key.removeprefix(_PAGE)))
    names = key.split("|")
    for name in names:
        if name not in EVENT_NAMES:
            raise BadChoiceError(name, where="steps", allowed=[VISIT, f"{_PAGE}/address/*", *EVENT_LABELS])
    labels = [EVENT_LABELS.get(name, Text.same(name)) for name in names]
    return Step(key, Text(" / ".join(each.zh for each in labels), " / ".join(each.en for each in labels)))

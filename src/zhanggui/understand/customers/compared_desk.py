"""Order repurchase, and contacts beside other buyers, as answers for programs and the terminal."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.money import major
from zhanggui.understand.customers import order_repurchase as orders_again
from zhanggui.understand.customers import private_domain as domain
from zhanggui.understand.customers.behaviour_desk import whole_in
from zhanggui.understand.customers.coverage import PlatformShare, coverage_answer, coverage_said
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, View, view_from_pairs

NOT_ALIKE = Text(
    "这是直接比较：更常买的人更容易被加为好友，也更愿意留下，差额不全是私域带来的；要知道带来多少，请做对照实验。",
    "A plain comparison: who buys more is asked to join more often and stays, so the difference is not all brought by "
    "the private domain; only a test with a control says how much is.",
)


class OrderRepurchaseAnswer(BaseModel):
    """Of the orders of some days, those followed by another paid day of the same person; bounds of 95 %."""

    date_from: date
    date_to: date
    days: int
    orders: int
    followed: int
    rate: float
    low: float
    high: float
    identifiable: tuple[PlatformShare, ...]
    evidence: Literal["counted"] = "counted"
    warnings: tuple[Text, ...]


class DomainSide(BaseModel):
    """Buyers, their orders and money, all together and each, in major units."""

    buyers: int
    orders: int
    paid: float
    net: float
    paid_each: float
    net_each: float


class PrivateDomainAnswer(BaseModel):
    """What contacts paid beside other buyers; bounds of 95 %."""

    as_of: date
    days: int
    currency: str
    contacts: DomainSide
    others: DomainSide
    ratio: float
    low: float
    high: float
    identifiable: tuple[PlatformShare, ...]
    evidence: Literal["counted"] = "counted"
    warnings: tuple[Text, ...]


def order_repurchase_of_pairs(desk: Desk, pairs: Pairs) -> OrderRepurchaseAnswer:
    """Return how many orders were followed; ``days`` is the time to wait, ``category`` narrows the orders."""
    view = view_from_pairs(pairs)
    days = whole_in(pairs, "days", orders_again.DAYS)
    found = orders_again.order_repurchase(desk, view, days=days, categories=_categories(pairs))
    return OrderRepurchaseAnswer(
        date_from=found.first,
        date_to=found.last,
        days=days,
        orders=found.n_orders,
        followed=found.n_followed,
        rate=found.rate,
        low=found.low,
        high=found.high,
        identifiable=coverage_answer(desk, _of_stores(view)),
        warnings=(*coverage_said(desk, _of_stores(view)), *found.people.warnings),
    )


def private_domain_of_pairs(desk: Desk, pairs: Pairs) -> PrivateDomainAnswer:
    """Return what contacts spent beside others; ``days`` up to the one looked at, ``category`` narrows the orders."""
    view = view_from_pairs(pairs)
    days = whole_in(pairs, "days", domain.DAYS)
    found = domain.private_domain(desk, view, days=days, categories=_categories(pairs))
    code = found.people.currency
    return PrivateDomainAnswer(
        as_of=found.people.as_of,
        days=days,
        currency=code,
        contacts=_side(found.contacts, code),
        others=_side(found.others, code),
        ratio=found.ratio,
        low=found.low,
        high=found.high,
        identifiable=coverage_answer(desk, view),
        warnings=(NOT_ALIKE, *coverage_said(desk, view), *found.people.warnings),
    )


def _categories(pairs: Pairs) -> tuple[str, ...]:
    return tuple(value for key, value in pairs if key == "category")


def _of_stores(view: View) -> View:
    """Return the view of all days and of everybody: whoever buys again is looked for there."""
    return View(where=tuple(each for each in view.where if each.dim in ("platform", "shop")))


def _side(side: domain.Side, currency: str) -> DomainSide:
    def money(minor: float) -> float:
        return major(round(minor), currency) or 0.0

    return DomainSide(
        buyers=side.n_buyers,
        orders=side.n_orders,
        paid=money(side.paid_minor),
        net=money(side.net_minor),
        paid_each=money(side.paid_minor / side.n_buyers),
        net_each=money(side.net_minor / side.n_buyers),
    )

"""Attribution of the shop's own orders: credits by model, intervals, agreement, spend, claims and what is measured.

Catalogue C-ATTR-01 to C-ATTR-05, M-MKT-01, M-MKT-04, M-MKT-08, SEG-16.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from zhanggui.i18n import Text
from zhanggui.ledger.sessions.rules import UNKNOWN
from zhanggui.methods.attribution import Attribution, attribute
from zhanggui.methods.attribution.journeys import Floats
from zhanggui.methods.problems import NotEnoughDataError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.attribution_rules import AttributionRules, Level
from zhanggui.understand.traffic.channel_names import MESSAGE
from zhanggui.understand.traffic.credited import CutJourneys
from zhanggui.understand.traffic.measured import Measured, measured_messages
from zhanggui.understand.traffic.order_journeys import OrderJourneys, order_journeys
from zhanggui.understand.traffic.outlays import Key, Outlay, outlays
from zhanggui.understand.traffic.refusals import ThinTrafficError
from zhanggui.understand.view import View

MENU = ("first", "last", "linear", "time_decay", "position", "markov_1", "markov_2", "shapley", "shapley_rate")
"""Models that the page offers; order 3 and the ordered value are asked by name."""

OF_MANY = ("first", "last", "linear", "time_decay", "position", "markov_1", "shapley")
"""Models of campaigns and creatives: too many for every set of them, or for longer memories."""

MAIN = "markov_1"
RATE = "shapley_rate"
FEWEST_JOURNEYS = 30
"""Fewer journeys that ended in an order say nothing certain about a touch point."""

Node = Literal["golden", "noise", "ordinary", "unknown"]
MOST_CHANNELS = 20
"""More of them are too many for the value by rate."""


@dataclass(frozen=True, slots=True)
class TouchPoint:
    """One channel, campaign or creative; amounts in minor units.

    Attributes
    ----------
    key : tuple of str
        Channel, campaign and creative, as far as asked.
    touches, journeys : int
        Touches that could get credit; orders with such a touch.
    orders, revenue, profit : mapping of str to float
        Credits by model; profit is before advertising.
    low, high : float or None
        Interval of 90 % of the orders by the main model.
    removal_effect : float or None
        Share of orders lost without it, by the chain of order 1.
    last_orders, new_buyers, cycle_days : float
        Orders and first orders whose last touch it was; days from first touch to order after more than one visit.
    outlay : Outlay
        Spend and claims.
    measured : Measured or None
        What a control group says.
    node : str
        Golden, noise, ordinary or unknown (SEG-16).
    """

    key: Key
    touches: int
    journeys: int
    orders: Mapping[str, float]
    revenue: Mapping[str, float]
    profit: Mapping[str, float]
    low: float | None = None
    high: float | None = None
    removal_effect: float | None = None
    last_orders: int = 0
    new_buyers: int = 0
    cycle_days: float | None = None
    outlay: Outlay = field(default_factory=Outlay)
    measured: Measured | None = None
    node: Node = "unknown"

    @property
    def band(self) -> tuple[float, float]:
        """Fewest and most orders that a model gives it; the value by rate stands apart, it shares nothing out."""
        shares = [credit for name, credit in self.orders.items() if name != RATE] or [*self.orders.values()]
        return min(shares), max(shares)

    @property
    def best_profit(self) -> float:
        """Most profit that a model gives it, the value by rate left out."""
        return max((credit for name, credit in self.profit.items() if name != RATE), default=0.0)

    @property
    def wasted_minor(self) -> float:
        """Spend that even its most favourable credit does not bring back."""
        return max(self.outlay.spend_minor - max(self.best_profit, 0.0), 0.0)


@dataclass(frozen=True, slots=True)
class ShopAttribution:
    """What each touch point gets of the shop's orders.

    Attributes
    ----------
    orders, revenue, profit : float
        Totals of all orders counted, the unknown ones included; credits of every model sum to them.
    n_unknown : int
        Orders without any touch.
    nulls : int
        Journeys that ended without an order.
    profit_known : float
        Share of the orders whose costs are known.
    """

    rules: AttributionRules
    level: Level
    main: str
    models: tuple[str, ...]
    points: tuple[TouchPoint, ...]
    orders: int
    revenue: float
    profit: float
    n_unknown: int
    nulls: int
    profit_known: float
    removal_effects: Mapping[str, Mapping[Key, float]]
    found: OrderJourneys
    n_draws: int

    @property
    def spend_minor(self) -> int:
        """Spend on all touch points."""
        return sum(point.outlay.spend_minor for point in self.points)

    @property
    def utilisation(self) -> float | None:
        """Share of the spend on touch points that bring back more than they cost, by the main model (M-MKT-04)."""
        working = sum(each.outlay.spend_minor for each in self.points if self.works(each))
        return working / self.spend_minor if self.spend_minor else None

    def seen_orders(self, point: TouchPoint) -> float:
        """Return the orders that the shop itself saw come by a touch point: as files say, else by the last touch."""
        stated = self.found.orders.stated
        if self.level == "channel" and stated:
            return float(stated.get(point.key[0], 0))
        return float(point.last_orders)

    def works(self, point: TouchPoint) -> bool:
        """Whether the credited profit of a touch point exceeds its spend."""
        return point.profit.get(self.main, 0.0) > point.outlay.spend_minor


def shop_attribution(
    desk: Desk,
    view: View,
    rules: AttributionRules,
    *,
    level: Level = "channel",
    models: Sequence[str] = (),
    main: str = MAIN,
    n_draws: int = 0,
) -> ShopAttribution:
    """Return the attribution of the orders of a view.

    Parameters
    ----------
    desk : Desk
        The shop.
    view : View
        Stores and days in which the orders were paid.
    rules : AttributionRules
        How journeys are cut and credited.
    level : {"channel", "campaign", "creative"}
        What a touch point is.
    models : sequence of str
        Names of models; those of the menu, or of campaigns, where none is named.
    main : str
        The model of intervals, ROI and ranking; it is run in any case.
    n_draws : int
        Draws of the bootstrap; no intervals without.

    Raises
    ------
    ThinTrafficError
        There are no journeys, or none ends in an order.
    """
    key = ("shop attribution", view.date_from, view.date_to, view.where, rules, level, tuple(models), main, n_draws)

    def make() -> ShopAttribution:
        found = order_journeys(desk, view, rules)
        cut = CutJourneys(found, rules, level)
        is_many = level != "channel" or len(cut.keys) > MOST_CHANNELS
        names = tuple(dict.fromkeys([*(models or (OF_MANY if is_many else MENU)), main]))
        points = _Points(cut, names, main, rules.half_life_days)
        measured = measured_messages(desk, view) if level == "channel" else None
        counted = np.concatenate((cut.order, cut.unknown))
        orders = found.orders
        return ShopAttribution(
            rules=rules,
            level=level,
            main=main,
            models=names,
            points=points.all(outlays(desk, view, level, found.stores), measured, n_draws),
            orders=counted.size,
            revenue=float(orders.revenue[counted].sum()),
            profit=float(np.nan_to_num(orders.profit[counted]).sum()),
            n_unknown=cut.unknown.size,
            nulls=cut.n_nulls,
            profit_known=float(np.isfinite(orders.profit[counted]).mean()),
            removal_effects={
                name: dict(zip(cut.keys, map(float, effect), strict=True))
                for name, effect in points.by_revenue.removal_effects.items()
            },
            found=found,
            n_draws=n_draws,
        )

    return desk.kept(key, make)


class _Points:
    """The touch points of cut journeys, with everything that is known of each."""

    def __init__(self, cut: CutJourneys, models: tuple[str, ...], main: str, half_life: float) -> None:
        self.cut, self.models, self.main = cut, models, main
        orders, n = cut.found.orders, max(len(cut.keys), 1)

        def shared(worth: Floats) -> Attribution:
            return attribute([cut.journeys(worth)], n_channels=n, models=models, half_life=half_life)

        try:
            self.by_revenue = shared(orders.revenue[cut.order])
            self.by_profit = shared(np.nan_to_num(orders.profit[cut.order]))
        except NotEnoughDataError:
            raise ThinTrafficError(
                Text("这段时间没有一个订单能接上访问。", "No order of these days can be joined to a visit."),
                Text("请检查事件里是否带订单号与账号。", "Check that events carry order ids and accounts."),
            ) from None

    def all(self, spent: Mapping[Key, Outlay], measured: Measured | None, n_draws: int) -> tuple[TouchPoint, ...]:
        """Return the points, largest credit first, those of spend alone and the unknown ones too."""
        cut = self.cut
        bounds = cut.intervals(self.main, n_draws) if n_draws else None
        touches, reached = cut.counts()
        last, new, cycle = cut.last_touches()
        known = [
            self._point(place, key, int(touches[place]), int(reached[place]), bounds)
            for place, key in enumerate(cut.keys)
            if touches[place] or key in spent
        ]
        places = {key: place for place, key in enumerate(cut.keys)}
        known = [
            replace(
                point,
                last_orders=int(last[places[point.key]]),
                new_buyers=int(new[places[point.key]]),
                cycle_days=cycle[places[point.key]],
                outlay=spent.get(point.key, Outlay()),
                measured=measured if point.key == (MESSAGE,) else None,
            )
            for point in known
        ]
        others = [self._flat(key, 0.0, 0.0, 0.0, spent[key]) for key in spent if key not in places]
        points = [*self._judged(known), *others, *self._unknown()]
        return tuple(sorted(points, key=lambda each: (-each.orders[self.main], each.key)))

    def _point(
        self, place: int, key: Key, touches: int, reached: int, bounds: tuple[Floats, Floats] | None
    ) -> TouchPoint:
        effects = self.by_revenue.removal_effects
        profit = {name: float(self.by_profit.values[name][place]) for name in self.models}
        return TouchPoint(
            key=key,
            touches=touches,
            journeys=reached,
            orders={name: float(self.by_revenue.credits[name][place]) for name in self.models},
            revenue={name: float(self.by_revenue.values[name][place]) for name in self.models},
            profit=profit,
            low=float(bounds[0][place]) if bounds else None,
            high=float(bounds[1][place]) if bounds else None,
            removal_effect=float(effects[MAIN][place]) if MAIN in effects else None,
        )

    def _flat(self, key: Key, orders: float, revenue: float, profit: float, outlay: Outlay) -> TouchPoint:
        """Return a point that every model gives the same: spent on without a touch, or orders without any."""
        return TouchPoint(
            key=key,
            touches=0,
            journeys=0,
            orders=dict.fromkeys(self.models, orders),
            revenue=dict.fromkeys(self.models, revenue),
            profit=dict.fromkeys(self.models, profit),
            outlay=outlay,
        )

    def _unknown(self) -> list[TouchPoint]:
        cut, orders = self.cut, self.cut.found.orders
        if not cut.unknown.size:
            return []
        key = (UNKNOWN, *[""] * (cut.n_parts - 1))
        profit = float(np.nan_to_num(orders.profit[cut.unknown]).sum())
        point = self._flat(key, float(cut.unknown.size), float(orders.revenue[cut.unknown].sum()), profit, Outlay())
        return [replace(point, new_buyers=int(orders.is_new[cut.unknown].sum()))]

    def _judged(self, points: Sequence[TouchPoint]) -> list[TouchPoint]:
        """Say of each point whether it is golden or noise, by its part of the credit against that of touches."""
        n_touches = sum(point.touches for point in points)
        n_orders = sum(point.orders[self.main] for point in points)
        return [replace(point, node=_node(point, self.main, n_orders / max(n_touches, 1))) for point in points]


def _node(point: TouchPoint, main: str, orders_per_touch: float) -> Node:
    if point.low is None or point.high is None or point.journeys < FEWEST_JOURNEYS:
        return "unknown"
    usual, spend = point.touches * orders_per_touch, point.outlay.spend_minor
    if point.low > usual and point.profit[main] > spend:
        return "golden"
    if point.high < usual and (not spend or point.best_profit < spend):
        return "noise"
    return "ordinary"

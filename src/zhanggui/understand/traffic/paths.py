"""路径 Ways through the site as a graph with loops, where people leave and what that costs (M-TRAFFIC-05, 06, 11, 12).

A place is a kind of event (product, search, cart ...) or, for plain pages, the page's address with its numbers cut to
``*``. What a visit does is its events in order; the same place again is a loop of the graph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zhanggui.i18n import Text
from zhanggui.ledger.eventcache import Part, ShopEvents
from zhanggui.methods.kernels import ENTRY, EXIT, Ways, flow_from, flow_to, ways_through
from zhanggui.metrics.problems import BadChoiceError
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.scene import OrderWorth, Scene, order_worth, parts_of, scene_of
from zhanggui.understand.traffic.steps import EVENT_LABELS
from zhanggui.understand.view import View

IDLE_MINUTES = 10
"""A page that stays open longer is not looked at: dwell time is cut here."""
DEPTH = 4
DEEPEST = 8
BROADEST = 7
"""Places that a drawing names in each step; the others are one."""

_SECOND = 1_000_000
_PLAIN = ("page_view", "screen_view")
_NO_PLACE = ("identify", "order_item", "purchase_item")
"""Events by which nobody goes anywhere."""
_ORDERED = "purchase"
_DIGITS = re.compile(r"\d+")

HOME = Text("首页", "Home")

Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Places:
    """Places numbered over all stores of a page.

    Examples
    --------
    >>> places = Places()
    >>> places.number("page_view", "/story/12"), places.number("cart_view", "/cart"), places.keys
    (0, 1, ['/story/*', 'cart_view'])
    """

    keys: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str, page: str | None) -> int:
        """Return the number of a place, giving it one where it has none."""
        key = _DIGITS.sub("*", page) if name in _PLAIN and page else name
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return self._numbers[key]

    def known(self, key: str) -> int:
        """Return the number of a place that is there.

        Raises
        ------
        BadChoiceError
            Nobody was there.
        """
        if key not in self._numbers:
            raise BadChoiceError(key, where="node", allowed=self.keys)
        return self._numbers[key]

    def of_part(self, shop: ShopEvents, part: Part) -> npt.NDArray[np.int16]:
        """Return the place of each event."""
        names, pages = shop.texts["name"].to_pylist(), shop.texts["page"].to_pylist()
        pairs = part.name.astype(np.int64) * (len(pages) + 1) + part.page + 1
        different, at = np.unique(pairs, return_inverse=True)
        numbers = []
        for pair in different.tolist():
            name, page = divmod(pair, len(pages) + 1)
            numbers.append(self.number(names[name], pages[page - 1] if page else None))
        found: npt.NDArray[np.int16] = np.array(numbers, np.int16)[at]
        return found


def place_label(key: str) -> Text:
    """Return what a place is called."""
    return HOME if key == "/" else EVENT_LABELS.get(key, Text.same(key))


@dataclass(frozen=True, slots=True)
class PathsFound:
    """The ways of the visits of some days.

    Attributes
    ----------
    keys : tuple of str
        The places.
    ways : Ways
        Which place followed which, in visits without and with an order.
    n_visits, n_buying : int
        Visits, and those of them with an order.
    """

    scene: Scene
    worth: OrderWorth
    keys: tuple[str, ...]
    ways: Ways
    n_visits: int
    n_buying: int

    @property
    def steps(self) -> Ints:
        """How often one place followed another, whatever the outcome."""
        found: Ints = self.ways.edges.sum(axis=0)
        return found


def paths_of(desk: Desk, view: View) -> PathsFound:
    """Return the ways of the visits of the days of a view.

    Raises
    ------
    ThinTrafficError
        No store of the view sends events.
    """

    def made() -> PathsFound:
        scene = scene_of(desk, view)
        places, walked = _placed(desk, scene)
        n_places = len(places.keys)
        total = None
        n_visits = n_buying = 0
        for shop, part, place in walked:
            is_buyer = buying(shop, part)
            ways = ways_through(
                part.visit, part.at, place, is_buyer, n_places=n_places, unit=_SECOND, cap=IDLE_MINUTES * 60
            )
            total = ways if total is None else total + ways
            seen = np.unique(part.visit)
            n_visits += seen.size
            n_buying += int(is_buyer[seen].sum())
        if total is None:
            none = np.zeros(0, np.int32)
            total = ways_through(
                none, none.astype(np.int64), none.astype(np.int16), np.zeros(0, bool), n_places=0, unit=1, cap=1
            )
        return PathsFound(scene, order_worth(desk, scene), tuple(places.keys), total, n_visits, n_buying)

    return desk.kept(("paths", _without_by(view)), made)


def _without_by(view: View) -> View:
    return View(view.date_from, view.date_to, view.where)


def _placed(desk: Desk, scene: Scene) -> tuple[Places, list[tuple[ShopEvents, Part, npt.NDArray[np.int16]]]]:
    places = Places()
    walked = []
    for shop in scene.shops:
        names = shop.texts["name"].to_pylist()
        nowhere = [place for place, name in enumerate(names) if name in _NO_PLACE]
        for part in parts_of(desk, scene, shop):
            kept = part.at_rows(~np.isin(part.name, nowhere))
            walked.append((shop, kept, places.of_part(shop, kept)))
    return places, walked


def buying(shop: ShopEvents, part: Part) -> npt.NDArray[np.bool_]:
    """Return which visits of a part paid for something."""
    names = shop.texts["name"].to_pylist()
    is_buyer = np.zeros(part.n_visits, bool)
    if _ORDERED in names:
        is_buyer[part.visit[part.name == names.index(_ORDERED)]] = True
    return is_buyer


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place: who was there, who began and left there, how long it held them, and what leaving there costs.

    Attributes
    ----------
    visits : int
        Visits that saw it.
    entries, exits : int
        Visits that began, and ended, there.
    loops : int
        How often it followed itself.
    lost : int
        Visits that ended there without an order.
    median_seconds, p90_seconds : float or None
        Time until the next event, no longer than `IDLE_MINUTES`; the last place of a visit has none.
    profit_lost : float or None
        What those would have left if they had gone on like the visits that did.
    buyers_share, others_share : float or None
        Share of the visits with, and without, an order that saw it.
    """

    key: str
    visits: int
    entries: int
    exits: int
    loops: int
    lost: int
    median_seconds: float | None
    p90_seconds: float | None
    profit_lost: float | None
    buyers_share: float | None
    others_share: float | None


def place_rows(found: PathsFound) -> tuple[PlaceRow, ...]:
    """Return every place, the one where leaving costs most first."""
    rows = [_place_row(found, number) for number in range(len(found.keys))]
    rows.sort(key=lambda row: (-(row.profit_lost or 0.0), -row.lost, row.key))
    return tuple(rows)


def _place_row(found: PathsFound, number: int) -> PlaceRow:
    edges, visits = found.ways.edges, found.ways.visits[:, number]
    lost = int(edges[0, number, EXIT])
    went_on = int(visits.sum()) - lost
    onward = int(visits[1]) / went_on if went_on else None
    profit = found.worth.profit
    n_others = found.n_visits - found.n_buying
    dwell = found.ways.dwell[number]
    return PlaceRow(
        key=found.keys[number],
        visits=int(visits.sum()),
        entries=int(edges[:, ENTRY, number].sum()),
        exits=int(edges[:, number, EXIT].sum()),
        loops=int(edges[:, number, number].sum()),
        lost=lost,
        median_seconds=quantile(dwell, 0.5),
        p90_seconds=quantile(dwell, 0.9),
        profit_lost=None if profit is None or onward is None else lost * onward * profit,
        buyers_share=int(visits[1]) / found.n_buying if found.n_buying else None,
        others_share=int(visits[0]) / n_others if n_others else None,
    )


def quantile(counts: Ints, share: float) -> float | None:
    """Return the value below or at which a share of counted values lies, None where there are none.

    Examples
    --------
    >>> quantile(np.array([0, 3, 0, 1]), 0.5), quantile(np.array([0, 3, 0, 1]), 0.9)
    (1.0, 3.0)
    """
    total = int(counts.sum())
    return float(np.searchsorted(np.cumsum(counts), share * total)) if total else None


@dataclass(frozen=True, slots=True)
class Band:
    """How many visits went from one place to another in one step; `target` None: the visit ended, or had begun."""

    step: int
    source: str
    target: str | None
    n: int


def flow_of(
    desk: Desk, view: View, *, node: str | None = None, backwards: bool = False, depth: int = DEPTH
) -> tuple[Band, ...]:
    """Return where visits went from a place, or came from before it, step by step.

    Parameters
    ----------
    node : str, optional
        The place; without it, the beginning of the visit.
    backwards : bool
        Where they came from; needs a place.
    depth : int
        So many steps.
    """

    def made() -> tuple[Band, ...]:
        scene = scene_of(desk, view)
        places, walked = _placed(desk, scene)
        n = len(places.keys)
        anchor = -1 if node is None else places.known(node)
        flows = np.zeros((depth, n + 1, n + 1), np.int64)
        for _, part, place in walked:
            if backwards:
                flows += flow_to(part.visit, place, n_places=n, depth=depth, anchor=anchor)
            else:
                flows += flow_from(part.visit, place, n_places=n, depth=depth, anchor=anchor)
        keys = [*places.keys, None]
        return tuple(
            Band(int(step), places.keys[source], keys[target], int(flows[step, source, target]))
            for step, source, target in np.argwhere(flows).tolist()
        )

    return desk.kept(("flow", _without_by(view), node, backwards, depth), made)


@dataclass(frozen=True, slots=True)
class TermRow:
    """One search word: visits that searched for it, and what they did."""

    term: str
    visits: int
    carted: int
    bought: int


def search_terms(desk: Desk, view: View) -> tuple[TermRow, ...]:
    """Return what was searched for, the most searched first."""
    scene = scene_of(desk, view)
    totals: dict[str, list[int]] = {}
    for shop in scene.shops:
        terms, names = shop.texts["term"].to_pylist(), shop.texts["name"].to_pylist()
        for part in parts_of(desk, scene, shop):
            has_cart = np.zeros(part.n_visits, bool)
            if "add_to_cart" in names:
                has_cart[part.visit[part.name == names.index("add_to_cart")]] = True
            is_buyer = buying(shop, part)
            rows = part.term >= 0
            pairs = np.unique(np.stack([part.term[rows], part.visit[rows]]), axis=1)
            for column, mask in enumerate((np.ones(part.n_visits, bool), has_cart, is_buyer)):
                counts = np.bincount(pairs[0][mask[pairs[1]]], minlength=len(terms))
                for place in np.flatnonzero(counts).tolist():
                    totals.setdefault(terms[place], [0, 0, 0])[column] += int(counts[place])
    found = [TermRow(term, *counts) for term, counts in totals.items()]
    found.sort(key=lambda row: (-row.visits, row.term))
    return tuple(found)

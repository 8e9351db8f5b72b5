"""弃购 Carts that were left, and those that were bought later: a cart that is bought is not abandoned (M-CONV-05)."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.ledger.eventcache import ShopEvents
from zhanggui.ledger.sessions.following import accounts_seen
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.scene import Scene, allowed_visits, scene_of
from zhanggui.understand.view import View

CARTED, PAID = "add_to_cart", "purchase"

_NEVER = np.iinfo(np.int64).min

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Carts:
    """What became of the last cart of everybody who filled one in the days looked at.

    Attributes
    ----------
    n : int
        People who put something into a cart.
    bought_at_once : int
        Who paid in the same visit, after the last time.
    bought_later : int
        Who paid in another visit, to this day: these carts are not abandoned.
    """

    n: int
    bought_at_once: int
    bought_later: int

    @property
    def abandoned(self) -> int:
        """Whose last cart nothing was paid after."""
        return self.n - self.bought_at_once - self.bought_later

    @property
    def rate(self) -> float | None:
        """Share of the carts that are abandoned."""
        return self.abandoned / self.n if self.n else None


def carts_of(desk: Desk, view: View) -> Carts:
    """Return what became of the carts of the days of a view, by all that is known to this day.

    Notes
    -----
    An order that the ledger knows counts as bought also where the event that tells of it was lost.
    """
    scene = scene_of(desk, view)
    found = [_carts(desk, scene, shop) for shop in scene.shops]
    return Carts(*(sum(getattr(one, name) for one in found) for name in ("n", "bought_at_once", "bought_later")))


def _carts(desk: Desk, scene: Scene, shop: ShopEvents) -> Carts:
    n = shop.n_visitors
    carted, same_visit, paid = np.full(n, _NEVER), np.zeros(n, bool), np.full(n, _NEVER)
    names = shop.texts["name"].to_pylist()
    cart_name, paid_name = (names.index(name) if name in names else -2 for name in (CARTED, PAID))
    for part in shop.between(scene.first, scene.last):
        allowed = allowed_visits(desk, scene, shop, part)
        kept = part if allowed is None else part.at_rows(allowed[part.visit])
        paid_in = np.full(part.n_visits, _NEVER)
        rows = kept.name == paid_name
        paid_in[kept.visit[rows]] = kept.at[rows]
        for person, some in shop.by_person(kept):
            rows = (some.name == cart_name) & (person >= 0)
            # Events of a person stand in order of time, so that the last one is what stays.
            carted[person[rows]] = some.at[rows]
            same_visit[person[rows]] = paid_in[some.visit[rows]] > some.at[rows]
    for part in shop.between(scene.first, None):
        rows = part.name == paid_name
        np.maximum.at(paid, shop.person_of[part.visitor[rows]], part.at[rows])
    _know_orders(desk, shop, paid)
    has = carted > _NEVER
    later = has & ~same_visit & (paid > carted)
    return Carts(int(has.sum()), int((has & same_visit).sum()), int(later.sum()))


def _know_orders(desk: Desk, shop: ShopEvents, paid: Ints) -> None:
    """Note when people paid by the orders of the ledger too."""
    orders, devices = desk.ledger.table("order_header"), accounts_seen((shop.shop_id,))
    bought = orders.filter(orders.shop_id == shop.shop_id, orders.is_paid, orders.buyer_key.notnull())
    last = bought.group_by("buyer_key").aggregate(at=ibis.coalesce(bought.paid_at, bought.created_at).max())
    rows = desk.ledger.query(
        last.filter(last["at"].notnull()).inner_join(devices, "buyer_key").select("visitor_id", "at")
    )
    place = pc.index_in(rows.column("visitor_id").cast(pa.string()), value_set=shop.texts["visitor"])
    known = pc.is_valid(place)
    person = shop.person_of[place.filter(known).to_numpy().astype(np.int64)]
    np.maximum.at(paid, person, rows.column("at").filter(known).cast(pa.int64()).to_numpy())

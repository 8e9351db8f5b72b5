"""Visits made into events: the pages of each visit in a possible order, and the seconds spent on each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.draws import Draws, Floats, Ints, Keys
from zhanggui.simulate.options import Trade
from zhanggui.simulate.records import EVENTS, Step
from zhanggui.simulate.rows import NEVER, Rows, Table
from zhanggui.simulate.scene.steps import CREATED
from zhanggui.simulate.seasons import hours
from zhanggui.simulate.stores import CHANNEL_OF

_INT = np.int64

SESSIONS = Table(
    "sessions",
    {
        "session": np.uint64,
        "anon": np.uint64,
        "is_bot": np.bool_,
        "is_known": np.bool_,
        "click": np.float64,
        **dict.fromkeys(
            (
                "person", "signs", "sdk", "depth", "trade", "sku", "order", "first_line", "n_lines", "value_minor",
                "starts_ms", "created_ms", "paid_ms", "banner",
                "channel", "campaign", "ad_group", "creative", "creator", "note", "live_session", "word",
            ),
            _INT,
        ),
    },
    frozenset(
        {
            "person", "order", "first_line", "created_ms", "paid_ms", "campaign", "ad_group", "creative", "creator",
            "note", "live_session", "word",
        }
    ),
)  # fmt: skip
"""Visits to the own site, before their pages are known.

`depth` counts the steps passed (`steps.FUNNEL`; one more where the visit ends with paying). A visit that creates an
order is placed by `created_ms`, one in which somebody registers without an order by `created_ms` too, any other by
`starts_ms`. `signs` is the `Step` by which the visitor makes himself known, or `NEVER`. `click` is a factor on clicks
on the banner.
"""

_ROUNDS = 8
"""Most items that are looked at one after the other."""
_PER_ROUND = (Step.SEARCH, Step.LIST, Step.ITEM, Step.REVIEWS, Step.FAVOURITE)
_BEFORE = (Step.CONTENT, Step.HOME, Step.LIST, Step.PROMOTION_VIEW, Step.PROMOTION_CLICK)
_AFTER = (
    Step.VARIANT, Step.ITEM, Step.VARIANT, Step.CART_ADD, Step.CART_REMOVE, Step.LIST, Step.ITEM, Step.CART,
    Step.LOGIN, Step.REGISTER, Step.CHECKOUT, Step.PAYMENT, Step.PURCHASE,
)  # fmt: skip
_SLOTS = np.array([*_BEFORE, *(_PER_ROUND * _ROUNDS), *_AFTER], np.int64)
_FIRST_ROUND = len(_BEFORE)
_REST = _FIRST_ROUND + _ROUNDS * len(_PER_ROUND)

_LAST = max(Step) + 1
_DWELL_MS = np.full(_LAST, 4000.0)
for _step, _seconds in {
    Step.HOME: 9, Step.LIST: 14, Step.SEARCH: 11, Step.ITEM: 26, Step.REVIEWS: 21, Step.VARIANT: 8, Step.CART_ADD: 3,
    Step.CART: 13, Step.CHECKOUT: 32, Step.PAYMENT: 24, Step.CONTENT: 38, Step.LOGIN: 12, Step.REGISTER: 28,
    Step.PROMOTION_VIEW: 3, Step.PROMOTION_CLICK: 2,
}.items():  # fmt: skip
    _DWELL_MS[_step] = _seconds * 1000
_SPREAD = 0.75
_IDLE_CHANCE = 0.004
"""Pages that are left open while the visitor does something else."""
_MOST_MS = 28 * 60_000
"""No gap within a visit reaches the half hour that ends one."""

_CONTENT = [CHANNEL_OF[code] for code in ("xiaohongshu", "official_account", "forum")]
_DEEP = [CHANNEL_OF[code] for code in ("search_ads", "creator", "wecom_group", "referral")]
_CAMPAIGN = [CHANNEL_OF[code] for code in ("feed_ads", "hard_ads")]
BANNER_CLICKS = 0.12
"""Chance that a banner that is seen is clicked; a visit sees one with about the chance `BANNER_SEEN`."""
BANNER_SEEN = 0.18


@dataclass(frozen=True, slots=True)
class Goods:
    """What the pages of a day show.

    Attributes
    ----------
    trade, product, category : array of int
        Of each SKU.
    appeal : array of float
        How often each SKU is looked at; 0 for what the site does not list.
    price_minor : array of int
        Of each SKU.
    lines : Rows
        Lines of the orders of the day without gifts, those of an order together.
    """

    trade: Ints
    product: Ints
    category: Ints
    appeal: Floats
    price_minor: Ints
    lines: Rows

    def looked_at(self, trade: Ints, chance: Floats) -> Ints:
        """Return the SKU of each trade that a uniform number falls on, or `NEVER`."""
        found = np.full(chance.shape, NEVER)
        for one in np.unique(trade).tolist():
            skus = np.flatnonzero((self.trade == one) & (self.appeal > 0))
            if skus.size:
                limits = np.cumsum(self.appeal[skus])
                those = trade == one
                place = np.searchsorted(limits, chance[those] * limits[-1], side="right")
                found[those] = skus[np.minimum(place, skus.size - 1)]
        return found


def visit_starts(draws: Draws, midnight: int, trade: Ints, key: Keys) -> Ints:
    """Return when each visit of a day begins, in milliseconds, by the hours of its trade."""
    hour = np.zeros(trade.size, np.int64)
    chance = draws.uniform("visit hour", key, midnight)
    for place, name in enumerate(Trade):
        those = trade == place
        hour[those] = np.searchsorted(np.cumsum(hours(name)), chance[those], side="right")
    within = (draws.uniform("visit minute", key, midnight) * 3_600_000).astype(np.int64)
    return midnight * 1000 + np.minimum(hour, 23) * 3_600_000 + within


def events_of(draws: Draws, sessions: Rows, goods: Goods, midnight: int) -> Rows:
    """Return the events of a day's visits in order of time.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    sessions : Rows
        Of `SESSIONS`.
    goods : Goods
        What the pages show.
    midnight : int
        The moment at which the day begins.
    """
    if not len(sessions):
        return Rows.none(EVENTS)
    counts, viewed = _pages(draws, sessions, goods)
    n_slots = _SLOTS.size
    flat = np.repeat(np.arange(counts.size), counts.ravel())
    visit, slot = np.divmod(flat, n_slots)
    step = _SLOTS[slot]
    begins = np.searchsorted(visit, np.arange(len(sessions)))
    at_ms = _times(draws, sessions, visit, step, begins, midnight * 1000)
    nth = np.arange(flat.size) - np.searchsorted(flat, flat)
    sku, quantity, price = _things(sessions, goods, viewed, visit, slot, nth)
    order = np.lexsort((np.arange(flat.size) - begins[visit], sessions["session"][visit], at_ms))
    visit, step = visit[order], step[order]
    is_from_order = np.isin(step, (Step.CHECKOUT, Step.PAYMENT, Step.PURCHASE)) & (sessions["order"][visit] != NEVER)
    names = ("session", "anon", "is_bot", "sdk", "channel", "campaign", "ad_group", "creative", "creator", "note",
             "live_session")  # fmt: skip
    sku = sku[order]
    return Rows(
        EVENTS,
        **{name: sessions[name][visit] for name in names},
        at_ms=at_ms[order],
        person=np.where(_is_known(sessions, visit, slot[order]), sessions["person"][visit], NEVER),
        step=step,
        sku=sku,
        quantity=quantity[order],
        price_minor=price[order],
        order=np.where(is_from_order & (step != Step.CHECKOUT), sessions["order"][visit], NEVER),
        page=_page(sessions, goods, visit, step, sku),
        word=np.where(step == Step.SEARCH, sessions["word"][visit], NEVER),
    )


def _pages(draws: Draws, sessions: Rows, goods: Goods) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Return how often each slot of each visit occurs, and the SKU of each round."""
    key, depth, channel = sessions["session"], sessions["depth"], sessions["channel"]
    n = key.size
    chance = draws.uniform("page", key[:, None], np.arange(_SLOTS.size)[None, :])
    counts = np.zeros((n, _SLOTS.size), np.uint8)
    is_looking, is_bot = depth > 0, sessions["is_bot"]
    is_content = np.isin(channel, _CONTENT)
    is_deep = np.isin(channel, _DEEP) & is_looking & (chance[:, 0] < 0.6)
    is_list = ~is_content & ~is_deep & (np.isin(channel, _CAMPAIGN) | np.isin(channel, _DEEP))
    is_home = ~(is_content | is_deep | is_list)
    counts[:, 0] = is_content
    counts[:, 1] = is_home | (is_looking & ~is_bot & (chance[:, 1] < 0.12))
    counts[:, 2] = is_list
    counts[:, 3] = counts[:, 1] & (chance[:, 3] < 0.8)
    counts[:, 4] = counts[:, 3] & (chance[:, 4] < BANNER_CLICKS * sessions["click"])
    rounds = _rounds(draws, sessions)
    is_active = np.arange(_ROUNDS)[None, :] < rounds[:, None]
    # Whoever does not look at an item may still look around: two in five do.
    is_around = ~is_looking & (draws.uniform("looks around", key) < 0.4)
    is_search = chance[:, _FIRST_ROUND:_REST:5] < np.where(channel == CHANNEL_OF["search"], 0.5, 0.28)[:, None]
    browses = is_active.copy()
    browses[:, 0] = np.where(is_looking, is_active[:, 0] & ~is_deep, is_around)
    counts[:, _FIRST_ROUND:_REST:5] = browses & is_search
    counts[:, _FIRST_ROUND + 1 : _REST : 5] = browses & ~is_search & (chance[:, _FIRST_ROUND + 1 : _REST : 5] < 0.75)
    counts[:, _FIRST_ROUND + 2 : _REST : 5] = is_active
    human = is_active & ~is_bot[:, None]
    counts[:, _FIRST_ROUND + 3 : _REST : 5] = human & (chance[:, _FIRST_ROUND + 3 : _REST : 5] < 0.26)
    counts[:, _FIRST_ROUND + 4 : _REST : 5] = human & (chance[:, _FIRST_ROUND + 4 : _REST : 5] < 0.05)
    counts[:, _REST:] = _closing(sessions, chance[:, _REST:])
    viewed = goods.looked_at(
        np.repeat(sessions["trade"], _ROUNDS),
        draws.uniform("looks at", key[:, None], np.arange(_ROUNDS)[None, :]).ravel(),
    ).reshape(n, _ROUNDS)
    # What he cares for is what he comes back to, and the last thing that he looks at.
    is_main = (np.arange(_ROUNDS)[None, :] == rounds[:, None] - 1) | (chance[:, _FIRST_ROUND + 2 : _REST : 5] < 0.3)
    is_main &= ~is_bot[:, None]
    return counts, np.where(is_main, sessions["sku"][:, None], viewed)


def _rounds(draws: Draws, sessions: Rows) -> Ints:
    """Return how many items each visit looks at: a geometric number."""
    longer = 0.66 + 0.02 * np.minimum(sessions["depth"], 4)
    more = np.log(draws.uniform("rounds", sessions["session"]) + 1e-12) / np.log(longer)
    rounds = np.minimum(1 + more.astype(np.int64), _ROUNDS)
    return np.where(sessions["is_bot"], _ROUNDS, np.where(sessions["depth"] > 0, rounds, 0))


def _closing(sessions: Rows, chance: Floats) -> npt.NDArray[np.uint8]:
    """Return how often the slots occur that lead from an item to the order."""
    depth = sessions["depth"][:, None]
    has_order = sessions["order"] != NEVER
    counts = np.zeros((len(sessions), len(_AFTER)), np.uint8)
    counts[:, 0:1] = depth >= 2
    counts[:, 1:3] = (depth >= 2) & (chance[:, 1:2] < 0.2)
    added = np.where(has_order, np.maximum(sessions["n_lines"], 1), 1 + (chance[:, 3] < 0.2))
    counts[:, 3] = np.where(depth[:, 0] >= 3, np.minimum(added, 250), 0)
    counts[:, 4] = (depth[:, 0] >= 3) & ~has_order & (chance[:, 4] < 0.1)
    counts[:, 5:7] = (depth >= 3) & (chance[:, 5:6] < 0.2)
    counts[:, 7] = np.where(depth[:, 0] >= 4, chance[:, 7] < 0.85, (depth[:, 0] == 3) & (chance[:, 7] < 0.45))
    counts[:, 8] = (depth[:, 0] >= 4) & (sessions["signs"] == Step.LOGIN)
    counts[:, 9] = (has_order | (sessions["created_ms"] != NEVER)) & (sessions["signs"] == Step.REGISTER)
    counts[:, 10] = depth[:, 0] >= 4
    counts[:, 11] = depth[:, 0] >= CREATED
    counts[:, 12] = depth[:, 0] > CREATED
    return counts


def _times(draws: Draws, sessions: Rows, visit: Ints, step: Ints, begins: Ints, midnight_ms: int) -> Ints:
    """Return the moment of each event; visits stay within their day."""
    key = sessions["session"]
    nth = np.arange(visit.size) - begins[visit]
    spread = np.exp(_SPREAD * draws.normal("dwell", key[visit], nth))
    is_idle = draws.uniform("idle", key[visit], nth) < _IDLE_CHANCE
    dwell = np.minimum(_DWELL_MS[step] * spread + is_idle * 600_000.0 * spread, _MOST_MS)
    dwell = np.where(sessions["is_bot"][visit], 150.0 + 600.0 * spread, np.maximum(dwell, 300.0)).astype(np.int64)
    since = np.cumsum(dwell) - dwell
    since -= since[begins][visit]
    ends = np.append(begins[1:], visit.size) - 1
    created = sessions["created_ms"]
    # Where the moment of one page is known, everything before leads up to it; a minute after midnight there is a
    # minute for it.
    ordered = created != NEVER
    anchor = np.where(sessions["order"] != NEVER, int(Step.PAYMENT), int(Step.REGISTER))
    until = np.zeros(key.size, np.int64)
    anchored = np.flatnonzero(ordered[visit] & (step == anchor[visit]))
    until[visit[anchored]] = since[anchored]
    room = np.maximum(created - midnight_ms, 0)
    hurry = np.where(ordered & (until > room), room / np.maximum(until, 1), 1.0)
    since = np.where(hurry[visit] < 1.0, (since * hurry[visit]).astype(np.int64), since)
    starts = np.where(ordered, created - np.minimum(until, room), sessions["starts_ms"])
    latest = midnight_ms + 86_400_000 - 1 - since[ends]
    starts = np.where(ordered, starts, np.maximum(np.minimum(starts, latest), midnight_ms))
    at_ms = starts[visit] + since
    is_paid = step == Step.PURCHASE
    return np.where(is_paid, sessions["paid_ms"][visit], at_ms)


def _things(sessions: Rows, goods: Goods, viewed: Ints, visit: Ints, slot: Ints, nth: Ints) -> tuple[Ints, Ints, Ints]:
    """Return SKU, quantity and price of each event; `nth` counts repetitions of a slot within a visit."""
    step = _SLOTS[slot]
    in_round = (slot >= _FIRST_ROUND) & (slot < _REST)
    place = np.clip((slot - _FIRST_ROUND) // len(_PER_ROUND), 0, _ROUNDS - 1)
    sku = np.where(in_round, viewed[visit, place], sessions["sku"][visit])
    # While the cart is filled, something else is looked at, too.
    is_other = slot == _REST + 6
    sku = np.where(is_other | ((step == Step.CART_ADD) & (nth > 0)), viewed[visit, 0], sku)
    is_of_goods = np.isin(
        step, (Step.ITEM, Step.REVIEWS, Step.FAVOURITE, Step.VARIANT, Step.CART_ADD, Step.CART_REMOVE, Step.CHECKOUT,
               Step.PAYMENT, Step.PURCHASE)
    )  # fmt: skip
    sku = np.where(is_of_goods, sku, NEVER)
    quantity = np.where(np.isin(step, (Step.CART_ADD, Step.CART_REMOVE)), 1, NEVER)
    price = np.where(sku != NEVER, goods.price_minor[np.maximum(sku, 0)], NEVER)
    added = np.flatnonzero((step == Step.CART_ADD) & (sessions["order"][visit] != NEVER))
    line = sessions["first_line"][visit[added]] + nth[added]
    known = (sessions["first_line"][visit[added]] != NEVER) & (nth[added] < sessions["n_lines"][visit[added]])
    added, line = added[known], line[known]
    if added.size:
        sku[added] = goods.lines["sku"][line]
        quantity[added] = goods.lines["quantity"][line]
        price[added] = goods.lines["list_minor"][line] // np.maximum(goods.lines["quantity"][line], 1)
    is_value = (step == Step.PURCHASE) | ((step == Step.PAYMENT) & (sessions["order"][visit] != NEVER))
    return sku, quantity, np.where(is_value, sessions["value_minor"][visit], price)


def _is_known(sessions: Rows, visit: Ints, slot: Ints) -> npt.NDArray[np.bool_]:
    signed = (sessions["signs"][visit] != NEVER) & (slot >= _REST + 8)
    known: npt.NDArray[np.bool_] = sessions["is_known"][visit] | signed
    return known


def _page(sessions: Rows, goods: Goods, visit: Ints, step: Ints, sku: Ints) -> Ints:
    main = np.maximum(sessions["sku"][visit], 0)
    shown = np.maximum(sku, 0)
    page = np.where(step == Step.LIST, goods.category[main], 0)
    page = np.where(sku != NEVER, goods.product[shown], page)
    is_banner = np.isin(step, (Step.PROMOTION_VIEW, Step.PROMOTION_CLICK))
    return np.where(is_banner, sessions["banner"][visit], np.where(step == Step.CONTENT, sessions["note"][visit], page))

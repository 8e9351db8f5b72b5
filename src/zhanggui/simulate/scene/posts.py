"""Notes 种草笔记 and forum posts about the shop's goods: who wrote what, and how long people keep finding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.options import Options, Trade
from zhanggui.simulate.records import NOTES
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.scene.creators import Creator
from zhanggui.simulate.stores import CHANNEL_OF, CHANNELS, Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf

HALF_LIFE_DAYS = 6.0
SEEN_DAYS = 30
"""Nobody finds a note after so many days."""
NOTES_A_WEEK = 4.0
DAYS_BETWEEN_BAD_POSTS = 9.0
_DAY = 86_400
_STEADY = 1.0 / (1.0 - 0.5 ** (1.0 / HALF_LIFE_DAYS))


@dataclass(frozen=True, slots=True)
class Post:
    """A note or a forum post.

    Attributes
    ----------
    number : int
        Position in the world's list.
    store, trade : int
        Whose goods it is about; `trade` is a position in `Trade`.
    channel : int
        Where it stands.
    creator : int
        Who was asked to write it, or `NEVER` where a customer did.
    day, second : int
        When it was published.
    sku : int
        What it shows.
    sentiment : int
        -1, 0 or 1.
    reach : float
        How far it goes, 1 on average.
    cost_minor : int
        What the author was paid.
    """

    number: int
    store: int
    trade: int
    channel: int
    creator: int
    day: int
    second: int
    sku: int
    sentiment: int
    reach: float
    cost_minor: int


def posts_of(
    options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf, creators: tuple[Creator, ...]
) -> tuple[Post, ...]:
    """Return all notes and posts of a world, in order of their days."""
    found: list[Post] = []
    authors = [creator for creator in creators if not creator.is_host]
    note, forum = CHANNELS[CHANNEL_OF["xiaohongshu"]], CHANNELS[CHANNEL_OF["forum"]]
    for day in range(-SEEN_DAYS, options.days):
        for store in stores:
            for trade in (list(Trade).index(trade) for trade in store.trades):
                often = NOTES_A_WEEK / 7 / len(store.trades)
                if store.platform in note.platforms and draws.uniform("note", day, store.number, trade)[0] < often:
                    found.append(_note(options, draws, shelf, authors, (len(found), store.number, trade, day)))
                often = 1.0 / DAYS_BETWEEN_BAD_POSTS / len(store.trades)
                if store.platform in forum.platforms and draws.uniform("post", day, store.number, trade)[0] < often:
                    found.append(_bad_post(draws, shelf, (len(found), store.number, trade, day)))
    return tuple(found)


def _note(options: Options, draws: Draws, shelf: Shelf, authors: list[Creator], ids: tuple[int, int, int, int]) -> Post:
    number, store, trade, day = ids
    known = [author for author in authors if author.trade == trade]
    is_paid = bool(known) and draws.uniform("note is paid", day, store, trade)[0] < 0.35
    author = known[int(draws.uniform("note author", day, store, trade)[0] * len(known))] if is_paid else None
    luck = float(np.exp(0.8 * draws.normal("note reach", day, store, trade)[0] - 0.32))
    scale = min(options.orders_per_day / 250, 1.0)
    sentiment = 1 if author or draws.uniform("sentiment", day, store, trade)[0] < 0.6 else 0
    return Post(
        number=number,
        store=store,
        trade=trade,
        channel=CHANNEL_OF["xiaohongshu"],
        creator=author.number if author else NEVER,
        day=day,
        second=_second(draws, day, store, trade),
        sku=_shown(draws, shelf, store, trade, day),
        sentiment=sentiment,
        reach=luck * (1.6 * author.reach if author else 0.67),
        cost_minor=int(2 * author.slot_fee_minor * scale) // 100 * 100 if author else 0,
    )


def _bad_post(draws: Draws, shelf: Shelf, ids: tuple[int, int, int, int]) -> Post:
    number, store, trade, day = ids
    reach = float(np.exp(0.9 * draws.normal("post reach", day, store, trade)[0] - 0.4))
    second, sku = _second(draws, day, store, trade), _shown(draws, shelf, store, trade, day)
    return Post(number, store, trade, CHANNEL_OF["forum"], NEVER, day, second, sku, -1, reach, 0)


def _second(draws: Draws, day: int, store: int, trade: int) -> int:
    return 8 * 3600 + int(draws.uniform("post hour", day, store, trade)[0] * 14 * 3600)


def _shown(draws: Draws, shelf: Shelf, store: int, trade: int, day: int) -> int:
    skus = shelf.sold_in(store)
    skus = skus[shelf.trade[skus] == trade]
    weights = shelf.popularity[skus] * shelf.is_on_shelf(day)[skus]
    return int(skus[draws.pick(weights + 1e-12, "post sku", day, store, trade)[0]])


class Board:
    """Which posts are found on which day.

    Parameters
    ----------
    draws : Draws
        Those of the world.
    stores : tuple of Store
        Those of the world.
    posts : tuple of Post
        As `posts_of` returns them.
    """

    def __init__(self, draws: Draws, stores: tuple[Store, ...], posts: tuple[Post, ...]) -> None:
        self._draws = draws
        n_trades = {store.number: len(store.trades) for store in stores}
        self.posts = posts
        self._day = np.array([post.day for post in posts], np.int64)
        self._reach = np.array([post.reach for post in posts])
        self._store = np.array([post.store for post in posts], np.int64)
        self._trade = np.array([post.trade for post in posts], np.int64)
        self._channel = np.array([post.channel for post in posts], np.int64)
        often = np.where(self._channel == CHANNEL_OF["forum"], 1 / DAYS_BETWEEN_BAD_POSTS, NOTES_A_WEEK / 7)
        self._usual = _STEADY * often / np.array([n_trades[post.store] for post in posts])

    def found(self, day: int) -> tuple[Ints, Floats]:
        """Return the posts that people find on a day, and how many as a part of what is usual for store and trade."""
        first, last = np.searchsorted(self._day, [day - SEEN_DAYS + 1, day + 1])
        live = np.arange(first, last)
        seen = self._reach[live] * 0.5 ** ((day - self._day[live]) / HALF_LIFE_DAYS)
        return live, seen / self._usual[live]

    def rows(self, day: int, midnight: int, live: Ints, visitors: Ints) -> Rows:
        """Return what the posts of a day were seen, clicked and liked; `visitors` went on to the store."""
        posts = [self.posts[number] for number in live.tolist()]
        published = np.array([midnight + (post.day - day) * _DAY + post.second for post in posts], np.int64)
        clicks = self._draws.poisson(1.2 * visitors.astype(np.float64), "note clicks", day, live) + visitors
        shown = self._draws.poisson(12.0 * clicks.astype(np.float64), "note impressions", day, live)
        return Rows(
            NOTES,
            note=live,
            day=day,
            store=self._store[live],
            creator=np.array([post.creator for post in posts], np.int64),
            published_at=published,
            sku=np.array([post.sku for post in posts], np.int64),
            sentiment=np.array([post.sentiment for post in posts], np.int64),
            impressions=clicks * 9 + shown,
            clicks=clicks,
            likes=self._draws.binomial(clicks, 0.12, "note likes", day, live),
            cost_minor=np.array([post.cost_minor if post.day == day else 0 for post in posts], np.int64),
        )

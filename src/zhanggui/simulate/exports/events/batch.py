"""The events of a day of one library, with what the writers need to make bodies of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Draws, Ints, Keys
from zhanggui.simulate.exports.events.pages import AGENT_SHARES, AGENTS, BOT_AGENTS
from zhanggui.simulate.exports.labels import accounts
from zhanggui.simulate.rows import NEVER, Column, Rows

if TYPE_CHECKING:
    from zhanggui.simulate.people.people import People

_MOST_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order, as an event tells it."""

    sku: int
    quantity: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Events of one library in the order in which they are written.

    Attributes
    ----------
    rows : Rows
        Of `EVENTS`.
    nth : array of int
        Place of each event in its visit, from 0.
    began_ms : array of int
        When its visit began.
    member : array of int
        Number of the account of whoever is known, or `NEVER`.
    agent : array of int
        Position in all agents.
    lines : dict
        Lines of the orders that are paid in these events, by order.
    orders : dict
        Ids of the orders that are named in these events.
    """

    rows: Rows
    nth: Ints
    began_ms: Ints
    member: Ints
    agent: Ints
    lines: dict[int, list[Line]]
    orders: dict[int, str]

    @property
    def is_landing(self) -> Column:
        """Whether each event is the first of its visit."""
        first: Column = self.nth == 0
        return first

    @property
    def what(self) -> tuple[Column, ...]:
        """The columns that say what happened on which page."""
        names = ("step", "page", "word", "sku", "quantity", "price_minor", "order")
        return tuple(self.rows[name] for name in names)

    @property
    def where_at(self) -> tuple[Column, ...]:
        """The columns that say on which page."""
        return tuple(self.rows[name] for name in ("step", "page", "word", "sku"))

    @property
    def whence(self) -> tuple[Column, ...]:
        """The columns that say how the visit began."""
        return tuple(self.rows[name] for name in ("channel", "ad_group", "creative", "creator", "note"))

    def where(self, chosen: Column) -> Batch:
        """Return the chosen events."""
        return Batch(
            self.rows.where(chosen),
            self.nth[chosen],
            self.began_ms[chosen],
            self.member[chosen],
            self.agent[chosen],
            self.lines,
            self.orders,
        )

    def by_visit(self) -> Batch:
        """Return the events with those of a visit together, visits in order of their beginning."""
        order = np.lexsort((self.nth, self.rows["session"], self.began_ms))
        return self.where(order)

    def parts(self, starts: Ints) -> Iterator[tuple[Batch, Ints]]:
        """Return the events some at a time, with where bodies begin in each part: texts take room.

        Parameters
        ----------
        starts : array of int
            Where bodies begin; none is divided.
        """
        firsts = np.flatnonzero(np.diff(starts // _MOST_AT_ONCE, prepend=-1))
        for first, last in zip(firsts.tolist(), [*firsts[1:].tolist(), starts.size], strict=True):
            begin, end = int(starts[first]), int(starts[last]) if last < starts.size else len(self.rows)
            yield self.where(np.arange(begin, end)), starts[first:last] - begin

    def cuts(self, most: int, *, by_member: bool) -> Ints:
        """Return where bodies begin that hold at most so many events of one visit, and of one identity if asked."""
        session = self.rows["session"]
        change = np.append(True, session[1:] != session[:-1])
        if by_member:
            change[1:] |= self.member[1:] != self.member[:-1]
        start = np.flatnonzero(change)
        within = np.arange(len(self.rows)) - np.repeat(start, np.diff(np.append(start, len(self.rows))))
        return np.flatnonzero(within % most == 0)


ALL_AGENTS = (*AGENTS, *BOT_AGENTS)


def batch_of(rows: Rows, draws: Draws, people: People, lines: dict[int, list[Line]], orders: dict[int, str]) -> Batch:
    """Return a day's events with their places in visits and the members who are known."""
    session = rows["session"]
    order = np.argsort(session, kind="stable")
    starts = np.flatnonzero(np.append(True, session[order][1:] != session[order][:-1])) if len(rows) else order
    counts = np.diff(np.append(starts, len(rows)))
    nth, began = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    nth[order] = np.arange(len(rows)) - np.repeat(starts, counts)
    began[order] = np.repeat(rows["at_ms"][order][starts], counts)
    person = rows["person"]
    known = person != NEVER
    member = np.full(len(rows), NEVER)
    member[known] = accounts(people, person[known])
    return Batch(rows, nth, began, member, _agents(draws, rows["anon"], rows["is_bot"]), lines, orders)


def _agents(draws: Draws, anon: Keys, is_bot: Column) -> Ints:
    human = draws.pick(AGENT_SHARES, "agent", anon)
    return np.where(is_bot, len(AGENTS) + draws.pick(np.ones(len(BOT_AGENTS)), "bot agent", anon), human)

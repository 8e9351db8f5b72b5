"""The shop's campaigns day by day: standing messages, planned experiments, and what a policy sends."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.actions import Actions, Message, Offer
from zhanggui.simulate.campaigns.audiences import Audiences
from zhanggui.simulate.campaigns.coupons import Coupons
from zhanggui.simulate.campaigns.fatigue import attention
from zhanggui.simulate.campaigns.nudges import Nudges
from zhanggui.simulate.campaigns.registrations import register
from zhanggui.simulate.campaigns.response import DOG_LOSS, offer_lift
from zhanggui.simulate.campaigns.sends import MESSAGE_CHANNELS, Outbox, Send
from zhanggui.simulate.campaigns.standing import Standing
from zhanggui.simulate.campaigns.trials import Trials
from zhanggui.simulate.campaigns.wishes import Wishes
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.levers import Levers
from zhanggui.simulate.options import Options
from zhanggui.simulate.people import People, Uplift
from zhanggui.simulate.plants.experiments import Experiment
from zhanggui.simulate.records import ORDERS, OrderKind
from zhanggui.simulate.rows import NEVER
from zhanggui.simulate.stores import Store

ACTION_OFFER = 900_000
"""Coupons that a policy hands out carry this number and more as their offer; those of experiments carry theirs."""
_HOUR = 3_600
_DOG_DAYS = 7


class Campaigns:
    """All that is sent and handed out.

    Parameters
    ----------
    options, draws, stores
        The world.
    experiments : tuple of Experiment
        Those planned.
    """

    def __init__(
        self, options: Options, draws: Draws, stores: tuple[Store, ...], experiments: tuple[Experiment, ...] = ()
    ) -> None:
        self._options = options
        self._draws = draws
        self._stores = stores
        self._outbox = Outbox(draws)
        self._coupons = Coupons()
        self._wishes = Wishes()
        self._audiences = Audiences()
        self._trials = Trials(draws, experiments, self._outbox, self._coupons, self._wishes)
        self._standing = Standing(options, draws, stores, self._outbox, self._wishes)
        self._n_offers = 0

    @property
    def sends(self) -> tuple[Send, ...]:
        """All sends so far; `send` of a message is a position here."""
        return tuple(self._outbox.sends)

    def run(self, records: DayRecords, day: int, levers: Levers, actions: Actions, people: People) -> Nudges:
        """Send and hand out what the day brings.

        Parameters
        ----------
        records : DayRecords
            Takes messages, coupons and assignments.
        day : int
            Today.
        levers : Levers
            Those of the day.
        actions : Actions
            What a policy sends besides.
        people : People
            Everybody; those who register today without buying are added.

        Returns
        -------
        Nudges
            What all that changes today.
        """
        if day == 0:
            self._audiences.meet(people, day)
        audiences = self._audiences.today(people, day)
        self._standing.run(records, people)
        self._trials.run(records, people, audiences)
        for assignment in actions.assignments:
            self._trials.assign(records, people, assignment.experiment, dict(assignment.arms))
        for message in actions.messages:
            self._send(message, records, people)
        for offer in actions.offers:
            self._hand_out(offer, records, people, message=NEVER)
        self._audiences.note_registered(register(self._options, self._draws, self._stores, people, self._wishes, day))
        return Nudges.of_notes(_together(self._wishes.take(day), self._coupons.open_on(day)))

    def after(self, records: DayRecords, people: People) -> None:
        """Take down what came of it: who bought today, and which coupons were used."""
        orders = records[ORDERS]
        orders = orders.where((orders["kind"] == OrderKind.ORDINARY) & (orders["paid_at"] != NEVER))
        self._audiences.note(orders, records)
        self._standing.note(orders, records.day)
        used = orders.where(orders["coupon"] != NEVER)
        self._coupons.note_used(records, used["coupon"], used["order"], used["paid_at"])

    def _send(self, message: Message, records: DayRecords, people: People) -> None:
        to = np.unique(np.asarray(message.people, np.int64))
        to = to[people.has_consent[to]]
        if not to.size:
            return
        numbers = self._outbox.send(
            records,
            people,
            to,
            np.zeros(to.size, np.bool_),
            name="运营推送",
            text="",
            channel=MESSAGE_CHANNELS.index(message.channel),
            hour=message.hour,
            store=message.offer.store if message.offer else NEVER,
        )
        if message.offer is not None:
            self._hand_out(message.offer, records, people, message=numbers, to=to)
        else:
            self._move(to, 0, 3, records.day, people, numbers)

    def _hand_out(
        self, offer: Offer, records: DayRecords, people: People, *, message: Ints | int, to: Ints | None = None
    ) -> None:
        to = np.unique(np.asarray(offer.people, np.int64)) if to is None else to
        if not to.size:
            return
        self._coupons.issue(
            records,
            to,
            offer=ACTION_OFFER + self._n_offers,
            at=records.midnight,
            hours=offer.hours,
            value_minor=offer.value_minor,
            least_minor=offer.least_minor,
            store=offer.store,
        )
        self._n_offers += 1
        self._move(to, offer.value_minor, max(-(-offer.hours // 24), 1), records.day, people, message)

    def _move(self, to: Ints, value_minor: int, n_days: int, day: int, people: People, message: Ints | int) -> None:
        """Let a message or an offer have its true effect on each person."""
        kinds = people.coupon_uplift[to]
        # The first of today's messages finds the attention that the pressure before it left.
        before = np.maximum(self._outbox.fatigue.of(to, day) - 1.0, 0.0)
        chance = np.where(kinds == Uplift.PERSUADABLE, offer_lift(value_minor) * attention(before), 0.0)
        comes = self._draws.uniform("offer effect", day, people.key[to]) < chance
        when = day + (self._draws.uniform("offer day", day, people.key[to]) ** 1.6 * n_days).astype(np.int64)
        self._wishes.more(when[comes], to[comes], message[comes] if isinstance(message, np.ndarray) else message)
        dogs = to[kinds == Uplift.SLEEPING_DOG]
        self._wishes.fewer(day, _DOG_DAYS, dogs, np.full(dogs.size, DOG_LOSS))


def _together(wishes: dict[str, Ints], coupons: dict[str, Ints]) -> dict[str, Ints]:
    """Return changed wishes and open coupons as one list of notes."""
    nothing = np.zeros(coupons["coupon"].size, np.int64)
    held = {**{name: coupons[name] for name in ("person", "coupon", "store", "value_minor", "least_minor")}}
    held |= {"extra_ppm": nothing, "message": nothing + NEVER}
    return {name: np.concatenate([values, held[name]]) for name, values in wishes.items()}

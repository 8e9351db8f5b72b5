"""Runs the planned experiments: lets people in, puts them into arms and makes each arm do what it truly does."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.coupons import Coupons
from zhanggui.simulate.campaigns.registrations import activates
from zhanggui.simulate.campaigns.response import DOG_LOSS, Pool, natural_chances
from zhanggui.simulate.campaigns.sends import Outbox
from zhanggui.simulate.campaigns.standing import words_to_come
from zhanggui.simulate.campaigns.wishes import Wishes
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.people import People, Uplift
from zhanggui.simulate.plants.experiments import Arm, Audience, Experiment
from zhanggui.simulate.records import ASSIGNMENTS
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.sale.terms import TERMS
from zhanggui.simulate.stores import STORES

_SENT_HOUR = 10
_HOUR = 3_600
_SMS = 0
_FINDS_IT = 0.955
"""Part of those who come to order that find what they want on the shelf."""
_BUYS_ANYWAY = 0.3
_STRATA = 2 * len(Uplift)
"""Entrants are divided evenly by what moves them and by whether they are about to buy."""
_PAID_SHARE = np.array([TERMS[store.platform].paid_share for store in STORES])


class Trials:
    """The experiments on people (those on visitors are run by the scene).

    Parameters
    ----------
    draws : Draws
        The world's.
    experiments : tuple of Experiment
        Those planned.
    outbox, coupons, wishes
        Where messages, coupons and changed wishes go.
    """

    def __init__(
        self,
        draws: Draws,
        experiments: tuple[Experiment, ...],
        outbox: Outbox,
        coupons: Coupons,
        wishes: Wishes,
    ) -> None:
        self._draws = draws
        self._outbox, self._coupons, self._wishes = outbox, coupons, wishes
        self._experiments = [one for one in experiments if one.audience is not Audience.VISITORS]
        self._pools = {one.number: Pool() for one in self._experiments}
        self._inside = {one.number: np.zeros(0, np.bool_) for one in self._experiments}
        self._assigned = {one.number: Luck(_STRATA) for one in self._experiments}
        self._brought = {one.number: Luck(len(one.arms)) for one in self._experiments}

    def run(self, records: DayRecords, people: People, audiences: dict[Audience, Ints]) -> None:
        """Let today's entrants in and treat them."""
        for one in self._experiments:
            if not one.first_day <= records.day <= one.last_day:
                continue
            who = self._entrants(one, people, audiences[one.audience])
            if who.size == 0:
                continue
            kinds, natural = (
                people.coupon_uplift[who].astype(np.int64),
                self._natural(one, people, who, records),
            )
            arms = self._divided(one, people, who, kinds, natural)
            self._put_down(records, people, one.number, who, arms)
            self._pools[one.number].add(kinds, natural)
            for number, arm in enumerate(one.arms):
                own = who[arms == number]
                if own.size:
                    self._treat(one, number, arm, own, records, people)

    def assign(self, records: DayRecords, people: People, number: int, arms: dict[int, int]) -> None:
        """Put named people into arms; they stay out of the experiment's own assignment."""
        who = np.array(sorted(arms), np.int64)
        own = np.array([arms[person] for person in who.tolist()], np.int64)
        self._put_down(records, people, number, who, own)
        for one in self._experiments:
            if one.number == number:
                self._let_in(number, who, len(people))
                self._pools[number].add(
                    people.coupon_uplift[who].astype(np.int64), self._natural(one, people, who, records)
                )
                for arm in np.unique(own[own < len(one.arms)]).tolist():
                    self._treat(one, arm, one.arms[arm], who[own == arm], records, people)

    def _divided(self, one: Experiment, people: People, who: Ints, kinds: Ints, natural: Floats) -> Ints:
        """Return the arm of each entrant: by lot, but with as many in each arm of those who will buy anyway."""
        stratum = kinds * 2 + (natural > _BUYS_ANYWAY)
        treated = np.full(who.size, 1.0 - one.arms[0].weight / sum(arm.weight for arm in one.arms))
        lot = self._draws.uniform("experiment arm", one.number, people.key[who])
        return self._assigned[one.number].happens(stratum, treated, 1.0 - lot).astype(np.int64)

    def _entrants(self, one: Experiment, people: People, audience: Ints) -> Ints:
        fits = people.has_consent[audience]
        if one.store >= 0:
            fits &= people.home_store[audience] == one.store
        if one.trade >= 0:
            fits &= people.trade[audience] == one.trade
        who = audience[fits]
        self._let_in(one.number, np.empty(0, np.int64), len(people))
        who = who[~self._inside[one.number][who]]
        self._inside[one.number][who] = True
        return who[one.enters(self._draws, people.key[who]) >= 0]

    def _let_in(self, number: int, who: Ints, n_people: int) -> None:
        held = self._inside[number]
        if held.size < n_people:
            self._inside[number] = np.concatenate([held, np.zeros(n_people * 3 // 2 - held.size, np.bool_)])
        self._inside[number][who] = True

    def _treat(self, one: Experiment, number: int, arm: Arm, who: Ints, records: DayRecords, people: People) -> None:
        message: Ints | int = NEVER
        if any(other.message for other in one.arms):
            is_held_out = np.full(who.size, not arm.message)
            sent = self._outbox.send(
                records,
                people,
                who,
                is_held_out,
                name=f"{one.name} {arm.name}",
                text=arm.message,
                channel=_SMS,
                hour=_SENT_HOUR,
                store=one.store,
                click=arm.click,
                complaint=arm.complaint,
                experiment=one.number,
                arm=number,
            )
            message = sent if arm.message else NEVER
        if arm.value_minor > 0:
            self._coupons.issue(
                records,
                who,
                offer=one.number,
                at=records.midnight + _SENT_HOUR * _HOUR,
                hours=arm.hours,
                value_minor=arm.value_minor,
                least_minor=arm.least_minor,
                store=one.store,
            )
        if arm.order_share is not None or arm.order != 1.0:
            self._change(one, number, who, records.day, people, message)

    def _change(self, one: Experiment, number: int, who: Ints, day: int, people: People, message: Ints | int) -> None:
        """Let an arm bring whom it brings and keep away whom it keeps away."""
        arm = one.arms[number]
        by_kind, loss = self._pools[one.number].push(arm.order_share, arm.order)
        kinds = people.coupon_uplift[who].astype(np.int64)
        # Part of those who come do not pay; shares and factors are about paid orders.
        chance = by_kind[kinds] / _PAID_SHARE[people.home_store[who]]
        drawn = self._draws.uniform("experiment effect", one.number, people.key[who])
        comes = self._brought[one.number].happens(np.full(who.size, number), chance, drawn)
        n_days = min(one.window_days, max(-(-arm.hours // 24), 1)) if arm.value_minor > 0 else one.window_days
        spread = self._draws.uniform("experiment day", one.number, people.key[who]) ** 1.6
        when = day + (spread * n_days).astype(np.int64)
        self._wishes.more(when[comes], who[comes], message[comes] if isinstance(message, np.ndarray) else message)
        is_dog = (kinds == Uplift.SLEEPING_DOG) & bool(by_kind.any())
        less = np.where(is_dog, DOG_LOSS, loss)
        self._wishes.fewer(day, one.window_days, who[less > 0], less[less > 0])

    def _natural(self, one: Experiment, people: People, who: Ints, records: DayRecords) -> Floats:
        """Return the chance that each of these people pays for an order within the window if nothing is done."""
        paid_share = _PAID_SHARE[people.home_store[who]]
        if one.audience is Audience.NEVER_BOUGHT:
            comes = activates(self._draws, people, who, records.day, one.window_days)
            return np.where(comes, paid_share * _FINDS_IT, 0.0)
        anyway = natural_chances(people, who, records.midnight, one.window_days, paid_share)
        reminded = words_to_come(people, who, records.day, one.window_days) * paid_share
        found: Floats = 1 - (1 - anyway) * (1 - reminded)
        return found

    def _put_down(self, records: DayRecords, people: People, number: int, who: Ints, arms: Ints) -> None:
        records.put(
            Rows(
                ASSIGNMENTS,
                experiment=np.full(who.size, number),
                arm=arms,
                anon=people.key[who],
                person=who,
                at=records.midnight + _SENT_HOUR * _HOUR,
            )
        )

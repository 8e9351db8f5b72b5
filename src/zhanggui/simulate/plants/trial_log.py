"""What the experiments brought: who entered which arm, and what each arm clicked, bought and complained about."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Ints
from zhanggui.simulate.plants.experiments import Audience, Experiment
from zhanggui.simulate.records import ASSIGNMENTS, EVENTS, MESSAGES, Step


class TrialLog:
    """Entrants and counts by arm.

    Parameters
    ----------
    experiments : tuple of Experiment
        Those planned.

    Attributes
    ----------
    visitors, viewers, clickers, buyers : dict of int to array of int
        Of experiments on visitors, by arm: those who entered, saw the place, clicked it and ordered on that day.
    delivered, complaints : dict of int to array of int
        Messages of the other experiments, by arm.
    """

    def __init__(self, experiments: tuple[Experiment, ...]) -> None:
        self._on_visitors = {one.number for one in experiments if one.audience is Audience.VISITORS}
        n_arms = {one.number: len(one.arms) for one in experiments}
        self.visitors, self.viewers, self.clickers, self.buyers, self.delivered, self.complaints = (
            {number: np.zeros(n, np.int64) for number, n in n_arms.items()} for _ in range(6)
        )
        self._entrants: dict[int, list[Ints]] = {number: [] for number in n_arms}

    def add(self, records: DayRecords) -> None:
        """Take in a day."""
        assigned = records[ASSIGNMENTS]
        for number in np.unique(assigned["experiment"]).tolist():
            if number not in self._entrants:
                continue
            own = assigned.where(assigned["experiment"] == number)
            if number in self._on_visitors:
                self._note_visitors(number, own["anon"], own["arm"], records)
            else:
                day = np.full(len(own), records.day)
                self._entrants[number].append(np.stack([own["person"], own["arm"], day]).astype(np.int32))
        messages = records[MESSAGES]
        for number in np.unique(messages["experiment"]).tolist():
            if number in self.delivered:
                own = messages.where(messages["experiment"] == number)
                np.add.at(self.delivered[number], own["arm"], own["delivered_at"] >= 0)
                np.add.at(self.complaints[number], own["arm"], own["is_complaint"])

    def entrants(self, number: int) -> tuple[Ints, Ints, Ints]:
        """Return person, arm and day of entry of each entrant of an experiment on people."""
        person, arm, day = np.concatenate([np.empty((3, 0), np.int32), *self._entrants[number]], axis=1).astype(
            np.int64
        )
        return person, arm, day

    def _note_visitors(self, number: int, anon: Ints, arm: Ints, records: DayRecords) -> None:
        events = records[EVENTS]
        is_order = (events["step"] == Step.PAYMENT) & (events["order"] >= 0)
        for counts, chosen in (
            (self.visitors, None),
            (self.viewers, events["step"] == Step.PROMOTION_VIEW),
            (self.clickers, events["step"] == Step.PROMOTION_CLICK),
            (self.buyers, is_order),
        ):
            own = arm if chosen is None else arm[np.isin(anon, events["anon"][chosen])]
            np.add.at(counts[number], own, 1)

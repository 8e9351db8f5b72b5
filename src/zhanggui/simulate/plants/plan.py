"""The plan of a world: everything that is planted in it, decided before its first day."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.levers import Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.examples import Example, examples_of, told
from zhanggui.simulate.plants.experiments import Experiment, experiments_of
from zhanggui.simulate.plants.faults import Fault, faults_of
from zhanggui.simulate.plants.file_faults import FileFault
from zhanggui.simulate.plants.returners import Returners
from zhanggui.simulate.plants.story import Ground, Seen
from zhanggui.simulate.plants.trial_log import TrialLog
from zhanggui.simulate.plants.volumes import Volumes
from zhanggui.simulate.plants.watch import Watch
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf
    from zhanggui.simulate.people.people import People


class Plants:
    """Everything planted, and what the world made of it so far.

    Parameters
    ----------
    ground : Ground
        The world.
    faults, file_faults, examples, experiments
        What is planted in it.

    Attributes
    ----------
    faults : tuple of Fault
        The planted anomalies.
    file_faults : tuple of FileFault
        Those that the writers of files apply.
    examples : tuple of Example
        X-01 to X-25, planted or not.
    experiments : tuple of Experiment
        What is tried on whom.
    pulls : tuple of Pull
        All levers that faults and examples pull.
    """

    def __init__(
        self,
        ground: Ground,
        faults: tuple[Fault, ...],
        file_faults: tuple[FileFault, ...],
        examples: tuple[Example, ...],
        experiments: tuple[Experiment, ...],
    ) -> None:
        self.faults = faults
        self.file_faults = file_faults
        self.examples = examples
        self.experiments = experiments
        self.pulls: tuple[Pull, ...] = (
            *(pull for fault in faults for pull in fault.pulls),
            *(pull for example in examples for pull in example.pulls),
        )
        self._ground = ground
        self._watch = Watch(ground.options, ground.shelf, len(ground.volumes.ad_groups))
        self._trials = TrialLog(experiments)
        self._returners = Returners(ground.options)

    def observe(self, records: DayRecords, people: People) -> None:
        """Note what a day brought for the examples' own figures; called once a day, when its records are whole."""
        self._watch.add(records, people)
        self._trials.add(records)
        self._returners.observe(records.day, people)

    def told(self, people: People) -> dict[str, dict[str, Any]]:
        """Return all examples as JSON values by id, with the figures that the world's own records hold."""
        seen = Seen(self._ground, self._watch, self._watch.orders(), people, self._trials)
        return {example.id: told(example, seen) for example in self.examples}

    def returners(self, people: People) -> dict[str, Any]:
        """Return who came back, and how well their true chances told it, as JSON values."""
        return self._returners.told(self._watch.orders(), people, self._ground.stores)

    def visitors_by_channel(self) -> dict[tuple[int, int], int]:
        """Return the visitors so far who had not bought before, by store and channel."""
        found = self._watch.visitors.sum(axis=(0, 2))
        return {(int(s), int(c)): int(found[s, c]) for s, c in zip(*found.nonzero(), strict=True)}

    def spend_by_group(self) -> Ints:
        """Return the spend of each ad group so far, in fen."""
        return np.asarray(self._watch.spend_minor.sum(axis=0), np.int64)

    def __deepcopy__(self, memo: dict[int, Any]) -> Plants:
        twin = Plants.__new__(Plants)
        memo[id(self)] = twin
        own = {"_watch", "_trials", "_returners"}
        for name, value in vars(self).items():
            setattr(twin, name, deepcopy(value, memo) if name in own else value)
        return twin


def plan_of(options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> Plants:
    """Return the plan of a world of these options."""
    volumes = Volumes(options, draws, stores, shelf)
    ground = Ground(options, stores, shelf, volumes)
    examples = examples_of(ground)
    kept = tuple(pull for example in examples for pull in example.pulls)
    faults, file_faults = faults_of(options, draws, volumes, kept)
    return Plants(ground, faults, file_faults, examples, experiments_of(options, stores))

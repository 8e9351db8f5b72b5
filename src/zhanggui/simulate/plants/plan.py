"""The plan of a world: everything that is planted in it, decided before its first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.plants.examples import Example
from zhanggui.simulate.plants.experiments import Experiment, experiments_of
from zhanggui.simulate.plants.faults import Fault, faults_of
from zhanggui.simulate.plants.file_faults import FileFault
from zhanggui.simulate.plants.volumes import Volumes
from zhanggui.simulate.records import DayRecords
from zhanggui.simulate.stores import Store

if TYPE_CHECKING:
    from zhanggui.simulate.goods.shelf import Shelf
    from zhanggui.simulate.people.people import People


class Plants:
    """Everything planted, and what the world made of it so far.

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

    def observe(self, records: DayRecords, people: People) -> None:
        """Note what a day brought for the examples' own figures."""


def plan_of(options: Options, draws: Draws, stores: tuple[Store, ...], shelf: Shelf) -> Plants:
    """Return the plan of a world of these options."""
    volumes = Volumes(options, draws, stores, shelf)
    faults, file_faults = faults_of(options, draws, volumes)
    return Plants(faults, file_faults, (), experiments_of(options, stores))

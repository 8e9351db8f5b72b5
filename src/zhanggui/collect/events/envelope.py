"""Where the bodies of a protocol hold their events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.collect.events.shape import ListOf, Shape


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a protocol's bodies hold their events.

    Attributes
    ----------
    events : str
        Field of a body that holds a list of events.
    event : mapping
        Shape of an event.
    body : mapping
        Shape of what a body says for all its events.
    single : tuple of str
        A body without a list that has one of these fields is itself an event; empty where there is no such form.
    """

    events: str
    event: Mapping[str, Shape]
    body: Mapping[str, Shape]
    single: tuple[str, ...] = ()

    @property
    def whole(self) -> Mapping[str, Shape]:
        """The shape of a body."""
        alone = self.event if self.single else {}
        return {**alone, **self.body, self.events: ListOf(self.event)}

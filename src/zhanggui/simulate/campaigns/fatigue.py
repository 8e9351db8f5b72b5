"""How tired people are of being written to, and what that makes them do."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.draws import Floats, Ints

HALF_LIFE_DAYS = 7.0
"""After so many days without a message, half of the weariness is gone."""
_COMPLAINTS = 0.000_8
_UNSUBSCRIPTIONS = 0.001_5
_NUMBING = 0.25


class Fatigue:
    """Messages that each person has lately had, the older ones counting less.

    Examples
    --------
    >>> fatigue = Fatigue()
    >>> fatigue.add(np.array([3]), day=0)
    >>> fatigue.of(np.array([2, 3]), day=7).tolist()
    [0.0, 0.5]
    """

    def __init__(self) -> None:
        self._pressure = np.zeros(0)
        self._day = np.zeros(0, np.int32)

    def of(self, people: Ints, day: int) -> Floats:
        """Return the pressure that each person feels: messages of today count 1, those of a week ago a half."""
        self._make_room(people)
        found: Floats = self._pressure[people] * np.exp2((self._day[people] - day) / HALF_LIFE_DAYS)
        return found

    def add(self, people: Ints, day: int) -> None:
        """Note a message to each of these people, each named once."""
        self._pressure[people] = self.of(people, day) + 1.0
        self._day[people] = day

    def _make_room(self, people: Ints) -> None:
        needed = int(people.max(initial=-1)) + 1
        if needed > self._pressure.size:
            room = max(needed, self._pressure.size * 3 // 2, 1024)
            self._pressure = np.concatenate([self._pressure, np.zeros(room - self._pressure.size)])
            self._day = np.concatenate([self._day, np.zeros(room - self._day.size, np.int32)])


def complaint_chance(pressure: Floats) -> Floats:
    """Return the chance that a message makes its reader complain: it grows with the square of the pressure."""
    return np.minimum(_COMPLAINTS * (1 + pressure**2), 0.2)


def unsubscribe_chance(pressure: Floats) -> Floats:
    """Return the chance that a message makes its reader leave the list."""
    return np.minimum(_UNSUBSCRIPTIONS * (1 + pressure), 0.3)


def attention(pressure: Floats) -> Floats:
    """Return what is left of a message's effect, 1 for somebody who has had none lately."""
    left: Floats = np.exp(-_NUMBING * pressure)
    return left

"""Messages on their way: planned for everybody chosen, sent to all but those held out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zhanggui.simulate.campaigns.fatigue import Fatigue, complaint_chance, unsubscribe_chance
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Floats, Ints
from zhanggui.simulate.luck import Luck
from zhanggui.simulate.people import People
from zhanggui.simulate.records import MESSAGES
from zhanggui.simulate.rows import NEVER, Column, Rows

MESSAGE_CHANNELS: tuple[str, ...] = ("sms", "wecom", "official_account", "push")
"""Ways to write to people, by number."""
MESSAGE_CHANNEL_NAMES: tuple[str, ...] = ("短信", "企业微信", "公众号", "应用推送")
"""Their names in exports."""
_DELIVERED = (0.965, 0.995, 0.99, 0.9)
_CLICKED = (0.045, 0.13, 0.06, 0.035)
_HOUR = 3_600
_MOST_EXPERIMENTS, _MOST_ARMS = 100, 4


@dataclass(frozen=True, slots=True)
class Send:
    """One message written for many people.

    Attributes
    ----------
    number : int
        Counts up.
    name : str
        What the campaign is called.
    day, store, channel : int
        When, for which store (or -1), and a position in `MESSAGE_CHANNELS`.
    text : str
        What people read.
    """

    number: int
    name: str
    day: int
    store: int
    channel: int
    text: str


class Outbox:
    """Writes messages and what became of each.

    Parameters
    ----------
    draws : Draws
        The world's.

    Attributes
    ----------
    sends : list of Send
        All so far.
    fatigue : Fatigue
        How tired people are.
    """

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._n = 0
        self.sends: list[Send] = []
        self.fatigue = Fatigue()
        self._complaints = Luck(_MOST_EXPERIMENTS * _MOST_ARMS)

    def send(
        self,
        records: DayRecords,
        people: People,
        to: Ints,
        is_held_out: Column,
        *,
        name: str,
        text: str,
        channel: int,
        hour: int,
        store: int = -1,
        click: float = 1.0,
        complaint: float = 1.0,
        experiment: int = NEVER,
        arm: int = NEVER,
    ) -> Ints:
        """Write to people, each named once, and return the messages' numbers.

        Parameters
        ----------
        records : DayRecords
            Takes the rows.
        people : People
            Who complains or leaves is not written to again.
        to, is_held_out : array
            Positions of people, and which of them get nothing.
        name, text, channel, hour, store
            The send.
        click, complaint : float
            Factors on the chances of a click and of a complaint.
        experiment, arm : int
            Of which this is part.
        """
        number = len(self.sends)
        self.sends.append(Send(number, name, records.day, store, channel, text))
        numbers = self._n + np.arange(to.size)
        self._n += to.size
        planned = records.midnight + hour * _HOUR
        keys = people.key[to]
        pressure = self.fatigue.of(to, records.day)

        def happens(what: str, chance: Floats | float) -> Column:
            return self._draws.uniform(what, records.day, channel, hour, keys) < chance

        is_sent = ~is_held_out
        is_delivered = is_sent & happens("delivered", _DELIVERED[channel])
        is_clicked = is_delivered & happens("message click", _CLICKED[channel] * click / (1 + 0.3 * pressure))
        # Of experiments each arm complains as often as planned, whatever luck had in mind.
        kind = np.where(is_delivered & (experiment >= 0), experiment * _MOST_ARMS + arm, NEVER)
        complains = complaint_chance(pressure) * complaint
        is_complaint = is_delivered & happens("message complaint", self._complaints.evened(kind, complains))
        self._complaints.note(kind, complains, is_complaint)
        leaves = is_delivered & (is_complaint | happens("unsubscribe", unsubscribe_chance(pressure)))
        sent_at = planned + (self._draws.uniform("send queue", records.day, keys) * 600).astype(np.int64)
        wait = 60 + (self._draws.exponential("click wait", records.day, keys) * 2 * _HOUR).astype(np.int64)
        self.fatigue.add(to[is_sent], records.day)
        people.has_consent[to[leaves]] = False
        rows = Rows(
            MESSAGES, message=numbers, send=number, person=to, channel=channel, planned_at=planned,
            sent_at=np.where(is_sent, sent_at, NEVER), delivered_at=np.where(is_delivered, sent_at + 4, NEVER),
            clicked_at=np.where(is_clicked, sent_at + wait, NEVER), is_holdout=is_held_out,
            is_complaint=is_complaint, is_unsubscribe=leaves, experiment=experiment, arm=arm,
        )  # fmt: skip
        records.put(rows)
        return numbers

"""The outbox: messages are put in once, and whoever sends them does so once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from zhanggui.collect.outbound.channels import Channels
from zhanggui.collect.outbound.kinds import kind_named
from zhanggui.collect.outbound.message import Message
from zhanggui.ledger.jobs import Deliveries, Delivery, DeliveryState, StateStore
from zhanggui.ledger.jobs.queue import Clock, utc_now

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop

KEPT_DAYS = 90
"""So long what was sent can be read again; that it was sent is known for ever."""


class Outbox:
    """The messages of a shop that go out, or went.

    Parameters
    ----------
    state : StateStore
        The shop's state file.
    channels : Channels
        The shop's channels.
    clock : callable, optional
        Returns the current moment.

    Examples
    --------
    What is told and what it is about are written in one transaction, so that neither is there without the other::

        with shop.state.transaction():
            ...
            Outbox.of(shop).put(message, ["运营群"], key="alert:gmv_paid:2026-09-01")
    """

    def __init__(self, state: StateStore, channels: Channels, *, clock: Clock = utc_now) -> None:
        self._state = state
        self._deliveries = Deliveries(state)
        self._channels = channels
        self._clock = clock

    @classmethod
    def of(cls, shop: Shop, *, clock: Clock = utc_now) -> Outbox:
        """Return the outbox of an opened shop."""
        return cls(shop.state, Channels.of(shop, clock=clock), clock=clock)

    def put(self, message: Message, channels: Sequence[str], key: str) -> int:
        """Let a message wait for channels; nothing is sent here.

        Parameters
        ----------
        message : Message
            What is to be told.
        channels : sequence of str
            Names of the channels.
        key : str
            Names the event that is told of. A channel gets one message of a key, ever: what is put again under the same
            key is passed over, whatever it says.

        Returns
        -------
        int
            How many of the channels had nothing of this key before.

        Raises
        ------
        UnknownChannelError
            There is no such channel; then nothing is put in for any.
        """
        if not key:
            raise ValueError("a message needs a key")
        now = self._clock().timestamp()
        n_new = 0
        with self._state.transaction():
            for name in dict.fromkeys(channels):
                channel = self._channels.open(name)
                written = message.written(channel.language)
                bodies = kind_named(channel.kind).form.bodies(written, channel)
                n_new += self._deliveries.add(key, channel.channel_id, name, written.title, bodies, now)
        return n_new

    def list_deliveries(self, states: Collection[DeliveryState] = (), *, limit: int = 50) -> list[Delivery]:
        """Return the latest deliveries, newest first; those in `states`, or all."""
        return self._deliveries.list_deliveries(states, limit=limit)

    def of_message(self, key: str) -> list[Delivery]:
        """Return what became of a message: one entry per channel and part."""
        return self._deliveries.of_message(key)

    def n_by_state(self) -> dict[str, int]:
        """Return how many deliveries are in each state."""
        return self._deliveries.n_by_state()

    def resend(self, delivery_id: int) -> None:
        """Send again what was refused or whose fate is unknown, because a person asked; it may then be there twice.

        Raises
        ------
        UnknownDeliveryError
            There is none.
        NotToResendError
            It was sent, or waits, or its channel is gone.
        """
        self._deliveries.resend(delivery_id, self._clock().timestamp())

    def tidy(self) -> int:
        """Forget what was said in messages that were sent long ago; return how many."""
        return self._deliveries.forget_bodies((self._clock() - timedelta(days=KEPT_DAYS)).timestamp())

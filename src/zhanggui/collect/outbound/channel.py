"""An opened channel, and the form that each kind of channel gives a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Protocol

from zhanggui.calendar import time_zone
from zhanggui.collect.outbound.addresses import AddressGuard
from zhanggui.collect.outbound.answers import Verdict
from zhanggui.collect.outbound.message import Written
from zhanggui.i18n import Language, Text
from zhanggui.ledger.jobs import Delivery, JsonObject
from zhanggui.ledger.jobs.schedule import next_daily


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel with its address and secret in the clear; it is never printed.

    Attributes
    ----------
    channel_id, name, kind : int, str, str
        Number, name and kind.
    shown_address : str
        The address without what is secret.
    per_minute : int
        Messages that it takes in a minute.
    quiet : (str, str) or None
        Local times (``HH:MM``) between which nothing is sent; over midnight if the first is the later.
    tz : str
        Time zone of those.
    language : str
        Language of what is sent.
    address, secret : str
        In the clear.
    options : mapping of str to str
        What the kind needs beside: ``keyword`` of robots; ``user``, ``sender`` and ``recipients`` of mail. ``alerts``
        is ``no`` where it is not told of alerts.
    """

    channel_id: int
    name: str
    kind: str
    shown_address: str
    per_minute: int
    quiet: tuple[str, str] | None
    tz: str
    language: Language
    address: str = field(repr=False)
    secret: str = field(repr=False)
    options: Mapping[str, str] = field(repr=False)

    def quiet_until(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours that `moment` lies in end; None where it lies in none.

        The end is when the clocks of the time zone next show it: on a night when summer time begins or ends, the quiet
        hours are an hour shorter or longer.
        """
        if self.quiet is None:
            return None
        start, end = (time.fromisoformat(wall) for wall in self.quiet)
        wall = moment.astimezone(time_zone(self.tz)).time()
        is_quiet = start <= wall < end if start < end else wall >= start or wall < end
        return next_daily(moment, self.quiet[1], self.tz) if is_quiet else None


class Line(Protocol):
    """An open connection over which one delivery can be sent."""

    def send(self) -> Verdict:
        """Send it; from here on it may have arrived, whatever happens."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class Form(Protocol):
    """What a kind of channel makes of a message, and how it is spoken to."""

    def check(self, channel: Channel) -> None:
        """Refuse a channel whose settings cannot work.

        Raises
        ------
        ChannelError
            Says which and why.
        """
        ...

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return the parts that a message needs, each within the limits of the platform."""
        ...

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> Line:
        """Connect, with everything ready to be sent.

        Raises
        ------
        NotConnectedError
            There is no connection; certainly nothing was sent.
        ChannelError
            Nothing may be sent there.
        """
        ...


class NotConnectedError(Exception):
    """There is no connection: nothing was sent, and why.

    Parameters
    ----------
    verdict : Verdict
        ``later``, or ``refused`` where waiting would not help.
    """

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.reason)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of channel, as data.

    Attributes
    ----------
    name : str
        As in ``zhanggui channels add --kind``.
    label : Text
        Its name in words.
    form : Form
        Its form.
    per_minute : int
        What the platform takes in a minute, at most.
    bursts : tuple of (int, float)
        Further limits: so many messages in so many seconds.
    pause_s : float
        How long the platform is left alone after it said that it was too much.
    secret : Text or None
        What its secret is; None where its address is all there is.
    needs_secret : bool
        Whether there has to be one.
    is_address_secret : bool
        Whether whoever knows the address may send.
    is_deduplicating : bool
        Whether the receiver tells the same message sent again by its id, so that one whose fate is unknown is sent
        again by itself.
    """

    name: str
    label: Text
    form: Form
    per_minute: int
    bursts: tuple[tuple[int, float], ...] = ()
    pause_s: float = 60.0
    secret: Text | None = None
    needs_secret: bool = False
    is_address_secret: bool = True
    is_deduplicating: bool = False

"""What goes out: one row per message, channel and part, claimed before it is sent, with every attempt written down.

A delivery waits, is claimed (`sending`), and ends as `sent`, `refused` or `unknown`. The claim is on the disk before
the first byte leaves: whatever is killed when, no delivery is sent that looks as if it had not been.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.job import JsonObject
from zhanggui.ledger.jobs.state import StateStore

DeliveryState = Literal["waiting", "sending", "sent", "unknown", "refused"]

CLOCK_SLACK_SECONDS = 60.0
"""A time of waiting that was decided later than this from now was decided before the clock was set back."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of a message for one channel, as it was when it was read.

    Attributes
    ----------
    delivery_id : int
        Its number, in the order in which they were put in.
    uid : str
        Names it to a receiver, the same at every attempt.
    message_key : str
        The message that it is of.
    channel_id, channel : int, str
        Number and name of the channel.
    part, n_parts : int
        Which part of the message, from 1, and how many there are.
    title : str
        The message's title in the channel's language.
    body : dict
        What the channel's form makes of the message, without signature.
    state : str
        ``waiting``, ``sending``, ``sent``, ``unknown`` or ``refused``.
    queued_at, due_at, decided_at : float
        When it was put in, when it is to be tried, and when that was decided; seconds since 1970.
    n_attempts : int
        Attempts that failed since it was put in, or since a person sent it again.
    reason, detail : str
        Why it is not sent, or not yet: a short id, and the platform's words.
    """

    delivery_id: int
    uid: str
    message_key: str
    channel_id: int
    channel: str
    part: int
    n_parts: int
    title: str
    body: JsonObject
    state: DeliveryState
    queued_at: float
    due_at: float
    decided_at: float
    n_attempts: int
    reason: str
    detail: str

    def is_due(self, now: float) -> bool:
        """Tell whether it is to be tried; a clock that was set back since puts nothing off."""
        return self.due_at <= now or self.decided_at > now + CLOCK_SLACK_SECONDS


class UnknownDeliveryError(ZhangguiError):
    """No message has this number."""

    code = "unknown_delivery"

    def __init__(self, delivery_id: int) -> None:
        self.delivery_id = delivery_id
        super().__init__(
            f"There is no message number {delivery_id}.",
            where=f"message {delivery_id}",
            next_step="`zhanggui channels messages` lists them",
        )


class NotToResendError(ZhangguiError):
    """A message cannot be sent again."""

    code = "not_to_resend"

    def __init__(self, delivery_id: int, reason: str) -> None:
        self.delivery_id = delivery_id
        self.reason = reason
        super().__init__(
            f"Message {delivery_id} cannot be sent again: {reason}.",
            where=f"message {delivery_id}",
            next_step="only a message that was refused, or whose fate is unknown, is sent again",
        )


class Deliveries:
    """The deliveries in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def add(
        self, message_key: str, channel_id: int, channel: str, title: str, bodies: Sequence[JsonObject], now: float
    ) -> bool:
        """Put a message in line for a channel, one row per part; False when the channel had it already."""
        with self._state.transaction():
            if self._state.rows(
                "SELECT 1 FROM delivery WHERE message_key = ? AND channel_id = ?", (message_key, channel_id)
            ):
                return False
            for part, body in enumerate(bodies, start=1):
                text = json.dumps(body, ensure_ascii=False, allow_nan=False)
                self._state.insert(
                    "INSERT INTO delivery (uid, message_key, channel_id, channel, part, n_parts, title, body_json, "
                    "state, queued_at, due_at, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)",
                    (f"msg_{uuid.uuid4().hex}", message_key, channel_id, channel, part, len(bodies), title, text)
                    + (now,) * 3,
                )
        return True

    def heads(self) -> list[Delivery]:
        """Return what is first in line of each channel: nothing overtakes it."""
        rows = self._state.rows(
            "SELECT * FROM delivery WHERE delivery_id IN "
            "(SELECT min(delivery_id) FROM delivery WHERE state = 'waiting' GROUP BY channel_id) ORDER BY delivery_id"
        )
        return [_delivery(row) for row in rows]

    def free_at(self, channel_id: int, limits: Sequence[tuple[int, float]], now: float) -> float:
        """Return when a channel takes its next message: `now`, or later where a limit is used up.

        Parameters
        ----------
        channel_id : int
            The channel.
        limits : sequence of (int, float)
            So many messages in so many seconds.
        now : float
            Seconds since 1970.
        """
        free = now
        for n_messages, seconds in limits:
            rows = self._state.rows(
                "SELECT claimed_at FROM delivery_attempt WHERE channel_id = ? AND claimed_at > ? AND claimed_at < ? "
                "ORDER BY claimed_at DESC LIMIT ?",
                # What lies further ahead was written before the clock was set back.
                (channel_id, now - seconds, now + seconds, n_messages),
            )
            if len(rows) == n_messages:
                free = max(free, rows[-1]["claimed_at"] + seconds)
        return free

    def claim(self, delivery_id: int, now: float) -> int | None:
        """Take a delivery that waits, durably, before it is sent; return the attempt, None when it waits no more."""
        with self._state.transaction():
            is_mine = self._state.execute(
                "UPDATE delivery SET state = 'sending' WHERE delivery_id = ? AND state = 'waiting'", (delivery_id,)
            )
            if not is_mine:
                return None
            return self._state.insert(
                "INSERT INTO delivery_attempt (delivery_id, channel_id, claimed_at) "
                "SELECT delivery_id, channel_id, ? FROM delivery WHERE delivery_id = ?",
                (now, delivery_id),
            )

    def end(
        self, delivery_id: int, attempt: int, state: DeliveryState, now: float, *, reason: str = "", detail: str = ""
    ) -> None:
        """Write down how a claimed delivery ended for good."""
        with self._state.transaction():
            self._end_attempt(attempt, now, reason or state, detail)
            self._state.execute(
                "UPDATE delivery SET state = ?, reason = ?, detail = ? WHERE delivery_id = ? AND state = 'sending'",
                (state, reason, detail, delivery_id),
            )

    def put_off(
        self,
        delivery_id: int,
        until: float,
        now: float,
        *,
        reason: str,
        detail: str = "",
        attempt: int | None = None,
        is_fault: bool = True,
    ) -> None:
        """Let a delivery wait until another time.

        Parameters
        ----------
        delivery_id : int
            Which one.
        until, now : float
            Seconds since 1970.
        reason, detail : str
            Why.
        attempt : int, optional
            The attempt that failed, of one that was claimed.
        is_fault : bool, default True
            Count it among the failed attempts; quiet hours and our own limits are none.
        """
        with self._state.transaction():
            if attempt is not None:
                self._end_attempt(attempt, now, reason, detail)
            self._state.execute(
                "UPDATE delivery SET state = 'waiting', due_at = ?, decided_at = ?, n_attempts = n_attempts + ?, "
                "reason = ?, detail = ? WHERE delivery_id = ? AND state IN ('waiting', 'sending')",
                (until, now, int(is_fault), reason, detail, delivery_id),
            )

    def give_up(self, delivery_id: int, *, reason: str, detail: str = "") -> None:
        """Refuse a delivery that waits, unsent."""
        self._state.execute(
            "UPDATE delivery SET state = 'refused', n_attempts = n_attempts + 1, reason = ?, detail = ? "
            "WHERE delivery_id = ? AND state = 'waiting'",
            (reason, detail, delivery_id),
        )

    def left_sending(self) -> list[tuple[Delivery, int]]:
        """Return claimed deliveries with their attempt; of a program that sends none, they are a dead one's."""
        rows = self._state.rows(
            "SELECT delivery.*, max(attempt_id) AS attempt FROM delivery JOIN delivery_attempt USING (delivery_id) "
            "WHERE state = 'sending' GROUP BY delivery_id ORDER BY delivery_id"
        )
        return [(_delivery(row), row["attempt"]) for row in rows]

    def get(self, delivery_id: int) -> Delivery:
        """Return one delivery.

        Raises
        ------
        UnknownDeliveryError
            There is none.
        """
        found = self._state.rows("SELECT * FROM delivery WHERE delivery_id = ?", (delivery_id,))
        if not found:
            raise UnknownDeliveryError(delivery_id)
        return _delivery(found[0])

    def of_message(self, message_key: str) -> list[Delivery]:
        """Return the deliveries of a message, in order."""
        rows = self._state.rows("SELECT * FROM delivery WHERE message_key = ? ORDER BY delivery_id", (message_key,))
        return [_delivery(row) for row in rows]

    def list_deliveries(self, states: Collection[DeliveryState] = (), *, limit: int = 50) -> list[Delivery]:
        """Return the latest deliveries, newest first; those in `states`, or all."""
        rows = self._state.rows(
            "SELECT * FROM delivery WHERE ? OR state IN (SELECT value FROM json_each(?)) "
            "ORDER BY delivery_id DESC LIMIT ?",
            (int(not states), json.dumps(list(states)), limit),
        )
        return [_delivery(row) for row in rows]

    def n_by_state(self) -> dict[str, int]:
        """Return how many deliveries are in each state."""
        rows = self._state.rows("SELECT state, count(*) AS n FROM delivery GROUP BY state")
        return {row["state"]: row["n"] for row in rows}

    def resend(self, delivery_id: int, now: float) -> None:
        """Let a delivery that was refused, or whose fate is unknown, wait again, as a person asked.

        Raises
        ------
        UnknownDeliveryError
            There is none.
        NotToResendError
            It was sent, or waits, or its channel is gone.
        """
        with self._state.transaction():
            held = self.get(delivery_id)
            if held.state not in {"unknown", "refused"}:
                raise NotToResendError(delivery_id, f"it is {held.state}")
            if not self._state.rows("SELECT 1 FROM channel WHERE channel_id = ?", (held.channel_id,)):
                raise NotToResendError(delivery_id, f"its channel {held.channel!r} was removed")
            self._state.execute(
                "UPDATE delivery SET state = 'waiting', due_at = ?, decided_at = ?, n_attempts = 0, "
                "reason = 'asked_again', detail = '' WHERE delivery_id = ?",
                (now, now, delivery_id),
            )

    def forget_bodies(self, before: float) -> int:
        """Empty what was sent before a moment; its key stays, so that nothing is sent twice. Return how many."""
        return self._state.execute(
            "UPDATE delivery SET body_json = '{}' WHERE state = 'sent' AND queued_at < ? AND body_json <> '{}'",
            (before,),
        )

    def _end_attempt(self, attempt: int, now: float, outcome: str, detail: str) -> None:
        self._state.execute(
            "UPDATE delivery_attempt SET ended_at = ?, outcome = ?, detail = ? WHERE attempt_id = ?",
            (now, outcome, detail, attempt),
        )


def _delivery(row: sqlite3.Row) -> Delivery:
    held = dict(row)
    held.pop("attempt", None)
    return Delivery(body=json.loads(held.pop("body_json")), **held)

"""The courier: sends what is due, one message after the other, each claimed on the disk before it leaves.

What a killed courier leaves behind is claimed and not ended. Nobody knows whether it arrived: its fate is `unknown`
and a person decides, unless the receiver tells the same message by its id; then it is sent again under that id.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from zhanggui.collect.outbound.answers import Verdict
from zhanggui.collect.outbound.channel import Channel, Kind, NotConnectedError
from zhanggui.collect.outbound.channels import Channels
from zhanggui.collect.outbound.errors import AddressForbiddenError, ChannelError
from zhanggui.collect.outbound.kinds import KINDS
from zhanggui.collect.outbound.outbox import Outbox
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs import Deliveries, Delivery, StateStore
from zhanggui.ledger.jobs.queue import Clock, utc_now

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop

LOCK_FILE = "courier.lock"
POLL_SECONDS = 1.0
GATHER_SECONDS = 15.0

MOST_ATTEMPTS = 40
FIRST_PAUSE_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 1800.0
"""With these, a message is tried for some 18 hours before it is given up."""

_log = logging.getLogger(__name__)


class Courier:
    """Sends the messages of a shop.

    Parameters
    ----------
    state : StateStore
        The shop's state file.
    channels : Channels
        The shop's channels.
    lock : Path
        File by whose lock one courier at a time sends: the lock of a dead one is free at once, whatever the clock says.
    clock : callable, optional
        Returns the current moment.
    rng : random.Random, optional
        For pauses that do not all end together.
    gather : callable, optional
        Puts into the outbox what waits elsewhere to be told; called before sending, now and then.
    """

    def __init__(
        self,
        state: StateStore,
        channels: Channels,
        lock: Path,
        *,
        clock: Clock = utc_now,
        rng: random.Random | None = None,
        gather: Callable[[], object] | None = None,
    ) -> None:
        self._deliveries = Deliveries(state)
        self._outbox = Outbox(state, channels, clock=clock)
        self._channels = channels
        self._lock = lock
        self._clock = clock
        self._rng = rng or random.Random()
        self._gather = gather
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    @classmethod
    def of(cls, shop: Shop, *, clock: Clock = utc_now, gather: Callable[[], object] | None = None) -> Courier:
        """Return the courier of an opened shop."""
        return cls(shop.state, Channels.of(shop, clock=clock), shop.dir / LOCK_FILE, clock=clock, gather=gather)

    def start(self) -> None:
        """Send what is due from now on, in a thread of its own: a long import holds nothing up."""
        self._thread.start()

    def stop(self, *, timeout_seconds: float = 20.0) -> None:
        """End after the message that is being sent."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    def run_due(self) -> int:
        """Send everything that is due now; return how many attempts that took.

        Returns 0 at once while another process is sending.
        """
        with self._alone() as is_alone:
            if not is_alone:
                return 0
            self._gather_all()
            return self._send_due()

    def _run(self) -> None:
        n_failed = 0
        while not self._stopping.is_set():
            try:
                with self._alone() as is_alone:
                    next_gathering = 0.0
                    while is_alone and not self._stopping.is_set():
                        if time.monotonic() >= next_gathering:
                            self._gather_all()
                            next_gathering = time.monotonic() + GATHER_SECONDS
                        self._send_due()
                        self._stopping.wait(POLL_SECONDS)
                n_failed = 0
            except Exception:  # noqa: BLE001 - the server's only courier must outlive a full disk or a locked file
                _log.exception("the courier could not go on")
                n_failed += 1
            self._stopping.wait(min(POLL_SECONDS * 2**n_failed, 60.0))

    def _gather_all(self) -> None:
        """Fetch what is to be told; what cannot be fetched holds up nothing that was put in."""
        try:
            if self._gather is not None:
                self._gather()
        except Exception:  # noqa: BLE001 - whatever fails there, messages that wait are to be sent
            _log.exception("what is to be told could not be fetched")

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Be the one courier for the length of the block, and deal with what a dead one left; False if there is one."""
        lock = FileLock(self._lock, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            yield False
            return
        try:
            self._take_over()
            with suppress(ZhangguiError):
                self._outbox.tidy()
            yield True
        finally:
            lock.release()

    def _take_over(self) -> None:
        now = self._clock().timestamp()
        for delivery, attempt in self._deliveries.left_sending():
            channel = self._channels.open_by_number(delivery.channel_id)
            verdict = Verdict("unsure", "program_ended")
            self._end(delivery, attempt, verdict, KINDS[channel.kind] if channel else None, now)

    def _send_due(self) -> int:
        """Go round the channels until nothing is due: one message of each at a time, in its order."""
        n_attempts = 0
        while not self._stopping.is_set():
            n_sent = sum(self._try(delivery) for delivery in self._deliveries.heads())
            if not n_sent:
                break
            n_attempts += n_sent
        return n_attempts

    def _try(self, delivery: Delivery) -> bool:
        """Send a delivery if it may be sent now; tell whether anything came of it."""
        moment = self._clock()
        now = moment.timestamp()
        if self._stopping.is_set() or not delivery.is_due(now):
            return False
        channel = self._channels.open_by_number(delivery.channel_id)
        if channel is None:
            self._deliveries.give_up(delivery.delivery_id, reason="channel_removed")
            return True
        kind = KINDS[channel.kind]
        quiet_until = channel.quiet_until(moment)
        if quiet_until is not None:
            self._wait(delivery, quiet_until.timestamp(), now, "quiet_hours")
            return False
        free_at = self._deliveries.free_at(channel.channel_id, ((channel.per_minute, 60.0), *kind.bursts), now)
        if free_at > now:
            self._wait(delivery, free_at, now, "own_limit")
            return False
        self._send(delivery, channel, kind, moment)
        return True

    def _wait(self, delivery: Delivery, until: float, now: float, reason: str) -> None:
        self._deliveries.put_off(delivery.delivery_id, until, now, reason=reason, is_fault=False)

    def _send(self, delivery: Delivery, channel: Channel, kind: Kind, moment: datetime) -> None:
        now = moment.timestamp()
        try:
            line = kind.form.line(channel, delivery, moment, self._channels.guard)
        except NotConnectedError as error:
            self._end(delivery, None, error.verdict, kind, now)
            return
        except ChannelError as error:
            is_final = isinstance(error, AddressForbiddenError)
            verdict = Verdict("refused" if is_final else "later", error.code, type(error).__name__)
            self._end(delivery, None, verdict, kind, now)
            return
        try:
            attempt = self._deliveries.claim(delivery.delivery_id, self._clock().timestamp())
            if attempt is None:
                return
            try:
                verdict = line.send()
            except Exception as error:  # noqa: BLE001 - it may have arrived all the same, and that has to be written down
                _log.exception("sending message %s failed", delivery.delivery_id)
                verdict = Verdict("unsure", "no_answer", type(error).__name__)
            self._end(delivery, attempt, verdict, kind, self._clock().timestamp())
        finally:
            line.close()

    def _end(self, delivery: Delivery, attempt: int | None, verdict: Verdict, kind: Kind | None, now: float) -> None:
        """Write down what became of a delivery; `attempt` is None where nothing was sent."""
        number, reason, detail = delivery.delivery_id, verdict.reason, verdict.detail
        may_repeat = verdict.ending == "later" or (
            verdict.ending == "unsure" and kind is not None and kind.is_deduplicating
        )
        if may_repeat and delivery.n_attempts + 1 < MOST_ATTEMPTS:
            pause = max(self._pause(delivery.n_attempts), self._platform_pause(verdict, kind))
            self._deliveries.put_off(number, now + pause, now, attempt=attempt, reason=reason, detail=detail)
        elif attempt is None:
            self._deliveries.give_up(number, reason=reason, detail=detail)
        elif verdict.ending == "sent":
            self._deliveries.end(number, attempt, "sent", now, reason=reason, detail=detail)
        elif verdict.ending == "unsure":
            self._deliveries.end(number, attempt, "unknown", now, reason=reason, detail=detail)
        else:
            self._deliveries.end(number, attempt, "refused", now, reason=reason, detail=detail)

    def _pause(self, n_attempts: int) -> float:
        """Return how long to wait after one more failure: twice as long each time, give or take a quarter."""
        pause = min(FIRST_PAUSE_SECONDS * 2.0 ** min(n_attempts, 20), LONGEST_PAUSE_SECONDS)
        return pause * self._rng.uniform(0.75, 1.25)

    def _platform_pause(self, verdict: Verdict, kind: Kind | None) -> float:
        asked = verdict.after_s or 0.0
        return max(asked, kind.pause_s) if kind is not None and verdict.reason == "rate_limited" else asked

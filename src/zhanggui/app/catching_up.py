"""While the server runs, what collectors have taken in comes into the ledger within seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from zhanggui.collect.loading.log_projection import LogProjector, Projected
from zhanggui.ledger.derivations import refresh_following
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import Handler, JsonObject, Lease
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.ledger.shop import Shop

LOOK_SECONDS = 1.0
VISITS_SECONDS = 30.0
"""Visits wait no longer than this; less where making them takes less than a tenth of it."""
_VISITS_SHARE = 0.1
_WORTH_GOING_ON = 5_000
"""What arrives while fewer events than this are brought over waits for the next look."""

_log = logging.getLogger("zhanggui.collector")


class CatchingUp:
    """A thread that follows the log.

    Parameters
    ----------
    shop, ledger : Shop, Ledger
        Both owned by this process.
    on_change : callable
        Called whenever the ledger has changed.
    clock : callable, optional
        Seconds that only grow.
    """

    def __init__(
        self, shop: Shop, ledger: Ledger, on_change: Callable[[], None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shop = shop
        self._ledger = ledger
        self._on_change = on_change
        self._clock = clock
        self._projector = LogProjector(shop, ledger)
        # An import and the log take their numbers from one row: one of them at a time.
        self._alone = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="log-reader", daemon=True)
        self._visits_lag = False
        self._visits_from = 0.0
        self._following_lags = False
        self._following_from = 0.0

    def apart(self, work: Mapping[str, Handler]) -> dict[str, Handler]:
        """Return the kinds of background work such that the log waits for each of them."""

        def waiting(handler: Handler) -> Handler:
            def handle(lease: Lease) -> JsonObject:
                with self._alone:
                    return handler(lease)

            return handle

        return {kind: waiting(handler) for kind, handler in work.items()}

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the part that is being read."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def catch_up(self) -> Projected:
        """Bring all that is on disk into the ledger now, and make the visits that lag behind when it is their turn."""
        done = Projected()
        with self._alone:
            before = -_WORTH_GOING_ON
            while done.n_events - before >= _WORTH_GOING_ON and not self._stopping.is_set():
                before = done.n_events
                if self._projector.step(done):
                    self._on_change()
            self._visits_lag |= done.n_events > 0
            if self._visits_lag and self._clock() >= self._visits_from:
                self._make_visits()
            if self._following_lags and self._clock() >= self._following_from:
                self._follow_visits()
        return done

    def _make_visits(self) -> None:
        begin = self._clock()
        if refresh_sessions(self._ledger, session_rules(self._shop.settings, self._shop.dir)):
            self._on_change()
            self._following_lags = True
        self._visits_lag = False
        end = self._clock()
        self._visits_from = end + min((end - begin) / _VISITS_SHARE, VISITS_SECONDS)

    def _follow_visits(self) -> None:
        """Make what follows from visits; it is made as a whole, so it never takes more than its share of the time."""
        begin = self._clock()
        if refresh_following(self._ledger):
            self._on_change()
        self._following_lags = False
        end = self._clock()
        self._following_from = end + (end - begin) / _VISITS_SHARE

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                self.catch_up()
            except Exception:  # noqa: BLE001 - the thread outlives a full disk; the log keeps what waits
                _log.exception("events of the log could not be brought into the ledger")
                self._stopping.wait(10 * LOOK_SECONDS)

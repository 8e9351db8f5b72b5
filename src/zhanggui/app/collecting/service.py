"""What stands between HTTP and the log: a request is answered once its events are on disk."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from zhanggui.collect.events.intake import Accepted, Answer, Counts, Intake, RefusedError, Request
from zhanggui.collect.events.intake.counts import LIVE_FILE
from zhanggui.collect.events.log import Disk, GroupCommit, LogFullError, LogWriter
from zhanggui.collect.events.log.committing import Done
from zhanggui.ledger.shop import Shop

REREAD_SECONDS = 1.0

_log = logging.getLogger("zhanggui.collector")

Reply = Callable[[Answer], None]


class CollectorService:
    """Takes the requests of one collector; lives in the thread of its event loop.

    Parameters
    ----------
    shop : Shop
    name : str
        Directory of its log.
    disk : Disk, optional
        What the log is written to.
    """

    def __init__(self, shop: Shop, *, name: str, disk: Disk | None = None) -> None:
        self.counts = Counts()
        self.intake = Intake(shop.dir, shop.key, self.counts, time.time)
        self._writer = LogWriter(shop.dir, shop.key, name=name, disk=disk)
        self._live = self._writer.directory / LIVE_FILE
        self._loop = asyncio.get_running_loop()
        self._commit = GroupCommit(self._writer, self._deliver)
        self._written = -1
        self._housekeeping = self._loop.create_task(self._keep_house())

    def handle(self, request: Request, reply: Reply) -> None:
        """Take a request in, and reply at once or when its events are on disk."""
        try:
            found = self.intake.take(request)
            if isinstance(found, Accepted):
                self._commit.submit(found.record, partial(self._done, found, reply))
                return
        except RefusedError as refusal:
            reply(self.refused(refusal))
        except LogFullError:
            reply(self.refused(RefusedError("too_busy")))
        except Exception:  # noqa: BLE001 - a mistake of ours with one request leaves the others alone
            _log.exception("a request could not be taken")
            reply(Answer(500, b'{"error":{"code":"internal","what":"a mistake of the collector"}}'))
        else:
            reply(found)

    def refused(self, refusal: RefusedError) -> Answer:
        """Count a refusal and return what is answered."""
        self.counts.refused(refusal.code, self.intake.clock())
        answer = refusal.answer
        # A page of another site may read why it was refused.
        return Answer(
            answer.status,
            answer.body,
            answer.content_type,
            (*answer.headers, ("Access-Control-Allow-Origin", "*")),
        )

    async def close(self) -> None:
        """Write what waits, and end."""
        self._housekeeping.cancel()
        with suppress(asyncio.CancelledError):
            await self._housekeeping
        await asyncio.to_thread(self._commit.close)
        await asyncio.sleep(0)
        self._write_live()

    def _done(self, found: Accepted, reply: Reply, failure: OSError | None) -> None:
        if failure is not None:
            reply(self.refused(RefusedError("disk_unwritable")))
            return
        self.counts.accepted(found.protocol, found.names, self.intake.clock())
        reply(found.answer)

    def _deliver(self, dones: list[Done], failure: OSError | None) -> None:
        # The loop is gone once the process ends; nobody waits for an answer then.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_tell, dones, failure)
        if failure is not None:
            _log.error("events could not be written: %s", failure)

    async def _keep_house(self) -> None:
        while True:
            try:
                self.intake.reread()
                self._write_live()
            except Exception:  # noqa: BLE001 - events do not wait for a file of figures
                _log.exception("the collector could not keep house")
            await asyncio.sleep(REREAD_SECONDS)

    def _write_live(self) -> None:
        if self.counts.changes != self._written:
            self._written = self.counts.changes
            with suppress(OSError):
                self.counts.write(self._live, self.intake.clock())


def _tell(dones: list[Done], failure: OSError | None) -> None:
    for done in dones:
        done(failure)

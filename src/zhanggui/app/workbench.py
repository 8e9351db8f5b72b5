"""One shop being served: its ledger, its desk and its worker."""

from __future__ import annotations

import secrets
import shutil
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from zhanggui.app.catching_up import CatchingUp
from zhanggui.app.looks import Looks
from zhanggui.app.passwords import Passwords
from zhanggui.app.people_refresh import DAILY_AT, PEOPLE, refresh_people
from zhanggui.app.reporting import REPORT, keep_schedule, tell_reports
from zhanggui.app.telling import tell_alerts
from zhanggui.app.work import WATCH, ask_for_watch, handlers
from zhanggui.collect.outbound import Courier
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import JobQueue, Scheduler, Worker
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk

IS_DEMO = "is_demo"
"""Setting that marks a shop as made up."""

UPLOAD_PREFIX = "upload-"
WATCH_SECONDS = 3600
"""A watch runs after every import, and so often beside that: data that is late comes with no import."""


class Workbench:
    """A shop that this process owns and serves.

    Parameters
    ----------
    shop : Shop
        The shop, under its owner lock.
    ledger : Ledger
        Its open ledger.

    Attributes
    ----------
    owner_token : str
        Secret of the command line; only who can read the shop directory knows it.
    page_token : str
        Secret of browser tabs; given to the workbench's own pages.
    passwords : Passwords
        Those of files that wait to be loaded.
    """

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop = shop
        self.ledger = ledger
        self.owner_token = secrets.token_urlsafe(32)
        self.page_token = secrets.token_urlsafe(32)
        self.desk = Desk(shop, ledger)
        self.queue = JobQueue(shop.state, restartable={WATCH, REPORT, PEOPLE})
        self.looks = Looks(shop)
        self.passwords = Passwords()
        work = handlers(shop, ledger, self.desk.changed, passwords=self.passwords)
        work = {**work, REPORT: lambda lease: {"told": [*tell_reports(self.desk)]}}
        work = {**work, PEOPLE: lambda lease: refresh_people(self.desk)}
        self._catching_up = CatchingUp(shop, ledger, self.desk.changed)
        self._worker = Worker(self.queue, self._catching_up.apart(work))
        self._courier = Courier.of(shop, gather=partial(tell_alerts, shop))

    @property
    def is_demo(self) -> bool:
        """Whether the shop is made up."""
        return self.shop.state.get_setting(IS_DEMO) is True

    def start(self) -> None:
        """Begin to work; whatever a dead process held is taken over."""
        for left in self.shop.tmp.glob(f"{UPLOAD_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        self.queue.reclaim(everything=True)
        Scheduler(self.queue).every(WATCH, WATCH, WATCH_SECONDS)
        Scheduler(self.queue).daily(PEOPLE, PEOPLE, DAILY_AT, tz=self.shop.settings.shop.timezone)
        keep_schedule(self.shop, self.queue)
        ask_for_watch(self.shop)
        self._worker.start()
        self._catching_up.start()
        self._courier.start()

    def stop(self) -> None:
        """Let the running job stop at its next check, and what is being sent come to its end."""
        self._courier.stop()
        self._catching_up.stop()
        self._worker.stop()


def _workbench(request: Request) -> Workbench:
    bench = request.app.state.workbench
    assert isinstance(bench, Workbench)
    return bench


Bench = Annotated[Workbench, Depends(_workbench)]
"""The served shop, for routes."""

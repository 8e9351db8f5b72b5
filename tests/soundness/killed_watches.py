"""Watch in child processes and kill them; run by ``test_killed_watch.py`` in a process of its own.

A child keeps what is seen day after day, from the first day on, and hands over what is due into a box in the same state
file, whose key refuses to take the same message twice.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from zhanggui.ledger.jobs import Alert, AlertBook, Occurrence, StateStore
from zhanggui.understand.monitoring.watching import keep

FIRST = date(2020, 2, 3)
N_DAYS = 24
PLACES = ("", "platform=jd", "platform=tmall", "platform=tmall,channel=搜索")
BEGINS, LASTS = (0, 9, 17), 4
"""Each place has three events of four days, far enough apart."""


def seen_on(day: int) -> list[Occurrence]:
    """Return the events as they are seen on a day: those that have begun, as long as they are by then."""
    found = []
    for place in PLACES:
        for begin in BEGINS:
            if begin <= day:
                last = min(begin + LASTS - 1, day)
                found.append(_event(place, begin, last, is_over=last < day))
    return found


def _event(place: str, begin: int, last: int, *, is_over: bool) -> Occurrence:
    return Occurrence(
        rule="gmv",
        place=place,
        direction="down",
        first_day=FIRST + timedelta(days=begin),
        last_day=FIRST + timedelta(days=last),
        standing="over" if is_over else "on",
        money=float(100 + len(place) + last),
        told={"metric": "gmv_paid", "kind": "change", "doubts": [], "days": last - begin + 1},
    )


def watch_all(path: Path) -> None:
    """Keep every day and hand over what is due, as a worker does."""
    state = StateStore(path)
    book = AlertBook(state)

    def take(alert: Alert) -> bool:
        # The key of a setting is unique: a message that comes twice would raise.
        state.execute("INSERT INTO setting (key, value_json) VALUES (?, 'true')", (f"message {alert.alert_id}",))
        return True

    for day in range(N_DAYS):
        keep(book, seen_on(day), looked={"gmv"}, sources_looked=False, since=FIRST, now=float(day))
        book.hand_over(take, float(day))
    state.close()


def killed(path: Path, seconds: float) -> bool:
    """Watch in a child and kill it after some time; return whether it was still at work."""
    child = os.fork()
    if child == 0:
        watch_all(path)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def check(path: Path) -> None:
    """Prove that each event has one alert that was raised once, and that nothing was handed over twice or lost."""
    state = StateStore(path)
    book = AlertBook(state)
    alerts = book.list_alerts()
    found = Counter((alert.place, (alert.first_day - FIRST).days, (alert.last_day - FIRST).days) for alert in alerts)
    assert found == Counter((place, begin, begin + LASTS - 1) for place in PLACES for begin in BEGINS), found
    steps = {alert.alert_id: [step.what for step in book.steps(alert.alert_id)] for alert in alerts}
    assert all(taken.count("raised") == 1 and taken.count("handed") <= 1 for taken in steps.values()), steps
    told = {int(row["key"].split()[1]) for row in state.rows("SELECT key FROM setting WHERE key LIKE 'message %'")}
    assert told == {alert.alert_id for alert in alerts if alert.handed_at is not None}
    assert book.waiting() == []
    # Whoever is told by itself was handed over; whoever is not, is told under somebody who was.
    assert all(alert.alert_id in told or alert.cause_id in told for alert in alerts)
    state.close()


def main(folder: Path, n_kills: int, seed: int) -> None:
    """Kill so many watches over one state file, let the last one end, and check."""
    path, rng = folder / "state.sqlite", random.Random(seed)
    StateStore(path).close()
    began = time.monotonic()
    watch_all(folder / "whole.sqlite")
    whole = time.monotonic() - began
    n_killed = sum(killed(path, rng.uniform(0, whole)) for _ in range(n_kills))
    watch_all(path)
    check(path)
    check(folder / "whole.sqlite")
    print(f"{n_kills} kills, {n_killed} of them at work")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

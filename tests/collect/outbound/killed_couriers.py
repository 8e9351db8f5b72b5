"""Send messages from child processes and kill them; run by ``test_killed_courier.py`` in a process of its own.

Each child puts in what the children before it may or may not have put in, adds events of its own, and sends. It is
killed at a random moment, or by the platform itself at the worst ones: before a message is taken, after it was taken
and not answered, and after the answer.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.collect.outbound.conftest import KEY
from tests.collect.outbound.fake_platforms import (
    DINGTALK_SECRET,
    FEISHU_SECRET,
    HOOK_SECRET,
    FakePlatforms,
    Fault,
)

from zhanggui.collect.outbound import AddressGuard, Channels, Courier, Message, Outbox
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import Delivery, StateStore

CHANNELS = {"wecom_robot": "wecom", "dingtalk_robot": "dingtalk", "feishu_robot": "feishu", "webhook": "hook"}
EVENTS_PER_ROUND = 2
ROUND = timedelta(minutes=15)


class RoundClock:
    """A clock that goes on from one round to the next."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 9, 1, 2, tzinfo=UTC)

    def __iter__(self) -> RoundClock:
        return self

    def __next__(self) -> datetime:
        self.moment += ROUND
        return self.moment


def shop_at(folder: Path, moment: datetime) -> tuple[StateStore, Channels, Outbox]:
    state = StateStore(folder / "state.sqlite")
    channels = Channels(state, KEY, AddressGuard("127.0.0.1"), clock=lambda: moment)
    return state, channels, Outbox(state, channels, clock=lambda: moment)


def add_channels(folder: Path, moment: datetime, platforms: FakePlatforms) -> None:
    state, channels, _ = shop_at(folder, moment)
    channels.add("wecom_robot", "wecom_robot", platforms.wecom)
    channels.add("dingtalk_robot", "dingtalk_robot", platforms.dingtalk, secret=DINGTALK_SECRET)
    channels.add("feishu_robot", "feishu_robot", platforms.feishu, secret=FEISHU_SECRET)
    channels.add("webhook", "webhook", platforms.hook, secret=HOOK_SECRET)
    state.close()


def tell_and_send(folder: Path, moment: datetime, events: range) -> None:
    """Do what a server does after its start: tell of the latest events once more, and send."""
    state, channels, outbox = shop_at(folder, moment)
    for event in events:
        with state.transaction():
            outbox.put(Message(Text.same(title_of(event))), list(CHANNELS), key=f"event:{event}")
            state.set_setting(f"event:{event}", True)
    Courier(state, channels, folder / "courier.lock", clock=lambda: moment).run_due()
    state.close()


def title_of(event: int) -> str:
    return f"事件{event:05}"


def in_child(work: Callable[[], object]) -> tuple[int, int]:
    """Fork a child that waits for a word; return its process id and where to write the word."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(reading)
        return child, writing
    try:
        os.read(reading, 1)
        work()
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - the child must end here, whatever happens
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
        os._exit(1)


def started(child: int, writing: int) -> None:
    os.write(writing, b"!")
    os.close(writing)


def finished(child: int, writing: int) -> None:
    started(child, writing)
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise SystemExit("sending failed")


def killed(rng: random.Random, platforms: FakePlatforms, work: Callable[[], object], seconds: float) -> bool:
    """Run `work` in a child and kill it; tell whether that was before its end."""
    child, writing = in_child(work)
    how = rng.choice(["any time", "before", "after", "answered"])
    if how == "any time":
        started(child, writing)
        time.sleep(rng.uniform(0, seconds))
        os.kill(child, signal.SIGKILL)
    else:
        n_spared = rng.randrange(EVENTS_PER_ROUND * len(CHANNELS))
        last = Fault(kill=child, is_taken=how != "before", is_answered=how == "answered")
        platforms.faults = [*[Fault()] * n_spared, last]
        started(child, writing)
    _, status = os.waitpid(child, 0)
    with platforms.lock:
        platforms.faults = []
    if not os.WIFSIGNALED(status) and status != 0:
        raise SystemExit("sending failed")
    return os.WIFSIGNALED(status)


def problems(rows: list[Delivery], platforms: FakePlatforms, n_events: int) -> list[str]:
    """Return what was lost, doubled, or said otherwise than it was."""
    found = []
    n_shown = Counter((taken.platform, taken.text[taken.text.index("事件") :][:7]) for taken in platforms.taken)
    told = {(row.channel, row.title): row for row in rows}
    for event in range(n_events):
        for channel, platform in CHANNELS.items():
            row = told.get((channel, title_of(event)))
            n_times = n_shown[platform, title_of(event)]
            if row is None:
                found.append(f"{title_of(event)} is lost to {channel}")
            elif n_times > 1:
                found.append(f"{title_of(event)} was shown {n_times} times by {platform}")
            elif row.state == "sent" and n_times == 0:
                found.append(f"{title_of(event)} is said to be sent to {channel} and was not")
            elif row.state not in ({"sent"} if channel == "webhook" else {"sent", "unknown"}):
                found.append(f"{title_of(event)} for {channel} is {row.state}")
    if len(rows) != n_events * len(CHANNELS):
        found.append(f"{len(rows)} deliveries of {n_events} events")
    return found


def settled(folder: Path, moments: Iterator[datetime], n_events: int) -> list[Delivery]:
    """Let couriers live until nothing waits; return all deliveries."""
    rows: list[Delivery] = []
    while not rows or any(row.state == "waiting" for row in rows):
        moment = next(moments)
        events = range(n_events - 2 * EVENTS_PER_ROUND, n_events)
        finished(*in_child(partial(tell_and_send, folder, moment, events)))
        state, _, outbox = shop_at(folder, moment)
        rows = outbox.list_deliveries(limit=1_000_000)
        state.close()
    return rows


def main(folder: Path, n_kills: int, seed: int) -> None:
    """Print one line: how many kills, and what became of the messages."""
    rng = random.Random(seed)
    clock = RoundClock()
    platforms = FakePlatforms()
    platforms.reset(lambda: clock.moment)
    add_channels(folder, clock.moment, platforms)
    begun = time.monotonic()
    finished(*in_child(lambda: tell_and_send(folder, clock.moment, range(EVENTS_PER_ROUND))))
    seconds = time.monotonic() - begun
    n_cut, n_events = 0, EVENTS_PER_ROUND
    for _ in range(n_kills):
        events = range(n_events - EVENTS_PER_ROUND, n_events + EVENTS_PER_ROUND)
        n_events += EVENTS_PER_ROUND
        n_cut += killed(rng, platforms, partial(tell_and_send, folder, next(clock), events), seconds)
    rows = settled(folder, clock, n_events)
    found = problems(rows, platforms, n_events)
    platforms.stop()
    if found:
        raise SystemExit("\n".join(found[:20]))
    counts = dict(Counter(row.state for row in rows))
    print(f"{n_kills} kills, {n_cut} of them while sending; {len(platforms.taken)} messages shown; {counts}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""A collector and its projection killed at random moments: nothing acknowledged is lost, nothing counts twice.

A few rounds; with ``ZHANGGUI_LONG=1`` three hundred.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from tests.app.collecting.collectors import track
from tests.lengths import IS_LONG

from zhanggui.collect.events.keys import WriteKeys
from zhanggui.collect.loading.log_projection import LogProjector
from zhanggui.collect.loading.log_status import log_status
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.ledger.quality import check_promises
from zhanggui.ledger.shop import Shop

N_KILLS = 300 if IS_LONG else 2

_COLLECT = """
import socket, sys
from pathlib import Path
from zhanggui.app.collecting import run_collector
from zhanggui.ledger.shop import Shop
listener = socket.create_server(("127.0.0.1", 0))
say = lambda: print(listener.getsockname()[1], flush=True)
run_collector(Shop.open(Path(sys.argv[1])), listener, trusts_proxy=False, on_start=say)
"""
_PROJECT = """
import sys
from pathlib import Path
from zhanggui.collect.loading.log_projection import LogProjector, Projected
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.ledger.shop import Shop
shop = Shop.open(Path(sys.argv[1]))
with shop.owner_lock(), open_shop_ledger(shop, memory_limit="256MB", threads=1) as ledger:
    print("open", flush=True)
    while LogProjector(shop, ledger).step(Projected(), most_bytes=2_000):
        pass
    print("done", flush=True)
"""


class Sender(threading.Thread):
    """Sends every event until it is acknowledged, then the next; goes on from where a kill left it."""

    def __init__(self, key: str, port: int, first: int) -> None:
        super().__init__(daemon=True)
        self.key, self.port, self.next = key, port, first
        self.acknowledged: list[int] = []

    def run(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            while True:
                body = json.dumps(track(self.next)).encode()
                connection.request("POST", "/v1/track", body, {"Authorization": f"Bearer {self.key}"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    # It is about to end, and says so; nothing of this was taken.
                    break
                self.acknowledged.append(self.next)
                self.next += 1
        except (OSError, HTTPException):
            connection.close()


def _started(program: str, shop: Shop) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-c", program, str(shop.dir)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def _killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(timeout=20)
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.slow
def test_kills_lose_nothing_that_was_acknowledged_and_count_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(11)
    shop = Shop.create(tmp_path / "shop", "试店")
    _, key = WriteKeys(shop.dir).add("test", store="商城", per_second=1_000_000)
    acknowledged: list[int] = []
    next_event = 0
    for round_no in range(N_KILLS):
        collector, port = _started(_COLLECT, shop)
        sender = Sender(key, int(port), next_event)
        sender.start()
        time.sleep(chance.uniform(0.02, 0.3))
        if round_no % 2:
            projection, word = _started(_PROJECT, shop)
            assert word == "open"
            time.sleep(chance.uniform(0.0, 0.2))
            _killed(projection)
        _killed(collector)
        sender.join(timeout=20)
        acknowledged += sender.acknowledged
        next_event = sender.next

    # The next writer mends what the last one left, and takes in what its sender sends again.
    collector, port = _started(_COLLECT, shop)
    sender = Sender(key, int(port), next_event)
    sender.start()
    time.sleep(0.2)
    collector.terminate()
    collector.wait(timeout=20)
    sender.join(timeout=20)
    acknowledged += sender.acknowledged
    with open_shop_ledger(shop, memory_limit="256MB", threads=1) as ledger:
        LogProjector(shop, ledger).run()
        n_events = ledger.query(ledger.table("event").count().as_table()).to_pylist()[0].popitem()[1]
        status = log_status(shop, ledger)
        broken = [one.name for one in check_promises(ledger) if not one.is_kept]

    assert acknowledged == list(range(len(acknowledged)))
    # The last one may have been written without its sender having heard of it.
    assert len(acknowledged) <= n_events <= len(acknowledged) + 1
    assert status.classes["accepted"] == n_events
    assert status.classes["quarantined"] == 0
    assert (status.is_exact, broken) == (True, [])

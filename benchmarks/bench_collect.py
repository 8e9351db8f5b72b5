"""The collector on one core, the sender on the other: durable events a second, latency, memory, and the way on."""

from __future__ import annotations

import hashlib
import json
import math
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, cpu_seconds
from zhanggui.app.catching_up import LOOK_SECONDS
from zhanggui.collect.events.keys import WriteKeys
from zhanggui.collect.loading.log_projection import LogProjector, Projected
from zhanggui.collect.loading.log_status import log_status
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.shop import Shop

_CALM = 1_000


@dataclass(frozen=True, slots=True)
class _Running:
    process: subprocess.Popen[str]
    port: int
    key: str

    @property
    def cpu(self) -> float:
        """Processor seconds so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak_mib(self) -> float:
        """Largest resident memory so far, in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(folder: Path) -> Iterator[Figure]:
    """Measure for some seconds each, for a minute each when ``ZHANGGUI_LONG`` is set."""
    seconds = 60 if os.environ.get("ZHANGGUI_LONG") else 6
    yield Figure("calibration: SHA-256 of 64 bytes", _calibration(), "a second", 1, "at least")
    shop = Shop.create(folder / "shop")
    _, secret = WriteKeys(shop.dir).add("bench", store="商城", per_second=1_000_000)
    n_sent = 0
    with _collector(shop, secret) as running:
        for batch, connections, floor, words in (
            (1, 64, 2_000, "single events"),
            (50, 16, 20_000, "events in batches of 50"),
        ):
            before = running.cpu
            found = _load(running, seconds, connections, batch)
            n_sent += found["events"]
            yield Figure(f"{words}, durable", found["events"] / seconds, "a second", floor, "at least")
            yield Figure(f"{words}", found["events"] / (running.cpu - before), "per CPU-second", floor, "at least")
            half = floor / 2 / batch * batch
            calm = _load(running, seconds, connections, batch, rate=half)
            n_sent += calm["events"]
            yield Figure(f"{words}, p99 at half of the floor", calm["p99"], "ms", 150)
        spike = _load(running, seconds, 256, 1, rate=13 * _CALM)
        n_sent += spike["events"]
        others = {status for status in spike["statuses"] if status not in ("200", "429", "503")}
        yield Figure("13 times 1,000 a second: other answers than 200, 429, 503", len(others), "", 0)
        yield Figure("peak resident memory of the collector", running.peak_mib, "MiB", 1024)
    with open_ledger(shop.dir, memory_limit="1GB", threads=1) as ledger:
        with cpu_seconds() as timer:
            done = LogProjector(shop, ledger).run()
        rate = done.n_events / timer.seconds
        yield Figure(f"projection of {done.n_events:,} events", rate, "per core-second", 50_000, "at least")
        status = log_status(shop, ledger)
        yield Figure("answered events that the ledger lacks", n_sent - status.classes["accepted"], "", 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("peak resident memory of the projection", peak, "MiB", 1024)
    yield Figure("freshness at 1,000 a second, p95", _freshness(folder / "fresh", seconds), "s", 5)


def _calibration() -> float:
    began = time.process_time()
    for _ in range(200_000):
        hashlib.sha256(b"x" * 64).digest()
    return 200_000 / (time.process_time() - began)


def _freshness(folder: Path, seconds: int) -> float:
    """Return within which time 95 % of the events are in the ledger, looking once a second as the server does."""
    shop = Shop.create(folder)
    _, secret = WriteKeys(shop.dir).add("bench", store="商城", per_second=1_000_000)
    ages: list[float] = []
    with _collector(shop, secret) as running, open_ledger(shop.dir, memory_limit="1GB", threads=1) as ledger:
        sender = _sender(running, seconds, 64, 1, rate=_CALM)
        projector = LogProjector(shop, ledger)
        looked = time.monotonic()
        while sender.poll() is None:
            time.sleep(LOOK_SECONDS)
            look = time.monotonic()
            done = Projected()
            if projector.step(done):
                # The oldest of them came just after the look before.
                ages += [time.monotonic() - looked] * done.n_events
            looked = look
        sender.communicate(timeout=60)
    ages.sort()
    return ages[int(len(ages) * 0.95)] if ages else math.inf


def _load(running: _Running, seconds: float, connections: int, batch: int, *, rate: float = 0) -> dict[str, Any]:
    out, _ = _sender(running, seconds, connections, batch, rate=rate).communicate(timeout=seconds + 60)
    found: dict[str, Any] = json.loads(out)
    return found


def _sender(running: _Running, seconds: float, connections: int, batch: int, *, rate: float) -> subprocess.Popen[str]:
    numbers = (running.port, running.key, seconds, connections, batch, rate)
    command = [*_on_core(1), sys.executable, "-m", "benchmarks.collect_load", *map(str, numbers)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@contextmanager
def _collector(shop: Shop, secret: str) -> Iterator[_Running]:
    program = str(Path(sys.executable).with_name("zhanggui"))
    command = [*_on_core(0), program, "collect", "--shop", str(shop.dir), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        text = ""
        while not text.rstrip().endswith("}"):
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("the collector did not start")
            text += line
        try:
            yield _Running(process, int(json.loads(text)["url"].rpartition(":")[2]), secret)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _on_core(core: int) -> list[str]:
    return ["taskset", "-c", str(core)] if (os.cpu_count() or 1) > 1 and sys.platform == "linux" else []

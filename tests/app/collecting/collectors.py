"""A collector in a thread of the test, reached over loopback as any sender reaches it."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from zhanggui.app.collecting import CollectorService, Patience, collect
from zhanggui.collect.events.keys import WriteKeys
from zhanggui.collect.events.log import Disk
from zhanggui.collect.loading.log_projection import LogProjector, Projected
from zhanggui.ledger.engine import open_ledger
from zhanggui.ledger.quality import check_promises
from zhanggui.ledger.shop import Shop

SECONDS = 20


@dataclass(frozen=True, slots=True)
class Collector:
    """A running collector."""

    shop: Shop
    port: int
    key: str
    service: CollectorService

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers in lower case and body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path: str, value: object, **headers: str) -> int:
        """Post JSON; return the status."""
        return self.ask("POST", path, json.dumps(value).encode(), **headers)[0]

    def raw(self, data: bytes, *, ends: bool = False) -> bytes:
        """Return everything that is answered to some bytes until the other side closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as plain:
            plain.sendall(data)
            if ends:
                plain.shutdown(socket.SHUT_WR)
            found = b""
            while piece := plain.recv(65536):
                found += piece
                if b"\r\n\r\n" in found and b"Connection: keep-alive" in found:
                    break
            return found


@contextmanager
def collecting(folder: Path, *, disk: Disk | None = None, patience: Patience | None = None) -> Iterator[Collector]:
    """Run a collector of a new shop, or of the one that is there, for the length of the block."""
    shop = Shop.open(folder) if (folder / "shop.toml").exists() else Shop.create(folder, "试店")
    key, secret = WriteKeys(shop.dir).add("test", store="商城", per_second=1_000_000)
    listener = socket.create_server(("127.0.0.1", 0))
    started = threading.Event()
    held: list[Any] = []

    async def run() -> None:
        over = asyncio.Event()
        service = CollectorService(shop, name="collector", disk=disk)
        held.extend((asyncio.get_running_loop(), over, service))
        await collect(service, listener, over, on_start=started.set, patience=patience)

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert started.wait(SECONDS)
    loop, over, service = held
    try:
        yield Collector(shop, listener.getsockname()[1], secret, service)
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(SECONDS)
        assert not thread.is_alive()
        WriteKeys(shop.dir).revoke(key.key_id)


def projected(shop: Shop) -> tuple[Projected, list[dict[str, Any]]]:
    """Bring the log into the ledger; return what that did, and the events that are held."""
    with open_ledger(shop.dir, memory_limit="256MB", threads=1, statements=shop.statements) as ledger:
        done = LogProjector(shop, ledger).run()
        events = ledger.query(ledger.table("event")).to_pylist()
        broken = {one.name: one.examples for one in check_promises(ledger) if not one.is_kept}
        assert broken == {}
    return done, events


def track(number: int | str, **more: Any) -> dict[str, Any]:
    """Return a Segment event."""
    return {
        "type": "track",
        "event": "Product Viewed",
        "messageId": f"m-{number}",
        "anonymousId": f"visitor-{number}",
        "timestamp": "2026-09-01T02:00:00.000Z",
        "properties": {"product_id": "p1"},
        **more,
    }

"""A sender of events for measurements: ``python -m benchmarks.collect_load PORT KEY SECONDS CONNECTIONS BATCH RATE``.

Speaks over raw sockets, so that one core suffices to fill another. Prints one JSON value: answers by status, events
that were accepted, and the latencies in milliseconds.
"""

from __future__ import annotations

import asyncio
import base64
import json
import sys
import time
from collections import Counter

_EVENT = (
    '{"type":"track","event":"Order Completed","messageId":"%s-%d","anonymousId":"visitor-%d","userId":"buyer-%d",'
    '"timestamp":"%s","context":{"page":{"url":"https://shop.example/goods/%d?utm_source=wx","referrer":""}},'
    '"properties":{"order_id":"O%d","revenue":128.5,"currency":"CNY","products":'
    '[{"product_id":"p%d","sku":"s%d","quantity":1,"price":128.5}]}}'
)


class _Load:
    def __init__(self, port: int, key: str, *, batch: int, rate: float, name: str) -> None:
        self._port = port
        self._batch = batch
        self._rate = rate
        self._name = name
        self._auth = base64.b64encode(f"{key}:".encode()).decode()
        self._n = 0
        self._began = 0.0
        self.statuses: Counter[int] = Counter()
        self.latencies: list[float] = []

    async def run(self, seconds: float, n_connections: int) -> None:
        self._began = time.monotonic()
        end = self._began + seconds
        await asyncio.gather(*(self._one(end) for _ in range(n_connections)))

    async def _one(self, end: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while (now := time.monotonic()) < end:
            due = self._began + self._n / self._rate if self._rate else now
            if due > now:
                await asyncio.sleep(due - now)
                continue
            request = self._request()
            start = time.monotonic()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            if length:
                await reader.readexactly(int(length))
            self.statuses[status] += 1
            self.latencies.append((time.monotonic() - start) * 1000)
            if status in (429, 503):
                await asyncio.sleep(0.2)
        writer.close()

    def _request(self) -> bytes:
        at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
        events = []
        for n in range(self._n, self._n + self._batch):
            who = n // 50
            events.append(_EVENT % (self._name, n, who, who, at, n % 900, n, n % 900, n % 900))
        self._n += self._batch
        if self._batch == 1:
            path, body = "/v1/track", events[0]
        else:
            path, body = "/v1/batch", f'{{"batch":[{",".join(events)}],"sentAt":"{at}"}}'
        return (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {self._auth}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def main(arguments: list[str]) -> None:
    """Send, and print what came back."""
    port, key, seconds, n_connections, batch, rate = arguments
    load = _Load(int(port), key, batch=int(batch), rate=float(rate), name=f"m{time.time_ns()}")
    asyncio.run(load.run(float(seconds), int(n_connections)))
    found = sorted(load.latencies)
    answer = {
        "statuses": dict(load.statuses),
        "events": load.statuses[200] * int(batch),
        "p50": found[len(found) // 2],
        "p99": found[int(len(found) * 0.99)],
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1:])

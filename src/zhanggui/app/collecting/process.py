"""The collector as a process: connections, their time limits, and what they may hold in memory together."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass

from zhanggui.app.collecting.service import CollectorService
from zhanggui.app.collecting.wire import MOST_HEAD_BYTES, Chunks, Head, answered, head_of
from zhanggui.collect.events.intake import Answer, RefusedError, Request
from zhanggui.ledger.shop import Shop

MOST_CONNECTIONS = 2_000
MOST_HELD_BYTES = 64 << 20
HEAD_SECONDS, BODY_SECONDS, IDLE_SECONDS = 10.0, 20.0, 75.0
FAREWELL_SECONDS = 3.0
WRITER = "collector"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a sender may take, in seconds, for a head, for a body and between two requests."""

    head: float = HEAD_SECONDS
    body: float = BODY_SECONDS
    idle: float = IDLE_SECONDS


class _House:
    """What all connections share."""

    def __init__(self, service: CollectorService, *, trusts_proxy: bool, patience: Patience) -> None:
        self.service = service
        self.trusts_proxy = trusts_proxy
        self.patience = patience
        self.connections: set[Connection] = set()
        self.n_held = 0

    def sweep(self, now: float) -> None:
        """Part with who keeps us waiting."""
        for connection in list(self.connections):
            connection.check(now)


class Connection(asyncio.Protocol):
    """One connection: requests one after the other.

    Parameters
    ----------
    house : _House
    """

    def __init__(self, house: _House) -> None:
        self._house = house
        self._data = bytearray()
        self._head: Head | None = None
        self._chunks: Chunks | None = None
        self._is_busy = False
        self._is_leaving = False
        self._deadline = 0.0
        self._counted = 0
        self._loop = asyncio.get_running_loop()
        self._peer = ""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self._peer = peer[0] if peer else ""
        self._wait(self._house.patience.head)
        if len(self._house.connections) >= MOST_CONNECTIONS:
            self._refuse(RefusedError("too_busy"))
            return
        self._house.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; what was accepted is written all the same."""
        self._house.connections.discard(self)
        self._is_leaving = True
        self._data.clear()
        self._count()

    def data_received(self, data: bytes) -> None:
        """Take in what has come."""
        if self._is_leaving:
            return
        self._data += data
        self._count()
        if self._house.n_held > MOST_HELD_BYTES:
            self._refuse(RefusedError("too_busy"))
            return
        if self._is_busy:
            # The next request waits in the sender's buffers rather than in ours.
            if len(self._data) > MOST_HEAD_BYTES:
                self._transport.pause_reading()
            return
        self._go_on()

    def eof_received(self) -> bool:
        """Answer what is being written before the connection ends."""
        return self._is_busy

    def check(self, now: float) -> None:
        """Part with a sender who takes too long."""
        if self._is_busy or self._is_leaving or now < self._deadline:
            return
        if self._head is None and not self._data:
            self._leave()
        else:
            self._refuse(RefusedError("too_slow"))

    def leave_soon(self) -> None:
        """End once what is being written is answered."""
        if not self._is_busy:
            self._leave()

    def _go_on(self) -> None:
        """Take the next request off what has come, if it is whole."""
        try:
            while not self._is_busy and not self._is_leaving:
                if self._head is None and not self._take_head():
                    return
                body = self._take_body()
                if body is None:
                    return
                self._hand_in(body)
        except RefusedError as refusal:
            self._refuse(refusal)

    def _take_head(self) -> bool:
        data = self._data
        while data[:2] == b"\r\n":
            del data[:2]
        end = data.find(b"\r\n\r\n", 0, MOST_HEAD_BYTES)
        if end < 0:
            if len(data) >= MOST_HEAD_BYTES:
                raise RefusedError("head_too_large")
            if b"\r\n" not in data and (b"\n" in data or not data[:1].isalpha()) and data:
                raise RefusedError("bad_request", "no request line")
            return False
        self._head = head = head_of(bytes(data[:end]))
        del data[: end + 4]
        self._chunks = Chunks() if head.length is None else None
        self._wait(self._house.patience.body)
        if head.expects and (head.length is None or len(data) < head.length):
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _take_body(self) -> bytes | None:
        head, chunks = self._head, self._chunks
        assert head is not None
        if chunks is not None:
            whole = chunks.feed(self._data)
            self._count()
            return b"".join(chunks.parts) if whole else None
        length = head.length or 0
        if len(self._data) < length:
            return None
        body = bytes(self._data[:length])
        del self._data[:length]
        self._count()
        return body

    def _hand_in(self, body: bytes) -> None:
        head = self._head
        assert head is not None
        self._is_busy = True
        peer = self._peer
        if self._house.trusts_proxy and "x-forwarded-for" in head.headers:
            peer = head.headers["x-forwarded-for"].rpartition(",")[2].strip()
        request = Request(
            "GET" if head.method == "HEAD" else head.method, head.path, head.query, head.headers, body, peer
        )
        self._house.service.handle(request, self._reply)

    def _reply(self, answer: Answer) -> None:
        head = self._head
        self._head = self._chunks = None
        self._is_busy = False
        if self._transport.is_closing() or head is None:
            return
        self._transport.write(answered(answer, stays=head.stays, is_head=head.method == "HEAD"))
        if not head.stays:
            self._leave()
            return
        self._wait(self._house.patience.idle)
        self._transport.resume_reading()
        if self._data:
            self._loop.call_soon(self._go_on)

    def _refuse(self, refusal: RefusedError) -> None:
        """Answer what is no request, and part: nobody knows where the next one would begin."""
        answer = self._house.service.refused(refusal)
        if not self._transport.is_closing():
            self._transport.write(answered(answer, stays=False))
        self._leave()

    def _leave(self) -> None:
        self._is_leaving = True
        self._data.clear()
        self._count()
        self._transport.close()

    def _wait(self, seconds: float) -> None:
        self._deadline = self._loop.time() + seconds

    def _count(self) -> None:
        """Keep account of what all connections hold."""
        held = len(self._data) + (self._chunks.n_bytes if self._chunks is not None else 0)
        self._house.n_held += held - self._counted
        self._counted = held


def run_collector(
    shop: Shop,
    listener: socket.socket,
    *,
    trusts_proxy: bool,
    on_start: Callable[[], None],
    patience: Patience | None = None,
    writer: str = WRITER,
) -> None:
    """Take events in until the process is told to stop.

    Parameters
    ----------
    shop : Shop
        Not owned by this process: it reads its key and writes its log, nothing else.
    listener : socket
    trusts_proxy : bool
        The last address of ``X-Forwarded-For`` is the sender's.
    on_start : callable
        Called once it answers.
    patience : Patience, optional
    writer : str
        Directory of its log.
    """

    async def run() -> None:
        over = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, over.set)
        service = CollectorService(shop, name=writer)
        await collect(service, listener, over, trusts_proxy=trusts_proxy, on_start=on_start, patience=patience)

    asyncio.run(run())


async def collect(
    service: CollectorService,
    listener: socket.socket,
    over: asyncio.Event,
    *,
    trusts_proxy: bool = False,
    on_start: Callable[[], None] = lambda: None,
    patience: Patience | None = None,
) -> None:
    """Take events in until `over` is set; then what waits is written, and the service closed."""
    loop = asyncio.get_running_loop()
    patience = patience or Patience()
    house = _House(service, trusts_proxy=trusts_proxy, patience=patience)
    server = await loop.create_server(lambda: Connection(house), sock=listener, backlog=1024)
    on_start()
    while not over.is_set():
        try:
            await asyncio.wait_for(over.wait(), timeout=min(1.0, patience.head))
        except TimeoutError:
            house.sweep(loop.time())
    server.close()
    for connection in list(house.connections):
        connection.leave_soon()
    await service.close()
    for connection in list(house.connections):
        connection.leave_soon()

"""Serving one shop to the browsers of this machine."""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from types import FrameType

import uvicorn

from zhanggui.app.application import create_app
from zhanggui.app.workbench import Workbench
from zhanggui.collect.loading.opening import open_shop_ledger
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.server_record import ServerRecord
from zhanggui.ledger.shop import Shop

LOG_FILE = "server.log"
LOG_BYTES = 1 << 20
FAREWELL_SECONDS = 2


class NotLoopbackError(ZhangguiError):
    """The server was told to listen where other machines reach it."""

    code = "not_loopback"

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The address {host!r} can be reached from other machines, and there are no accounts yet.",
            where="--host",
            next_step="leave --host out, or use 127.0.0.1; for another machine use an SSH tunnel",
        )


class PortTakenError(ZhangguiError):
    """Another program listens on the port."""

    code = "port_taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Another program listens on port {port}.",
            where=f"{host}:{port}",
            next_step="choose another with --port N; --port 0 takes a free one",
        )


def serve(shop: Shop, *, host: str | None, port: int | None, on_start: Callable[[str], None]) -> None:
    """Own a shop and serve it until the process is told to stop.

    Parameters
    ----------
    shop : Shop
        The shop.
    host : str or None
        Loopback address; the setting when absent.
    port : int or None
        Port, 0 for a free one. When absent, the setting, or a free one if that is taken.
    on_start : callable
        Called with the address once the server answers.

    Raises
    ------
    NotLoopbackError, PortTakenError, ShopBusyError
        It cannot listen there, or the shop has another owner.
    """
    address = loopback(host or shop.settings.server.host)
    settings = shop.settings.ledger
    with (
        shop.owner_lock(),
        open_shop_ledger(shop, memory_limit=settings.memory_limit, threads=settings.threads) as ledger,
        listening(address, shop.settings.server.port if port is None else port, may_move=port is None) as listener,
        _logging_to(shop),
    ):
        shop.keep_in_step(ledger)
        bench = Workbench(shop, ledger)
        record = ServerRecord(os.getpid(), address, listener.getsockname()[1], bench.owner_token)

        def started() -> None:
            shop.write_server_record(record)
            on_start(record.url)

        bench.start()
        try:
            _run(bench, listener, record.port, started)
        finally:
            shop.remove_server_record()
            bench.stop()


def loopback(host: str) -> str:
    """Return the numeric loopback address that `host` means.

    Raises
    ------
    NotLoopbackError
        It is any other address.

    Examples
    --------
    >>> loopback("localhost")
    '127.0.0.1'
    """
    if host == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        raise NotLoopbackError(host) from None
    # The Host check knows these two names; the rest of 127.0.0.0/8 would only be refused later.
    if str(address) not in {"127.0.0.1", "::1"}:
        raise NotLoopbackError(host)
    return str(address)


@contextmanager
def listening(host: str, port: int, *, may_move: bool) -> Iterator[socket.socket]:
    """Listen on a port for the length of the block; on a free one where that is taken and it may move.

    Raises
    ------
    PortTakenError
        It is taken, and may not move.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # On Windows this option would let another program share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bind(listener, host, port, may_move=may_move)
        listener.listen(128)
        yield listener
    finally:
        listener.close()


def _bind(listener: socket.socket, host: str, port: int, *, may_move: bool) -> None:
    try:
        listener.bind((host, port))
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        if not may_move:
            raise PortTakenError(host, port) from None
        listener.bind((host, 0))


@contextmanager
def _logging_to(shop: Shop) -> Iterator[None]:
    handler = RotatingFileHandler(shop.dir / LOG_FILE, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("zhanggui", "uvicorn.error")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
            logger.propagate = True
        handler.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()


def _run(bench: Workbench, listener: socket.socket, port: int, on_start: Callable[[], None]) -> None:
    app = create_app(bench, port=port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=FAREWELL_SECONDS,
    )

    with _left_by_signal():
        _Server(config, on_start).run(sockets=[listener])


@contextmanager
def _left_by_signal() -> Iterator[None]:
    """Let a signal end the block."""
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may handle signals.
        yield
        return

    def leave(signal_number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # The library raises the signal again once it has shut down; the default would end the process before we tidy up.
    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)

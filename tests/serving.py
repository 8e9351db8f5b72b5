"""A shop served by a thread of the tests' own process, which has imported and built most of what a server needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue

import pytest
import uvicorn

from zhanggui.app.server import serve
from zhanggui.ledger.shop import Shop

START_SECONDS = 180
END_SECONDS = 20


@contextmanager
def served_here(shop_dir: Path) -> Iterator[str]:
    """Serve a shop for the length of the block; give its address."""
    servers: list[uvicorn.Server] = []
    addresses: Queue[str] = Queue()
    run = uvicorn.Server.run

    def remembered(self: uvicorn.Server, sockets: object = None) -> None:
        servers.append(self)
        run(self, sockets)  # type: ignore[arg-type]  # handed on as it came

    with closing(Shop.open(shop_dir)) as shop:
        thread = threading.Thread(target=lambda: serve(shop, host=None, port=0, on_start=addresses.put))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(uvicorn.Server, "run", remembered)
            thread.start()
            address = addresses.get(timeout=START_SECONDS)
        try:
            yield address
        finally:
            servers[0].should_exit = True
            thread.join(END_SECONDS)
            assert not thread.is_alive()

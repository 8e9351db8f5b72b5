"""An answer from the running server, or from the shop itself: whoever owns the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhanggui.cli.opened import owned_ledger, shop_at
from zhanggui.cli.remote import Server, server_of

if TYPE_CHECKING:
    from zhanggui.understand.desk import Desk

JsonObject = dict[str, Any]
"""An answer as JSON values, as the HTTP API declares it."""


def asked(
    shop: Path | None, of_server: Callable[[Server], JsonObject], of_desk: Callable[[Desk], JsonObject]
) -> JsonObject:
    """Return an answer, from the running server or from the shop itself."""
    opened = shop_at(shop)
    server = server_of(opened.running_server())
    if server is not None:
        return of_server(server)
    from zhanggui.understand.desk import Desk

    with owned_ledger(opened) as ledger:
        return of_desk(Desk(opened, ledger))

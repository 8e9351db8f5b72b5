"""The collector's addresses inside the workbench's server, before its guard: events come from other sites."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhanggui.app.collecting.service import CollectorService
from zhanggui.collect.events.intake import MOST_BODY_BYTES, Answer, RefusedError, Request
from zhanggui.ledger.shop import Shop

WRITER = "server"
ADDRESSES = frozenset({"/sa", "/sa.gif", "/sa/debug", "/mp/collect", "/debug/mp/collect", "/collect", "/zg.js"})


class CollectorInside:
    """ASGI middleware that answers the collector's addresses and passes every other request on.

    Parameters
    ----------
    app : ASGI application
    shop : Shop
        Its log is opened with the first request to one of these addresses.
    """

    def __init__(self, app: ASGIApp, *, shop: Shop) -> None:
        self._app = app
        self._shop = shop
        self._service: CollectorService | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] == "lifespan":
            try:
                await self._app(scope, receive, send)
            finally:
                if self._service is not None:
                    await self._service.close()
                    self._service = None
            return
        if scope["type"] != "http" or not (scope["path"] in ADDRESSES or scope["path"].startswith("/v1/")):
            await self._app(scope, receive, send)
            return
        await _send(send, await self._answer(scope, receive), is_head=scope["method"] == "HEAD")

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        if self._service is None:
            self._service = CollectorService(self._shop, name=WRITER)
        body = await _body(receive)
        if body is None:
            return self._service.refused(RefusedError("body_too_large"))
        client = scope.get("client")
        request = Request(
            "GET" if scope["method"] == "HEAD" else scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
            body,
            client[0] if client else "",
        )
        found: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._service.handle(request, lambda answer: None if found.done() else found.set_result(answer))
        return await found


async def _body(receive: Receive) -> bytes | None:
    """Return the body of a request; None where it is too large."""
    parts: list[bytes] = []
    n_bytes = 0
    while True:
        message: Message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        n_bytes += len(part)
        if n_bytes > MOST_BODY_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _send(send: Send, answer: Answer, *, is_head: bool) -> None:
    headers = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in answer.headers]
    headers.append((b"x-content-type-options", b"nosniff"))
    if answer.status != 204:
        headers += [
            (b"content-type", answer.content_type.encode()),
            (b"content-length", str(len(answer.body)).encode()),
        ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if is_head or answer.status == 204 else answer.body})

"""What stands before every route: who may call, which requests may change something, and the security headers.

The server listens on loopback only. What is left to guard against is a page of another site, open in the same
browser: it must neither change nor read anything here, also not through a name that it points at this machine.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Zhanggui-Token"
"""Carries the token of a browser tab or the key of the command line; neither can be sent by another site."""

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        # The component library writes its styles at run time.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """ASGI middleware that refuses foreign requests and puts the security headers on every answer.

    Parameters
    ----------
    app : ASGI application
        What is guarded.
    tokens : iterable of str
        Secrets of which a changing request must carry one.
    port : int or None
        Port that the ``Host`` header must name; None accepts any port.
    """

    def __init__(self, app: ASGIApp, *, tokens: Iterable[str], port: int | None) -> None:
        self._app = app
        self._tokens = tuple(tokens)
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        path = scope["path"]

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _put_headers(MutableHeaders(scope=message), path)
            await send(message)

        refusal = self._refusal(scope["method"], path, headers)
        if refusal is None:
            await self._app(scope, receive, send_guarded)
        else:
            await _refuse(send_guarded, *refusal)

    def _refusal(self, method: str, path: str, headers: Headers) -> tuple[str, str, str] | None:
        """Return code, what and next of why the request is refused, or None."""
        host = headers.get("host", "")
        if not self._is_own_host(host):
            return "foreign_host", f"This server does not answer to the name {host[:80]!r}.", "open http://127.0.0.1"
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{host}":
            return "foreign_origin", "A page of another site may not call this server.", "use the workbench itself"
        is_foreign = headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
        if is_foreign and not _opens_a_page(method, path, headers):
            return "foreign_site", "A page of another site may not call this server.", "use the workbench itself"
        if method not in SAFE_METHODS and not self._has_token(headers.get(TOKEN_HEADER, "")):
            return "token_missing", f"The request does not carry a valid {TOKEN_HEADER}.", "reload the page"
        return None

    def _is_own_host(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if ":" in host.rpartition("]")[2] else (host, "", "80")
        return name in LOOPBACK_NAMES and (self._port is None or port == str(self._port))

    def _has_token(self, given: str) -> bool:
        return any(hmac.compare_digest(given.encode(), token.encode()) for token in self._tokens)


def _opens_a_page(method: str, path: str, headers: Headers) -> bool:
    # A link on another site may open the workbench as a page of its own, which holds no data yet.
    is_document = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return method == "GET" and is_document and not path.startswith("/api/")


def _put_headers(headers: MutableHeaders, path: str) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers[name] = value
    if path.startswith("/api/") or "cache-control" not in headers:
        headers["Cache-Control"] = "no-store"


async def _refuse(send: Send, code: str, what: str, next_step: str) -> None:
    body = json.dumps({"error": {"code": code, "what": what, "where": "the request's headers", "next": next_step}})
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body.encode())).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})

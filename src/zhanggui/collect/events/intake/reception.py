"""Requests by address: who may send, what the body holds, what is answered once it is on disk."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhanggui.collect.events.agents import network_of
from zhanggui.collect.events.intake.bodies import carried, form_of, json_of, line_of, unpacked
from zhanggui.collect.events.intake.counts import Counts
from zhanggui.collect.events.intake.personal import (
    TokenBook,
    hide_ga4,
    hide_native,
    hide_segment,
    hide_sensors,
)
from zhanggui.collect.events.intake.plan import TrackingPlan, tracking_plan
from zhanggui.collect.events.intake.requests import Accepted, Answer, RefusedError, Request
from zhanggui.collect.events.keys import WriteKey, WriteKeys
from zhanggui.collect.events.log import Record, packed
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy import ShopKey, Tokenizer

MOST_EVENTS = 2_000
LONGEST_AGENT = 500
SNIPPET = Path(__file__).with_name("snippet.js")

_SEGMENT_CALLS = MappingProxyType(
    {"t": "track", "i": "identify", "p": "page", "s": "screen", "g": "group", "a": "alias"}
    | {name: name for name in ("track", "identify", "page", "screen", "group", "alias")}
)
_SEGMENT_BATCHES = frozenset({"batch", "b", "import"})
_CORS = (("Access-Control-Allow-Origin", "*"),)
_PREFLIGHT = (
    *_CORS,
    ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "authorization, content-type, dry-run"),
    ("Access-Control-Max-Age", "86400"),
)
_PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_OK = Answer(200, b'{"success":true}', headers=_CORS)
_DONE = Answer(204, headers=_CORS)
_IMAGE = Answer(200, _PIXEL, "image/gif", (*_CORS, ("Cache-Control", "no-store")))

Take = Callable[[Request], "Accepted | Answer"]


@dataclass(slots=True)
class _Bucket:
    """How many events a key may bring just now."""

    left: float
    at: float


@dataclass(frozen=True, slots=True)
class _Taken:
    """The body of a request: its events, and the line that the log gets."""

    protocol: str
    events: list[Any]
    name_of: Callable[[Mapping[str, Any]], object]
    body: dict[str, Any]
    answer: Answer


class Intake:
    """Takes requests in.

    Parameters
    ----------
    shop_dir : Path
    key : ShopKey
    counts : Counts
    clock : callable
        Returns seconds of Unix time.
    """

    def __init__(self, shop_dir: Path, key: ShopKey, counts: Counts, clock: Callable[[], float]) -> None:
        self.counts = counts
        self.clock = clock
        self.keys = WriteKeys(shop_dir)
        self._shop_dir = shop_dir
        self._book = TokenBook(Tokenizer(key))
        self._buckets: dict[str, _Bucket] = {}
        self._plan: TrackingPlan | None = None
        self.reread()

    def reread(self) -> None:
        """Take note of keys and of a tracking plan that were changed; one that cannot be read leaves the last one."""
        self.keys.reread()
        try:
            self._plan = tracking_plan(self._shop_dir)
        except ZhangguiError:
            # `zhanggui collect plan` says what is wrong with it; events do not wait for that.
            return

    def take(self, request: Request) -> Accepted | Answer:
        """Return what is answered at once, or what is to be written first.

        Raises
        ------
        RefusedError
            Nothing of the request is taken.
        """
        path = request.path
        if request.method == "OPTIONS":
            return Answer(204, headers=_PREFLIGHT)
        if path.startswith("/v1/"):
            return self._segment(request, path[4:])
        if path in ("/sa", "/sa.gif", "/sa/debug", "/debug"):
            return self._sensors(request)
        if path in ("/mp/collect", "/debug/mp/collect"):
            return self._ga4(request)
        if path == "/collect":
            return self._native(request)
        if path == "/zg.js":
            _only(request, "GET", "HEAD")
            return Answer(200, SNIPPET.read_bytes(), "text/javascript", (*_CORS, ("Cache-Control", "max-age=3600")))
        raise RefusedError("no_such_path")

    def _segment(self, request: Request, call: str) -> Accepted | Answer:
        if call.startswith("projects/") and call.endswith("/settings"):
            _only(request, "GET", "HEAD")
            return self._settings(request, call[len("projects/") : -len("/settings")])
        if call == "m":
            return _OK
        type_ = _SEGMENT_CALLS.get(call)
        if type_ is None and call not in _SEGMENT_BATCHES:
            raise RefusedError("no_such_path")
        _only(request, "POST")
        stated = self._key_of(request)
        body = json_of(unpacked(request.body, request.headers.get("content-encoding", "")))
        if not isinstance(body, dict) or (type_ is not None) == ("batch" in body):
            raise RefusedError("not_a_body")
        key = stated or self._known(body.get("writeKey"))
        if type_ is None:
            events = body["batch"]
            if not isinstance(events, list):
                raise RefusedError("not_a_body")
        else:
            events = [body]
            body.setdefault("type", type_)
        body.pop("writeKey", None)
        for event in events:
            if isinstance(event, dict):
                event.pop("writeKey", None)
                hide_segment(event, self._book)
        return self._accepted(request, key, _Taken("segment", events, _segment_name, body, _OK))

    def _settings(self, request: Request, secret: str) -> Answer:
        """Answer what the browser library of Segment asks for before it sends."""
        self._known(secret)
        host = request.headers.get("host", "")
        is_safe = request.headers.get("x-forwarded-proto", "") == "https"
        document = {
            "integrations": {
                "Segment.io": {"apiKey": secret, "apiHost": f"{host}/v1", "protocol": "https" if is_safe else "http"}
            },
            "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}, "identify": {}, "group": {}},
            "edgeFunction": {},
            "analyticsNextEnabled": True,
            "middlewareSettings": {},
            "enabledMiddleware": {},
            "metrics": {"sampleRate": 0},
            "legacyVideoPluginsEnabled": False,
            "remotePlugins": [],
        }
        return Answer(200, json.dumps(document).encode(), headers=_CORS)

    def _sensors(self, request: Request) -> Accepted | Answer:
        _only(request, "GET", "POST")
        query = form_of(request.query.encode("utf-8", "surrogateescape"))
        key = self._known(query.get("token") or query.get("project"))
        if request.method == "GET":
            fields = query
        else:
            fields = form_of(unpacked(request.body, request.headers.get("content-encoding", "")))
        value = json_of(carried(fields))
        events = value if isinstance(value, list) else [value]
        if not all(isinstance(event, dict) for event in events):
            raise RefusedError("not_a_body")
        answer = _IMAGE if request.method == "GET" or request.path == "/sa.gif" else _OK
        if request.headers.get("dry-run", "").lower() == "true":
            return answer
        for event in events:
            event.pop("token", None)
            hide_sensors(event, self._book)
        return self._accepted(request, key, _Taken("sensors", events, _sensors_name, {"data_list": events}, answer))

    def _ga4(self, request: Request) -> Accepted | Answer:
        _only(request, "POST")
        query = form_of(request.query.encode("utf-8", "surrogateescape"))
        key = self._known(query.get("api_secret"))
        body = json_of(unpacked(request.body, request.headers.get("content-encoding", "")))
        if not isinstance(body, dict) or not isinstance(body.get("events"), list):
            raise RefusedError("not_a_body")
        if request.path.startswith("/debug"):
            return Answer(200, b'{"validationMessages":[]}', headers=_CORS)
        hide_ga4(body, self._book)
        return self._accepted(request, key, _Taken("ga4", body["events"], _event_name, body, _DONE))

    def _native(self, request: Request) -> Accepted | Answer:
        _only(request, "POST")
        query = form_of(request.query.encode("utf-8", "surrogateescape"))
        key = self._key_of(request) or self._known(query.get("key"))
        body = json_of(unpacked(request.body, request.headers.get("content-encoding", "")))
        if not isinstance(body, dict) or not isinstance(body.get("events"), list):
            raise RefusedError("not_a_body")
        hide_native(body, self._book)
        for event in body["events"]:
            if isinstance(event, dict):
                hide_native(event, self._book)
        return self._accepted(request, key, _Taken("native", body["events"], _event_name, body, _OK))

    def _accepted(self, request: Request, key: WriteKey, taken: _Taken) -> Accepted | Answer:
        """Return a body with what is known of its receipt, ready to be written."""
        n_events = len(taken.events)
        if n_events > MOST_EVENTS:
            raise RefusedError("too_many_events")
        if not n_events:
            return taken.answer
        now = self.clock()
        self._spend(key, n_events, now)
        body = taken.body
        agent = request.headers.get("user-agent", "")
        is_visitor = _is_visitors_own(request, agent)
        body["received_at"] = datetime.fromtimestamp(now, UTC).isoformat()
        body["ip"] = (network_of(request.peer) or None) if is_visitor else None
        body["user_agent"] = agent[:LONGEST_AGENT] if is_visitor else None
        names = tuple(_words(taken.name_of(one)) if isinstance(one, dict) else "" for one in taken.events)
        line = line_of(body)
        if self._plan is not None:
            self._hold_against(self._plan, taken, names, now)
        return Accepted(packed(Record(key.key_id, taken.protocol, n_events, line)), names, taken.protocol, taken.answer)

    def _hold_against(self, plan: TrackingPlan, taken: _Taken, names: tuple[str, ...], now: float) -> None:
        for name, event in zip(names, taken.events, strict=True):
            if isinstance(event, dict):
                for violation in plan.violations(taken.protocol, name, event):
                    self.counts.violated(violation, now)

    def _key_of(self, request: Request) -> WriteKey | None:
        """Return the key that the head of a request names; None where it names none."""
        stated = request.headers.get("authorization")
        if not stated:
            return None
        scheme, _, rest = stated.partition(" ")
        if scheme.lower() == "bearer":
            return self._known(rest.strip())
        try:
            return self._known(base64.b64decode(rest.strip(), validate=True).decode().partition(":")[0])
        except (binascii.Error, ValueError):
            raise RefusedError("write_key_unknown") from None

    def _known(self, secret: object) -> WriteKey:
        key = self.keys.found(secret) if isinstance(secret, str) else None
        if key is None:
            raise RefusedError("write_key_unknown")
        return key

    def _spend(self, key: WriteKey, n_events: int, now: float) -> None:
        bucket = self._buckets.setdefault(key.key_id, _Bucket(2.0 * key.per_second, now))
        # A clock that was set back gives nothing and takes nothing.
        bucket.left = min(2.0 * key.per_second, bucket.left + max(now - bucket.at, 0.0) * key.per_second)
        bucket.at = now
        if bucket.left < n_events:
            raise RefusedError("too_many_requests")
        bucket.left -= n_events


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise RefusedError("method_not_allowed")


def _is_visitors_own(request: Request, agent: str) -> bool:
    """Whether a browser sent this by itself: what a server forwards says nothing of the visitor in its head."""
    marks = ("origin", "referer", "sec-fetch-site")
    return request.method == "GET" or agent.startswith("Mozilla/") or any(name in request.headers for name in marks)


def _words(name: object) -> str:
    """Return a name as it may be shown and counted: half characters and tabs replaced."""
    if not isinstance(name, str):
        return ""
    return name.encode("utf-8", "replace").decode().replace("\t", " ").replace("\n", " ")


def _segment_name(event: Mapping[str, Any]) -> object:
    return event.get("event") or f":{event.get('type')}"


def _sensors_name(event: Mapping[str, Any]) -> object:
    return event.get("event") or f":{event.get('type')}"


def _event_name(event: Mapping[str, Any]) -> object:
    return event.get("name")

"""The platforms' documented protocols on this machine: they check what they are sent, and answer as the pages say.

Nothing here is taken from the product: signatures are computed again by the documents' words.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import ssl
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Json = dict[str, Any]

WECOM_KEY = "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"
DINGTALK_TOKEN = "566cc69da782ec33c6c1d34e2ef2b5f4"
DINGTALK_SECRET = "SEC0123456789abcdef"
FEISHU_ID = "fa2e4b4c-0d3e-4f5a-9b1c-1234567890ab"
FEISHU_SECRET = "demo-feishu-secret"
HOOK_SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two bytes, about").decode()


@dataclass
class Fault:
    """What goes wrong with one request.

    Attributes
    ----------
    status : int
        Answered without taking the message; 0 for none.
    headers : dict
        Of that answer.
    answer : bytes
        Its body.
    is_taken : bool
        Take the message first.
    is_dropped : bool
        Close the connection without an answer.
    kill : int
        Process to be killed with -9, before the message is taken or, with `is_taken`, after.
    is_answered : bool
        Of a kill: answer first.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    answer: bytes = b""
    is_taken: bool = False
    is_dropped: bool = False
    kill: int = 0
    is_answered: bool = False


@dataclass
class Taken:
    """A message that a platform has shown to people.

    Attributes
    ----------
    platform : str
        Which one.
    body : dict
        As it came.
    uid : str
        The id of a webhook.
    """

    platform: str
    body: Json
    uid: str = ""

    @property
    def text(self) -> str:
        """All that it says."""
        return json.dumps(self.body, ensure_ascii=False)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        # A client that does not trust us, or was killed, is no fault of ours.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came


class FakePlatforms:
    """WeCom, DingTalk, Feishu and a receiver of our own, on one port.

    Parameters
    ----------
    tls : ssl.SSLContext, optional
        Speak https with it.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.lock = threading.Lock()
        self.reset(lambda: datetime.now().astimezone())

    def reset(self, clock: Callable[[], datetime]) -> None:
        """Forget everything; go by another clock."""
        self.clock = clock
        self.taken: list[Taken] = []
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.faults: list[Fault] = []
        self.next_fault: Callable[[], Fault | None] = lambda: self.faults.pop(0) if self.faults else None
        self.keyword = ""
        self.calls: dict[str, list[float]] = {}
        self.blocked_until: dict[str, float] = {}

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def wecom(self) -> str:
        return f"{self.base}/cgi-bin/webhook/send?key={WECOM_KEY}"

    @property
    def dingtalk(self) -> str:
        return f"{self.base}/robot/send?access_token={DINGTALK_TOKEN}"

    @property
    def feishu(self) -> str:
        return f"{self.base}/open-apis/bot/v2/hook/{FEISHU_ID}"

    @property
    def hook(self) -> str:
        return f"{self.base}/hooks/zhanggui"

    def texts(self, platform: str | None = None) -> list[str]:
        return [taken.text for taken in self.taken if platform in (None, taken.platform)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platforms = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with platforms.lock:
                    platforms.requests.append((self.path, headers, content))
                    fault = platforms.next_fault()
                self._serve(fault or Fault(), headers, content)

            def _serve(self, fault: Fault, headers: dict[str, str], content: bytes) -> None:
                if fault.kill and not fault.is_taken:
                    os.kill(fault.kill, signal.SIGKILL)
                    return self._drop()
                if fault.is_dropped and not fault.is_taken:
                    return self._drop()
                if fault.status and not fault.is_taken:
                    return self._answer(fault.status, fault.answer, fault.headers)
                with platforms.lock:
                    status, answer = platforms.receive(self.path, headers, content)
                if fault.kill and not fault.is_answered:
                    os.kill(fault.kill, signal.SIGKILL)
                    return self._drop()
                if fault.is_dropped:
                    return self._drop()
                self._answer(fault.status or status, fault.answer or json.dumps(answer).encode(), fault.headers)
                if fault.kill:
                    os.kill(fault.kill, signal.SIGKILL)
                return None

            def _drop(self) -> None:
                self.close_connection = True

            def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                # Whoever was killed reads no answer.
                with suppress(ConnectionError):
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def receive(self, target: str, headers: dict[str, str], content: bytes) -> tuple[int, Json]:
        """Return status and answer, as the platform's page says; take what is right."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/cgi-bin/webhook/send":
            return 200, self._wecom(query, json.loads(content))
        if parts.path == "/cgi-bin/webhook/upload_media":
            return 200, self._upload(query, headers, content)
        if parts.path == "/robot/send":
            return 200, self._dingtalk(query, json.loads(content))
        if parts.path.startswith("/open-apis/bot/v2/hook/"):
            return 200, self._feishu(parts.path, json.loads(content), len(content))
        if parts.path.startswith("/hooks/"):
            return self._hook(headers, content)
        return 404, {}

    def _now(self) -> float:
        return self.clock().timestamp()

    def _is_too_often(self, robot: str, most: int, seconds: float) -> bool:
        now = self._now()
        calls = self.calls.setdefault(robot, [])
        n_late = sum(call > now - seconds for call in calls)
        return n_late >= most

    def _wecom(self, query: dict[str, str], body: Json) -> Json:
        if query.get("key") != WECOM_KEY:
            return {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"}
        if self._is_too_often("wecom", 20, 60):
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        if body["msgtype"] == "markdown":
            is_right = 0 < len(body["markdown"]["content"].encode()) <= 4096
        elif body["msgtype"] == "file":
            # A file is known by the number that it was given.
            is_right = body["file"]["media_id"] in self.files
        else:
            image = base64.b64decode(body["image"]["base64"])
            is_right = len(image) <= 2_000_000 and hashlib.md5(image).hexdigest() == body["image"]["md5"]
        if not is_right:
            return {"errcode": 40058, "errmsg": "invalid Request Parameter"}
        self._take("wecom", body)
        return {"errcode": 0, "errmsg": "ok"}

    def _upload(self, query: dict[str, str], headers: dict[str, str], content: bytes) -> Json:
        if query.get("key") != WECOM_KEY or query.get("type") != "file":
            return {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"}
        form = message_from_bytes(b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + content)
        [part] = [each for each in form.walk() if not each.is_multipart()]
        file = part.get_payload(decode=True)
        assert isinstance(file, bytes)
        if part.get_param("name", header="content-disposition") != "media" or not 5 <= len(file) <= 20_000_000:
            return {"errcode": 40058, "errmsg": "invalid Request Parameter"}
        number = f"media-{len(self.files)}"
        self.files[number] = file
        return {"errcode": 0, "errmsg": "ok", "type": "file", "media_id": number, "created_at": "1380000000"}

    def _dingtalk(self, query: dict[str, str], body: Json) -> Json:
        if query.get("access_token") != DINGTALK_TOKEN:
            return {"errcode": 300005, "errmsg": "token is not exist"}
        stamp = query.get("timestamp", "0")
        expected = hmac.new(
            DINGTALK_SECRET.encode("utf-8"), f"{stamp}\n{DINGTALK_SECRET}".encode(), hashlib.sha256
        ).digest()
        if abs(self._now() * 1000 - int(stamp)) > 3_600_000:
            return {"errcode": 310000, "errmsg": "invalid timestamp"}
        if base64.b64decode(query.get("sign", "")) != expected:
            return {"errcode": 310000, "errmsg": "sign not match"}
        if self.keyword not in body["markdown"]["text"]:
            return {"errcode": 310000, "errmsg": "keywords not in content"}
        if self._now() < self.blocked_until.get("dingtalk", 0) or self._is_too_often("dingtalk", 20, 60):
            self.blocked_until.setdefault("dingtalk", self._now() + 600)
            return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
        if len(json.dumps(body, ensure_ascii=False).encode()) > 20_000 or body["msgtype"] != "markdown":
            return {"errcode": 40035, "errmsg": "缺少参数 json"}
        self._take("dingtalk", body)
        return {"errcode": 0, "errmsg": "ok"}

    def _feishu(self, path: str, body: Json, n_bytes: int) -> Json:
        if not path.endswith(FEISHU_ID):
            return {"code": 19001, "data": {}, "msg": "param invalid: incoming webhook access token invalid"}
        stamp = str(body.get("timestamp", "0"))
        expected = hmac.new(f"{stamp}\n{FEISHU_SECRET}".encode(), digestmod=hashlib.sha256).digest()
        if abs(self._now() - int(stamp)) > 3600 or base64.b64decode(body.get("sign", "")) != expected:
            said = "sign match fail or timestamp is not within one hour from current time"
            return {"code": 19021, "data": {}, "msg": said}
        if self.keyword not in json.dumps(body["card"], ensure_ascii=False):
            return {"code": 19024, "data": {}, "msg": "Key Words Not Found"}
        if self._is_too_often("feishu", 100, 60) or self._is_too_often("feishu", 5, 1):
            return {"code": 11232, "data": {}, "msg": "frequency limited psm[lark.oapi.app_platform_runtime]"}
        if n_bytes > 20 * 1024:
            return {"code": 9499, "data": {}, "msg": "Bad Request"}
        self._take("feishu", body)
        return {"code": 0, "data": {}, "msg": "success", "StatusCode": 0, "StatusMessage": "success"}

    def _hook(self, headers: dict[str, str], content: bytes) -> tuple[int, Json]:
        uid, stamp = headers["webhook-id"], headers["webhook-timestamp"]
        key = base64.b64decode(HOOK_SECRET.removeprefix("whsec_"))
        signed = hmac.new(key, f"{uid}.{stamp}.".encode() + content, hashlib.sha256).digest()
        if headers["webhook-signature"] != "v1," + base64.b64encode(signed).decode():
            return 401, {"error": "signature"}
        if abs(self._now() - int(stamp)) > 300:
            return 400, {"error": "timestamp"}
        # What has an id that is known has been dealt with.
        if uid not in {taken.uid for taken in self.taken}:
            self._take("hook", json.loads(content), uid)
        return 200, {}

    def _take(self, platform: str, body: Json, uid: str = "") -> None:
        self.calls.setdefault(platform, []).append(self._now())
        self.taken.append(Taken(platform, body, uid))

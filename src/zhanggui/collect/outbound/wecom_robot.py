"""WeCom's group robot 企微群机器人: Markdown of at most 4,096 bytes, pictures, files, no signature."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from zhanggui.collect.outbound.addresses import AddressGuard, Endpoint
from zhanggui.collect.outbound.answers import Answer, Ending, Verdict
from zhanggui.collect.outbound.channel import Channel, NotConnectedError
from zhanggui.collect.outbound.connection import HttpLine, Post
from zhanggui.collect.outbound.fitting import Line
from zhanggui.collect.outbound.message import Written
from zhanggui.collect.outbound.robots import (
    MORE,
    delivery_body,
    fitted,
    integer,
    judged,
    plain,
    robot_endpoint,
    robot_line,
)
from zhanggui.ledger.jobs import Delivery, JsonObject

MARKDOWN_BYTES = 4096
EXPECTED = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…"

TOO_OFTEN = frozenset({45009, 45033})
"""More calls than allowed: in a minute, or at once."""

BUSY = -1


class WecomRobot:
    """The form of WeCom's group robot."""

    def check(self, channel: Channel) -> None:
        """Refuse an address that is none of a robot."""
        robot_endpoint(channel, "/cgi-bin/webhook/send", "key", EXPECTED)

    def bodies(self, written: Written, channel: Channel) -> list[JsonObject]:
        """Return Markdown pages; picture and file are messages of their own."""

        def body(title: str, lines: Sequence[Line]) -> JsonObject:
            return {"msgtype": "markdown", "markdown": {"content": _markdown(written, title, lines)}}

        made = fitted(written, body, _content_bytes, MARKDOWN_BYTES)
        if written.image is not None:
            made.append(_picture(written.image))
        if written.attachment is not None:
            content = base64.b64encode(written.attachment.content).decode()
            made.append({"msgtype": "file", "file": {"name": written.attachment.name, "base64": content}})
        return made

    def line(self, channel: Channel, delivery: Delivery, now: datetime, guard: AddressGuard) -> HttpLine:
        """Connect to the robot."""
        endpoint = robot_endpoint(channel, "/cgi-bin/webhook/send", "key", EXPECTED)

        def judge(answer: Answer) -> Verdict:
            return judged(answer, now, channel, _code, verdict_of)

        body = delivery_body(delivery)
        if body["msgtype"] == "file":
            # What is handed in for the chat shows there only when its number is sent.
            body = {"msgtype": "file", "file": {"media_id": _handed_in(endpoint, body["file"], guard, judge)}}
        return robot_line(endpoint, endpoint.target, body, guard, judge)


def _code(content: dict[str, Any]) -> int | None:
    return integer(content.get("errcode"))


def _handed_in(endpoint: Endpoint, file: object, guard: AddressGuard, judge: Callable[[Answer], Verdict]) -> str:
    """Hand a file in and return the number that the platform gives it.

    Raises
    ------
    NotConnectedError
        It was not taken; nobody has seen anything of it.
    """
    assert isinstance(file, dict)
    found: list[str] = []

    def judge_upload(answer: Answer) -> Verdict:
        verdict = judge(answer)
        number = (answer.json() or {}).get("media_id")
        if verdict.ending == "sent" and isinstance(number, str):
            found.append(number)
        return verdict

    target = endpoint.target.replace("/cgi-bin/webhook/send", "/cgi-bin/webhook/upload_media", 1) + "&type=file"
    line = HttpLine(guard.check(endpoint), _form_post(target, str(file["name"]), str(file["base64"])), judge_upload)
    try:
        verdict = line.send()
    finally:
        line.close()
    if not found:
        ending: Ending = "refused" if verdict.ending == "refused" else "later"
        raise NotConnectedError(Verdict(ending, verdict.reason or "no_answer", verdict.detail, verdict.after_s))
    return found[0]


def _form_post(target: str, name: str, content: str) -> Post:
    """Return a file as a form of HTML sends it."""
    border = f"zhanggui-{uuid.uuid4().hex}"
    head = f'Content-Disposition: form-data; name="media"; filename="{name}"\r\nContent-Type: application/octet-stream'
    start, end = f"--{border}\r\n{head}\r\n\r\n".encode(), f"\r\n--{border}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={border}"}
    return Post(target, headers, start + base64.b64decode(content) + end)


def _markdown(written: Written, title: str, lines: Sequence[Line]) -> str:
    parts = [f"### {plain(title)}"]
    parts += [f"> **{plain(label)}**：{plain(text)}" if label else plain(text) for label, text in lines]
    if written.link:
        parts.append(f"[{MORE.pick(written.language)}]({written.link})")
    return "\n".join(parts)


def _content_bytes(body: JsonObject) -> int:
    content = body["markdown"]
    assert isinstance(content, dict)
    return len(str(content["content"]).encode())


def _picture(image: bytes) -> JsonObject:
    # The platform asks for the MD5 to check the transfer; it protects nothing.
    digest = hashlib.md5(image, usedforsecurity=False).hexdigest()
    return {"msgtype": "image", "image": {"base64": base64.b64encode(image).decode(), "md5": digest}}


def verdict_of(code: int, words: str) -> Verdict:
    """Return what one of the robot's error codes means."""
    if code in TOO_OFTEN:
        return Verdict("later", "rate_limited", words, 60.0)
    if code == BUSY:
        return Verdict("later", "server_error", words)
    return Verdict("refused", "refused", words)

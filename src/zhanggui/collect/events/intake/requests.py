"""What comes in and what goes out, in the words of no framework; and every reason to refuse, with its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

REFUSALS: Mapping[str, tuple[int, str, str]] = MappingProxyType(
    {
        "bad_json": (400, "正文不是 JSON", "the body is no JSON"),
        "bad_encoding": (400, "正文不是 UTF-8", "the body is not UTF-8"),
        "repeated_field": (400, "同一字段出现两次", "an object says a field twice"),
        "number_out_of_range": (400, "数字超出范围", "a number is none, or beyond all numbers"),
        "too_deep": (400, "JSON 嵌套过深", "the JSON is nested too deeply"),
        "not_a_body": (400, "不是该协议的请求体", "the body is none of this protocol"),
        "too_many_events": (400, "一次请求的事件过多", "more events in one body than are taken"),
        "bad_form": (400, "表单里没有可解的 data", "the form carries no data that can be decoded"),
        "bad_check_sum": (400, "校验和不符", "the check sum does not hold"),
        "bad_packing": (400, "压缩数据损坏", "the packed body is cut off or damaged"),
        "bad_request": (400, "HTTP 请求不合规", "the request is no proper HTTP"),
        "write_key_unknown": (401, "写入密钥缺失、未知或已停用", "the write key is missing, unknown or revoked"),
        "no_such_path": (404, "没有这个地址", "nothing is taken at this address"),
        "method_not_allowed": (405, "不支持此方法", "this address does not take this method"),
        "too_slow": (408, "请求发送过慢", "the request took too long to arrive"),
        "body_too_large": (413, "正文过大", "the body is larger than is taken"),
        "address_too_long": (414, "地址过长", "the address is too long"),
        "packing_unknown": (415, "不支持此压缩方式", "the body is packed in a way that is not known"),
        "too_many_requests": (429, "该密钥的事件过于频繁", "more events with this key than it may bring"),
        "head_too_large": (431, "请求头过大", "the head of the request is too large"),
        "too_busy": (503, "积压过多，请稍后重试", "too much waits to be written; come again"),
        "disk_unwritable": (503, "磁盘无法写入，请稍后重试", "the disk cannot be written; come again"),
        "http_version": (505, "HTTP 版本不支持", "this version of HTTP is not spoken"),
    }
)
"""Code of each refusal to its status and its words. 503 and 429 say when to come again; the others are final."""

_COME_AGAIN = MappingProxyType({"too_many_requests": 1, "too_busy": 1, "disk_unwritable": 5})


@dataclass(frozen=True, slots=True)
class Request:
    """A request that has arrived whole.

    Attributes
    ----------
    method, path, query : str
        The query without its question mark.
    headers : mapping of str to str
        Names in lower case.
    body : bytes
    peer : str
        Address that it came from.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A request whose events may be answered once its record is on disk.

    Attributes
    ----------
    record : bytes
        For the log.
    names : tuple of str
        Names of the events, as sent.
    protocol : str
    answer : Answer
    """

    record: bytes
    names: tuple[str, ...]
    protocol: str
    answer: Answer


class RefusedError(Exception):
    """A request is not taken.

    Parameters
    ----------
    code : str
        One of `REFUSALS`.
    detail : str
        What exactly, without anything that the body says.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail

    @property
    def answer(self) -> Answer:
        """What is answered."""
        status, _, words = REFUSALS[self.code]
        detail = f": {self.detail}" if self.detail else ""
        body = f'{{"error":{{"code":"{self.code}","what":"{words}{detail}"}}}}'
        wait = _COME_AGAIN.get(self.code)
        return Answer(status, body.encode(), headers=(("Retry-After", str(wait)),) if wait else ())

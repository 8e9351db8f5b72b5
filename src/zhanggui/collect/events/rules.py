"""Why an event is kept aside, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping

EVENT_RULES: Mapping[str, tuple[str, str]] = {
    "not_a_body": (
        "这一行不是该协议的请求体：缺少事件或标识",
        "this line is no request body of the file's protocol: it has neither events nor who they are of",
    ),
    "not_an_event": ("列表里的这一项不是事件对象", "this entry of the list is no event"),
    "wrong_type": ("字段类型与协议不符", "the field holds another type than the protocol gives it"),
    "repeated_field": (
        "同一字段出现两次，无法确定以哪个为准",
        "the field is there twice, and nothing says which one counts",
    ),
    "too_many_events": ("一个请求体里的事件过多", "more events in one body than any library sends"),
    "too_deep": ("JSON 嵌套过深", "the JSON is nested too deeply"),
    "missing_event_name": ("事件名为空", "the event has no name"),
    "missing_event_time": ("没有事件时间，也没有接收时间", "neither the event nor its receipt has a time"),
    "missing_visitor": ("没有设备标识，也没有账号", "neither a device nor an account is named"),
    "id_too_long": ("标识过长", "the id is longer than any real one"),
    "message_id_reused": (
        "同一消息编号已有另一内容的事件：两条只能有一条是真的",
        "the message id is held with another content: only one of the two can be true",
    ),
}
"""Each rule in Chinese and in English, beside those for files and cells."""

"""States of a message and the reasons for them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.i18n import Text

STATES: Mapping[str, Text] = MappingProxyType(
    {
        "waiting": Text("等待发送", "waiting"),
        "sending": Text("正在发送", "being sent"),
        "sent": Text("已发送", "sent"),
        "unknown": Text("是否送达不明", "nobody knows whether it arrived"),
        "refused": Text("未发送", "not sent"),
    }
)
"""Each state of a message."""

REASONS: Mapping[str, Text] = MappingProxyType(
    {
        "rate_limited": Text("平台限流", "the platform has had too much"),
        "server_error": Text("对方暂时出错", "the other side failed for now"),
        "no_connection": Text("连接不上", "no connection"),
        "no_certificate": Text("加密连接不可信", "no trusted encryption"),
        "no_answer": Text("发出后没有得到答复", "sent, and no answer came"),
        "program_ended": Text("发送时程序中断", "the program ended while sending"),
        "refused": Text("对方拒收", "the other side refused it"),
        "some_refused": Text("部分收件人被拒收", "some recipients were refused"),
        "login_refused": Text("邮箱登录失败", "the mail server refused the login"),
        "quiet_hours": Text("免打扰时段", "quiet hours"),
        "own_limit": Text("达到每分钟上限", "as many as may be sent in a minute"),
        "channel_removed": Text("消息渠道已删除", "its channel was removed"),
        "channel_address_forbidden": Text("地址不允许发送", "nothing may be sent to its address"),
        "channel_host_unknown": Text("找不到主机", "its host is not known"),
        "asked_again": Text("已要求重新发送", "a person asked to send it again"),
    }
)
"""Each reason that a delivery names."""

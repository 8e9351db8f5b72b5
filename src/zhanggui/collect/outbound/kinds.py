"""The kinds of channels, as data; what each says about its limits is on its page under docs/connectors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from zhanggui.collect.outbound.channel import Kind
from zhanggui.collect.outbound.dingtalk_robot import BLOCKED_SECONDS, DingtalkRobot
from zhanggui.collect.outbound.errors import BadChannelError
from zhanggui.collect.outbound.feishu_robot import FeishuRobot
from zhanggui.collect.outbound.mail import Mail
from zhanggui.collect.outbound.webhook import Webhook
from zhanggui.collect.outbound.wecom_robot import WecomRobot
from zhanggui.i18n import Text

_SIGNING = Text("加签密钥（没有则留空）", "signing secret (empty if there is none)")

_KINDS = (
    Kind("wecom_robot", Text("企业微信群机器人", "WeCom group robot"), WecomRobot(), per_minute=20),
    Kind(
        "dingtalk_robot",
        Text("钉钉群机器人", "DingTalk group robot"),
        DingtalkRobot(),
        per_minute=20,
        pause_s=BLOCKED_SECONDS,
        secret=_SIGNING,
    ),
    Kind(
        "feishu_robot",
        Text("飞书群机器人", "Feishu group robot"),
        FeishuRobot(),
        per_minute=100,
        bursts=((5, 1.0),),
        secret=_SIGNING,
    ),
    Kind(
        "email",
        Text("电子邮件", "E-mail"),
        Mail(),
        per_minute=60,
        secret=Text("邮箱密码或授权码（没有则留空）", "mail password (empty if there is none)"),
        is_address_secret=False,
    ),
    Kind(
        "webhook",
        Text("自有接收端", "Webhook"),
        Webhook(),
        per_minute=300,
        secret=Text("签名密钥", "signing secret"),
        needs_secret=True,
        is_address_secret=True,
        is_deduplicating=True,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""Each kind by its name."""


def kind_named(name: str) -> Kind:
    """Return a kind.

    Raises
    ------
    BadChannelError
        There is none of that name.
    """
    if name not in KINDS:
        raise BadChannelError(
            f"There is no kind of channel {name!r}.", setting="--kind", next_step=f"choose one of {', '.join(KINDS)}"
        )
    return KINDS[name]

"""What goes out: messages for chat robots, mail and own receivers, each sent once, or said to be in doubt."""

from zhanggui.collect.outbound.addresses import AddressGuard
from zhanggui.collect.outbound.channel import Channel, Kind
from zhanggui.collect.outbound.channels import Channels
from zhanggui.collect.outbound.courier import Courier
from zhanggui.collect.outbound.errors import (
    AddressForbiddenError,
    BadAddressError,
    BadChannelError,
    ChannelError,
    HostUnknownError,
)
from zhanggui.collect.outbound.kinds import KINDS, kind_named
from zhanggui.collect.outbound.message import Attachment, Fact, Message
from zhanggui.collect.outbound.outbox import Outbox
from zhanggui.collect.outbound.reasons import REASONS, STATES

__all__ = [
    "KINDS",
    "REASONS",
    "STATES",
    "AddressForbiddenError",
    "AddressGuard",
    "Attachment",
    "BadAddressError",
    "BadChannelError",
    "Channel",
    "ChannelError",
    "Channels",
    "Courier",
    "Fact",
    "HostUnknownError",
    "Kind",
    "Message",
    "Outbox",
    "kind_named",
]

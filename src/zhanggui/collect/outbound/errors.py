"""What can be wrong with a channel before anything is sent."""

from __future__ import annotations

from zhanggui.errors import ZhangguiError


class ChannelError(ZhangguiError):
    """A channel cannot be kept or used as it was given."""

    code = "channel"


class BadAddressError(ChannelError):
    """An address is not one that a channel of this kind has."""

    code = "channel_address"

    def __init__(self, reason: str, *, expected: str) -> None:
        self.reason = reason
        super().__init__(
            f"The address cannot be used: {reason}.",
            # The address itself may be a secret.
            where="the channel's address",
            next_step=f"it looks like {expected}",
        )


class AddressForbiddenError(ChannelError):
    """An address leads where nothing may be sent."""

    code = "channel_address_forbidden"

    def __init__(self, host: str, reason: str) -> None:
        self.host = host
        self.reason = reason
        super().__init__(
            f"Nothing is sent to this address: {reason}.",
            where=f"host {host}",
            next_step="if it is your own, name the host in `trusted_hosts` under [outbound] of shop.toml",
        )


class HostUnknownError(ChannelError):
    """The name of a host leads nowhere now."""

    code = "channel_host_unknown"

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            "The name of the host is not known.",
            where=f"host {host}",
            next_step="check its spelling, and the network of this machine",
        )


class BadChannelError(ChannelError):
    """Something else about a channel is missing or wrong."""

    code = "channel_setting"

    def __init__(self, what: str, *, setting: str, next_step: str) -> None:
        self.setting = setting
        super().__init__(what, where=setting, next_step=next_step)

"""The shop's channels: added, opened and removed; addresses and secrets lie sealed under the shop's key."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from zhanggui.calendar import time_zone
from zhanggui.collect.outbound.addresses import AddressGuard, endpoint_of, shown_address
from zhanggui.collect.outbound.channel import Channel
from zhanggui.collect.outbound.errors import BadChannelError, HostUnknownError
from zhanggui.collect.outbound.kinds import kind_named
from zhanggui.i18n import Language
from zhanggui.ledger.jobs import ChannelBook, ChannelRecord, StateStore
from zhanggui.ledger.jobs.queue import Clock, utc_now
from zhanggui.ledger.privacy import Sealer, ShopKey

if TYPE_CHECKING:
    from zhanggui.ledger.shop import Shop

_NAME = re.compile(r"[\w][\w .\-]{0,59}")
_WALL = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SCHEMES = ("https", "http", "smtps", "smtp")


class Channels:
    """The channels of a shop.

    Parameters
    ----------
    state : StateStore
        The shop's state file.
    key : ShopKey
        The shop's key.
    guard : AddressGuard
        Says where may be sent to.
    clock : callable, optional
        Returns the current moment.
    """

    def __init__(self, state: StateStore, key: ShopKey, guard: AddressGuard, *, clock: Clock = utc_now) -> None:
        self._book = ChannelBook(state)
        self._sealer = Sealer(key)
        self.guard = guard
        self._clock = clock

    @classmethod
    def of(cls, shop: Shop, *, clock: Clock = utc_now) -> Channels:
        """Return the channels of an opened shop."""
        return cls(shop.state, shop.key, AddressGuard(shop.settings.outbound.trusted_hosts), clock=clock)

    def list_channels(self) -> list[ChannelRecord]:
        """Return all channels as they are kept, oldest first; what is secret stays sealed."""
        return self._book.list_channels()

    def open(self, name: str) -> Channel:
        """Return a channel, opened.

        Raises
        ------
        UnknownChannelError
            There is none of that name.
        SealedValueDamagedError
            The state file or the shop's key is another one.
        """
        return self._opened(self._book.get(name))

    def open_by_number(self, channel_id: int) -> Channel | None:
        """Return a channel, opened; None when it was removed."""
        record = self._book.by_number(channel_id)
        return None if record is None else self._opened(record)

    def add(
        self,
        name: str,
        kind: str,
        address: str,
        *,
        secret: str = "",
        options: Mapping[str, str] | None = None,
        per_minute: int | None = None,
        quiet: tuple[str, str] | None = None,
        tz: str = "Asia/Shanghai",
        language: Language = "zh",
    ) -> ChannelRecord:
        """Keep a channel.

        Parameters
        ----------
        name : str
            What a person calls it.
        kind : str
            One of `KINDS`.
        address : str
            Where to: a robot's or receiver's web address, or a mail server.
        secret : str, default ""
            Signing secret or password.
        options : mapping of str to str, optional
            ``keyword`` of robots; ``user``, ``sender`` and ``recipients`` (with commas) of mail.
        per_minute : int, optional
            Messages in a minute, at most what the platform takes.
        quiet : (str, str), optional
            Local times between which nothing is sent.
        tz, language : str
            Time zone of those, language of what is sent.

        Raises
        ------
        ChannelError
            Something about it cannot work.
        ChannelNameTakenError
            There is one of that name.
        """
        facts = kind_named(kind)
        _refuse_bad(name, per_minute, facts.per_minute, quiet)
        if facts.needs_secret and not secret:
            raise BadChannelError(
                "A channel of this kind needs a secret.",
                setting=f"channel {name!r}",
                next_step="give it with --secret-file, in ZHANGGUI_CHANNEL_SECRET, or on a terminal",
            )
        if secret and facts.secret is None:
            raise BadChannelError(
                "A channel of this kind has no secret: its address is all there is.",
                setting=f"channel {name!r}",
                next_step="leave the secret out",
            )
        time_zone(tz)
        options = {key: value for key, value in (options or {}).items() if value}
        shown = shown_address(address, is_secret=facts.is_address_secret)
        channel = Channel(
            0, name, kind, shown, per_minute or facts.per_minute, quiet, tz, language, address, secret, options
        )
        facts.form.check(channel)
        self._check_reachable(address)
        sealed = json.dumps({"address": address, "secret": secret, "options": options}, ensure_ascii=False)
        return self._book.add(
            name,
            kind=kind,
            shown_address=shown,
            sealed=self._sealer.seal(sealed, _place(name)).hex(),
            per_minute=channel.per_minute,
            quiet=quiet,
            tz=tz,
            language=language,
            added_at=self._clock().timestamp(),
        )

    def remove(self, name: str) -> int:
        """Forget a channel with its secret; return how many messages that waited for it will not be sent.

        Raises
        ------
        UnknownChannelError
            There is none of that name.
        """
        return self._book.remove(name)

    def _check_reachable(self, address: str) -> None:
        """Refuse an address that leads where nothing may go; a host that is unknown now is judged when it is used."""
        try:
            self.guard.check(endpoint_of(address, schemes=_SCHEMES, expected="a web address"))
        except HostUnknownError:
            return

    def _opened(self, record: ChannelRecord) -> Channel:
        held = json.loads(self._sealer.unseal_text(bytes.fromhex(record.sealed), _place(record.name)))
        quiet = None
        if record.quiet_from is not None and record.quiet_until is not None:
            quiet = (record.quiet_from, record.quiet_until)
        return Channel(
            channel_id=record.channel_id,
            name=record.name,
            kind=record.kind,
            shown_address=record.shown_address,
            per_minute=record.per_minute,
            quiet=quiet,
            tz=record.tz,
            language="en" if record.language == "en" else "zh",
            address=held["address"],
            secret=held["secret"],
            options=held["options"],
        )


def _place(name: str) -> str:
    return f"channel/{name}/sealed"


def _refuse_bad(name: str, per_minute: int | None, most: int, quiet: tuple[str, str] | None) -> None:
    if not _NAME.fullmatch(name):
        raise BadChannelError(
            f"{name!r} is no name for a channel.",
            setting="its name",
            next_step="use up to 60 letters, digits, spaces, dots and dashes, such as 运营群",
        )
    if per_minute is not None and not 1 <= per_minute <= most:
        raise BadChannelError(
            f"The channel takes 1 to {most} messages in a minute, not {per_minute}.",
            setting="--per-minute",
            next_step="leave it out for the platform's own limit",
        )
    if quiet is not None and (not all(_WALL.fullmatch(wall) for wall in quiet) or quiet[0] == quiet[1]):
        raise BadChannelError(
            f"{'-'.join(quiet)!r} are no quiet hours.",
            setting="--quiet",
            next_step="write two different times, such as 22:00-08:00",
        )

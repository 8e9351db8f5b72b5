"""The channels that messages go out by: what is known of each, its address and secret sealed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """One channel as the state file keeps it.

    Attributes
    ----------
    channel_id : int
        Its number, never used again.
    name : str
        What a person calls it.
    kind : str
        What speaks there: a robot of a chat, a mail server, a receiver of our own form.
    shown_address : str
        Its address with everything secret left out.
    sealed : str
        Address and secret, sealed under the shop's key, in hexadecimal.
    per_minute : int
        Messages that it takes in a minute.
    quiet_from, quiet_until : str or None
        Local times (``HH:MM``) between which nothing is sent.
    tz : str
        Time zone of those.
    language : str
        Language of what is sent.
    added_at : float
        Seconds since 1970.
    """

    channel_id: int
    name: str
    kind: str
    shown_address: str
    sealed: str
    per_minute: int
    quiet_from: str | None
    quiet_until: str | None
    tz: str
    language: str
    added_at: float


class UnknownChannelError(ZhangguiError):
    """No channel has this name."""

    code = "unknown_channel"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no channel {name!r}.",
            where=f"channel {name!r}",
            next_step="`zhanggui channels list` lists them, `zhanggui channels add` makes one",
        )


class ChannelNameTakenError(ZhangguiError):
    """There is a channel of this name."""

    code = "channel_name_taken"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is a channel {name!r} already.",
            where=f"channel {name!r}",
            next_step="choose another name, or remove that one first: `zhanggui channels remove`",
        )


class ChannelBook:
    """The channels in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_channels(self) -> list[ChannelRecord]:
        """Return all channels, oldest first."""
        return [_record(row) for row in self._state.rows("SELECT * FROM channel ORDER BY channel_id")]

    def get(self, name: str) -> ChannelRecord:
        """Return the channel of this name.

        Raises
        ------
        UnknownChannelError
            There is none.
        """
        found = self._state.rows("SELECT * FROM channel WHERE name = ?", (name,))
        if not found:
            raise UnknownChannelError(name)
        return _record(found[0])

    def by_number(self, channel_id: int) -> ChannelRecord | None:
        """Return the channel of this number, or None when it was removed."""
        found = self._state.rows("SELECT * FROM channel WHERE channel_id = ?", (channel_id,))
        return _record(found[0]) if found else None

    def add(
        self,
        name: str,
        *,
        kind: str,
        shown_address: str,
        sealed: str,
        per_minute: int,
        quiet: tuple[str, str] | None,
        tz: str,
        language: str,
        added_at: float,
    ) -> ChannelRecord:
        """Keep a channel and return it.

        Raises
        ------
        ChannelNameTakenError
            There is one of that name.
        """
        quiet_from, quiet_until = quiet or (None, None)
        with self._state.transaction():
            if self._state.rows("SELECT 1 FROM channel WHERE name = ?", (name,)):
                raise ChannelNameTakenError(name)
            self._state.insert(
                "INSERT INTO channel (name, kind, shown_address, sealed, per_minute, quiet_from, quiet_until, tz, "
                "language, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (name, kind, shown_address, sealed, per_minute, quiet_from, quiet_until, tz, language, added_at),
            )
            return self.get(name)

    def remove(self, name: str) -> int:
        """Forget a channel with its secret; return how many messages that waited for it will not be sent.

        Raises
        ------
        UnknownChannelError
            There is none.
        """
        with self._state.transaction():
            channel_id = self.get(name).channel_id
            n_left = self._state.execute(
                "UPDATE delivery SET state = 'refused', reason = 'channel_removed', detail = '' "
                "WHERE channel_id = ? AND state = 'waiting'",
                (channel_id,),
            )
            self._state.execute("DELETE FROM channel WHERE channel_id = ?", (channel_id,))
        return n_left


def _record(row: sqlite3.Row) -> ChannelRecord:
    return ChannelRecord(**dict(row))

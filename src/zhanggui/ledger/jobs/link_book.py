"""The tracking links of a shop and the clicks on them, in the state file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One tracking link as the state file keeps it.

    Attributes
    ----------
    code : str
        Its short name; never used again.
    target : str
        The page, as it was given.
    address : str
        The page with the tags.
    channel : str
        Channel that its visits will count for.
    tags : mapping of str to str
        What was asked for: campaign, ad group, creative, note, live session, group.
    note : str
        What a person wrote beside it.
    added_at : float
        Seconds since 1970.
    n_clicks, n_bots : int
        Clicks of people and of machines on the short link.
    last_click_at : float or None
        The latest one of people.
    """

    code: str
    target: str
    address: str
    channel: str
    tags: Mapping[str, str]
    note: str
    added_at: float
    n_clicks: int = 0
    n_bots: int = 0
    last_click_at: float | None = None


class UnknownLinkError(ZhangguiError):
    """No tracking link has this code."""

    code = "unknown_link"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no tracking link {name!r}.",
            where=f"code {name!r}",
            next_step="`zhanggui traffic links list` lists them",
        )


class LinkCodeTakenError(ZhangguiError):
    """There is, or was, a link of this code."""

    code = "link_code_taken"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"The code {name!r} is in use, or was; what is printed somewhere may still lead here.",
            where=f"code {name!r}",
            next_step="choose another code, or leave it out",
        )


_LISTED = """
SELECT link.code, target, address, channel, tags_json, note, added_at,
    COALESCE(SUM(1 - is_bot), 0) AS n_clicks,
    COALESCE(SUM(is_bot), 0) AS n_bots,
    MAX(CASE WHEN is_bot = 0 THEN at END) AS last_click_at
FROM tracking_link AS link LEFT JOIN link_click AS click ON click.code = link.code
WHERE removed_at IS NULL
"""


class LinkBook:
    """The tracking links in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_links(self) -> list[LinkRecord]:
        """Return all links, the newest first."""
        return [
            _record(row) for row in self._state.rows(_LISTED + "GROUP BY link.code ORDER BY added_at DESC, link.code")
        ]

    def get(self, code: str) -> LinkRecord:
        """Return the link of this code.

        Raises
        ------
        UnknownLinkError
            There is none.
        """
        found = self._state.rows(_LISTED + "AND link.code = ? GROUP BY link.code", (code,))
        if not found:
            raise UnknownLinkError(code)
        return _record(found[0])

    def is_taken(self, code: str) -> bool:
        """Whether a link has, or had, this code."""
        return bool(self._state.rows("SELECT 1 FROM tracking_link WHERE code = ?", (code,)))

    def add(self, link: LinkRecord) -> LinkRecord:
        """Keep a link and return it.

        Raises
        ------
        LinkCodeTakenError
            Its code is, or was, another's.
        """
        with self._state.transaction():
            if self.is_taken(link.code):
                raise LinkCodeTakenError(link.code)
            self._state.execute(
                "INSERT INTO tracking_link (code, target, address, channel, tags_json, note, added_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    link.code, link.target, link.address, link.channel,
                    json.dumps(dict(link.tags), ensure_ascii=False), link.note, link.added_at,
                ),
            )  # fmt: skip
        return self.get(link.code)

    def remove(self, code: str, at: float) -> None:
        """Let a link lead nowhere from now on; its clicks stay.

        Raises
        ------
        UnknownLinkError
            There is none.
        """
        with self._state.transaction():
            self.get(code)
            self._state.execute("UPDATE tracking_link SET removed_at = ? WHERE code = ?", (at, code))

    def clicked(self, code: str, at: float, *, is_bot: bool, referrer_host: str) -> None:
        """Write down one click."""
        with self._state.transaction():
            self._state.execute(
                "INSERT INTO link_click (code, at, is_bot, referrer_host) VALUES (?, ?, ?, ?)",
                (code, at, int(is_bot), referrer_host),
            )


def _record(row: sqlite3.Row) -> LinkRecord:
    held = dict(row)
    return LinkRecord(tags=json.loads(held.pop("tags_json")), **held)

"""The audiences of a shop: their conditions, who is in them, how they changed, who is never written to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """One audience as the state file keeps it.

    Attributes
    ----------
    name : str
        Its name.
    document_json : str
        What it is, as JSON.
    version : int
        Raised whenever another document is saved.
    saved_at : float
        Seconds since 1970.
    as_of : str or None
        The day that its members are of; None before the first refresh.
    refreshed_at : float or None
        When they were found.
    stamp : str or None
        Digest of all that they were found from.
    n_members : int
        How many they are.
    """

    name: str
    document_json: str
    version: int
    saved_at: float
    as_of: str | None
    refreshed_at: float | None
    stamp: str | None
    n_members: int

    @property
    def document(self) -> object:
        """What it is."""
        return json.loads(self.document_json)


@dataclass(frozen=True, slots=True)
class AudienceChange:
    """One refresh: how many came and went."""

    version: int
    as_of: str
    at: float
    n_members: int
    n_joined: int
    n_left: int


@dataclass(frozen=True, slots=True)
class DataUse:
    """One time that data of people left the shop: an entry that is never changed."""

    use_id: int
    at: float
    what: str
    about: str
    purpose: str
    n_people: int
    detail: object


class UnknownAudienceError(ZhangguiError):
    """No audience has this name."""

    code = "unknown_audience"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no audience {name!r}.",
            where=f"audience {name!r}",
            next_step="`zhanggui customers audience list` lists them, `audience save` makes one",
        )


_SELECT = (
    "SELECT name, document_json, version, saved_at, as_of, refreshed_at, stamp, "
    "(SELECT count(*) FROM audience_member m WHERE m.audience = a.name) AS n_members FROM audience a"
)


class AudienceBook:
    """The audiences in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def list_audiences(self) -> list[SavedAudience]:
        """Return all audiences by name."""
        return [_saved(row) for row in self._state.rows(f"{_SELECT} ORDER BY name")]

    def get(self, name: str) -> SavedAudience:
        """Return the audience of this name.

        Raises
        ------
        UnknownAudienceError
            There is none.
        """
        found = self._state.rows(f"{_SELECT} WHERE name = ?", (name,))
        if not found:
            raise UnknownAudienceError(name)
        return _saved(found[0])

    def put(self, name: str, document_json: str, at: float) -> SavedAudience:
        """Keep an audience; another document of the same name is its next version."""
        with self._state.transaction():
            self._state.execute(
                "INSERT INTO audience (name, document_json, version, saved_at) VALUES (?, ?, 1, ?) "
                "ON CONFLICT (name) DO UPDATE SET document_json = excluded.document_json, version = version + 1, "
                "saved_at = excluded.saved_at, stamp = NULL WHERE document_json <> excluded.document_json",
                (name, document_json, at),
            )
            return self.get(name)

    def remove(self, name: str) -> None:
        """Forget an audience and its members; the entries of its exports stay."""
        with self._state.transaction():
            self.get(name)
            self._state.execute("DELETE FROM audience WHERE name = ?", (name,))

    def members(self, name: str) -> dict[str, str]:
        """Return the members with the day each joined."""
        rows = self._state.rows("SELECT buyer_key, joined_on FROM audience_member WHERE audience = ?", (name,))
        return {row["buyer_key"]: row["joined_on"] for row in rows}

    def refresh(self, name: str, found: Collection[str], *, as_of: str, at: float, stamp: str) -> AudienceChange:
        """Let these be the members; only who came and who left is written."""
        now = set(found)
        with self._state.transaction():
            version = self.get(name).version
            held = set(self.members(name))
            joined, left = now - held, held - now
            self._state.execute_many(
                "INSERT INTO audience_member (audience, buyer_key, joined_on) VALUES (?, ?, ?)",
                ((name, key, as_of) for key in sorted(joined)),
            )
            self._state.execute_many(
                "DELETE FROM audience_member WHERE audience = ? AND buyer_key = ?", ((name, key) for key in left)
            )
            self._state.execute(
                "UPDATE audience SET as_of = ?, refreshed_at = ?, stamp = ? WHERE name = ?", (as_of, at, stamp, name)
            )
            change = AudienceChange(version, as_of, at, len(now), len(joined), len(left))
            self._state.insert(
                "INSERT INTO audience_change (audience, version, as_of, at, n_members, n_joined, n_left) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (name, version, as_of, at, len(now), len(joined), len(left)),
            )
        return change

    def changes(self, name: str) -> list[AudienceChange]:
        """Return the refreshes of an audience, the newest first."""
        rows = self._state.rows(
            "SELECT version, as_of, at, n_members, n_joined, n_left FROM audience_change WHERE audience = ? "
            "ORDER BY change_id DESC",
            (name,),
        )
        return [AudienceChange(**dict(row)) for row in rows]


class SuppressionList:
    """Who is never written to, whatever else holds: entered by the shop, in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def add(self, keys: Iterable[str], reason: str, at: float) -> None:
        """Put people on the list; who is on it stays with the reason given first."""
        with self._state.transaction():
            self._state.execute_many(
                "INSERT INTO suppression (buyer_key, reason, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                ((key, reason, at) for key in keys),
            )

    def remove(self, keys: Iterable[str]) -> None:
        """Take people off the list."""
        with self._state.transaction():
            self._state.execute_many("DELETE FROM suppression WHERE buyer_key = ?", ((key,) for key in keys))

    def keys(self) -> list[str]:
        """Return who is on the list."""
        return [row["buyer_key"] for row in self._state.rows("SELECT buyer_key FROM suppression ORDER BY buyer_key")]


class DataUses:
    """When data of people left the shop, for what and how many: entries that are only ever added.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def add(self, what: str, about: str, *, purpose: str, n_people: int, detail: object, at: float) -> int:
        """Add an entry; return its number."""
        return self._state.insert(
            "INSERT INTO data_use (at, what, about, purpose, n_people, detail_json) VALUES (?, ?, ?, ?, ?, ?)",
            (at, what, about, purpose, n_people, json.dumps(detail, ensure_ascii=False)),
        )

    def list_uses(self, about: str | None = None) -> list[DataUse]:
        """Return the entries, or those about one thing, the newest first."""
        rows = self._state.rows(
            "SELECT * FROM data_use WHERE ? IS NULL OR about = ? ORDER BY use_id DESC", (about, about)
        )
        return [
            DataUse(
                row["use_id"], row["at"], row["what"], row["about"], row["purpose"], row["n_people"],
                json.loads(row["detail_json"]),
            )
            for row in rows
        ]  # fmt: skip


def _saved(row: sqlite3.Row) -> SavedAudience:
    return SavedAudience(**dict(row))

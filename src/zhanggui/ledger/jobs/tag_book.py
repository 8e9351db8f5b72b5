"""The rules of a shop's tags, and how many people carried each on the days they were built."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.jobs.state import StateStore


@dataclass(frozen=True, slots=True)
class TagDay:
    """How many people carried a tag on a day."""

    as_of: str
    n_people: int
    built_at: float


class UnknownTagError(ZhangguiError):
    """No tag has this name."""

    code = "unknown_tag"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"There is no tag {name!r}.",
            where=f"tag {name!r}",
            next_step="`zhanggui customers tags list` lists them, `tags define FILE` makes some",
        )


class TagBook:
    """The tags in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def documents(self) -> dict[str, str]:
        """Return the rules as JSON, by name."""
        rows = self._state.rows("SELECT name, document_json FROM tag_rule ORDER BY name")
        return {row["name"]: row["document_json"] for row in rows}

    def put(self, name: str, document_json: str, at: float) -> None:
        """Keep a rule; it replaces the one of its name."""
        self._state.execute(
            "INSERT INTO tag_rule (name, document_json, saved_at) VALUES (?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET document_json = excluded.document_json, saved_at = excluded.saved_at",
            (name, document_json, at),
        )

    def remove(self, name: str) -> None:
        """Forget a rule and its sizes.

        Raises
        ------
        UnknownTagError
            There is none.
        """
        if not self._state.execute("DELETE FROM tag_rule WHERE name = ?", (name,)):
            raise UnknownTagError(name)

    def note_day(self, name: str, as_of: str, n_people: int, at: float) -> None:
        """Note how many people carry a tag on a day."""
        self._state.execute(
            "INSERT INTO tag_day (name, as_of, n_people, built_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (name, as_of) DO UPDATE SET n_people = excluded.n_people, built_at = excluded.built_at",
            (name, as_of, n_people, at),
        )

    def days(self, name: str) -> list[TagDay]:
        """Return the sizes of a tag, the newest day first."""
        rows = self._state.rows(
            "SELECT as_of, n_people, built_at FROM tag_day WHERE name = ? ORDER BY as_of DESC", (name,)
        )
        return [TagDay(**dict(row)) for row in rows]

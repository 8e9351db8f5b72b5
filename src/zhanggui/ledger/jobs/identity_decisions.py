"""What the operator decided about who is who: merges undone and restored, each with its reason; only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from zhanggui.ledger.jobs.state import StateStore

Action = Literal["undo", "restore"]


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """One decision; `decided_at` in seconds since 1970."""

    decision_id: int
    merge_id: str
    action: Action
    reason: str
    decided_by: str
    decided_at: float


class IdentityDecisions:
    """The decisions in ``state.sqlite``; the file itself refuses to change or delete one.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def all(self) -> tuple[IdentityDecision, ...]:
        """Return every decision, the oldest first."""
        rows = self._state.rows("SELECT * FROM identity_decision ORDER BY decision_id")
        return tuple(IdentityDecision(*(row[name] for name in IdentityDecision.__slots__)) for row in rows)

    def undone(self) -> frozenset[str]:
        """Return the merges that are undone now: of each the last decision counts."""
        last = {each.merge_id: each.action for each in self.all()}
        return frozenset(name for name, action in last.items() if action == "undo")

    def add(self, merge_id: str, action: Action, *, reason: str, decided_by: str, now: float) -> bool:
        """Decide; return whether that changes anything, else nothing is written."""
        with self._state.transaction():
            if (merge_id in self.undone()) == (action == "undo"):
                return False
            self._state.execute(
                "INSERT INTO identity_decision (merge_id, action, reason, decided_by, decided_at) "
                "VALUES (?, ?, ?, ?, ?)",
                (merge_id, action, reason, decided_by, now),
            )
        return True

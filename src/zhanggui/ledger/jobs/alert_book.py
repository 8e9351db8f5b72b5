"""The alerts of a shop: each event is told once, whatever is killed when, and every step of its life is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any, Literal

from zhanggui.ledger.jobs.alert import (
    OUTCOMES,
    STATES,
    Alert,
    AlertResolvedError,
    AlertState,
    AlertStep,
    BadOutcomeError,
    Occurrence,
    UnknownAlertError,
    alert_from_row,
)
from zhanggui.ledger.jobs.state import StateStore

Taken = Literal["raised", "grown", "known"]
"""What became of an event: a new alert, more days of a known one, or nothing new."""

_OPEN: tuple[AlertState, ...] = ("open", "acknowledged", "snoozed")
_TEXT_LIMIT = 2000


class AlertBook:
    """The alerts in ``state.sqlite``.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def transaction(self) -> AbstractContextManager[None]:
        """Keep several changes together, or none of them."""
        return self._state.transaction()

    def known(self, seen: Occurrence) -> Alert | None:
        """Return the alert of the same event, if there is one.

        It is the same event when rule, part of the shop and direction are the same and the days are near, so that days
        that were corrected or came late, and an alert that was resolved, raise nothing anew.
        """
        reach = timedelta(days=seen.reach_days)
        found = self._state.rows(
            "SELECT * FROM alert WHERE rule = ? AND place = ? AND direction = ? AND first_day <= ? AND last_day >= ? "
            "ORDER BY last_day DESC LIMIT 1",
            (
                seen.rule,
                seen.place,
                seen.direction,
                (seen.last_day + reach).isoformat(),
                (seen.first_day - reach).isoformat(),
            ),
        )
        return alert_from_row(found[0]) if found else None

    def take(self, seen: Occurrence, now: float, *, is_history: bool = False) -> tuple[int, Taken]:
        """Keep an event and return the number of its alert, and whether that is new, has grown, or was known.

        Parameters
        ----------
        seen : Occurrence
            The event.
        now : float
            The moment.
        is_history : bool
            A new alert of it is told to nobody.
        """
        with self._state.transaction():
            before = self.known(seen)
            if before is None:
                alert_id = self._state.insert(
                    "INSERT INTO alert (event_key, rule, place, direction, first_day, last_day, standing, state, "
                    "severity, owner, money, told_json, raised_at, changed_at, handed_at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?)",
                    (
                        seen.key,
                        seen.rule,
                        seen.place,
                        seen.direction,
                        seen.first_day.isoformat(),
                        seen.last_day.isoformat(),
                        seen.standing,
                        seen.severity,
                        seen.owner,
                        seen.money,
                        _json(seen.told),
                        now,
                        now,
                        now if is_history else None,
                    ),
                )
                self._step(alert_id, now, "raised")
                return alert_id, "raised"
            return before.alert_id, self._grow(before, seen, now)

    def _grow(self, before: Alert, seen: Occurrence, now: float) -> Taken:
        first, last = min(before.first_day, seen.first_day), max(before.last_day, seen.last_day)
        told = seen.told or before.told
        if (first, last, seen.standing, dict(told)) == (
            before.first_day,
            before.last_day,
            before.standing,
            dict(before.told),
        ):
            return "known"
        self._state.execute(
            "UPDATE alert SET first_day = ?, last_day = ?, standing = ?, money = ?, told_json = ?, changed_at = ? "
            "WHERE alert_id = ?",
            (
                first.isoformat(),
                last.isoformat(),
                seen.standing,
                seen.money if seen.told else before.money,
                _json(told),
                now,
                before.alert_id,
            ),
        )
        if (first, last) == (before.first_day, before.last_day):
            if seen.standing != before.standing:
                self._step(before.alert_id, now, seen.standing)
            return "known"
        self._step(before.alert_id, now, "grown", last.isoformat())
        return "grown"

    def settle(self, seen: Iterable[int], *, rules: Collection[str], since: date, now: float) -> int:
        """Mark open alerts of `rules` that were looked for and not seen as gone; return how many.

        Parameters
        ----------
        seen : iterable of int
            Numbers of alerts that are still seen.
        rules : collection of str
            Rules that looked.
        since : date
            The first day that they looked at.
        now : float
            The moment.
        """
        with self._state.transaction():
            there = set(seen)
            missed = [
                each
                for each in self.list_alerts(_OPEN)
                if each.rule in rules and each.alert_id not in there and each.first_day >= since
                if each.standing != "gone"
            ]
            for each in missed:
                self._state.execute(
                    "UPDATE alert SET standing = 'gone', changed_at = ? WHERE alert_id = ?", (now, each.alert_id)
                )
                self._step(each.alert_id, now, "gone")
        return len(missed)

    def put_under(self, alert_id: int, cause_id: int | None, now: float) -> None:
        """Tell an alert under another one that has the same cause, or by itself again."""
        with self._state.transaction():
            n_changed = self._state.execute(
                "UPDATE alert SET cause_id = ? WHERE alert_id = ? AND alert_id IS NOT ? AND cause_id IS NOT ?",
                (cause_id, alert_id, cause_id, cause_id),
            )
            if n_changed:
                self._step(alert_id, now, "grouped" if cause_id else "ungrouped", str(cause_id or ""))

    def list_alerts(self, states: Collection[str] = STATES) -> list[Alert]:
        """Return the alerts in these states: what still holds first, then by money at stake, then the newest."""
        rows = self._state.rows(
            "SELECT * FROM alert ORDER BY standing = 'gone', standing = 'over', money IS NULL, money DESC, "
            "last_day DESC, alert_id DESC"
        )
        return [alert_from_row(row) for row in rows if row["state"] in states]

    def get(self, alert_id: int) -> Alert:
        """Return one alert.

        Raises
        ------
        UnknownAlertError
            There is none.
        """
        found = self._state.rows("SELECT * FROM alert WHERE alert_id = ?", (alert_id,))
        if not found:
            raise UnknownAlertError(alert_id)
        return alert_from_row(found[0])

    def steps(self, alert_id: int) -> list[AlertStep]:
        """Return everything that happened to an alert, oldest first."""
        rows = self._state.rows(
            "SELECT at, what, note FROM alert_step WHERE alert_id = ? ORDER BY step_id", (alert_id,)
        )
        return [AlertStep(at=row["at"], what=row["what"], note=row["note"]) for row in rows]

    def acknowledge(self, alert_id: int, now: float, note: str = "") -> Alert:
        """Say that somebody looks after an alert.

        Raises
        ------
        UnknownAlertError, AlertResolvedError
        """
        return self._change(alert_id, "acknowledged", now, note)

    def snooze(self, alert_id: int, until: float, now: float, note: str = "") -> Alert:
        """Put an alert away until a moment, after which it is open again.

        Raises
        ------
        UnknownAlertError, AlertResolvedError
        """
        return self._change(alert_id, "snoozed", now, note, snoozed_until=until)

    def resolve(self, alert_id: int, outcome: str, note: str, now: float) -> Alert:
        """Close an alert with what came of it.

        Raises
        ------
        UnknownAlertError, AlertResolvedError, BadOutcomeError
        """
        if outcome not in OUTCOMES:
            raise BadOutcomeError(f"{outcome!r} is no outcome of an alert.", where="outcome")
        if not note.strip():
            raise BadOutcomeError("An alert is not resolved without a word on what was done.", where="note")
        return self._change(alert_id, "resolved", now, note, outcome=outcome)

    def add_note(self, alert_id: int, note: str, now: float) -> Alert:
        """Write a note to an alert, whatever its state.

        Raises
        ------
        UnknownAlertError
        """
        self.get(alert_id)
        if note.strip():
            self._step(alert_id, now, "note", note)
        return self.get(alert_id)

    def assign(self, alert_id: int, owner: str, now: float) -> Alert:
        """Give an alert to somebody.

        Raises
        ------
        UnknownAlertError
        """
        with self._state.transaction():
            self.get(alert_id)
            self._state.execute("UPDATE alert SET owner = ? WHERE alert_id = ?", (owner.strip()[:100], alert_id))
            self._step(alert_id, now, "assigned", owner)
        return self.get(alert_id)

    def wake(self, now: float) -> list[int]:
        """Open what was put away until a moment that has passed; return the numbers."""
        with self._state.transaction():
            due = self._state.rows(
                "SELECT alert_id FROM alert WHERE state = 'snoozed' AND snoozed_until <= ? ORDER BY alert_id", (now,)
            )
            for row in due:
                # What is no more so in the data wakes silently: there is nothing to tell anybody again.
                self._state.execute(
                    "UPDATE alert SET state = 'open', snoozed_until = NULL, changed_at = ?, "
                    "handed_at = CASE WHEN standing = 'on' THEN NULL ELSE handed_at END WHERE alert_id = ?",
                    (now, row["alert_id"]),
                )
                self._step(row["alert_id"], now, "woken")
        return [row["alert_id"] for row in due]

    def waiting(self) -> list[Alert]:
        """Return the alerts that wait to be told, oldest first: open, not taken back, and under no other one."""
        found = self._state.rows(
            "SELECT * FROM alert WHERE handed_at IS NULL AND state = 'open' AND standing <> 'gone' "
            "AND cause_id IS NULL ORDER BY alert_id"
        )
        return [alert_from_row(row) for row in found]

    def hand_over(self, take: Callable[[Alert], bool], now: float) -> int:
        """Offer every alert that waits to be told to `take`, and mark those it accepts, all in one transaction.

        What `take` writes to the same state file is kept together with the mark or not at all, so that an alert is
        handed over once whatever is killed when. Alerts under a cause are told with it.

        Parameters
        ----------
        take : callable
            Returns whether it has the alert now; what it leaves is offered again.
        now : float
            The moment.
        """
        n_handed = 0
        with self._state.transaction():
            for alert in self.waiting():
                if take(alert):
                    self._state.execute("UPDATE alert SET handed_at = ? WHERE alert_id = ?", (now, alert.alert_id))
                    self._step(alert.alert_id, now, "handed")
                    n_handed += 1
        return n_handed

    def _change(
        self,
        alert_id: int,
        state: AlertState,
        now: float,
        note: str,
        *,
        snoozed_until: float | None = None,
        outcome: str | None = None,
    ) -> Alert:
        with self._state.transaction():
            if self.get(alert_id).state == "resolved":
                raise AlertResolvedError(alert_id)
            self._state.execute(
                "UPDATE alert SET state = ?, snoozed_until = ?, outcome = ?, changed_at = ? WHERE alert_id = ?",
                (state, snoozed_until, outcome, now, alert_id),
            )
            self._step(alert_id, now, state, note)
            return self.get(alert_id)

    def _step(self, alert_id: int, now: float, what: str, note: str = "") -> None:
        self._state.insert(
            "INSERT INTO alert_step (alert_id, at, what, note) VALUES (?, ?, ?, ?)",
            (alert_id, now, what, note.strip()[:_TEXT_LIMIT]),
        )


class AlertRules:
    """What a shop said of its rules: its own, those of the product that it switched off, those it muted.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def documents(self) -> dict[str, Mapping[str, Any]]:
        """Return the documents of the shop's own rules by name."""
        rows = self._state.rows(
            "SELECT name, document_json FROM alert_rule WHERE document_json IS NOT NULL ORDER BY name"
        )
        return {row["name"]: json.loads(row["document_json"]) for row in rows}

    def switches(self) -> dict[str, tuple[bool, float | None]]:
        """Return, of every rule that something was said of, whether it is on and until when it is muted."""
        rows = self._state.rows("SELECT name, is_on, muted_until FROM alert_rule")
        return {row["name"]: (bool(row["is_on"]), row["muted_until"]) for row in rows}

    def save(self, documents: Mapping[str, Mapping[str, Any]], now: float) -> None:
        """Keep rules, each in place of the one of its name."""
        with self._state.transaction():
            for name, document in documents.items():
                self._state.execute(
                    "INSERT INTO alert_rule (name, document_json, is_on, saved_at) VALUES (?, ?, 1, ?) "
                    "ON CONFLICT (name) DO UPDATE SET document_json = excluded.document_json, "
                    "saved_at = excluded.saved_at",
                    (name, _json(document), now),
                )

    def switch(self, name: str, now: float, *, is_on: bool) -> None:
        """Switch a rule on or off."""
        self._set(name, now, "is_on", int(is_on))

    def mute(self, name: str, until: float | None, now: float) -> None:
        """Let a rule raise nothing until a moment; None ends that."""
        self._set(name, now, "muted_until", until)

    def forget(self, names: Sequence[str]) -> None:
        """Forget everything that was said of rules: own ones are gone, those of the product are as they came."""
        with self._state.transaction():
            for name in names:
                self._state.execute("DELETE FROM alert_rule WHERE name = ?", (name,))

    def _set(self, name: str, now: float, column: Literal["is_on", "muted_until"], value: float | None) -> None:
        with self._state.transaction():
            self._state.execute(
                "INSERT INTO alert_rule (name, is_on, saved_at) VALUES (?, 1, ?) ON CONFLICT (name) DO NOTHING",
                (name, now),
            )
            self._state.execute(f"UPDATE alert_rule SET {column} = ? WHERE name = ?", (value, name))  # noqa: S608 - one of two literals


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(dict(value), ensure_ascii=False, allow_nan=False, sort_keys=True)

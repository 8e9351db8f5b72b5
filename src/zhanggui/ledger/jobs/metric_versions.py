"""The metrics that a shop has defined itself: every definition that it ever had, and from when it was current."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhanggui.ledger.jobs.state import StateStore

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class MetricVersion:
    """One definition of a metric.

    Attributes
    ----------
    name : str
        The metric.
    version : int
        From 1, without gaps.
    document : dict or None
        The definition as form and file have it; None where the metric was taken away.
    defined_at : float
        From when it is current; seconds since 1970.
    """

    name: str
    version: int
    document: Mapping[str, Any] | None
    defined_at: float


class MetricVersions:
    """The definitions in ``state.sqlite``; none is ever changed or deleted.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def current(self, moment: float | None = None) -> tuple[MetricVersion, ...]:
        """Return the definitions that are current now, or were at a moment, in the order of their first definition."""
        newest: dict[str, MetricVersion] = {}
        for each in self.versions():
            if moment is None or each.defined_at <= moment:
                newest[each.name] = each
        return tuple(each for each in newest.values() if each.document is not None)

    def versions(self, name: str | None = None) -> tuple[MetricVersion, ...]:
        """Return every definition of a metric, or of all of them, the oldest first."""
        rows = self._state.rows("SELECT * FROM metric_version ORDER BY rowid")
        return tuple(_version(row) for row in rows if name in (None, row["name"]))

    def save(self, documents: Mapping[str, Mapping[str, Any]], now: float) -> None:
        """Keep definitions from now on; one that says what is current already is no new version."""
        with self._state.transaction():
            newest = {each.name: each for each in self.versions()}
            self._add(
                ((name, given) for name, given in documents.items() if not _is_said(newest.get(name), given)),
                newest,
                now,
            )

    def remove(self, name: str, now: float) -> None:
        """Take a metric away from now on; what it was stays known."""
        with self._state.transaction():
            self._add([(name, None)], {each.name: each for each in self.versions(name)}, now)

    def _add(
        self,
        documents: Iterable[tuple[str, Mapping[str, Any] | None]],
        newest: Mapping[str, MetricVersion],
        now: float,
    ) -> None:
        for name, document in documents:
            before = newest.get(name)
            # A clock that was set back must not put a definition before the one that it replaces.
            moment = now if before is None else max(now, before.defined_at)
            written = None if document is None else json.dumps(dict(document), ensure_ascii=False, sort_keys=True)
            self._state.execute(
                "INSERT INTO metric_version (name, version, document_json, defined_at) VALUES (?, ?, ?, ?)",
                (name, 1 if before is None else before.version + 1, written, moment),
            )


def _is_said(before: MetricVersion | None, document: Mapping[str, Any]) -> bool:
    return before is not None and before.document == json.loads(json.dumps(dict(document)))


def _version(row: sqlite3.Row) -> MetricVersion:
    text = row["document_json"]
    return MetricVersion(row["name"], row["version"], None if text is None else json.loads(text), row["defined_at"])

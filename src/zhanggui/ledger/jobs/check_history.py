"""How the checks of data quality stood day by day: what no file tells again when the ledger is built anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from zhanggui.ledger.jobs.state import StateStore, Value

if TYPE_CHECKING:
    from zhanggui.ledger.engine import Ledger

KEPT_DAYS = 400
"""A year and a month: what is older says nothing about the files of today."""

_TABLE = "quality_check"
_KEY = ("check_name", "shop_id", "checked_on")
_COLUMNS = (
    *_KEY, "source_table", "status", "n_findings", "n_rows", "money_minor", "currency", "checked_at", "batch_id",
)  # fmt: skip
_KEEP = """
INSERT OR REPLACE INTO check_history (
    check_name, shop_id, checked_on,
    source_table, status, n_findings, n_rows, money_minor, currency, checked_at, batch_id
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_DATES = {"checked_on": date.fromisoformat, "checked_at": datetime.fromisoformat}

Row = dict[str, Any]


class CheckHistory:
    """The history of checks that outlives a ledger.

    Parameters
    ----------
    state : StateStore
        The shop's open state file.
    """

    def __init__(self, state: StateStore) -> None:
        self._state = state

    def keep(self, ledger: Ledger) -> int:
        """Write down what checks of `ledger` have said since this was done last; return how many rows that were."""
        held = ledger.table(_TABLE)
        [newest] = ledger.query(held.aggregate(at=held.checked_at.max())).column("at").to_pylist()
        known = self._state.rows("SELECT max(checked_at) AS at FROM check_history")[0]["at"]
        if newest is None or newest.isoformat() == known:
            return 0
        first = date.min if known is None else datetime.fromisoformat(known).date()
        rows = ledger.query(held.filter(held.checked_on >= first).select(*_COLUMNS)).to_pylist()
        with self._state.transaction():
            for row in rows:
                self._state.execute(_KEEP, [_text(row[name]) for name in _COLUMNS])
            oldest = newest.date() - timedelta(days=KEPT_DAYS)
            self._state.execute("DELETE FROM check_history WHERE checked_on < ?", (oldest.isoformat(),))
        return len(rows)

    def restore(self, ledger: Ledger) -> int:
        """Give back to `ledger` the days that it lacks, as one that was built anew does; return how many rows.

        Of a check that its files ask for no more in a store, nothing is given back.
        """
        import pyarrow as pa

        from zhanggui.ledger.engine import arrow_schema
        from zhanggui.ledger.schema import TABLES

        held = ledger.table(_TABLE)
        oldest = ledger.query(held.group_by(["check_name", "shop_id"]).aggregate(day=held.checked_on.min())).to_pylist()
        begins = {(row["check_name"], row["shop_id"]): row["day"].isoformat() for row in oldest}
        pairs = "SELECT check_name, shop_id, min(checked_on) AS day FROM check_history GROUP BY check_name, shop_id"
        kept = {(row["check_name"], row["shop_id"]): row["day"] for row in self._state.rows(pairs)}
        # Whatever empties a store's tables takes all of its days, so that those that are lacking are the oldest.
        short = {pair for pair, day in begins.items() if kept.get(pair, day) < day}
        if not short:
            return 0
        there = {tuple(row.values()) for row in ledger.query(held.select(*_KEY)).to_pylist()}
        rows = [_row(dict(row)) for row in self._state.rows("SELECT * FROM check_history")]
        mine = [row for row in rows if (row["check_name"], row["shop_id"]) in short]
        lacking = [row for row in mine if tuple(row[name] for name in _KEY) not in there]
        if lacking:
            with ledger.transaction() as tx:
                tx.insert(_TABLE, pa.Table.from_pylist(lacking, schema=arrow_schema(TABLES[_TABLE])))
        return len(lacking)


def _text(value: Any) -> Value:
    """Return a value of a row as the state file keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _row(kept: Row) -> Row:
    """Return a row as the ledger holds it; what answer it had followed from is not known any more."""
    return {**kept, **{name: read(kept[name]) for name, read in _DATES.items()}, "stamp": ""}

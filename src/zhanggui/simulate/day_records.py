"""One day of the world, as tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhanggui.simulate.rows import Rows, Table


@dataclass(slots=True)
class DayRecords:
    """All that one day of the world brought, by table name.

    Attributes
    ----------
    day : int
        Days since the first day of the world.
    midnight : int
        The moment at which the day begins.
    """

    day: int
    midnight: int
    _rows: dict[str, Rows] = field(default_factory=dict)

    def put(self, rows: Rows) -> None:
        """Add rows to their table."""
        held = self._rows.get(rows.table.name)
        self._rows[rows.table.name] = rows if held is None else Rows.together(rows.table, (held, rows))

    def __getitem__(self, table: Table) -> Rows:
        found = self._rows.get(table.name)
        return Rows.none(table) if found is None else found

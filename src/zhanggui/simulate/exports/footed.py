"""Workbooks that end with a row of sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from zhanggui.simulate.exports.files import Cells, SheetFile


class FootedSheet(SheetFile):
    """A workbook whose last row sums some of its columns.

    Parameters
    ----------
    path, header, made_at, above
        See `SheetFile`.
    label : str
        First cell of the last row, such as ``汇总``.
    summed : sequence of str
        Columns that are summed; plain numbers or amounts as text.
    unsummed : str, default ""
        What stands in the last row under all other columns.
    """

    def __init__(
        self,
        path: Path,
        header: Sequence[str],
        *,
        made_at: datetime,
        label: str,
        summed: Sequence[str],
        unsummed: str = "",
        above: Sequence[Sequence[str]] = (),
    ) -> None:
        super().__init__(path, header, made_at=made_at, above=above)
        self._label, self._unsummed = label, unsummed
        self._sums = dict.fromkeys(summed, Decimal(0))

    def add(self, columns: Mapping[str, Cells]) -> None:
        """Add rows; columns are found by their header, those not given are blank."""
        super().add(columns)
        for name in self._sums:
            self._sums[name] += sum((Decimal(str(cell)) for cell in columns[name]), Decimal(0))

    def close(self) -> None:
        """Write the row of sums and close the file."""
        sums = [str(self._sums[name]) if name in self._sums else self._unsummed for name in self._header[1:]]
        self._put([self._label, *sums])
        super().close()

"""Lists that the company keeps itself: plain text with a header, one file for all stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile


def own_list(folder: Path, view: View, dataset: str, name: str, header: Sequence[str]) -> Report:
    """Return a list that grows day by day; `name` is the beginning of its files' names."""

    def opened(period: Period) -> TextFile:
        return TextFile(folder / f"{name}_{period.between('%Y%m%d', '-')}{period.again}.csv", header)

    return Report(view, opened, dataset=dataset)


def whole_list(
    folder: Path, dataset: str, name: str, header: Sequence[str], columns: Mapping[str, Cells]
) -> WrittenFile:
    """Write a list as it stands at the moment of the export."""
    file = TextFile(folder / f"{name}.csv", header)
    file.add(columns)
    file.close()
    return WrittenFile(file.path, "", "", dataset, file.n_rows)

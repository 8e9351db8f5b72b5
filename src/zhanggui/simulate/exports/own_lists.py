"""Lists that the company keeps itself: plain text with a header, one file for all stores, explained by a column map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhanggui.simulate.exports.files import Cells, TextFile
from zhanggui.simulate.exports.maps import write_map
from zhanggui.simulate.exports.writing import Period, Report, View, WrittenFile
from zhanggui.simulate.options import Platform
from zhanggui.simulate.stores import Store


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the columns of a list are.

    Attributes
    ----------
    table : str
        What the list fills.
    columns : mapping of str to str
        Header in the file by the name that it is given.
    constants : mapping of str to str
        What holds for all rows, besides the currency.
    words : mapping of str to mapping
        Meaning of each word of a column, by the name that the column is given.
    """

    table: str
    columns: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def own_list(
    folder: Path, view: View, dataset: str, name: str, header: Sequence[str], meaning: Meaning | None = None
) -> Report:
    """Return a list that grows day by day; `name` is the beginning of its files' names."""

    def opened(period: Period) -> TextFile:
        return TextFile(folder / f"{name}_{period.between('%Y%m%d', '-')}{period.again}.csv", header)

    return Report(view, opened, dataset=dataset, map_file=_explained(folder, name, meaning))


def whole_list(
    folder: Path,
    dataset: str,
    name: str,
    header: Sequence[str],
    columns: Mapping[str, Cells],
    meaning: Meaning | None = None,
) -> WrittenFile:
    """Write a list as it stands at the moment of the export."""
    file = TextFile(folder / f"{name}.csv", header)
    file.add(columns)
    file.close()
    return WrittenFile(file.path, "", "", dataset, file.n_rows, _explained(folder, name, meaning))


def crm_store(stores: Sequence[Store]) -> dict[str, str]:
    """Return the constants that name the store whose system holds the customers: the own site where there is one."""
    own = [store for store in stores if store.platform is Platform.OWN_SITE] or list(stores)
    return {"platform": own[0].platform, "shop": own[0].name} if own else {}


def _explained(folder: Path, name: str, meaning: Meaning | None) -> Path | None:
    if meaning is None:
        return None
    return write_map(
        folder / f"{name}.toml",
        f"{name}: as the company's own systems export it.",
        table=meaning.table,
        columns=meaning.columns,
        constants={**meaning.constants, "currency": "CNY"},
        words=meaning.words,
    )

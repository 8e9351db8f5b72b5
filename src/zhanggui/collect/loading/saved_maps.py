"""Files whose header a person has mapped before are read with that map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from zhanggui.collect.mapping.layout import Layout
from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.collect.mapping.shape import shape_of
from zhanggui.collect.reading import HeaderScore, Hints, Limits, SourceTable, normalise_name, open_tables
from zhanggui.ledger.jobs import SavedMap

_SURE = 2.0
"""More than any format can score: a header that was mapped is a header."""


def layout_of_saved(saved: SavedMap) -> Layout:
    """Return the layout of a saved map; its name is what a person calls it, its id stays when it is renamed."""
    layout = layout_from(saved.document, file=f"saved map {saved.name}", name=saved.identity)
    return replace(
        layout, title_zh=f"按已保存的映射“{saved.name}”读取的文件", title_en=f"file read by the saved map {saved.name}"
    )


class SavedLayouts:
    """The layouts of the saved maps by the shapes of the headers that they read.

    Parameters
    ----------
    maps : sequence of SavedMap
    """

    def __init__(self, maps: Sequence[SavedMap]) -> None:
        self._by_shape = {shape: saved for saved in maps for shape in saved.shapes}

    def layout_for(self, table: SourceTable) -> Layout | None:
        """Return the layout of the map that was saved for a header like this one, or None."""
        if not self._by_shape:
            return None
        saved = self._by_shape.get(shape_of(table.header))
        if saved is None:
            return None
        layout = layout_of_saved(saved)
        # A map that names a sheet was made where another sheet has the same header.
        return layout if layout.options.sheet in (None, table.sheet) else None

    def wanted(self, otherwise: HeaderScore) -> HeaderScore:
        """Return how much a row looks like a header, where the headers that were mapped are known too."""
        if not self._by_shape:
            return otherwise

        def score(row: list[str]) -> float:
            return _SURE if shape_of(row) in self._by_shape else otherwise(row)

        return score


def reread(stream: BinaryIO, table: SourceTable, name: str, layout: Layout, limits: Limits) -> SourceTable:
    """Return the table read as the map says, where the map says how to read it."""
    options = layout.options
    if options.encoding is None and options.delimiter is None and options.header_row is None:
        return table
    for again in open_tables(stream, name, limits=limits, hints=mapped_hints(layout)):
        if again.name == table.name:
            return again
    return table


def mapped_hints(layout: Layout) -> Hints:
    """Return what a map says about a file before it is read."""
    options = layout.options
    headers = {normalise_name(source) for sources in layout.columns.values() for source in sources}
    return Hints(
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
        header_row=options.header_row,
        wanted=lambda row: sum(name in headers for name in row) / max(len(headers), 1),
    )

"""What a caller may ask of a reading, and how much a file may ask of the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

HeaderScore = Callable[[list[str]], float]
"""Takes normalised header names, returns how much they look like a known format (0 = not at all)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one hostile or broken file from taking the machine down.

    Parameters
    ----------
    max_columns : int
        More columns than this are refused.
    max_cell_chars : int
        A longer cell makes its row a problem.
    max_record_bytes : int
        The longest row of a text file; a quote that is still open after so many bytes counts as never closed.
    max_zip_entries : int
        Entries of one archive.
    max_inflated_bytes : int
        What one archive may unpack to, counted while unpacking.
    max_ratio : int
        Unpacked size ÷ packed size, judged once `ratio_after_bytes` are unpacked: small texts of one value repeated
        pack very well and are harmless.
    ratio_after_bytes : int
        See `max_ratio`.
    max_in_memory_bytes : int
        Workbooks and Parquet files inside a ZIP, and the cells of one workbook, are held in memory up to this size.
    head_bytes : int
        How much of a text file is looked at to find encoding, delimiter and header.
    block_bytes : int
        How much of a text file is parsed at a time.
    header_search_rows : int
        The header must be among the first rows.
    """

    max_columns: int = 1_000
    max_cell_chars: int = 131_072
    max_record_bytes: int = 1 << 20
    max_zip_entries: int = 1_000
    max_inflated_bytes: int = 2 << 30
    max_ratio: int = 100
    ratio_after_bytes: int = 1 << 20
    max_in_memory_bytes: int = 512 << 20
    head_bytes: int = 1 << 20
    block_bytes: int = 4 << 20
    header_search_rows: int = 50


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows about a file; everything may be left out.

    Parameters
    ----------
    encoding : str, optional
        Name of a text encoding, such as ``gb18030`` or ``cp1252``.
    delimiter : str, optional
        One character between cells.
    sheet : str, optional
        The only sheet of a workbook to read.
    header_row : int, optional
        Row of the header, counted from 1 as a spreadsheet does.
    wanted : callable, optional
        Judges candidate headers; the best judged row becomes the header.
    id_columns : frozenset of str
        Normalised names of columns that identify a row: a row is a footer (合计) only where these are empty.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    wanted: HeaderScore | None = None
    id_columns: frozenset[str] = field(default_factory=frozenset)

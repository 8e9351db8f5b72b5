"""Finding the header among titles, and telling footers, comments and blank rows from data."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.faults import NoHeaderError, TooManyColumnsError
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.tables import normalise_header, normalise_name
from zhanggui.collect.reading.values.parsed import mask_of

FOOTER_WORDS = frozenset(
    (
        "合计",
        "合计：",
        "合计:",
        "汇总",
        "总计",
        "总计：",
        "总计:",
        "小计",
        "全部",
        "Total",
        "total",
        "TOTAL",
        "Grand Total",
    )
)
_BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff"
_LONGEST_NAME = 1_000
_VALUE = re.compile(r"^[\s￥¥$+\-()'\"=]*\d[\d\s.,:/\-%~年月日时分秒TZ+)E元'\"]*$")


def header_position(rows: Sequence[Sequence[str]], name: str, *, hints: Hints, limits: Limits) -> int:
    """Return the index of the header among the first rows of a file.

    Parameters
    ----------
    rows : sequence of rows of cells
    name : str
        The file, for messages.
    hints : Hints
        `header_row` decides; else the row that `wanted` likes best; else the row with most distinct texts.
    limits : Limits

    Raises
    ------
    NoHeaderError
        There is no row with text, or `header_row` is beyond the end.
    TooManyColumnsError
        The header is too wide.

    Examples
    --------
    >>> header_position([['账单'], ['订单号', '金额'], ['A1', '3.5']], 'f', hints=Hints(), limits=Limits())
    1
    """
    rows = rows[: limits.header_search_rows] if hints.header_row is None else rows
    if hints.header_row is not None:
        position = hints.header_row - 1
        if not 0 <= position < len(rows):
            raise NoHeaderError(name, f"Row {hints.header_row} was named as the header, and is not there.")
    else:
        scores = [_score(row, hints) for row in rows]
        best = max(scores, default=(0.0, 0))
        if best[1] == 0:
            raise NoHeaderError(name, f"None of the first {limits.header_search_rows} rows looks like a header.")
        position = scores.index(best)
    if max(len(cell) for cell in rows[position]) > _LONGEST_NAME:
        raise NoHeaderError(name, f"Row {position + 1} has a cell too long to be a column name.")
    if len(rows[position]) > limits.max_columns:
        raise TooManyColumnsError(name, len(rows[position]), limits.max_columns)
    return position


def _score(row: Sequence[str], hints: Hints) -> tuple[float, int]:
    texts = {cell.strip(_BLANKS) for cell in row}
    n_texts = sum(1 for text in texts if text and not _VALUE.match(text))
    wanted = hints.wanted(list(normalise_header(row))) if hints.wanted is not None and n_texts else 0.0
    return wanted, n_texts


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row holds nothing but blanks."""
    return not any(cell.strip(_BLANKS) for cell in cells)


def is_non_data(cells: Sequence[str], header: Sequence[str], hints: Hints) -> bool:
    """Whether a row is blank, a footer, a comment line or the header once more.

    Parameters
    ----------
    cells : sequence of str
    header : sequence of str
        Normalised header names.
    hints : Hints
        Where `id_columns` are known, a row with an id is never a footer.

    Examples
    --------
    >>> is_non_data(['', '合计', '3'], ['a', 'b', 'c'], Hints()), is_non_data(['#-----'], ['a', 'b', 'c'], Hints())
    (True, True)
    """
    first = next((stripped for cell in cells if (stripped := cell.strip(_BLANKS))), None)
    if first is None:
        return True
    if first.startswith("#") and len(cells) < len(header):
        return True
    if first in FOOTER_WORDS:
        ids = [c.strip(_BLANKS) for c, name in zip(cells, header, strict=False) if name in hints.id_columns]
        return all(not c or c in FOOTER_WORDS for c in ids)
    # The whole row is compared only where its first cell is alike: that is so of hardly any row.
    is_alike = len(cells) == len(header) and bool(cells[0].strip(_BLANKS)) and normalise_name(cells[0]) == header[0]
    return is_alike and normalise_header(cells) == tuple(header)


def non_data_mask(batch: pa.RecordBatch, hints: Hints, *, raw_first: str = "") -> npt.NDArray[np.bool_] | None:
    """Return which rows of a batch of texts are no data (see `is_non_data`), or None where all are.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        Its columns are named as the header, normalised.
    hints : Hints
    raw_first : str, optional
        The first name of the header as the file writes it.

    Notes
    -----
    Only rows whose first text is a footer word or the first header name are looked at one by one.
    """
    header = batch.schema.names
    words = pa.array([*FOOTER_WORDS, header[0], raw_first.strip(_BLANKS) or header[0]], pa.string())
    first = pc.utf8_trim(batch.column(0), _BLANKS)
    is_open = mask_of(pc.equal(pc.binary_length(first), 0))
    suspects = np.flatnonzero(mask_of(pc.is_in(first, value_set=words)))
    found = np.zeros(batch.num_rows, dtype=bool)
    if is_open.any():
        # Rows that begin with blank cells: the first cell with text decides, none means a blank row.
        open_rows = np.flatnonzero(is_open)
        for column in batch.columns[1:]:
            texts = pc.utf8_trim(column.take(pa.array(open_rows)), _BLANKS)
            suspects = np.append(suspects, open_rows[mask_of(pc.is_in(texts, value_set=words))])
            open_rows = open_rows[mask_of(pc.equal(pc.binary_length(texts), 0))]
            if not len(open_rows):
                break
        found[open_rows] = True
    if len(suspects):
        part = batch.take(pa.array(suspects))
        rows = zip(*(column.to_pylist() for column in part.columns), strict=True)
        found[suspects] = [is_non_data(cells, header, hints) for cells in rows]
    return found if found.any() else None

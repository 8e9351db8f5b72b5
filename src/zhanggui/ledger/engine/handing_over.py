"""Rows on their way from Python into a statement of the engine."""

from __future__ import annotations

import pyarrow as pa


class RowsOnce:
    """Rows on their way into a statement. The engine keeps what it was given until the transaction ends: this box."""

    def __init__(self, rows: pa.Table | pa.RecordBatchReader) -> None:
        self.rows: pa.Table | pa.RecordBatchReader | None = rows

    def __arrow_c_schema__(self) -> object:
        """Give the engine the types of the rows."""
        assert self.rows is not None, "the statement is over"
        return self.rows.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the engine the rows."""
        assert self.rows is not None, "the statement is over"
        return self.rows.__arrow_c_stream__(requested_schema)

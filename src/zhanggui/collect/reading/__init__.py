"""Bytes become named columns of text, and columns of text become typed ones.

`open_tables` finds the tables of a file; `zhanggui.collect.reading.values` types their columns.
"""

from zhanggui.collect.reading.faults import (
    ArchiveRefusedError,
    EmptyFileError,
    EncryptedFileError,
    NoHeaderError,
    ReadingError,
    TooLargeError,
    TooManyColumnsError,
    TruncatedFileError,
    UnknownSheetError,
    UnreadableFileError,
)
from zhanggui.collect.reading.limits import HeaderScore, Hints, Limits
from zhanggui.collect.reading.rules import ROW_RULES
from zhanggui.collect.reading.sources import open_tables
from zhanggui.collect.reading.tables import (
    BATCH_ROWS,
    RowProblem,
    SourceTable,
    TextBatch,
    header_signature,
    normalise_header,
    normalise_name,
)

__all__ = [
    "BATCH_ROWS",
    "ROW_RULES",
    "ArchiveRefusedError",
    "EmptyFileError",
    "EncryptedFileError",
    "HeaderScore",
    "Hints",
    "Limits",
    "NoHeaderError",
    "ReadingError",
    "RowProblem",
    "SourceTable",
    "TextBatch",
    "TooLargeError",
    "TooManyColumnsError",
    "TruncatedFileError",
    "UnknownSheetError",
    "UnreadableFileError",
    "header_signature",
    "normalise_header",
    "normalise_name",
    "open_tables",
]

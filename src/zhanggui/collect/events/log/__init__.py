"""The durable log of what was collected: segments of sealed frames, written by one process and read by any.

An event is answered only after its frame is on disk. What the log holds is the truth; the ledger's events are made
from it, and can be made again.
"""

from zhanggui.collect.events.log.committing import GroupCommit, LogFullError
from zhanggui.collect.events.log.disk import Disk, DiskFile
from zhanggui.collect.events.log.reading import (
    READ_BYTES,
    LogRead,
    Segment,
    read_segment,
    segments_of,
    waiting_bytes,
    writers_of,
)
from zhanggui.collect.events.log.records import Record, packed, records_of
from zhanggui.collect.events.log.writing import LOG_DIRECTORY, LogBusyError, LogWriter

__all__ = [
    "LOG_DIRECTORY",
    "READ_BYTES",
    "Disk",
    "DiskFile",
    "GroupCommit",
    "LogBusyError",
    "LogFullError",
    "LogRead",
    "LogWriter",
    "Record",
    "Segment",
    "packed",
    "read_segment",
    "records_of",
    "segments_of",
    "waiting_bytes",
    "writers_of",
]

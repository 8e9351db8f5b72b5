"""Writing the log: a group of records becomes one frame and one forced write."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from zhanggui.collect.events.log.disk import Disk, DiskFile
from zhanggui.collect.events.log.framing import FILE_HEAD, framed, valid_end
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy import Sealer, ShopKey

LOG_DIRECTORY = "log"
SEGMENT_SUFFIX = ".zgl"
SEGMENT_BYTES = 64 << 20
BLOCK_BYTES = 1 << 20
DURABLE_FILE = "durable"
_LOCK_FILE = "writer.lock"
_SEGMENT = re.compile(rf"\d{{8}}{re.escape(SEGMENT_SUFFIX)}")


class LogBusyError(ZhangguiError):
    """Another process writes this log."""

    code = "log_busy"

    def __init__(self, directory: Path) -> None:
        super().__init__(
            "Another collector of this shop is running.",
            where=str(directory),
            next_step="stop it first; one collector of each name writes its own log",
        )


class LogWriter:
    """The one writer of one log.

    Parameters
    ----------
    shop_dir : Path
    key : ShopKey
        Seals what is written.
    name : str
        Directory of this writer below ``log/``: a collector of its own and a server each have one.
    disk : Disk, optional
        What is written to.
    segment_bytes : int
        A segment that has grown beyond this is followed by a new one.

    Raises
    ------
    LogBusyError
        Another process holds this log.

    Notes
    -----
    A writer never adds to a segment that another one has left: it cuts off its torn end and begins a new one.
    """

    def __init__(
        self,
        shop_dir: Path,
        key: ShopKey,
        *,
        name: str = "collector",
        disk: Disk | None = None,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> None:
        self.directory = shop_dir / LOG_DIRECTORY / name
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(self.directory / _LOCK_FILE, timeout=0, mode=0o600)
        try:
            self._lock.acquire()
        except Timeout:
            raise LogBusyError(self.directory) from None
        self.name = name
        self._sealer = Sealer(key)
        self._disk = disk or Disk()
        self._segment_bytes = segment_bytes
        self._file: DiskFile | None = None
        self._size = 0
        numbers = segment_numbers(self.directory)
        self._number = numbers[-1] if numbers else 0
        if numbers:
            self._mend(numbers[-1])
        self._mark = os.open(self.directory / DURABLE_FILE, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            self._begin()
        except OSError:
            self.close()
            raise

    def append(self, records: list[bytes]) -> None:
        """Write records and return once they are on disk.

        Raises
        ------
        OSError
            They are not: nothing of them counts, and the next group begins a new segment.
        """
        if self._file is None or self._size >= self._segment_bytes:
            self._begin()
        assert self._file is not None
        before = self._size
        try:
            for block in _blocks(records):
                frame = framed(block, self._sealer, self._place, self._size)
                self._file.write(frame)
                self._size += len(frame)
            self._file.sync()
        except OSError:
            # After a failed fsync nobody knows what is on disk: this file is left as it was before.
            with suppress(OSError):
                self._file.truncate(before)
            self._abandon()
            raise
        self._tell_durable()

    def close(self) -> None:
        """Leave the log to the next writer."""
        self._abandon()
        os.close(self._mark)
        self._lock.release()

    @property
    def _place(self) -> str:
        return place_of(self.name, self._number)

    def _begin(self) -> None:
        """Begin a segment whose name survives a power cut before anything in it is promised."""
        self._abandon()
        # A number is never tried twice: what a full disk has left of a segment stays as it is.
        self._number += 1
        file = self._disk.create(segment_path(self.directory, self._number))
        try:
            file.write(FILE_HEAD)
            file.sync()
            self._disk.sync_directory(self.directory)
        except OSError:
            file.close()
            raise
        self._file, self._size = file, len(FILE_HEAD)
        self._tell_durable()

    def _abandon(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _tell_durable(self) -> None:
        """Tell readers how far they may read."""
        # Not worth failing for: readers then come to what was written a little later.
        with suppress(OSError):
            os.lseek(self._mark, 0, os.SEEK_SET)
            os.write(self._mark, b"%08d %012d\n" % (self._number, self._size))

    def _mend(self, number: int) -> None:
        """Cut the torn end off the segment that the last writer left."""
        path = segment_path(self.directory, number)
        data = path.read_bytes()
        end = valid_end(data, self._sealer, place_of(self.name, number))
        if end < len(data):
            with path.open("r+b") as file:
                file.truncate(end)
                os.fsync(file.fileno())


def place_of(name: str, number: int) -> str:
    """Return the name of a segment, as its frames are sealed for it."""
    return f"{LOG_DIRECTORY}/{name}/{number:08d}"


def segment_path(directory: Path, number: int) -> Path:
    """Return where a segment is."""
    return directory / f"{number:08d}{SEGMENT_SUFFIX}"


def segment_numbers(directory: Path) -> list[int]:
    """Return the numbers of the segments of one writer, in order."""
    found = (path.name for path in directory.glob(f"*{SEGMENT_SUFFIX}"))
    return sorted(int(name[:8]) for name in found if _SEGMENT.fullmatch(name))


def _blocks(records: list[bytes]) -> list[bytes]:
    """Put records together into blocks of bearable size."""
    blocks: list[bytes] = []
    group: list[bytes] = []
    n_bytes = 0
    for record in records:
        if group and n_bytes + len(record) > BLOCK_BYTES:
            blocks.append(b"".join(group))
            group, n_bytes = [], 0
        group.append(record)
        n_bytes += len(record)
    return [*blocks, b"".join(group)] if group else blocks

"""The few operations on files that the log is built on, so that a test can lose what was not forced to disk."""

from __future__ import annotations

import os
from pathlib import Path


class DiskFile:
    """A file that is only appended to.

    Parameters
    ----------
    path : Path
        Made new; an existing file is an error.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)

    def write(self, data: bytes) -> None:
        """Append all of `data`."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._fd, view) :]

    def sync(self) -> None:
        """Force what was written to disk."""
        # Without fdatasync (macOS), fsync does more than is asked.
        (os.fdatasync if hasattr(os, "fdatasync") else os.fsync)(self._fd)

    def truncate(self, size: int) -> None:
        """Cut the file to its first `size` bytes."""
        os.ftruncate(self._fd, size)

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


class Disk:
    """The disk of this machine."""

    def create(self, path: Path) -> DiskFile:
        """Make a new file to append to."""
        return DiskFile(path)

    def sync_directory(self, path: Path) -> None:
        """Force the names in a directory to disk; Windows does so by itself."""
        if os.name == "posix":
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

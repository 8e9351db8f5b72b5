"""The store of source files: encrypted, immutable, each content once, complete or not there at all."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256 as new_sha256
from pathlib import Path
from typing import BinaryIO

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy.frames import FRAME_BITS, DecryptingReader, RawFileDamagedError, ReadsBytes, encrypt_stream
from zhanggui.ledger.privacy.keys import ShopKey

RAW_SUFFIX = ".zgr"

_PART_SUFFIX = ".raw-part"
_BUFFER_BYTES = 1 << 16
_RAW_ID = re.compile(r"[0-9a-f]{64}")


class RawFileMissingError(ZhangguiError):
    """A source file that the ledger names is not in ``raw/``."""

    code = "raw_file_missing"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            "A stored source file is missing.",
            where=str(path),
            next_step="restore it from your backup, or load the original file again",
        )


@dataclass(frozen=True, slots=True)
class StoredRaw:
    """A stored source file.

    Attributes
    ----------
    raw_id : str
        Its name in the store. Equal bytes have equal ids.
    sha256 : str
        Hex digest of its plain bytes.
    size : int
        Number of its plain bytes.
    is_new : bool
        False when the same bytes were stored before.
    """

    raw_id: str
    sha256: str
    size: int
    is_new: bool


class RawStore:
    """The ``raw/`` directory of a shop.

    Parameters
    ----------
    shop_dir : Path
        The shop directory; files are finished in its ``tmp/`` and then moved into its ``raw/``.
    key : ShopKey
        The shop's key.
    frame_bits : int, default 20
        Size of the frames of new files, as a power of two.
    """

    def __init__(self, shop_dir: Path, key: ShopKey, *, frame_bits: int = FRAME_BITS) -> None:
        self.directory = shop_dir / "raw"
        self._tmp = shop_dir / "tmp"
        self._key = key
        self._frame_bits = frame_bits
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self._tmp.mkdir(mode=0o700, exist_ok=True)

    def put(self, source: BinaryIO | Path, progress: Callable[[int], None] | None = None) -> StoredRaw:
        """Store the bytes of `source`; storing the same bytes again changes nothing.

        Parameters
        ----------
        source : Path or binary reader
            Read once, from its current position to the end.
        progress : callable, optional
            Called with the number of bytes done.

        Returns
        -------
        StoredRaw

        Notes
        -----
        The file is written into ``tmp/``, forced to disk and renamed, so that a power cut leaves either the whole
        file or none.
        """
        if isinstance(source, Path):
            with source.open("rb", buffering=0) as file:
                return self._put(file, progress)
        return self._put(source, progress)

    def _put(self, source: ReadsBytes, progress: Callable[[int], None] | None) -> StoredRaw:
        descriptor, name = tempfile.mkstemp(suffix=_PART_SUFFIX, dir=self._tmp)
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                digest, size = encrypt_stream(source, file, self._key, progress, frame_bits=self._frame_bits)
                file.flush()
                os.fsync(file.fileno())
            target = self.path(digest)
            is_new = not self._is_whole(digest)
            if is_new:
                part.replace(target)
                _sync_directory(self.directory)
            return StoredRaw(raw_id=digest, sha256=digest, size=size, is_new=is_new)
        finally:
            part.unlink(missing_ok=True)

    def open(self, raw_id: str) -> io.BufferedReader:
        """Open a stored file for reading its plain bytes; it can seek.

        Raises
        ------
        RawFileMissingError
            There is no such file.
        RawFileDamagedError
            The file is not what was stored. Also raised later, by reads that meet a damaged part.
        """
        try:
            return io.BufferedReader(DecryptingReader(self.path(raw_id), self._key, raw_id), _BUFFER_BYTES)
        except FileNotFoundError:
            raise RawFileMissingError(self.path(raw_id)) from None

    def verify(self, raw_id: str) -> int:
        """Read a stored file to its end and compare its digest; return its size in plain bytes.

        Raises
        ------
        RawFileMissingError, RawFileDamagedError
            As :meth:`open` does.
        """
        digest = new_sha256()
        size = 0
        with self.open(raw_id) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
        if digest.hexdigest() != raw_id:
            raise RawFileDamagedError(self.path(raw_id), "its digest is another one")
        return size

    def path(self, raw_id: str) -> Path:
        """Return where a stored file is, or would be.

        Raises
        ------
        ValueError
            `raw_id` is no id of a stored file, such as one with a path in it.
        """
        if not _RAW_ID.fullmatch(raw_id):
            raise ValueError(f"not the id of a stored file: {raw_id!r}")
        return self.directory / f"{raw_id}{RAW_SUFFIX}"

    def ids(self) -> list[str]:
        """Return the ids of all stored files, in order."""
        return sorted(path.stem for path in self.directory.glob(f"*{RAW_SUFFIX}") if _RAW_ID.fullmatch(path.stem))

    def clean_leftovers(self) -> int:
        """Delete what a killed program left half written in ``tmp/``; return how many files.

        Only the owner of the shop may call this: another program's unfinished file looks the same.
        """
        leftovers = list(self._tmp.glob(f"*{_PART_SUFFIX}"))
        for path in leftovers:
            with suppress(FileNotFoundError):
                path.unlink()
        return len(leftovers)

    def _is_whole(self, raw_id: str) -> bool:
        """Tell whether the file is stored already; a damaged one is stored anew."""
        try:
            return self.verify(raw_id) >= 0
        except (RawFileMissingError, RawFileDamagedError):
            return False


def _sync_directory(directory: Path) -> None:
    """Make a rename durable. Windows does so by itself and cannot open a directory."""
    if os.name == "posix":
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

"""Archives within limits: counted while unpacking, never written to disk."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from zhanggui.collect.reading.faults import (
    ArchiveRefusedError,
    EncryptedFileError,
    TooLargeError,
    TruncatedFileError,
)
from zhanggui.collect.reading.limits import Limits

_PIECE = 1 << 20
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, OverflowError, ValueError)
"""What reading a damaged archive may raise; a wrong offset, for one, ends in a negative seek."""
_BOMB = "it unpacks to far more than real data would"


def open_archive(stream: BinaryIO, name: str, limits: Limits) -> zipfile.ZipFile:
    """Return an opened ZIP whose directory is acceptable.

    Raises
    ------
    TruncatedFileError
        The end of the archive is missing.
    ArchiveRefusedError
        Too many entries, or an entry that is a link or points outside.
    EncryptedFileError
        An entry needs a password.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (*DAMAGE, NotImplementedError) as error:
        raise TruncatedFileError(name, "the end of the ZIP is missing or damaged") from error
    members = archive.infolist()
    if len(members) > limits.max_zip_entries:
        raise ArchiveRefusedError(name, f"it has {len(members):,} entries, at most {limits.max_zip_entries:,} are read")
    for member in members:
        _check_member(member, name)
    if sum(member.file_size for member in members) > limits.max_inflated_bytes:
        raise TooLargeError(
            name, f"The archive is refused: {_BOMB}.", next_step="unpack it and load the files one by one"
        )
    return archive


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    path = member.filename.replace("\\", "/")
    if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
        raise ArchiveRefusedError(name, f"entry {member.filename!r} points outside the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ArchiveRefusedError(name, f"entry {member.filename!r} is a link")
    if member.flag_bits & 0x1:
        raise EncryptedFileError(name)


def member_name(member: zipfile.ZipInfo) -> str:
    """Return an entry's name; names of Chinese tools that are not marked as UTF-8 are GB18030.

    Examples
    --------
    >>> member_name(zipfile.ZipInfo('订单.csv'.encode('gbk').decode('cp437')))
    '订单.csv'
    """
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def inflated(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, budget: list[int]
) -> Iterator[bytes]:
    """Yield an entry's bytes in pieces, counting what comes out.

    Parameters
    ----------
    archive, member
        The open archive and its entry.
    name : str
        The file, for messages.
    limits : Limits
    budget : list of one int
        Bytes that may still come out of the archive; counted down.
    """
    packed = max(member.compress_size, 1)
    n_bytes = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(_PIECE):
                n_bytes += len(piece)
                budget[0] -= len(piece)
                check_bomb(n_bytes, packed, name, limits, budget)
                yield piece
    except DAMAGE as error:
        raise TruncatedFileError(name, f"entry {member.filename!r} cannot be unpacked") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ArchiveRefusedError(name, f"entry {member.filename!r} is packed in an unusual way") from error


def entry_head(archive: zipfile.ZipFile, entry: str, name: str) -> bytes:
    """Return the first megabyte of an entry by its name; raises TruncatedFileError where it is damaged."""
    try:
        with archive.open(entry) as file:
            return file.read(_PIECE)
    except DAMAGE as error:
        raise TruncatedFileError(name, f"entry {entry!r} cannot be unpacked") from error


def check_bomb(n_bytes: int, packed: int, name: str, limits: Limits, budget: list[int]) -> None:
    """Raise TooLargeError where what was unpacked goes beyond the limits."""
    is_ratio_broken = n_bytes > limits.ratio_after_bytes and n_bytes > packed * limits.max_ratio
    if is_ratio_broken or budget[0] < 0:
        raise TooLargeError(
            name, f"The archive is refused: {_BOMB}.", next_step="unpack it and load the files one by one"
        )


class MemberStream(io.RawIOBase):
    """An entry of an archive as a stream of bytes that may be read once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        """Whether the stream can be read: yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, all that is left where `size` is negative."""
        while size < 0 or len(self._left) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._left += piece
        size = len(self._left) if size < 0 else size
        part, self._left = self._left[:size], self._left[size:]
        return part


def gzip_opener(opener: Callable[[], BinaryIO], name: str, limits: Limits) -> Callable[[], BinaryIO]:
    """Return an opener of the unpacked bytes of a gzip file."""

    def pieces() -> Iterator[bytes]:
        raw = opener()
        budget = [limits.max_inflated_bytes]
        n_bytes = 0
        try:
            with gzip.GzipFile(fileobj=raw) as file:
                while piece := file.read(_PIECE):
                    n_bytes += len(piece)
                    budget[0] -= len(piece)
                    check_bomb(n_bytes, raw.tell(), name, limits, budget)
                    yield piece
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise TruncatedFileError(name, "the gzip data end too early") from error

    return lambda: MemberStream(pieces())  # type: ignore[return-value]  # reads like a BinaryIO

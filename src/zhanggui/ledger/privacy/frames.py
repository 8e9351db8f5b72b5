"""The encrypted file format of ``raw/``: AES-256-GCM in frames, so that a file of any size streams and seeks.

A file is a 32-byte header and one or more frames of (usually) 1 MiB plain text, each followed by its 16-byte tag; only
the last frame may be shorter. The key is derived per file from a random salt in the header. Nonce and associated data
hold the frame's number and whether it is the last one, and the last frame also binds the digest and size of the whole:
no frame can be changed, dropped, repeated, swapped or brought from another file without failing to decrypt.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from zhanggui.errors import ZhangguiError
from zhanggui.ledger.privacy.keys import ShopKey

FRAME_BITS = 20
"""Frames hold ``2 ** FRAME_BITS`` bytes, unless a file says otherwise in its header."""

TAG_BYTES = 16
HEADER_BYTES = 32

_MAGIC = b"ZGRAW\x01"
_FRAME_BITS_ALLOWED = range(4, 25)
_SALT_START = len(_MAGIC) + 2
_PREFIX_BYTES = 7


class RawFileDamagedError(ZhangguiError):
    """A stored source file is not what was stored."""

    code = "raw_file_damaged"

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            f"A stored source file is damaged: {reason}.",
            where=str(path),
            next_step="restore it from your backup, or load the original file again",
        )


class ReadsBytes(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        ...


class _FrameCipher:
    """Encrypts and decrypts the numbered frames of one file."""

    def __init__(self, key: ShopKey, header: bytes) -> None:
        self._aead = AESGCM(key.subkey("raw", header))
        self._header = header
        self._prefix = header[_SALT_START : _SALT_START + _PREFIX_BYTES]

    def seal(self, number: int, frame: bytes, ending: bytes = b"") -> bytes:
        place = struct.pack(">IB", number, bool(ending))
        return self._aead.encrypt(self._prefix + place, frame, self._header + place + ending)

    def open(self, number: int, frame: bytes, ending: bytes = b"") -> bytes:
        place = struct.pack(">IB", number, bool(ending))
        return self._aead.decrypt(self._prefix + place, frame, self._header + place + ending)


def _ending(sha256: bytes, size: int) -> bytes:
    return sha256 + struct.pack(">Q", size)


def encrypt_stream(
    source: ReadsBytes,
    target: BinaryIO,
    key: ShopKey,
    progress: Callable[[int], None] | None = None,
    *,
    frame_bits: int = FRAME_BITS,
) -> tuple[str, int]:
    """Copy `source` into `target`, encrypted, in one pass and bounded memory.

    Parameters
    ----------
    source : binary reader
        Plain bytes.
    target : binary file
        Receives the encrypted file; the caller makes it durable.
    key : ShopKey
        The shop's key.
    progress : callable, optional
        Called with the number of plain bytes done.
    frame_bits : int, default 20
        Size of a frame as a power of two, 4 to 24.

    Returns
    -------
    sha256 : str
        Hex digest of the plain bytes.
    size : int
        Number of plain bytes.
    """
    frame_bytes = 1 << frame_bits
    header = _MAGIC + bytes([frame_bits, 0]) + os.urandom(HEADER_BYTES - _SALT_START)
    cipher = _FrameCipher(key, header)
    digest = hashlib.sha256()
    target.write(header)
    size = number = 0
    # One frame is read ahead, because the last one is sealed differently.
    frame = _read_frame(source, frame_bytes)
    while True:
        digest.update(frame)
        size += len(frame)
        following = _read_frame(source, frame_bytes) if len(frame) == frame_bytes else b""
        if not following:
            break
        target.write(cipher.seal(number, frame))
        frame, number = following, number + 1
        if progress is not None:
            progress(size)
    target.write(cipher.seal(number, frame, _ending(digest.digest(), size)))
    if progress is not None:
        progress(size)
    return digest.hexdigest(), size


def _read_frame(source: ReadsBytes, n_bytes: int) -> bytes:
    """Read a whole frame; pipes and uploads may give less than asked for at a time."""
    frame = source.read(n_bytes)
    if not frame or len(frame) == n_bytes:
        return frame
    parts = [frame]
    missing = n_bytes - len(frame)
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


class DecryptingReader(io.RawIOBase):
    """Reads an encrypted file as if it were the plain one: sequentially, or seeking by frame.

    The last frame is decrypted on opening, so that a cut or exchanged file is refused before its first byte.

    Parameters
    ----------
    path : Path
        The encrypted file.
    key : ShopKey
        The shop's key.
    sha256 : str
        Hex digest of the plain bytes that the caller expects.

    Raises
    ------
    RawFileDamagedError
        On opening or on reading, when a frame is not what was stored.
    """

    def __init__(self, path: Path, key: ShopKey, sha256: str) -> None:
        super().__init__()
        self._path = path
        # Unbuffered: every read is a whole frame already.
        self._file = path.open("rb", buffering=0)
        try:
            header = self._stored(0, HEADER_BYTES)
            if not header.startswith(_MAGIC) or header[len(_MAGIC)] not in _FRAME_BITS_ALLOWED:
                raise RawFileDamagedError(path, "its header is not of this program")
            self._frame_bytes = 1 << header[len(_MAGIC)]
            body = os.fstat(self._file.fileno()).st_size - HEADER_BYTES
            self._n_frames = max(1, -(-body // (self._frame_bytes + TAG_BYTES)))
            self._size = body - TAG_BYTES * self._n_frames
            # An empty file is one empty frame; of several frames the last holds something.
            if self._size < (self._n_frames - 1) * self._frame_bytes + (self._n_frames > 1):
                raise RawFileDamagedError(path, "its last part is cut short")
            self._ending = _ending(bytes.fromhex(sha256), self._size)
            self._cipher = _FrameCipher(key, header)
            self._position = 0
            self._frame_number = -1
            self._frame = memoryview(b"")
            self._load(self._n_frames - 1)
        except BaseException:
            self._file.close()
            raise

    @property
    def size(self) -> int:
        """Number of plain bytes."""
        return self._size

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in the plain bytes."""
        self._check_open()
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in the plain bytes; past the end is allowed and reads nothing."""
        self._check_open()
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            # What a file on disk answers: readers of archives that look for something before the start rely on it.
            raise OSError(errno.EINVAL, f"negative position {start + offset}")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # Buffer is 3.12
        """Fill `buffer` from the current position; return the number of bytes, 0 at the end."""
        self._check_open()
        if self._position >= self._size:
            return 0
        number, offset = divmod(self._position, self._frame_bytes)
        if number != self._frame_number:
            self._load(number)
        target = memoryview(buffer).cast("B")
        piece = self._frame[offset : offset + len(target)]
        target[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("the file is closed")

    def _load(self, number: int) -> None:
        is_last = number == self._n_frames - 1
        start = number * (self._frame_bytes + TAG_BYTES)
        n_plain = min(self._frame_bytes, self._size - number * self._frame_bytes)
        stored = self._stored(HEADER_BYTES + start, n_plain + TAG_BYTES)
        try:
            plain = self._cipher.open(number, stored, self._ending if is_last else b"")
        except (InvalidTag, ValueError):
            reason = f"part {number + 1} of {self._n_frames} does not decrypt with this shop's key"
            raise RawFileDamagedError(self._path, reason) from None
        self._frame, self._frame_number = memoryview(plain), number

    def _stored(self, start: int, n_bytes: int) -> bytes:
        self._file.seek(start)
        parts: list[bytes] = []
        while n_bytes > 0 and (part := self._file.read(n_bytes)):
            parts.append(part)
            n_bytes -= len(part)
        if n_bytes > 0:
            raise RawFileDamagedError(self._path, "it is cut short")
        return parts[0] if len(parts) == 1 else b"".join(parts)

"""Receiving uploaded files: streamed to disk, limited in number and size, never held in memory."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import IO, TYPE_CHECKING

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser
from starlette.requests import Request

from zhanggui.app.problems import RequestError
from zhanggui.app.workbench import UPLOAD_PREFIX

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_FILES = 100
MOST_FIELD_BYTES = 1 << 20
LONGEST_NAME = 150


class UploadTooLargeError(RequestError):
    """An upload is larger than the settings allow."""

    code = "upload_too_large"

    def __init__(self, name: str, *, limit: str) -> None:
        super().__init__(
            f"The upload is larger than {limit}.",
            where=name,
            next_step="split it, or raise [limits] max_file_mb in shop.toml",
        )


class UploadBrokenError(RequestError):
    """An upload is not a multipart form, or ended early."""

    code = "upload_broken"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The upload cannot be read: {why}.", where="the request's body", next_step="send the files again"
        )


@dataclass(slots=True)
class Received:
    """What came: files on disk and short text fields."""

    folder: Path
    files: list[Path] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def receive(request: Request, tmp: Path, *, max_file_bytes: int) -> Received:
    """Stream the multipart body of `request` into a new folder of `tmp`.

    Raises
    ------
    UploadTooLargeError, UploadBrokenError
        The body is too large, or no complete form.
    """
    kind = Message()
    kind["content-type"] = request.headers.get("content-type", "")
    boundary = kind.get_boundary()
    if kind.get_content_type() != "multipart/form-data" or not boundary:
        raise UploadBrokenError("it is no multipart form")
    received = Received(Path(tempfile.mkdtemp(prefix=UPLOAD_PREFIX, dir=tmp)))
    parts = _Parts(received, max_file_bytes=max_file_bytes)
    parser = MultipartParser(boundary, parts.callbacks())
    try:
        async for chunk in request.stream():
            parser.write(chunk)
        parser.finalize()
    except MultipartParseError as error:
        raise UploadBrokenError(str(error)) from None
    finally:
        parts.close()
    if not parts.is_ended:
        raise UploadBrokenError("it ended early")
    return received


class _Parts:
    """Takes the parser's events part by part."""

    def __init__(self, received: Received, *, max_file_bytes: int) -> None:
        self._received = received
        self._max_file_bytes = max_file_bytes
        self._header: list[bytes] = [b"", b""]
        self._headers: dict[str, str] = {}
        self._name = ""
        self._file: IO[bytes] | None = None
        self._text = bytearray()
        self._n_bytes = 0
        self.is_ended = False

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._on_header(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._on_header(1, data[start:end]),
            "on_header_end": self._header_ended,
            "on_headers_finished": self._headers_finished,
            "on_part_data": lambda data, start, end: self._on_data(data[start:end]),
            "on_part_end": self._part_ended,
            "on_end": self._ended,
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._headers, self._header = {}, [b"", b""]
        self._text = bytearray()
        self._n_bytes = 0

    def _on_header(self, which: int, piece: bytes) -> None:
        self._header[which] += piece

    def _header_ended(self) -> None:
        name, value = (piece.decode("utf-8", errors="replace") for piece in self._header)
        self._headers[name.lower()] = value
        self._header = [b"", b""]

    def _headers_finished(self) -> None:
        disposition = self._headers.get("content-disposition", "")
        self._name = _parameter(disposition, "name") or ""
        file_name = _parameter(disposition, "filename")
        if file_name is None:
            return
        if len(self._received.files) >= MOST_FILES:
            raise UploadTooLargeError(file_name, limit=f"{MOST_FILES} files")
        # One folder per file: two files of one name stay apart, and each keeps its name.
        folder = self._received.folder / str(len(self._received.files))
        folder.mkdir()
        path = folder / safe_name(file_name)
        self._file = path.open("wb")
        self._received.files.append(path)

    def _on_data(self, piece: bytes) -> None:
        self._n_bytes += len(piece)
        if self._file is not None:
            if self._n_bytes > self._max_file_bytes:
                raise UploadTooLargeError(self._received.files[-1].name, limit=f"{self._max_file_bytes >> 20} MB")
            self._file.write(piece)
            return
        if self._n_bytes > MOST_FIELD_BYTES:
            raise UploadTooLargeError(self._name, limit="1 MB of text")
        self._text += piece

    def _part_ended(self) -> None:
        if self._file is not None:
            self.close()
        else:
            self._received.fields[self._name] = self._text.decode("utf-8", errors="replace")

    def _ended(self) -> None:
        self.is_ended = True


def _parameter(disposition: str, name: str) -> str | None:
    # Browsers write UTF-8 between the quotes and escape a quote as %22.
    found = re.search(rf';\s*{name}="((?:[^"\\]|\\.)*)"', disposition)
    return found.group(1).replace("%22", '"') if found else None


def safe_name(name: str) -> str:
    """Return the last part of a file name without anything that means something to a file system.

    Examples
    --------
    >>> safe_name("../../etc/订单 9月.csv"), safe_name("..")
    ('订单 9月.csv', 'file')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join("_" if unicodedata.category(letter)[0] == "C" or letter in '<>:"|?*' else letter for letter in last)
    kept = kept.strip(" .")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}" if len(kept) > LONGEST_NAME else kept
    return short or "file"

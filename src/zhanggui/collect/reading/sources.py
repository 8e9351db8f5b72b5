"""A file becomes tables: its kind is told by its bytes, never by its name."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from zhanggui.collect.reading.archive import MemberStream, gzip_opener, inflated, member_name, open_archive
from zhanggui.collect.reading.delimited import open_delimited
from zhanggui.collect.reading.faults import ArchiveRefusedError, EmptyFileError, TooLargeError, UnreadableFileError
from zhanggui.collect.reading.htmltable import open_html
from zhanggui.collect.reading.jsonlines import open_jsonl
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.parquet import open_parquet
from zhanggui.collect.reading.tables import SourceTable
from zhanggui.collect.reading.workbook import open_workbook

Opener = Callable[[], BinaryIO]

_HEAD = 4096
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"SQLite format 3", "a database"),
)


def open_tables(
    stream: BinaryIO, name: str, *, limits: Limits | None = None, hints: Hints | None = None
) -> Iterator[SourceTable]:
    r"""Yield the tables of a file.

    Parameters
    ----------
    stream : binary stream
        The file's bytes; seekable. It must stay open while tables are read, and one table is read at a time.
    name : str
        The file's name, for messages only: the kind is told by the bytes.
    limits : Limits, optional
    hints : Hints, optional

    Yields
    ------
    SourceTable
        One for a text file, one per sheet, one or more per entry of a ZIP.

    Raises
    ------
    ReadingError
        The file as a whole cannot be read; a subclass says why.

    Examples
    --------
    >>> table = next(open_tables(BytesIO('订单编号,总金额\n1,3.50\n'.encode('gbk')), 'orders.xls'))
    >>> table.kind, table.encoding, table.header
    ('csv', 'gb18030', ('订单编号', '总金额'))
    >>> next(table.batches()).columns.to_pylist()
    [{'订单编号': '1', '总金额': '3.50'}]
    """
    limits, hints = limits or Limits(), hints or Hints()

    def opener() -> BinaryIO:
        stream.seek(0)
        return stream

    yield from _tables(opener, name, limits, hints)


def _tables(opener: Opener, name: str, limits: Limits, hints: Hints) -> Iterator[SourceTable]:
    kind = file_kind(opener().read(_HEAD), name)
    if kind == "gzip":
        opener = gzip_opener(opener, name, limits)
        kind = file_kind(opener().read(_HEAD), name)
        if kind in ("zip", "gzip"):
            raise ArchiveRefusedError(name, "it is an archive inside an archive")
        if kind in ("parquet", "xls"):
            opener = _in_memory(opener, name, limits)
    if kind == "zip":
        yield from _zip_tables(opener, name, limits, hints)
    else:
        yield from _plain_tables(opener, name, kind, limits, hints)


def _plain_tables(opener: Opener, name: str, kind: str, limits: Limits, hints: Hints) -> Iterator[SourceTable]:
    if kind == "xls":
        yield from open_workbook(opener, name, limits=limits, hints=hints, kind="xls")
    elif kind == "parquet":
        yield open_parquet(opener, name, limits=limits, hints=hints)
    elif kind == "html":
        yield from open_html(opener, name, limits=limits, hints=hints)
    elif kind == "jsonl":
        yield open_jsonl(opener, name, limits=limits, hints=hints)
    else:
        yield open_delimited(opener, name, limits=limits, hints=hints)


def file_kind(head: bytes, name: str) -> str:
    """Return the kind of a file by its first bytes.

    Returns
    -------
    str
        ``zip``, ``gzip``, ``xls``, ``parquet``, ``html``, ``jsonl`` or ``text``.

    Raises
    ------
    EmptyFileError, UnreadableFileError
    """
    if not head:
        raise EmptyFileError(name)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    for magic, kind in ((b"\x1f\x8b", "gzip"), (_OLE2, "xls"), (b"PAR1", "parquet")):
        if head.startswith(magic):
            return kind
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise UnreadableFileError(name, f"The file is {what}, not a table.", next_step="export it as CSV or Excel")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"<"):
        if b"<workbook" in text and b"spreadsheet" in text:
            raise UnreadableFileError(
                name, "The file is an XML spreadsheet of Excel 2003.", next_step="open it and save it as xlsx"
            )
        return "html"
    if text.startswith(b"{"):
        return "jsonl"
    if text.startswith((b"[{", b"[ {", b"[\n", b"[\r\n")):
        raise UnreadableFileError(
            name, "The file is one JSON list.", next_step="write one JSON object per line (JSONL), or CSV"
        )
    return "text"


def _zip_tables(opener: Opener, name: str, limits: Limits, hints: Hints) -> Iterator[SourceTable]:
    archive = open_archive(opener(), name, limits)
    members = [m for m in archive.infolist() if not m.is_dir() and not _is_rubbish(m.filename)]
    if _is_workbook(archive, name):
        yield from open_workbook(opener, name, limits=limits, hints=hints, kind="xlsx")
        return
    if not members:
        raise EmptyFileError(name)
    budget = [limits.max_inflated_bytes]
    for member in members:
        title = member_name(member)
        for table in _member_tables(archive, member, f"{name}/{title}", limits, hints, budget):
            yield replace(table, member=title)


def _is_workbook(archive: zipfile.ZipFile, name: str) -> bool:
    """Return whether the archive is an xlsx; raises UnreadableFileError where it is a workbook of another kind."""
    entries = set(archive.namelist())
    if {"content.xml", "mimetype"} <= entries or "xl/workbook.bin" in entries:
        raise UnreadableFileError(
            name, "The file is an OpenDocument or binary (xlsb) workbook.", next_step="open it and save it as xlsx"
        )
    return "[Content_Types].xml" in entries and any(entry.startswith("xl/") for entry in entries)


def _is_rubbish(path: str) -> bool:
    """Whether an entry is what an operating system adds by itself."""
    return path.startswith("__MACOSX/") or path.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _member_tables(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, hints: Hints, budget: list[int]
) -> Iterator[SourceTable]:
    def opener() -> BinaryIO:
        # The budget of the whole archive counts the first reading; each further one has its own.
        own = [budget[0]] if opener_calls else budget
        opener_calls.append(1)
        return MemberStream(inflated(archive, member, name, limits, own))  # type: ignore[return-value]  # a BinaryIO

    opener_calls: list[int] = []
    kind = file_kind(next(inflated(archive, member, name, limits, [limits.max_inflated_bytes]), b"")[:_HEAD], name)
    if kind == "gzip":
        raise ArchiveRefusedError(name, "it is an archive inside an archive")
    if kind not in ("zip", "xls", "parquet"):
        yield from _plain_tables(opener, name, kind, limits, hints)
        return
    in_memory = _in_memory(opener, name, limits)
    if kind == "zip":
        if not _is_workbook(open_archive(in_memory(), name, limits), name):
            raise ArchiveRefusedError(name, "it is an archive inside an archive")
        yield from open_workbook(in_memory, name, limits=limits, hints=hints, kind="xlsx")
    else:
        yield from _plain_tables(in_memory, name, kind, limits, hints)


def _in_memory(opener: Opener, name: str, limits: Limits) -> Opener:
    data = opener().read(limits.max_in_memory_bytes + 1)
    if len(data) > limits.max_in_memory_bytes:
        raise TooLargeError(name, "The file is too large to be read inside an archive.", next_step="unpack it first")
    return lambda: BytesIO(data)

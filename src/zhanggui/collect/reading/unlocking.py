"""Files behind a password: opened once at intake, so that what is kept can be read again without it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import BinaryIO

import msoffcrypto
import olefile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from zhanggui.collect.reading.archive import DAMAGE, check_bomb, inflated, member_name
from zhanggui.collect.reading.faults import EncryptedFileError, TruncatedFileError, WrongPasswordError
from zhanggui.collect.reading.limits import Limits

_PIECE = 1 << 20
_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT = "[Content_Types].xml"
_ENCODINGS = ("utf-8", "gb18030")
"""How archivers write a password as bytes."""


def unlocked(stream: BinaryIO, name: str, passwords: Sequence[str], *, limits: Limits | None = None) -> BinaryIO:
    """Return the file without its password; the stream itself where it has none.

    Parameters
    ----------
    stream : binary stream
        The file, seekable.
    name : str
        The file, for messages.
    passwords : sequence of str
        Tried one after the other.
    limits : Limits, optional
        How much may come out of an archive.

    Returns
    -------
    binary stream
        At its start.

    Raises
    ------
    EncryptedFileError
        There is a password, and none was given.
    WrongPasswordError
        None of them fits.
    TruncatedFileError
        The file is damaged.

    Notes
    -----
    Workbooks of Excel 97 to today, inside a ZIP as well; ZIP entries by the old cipher or AES, as WinRAR, 7-Zip and
    Bandizip write them.
    """
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(_ZIP):
        return _unlocked_archive(stream, name, passwords, limits or Limits())
    if head.startswith(_OLE2):
        return _unlocked_workbook(stream, name, passwords)
    return stream


def _unlocked_archive(stream: BinaryIO, name: str, passwords: Sequence[str], limits: Limits) -> BinaryIO:
    try:
        with zipfile.ZipFile(stream) as archive:
            is_locked = any(member.flag_bits & 0x1 for member in archive.infolist())
    except (*DAMAGE, NotImplementedError):
        # Reading it says what is wrong.
        is_locked = False
    stream.seek(0)
    if not is_locked:
        return _with_open_books(stream, name, passwords, limits)
    if not passwords:
        raise EncryptedFileError(name)
    for password in passwords:
        for encoding in _ENCODINGS:
            opened = _repacked(stream, name, password.encode(encoding), limits)
            if opened is not None:
                return _with_open_books(opened, name, passwords, limits)
    raise WrongPasswordError(name)


def _with_open_books(stream: BinaryIO, name: str, passwords: Sequence[str], limits: Limits) -> BinaryIO:
    """Return an archive whose workbooks have no password either; the stream itself where none had one."""
    books: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(stream) as archive:
            # What is embedded in a workbook is not read.
            members = () if _CONTENT in archive.namelist() else archive.infolist()
            for member in members:
                if not _is_compound(archive, member):
                    continue
                data = b"".join(inflated(archive, member, name, limits, [limits.max_in_memory_bytes]))
                book = io.BytesIO(data)
                opened = _unlocked_workbook(book, f"{name}/{member_name(member)}", passwords)
                if opened is not book:
                    books[member.filename] = opened.read()
            if books:
                return _with_books(archive, books, name, limits)
    except (*DAMAGE, NotImplementedError):
        # Reading it says what is wrong.
        pass
    stream.seek(0)
    return stream


def _is_compound(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    with archive.open(member) as file:
        return file.read(len(_OLE2)) == _OLE2


def _with_books(archive: zipfile.ZipFile, books: Mapping[str, bytes], name: str, limits: Limits) -> BinaryIO:
    """Return a copy of an archive in which these entries are replaced."""
    out = io.BytesIO()
    budget = [limits.max_in_memory_bytes]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            with copy.open(_plain_entry(member), "w") as entry:
                held = books.get(member.filename)
                pieces = inflated(archive, member, name, limits, budget) if held is None else (held,)
                for piece in pieces:
                    entry.write(piece)
    out.seek(0)
    return out


def _repacked(stream: BinaryIO, name: str, password: bytes, limits: Limits) -> BinaryIO | None:
    """Return the archive without its password, None where it is another one."""
    # Loaded for the few files that need it: it takes longer than a small file.
    import pyzipper

    out = io.BytesIO()
    budget = [limits.max_in_memory_bytes]
    stream.seek(0)
    try:
        with pyzipper.AESZipFile(stream) as locked, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as plain:
            locked.setpassword(password)
            for member in locked.infolist():
                with locked.open(member) as file, plain.open(_plain_entry(member), "w") as copy:
                    n_bytes = 0
                    while piece := file.read(_PIECE):
                        n_bytes += len(piece)
                        budget[0] -= len(piece)
                        check_bomb(n_bytes, max(member.compress_size, 1), name, limits, budget)
                        copy.write(piece)
    except RuntimeError as error:
        if "password" in str(error).lower():
            return None
        raise TruncatedFileError(name, "an entry of the ZIP cannot be unpacked") from error
    except (*DAMAGE, pyzipper.BadZipFile):
        # One wrong password in 256 is only noticed when what comes out makes no sense.
        return None
    out.seek(0)
    return out


def _plain_entry(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    plain = zipfile.ZipInfo(member.filename, member.date_time)
    plain.flag_bits = member.flag_bits & 0x800
    plain.compress_type = zipfile.ZIP_DEFLATED
    plain.external_attr = member.external_attr
    return plain


def _unlocked_workbook(stream: BinaryIO, name: str, passwords: Sequence[str]) -> BinaryIO:
    try:
        if not olefile.isOleFile(stream):
            return stream
        stream.seek(0)
        book = msoffcrypto.OfficeFile(stream)
        is_locked = book.is_encrypted()
    except (FileFormatError, ParseError, OSError, ValueError, IndexError, TypeError, AttributeError, KeyError):
        # Reading it says what is wrong.
        is_locked = False
    if not is_locked:
        stream.seek(0)
        return stream
    if not passwords:
        raise EncryptedFileError(name)
    for password in passwords:
        out = io.BytesIO()
        try:
            stream.seek(0)
            book = msoffcrypto.OfficeFile(stream)
            book.load_key(password=password)
            book.decrypt(out)
        except (InvalidKeyError, DecryptionError):
            continue
        except (FileFormatError, ParseError, *DAMAGE) as error:
            raise TruncatedFileError(name, f"it is no complete workbook ({error})") from error
        out.seek(0)
        return out
    raise WrongPasswordError(name)

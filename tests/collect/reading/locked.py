"""Files behind a password, as archivers and Excel write them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile


def in_locked_archive(data: bytes, name: str, password: str) -> bytes:
    """Return a ZIP that holds one file and asks for a password."""
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr(name, data)
    return out.getvalue()


def locked_workbook(book: bytes, password: str) -> bytes:
    """Return a workbook as it is saved with a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(book)).encrypt(password, out)
    return out.getvalue()


def holding(directory: Path, text: str) -> list[Path]:
    """Return the files under a directory whose bytes hold `text`."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return [path for path in files if text.encode() in path.read_bytes()]

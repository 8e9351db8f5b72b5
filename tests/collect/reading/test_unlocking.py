"""Files behind a password: opened with it, refused without it."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from collections.abc import Callable

import openpyxl
import pytest
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile

from zhanggui.collect.reading.faults import EncryptedFileError, WrongPasswordError
from zhanggui.collect.reading.sources import open_tables
from zhanggui.collect.reading.unlocking import unlocked

TEXT = "订单编号,总金额\n1,3.50\n"
BY_INFO_ZIP = (
    "UEsDBAoACQAAALZCdl3VQQDZKgAAAB4AAAAFABwAYS5jc3ZVVAkAAximAmsYpgJrdXgLAAEEAAAAAAQAAAAAaZ+H4z0NdYqYpbLu"
    "a+ZtOXjDkQeqUvZyhs1aPEgNZMXJlI0sjjNk55vxUEsHCNVBANkqAAAAHgAAAFBLAQIeAwoACQAAALZCdl3VQQDZKgAAAB4AAAAF"
    "ABgAAAAAAAEAAACkgQAAAABhLmNzdlVUBQADGKYCa3V4CwABBAAAAAAEAAAAAFBLBQYAAAAAAQABAEsAAAB5AAAAAAA="
)
"""What `zip -P old` makes of a file `a.csv` of `TEXT`."""


def locked_workbook(password: str) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in TEXT.splitlines():
        book.active.append(row.split(","))
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, out)
    out.seek(0)
    return out


def locked_archive(password: str, encryption: int | None = pyzipper.WZ_AES, encoding: str = "utf-8") -> io.BytesIO:
    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=zipfile.ZIP_DEFLATED, encryption=encryption) as archive:
        archive.setpassword(password.encode(encoding))
        archive.writestr("订单.csv", TEXT.encode("gb18030"))
    out.seek(0)
    return out


def amounts(stream: io.BytesIO, *passwords: str) -> list[str]:
    opened = unlocked(stream, "a.zip", passwords)
    batches = [batch for table in open_tables(opened, "a.zip") for batch in table.batches()]
    return [row["总金额"] for batch in batches for row in batch.columns.to_pylist()]


def test_a_locked_workbook_is_read_with_its_password() -> None:
    assert amounts(locked_workbook("密码123"), "密码123") == ["3.50"]


def test_a_locked_archive_is_read_with_its_password() -> None:
    assert amounts(locked_archive("secret"), "secret") == ["3.50"]


def test_a_chinese_password_of_an_archive_may_be_written_in_gb18030() -> None:
    assert amounts(locked_archive("密码", encoding="gb18030"), "密码") == ["3.50"]


def test_passwords_are_tried_one_after_the_other() -> None:
    assert amounts(locked_archive("second"), "first", "second") == ["3.50"]


def book_in_archive(password: str, archive_password: str | None = None) -> io.BytesIO:
    out = io.BytesIO()
    encryption = pyzipper.WZ_AES if archive_password else None
    with pyzipper.AESZipFile(out, "w", compression=zipfile.ZIP_DEFLATED, encryption=encryption) as archive:
        if archive_password:
            archive.setpassword(archive_password.encode())
        archive.writestr("首页.csv", TEXT.replace("3.50", "1.00").encode("gb18030"))
        archive.writestr("订单.xlsx", locked_workbook(password).read())
    out.seek(0)
    return out


def test_a_locked_workbook_in_an_archive_is_read_with_its_password() -> None:
    assert amounts(book_in_archive("秘密"), "秘密") == ["1.00", "3.50"]


def test_archive_and_workbook_may_have_passwords_of_their_own() -> None:
    assert amounts(book_in_archive("inner", "outer"), "outer", "inner") == ["1.00", "3.50"]


@pytest.mark.parametrize(("passwords", "error"), [((), EncryptedFileError), (("wrong",), WrongPasswordError)])
def test_a_locked_workbook_in_an_archive_is_named_when_its_password_is_asked_for(
    passwords: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error, match=r"a\.zip/订单\.xlsx"):
        unlocked(book_in_archive("right"), "a.zip", passwords)


@pytest.mark.parametrize("locked", [locked_workbook, locked_archive])
def test_without_a_password_it_is_asked_for(locked: Callable[[str], io.BytesIO]) -> None:
    with pytest.raises(EncryptedFileError, match="password"):
        unlocked(locked("x"), "a.xlsx", ())


@pytest.mark.parametrize("locked", [locked_workbook, locked_archive])
def test_a_wrong_password_is_said(locked: Callable[[str], io.BytesIO]) -> None:
    with pytest.raises(WrongPasswordError):
        unlocked(locked("right"), "a.xlsx", ("wrong",))


def test_a_file_without_a_password_is_left_as_it_is() -> None:
    stream = io.BytesIO(TEXT.encode())

    assert unlocked(stream, "a.csv", ("any",)) is stream
    assert stream.tell() == 0


def test_old_encryption_of_archives_is_read_as_well() -> None:
    assert amounts(io.BytesIO(b64decode(BY_INFO_ZIP)), "old") == ["3.50"]

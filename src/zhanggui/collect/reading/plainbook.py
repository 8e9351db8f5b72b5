"""Workbooks whose one visible sheet holds plain cells alone (`plainsheet`), without the reader of all workbooks."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pyarrow as pa

from zhanggui.collect.reading.archive import entry_head, inflated, open_archive
from zhanggui.collect.reading.cellscan import sheet_titles
from zhanggui.collect.reading.limits import Hints, Limits
from zhanggui.collect.reading.plaincells import CellRules, NotPlainError
from zhanggui.collect.reading.plainsheet import PlainSheet, read_plain_sheet, shared_strings
from zhanggui.collect.reading.serials import NumberText, shows_date, shows_number

_STRINGS, _STYLES, _BOOK = "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
_SHEET = re.compile(rb"<sheet\b[^>]*>")
_FROM_1904 = re.compile(rb'\bdate1904="(?!0"|false")')
_FORMATS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<xf\b[^>]*>")
_CODE = re.compile(rb'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"')
_FORMAT_ID = re.compile(rb'\bnumFmtId="(\d+)"')


def plain_sheet(
    data: bytes, name: str, limits: Limits, hints: Hints, number_text: NumberText
) -> tuple[str, PlainSheet] | None:
    """Return the only visible sheet and its name; None where the reader of all workbooks has to read the file.

    Parameters
    ----------
    data : bytes
        The workbook.
    name : str
        The file, for messages.
    limits : Limits
        What is read is unpacked once, within them.
    hints : Hints
        Where `sheet` picks a sheet, the answer is None.
    number_text : callable
        Writes a number cell as text.

    Raises
    ------
    TruncatedFileError, TooLargeError, ArchiveRefusedError
    """
    with open_archive(BytesIO(data), name, limits) as archive:
        budget = [limits.max_inflated_bytes]
        try:
            titles = _visible(archive, name)
            if hints.sheet is not None or len(titles) != 1:
                # Where there is a choice of sheets it is made elsewhere; those beside the data are seldom plain.
                return None
            strings = pa.array([], pa.string())
            if _STRINGS in archive.namelist():
                strings = shared_strings(b"".join(inflated(archive, archive.getinfo(_STRINGS), name, limits, budget)))
            rules = CellRules(strings, *_styles(archive, name), number_text, limits.max_columns)
            [(member, title)] = titles.items()
            pieces = inflated(archive, archive.getinfo(member), name, limits, budget)
            return title, read_plain_sheet(pieces, rules)
        except NotPlainError:
            return None


def _visible(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return member name → sheet name of the sheets that are shown."""
    titles = sheet_titles(archive, name)
    book = entry_head(archive, _BOOK, name) if titles else b""
    sheets = _SHEET.findall(book)
    if _FROM_1904.search(book):
        raise NotPlainError
    if len(sheets) != len(titles) or any(member not in archive.namelist() for member in titles):
        raise NotPlainError
    pairs = zip(titles.items(), sheets, strict=True)
    return {member: title for (member, title), sheet in pairs if b"state=" not in sheet or b'"visible"' in sheet}


def _styles(archive: zipfile.ZipFile, name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the numbers of the styles whose cells show a number, and of those that show a day."""
    if _STYLES not in archive.namelist():
        return frozenset({"0"}), frozenset()
    head = entry_head(archive, _STYLES, name)
    codes = {int(number): code.decode("utf-8", "replace") for number, code in _CODE.findall(head)}
    found = _FORMATS.search(head)
    formats = [_FORMAT_ID.search(one) for one in _FORMAT.findall(found.group())] if found else []
    ids = {str(at): int(one.group(1)) if one else 0 for at, one in enumerate(formats)}
    numbers = frozenset(at for at, id_ in ids.items() if shows_number(id_, codes.get(id_)))
    return numbers, frozenset(at for at, id_ in ids.items() if shows_date(id_, codes.get(id_)))

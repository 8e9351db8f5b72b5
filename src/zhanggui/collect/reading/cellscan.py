"""What calamine does not say about an xlsx: which cells hold an error, and which formulas were never calculated."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from zhanggui.collect.reading.archive import inflated, open_archive
from zhanggui.collect.reading.limits import Limits

CellMarks = Mapping[int, list[tuple[int, str]]]
"""Row (from 1) → (column from 0, text to show) of cells that look empty and are not."""

NOT_CALCULATED = "#NOT_CALCULATED!"

_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_SUSPECT = re.compile(rb't="e"|<f\b')
_VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*>(.*?)</f>", re.DOTALL)
_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship\b[^>]*>")
_MOST_MARKS = 100_000
_TAIL = 1 << 16


def scan_sheets(stream: BinaryIO, name: str, limits: Limits) -> dict[str, CellMarks]:
    """Return the marks of each sheet of an xlsx, by sheet name.

    Parameters
    ----------
    stream : binary stream
        The workbook.
    name : str
        The file, for messages.
    limits : Limits
        Every member is unpacked once within them, before any other reader sees the file.
    """
    marks: dict[str, CellMarks] = {}
    with open_archive(stream, name, limits) as archive:
        titles = _sheet_titles(archive)
        budget = [limits.max_inflated_bytes]
        for member in archive.infolist():
            found: dict[int, list[tuple[int, str]]] = {}
            is_sheet = member.filename in titles
            kept = b""
            for piece in inflated(archive, member, name, limits, budget):
                if is_sheet:
                    kept = _scan(kept + piece, found)
            if is_sheet:
                _scan(kept + b" ", found, is_last=True)
                marks[titles[member.filename]] = found
    return marks


def _scan(data: bytes, found: dict[int, list[tuple[int, str]]], *, is_last: bool = False) -> bytes:
    """Note the suspicious cells of `data`; return what may be the start of a cut cell."""
    end = len(data) if is_last else data.rfind(b"</c>") + 4
    if end < 4:
        return data if len(data) < _TAIL else data[-_TAIL:]
    if _SUSPECT.search(data, 0, end):
        for cell in _CELL.finditer(data, 0, end):
            _note(cell.group(), found)
    return data[end:]


def _note(cell: bytes, found: dict[int, list[tuple[int, str]]]) -> None:
    if not _SUSPECT.search(cell) or len(found) > _MOST_MARKS:
        return
    reference, value = _REFERENCE.search(cell), _VALUE.search(cell)
    if reference is None:
        return
    shown = value.group(1).decode("utf-8", "replace") if value else ""
    is_error = re.search(rb'<c\b[^>]*\bt="e"', cell) is not None
    if not is_error and (shown or re.search(rb'<c\b[^>]*\bt="str"', cell)):
        return
    column = 0
    for letter in reference.group(1):
        column = column * 26 + letter - 64
    text = shown or _literal(cell) or NOT_CALCULATED
    found.setdefault(int(reference.group(2)), []).append((column - 1, text))


def _literal(cell: bytes) -> str:
    """Return the text of a formula that is nothing but a quoted text: platforms write ids as ``="3300…"``."""
    formula = _FORMULA.search(cell)
    text = _unescaped(formula.group(1)).strip() if formula else ""
    is_literal = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]
    return text[1:-1] if is_literal else ""


def _sheet_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return member name → sheet name; empty where the workbook is of another kind."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        relations = file.read(1 << 20)
    targets = {}
    for relation in _TARGET.findall(relations):
        key, target = re.search(rb'\bId="([^"]*)"', relation), re.search(rb'\bTarget="([^"]*)"', relation)
        if key and target:
            path = target.group(1).decode("utf-8", "replace")
            targets[key.group(1)] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    with archive.open("xl/workbook.xml") as file:
        book = file.read(1 << 20)
    return {targets[key]: _unescaped(title) for title, key in _SHEET.findall(book) if key in targets}


def _unescaped(title: bytes) -> str:
    text = title.decode("utf-8", "replace")
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text

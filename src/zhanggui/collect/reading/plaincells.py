"""The cells of plain rows of a sheet's XML, found by comparing the places of all tags at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import unescape

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from zhanggui.collect.reading.serials import NumberText, shown_dates, shown_numbers

Places = npt.NDArray[np.int64]
_CODE = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_ATTRIBUTE = re.compile(r'\s*([a-z]+)="([^"]*)"')
_PADDING = b" " * 64
_WORD = 8
_MOST_LETTERS, _MOST_DIGITS, _MOST_LOOKS = 3, 7, 100
_INLINE, _SHARED, _NUMBER, _DATE, _BLANK, _OTHER, _UNKNOWN = range(7)
_ENTITIES: Mapping[str, str] = {"&quot;": '"', "&apos;": "'"}


class NotPlainError(Exception):
    """A sheet holds something else than plain cells."""


@dataclass(frozen=True, slots=True)
class CellRules:
    """What a sheet's cells refer to.

    Attributes
    ----------
    strings : pyarrow.StringArray
        The texts that cells share.
    number_styles, date_styles : frozenset of str
        Styles in which a number is shown as a number, or as a day.
    number_text : callable
    max_columns : int
    """

    strings: pa.StringArray
    number_styles: frozenset[str]
    date_styles: frozenset[str]
    number_text: NumberText
    max_columns: int


def check_characters(data: bytes) -> None:
    """Raise where characters are written by number, or by a code of the format's own."""
    is_odd = b"\r" in data or (b"&" in data and b"&#" in data)
    if is_odd or (b"_x" in data and _CODE.search(data)):
        raise NotPlainError


class CellBlock:
    """Rows of XML, as the places of their tags."""

    def __init__(self, block: bytes) -> None:
        self._bytes = block + _PADDING
        self._octets = np.frombuffer(self._bytes, np.uint8)
        # Eight bytes from every place on, to compare them at once.
        self._words = np.ndarray((len(self._bytes) - _WORD + 1,), "<u8", self._bytes, strides=(1,))
        tags = np.flatnonzero(self._octets == ord("<"))
        # Places behind the last tag, so that one may look ahead from any of them.
        self._tags = np.append(tags, np.full(6, len(block)))
        self._kind = self._octets[self._tags + 1]
        second = self._octets[self._tags + 2]
        self._is_row = (self._kind == ord("r")) & (second == ord("o"))
        self._rows = np.flatnonzero(self._is_row)
        self._cells = np.flatnonzero((self._kind == ord("c")) & (second == ord(" ")))
        self._n_tags = len(tags)
        self.n_rows = len(self._rows)
        n_ends = np.count_nonzero((self._kind == ord("/")) & (second == ord("r")))
        if not self.n_rows or self._tags[0] or n_ends != self.n_rows:
            raise NotPlainError

    def _stands(self, places: Places, text: bytes) -> npt.NDArray[np.bool_]:
        """Whether `text` stands at each of these places."""
        found = np.ones(len(places), np.bool_)
        for n in range(0, len(text), _WORD):
            part = text[n : n + _WORD]
            mask = np.uint64((1 << 8 * len(part)) - 1)
            found &= (self._words[places + n] & mask) == np.uint64(int.from_bytes(part, "little"))
        return found

    def _at(self, places: Places, text: bytes) -> bool:
        """Whether `text` stands at all of these places."""
        return bool(self._stands(places, text).all())

    def places(self, n_before: int) -> tuple[Places, Places]:
        """Return of each cell its row within the block and its column, from 1."""
        rows, cells = self._tags[self._rows], self._tags[self._cells]
        if not (self._at(rows, b'<row r="') and self._at(cells, b'<c r="')):
            raise NotPlainError
        number, number_ends = self._number(rows + 8)
        row = np.cumsum(self._is_row)[self._cells] - 1
        column, n_letters = self._letters(cells + 6)
        # The number of a row and the quote behind it fit into a word, which all of its cells repeat.
        n_octets = number_ends - rows - 8
        mask = ~np.uint64(0) >> (64 - 8 * n_octets).astype(np.uint64)
        own = self._words[rows + 8] & mask
        numbers = cells + 6 + n_letters
        is_in_turn = np.array_equal(number, np.arange(n_before + 1, n_before + 1 + len(number)))
        is_in_order = ((np.diff(column) > 0) | (np.diff(row) > 0)).all()
        if not (is_in_turn and is_in_order and np.array_equal(self._words[numbers] & mask[row], own[row])):
            raise NotPlainError
        self._references = numbers + n_octets[row]
        return row, column

    def _letters(self, at: Places) -> tuple[Places, Places]:
        """Return the columns whose letters stand at these places, and how many letters each has."""
        column, n_letters = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        words = self._words[at]
        for n in range(_MOST_LETTERS):
            octet = ((words >> np.uint64(8 * n)) & np.uint64(255)).astype(np.int64)
            is_letter = (n_letters == n) & (octet >= ord("A")) & (octet <= ord("Z"))
            if not is_letter.any():
                break
            column = np.where(is_letter, column * 26 + octet - 64, column)
            n_letters += is_letter
        return column, n_letters

    def _number(self, at: Places, end: bytes = b'"') -> tuple[Places, Places]:
        """Return the whole numbers that start at these places, and the places behind what ends them."""
        number, n_digits = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        for n in range(_MOST_DIGITS):
            octet = self._octets[at + n].astype(np.int64)
            is_digit = (n_digits == n) & (octet >= ord("0")) & (octet <= ord("9"))
            if not is_digit.any():
                break
            number = np.where(is_digit, number * 10 + octet - 48, number)
            n_digits += is_digit
        if not n_digits.all() or not self._at(at + n_digits, end):
            raise NotPlainError
        return number, at + n_digits + 1

    def texts(self, rules: CellRules) -> tuple[pa.StringArray, npt.NDArray[np.bool_]]:
        """Return the text of each cell, and which cells hold something."""
        kind = self._kinds(rules)
        # A cell is <c><is><t>…</t></is></c>, <c><v>…</v></c>, <c></c> or <c/>.
        inline, valued = kind == _INLINE, (kind == _SHARED) | (kind == _NUMBER) | (kind == _DATE)
        closed = self._octets[self._tags[self._cells + 1] - 2] == ord("/")
        opened_blank = (kind == _BLANK) & ~closed
        n_tags = 2 * self.n_rows + 6 * inline.sum() + 4 * valued.sum() + 2 * opened_blank.sum() + (closed.sum())
        if n_tags != self._n_tags or (closed & (kind != _BLANK)).any():
            raise NotPlainError
        starts = self._references.copy()
        ends = starts.copy()
        starts[inline], ends[inline] = self._inline(self._cells[inline])
        starts[valued], ends[valued] = self._valued(self._cells[valued])
        if not self._at(self._tags[self._cells[opened_blank] + 1], b"</c><"):
            raise NotPlainError
        texts = self._cut(starts, ends)
        texts = unescaped(texts) if b"&" in self._bytes else texts
        if (kind == _SHARED).any():
            texts = self._shared(texts, kind == _SHARED, starts, rules.strings)
        try:
            texts = _replaced(texts, kind == _NUMBER, lambda cells: shown_numbers(cells, rules.number_text))
            texts = _replaced(texts, kind == _DATE, shown_dates)
        except ValueError:
            raise NotPlainError from None
        return texts, kind != _BLANK

    def _kinds(self, rules: CellRules) -> npt.NDArray[np.int64]:
        """Return what each cell is, as its attributes and the tag behind it say."""
        ends = self._tags[self._cells + 1] - 1
        if not self._at(ends, b">"):
            raise NotPlainError
        is_blank = (self._octets[ends - 1] == ord("/")) | (self._kind[self._cells + 1] == ord("/"))
        kind = np.full(len(ends), _UNKNOWN)
        n_looks = 0
        while (unknown := np.flatnonzero(kind == _UNKNOWN)).size:
            n_looks += 1
            start, end = int(self._references[unknown[0]]), int(ends[unknown[0]])
            if n_looks > _MOST_LOOKS or end - start > len(_PADDING) - _WORD:
                raise NotPlainError
            alike = unknown[self._stands(self._references[unknown], self._bytes[start : end + 1])]
            kind[alike] = _kind(self._bytes[start:end].decode("utf-8", "replace"), rules)
        kind[is_blank] = _BLANK
        if (kind == _OTHER).any():
            raise NotPlainError
        return kind

    def _cut(self, starts: Places, ends: Places) -> pa.StringArray:
        """Return the texts between these places, which follow each other."""
        if not len(starts):
            return pa.array([], pa.string())
        offsets = np.empty(2 * len(starts), np.int32)
        offsets[0::2], offsets[1::2] = starts, ends
        # Every other text is what stands between two of them.
        both = pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(self._bytes))
        return checked(both.take(pa.array(np.arange(0, len(offsets) - 1, 2))))

    def _inline(self, cells: npt.NDArray[np.intp]) -> tuple[Places, Places]:
        outer, inner, end = self._tags[cells + 1], self._tags[cells + 2], self._tags[cells + 3]
        is_kept = self._octets[inner + 2] == ord(" ")
        starts = inner + np.where(is_kept, len(b'<t xml:space="preserve">'), len(b"<t>"))
        is_plain = (
            self._at(outer, b"<is><t")
            and (inner == outer + 4).all()
            and self._at(inner[is_kept], b'<t xml:space="preserve">')
            and self._at(inner[~is_kept], b"<t>")
            and self._at(end, b"</t></is></c><")
        )
        if not is_plain:
            raise NotPlainError
        return starts, end

    def _valued(self, cells: npt.NDArray[np.intp]) -> tuple[Places, Places]:
        value, end = self._tags[cells + 1], self._tags[cells + 2]
        if not (self._at(value, b"<v>") and self._at(end, b"</v></c><")):
            raise NotPlainError
        return value + 3, end

    def _shared(
        self, texts: pa.StringArray, is_shared: npt.NDArray[np.bool_], starts: Places, strings: pa.StringArray
    ) -> pa.StringArray:
        numbers, _ = self._number(starts[is_shared], b"<")
        if numbers.max(initial=0) >= len(strings):
            raise NotPlainError
        return pc.replace_with_mask(texts, pa.array(is_shared), strings.take(pa.array(numbers)))


def _kind(text: str, rules: CellRules) -> int:
    """Return what a cell with these attributes holds."""
    attributes = dict(_ATTRIBUTE.findall(text))
    type_ = attributes.get("t", "n")
    if _ATTRIBUTE.sub("", text).strip(" /") or not attributes.keys() <= {"s", "t"}:
        raise NotPlainError
    if type_ == "inlineStr":
        return _INLINE
    if type_ == "s":
        return _SHARED
    if type_ == "n" and attributes.get("s", "0") in rules.number_styles:
        return _NUMBER
    if type_ == "n" and attributes.get("s") in rules.date_styles:
        return _DATE
    # A blank cell may have any style.
    return _OTHER


def _replaced(
    texts: pa.StringArray, chosen: npt.NDArray[np.bool_], change: Callable[[pa.StringArray], pa.StringArray]
) -> pa.StringArray:
    if not chosen.any():
        return texts
    mask = pa.array(chosen)
    return pc.replace_with_mask(texts, mask, change(texts.filter(mask)))


def checked(texts: pa.StringArray) -> pa.StringArray:
    """Return texts as they are; raise where their bytes are no text."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raise NotPlainError from None
    return texts


def unescaped(texts: pa.StringArray) -> pa.StringArray:
    """Return texts with the signs that some of their characters are named for."""
    is_escaped = pc.match_substring(texts, "&")
    if not pc.any(is_escaped).as_py():
        return texts
    plain = [unescape(text, dict(_ENTITIES)) for text in texts.filter(is_escaped).to_pylist()]
    return pc.replace_with_mask(texts, is_escaped, pa.array(plain, pa.string()))

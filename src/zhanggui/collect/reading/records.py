"""Cutting text into records: by the exact grammar of quoted cells, or quickly where the quotes are regular."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

QUOTE = b'"'


@dataclass(frozen=True, slots=True)
class Grammar:
    r"""How cells and rows of a text file end.

    Parameters
    ----------
    delimiter : bytes
        One byte.
    line_end : bytes
        ``\n`` (``\r\n`` included) or, for files of old spreadsheets, ``\r``.
    """

    delimiter: bytes
    line_end: bytes = b"\n"


@lru_cache(maxsize=16)
def _record_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    d = re.escape(delimiter)
    # Only a cell whose closing quote is followed by a delimiter or line end may go over several lines. Else what
    # follows the closing quote belongs to the cell, and a quote that its line does not close takes the line.
    quoted = rb'"[^"]*+(?:""[^"]*+)*+"(?=' + d + rb"|[\r\n]|\Z)"
    with_tail = rb'"[^"\r\n]*+(?:""[^"\r\n]*+)*+"[^' + d + rb"\r\n]*+"
    cell = rb"(?:" + quoted + rb"|" + with_tail + rb'|"[^\r\n]*+|[^' + d + rb"\r\n]*+)"
    return re.compile(cell + rb"(?:" + d + cell + rb")*+")


@lru_cache(maxsize=16)
def _bare_formula_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    d = re.escape(delimiter)
    return re.compile(rb"(?<![^\r\n" + d + rb'])="[^"\r\n' + d + rb']*"(?=[\r\n' + d + rb"]|\Z)")


def record_spans(data: bytes, grammar: Grammar, *, is_last: bool, patience: int) -> tuple[list[tuple[int, int]], int]:
    r"""Return the byte spans of the complete records in `data`, and where the rest begins.

    Parameters
    ----------
    data : bytes
        Starts at the start of a record.
    grammar : Grammar
    is_last : bool
        Whether the file ends with `data`; if so there is no rest.
    patience : int
        A quoted cell that is open at the end of `data` is waited for up to so many bytes.

    Returns
    -------
    (spans, rest) : tuple
        Spans leave out the line end.

    Notes
    -----
    A quote that is opened and never closed would swallow the file. Here it costs its own line only: the record ends
    with the line, and the rows after it are read.

    Examples
    --------
    >>> record_spans(b'a,"b\nc"\nd', Grammar(b','), is_last=True, patience=99)
    ([(0, 7), (8, 9)], 9)
    """
    pattern = _record_pattern(grammar.delimiter)
    spans = []
    at, size = 0, len(data)
    while at < size:
        match = pattern.match(data, at)
        end = match.end() if match else at
        if not is_last and (end >= size - 1 or _may_go_on(data, at, end, grammar, patience)):
            break
        spans.append((at, end))
        at = end + (2 if data[end : end + 2] == b"\r\n" else 1)
    return spans, min(at, size)


def _may_go_on(data: bytes, start: int, end: int, grammar: Grammar, patience: int) -> bool:
    """Whether a record seems to end inside a quoted cell that later bytes may close."""
    if len(data) - start > patience:
        return False
    record = data[start:end]
    opener = max(record.rfind(grammar.delimiter + QUOTE), 0 if record.startswith(QUOTE) else -1)
    if opener < 0:
        return False
    cell = record[opener:].removeprefix(grammar.delimiter)
    return has_open_quote(cell) and _is_open_to_the_end(data, start + opener, grammar)


def _is_open_to_the_end(data: bytes, at: int, grammar: Grammar) -> bool:
    at += data[at : at + 1] == grammar.delimiter
    closed = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"').match(data, at)
    return closed is None or closed.end() >= len(data) - 1


def has_open_quote(cell: bytes) -> bool:
    """Whether a cell starts with a quote that it does not close.

    Examples
    --------
    >>> has_open_quote(b'"a'), has_open_quote(b'"a"'), has_open_quote(b'"5" pipe')
    (True, False, False)
    """
    return re.match(rb'"[^"]*+(?:""[^"]*+)*+\Z', cell) is not None


def regular_cut(data: bytes, grammar: Grammar, *, is_last: bool) -> int | None:
    """Return where the last complete record of `data` ends, or None where only `record_spans` can tell.

    Notes
    -----
    In text without irregular quotes a line end is inside a cell exactly if an odd number of quotes stands before it.
    Quotes are regular if each opening one follows a delimiter or line end (or a quote, when doubled) and each closing
    one is followed by such. ``="330"`` without outer quotes, which the platforms write, counts as regular too.
    """
    if QUOTE not in data:
        return len(data) if is_last else data.rfind(grammar.line_end) + 1
    octets = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(octets == QUOTE[0])
    cut = len(data)
    if is_last:
        if len(quotes) % 2:
            return None
    else:
        cut = data.rfind(grammar.line_end) + 1
        while cut:
            n_before = int(np.searchsorted(quotes, cut))
            if n_before % 2 == 0:
                break
            cut = data.rfind(grammar.line_end, 0, int(quotes[n_before - 1])) + 1
        quotes = quotes[: int(np.searchsorted(quotes, cut))]
    return cut if len(quotes) == 0 or _are_regular(data[:cut], octets[:cut], quotes, grammar) else None


def _are_regular(data: bytes, octets: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp], grammar: Grammar) -> bool:
    is_edge = np.zeros(256, dtype=bool)
    is_edge[[*b'\r\n"', grammar.delimiter[0]]] = True
    openers, closers = quotes[0::2], quotes[1::2]
    before = octets[np.maximum(openers - 1, 0)]
    before_ok = is_edge[before] | (openers == 0)
    after = octets[np.minimum(closers + 1, len(octets) - 1)]
    after_ok = is_edge[after] | (closers == len(octets) - 1)
    if not after_ok.all():
        return False
    odd = ~before_ok
    if not odd.any():
        return True
    if (before[odd] != ord("=")).any():
        return False
    formulas = _bare_formula_pattern(grammar.delimiter).finditer(data)
    return np.array_equal(np.fromiter((match.start() + 1 for match in formulas), np.intp), openers[odd])

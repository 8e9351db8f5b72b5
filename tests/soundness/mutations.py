"""Ways in which a file comes out wrong: a slip of the hand, a cut transfer, a flipped bit."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType


class Expect(Enum):
    """What a mutation may do to the loading of a file."""

    SAME = auto()
    """Nothing: the same rows, classed alike."""
    ONE_MORE = auto()
    """One row more, none of the others lost."""
    ONE_LESS = auto()
    """One row less, none of the others touched."""
    REFUSED = auto()
    """The file is refused as a whole."""
    KEPT_ASIDE = auto()
    """Exactly one row is kept aside."""
    DOCUMENTED = auto()
    """Anything that the reference page speaks of, as long as rows add up."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of lines: its encoding, delimiter, header and rows.

    Attributes
    ----------
    encoding, delimiter : str
        As read.
    header : str
        The header line.
    rows : tuple of str
        Data lines.
    """

    encoding: str
    delimiter: str
    header: str
    rows: tuple[str, ...]

    def written(self, header: str, rows: list[str]) -> bytes:
        return ("\r\n".join([header, *rows]) + "\r\n").encode(self.encoding)


Mutation = Callable[[random.Random, TextFile], tuple[bytes, Expect]]
ByteMutation = Callable[[random.Random, bytes], bytes]


def as_text_file(data: bytes) -> TextFile | None:
    """Return a plain file of lines, or None where cells hold line ends, or it is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
        delimiter = "\t" if lines and lines[0].count("\t") > lines[0].count(",") else ","
        # Quoted delimiters and line ends would need a reader; such files are mutated as bytes only.
        if len(lines) < 3 or len({line.count(delimiter) for line in lines}) > 1 or '"' in text.replace('="', ""):
            return None
        return TextFile(encoding, delimiter, lines[0], tuple(lines[1:]))
    return None


def lines_in_another_order(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    return of.written(of.header, rng.sample(of.rows, len(of.rows))), Expect.SAME


def line_twice(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    rows.insert(rng.randrange(len(rows) + 1), rng.choice(rows))
    return of.written(of.header, rows), Expect.ONE_MORE


def line_lost(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    del rows[rng.randrange(len(rows))]
    return of.written(of.header, rows), Expect.ONE_LESS


def columns_in_another_order(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    order = rng.sample(range(of.header.count(of.delimiter) + 1), of.header.count(of.delimiter) + 1)

    def moved(line: str) -> str:
        cells = line.split(of.delimiter)
        return of.delimiter.join(cells[place] for place in order)

    return of.written(moved(of.header), [moved(row) for row in of.rows]), Expect.SAME


def blank_lines_between(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    rows.insert(rng.randrange(len(rows) + 1), "")
    return of.written(of.header, rows), Expect.SAME


def column_added(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    header = of.header + of.delimiter + "新增的一列"
    return of.written(header, [row + of.delimiter + str(rng.randrange(9)) for row in of.rows]), Expect.SAME


def cell_lost(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    place = rng.randrange(len(rows))
    rows[place] = rows[place].rsplit(of.delimiter, 1)[0]
    return of.written(of.header, rows), Expect.KEPT_ASIDE


def header_replaced(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    names = of.delimiter.join(f"列{rng.randrange(10_000)}" for _ in range(of.header.count(of.delimiter) + 1))
    return of.written(names, list(of.rows)), Expect.REFUSED


def digit_slipped(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    place = rng.randrange(len(rows))
    digits = [n for n, letter in enumerate(rows[place]) if letter.isdigit()]
    if digits:
        at = rng.choice(digits)
        rows[place] = rows[place][:at] + rng.choice("0123456789x.-") + rows[place][at + 1 :]
    return of.written(of.header, rows), Expect.DOCUMENTED


def cell_swapped(rng: random.Random, of: TextFile) -> tuple[bytes, Expect]:
    rows = list(of.rows)
    place = rng.randrange(len(rows))
    cells = rows[place].split(of.delimiter)
    a, b = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[a], cells[b] = cells[b], cells[a]
    rows[place] = of.delimiter.join(cells)
    return of.written(of.header, rows), Expect.DOCUMENTED


TEXT_MUTATIONS: tuple[Mutation, ...] = (
    lines_in_another_order,
    line_twice,
    line_lost,
    columns_in_another_order,
    blank_lines_between,
    column_added,
    cell_lost,
    header_replaced,
    digit_slipped,
    cell_swapped,
)
"""What happens to files of lines."""


def _flipped(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 2, 16))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def _hole(rng: random.Random, data: bytes) -> bytes:
    begin = rng.randrange(len(data))
    return data[:begin] + data[begin + rng.randrange(1, 400) :]


def _noise_inside(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + rng.randbytes(rng.randrange(1, 60)) + data[at:]


def _piece_twice(rng: random.Random, data: bytes) -> bytes:
    begin = rng.randrange(len(data))
    end = begin + rng.randrange(1, 400)
    return data[:end] + data[begin:]


def _zeros(rng: random.Random, data: bytes) -> bytes:
    begin = rng.randrange(len(data))
    return data[:begin] + bytes(len(data) - begin)


BYTE_MUTATIONS: Mapping[str, ByteMutation] = MappingProxyType(
    {
        "flipped": _flipped,
        "cut": _cut,
        "hole": _hole,
        "noise_inside": _noise_inside,
        "piece_twice": _piece_twice,
        "zeros": _zeros,
    }
)
"""What happens to any file."""

"""Reading the log, up to where its writer has forced it to disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from zhanggui.collect.events.log.framing import FILE_HEAD, HEAD_BYTES, frames
from zhanggui.collect.events.log.writing import (
    DURABLE_FILE,
    LOG_DIRECTORY,
    place_of,
    segment_numbers,
    segment_path,
)
from zhanggui.ledger.privacy import Sealer, ShopKey

READ_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of one writer's log.

    Attributes
    ----------
    writer : str
    number : int
    path : Path
    end : int
        How far it may be read.
    is_last : bool
        Its writer may still add to it.
    """

    writer: str
    number: int
    path: Path
    end: int
    is_last: bool

    @property
    def name(self) -> str:
        """Writer and number."""
        return f"{self.writer}/{self.number:08d}"


@dataclass(slots=True)
class LogRead:
    """What was read of a segment.

    Attributes
    ----------
    blocks : list of (int, bytes)
        Opened frames, each with where it ends.
    end : int
        Where the next reading begins.
    n_mended, n_lost : int
        Frames of which a flipped bit was put right, and those that are damaged beyond repair.
    """

    blocks: list[tuple[int, bytes]] = field(default_factory=list)
    end: int = 0
    n_mended: int = 0
    n_lost: int = 0


def writers_of(shop_dir: Path) -> list[str]:
    """Return the names of all that ever wrote a log of a shop."""
    directory = shop_dir / LOG_DIRECTORY
    return sorted(path.name for path in directory.iterdir() if path.is_dir()) if directory.is_dir() else []


def segments_of(shop_dir: Path, writer: str) -> list[Segment]:
    """Return the segments of one writer, oldest first."""
    directory = shop_dir / LOG_DIRECTORY / writer
    numbers = segment_numbers(directory)
    marked, durable = _durable(directory)
    found = []
    for number in numbers:
        path = segment_path(directory, number)
        size = path.stat().st_size
        end = min(size, durable) if number == marked else size
        found.append(Segment(writer, number, path, end, number == numbers[-1]))
    return found


def read_segment(segment: Segment, key: ShopKey, start: int = 0, *, most_bytes: int = READ_BYTES) -> LogRead:
    """Read the frames of a segment from an offset on.

    Parameters
    ----------
    segment : Segment
    key : ShopKey
    start : int
        End of what was read before.
    most_bytes : int
        So much is read at a time; one frame is read whatever its size.
    """
    start = max(start, len(FILE_HEAD))
    read = LogRead(end=start)
    sealer, place = Sealer(key), place_of(segment.writer, segment.number)
    while read.end + HEAD_BYTES <= segment.end and not read.blocks:
        is_whole = segment.end - read.end <= most_bytes
        with segment.path.open("rb") as file:
            file.seek(read.end)
            data = file.read(min(most_bytes, segment.end - read.end))
        before = read.end
        for frame in frames(data, read.end, sealer, place, is_whole=is_whole):
            read.end = frame.end
            read.n_mended += frame.is_mended
            if frame.block is None:
                read.n_lost += 1
            else:
                read.blocks.append((frame.end, frame.block))
        if read.end == before:
            if is_whole:
                break
            # A frame longer than what was read, or a flipped bit that says so.
            most_bytes *= 4
    return read


def waiting_bytes(shop_dir: Path, ends: dict[str, int]) -> int:
    """Return how many bytes of the log nobody has read yet, given how far each segment was read."""
    return sum(
        max(segment.end - max(ends.get(segment.name, 0), len(FILE_HEAD)), 0)
        for writer in writers_of(shop_dir)
        for segment in segments_of(shop_dir, writer)
    )


def _durable(directory: Path) -> tuple[int, int]:
    """Return the segment that is being written and how much of it is on disk; 0 where nobody says."""
    try:
        number, end = (directory / DURABLE_FILE).read_bytes().split()
        return int(number), int(end)
    except (OSError, ValueError):
        return 0, 0

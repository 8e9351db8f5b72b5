"""What the log promises: what was acknowledged is there after any crash, and nothing else is made up."""

from __future__ import annotations

import errno
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhanggui.collect.events.log import (
    Disk,
    DiskFile,
    GroupCommit,
    LogBusyError,
    LogFullError,
    LogWriter,
    Record,
    packed,
    read_segment,
    records_of,
    segments_of,
    waiting_bytes,
)
from zhanggui.collect.events.log.committing import Done
from zhanggui.ledger.privacy import ShopKey

KEY = ShopKey(b"k" * 32)


def record(number: int) -> bytes:
    return packed(Record("k1", "segment", 1, b'{"n":%d}' % number))


def held(folder: Path, name: str = "collector") -> list[int]:
    """Return the numbers of all records that a reader finds."""
    found = []
    for segment in segments_of(folder, name):
        start, before = 0, -1
        while start != before:
            read = read_segment(segment, KEY, start, most_bytes=2_000)
            before, start = start, read.end
            for _, block in read.blocks:
                found += [int(one.body[5:-1]) for one in records_of(block)]
    return found


class PowerCutDisk(Disk):
    """Keeps what is written in memory until it is forced to disk, as a machine does; a cut loses the rest."""

    def __init__(self, seed: int = 0) -> None:
        self.files: list[PowerCutFile] = []
        self.chance = random.Random(seed)

    def create(self, path: Path) -> DiskFile:
        file = PowerCutFile(path)
        self.files.append(file)
        return file

    def cut(self) -> None:
        """Lose what was not forced, but for a part of it that happened to be written."""
        for file in self.files:
            lucky = file.waiting[: self.chance.randint(0, len(file.waiting))]
            if lucky and self.chance.random() < 0.5:
                lucky = lucky[:-1] + bytes(self.chance.randint(0, 40))
            os.write(file._fd, lucky)
            file.waiting = b""


class PowerCutFile(DiskFile):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.waiting = b""

    def write(self, data: bytes) -> None:
        self.waiting += data

    def sync(self) -> None:
        super().write(self.waiting)
        self.waiting = b""
        super().sync()


class FailingDisk(Disk):
    """Fails the nth write or the nth forced write."""

    def __init__(self, nth: int, what: str, code: int = errno.ENOSPC) -> None:
        self.nth, self.what, self.code, self.n = nth, what, code, 0

    def create(self, path: Path) -> DiskFile:
        return FailingFile(path, self)

    def fail(self, what: str) -> None:
        self.n += what == self.what
        if what == self.what and self.n == self.nth:
            raise OSError(self.code, os.strerror(self.code))


class FailingFile(DiskFile):
    def __init__(self, path: Path, disk: FailingDisk) -> None:
        super().__init__(path)
        self.disk = disk

    def write(self, data: bytes) -> None:
        try:
            self.disk.fail("write")
        except OSError:
            super().write(data[: len(data) // 2])
            raise
        super().write(data)

    def sync(self) -> None:
        self.disk.fail("sync")
        super().sync()


def test_what_was_written_is_read_in_order_over_several_segments(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY, segment_bytes=600)
    for number in range(0, 60, 3):
        writer.append([record(number), record(number + 1), record(number + 2)])
    writer.close()

    assert len(segments_of(tmp_path, "collector")) > 3
    assert held(tmp_path) == list(range(60))


def test_a_second_writer_of_one_log_is_refused_and_one_of_another_name_is_not(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY)
    with pytest.raises(LogBusyError):
        LogWriter(tmp_path, KEY)
    LogWriter(tmp_path, KEY, name="server").close()
    writer.close()
    LogWriter(tmp_path, KEY).close()


def test_records_are_sealed_on_disk(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY)
    writer.append([packed(Record("k1", "segment", 1, b"canary"))])
    writer.close()

    assert all(b"canary" not in path.read_bytes() for path in tmp_path.rglob("*.zgl"))


def test_a_reader_sees_nothing_that_is_not_yet_forced_to_disk(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY)
    writer.append([record(1)])
    [segment] = segments_of(tmp_path, "collector")
    with segment.path.open("ab") as file:
        file.write(segment.path.read_bytes()[16:])

    assert held(tmp_path) == [1]
    assert waiting_bytes(tmp_path, {segment.name: segment.end}) == 0
    writer.close()


@pytest.mark.parametrize("n_lost", [1, 5, 12, 13, 40])
def test_a_torn_end_is_cut_off_and_the_next_writer_goes_on(tmp_path: Path, n_lost: int) -> None:
    writer = LogWriter(tmp_path, KEY)
    for number in range(3):
        writer.append([record(number)])
    writer.close()
    [segment] = segments_of(tmp_path, "collector")
    os.truncate(segment.path, segment.path.stat().st_size - n_lost)

    again = LogWriter(tmp_path, KEY)
    again.append([record(9)])
    again.close()

    assert held(tmp_path) == [0, 1, 9]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_flipped_bit_is_put_right(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("log")
    writer = LogWriter(folder, KEY)
    for number in range(4):
        writer.append([record(number)])
    writer.close()
    [segment] = segments_of(folder, "collector")
    content = bytearray(segment.path.read_bytes())
    bit = data.draw(st.integers(16 * 8, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    segment.path.write_bytes(content)

    assert held(folder) == [0, 1, 2, 3]


def test_a_frame_beyond_repair_is_told_and_its_neighbours_are_read(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY)
    writer.append([record(0)])
    [segment] = segments_of(tmp_path, "collector")
    for number in (1, 2):
        writer.append([record(number)])
    writer.close()
    content = bytearray(segment.path.read_bytes())
    content[segment.end + 20 : segment.end + 24] = b"\0\0\0\0"
    segment.path.write_bytes(content)

    [whole] = segments_of(tmp_path, "collector")
    assert read_segment(whole, KEY).n_lost == 1
    assert held(tmp_path) == [0, 2]


def test_a_frame_that_was_moved_to_another_place_does_not_open(tmp_path: Path) -> None:
    writer = LogWriter(tmp_path, KEY)
    writer.append([record(0)])
    writer.append([record(1)])
    writer.close()
    [segment] = segments_of(tmp_path, "collector")
    content = segment.path.read_bytes()
    half = (len(content) - 16) // 2
    segment.path.write_bytes(content[:16] + content[16 + half :] + content[16 : 16 + half])

    assert held(tmp_path) == []


@pytest.mark.parametrize("seed", range(25))
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: list[int] = []
    number = 0
    for _ in range(3):
        disk = PowerCutDisk(seed)
        writer = LogWriter(tmp_path, KEY, disk=disk, segment_bytes=500)
        for _ in range(chance.randint(1, 8)):
            group = list(range(number, number + chance.randint(1, 5)))
            number += len(group)
            writer.append([record(one) for one in group])
            acknowledged += group
        assert writer._file is not None
        writer._file.write(b"ZgF\x01" + bytes(chance.randint(0, 90)))
        disk.cut()
        writer.close()

    LogWriter(tmp_path, KEY).close()

    assert held(tmp_path) == acknowledged


@pytest.mark.parametrize("what", ["write", "sync"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("nth", range(2, 9))
def test_a_write_that_fails_is_told_and_the_log_goes_on(tmp_path: Path, what: str, code: int, nth: int) -> None:
    writer = LogWriter(tmp_path, KEY, disk=FailingDisk(nth, what, code), segment_bytes=300)
    acknowledged: list[int] = []
    failures: list[int | None] = []
    for number in range(12):
        try:
            writer.append([record(number)])
            acknowledged.append(number)
        except OSError as error:
            failures.append(error.errno)
    writer.close()

    assert failures == [code]
    assert held(tmp_path) == acknowledged


def test_a_full_disk_at_the_start_ends_nothing_for_good(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="space"):
        LogWriter(tmp_path, KEY, disk=FailingDisk(1, "write"))

    assert held(tmp_path) == []


def test_records_that_come_while_a_group_is_written_form_the_next_group(tmp_path: Path) -> None:
    groups: list[int] = []

    def deliver(dones: list[Done], failure: OSError | None) -> None:
        assert failure is None
        groups.append(len(dones))

    commit = GroupCommit(LogWriter(tmp_path, KEY), deliver)
    for number in range(500):
        commit.submit(record(number), lambda failure: None)
    commit.close()

    assert sum(groups) == 500
    assert len(groups) < 500
    assert held(tmp_path) == list(range(500))


def test_more_than_memory_is_given_for_is_refused_at_once(tmp_path: Path) -> None:
    commit = GroupCommit(LogWriter(tmp_path, KEY), most_waiting_bytes=10)
    with pytest.raises(LogFullError):
        commit.submit(record(1), lambda failure: None)
    commit.close()

    with pytest.raises(LogFullError):
        commit.submit(b"", lambda failure: None)

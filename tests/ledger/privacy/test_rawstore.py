"""The encrypted store of source files."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhanggui.ledger.privacy import RawFileDamagedError, RawFileMissingError, RawStore, ShopKey
from zhanggui.ledger.privacy.frames import HEADER_BYTES, TAG_BYTES

KEY = ShopKey(bytes(range(32)))
SMALL = 4  # frames of 16 bytes, so that short data has many
STORED_FRAME = 16 + TAG_BYTES

# The directory is shared between examples on purpose: stored contents do not touch each other.
same_directory = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
contents = st.binary(max_size=200) | st.integers(0, 5).map(lambda n: bytes(16 * n))


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path, KEY, frame_bits=SMALL)


def read_all(store: RawStore, raw_id: str) -> bytes:
    with store.open(raw_id) as file:
        return file.read()


def put(store: RawStore, content: bytes) -> str:
    return store.put(io.BytesIO(content)).raw_id


@same_directory
@given(contents)
def test_any_bytes_come_back_as_they_went_in(store: RawStore, content: bytes) -> None:
    stored = store.put(io.BytesIO(content))

    assert read_all(store, stored.raw_id) == content
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert store.verify(stored.raw_id) == len(content)


@same_directory
@given(contents, st.data())
def test_reading_anywhere_gives_the_bytes_of_that_place(store: RawStore, content: bytes, data: st.DataObject) -> None:
    with store.open(put(store, content)) as file:
        for _ in range(5):
            start = data.draw(st.integers(0, len(content) + 20))
            length = data.draw(st.integers(0, 60))
            assert file.seek(start) == start
            assert file.read(length) == content[start : start + length]


@same_directory
@given(contents, st.data())
def test_a_file_cut_anywhere_is_refused(store: RawStore, content: bytes, data: st.DataObject) -> None:
    path = store.path(put(store, content))
    whole = path.read_bytes()
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])

    with pytest.raises(RawFileDamagedError):
        read_all(store, path.stem)


@same_directory
@given(contents, st.data())
def test_a_flipped_bit_anywhere_is_refused(store: RawStore, content: bytes, data: st.DataObject) -> None:
    path = store.path(put(store, content))
    changed = bytearray(path.read_bytes())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(changed)

    with pytest.raises(RawFileDamagedError):
        read_all(store, path.stem)


@same_directory
@given(st.binary(min_size=40, max_size=120), st.data())
def test_swapped_repeated_or_dropped_frames_are_refused(store: RawStore, content: bytes, data: st.DataObject) -> None:
    path = store.path(put(store, content))
    whole = path.read_bytes()
    body = whole[HEADER_BYTES:]
    frames = [body[at : at + STORED_FRAME] for at in range(0, len(body), STORED_FRAME)]
    order = data.draw(st.lists(st.sampled_from(range(len(frames))), min_size=1, max_size=len(frames) + 1))
    if order == list(range(len(frames))):
        order.pop()
    path.write_bytes(whole[:HEADER_BYTES] + b"".join(frames[place] for place in order))

    with pytest.raises(RawFileDamagedError):
        read_all(store, path.stem)


def test_a_file_put_in_the_place_of_another_is_refused(store: RawStore) -> None:
    first, second = put(store, b"first"), put(store, b"other")
    store.path(second).replace(store.path(first))

    with pytest.raises(RawFileDamagedError, match="part 1 of 1 does not decrypt"):
        store.open(first)


def test_another_shops_key_opens_nothing(store: RawStore, tmp_path: Path) -> None:
    raw_id = put(store, b"ours")

    with pytest.raises(RawFileDamagedError):
        RawStore(tmp_path, ShopKey(bytes(32))).open(raw_id)


def test_the_same_bytes_are_stored_once(store: RawStore) -> None:
    first, second = store.put(io.BytesIO(b"twice")), store.put(io.BytesIO(b"twice"))

    assert (first.is_new, second.is_new) == (True, False)
    assert store.ids() == [first.raw_id] == [second.raw_id]


def test_storing_the_bytes_of_a_damaged_file_again_heals_it(store: RawStore) -> None:
    raw_id = put(store, b"good content")
    store.path(raw_id).write_bytes(b"rubbish")

    assert store.put(io.BytesIO(b"good content")).is_new
    assert read_all(store, raw_id) == b"good content"


def test_nothing_of_the_plain_bytes_is_on_disk(store: RawStore, tmp_path: Path) -> None:
    put(store, b"13800138000" * 50)

    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"13800138000" not in path.read_bytes()


class Trickle(io.RawIOBase):
    """Gives one byte at a time, then fails or ends."""

    def __init__(self, content: bytes, at_end: Callable[[], bytes]) -> None:
        super().__init__()
        self._left = content
        self._at_end = at_end

    def read(self, size: int = -1, /) -> bytes:
        if not self._left:
            return self._at_end()
        first, self._left = self._left[:1], self._left[1:]
        return first


def broken_pipe() -> bytes:
    raise BrokenPipeError("the upload was broken off")


def test_a_slow_upload_is_stored_whole(store: RawStore) -> None:
    stored = store.put(Trickle(b"drop by drop, over several frames", bytes))  # type: ignore[arg-type]  # reads enough

    assert read_all(store, stored.raw_id) == b"drop by drop, over several frames"


def test_an_upload_broken_off_leaves_nothing_behind(store: RawStore, tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError):
        store.put(Trickle(b"half of it", broken_pipe))  # type: ignore[arg-type]  # reads enough

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_killed_program_left_is_cleaned_and_nothing_else(store: RawStore, tmp_path: Path) -> None:
    raw_id = put(store, b"kept")
    (tmp_path / "tmp" / "abc.raw-part").write_bytes(b"half")
    (tmp_path / "tmp" / "somebody.else").write_bytes(b"whole")

    assert store.clean_leftovers() == 1
    assert store.ids() == [raw_id]
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["somebody.else"]


def test_a_missing_file_says_so(store: RawStore) -> None:
    with pytest.raises(RawFileMissingError, match="is missing"):
        store.open("0" * 64)


@pytest.mark.parametrize("raw_id", ["", "../shop.key", "A" * 64, "0" * 63 + "\n"])
def test_a_name_that_is_no_digest_never_becomes_a_path(store: RawStore, raw_id: str) -> None:
    with pytest.raises(ValueError, match="not the id"):
        store.path(raw_id)


def test_progress_ends_with_the_size(store: RawStore) -> None:
    seen: list[int] = []
    store.put(io.BytesIO(bytes(50)), seen.append)

    assert seen == [16, 32, 48, 50]


def test_a_zip_archive_is_read_straight_from_the_store(store: RawStore) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("orders.csv", "订单编号\n1\n" * 500)

    with store.open(put(store, archive.getvalue())) as file, zipfile.ZipFile(file) as packed:
        assert packed.read("orders.csv").decode().count("订单编号") == 500


def test_a_large_file_streams_through_frames_of_a_mebibyte(tmp_path: Path) -> None:
    source = tmp_path / "large.csv"
    content = os.urandom(1 << 16) * 40 + b"tail"
    source.write_bytes(content)
    store = RawStore(tmp_path, KEY)
    stored = store.put(source)

    # 40 × 65,536 + 4 bytes = 2 full frames of 1 MiB and a shorter one: 3 tags.
    assert store.path(stored.raw_id).stat().st_size == len(content) + HEADER_BYTES + 3 * TAG_BYTES
    assert store.verify(stored.raw_id) == len(content)


def test_a_closed_file_reads_no_more(store: RawStore) -> None:
    file = store.open(put(store, b"text"))
    file.close()

    with pytest.raises(ValueError, match="closed"):
        file.read()

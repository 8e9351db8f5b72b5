"""Notes for days to come."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.simulate.diary import Diary


@given(st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=5))
def test_every_note_is_read_once_on_its_day_in_the_order_of_writing(batches: list[list[int]]) -> None:
    diary = Diary("number", "batch")
    written: list[tuple[int, int]] = []
    for batch, days in enumerate(batches):
        numbers = np.arange(len(written), len(written) + len(days))
        diary.write(days, number=numbers, batch=batch)
        written += [(day, int(number)) for day, number in zip(days, numbers, strict=True)]

    assert len(diary) == len(written)
    for day in range(6):
        assert diary.take(day)["number"].tolist() == [number for then, number in written if then == day]
    assert len(diary) == 0


def test_one_day_stands_for_all_notes() -> None:
    diary = Diary("sku", "quantity")
    diary.write(3, sku=[7, 8], quantity=1)
    diary.write(3, sku=np.empty(0, np.int64), quantity=1)

    assert diary.take(3)["sku"].tolist() == [7, 8]
    assert diary.take(4)["quantity"].size == 0

"""What reviews say, and why."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws, Ints
from zhanggui.simulate.goods import shelf_of
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.records import LINES, ORDERS, REFUNDS, OrderKind, Reason
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.service.reviews import Reviews, quality_factor
from zhanggui.simulate.service.topics import Topic
from zhanggui.simulate.service.words import N_TEXTS, NO_WORDS, review_text
from zhanggui.simulate.stores import stores_of

DAY = 86_400
DRAWS = Draws(11)
OPTIONS = Options()
SHELF = shelf_of(OPTIONS, DRAWS, stores_of(OPTIONS))
N = 6_000
SIZES = (Topic.SIZE_SMALL, Topic.SIZE_LARGE)
SOUND = int(np.flatnonzero((SHELF.size >= 3) & ~SHELF.size_fault[SHELF.product])[0])
FAULTY = int(np.flatnonzero((SHELF.size >= 3) & SHELF.size_fault[SHELF.product])[0])
FAULTY_SMALL = int(np.flatnonzero((SHELF.size == 0) & SHELF.size_fault[SHELF.product])[0])


def day_of(sku: int, n: int = N, **columns: npt.ArrayLike) -> DayRecords:
    """A day whose orders are each for one piece of a SKU."""
    numbers = np.arange(n)
    order: dict[str, Any] = dict.fromkeys(ORDERS.columns, 0)
    order |= {"order": numbers, "order_key": DRAWS.key("test order", numbers), "received_at": 3 * DAY, "store": 2}
    line: dict[str, Any] = dict.fromkeys(LINES.columns, 0)
    records = DayRecords(0, 0)
    records.put(Rows(ORDERS, **{**order, **columns}))
    records.put(Rows(LINES, **{**line, "order": numbers, "sku": sku, "quantity": 1, "store": 2}))
    return records


def reviews_of(records: DayRecords, levers: Levers | None = None, fixed: tuple[int, ...] = ()) -> Rows:
    reviews = Reviews(DRAWS, SHELF)
    reviews.fix_size_charts(fixed)
    reviews.expect(records, levers or Levers())
    days = [reviews.due(DayRecords(day, day * DAY)) for day in range(45)]
    return Rows.together(days[0].table, days)


def bad_share(reviews: Rows, topics: tuple[Topic, ...] = tuple(Topic)) -> float:
    return float(((reviews["stars"] <= 3) & np.isin(reviews["topic"], topics)).mean())


def test_a_garment_with_a_wrong_size_chart_is_called_too_small_or_too_large_and_most_in_large_sizes() -> None:
    small = SHELF.size_shift[SHELF.product[FAULTY]] < 0
    expected = Topic.SIZE_SMALL if small else Topic.SIZE_LARGE

    faulty = bad_share(reviews_of(day_of(FAULTY)), (expected,))

    assert faulty > bad_share(reviews_of(day_of(FAULTY_SMALL)), SIZES) > bad_share(reviews_of(day_of(SOUND)), SIZES)
    assert bad_share(reviews_of(day_of(FAULTY)), SIZES) == faulty
    assert bad_share(reviews_of(day_of(SOUND)), SIZES) == 0


def test_a_corrected_size_chart_ends_reviews_about_size() -> None:
    fixed = reviews_of(day_of(FAULTY), fixed=(int(SHELF.product[FAULTY]),))

    assert bad_share(fixed, SIZES) == 0


def test_the_quality_lever_plants_a_share_of_good_reviews() -> None:
    product = int(SHELF.product[SOUND])
    levers = Levers([Pull(Lever.QUALITY, quality_factor(0.4), 0, 0, {"product": product})])

    # 2,040 of 6,000 write: three standard errors of 40% are 3.3 points.
    assert bad_share(reviews_of(day_of(SOUND), levers)) == pytest.approx(0.4, abs=0.033)


def test_parcels_on_the_road_for_long_bring_bad_reviews_about_logistics() -> None:
    late, on_time = reviews_of(day_of(SOUND, received_at=9 * DAY)), reviews_of(day_of(SOUND))

    assert bad_share(late, (Topic.LOGISTICS,)) > 5 * bad_share(on_time, (Topic.LOGISTICS,))


def test_the_reason_of_a_refund_is_what_its_review_is_about() -> None:
    records = day_of(SOUND)
    columns: dict[str, Any] = dict.fromkeys(REFUNDS.columns, 0)
    columns |= {
        "order": np.arange(N),
        "refund": np.arange(N) * 10,
        "reason": int(Reason.FABRIC),
        "refunded_at": 4 * DAY,
    }
    records.put(Rows(REFUNDS, **columns))

    bad = reviews_of(records)
    bad = bad.where(bad["stars"] <= 3)

    assert (bad["topic"] == Topic.FABRIC).mean() > 0.9


def test_brushing_orders_praise_and_test_orders_are_silent() -> None:
    brushed = reviews_of(day_of(FAULTY, kind=int(OrderKind.BRUSHING)))

    assert len(brushed) > 0
    assert (brushed["stars"] >= 4).all()
    assert len(reviews_of(day_of(FAULTY, kind=int(OrderKind.TEST)))) == 0


def test_nobody_reviews_what_has_not_come() -> None:
    assert len(reviews_of(day_of(SOUND, received_at=NEVER))) == 0
    assert (reviews_of(day_of(SOUND))["at"] > 3 * DAY).all()


def words(reviews: Rows) -> list[str]:
    columns = zip(*(reviews[name].tolist() for name in ("text", "topic", "stars")), strict=True)
    return [review_text(text, topic, stars, thing="风衣", size="XL", colour="黑色") for text, topic, stars in columns]


def test_reviews_are_worded_in_many_ways_and_only_unwritten_ones_are_alike() -> None:
    written = reviews_of(day_of(FAULTY))
    written = written.where(written["text"] != NO_WORDS)

    said = words(written)

    assert len(set(said)) > 0.3 * len(said)
    assert not any("{" in one or "没有填写" in one for one in said)


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_words_for_bad_reviews(topic: Topic) -> None:
    texts: Ints = np.arange(1, N_TEXTS, 40_009)
    said = {review_text(text, topic, 1, thing="奶瓶", size="M") for text in texts.tolist()}

    assert len(said) > 10

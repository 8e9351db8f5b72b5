"""Why a median rose: the place that slowed many rows comes first, not the smallest that happens to lie far off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.metrics.explaining.shops import AFTER, BEFORE, FIRST, orders_of, tables_of
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.explaining import Asked, Explanation, explain

SLOW, FAR = "广东", "西藏"


def shipped() -> Iterator[Row]:
    """Give orders that leave within a day; of one province two days later in the last week, and two far ones."""
    rng = np.random.default_rng(8)
    for place, row in enumerate(orders_of(lambda shop_id, province, day: 3.0 if province == SLOW else 1.0)):
        is_late = row["province"] == SLOW and str(row["paid_date"]) >= str(AFTER.first)
        province = FAR if place in (5, 900) else row["province"]
        paid = datetime.combine(FIRST, datetime.min.time()) + (row["paid_date"] - FIRST)  # type: ignore[operator]  # a date
        hours = rng.uniform(5, 20) + 48 * is_late + (300 if province == FAR else 0)
        city, channel = f"{province}{rng.integers(4)}市", f"渠道{rng.integers(5)}"
        yield {
            **row,
            "province": province,
            "city": city,
            "channel": channel,
            "paid_at": paid,
            "shipped_at": paid + timedelta(hours=hours),
        }


@pytest.fixture(scope="module")
def sent() -> list[Row]:
    return list(shipped())


@pytest.fixture(scope="module")
def found(sent: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explanation]:
    with ledger_of(tmp_path_factory.mktemp("slow"), tables_of(sent)) as ledger:
        yield explained(ledger)


def explained(ledger: Ledger, *by: str) -> Explanation:
    return explain(ledger, Asked(CATALOGUE["hours_to_ship_median"], AFTER, BEFORE, by=by).checked())


def hours(rows: list[Row], period: Period, province: str | None = None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(
        [
            (row["shipped_at"] - row["paid_at"]).total_seconds() / 3600  # type: ignore[operator]  # moments
            for row in rows
            if period.first <= row["paid_date"] <= period.last  # type: ignore[operator]  # a date
            and province in (None, row["province"])
        ]
    )


def test_a_place_that_slowed_many_rows_comes_before_a_small_one_far_off(found: Explanation) -> None:
    first = found.segments.segments[0]

    assert dict(first.where) in ({"province": SLOW}, {"region": "华南"})  # The only province of its region.
    assert found.stands_out
    assert FAR not in {each.where.get("province") for each in found.segments.segments}


def test_a_segment_tells_its_own_medians_and_its_part_of_the_change(found: Explanation, sent: list[Row]) -> None:
    first = found.segments.segments[0]
    whole = [hours(sent, period) for period in (BEFORE, AFTER)]
    own = [hours(sent, period, SLOW) for period in (BEFORE, AFTER)]
    medians = [float(np.median(each)) for each in whole]

    assert (first.before, first.after) == pytest.approx(tuple(np.median(each) for each in own), abs=1e-6)
    halfway = sum(medians) / 2
    shares = [(each > halfway).mean() for each in whole]
    weights = [len(each) / len(of) for each, of in zip(own, whole, strict=True)]
    parts = [(each > halfway).sum() / len(of) for each, of in zip(own, whole, strict=True)]
    rate_and_mix = parts[1] - parts[0] - sum(shares) / 2 * (weights[1] - weights[0])
    expected = rate_and_mix / (shares[1] - shares[0]) * (medians[1] - medians[0])
    assert first.amount == pytest.approx(expected, rel=1e-9)
    assert "segments_not_additive" not in {each.code for each in found.data_warnings}


def test_the_parts_of_a_median_add_up_to_its_change(sent: list[Row], tmp_path: Path) -> None:
    by_two = [{**row, "province": "甲" if row["shop_id"] == 2 else "乙"} for row in sent]
    late = [
        {**row, "shipped_at": row["shipped_at"] + timedelta(hours=30 if row["shop_id"] == 2 else 9)}  # type: ignore[operator]  # a moment
        if str(row["paid_date"]) >= str(AFTER.first)
        else row
        for row in by_two
    ]
    with ledger_of(tmp_path, tables_of(late)) as ledger:
        found = explained(ledger, "province")

    assert {each.where["province"] for each in found.segments.segments} == {"甲", "乙"}
    assert sum(each.own for each in found.segments.segments) == pytest.approx(found.change, rel=1e-9)

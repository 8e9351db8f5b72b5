"""When a message may go out: platforms' limits, quiet hours, clocks that are set."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.collect.outbound.conftest import Office
from tests.collect.outbound.fake_platforms import FakePlatforms, Fault


@pytest.mark.parametrize(("kind", "most", "seconds"), [("wecom_robot", 20, 60), ("feishu_robot", 5, 1)])
def test_a_platforms_limit_is_kept_so_that_nothing_is_refused(
    office: Office, platforms: FakePlatforms, kind: str, most: int, seconds: float
) -> None:
    office.add(kind)
    for number in range(most + 3):
        office.put(kind, title=f"第{number}条")

    office.courier.run_due()
    assert len(platforms.requests) == most
    office.clock.advance(seconds - 0.01)
    assert office.courier.run_due() == 0
    office.clock.advance(0.02)
    assert office.courier.run_due() == 3
    assert set(office.states()) == {"sent"}


def test_a_limit_outlives_the_program_and_a_clock_that_is_set_back(office: Office, platforms: FakePlatforms) -> None:
    office.add("wecom_robot", per_minute=1)
    for number in range(3):
        office.put("wecom_robot", title=f"第{number}条")
    office.courier.run_due()
    assert office.courier.run_due() == 0

    # What was claimed in what is now the far future holds nothing up.
    office.clock.advance(-86_400)
    assert office.courier.run_due() == 1
    assert office.courier.run_due() == 0
    office.clock.advance(60.5)
    assert office.courier.run_due() == 1


def test_quiet_hours_put_off_until_their_end(office: Office, platforms: FakePlatforms) -> None:
    office.add("wecom_robot", quiet=("22:00", "08:00"))
    office.clock.moment = datetime(2026, 9, 1, 13, 59, tzinfo=UTC)
    office.put("wecom_robot", title="九点五十九分")
    office.courier.run_due()
    office.clock.advance(60)
    office.put("wecom_robot", title="十点整")
    office.courier.run_due()
    assert office.states() == ["sent", "waiting"]

    office.clock.moment = datetime(2026, 9, 1, 23, 59, 59, tzinfo=UTC)
    assert office.courier.run_due() == 0
    office.clock.moment = datetime(2026, 9, 2, 0, 0, tzinfo=UTC)
    assert office.courier.run_due() == 1


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        # 28 March 2027: the clocks of London go from 01:00 to 02:00; quiet until 06:00 is 05:00 UTC.
        ("2027-03-28T00:30", "2027-03-28T05:00"),
        # 31 October 2027: 01:00 to 02:00 comes twice; quiet until 06:00 is 06:00 UTC.
        ("2027-10-31T00:30", "2027-10-31T06:00"),
    ],
)
def test_quiet_hours_go_by_the_clocks_on_the_wall(office: Office, moment: str, opens: str) -> None:
    office.add("wecom_robot", quiet=("23:00", "06:00"), tz="Europe/London")
    office.clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    office.put("wecom_robot")
    office.courier.run_due()

    office.clock.moment = datetime.fromisoformat(opens).replace(tzinfo=UTC)
    office.clock.advance(-1)
    assert office.courier.run_due() == 0
    office.clock.advance(1)
    assert office.courier.run_due() == 1


def test_a_clock_that_was_years_ahead_puts_nothing_off_when_it_is_set_right(
    office: Office, platforms: FakePlatforms
) -> None:
    office.add("wecom_robot")
    right = office.clock()
    office.clock.advance(10 * 365 * 86_400)
    office.put("wecom_robot")
    platforms.faults = [Fault(503)]
    office.courier.run_due()

    office.clock.moment = right
    assert (office.courier.run_due(), office.states()) == (1, ["sent"])

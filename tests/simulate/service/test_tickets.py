"""The service desk."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.levers import Lever, Levers, Pull
from zhanggui.simulate.options import Options
from zhanggui.simulate.records import ORDERS, REFUNDS, Reason
from zhanggui.simulate.rows import NEVER, Rows
from zhanggui.simulate.service.tickets import Desk
from zhanggui.simulate.service.topics import TicketTopic
from zhanggui.simulate.stores import stores_of

DAY, HOUR = 86_400, 3_600
DRAWS = Draws(3)
N = 3_000


def day_of(day: int = 0, n: int = N, **columns: npt.ArrayLike) -> DayRecords:
    plain: dict[str, Any] = dict.fromkeys(ORDERS.columns, 0)
    plain |= {"order": np.arange(n), "order_key": DRAWS.key("order", day, np.arange(n)), "person": np.arange(n)}
    moments = {"created_at": 14 * HOUR, "paid_at": 14 * HOUR, "shipped_at": DAY, "promised_ship_at": 2 * DAY}
    plain |= {name: day * DAY + moment for name, moment in moments.items()}
    records = DayRecords(day, day * DAY)
    records.put(Rows(ORDERS, **{**plain, "received_at": (day + 3) * DAY, "warehouse": 0, **columns}))
    return records


def talks_of(*days: DayRecords, levers: Levers | None = None) -> Rows:
    desk = Desk(DRAWS, stores_of(Options()))
    found = []
    for day in range(20):
        records = days[day] if day < len(days) else DayRecords(day, day * DAY)
        desk.expect(records)
        found.append(desk.due(records, levers or Levers()))
    return Rows.together(found[0].table, found)


def waits(talks: Rows) -> npt.NDArray[np.int64]:
    answered = talks.where(talks["first_reply_at"] != NEVER)
    found: npt.NDArray[np.int64] = answered["first_reply_at"] - answered["opened_at"]
    return found


def test_talks_are_answered_after_they_open_and_closed_after_that() -> None:
    talks = talks_of(day_of())

    answered = talks["first_reply_at"] != NEVER
    assert (waits(talks) > 0).all()
    assert (talks["closed_at"] > talks["first_reply_at"])[answered].all()
    assert (talks["closed_at"] == NEVER)[~answered].all()
    assert (~answered).any()
    assert talks["ticket"].tolist() == list(range(len(talks)))


def test_late_shipping_makes_buyers_chase_their_parcels() -> None:
    def chased(records: DayRecords) -> int:
        return int((talks_of(records)["topic"] == TicketTopic.CHASE_SHIPPING).sum())

    assert chased(day_of()) == 0
    assert chased(day_of(shipped_at=5 * DAY, received_at=8 * DAY)) > 0.2 * N


def test_grave_faults_bring_complaints() -> None:
    def complaints(reason: Reason) -> int:
        records = day_of()
        columns: dict[str, Any] = dict.fromkeys(REFUNDS.columns, 0)
        columns |= {"order": np.arange(N), "refund": np.arange(N) * 10, "reason": int(reason), "applied_at": 4 * DAY}
        records.put(Rows(REFUNDS, **columns))
        return int(talks_of(records)["is_complaint"].sum())

    assert complaints(Reason.DAMAGED) > 3 * complaints(Reason.CHANGED_MIND)


def test_the_lever_of_the_desk_makes_people_wait_longer() -> None:
    slow = Levers([Pull(Lever.REPLY_TIME, 10.0, 0, 99, {"store": 0})])

    usual, slowed = np.median(waits(talks_of(day_of()))), np.median(waits(talks_of(day_of(), levers=slow)))

    assert 5 * usual < slowed


def test_a_rush_makes_people_wait_longer() -> None:
    quiet = day_of(0, 300)
    rush = day_of(1, N)

    talks = talks_of(quiet, rush)

    first = talks["opened_at"] < DAY
    assert np.median(waits(talks.where(~first))) > 3 * np.median(waits(talks.where(first)))


def test_most_who_ask_at_night_meet_a_robot_and_the_rest_wait_for_long() -> None:
    talks = talks_of(day_of(created_at=3 * HOUR, paid_at=3 * HOUR))

    wait = waits(talks.where((talks["opened_at"] < 4 * HOUR) & (talks["first_reply_at"] != NEVER)))
    assert (wait == 3).mean() > 0.6
    assert np.median(wait[wait > 3]) > 5 * np.median(waits(talks_of(day_of())))

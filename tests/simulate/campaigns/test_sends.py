"""Messages and how people take them."""

from __future__ import annotations

import numpy as np

from zhanggui.simulate.campaigns.fatigue import attention, complaint_chance, unsubscribe_chance
from zhanggui.simulate.campaigns.sends import Outbox
from zhanggui.simulate.day_records import DayRecords
from zhanggui.simulate.draws import Draws
from zhanggui.simulate.options import Options
from zhanggui.simulate.people import Newcomers, People, newcomers
from zhanggui.simulate.records import MESSAGES
from zhanggui.simulate.rows import NEVER, Column, Rows
from zhanggui.simulate.stores import stores_of

DRAWS = Draws(5)
N_PEOPLE = 4_000


def crowd() -> People:
    people = People()
    keys = DRAWS.key("crowd", np.arange(N_PEOPLE))
    nothing = np.full(N_PEOPLE, NEVER)
    who = Newcomers(keys, np.zeros(N_PEOPLE, np.int64), np.zeros(N_PEOPLE, np.int64), nothing)
    people.add(**newcomers(DRAWS, who, stores_of(Options())))
    people.has_consent[:] = True
    return people


def sent(outbox: Outbox, people: People, day: int, held_out: Column | None = None) -> Rows:
    records = DayRecords(day, day * 86_400)
    everybody = np.flatnonzero(people.has_consent)
    nobody = np.zeros(everybody.size, np.bool_)
    is_held_out = nobody if held_out is None else held_out
    outbox.send(records, people, everybody, is_held_out, name="试", text="试", channel=0, hour=10)
    return records[MESSAGES]


def test_who_is_held_out_is_planned_and_never_sent_nor_tired() -> None:
    outbox, people = Outbox(DRAWS), crowd()
    is_held_out = np.arange(N_PEOPLE) % 2 == 0

    messages = sent(outbox, people, 0, is_held_out)

    assert len(messages) == N_PEOPLE
    assert (messages["planned_at"] == 10 * 3_600).all()
    for moment in ("sent_at", "delivered_at", "clicked_at"):
        assert (messages[moment][is_held_out] == NEVER).all()
    assert not (messages["is_complaint"] | messages["is_unsubscribe"])[is_held_out].any()
    assert outbox.fatigue.of(np.array([0, 1]), 0).tolist() == [0.0, 1.0]


def test_a_message_is_sent_before_it_arrives_and_arrives_before_it_is_clicked() -> None:
    messages = sent(Outbox(DRAWS), crowd(), 0)

    arrived, clicked = messages["delivered_at"] != NEVER, messages["clicked_at"] != NEVER
    assert (messages["delivered_at"] > messages["sent_at"])[arrived].all()
    assert (messages["clicked_at"] > messages["delivered_at"])[clicked].all()
    assert (arrived | ~clicked).all()


def test_daily_messages_make_more_people_complain_and_leave() -> None:
    outbox, people = Outbox(DRAWS), crowd()
    days = [sent(outbox, people, day) for day in range(20)]

    complaints = [int(messages["is_complaint"].sum()) for messages in days]
    assert sum(complaints[-3:]) > 5 * sum(complaints[:3]) > 0
    assert people.has_consent.sum() < N_PEOPLE
    assert len(days[-1]) < N_PEOPLE


def test_pressure_raises_complaints_and_leaves_less_attention() -> None:
    pressure = np.array([0.0, 1.0, 4.0])

    assert (np.diff(complaint_chance(pressure)) > 0).all()
    assert (np.diff(unsubscribe_chance(pressure)) > 0).all()
    assert (np.diff(attention(pressure)) < 0).all()

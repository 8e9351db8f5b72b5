"""The own site's events: every paid order in exactly one of them, and pages in an order that is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from zhanggui.simulate.draws import Ints
from zhanggui.simulate.levers import Lever
from zhanggui.simulate.records import EVENTS, ORDERS, VISITS, Step
from zhanggui.simulate.rows import NEVER, Column

if TYPE_CHECKING:
    from tests.simulate.conftest import Lived

OWN = 6
NEEDS = {
    Step.REVIEWS: (Step.ITEM,),
    Step.FAVOURITE: (Step.ITEM,),
    Step.VARIANT: (Step.ITEM,),
    Step.CART_ADD: (Step.VARIANT,),
    Step.CART_REMOVE: (Step.CART_ADD,),
    Step.CART: (Step.CART_ADD,),
    Step.CHECKOUT: (Step.CART_ADD,),
    Step.PROMOTION_CLICK: (Step.PROMOTION_VIEW,),
    Step.PROMOTION_VIEW: (Step.HOME,),
    Step.PURCHASE: (Step.PAYMENT,),
}
"""What must have been seen earlier in the same visit."""


def test_every_paid_order_has_one_purchase_event_and_every_purchase_event_its_order(lived: Lived) -> None:
    orders, events = lived.all(ORDERS), lived.all(EVENTS)
    paid = orders.where((orders["store"] == OWN) & (orders["paid_at"] != NEVER) & (orders["paid_at"] < lived.as_of))
    bought = events.where(events["step"] == Step.PURCHASE)
    # The planted break of the tracking loses some on its days.
    breaks = [pull for pull in lived.world.plan.pulls if pull.lever is Lever.TRACKING]
    first_midnight = lived.days[0].midnight
    day = (paid["paid_at"] - first_midnight) // 86_400
    may_be_lost = np.zeros(len(paid), np.bool_)
    for pull in breaks:
        may_be_lost |= (day >= pull.first_day) & (day <= pull.last_day)

    assert len(np.unique(bought["order"])) == len(bought)
    assert np.isin(bought["order"], paid["order"]).all()
    assert np.isin(paid["order"][~may_be_lost], bought["order"]).all()
    place = np.searchsorted(np.sort(paid["order"]), bought["order"])
    of_event = paid.where(np.argsort(paid["order"])[place])
    assert (of_event["paid_at"] == bought["at_ms"] // 1000).all()
    assert (of_event["due_minor"] == bought["price_minor"]).all()
    assert (of_event["person"] == bought["person"]).all()


def test_events_come_in_order_of_time_within_their_day(lived: Lived) -> None:
    for records in lived.days:
        at_ms = records[EVENTS]["at_ms"]
        assert (np.diff(at_ms) >= 0).all()
        assert at_ms[0] >= records.midnight * 1000
        assert at_ms[-1] < (records.midnight + 86_400) * 1000


def test_visits_see_pages_in_a_possible_order(lived: Lived) -> None:
    for records in lived.days[::7]:
        events = records[EVENTS]
        events = events.where(np.argsort(events["session"], kind="stable"))
        session, step = events["session"], events["step"]
        starts = np.flatnonzero(np.append(True, session[1:] != session[:-1]))
        visit = np.repeat(np.arange(starts.size), np.diff(np.append(starts, session.size)))
        served = np.isin(visit, visit[step == Step.REFUND])
        late = _late_payments(visit, step)
        for later, earlier in NEEDS.items():
            for needed in earlier:
                first = np.full(starts.size, session.size)
                np.minimum.at(first, visit[step == needed], np.flatnonzero(step == needed))
                at = np.flatnonzero((step == later) & ~served & ~late)
                assert (first[visit[at]] < at).all(), (later, needed)
        payments = (step == Step.PAYMENT) & ~late
        checked = np.isin(visit, visit[step == Step.CHECKOUT])
        assert checked[payments].all()


def _late_payments(visit: Ints, step: Ints) -> Column:
    """Return the events of visits that only pay for an order made before."""
    whole: Column = np.isin(visit, visit[~np.isin(step, (Step.PAYMENT, Step.PURCHASE))], invert=True)
    return whole


def test_a_visit_has_one_device_one_library_and_no_gap_that_would_end_it(lived: Lived) -> None:
    events = lived.days[3][EVENTS]
    events = events.where(np.argsort(events["session"], kind="stable"))
    same = events["session"][1:] == events["session"][:-1]

    assert (events["anon"][1:] == events["anon"][:-1])[same].all()
    assert (events["sdk"][1:] == events["sdk"][:-1])[same].all()
    assert (np.diff(events["at_ms"])[same] < 30 * 60_000).all()


def test_whoever_makes_himself_known_stays_known_in_the_visit(lived: Lived) -> None:
    events = lived.all(EVENTS)
    events = events.where(np.argsort(events["session"], kind="stable"))
    same = events["session"][1:] == events["session"][:-1]
    is_known = events["person"] != NEVER

    assert not (same & is_known[:-1] & ~is_known[1:]).any()
    assert is_known[np.isin(events["step"], (Step.LOGIN, Step.REGISTER, Step.PURCHASE))].all()
    became = np.flatnonzero(same & ~is_known[:-1] & is_known[1:]) + 1
    assert np.isin(events["step"][became], (Step.LOGIN, Step.REGISTER)).all()


def test_a_person_registers_once(lived: Lived) -> None:
    events = lived.all(EVENTS)
    registered = events["person"][events["step"] == Step.REGISTER]

    assert len(registered) > 0
    assert len(np.unique(registered)) == len(registered)


def test_crawlers_look_and_never_buy(lived: Lived) -> None:
    events = lived.all(EVENTS)
    steps = np.unique(events["step"][events["is_bot"]]).tolist()

    assert Step.ITEM in steps
    assert not set(steps) & {Step.VARIANT, Step.CART_ADD, Step.CHECKOUT, Step.PAYMENT, Step.PURCHASE, Step.REGISTER}


def test_visits_of_the_records_are_visits_of_the_events(lived: Lived) -> None:
    # Those who had not bought: their visits, and no others, carry the tags of ad groups.
    for records in lived.days[:10]:
        visits, events = records[VISITS], records[EVENTS]
        own = visits.where((visits["store"] == OWN) & (visits["ad_group"] != NEVER))
        tagged = events.where((events["ad_group"] != NEVER) & ~events["is_bot"])

        expected = np.bincount(own["creative"], own["visitors"])
        sessions = np.unique(np.stack([tagged["creative"].astype(np.uint64), tagged["session"]]), axis=1)
        found = np.bincount(sessions[0].astype(np.int64), minlength=expected.size)
        assert (found[: expected.size] == expected).all()

"""Hours, send hours, contrasts, moves between segments and clusters (M-TRAFFIC-10, T-25, SEG-05, SEG-14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from tests.metrics.ledgers import Row, refill
from tests.understand.customers.audiences.people_with_everything import event, everything, goods_of
from tests.understand.customers.crowd import LAST, crowd, desk_of, orders_of, tables_of

from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.customers.answers import ANSWERS
from zhanggui.understand.customers.behaviour import category_profiles, hours, send_hours
from zhanggui.understand.customers.behaviour_pages import TILES
from zhanggui.understand.customers.clusters import found_clusters
from zhanggui.understand.customers.contrast import contrasted, contrasts
from zhanggui.understand.customers.migration import NOBODY_YET, migrations
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.rfm import migration
from zhanggui.understand.customers.segments import BY_CODE
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View


def timed() -> list[Row]:
    """Return the orders of the crowd: shirts are paid at 22, tea at 11, one order at no known hour."""
    orders = orders_of(crowd())
    for order in orders:
        order["paid_hour"] = 22 if str(order["buyer_key"]).startswith("twice") else 11
    orders[0]["paid_hour"] = None
    return orders


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    orders = timed()
    tables = {**everything(), "order_header": orders, "order_line": goods_of(orders)}
    with desk_of(tmp_path_factory.mktemp("hours") / "shop", tables) as found:
        yield found


def test_orders_stand_at_their_weekday_and_hour(desk: Desk) -> None:
    found = hours(desk, View())
    by_hand = np.zeros((7, 24), dtype=int)
    for order in timed():
        if order["paid_hour"] is not None:
            day = order["paid_date"]
            assert isinstance(day, date)
            by_hand[day.weekday(), int(str(order["paid_hour"]))] += 1

    assert (found.counts == by_hand).all()
    assert (found.counts.sum(), found.n_without_hour) == (59, 1)


def test_a_category_and_a_segment_have_hours_of_their_own(desk: Desk) -> None:
    assert set(np.nonzero(hours(desk, View(), category="衬衫").counts.sum(axis=0))[0]) == {22}
    assert hours(desk, View(), segment="high_value").counts.sum() <= 4 * 5 + 8 * 2
    with pytest.raises(BadChoiceError):
        hours(desk, View(), segment="none")
    # Sixteen of 59 orders are shirts, all at 22, where nobody else is: 59 ÷ 16 times everybody's share.
    [shirts] = [each for each in category_profiles(desk, View()) if each.name == "衬衫"]
    assert (shirts.n, shirts.hour, shirts.share) == (16, 22, 1.0)
    assert shirts.index == pytest.approx(59 / 16)
    # At 22, 16 × 16 ÷ 59 = 4.3 shirts are expected: fewer than five, so no law of chance is claimed.
    assert shirts.q_value is None


def test_visits_have_the_hours_of_their_events(desk: Desk) -> None:
    # Seven events, one a machine's; all at 20.
    assert hours(desk, View(), "visits").counts.sum(axis=0)[20] == 6


def test_a_message_goes_when_a_buyer_is_there_but_never_at_night(desk: Desk) -> None:
    found = send_hours(desk, View())
    hour = dict(zip(found.customers, found.best.hour.tolist(), strict=True))

    assert hour["often0"] == 11
    assert hour["twice5"] in range(9, 21)
    assert found.people_by_hour().sum() == len(hour) == 35


def test_ten_pages_of_an_hour_are_one_act(desk: Desk) -> None:
    found = send_hours(desk, View())
    place = found.customers.index("twice0")
    # Two orders and three evenings with reviews.
    assert found.best.n_acts[place] == 5


def test_moves_add_up_from_day_to_day_and_one_step_is_that_of_the_segments_page(desk: Desk) -> None:
    found = migrations(desk, View(), n_steps=2, step_days=40)

    # Everybody who stands somewhere on a middle day came there in the step before it and goes on in the next.
    left: dict[str, int] = {}
    for flow in found.flows:
        if flow.step == 1:
            left[flow.before] = left.get(flow.before, 0) + flow.n_customers
    assert found.stood(1) == left
    assert sum(found.stood(2).values()) == sum(flow.n_customers for flow in found.flows if flow.step == 1) == 36
    one = migrations(desk, View(), n_steps=1, step_days=90)
    _, moved = migration(desk, View())
    assert {(flow.before, flow.after): flow.n_customers for flow in one.flows} == {
        (NOBODY_YET if was is None else BY_CODE[was].name, BY_CODE[now].name): n for (was, now), n in moved.items()
    }
    with pytest.raises(BadFilterError):
        migrations(desk, View(), n_steps=13)
    with pytest.raises(ThinDataError, match="No buyer is known"):
        migrations(desk, View(), n_steps=12)


def test_a_behaviour_that_doubles_buying_is_found_with_its_interval() -> None:
    # 200 of 400 who read reviews twice bought, 100 of 400 of the others; searching says nothing.
    reads = np.repeat([2, 0], 400)
    outcome = np.r_[np.repeat([True, False], 200), np.repeat([True, False], [100, 300])]
    searches = np.tile([1, 0], 400)
    first, second = contrasted({"reviews_view": reads, "search": searches}, outcome)

    assert (first.event, first.n_with, first.rate_with, first.rate_without) == ("reviews_view", 400, 0.5, 0.25)
    # Katz: exp(1.96 × √(1/200 - 1/400 + 1/100 - 1/400)).
    wide = np.exp(1.959964 * np.sqrt(1 / 200 - 1 / 400 + 1 / 100 - 1 / 400))
    assert (first.lift, first.low, first.high) == pytest.approx((2.0, 2 / wide, 2 * wide))
    assert first.q_value < 1e-9
    assert second.q_value > 0.5
    assert contrasted({"rare": np.array([1] + [0] * 799)}, outcome) == ()


def test_what_follows_a_purchase_is_no_sign_of_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Accounts begin on 1 May; half read reviews in the first week and buy on 20 May, half neither."""
    events, orders = [], []
    start = date(2026, 5, 1)
    for n in range(80):
        user = f"u{n:02d}"
        events.append(event(10 * n, user, "page_view", start.isoformat()))
        if n % 2 == 0:
            events.append(event(10 * n + 1, user, "search", (start + timedelta(days=2)).isoformat()))
        if n < 36:
            orders.append((user, [("2026-05-20", 10_00)]))
            # Reviews read after the purchase must not count.
            events.append(event(10 * n + 2, user, "reviews_view", "2026-05-21"))
    orders.append(("old", [("2026-06-30", 9_00)]))
    # One of the buyers has a second account, which only looked on.
    events.append(event(999, "v00", "page_view", start.isoformat()))
    tied: list[Row] = [
        {"id_kind": "buyer", "id_key": key, "person_key": "u00", "confidence": Decimal(1)} for key in ("u00", "v00")
    ]
    tables = tables_of(orders_of(dict(orders)), event=events, identity=tied)
    with desk_of(tmp_path_factory.mktemp("contrast") / "shop", tables) as desk:
        found = contrasts(desk, View())

    assert (found.n_accounts, found.n_buyers) == (80, 36)
    assert {each.event for each in found.found} == {"search"}
    [search] = found.found
    assert (search.n_with, search.rate_with) == (40, 18 / 40)


def test_too_few_accounts_are_said_in_words(desk: Desk) -> None:
    with pytest.raises(ThinDataError, match="too few to contrast"):
        contrasts(desk, View())


def test_clusters_say_how_many_how_clear_and_how_stable(desk: Desk) -> None:
    found = found_clusters(desk, View())

    assert sum(row.n_customers for row in found.rows) == 36
    assert found.k == max(found.silhouettes, key=lambda k: found.silhouettes[k])
    assert 0 < found.stability.lowest <= found.stability.mean <= 1
    # Ninety days before, on 1 April, there were the 24, the 8 and the 4.
    assert found.drift is not None
    assert found.drift > 0
    assert found_clusters(desk, View(), 3).k == 3
    with pytest.raises(BadFilterError):
        found_clusters(desk, View(), 9)


def test_every_answer_names_its_evidence(desk: Desk) -> None:
    for name in ("behaviour", "send-hours", "migration", "clusters"):
        answer = ANSWERS[name](desk, [("days", "40")] if name == "migration" else []).model_dump(mode="json")
        assert answer["evidence"] in ("counted", "estimated")
        assert "warnings" in answer
    with pytest.raises(BadFilterError):
        ANSWERS["clusters"](desk, [("k", "two")])


def test_every_tile_of_an_empty_shop_says_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    with desk_of(tmp_path_factory.mktemp("empty") / "shop", tables_of([])) as desk:
        for name, tile in TILES.items():
            assert tile(desk, View()).empty is not None, name


def test_tiles_show_what_the_methods_find(desk: Desk) -> None:
    found = {name: tile(desk, View(by="visits" if name == "behaviour/hours" else None)) for name, tile in TILES.items()}

    assert found["behaviour/send"].empty is None
    assert found["behaviour/contrasts"].empty is not None
    assert date(2026, 6, 30) == LAST
    try:
        refill(desk.ledger, {"event": []})
        desk.changed()
        with pytest.raises(ThinDataError, match="at what hour"):
            hours(desk, View(), "visits")
    finally:
        # The other tests look at the same ledger.
        refill(desk.ledger, {"event": everything()["event"]})
        desk.changed()

"""What a trial changed: worked by hand, and refused where groups cannot tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.crowd import LAST, desk_of, paid, tables_of

from zhanggui.methods.trials import share_effect
from zhanggui.metrics.problems import BadChoiceError, BadFilterError
from zhanggui.understand.customers.answers import trial_of_pairs, trials_of_pairs
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.trials.desk import TrialAnswer
from zhanggui.understand.customers.trials.pages import TILES
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import Pairs, View

ENTERED = date(2026, 4, 1)
N_CONTROL, N_TREATED = 40, 60


def entry(person: str, arm: str, day: date = ENTERED, *, known_as: str = "subject_token", trial: str = "T1") -> Row:
    """Return one person in one group."""
    return {
        "shop_id": 1, "fact_key": f"{trial}-{person}-{arm}", "trial_id": trial, "trial_name": "挽回", "arm": arm,
        known_as: person, "entered_date": day, "entered_at": datetime.combine(day, time(2)), "currency": "CNY",
        "batch_id": 1, "row_no": 1,
    }  # fmt: skip


def listed(person: str, order_id: str, day: str, trial: str = "T1") -> Row:
    """Return one order on the trial's own list."""
    return {
        "shop_id": 1, "fact_key": f"{trial}-{order_id}", "trial_id": trial, "order_id": order_id,
        "subject_token": person, "paid_date": date.fromisoformat(day), "paid_at": datetime.fromisoformat(day),
        "currency": "CNY", "batch_id": 1, "row_no": 1,
    }  # fmt: skip


def profit(order_id: str, contribution_minor: int | None) -> Row:
    """Return what an order of 100.00 leaves; None where its costs are not known."""
    return {
        "shop_id": 1, "line_key": order_id, "order_id": order_id, "contribution_minor": contribution_minor,
        "receivable_minor": 100_00, "cost_known": contribution_minor is not None, "currency": "CNY",
    }  # fmt: skip


def groups(n_control: int = N_CONTROL, n_treated: int = N_TREATED, **more: str) -> list[Row]:
    """Return people of two groups who entered over four weeks."""
    people = [(f"c{n:02d}", "不打扰") for n in range(n_control)] + [(f"t{n:02d}", "专属券") for n in range(n_treated)]
    return [entry(who, arm, ENTERED + timedelta(days=7 * (int(who[1:]) % 4)), **more) for who, arm in people]


def bought(people: Sequence[tuple[str, str, int]]) -> tuple[list[Row], list[Row]]:
    """Return orders that name nobody, and the list that says whose they are; of some person, day and amount each."""
    orders = [paid(None, day, minor, number) for number, (_, day, minor) in enumerate(people)]
    return orders, [
        listed(who, str(order["order_id"]), day) for (who, day, _), order in zip(people, orders, strict=True)
    ]


def two_groups() -> tuple[list[Row], list[Row]]:
    """Return what was bought: by 4 of the control, 15 of the treated, and by some outside their time."""
    inside = [(f"c{n:02d}", "2026-04-25", 50_00) for n in range(4)] + [
        (f"t{n:02d}", "2026-04-25", 80_00) for n in range(15)
    ]
    again = [("t00", "2026-04-26", 20_00)]
    # c04 entered on 1 April: 30 April is the thirtieth day, 1 May is too late; c05 bought before he entered.
    outside = [("c04", "2026-05-01", 99_00), ("c05", "2026-04-07", 99_00)]
    return bought([*inside, *again, *outside, (f"t{N_TREATED - 1}", str(LAST), 99_00)])


@contextmanager
def trial_desk(folder: Path, entries: list[Row], orders: list[Row], trial_orders: list[Row]) -> Iterator[Desk]:
    tables = tables_of(orders, trial_entry=entries, trial_order=trial_orders)
    with desk_of(folder / "shop", tables) as desk:
        yield desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give a trial of 40 against 60 with the list of their orders."""
    with trial_desk(tmp_path_factory.mktemp("trial"), groups(), *two_groups()) as found:
        yield found


def asked(desk: Desk, **pairs: str | int) -> TrialAnswer:
    every: Pairs = [(key, str(value)) for key, value in pairs.items()]
    return trial_of_pairs(desk, "T1", every)


def test_groups_are_counted_from_the_day_of_entry_on_whoever_the_orders_name(desk: Desk) -> None:
    found = asked(desk)
    control, treated = found.groups

    assert (control.name, control.is_control, control.assigned, control.people, control.buyers) == (
        "不打扰", True, 40, 40, 4,
    )  # fmt: skip
    assert (treated.people, treated.buyers, treated.orders) == (60, 15, 16)
    assert (control.share.value, treated.share.value) == (0.1, 0.25)
    # 4 × 50.00 ÷ 40, and (15 × 80.00 + 20.00) ÷ 60: who bought nothing counts.
    assert (control.net_per_person.value, treated.net_per_person.value) == (5.0, 20.33)


def test_the_difference_has_the_interval_of_its_method_and_its_evidence(desk: Desk) -> None:
    [effect] = asked(desk).effects
    by_method = share_effect((4, 40), (15, 60))

    assert (effect.group, effect.against) == ("专属券", "不打扰")
    assert (effect.share.value, effect.share.low, effect.share.high) == pytest.approx(
        (0.15, by_method.low, by_method.high)
    )
    assert effect.share_change.value == pytest.approx(1.5)
    # 0.15 × 60 treated people bought who would not have.
    assert effect.buyers_brought.value == pytest.approx(9.0)
    assert asked(desk).evidence == "measured"


def test_refunds_and_costs_reduce_what_a_group_brings(tmp_path: Path) -> None:
    orders, on_list = bought([*((f"t{n:02d}", "2026-04-25", 100_00) for n in range(30)), ("t59", str(LAST), 1_00)])
    for order in orders[:15]:
        order["refunded_minor"] = 40_00
    profits = [profit(str(order["order_id"]), 10_00 if n < 20 else None) for n, order in enumerate(orders[:30])]
    tables = tables_of(orders, trial_entry=groups(), trial_order=on_list, line_profit=profits)
    with desk_of(tmp_path / "shop", tables) as desk:
        found = asked(desk)

    treated = next(group for group in found.groups if group.name == "专属券")
    # (15 × 60.00 + 15 × 100.00) ÷ 60; costs are known of 20 in 30, which leave 20 × 10.00 ÷ 60.
    assert (treated.net_per_person.value, treated.profit_per_person.value) == (40.0, 3.33)
    assert found.known_cost_share == pytest.approx(2 / 3)
    assert any("66.7%" in text.en for text in found.warnings)


def message(number: int, arm: str, *, is_complaint: bool = False, is_delivered: bool = True) -> Row:
    at = datetime.combine(ENTERED, time(3))
    return {
        "shop_id": 1, "fact_key": f"m{number}", "message_id": f"m{number}", "trial_id": "T1", "arm": arm,
        "planned_at": at, "delivered_at": at if is_delivered else None, "is_complaint": int(is_complaint),
        "currency": "CNY", "batch_id": 1, "row_no": number,
    }  # fmt: skip


def test_complaints_are_of_the_messages_that_arrived(tmp_path: Path) -> None:
    orders, on_list = two_groups()
    sent = [message(n, "不打扰", is_complaint=n < 10) for n in range(50)]
    sent += [message(100 + n, "专属券", is_complaint=n < 6, is_delivered=n < 60) for n in range(70)]
    tables = tables_of(orders, trial_entry=groups(), trial_order=on_list, message_send=sent)
    with desk_of(tmp_path / "shop", tables) as desk:
        found = asked(desk)

    assert [(group.delivered, group.complaints) for group in found.groups] == [(50, 10), (60, 6)]
    # 6 ÷ 60 against 10 ÷ 50: half as many.
    assert (found.effects[0].complaints.value, found.effects[0].complaints_change.value) == pytest.approx((-0.1, -0.5))


def test_without_messages_nothing_is_said_of_complaints(desk: Desk) -> None:
    assert asked(desk).effects[0].complaints.value is None


def test_a_longer_time_counts_later_orders_and_says_where_the_list_ends(desk: Desk) -> None:
    found = asked(desk, days=31)
    assert next(group for group in found.groups if group.is_control).buyers == 5
    assert not any("list that ends" in text.en for text in found.warnings)

    # The last listed order was paid on 30 June, 70 days after an entry on 22 April.
    assert any("day 70" in text.en for text in asked(desk, days=80).warnings)


def test_who_has_not_had_his_time_stays_out(desk: Desk) -> None:
    # By 10 May those of 1 and 8 April have been watched for 30 days: half of each group.
    found = asked(desk, to="2026-05-10")

    assert [group.people for group in found.groups] == [20, 30]
    assert found.still_watched == 50
    assert [group.share.value is None for group in found.groups] == [True, False]
    assert found.effects == ()
    assert found.evidence == "attributed"


def test_without_the_list_only_those_whose_orders_name_them_are_followed(tmp_path: Path) -> None:
    by_number = [entry(f"b{n:02d}", "control" if n % 2 else "coupon", known_as="buyer_key") for n in range(80)]
    orders = [paid(f"b{n:02d}", "2026-04-10", 10_00) for n in range(0, 40, 2)] + [paid(None, str(LAST), 1_00)]
    with trial_desk(tmp_path, [*by_number, *groups(10, 10)], orders, []) as desk:
        found = asked(desk)

    assert [(group.name, group.assigned, group.followed) for group in found.groups if group.followed] == [
        ("control", 40, 40), ("coupon", 40, 40),
    ]  # fmt: skip
    assert any("80.0% of the people" in text.en for text in found.warnings)
    assert found.groups[1].name == "coupon"
    assert found.groups[1].share.value == 0.5


def test_a_single_group_is_attributed_and_says_that_there_is_no_control(tmp_path: Path) -> None:
    orders, on_list = two_groups()
    with trial_desk(tmp_path, groups(0, 60), orders, on_list) as desk:
        found = asked(desk)

    assert (found.control, found.evidence, found.effects) == (None, "attributed", ())
    assert found.groups[0].share.value == 0.25
    assert any("no control" in text.en for text in found.warnings)


def test_who_entered_two_groups_is_in_neither(tmp_path: Path) -> None:
    orders, on_list = two_groups()
    with trial_desk(tmp_path, [*groups(), entry("t00", "不打扰")], orders, on_list) as desk:
        found = asked(desk)

    assert found.in_several_groups == 1
    assert [(group.people, group.buyers) for group in found.groups] == [(40, 4), (59, 14)]


def test_a_lot_that_changed_is_doubted_and_no_longer_measured(tmp_path: Path) -> None:
    # Five to one in the first weeks, one to five later: whoever draws has changed his mind.
    people = [
        entry(f"t{n:03d}", "专属券" if (n % 6 > 0) == (n < 150) else "不打扰", ENTERED + timedelta(days=n // 11))
        for n in range(300)
    ]
    orders, on_list = bought([("t000", "2026-04-02", 5_00), ("t001", str(LAST), 5_00)])
    with trial_desk(tmp_path, people, orders, on_list) as desk:
        found = asked(desk)

    assert [(check.name, check.is_doubtful) for check in found.checks] == [("weeks", True)]
    assert found.evidence == "estimated"
    assert any("doubtful" in text.en for text in found.warnings)


def test_sizes_are_held_against_the_plan_where_it_is_told(desk: Desk) -> None:
    kept = trial_of_pairs(desk, "T1", [("planned", "不打扰=40"), ("planned", "专属券=60")])
    assert next(check for check in kept.checks if check.name == "planned").p_value == pytest.approx(1.0)

    with pytest.raises(BadChoiceError):
        trial_of_pairs(desk, "T1", [("planned", "不打扰=40")])
    with pytest.raises(BadFilterError):
        trial_of_pairs(desk, "T1", [("planned", "不打扰")])


def test_another_group_may_be_the_control_and_one_that_is_not_there_may_not(desk: Desk) -> None:
    [effect] = asked(desk, control="专属券").effects
    assert effect.share.value == pytest.approx(-0.15)

    with pytest.raises(BadChoiceError):
        asked(desk, control="nobody")
    with pytest.raises(BadChoiceError):
        trial_of_pairs(desk, "T9", [])


def test_several_groups_hold_together(tmp_path: Path) -> None:
    orders, on_list = two_groups()
    more = [entry(f"u{n:02d}", "短信") for n in range(40)]
    with trial_desk(tmp_path, [*groups(), *more], orders, on_list) as desk:
        found = asked(desk)

    assert found.confidence == pytest.approx(0.975)
    assert [effect.group for effect in found.effects] == ["专属券", "短信"]
    by_method = share_effect((4, 40), (15, 60), confidence=0.975)
    assert found.effects[0].share.low == pytest.approx(by_method.low)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (groups(5, 5), "fewer than 30"),
        ([entry(f"v{n}", "A", known_as="visitor_key") for n in range(50)], "visitors of the site"),
        (groups(60, 60, known_as="phone_token"), "fewer than 30|told apart"),
    ],
)
def test_what_cannot_be_told_is_refused(tmp_path: Path, entries: list[Row], said: str) -> None:
    orders, on_list = two_groups()
    is_by_phone = "phone_token" in entries[0]
    with (
        trial_desk(tmp_path, entries, orders, [] if is_by_phone else on_list) as desk,
        pytest.raises(ThinDataError, match=said),
    ):
        asked(desk)


def test_an_empty_window_is_refused_in_a_sentence_on_the_page_too(desk: Desk) -> None:
    with pytest.raises(ThinDataError, match="watched for 30 days"):
        asked(desk, to="2026-04-15")

    tile = TILES["trial/shares"](desk, View(name="T1", date_to=date(2026, 4, 15)))
    assert tile.empty is not None


def test_pages_show_the_groups_with_their_intervals(desk: Desk) -> None:
    view = View(name="T1")
    tiles = {name: TILES[name](desk, view).model_dump(mode="json") for name in TILES}

    assert [row["_href"] for row in tiles["trials/list"]["rows"]] == ["/customers/trials/T1"]
    [series] = tiles["trial/shares"]["series"]
    assert series["values"] == [0.1, 0.25]
    assert all(
        low < value < high for low, value, high in zip(*(series[key] for key in ("low", "values", "high")), strict=True)
    )
    assert tiles["trial/figures"]["items"][1]["value"] == pytest.approx(9.0)
    assert tiles["trial/figures"]["items"][0]["evidence"] == "measured"
    assert tiles["trial/effects"]["n_rows"] == 1


def test_a_shop_without_trials_says_which_files_tell_of_them(tmp_path: Path) -> None:
    with trial_desk(tmp_path, [], [paid("b", str(LAST), 1_00)], []) as desk:
        assert trials_of_pairs(desk, []).trials == ()
        empty = TILES["trials/list"](desk, View()).empty

    assert empty is not None
    assert "entered which group" in empty.en

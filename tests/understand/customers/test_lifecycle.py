"""Where people stand and how they move (SEG-06 to SEG-09, T-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from tests.metrics.ledgers import Row, line
from tests.understand.customers.crowd import LAST, crowd, desk_of, orders_of, paid, tables_of

from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.answers import lifecycle_of_pairs
from zhanggui.understand.customers.lifecycle import STAGES, Rules, lifecycle, standing
from zhanggui.understand.customers.lifecycle_desk import (
    lifecycle_answer,
    lifecycle_bars,
    lifecycle_figures,
    lifecycle_moves,
    lifecycle_table,
    lifecycle_warned,
)
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.rule_book import keep_rules, kept_rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

SINCE = date(2026, 5, 31)
VIEW = View(date_from=SINCE + timedelta(days=1), date_to=LAST)
EDGE, INSIDE = LAST - timedelta(days=90), LAST - timedelta(days=89)


def seen(number: int, user: str, day: date) -> Row:
    """Return an event of an account."""
    return {
        "shop_id": 1, "event_id": number, "event_date": day, "event_hour": 9, "clock": "sender", "source": "segment",
        "kind": "behaviour", "name": "page_view", "user_key": user, "batch_id": 1, "row_no": number,
    }  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give the crowd with two on either side of the ninetieth day, three accounts, and a member nobody can place.

    ``tea`` bought tea 50 days ago; ``back`` was away for 100 days and bought again in June.
    """
    orders = [
        *orders_of(crowd()),
        paid("edge", str(EDGE), 10_00),
        paid("inside", str(INSIDE), 10_00),
        paid("tea", "2026-05-11", 30_00),
        paid("back", "2026-02-10", 20_00),
        paid("back", "2026-06-10", 20_00),
        paid(None, "2026-06-11", 77_00),
    ]
    events = [seen(1, "young", LAST - timedelta(days=6)), seen(2, "old", LAST - timedelta(days=7)),
              seen(3, "tea", date(2026, 5, 1)), seen(4, "later", LAST + timedelta(days=1))]  # fmt: skip
    lines = [
        line("tea-2026-05-11-0", 1, "p1", 1, 25_00, 25_00, category="茶", batch_id=1),
        line("tea-2026-05-11-0", 2, "p2", 1, 5_00, 5_00, category="杯", batch_id=1),
    ]
    member: Row = {"shop_id": 1, "fact_key": "m", "member_key": "m", "currency": "CNY", "batch_id": 1, "row_no": 1}
    tables = tables_of(orders, event=events, order_line=lines, member=[member])
    with desk_of(tmp_path_factory.mktemp("lifecycle") / "shop", tables) as found:
        yield found


def stages(desk: Desk, rules: Rules | None = None) -> dict[str, tuple[str | None, str | None]]:
    rows = standing(desk, VIEW, people_of(desk, VIEW), rules or Rules(), SINCE)
    return {row["buyer_key"]: (row["was"], row["stage"]) for row in desk.ledger.query(rows).to_pylist()}


def test_the_warning_begins_on_the_ninetieth_day_and_ends_with_an_order(desk: Desk) -> None:
    found = stages(desk)

    assert found["edge"][1] == "win_back"
    assert found["inside"][1] == "retention"
    # On 31 May 110 days had passed since the first order.
    assert found["back"] == ("win_back", "retention")


def test_who_is_registered_without_an_order_is_acquired_for_a_week_and_then_to_activate(desk: Desk) -> None:
    found = stages(desk)

    assert found["young"] == (None, "acquisition")
    assert found["old"] == (None, "activation")
    assert found["later"] == (None, None)
    # Registered on 1 May, bought ten days later.
    assert found["tea"] == ("retention", "retention")


def test_everybody_known_is_in_exactly_one_stage_and_movements_add_up(desk: Desk) -> None:
    found = lifecycle(desk, VIEW)

    counted = [stage for _, stage in stages(desk).values() if stage is not None]
    assert {name: each.n_people for name, each in found.stages.items()} == {
        stage.name: counted.count(stage.name) for stage in STAGES
    }
    assert sum(found.moves.values()) == len(counted)
    assert found.before("win_back") == sum(was == "win_back" for was, _ in stages(desk).values())


def test_a_category_has_a_window_of_its_own_by_what_was_bought_most_last(desk: Desk) -> None:
    assert stages(desk, Rules(windows=(("茶", 50),)))["tea"][1] == "win_back"
    assert stages(desk, Rules(windows=(("茶", 51),)))["tea"][1] == "retention"
    assert stages(desk, Rules(windows=(("杯", 5),)))["tea"][1] == "retention"


def test_the_list_of_the_warned_holds_those_of_the_stage_with_the_day_it_began(desk: Desk) -> None:
    answer = lifecycle_answer(desk, VIEW, Rules())

    [edge] = [each for each in answer.churn_warning if each.customer == "edge"]
    assert (edge.days_since, edge.entered_on, edge.net_revenue) == (90, LAST, 10.0)
    [stage] = [row for row in answer.stages if row.name == "win_back"]
    assert len(answer.churn_warning) == stage.people == lifecycle_warned(desk, VIEW).n_rows


def test_members_without_a_buyer_id_are_in_no_stage_and_said(desk: Desk) -> None:
    assert any("1 名会员没有买家编号" in text.zh for text in lifecycle_answer(desk, VIEW, Rules()).warnings)


def test_entered_rules_are_those_of_the_pages_and_words_of_a_question_replace_them(desk: Desk) -> None:
    keep_rules(desk, Rules(churn_days=60, new_days=3, windows=(("茶", 20),)))
    try:
        assert kept_rules(desk) == Rules(60, 3, (("茶", 20),))
        assert lifecycle_of_pairs(desk, [("churn_days", "45"), ("window", "茶=21")]).windows[0].days == 21
        said = lifecycle_table(desk, VIEW).rows[2]["rule"]
        assert "60 天（茶 20 天）" in str(said)
    finally:
        keep_rules(desk, Rules())


@pytest.mark.parametrize("wrong", [("churn_days", "0"), ("new_days", "x"), ("window", "茶"), ("window", "茶=0")])
def test_a_rule_that_is_none_is_refused(desk: Desk, wrong: tuple[str, str]) -> None:
    with pytest.raises(BadFilterError):
        lifecycle_of_pairs(desk, [wrong])


def test_every_tile_answers_days_before_the_first_order_in_words(desk: Desk) -> None:
    too_early = View(date_to=date(2025, 1, 1))

    for tile in (lifecycle_figures, lifecycle_bars, lifecycle_moves, lifecycle_table, lifecycle_warned):
        assert tile(desk, VIEW).empty is None
        assert "到 2025-01-01 为止还没有" in str(tile(desk, too_early).empty)

"""Interest tags by rules, their sizes, and preferences that explain themselves (SEG-12, SEG-13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.metrics.ledgers import refill
from tests.understand.customers.audiences.people_with_everything import everything
from tests.understand.customers.crowd import crowd, desk_of, once, orders_of, paid, tables_of

from zhanggui.app.people_refresh import refresh_people
from zhanggui.ledger.jobs import TagBook, UnknownTagError
from zhanggui.understand.customers.audiences.conditions import audience_of
from zhanggui.understand.customers.audiences.keeping import save
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.people import people_of
from zhanggui.understand.customers.tags.answers import build, preferences, show_tag, tag_list, try_tag
from zhanggui.understand.customers.tags.pages import TILES
from zhanggui.understand.customers.tags.rules import (
    BadTagError,
    as_toml,
    keep_rules,
    known_rules,
    rule_of,
    rules_in_toml,
)
from zhanggui.understand.customers.tags.scoring import tagged
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

TEA = {"name": "tea", "label": "爱茶", "signals": [{"categories": ["茶"]}], "at_least": 1.0, "half_life_days": 30}
READER = {"name": "reader", "label": "看评价", "signals": [{"act": "read_reviews", "weight": 0.5}], "at_least": 0.5,
          "half_life_days": None}  # fmt: skip


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(tmp_path_factory.mktemp("tags") / "shop", everything()) as found:
        yield found


def carried(desk: Desk, rule: dict[str, object]) -> dict[str, tuple[float, int]]:
    rows = desk.ledger.query(tagged(desk, people_of(desk, View()), [rule_of(rule)])).to_pylist()
    return {row["buyer_key"]: (row["score"], row["n_acts"]) for row in rows}


def test_acts_fade_by_half_in_each_half_life(desk: Desk) -> None:
    found = carried(desk, {**TEA, "half_life_days": 30})

    # often0 bought on 20 February, March, April, May and on 30 June: 130, 102, 71, 41 and 0 days before.
    wanted = sum(0.5 ** (age / 30) for age in (130, 102, 71, 41, 0))
    assert found["often0"][0] == pytest.approx(wanted)
    assert found["often0"][1] == 5
    # Who bought once, in March or before, has faded below 1.
    assert set(found) == {f"often{n}" for n in range(4)}


def test_without_fading_each_act_counts_whole_until_the_tag_ends(desk: Desk) -> None:
    once_enough = {**TEA, "half_life_days": None}
    assert len(carried(desk, once_enough)) == 24 + 4
    assert carried(desk, {**once_enough, "at_least": 5})["often3"] == (5.0, 5)
    # On 30 June only the last purchase of the four is younger than 30 days.
    assert set(carried(desk, {**once_enough, "expires_days": 30})) == {f"often{n}" for n in range(4)}


def test_visits_count_where_an_account_is_known_and_no_machine_acts(desk: Desk) -> None:
    assert carried(desk, READER) == {"twice0": (1.5, 3), "twice1": (0.5, 1)}


def test_a_tag_that_needs_consent_is_carried_only_with_it(desk: Desk) -> None:
    # twice1 refuses in one of its two files; twice0 consents.
    assert set(carried(desk, {**READER, "needs_consent": True})) == {"twice0"}


def test_sizes_are_built_and_kept_by_day(desk: Desk) -> None:
    keep_rules(desk.shop, [TEA, READER], 0.0)

    assert build(desk, at=1.0).sizes == {"tea": 4, "reader": 2}
    [tea] = [line for line in tag_list(desk).tags if line.name == "tea"]
    assert (tea.people, tea.source, [(day.as_of.isoformat(), day.people) for day in tea.days]) == (
        4, ("orders",), [("2026-06-30", 4)],
    )  # fmt: skip
    assert show_tag(desk, "tea").people == try_tag(desk, TEA).people == 4
    TagBook(desk.shop.state).remove("tea")
    with pytest.raises(UnknownTagError):
        show_tag(desk, "tea")


def test_every_night_tags_are_built_and_audiences_refreshed(desk: Desk) -> None:
    keep_rules(desk.shop, [TEA], 0.0)
    save(desk, audience_of({"name": "tea_people", "condition": {"kind": "tag", "any_of": ["tea"]}}), at=1.0)
    assert refresh_people(desk) == {"tags": {"tea": 4}, "audiences": {"tea_people": 4}, "failed": {}}

    TagBook(desk.shop.state).remove("tea")
    gone = refresh_people(desk)
    assert gone["audiences"] == {}
    assert "'tea'" in str(gone["failed"])


def test_rules_survive_the_way_through_a_file(desk: Desk) -> None:
    keep_rules(desk.shop, [TEA, READER], 0.0)
    rules = known_rules(desk.shop)

    assert {rule.name: rule for rule in map(rule_of, rules_in_toml(as_toml(rules.values())))} == rules
    for bad in ("[[tag", "a = 1", "[[tag]]\nname = 'X Y'\nlabel = 'x'\nsignals = [{}]"):
        with pytest.raises(BadTagError):
            keep_rules(desk.shop, rules_in_toml(bad), 0.0)


@pytest.mark.parametrize(
    ("part", "field"),
    [({"signals": []}, "signals"), ({"at_least": 0}, "at_least"), ({"expires_days": 0}, "expires_days"),
     ({"signals": [{"act": "dreamt"}]}, "act"), ({"name": "T"}, "name"), ({"sql": ""}, "sql")],
)  # fmt: skip
def test_a_rule_that_is_wrong_says_where(part: dict[str, object], field: str) -> None:
    with pytest.raises(BadTagError) as caught:
        rule_of({**TEA, **part})
    assert field in caught.value.field


def test_a_preference_says_what_it_rests_on(desk: Desk) -> None:
    found = preferences(desk, "size")

    # Each of eight bought three small shirts and a large one.
    assert [(row.value, row.people) for row in found.values] == [("S", 8)]
    first = found.examples[0]
    assert (first.pieces, first.of_pieces) == (3, 4)
    assert first.reason.zh == f"购买的 4 件里有 3 件是 S，最近一次 {first.last_day}"
    assert {row.value: row.people for row in preferences(desk, "category").values} == {"衬衫": 8, "茶": 4}


def test_a_shop_that_names_nobody_says_so(desk: Desk) -> None:
    refill(desk.ledger, {"order_header": [{**order, "buyer_key": None} for order in orders_of(once(3))]})
    desk.changed()

    assert "不可识别" in str(tag_list(desk).empty)
    assert refresh_people(desk) == {"tags": {}, "audiences": {}, "failed": {}}


def test_the_page_says_once_how_many_can_be_told_apart(tmp_path: Path) -> None:
    orders = [*orders_of(crowd()), paid(None, "2026-06-11", 77_00)]
    with desk_of(tmp_path / "shop", tables_of(orders)) as desk:
        [coverage] = coverage_said(desk, View())
        tables = [tile(desk, View()) for tile in TILES.values()]

        assert tag_list(desk).warnings == (coverage,)
        assert coverage in preferences(desk, "category").warnings
        assert not [table for table in tables if coverage in table.warnings]

"""Rules as data: one model for form and file, and errors that name the field."""

from __future__ import annotations

from typing import Any

import pytest
from tests.understand.monitoring.conftest import falling

from zhanggui.ledger.jobs import StateStore
from zhanggui.metrics import CATALOGUE
from zhanggui.understand.desk import Desk
from zhanggui.understand.figures import CORE_FIGURES
from zhanggui.understand.monitoring.builtin import BUILT_IN
from zhanggui.understand.monitoring.rule_book import RuleBook
from zhanggui.understand.monitoring.rules import (
    BadRuleError,
    UnknownRuleError,
    rule_from,
    rules_from_toml,
    rules_to_toml,
)

BELOW = {"kind": "below", "limit": 9}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": "a b"}, "name"),
        ({"metric": "visitor"}, "metric"),
        ({"by": "moon"}, "by"),
        ({"where": "moon=1"}, "where"),
        ({"metric": "visitors", "by": "category"}, "by"),
        ({"when": {"kind": "around", "limit": 1}}, "when"),
        ({"when": {"kind": "below"}}, "when.limit"),
        ({"when": {"kind": "change", "fall": 1.5}}, "when.fall"),
        ({"when": {"kind": "below", "limit": 1, "fall": 2}}, "when.fall"),
        ({"when": {"kind": "change"}}, "when"),
        ({"quiet_hours": "22-8"}, "quiet_hours"),
        ({"snooze_days": 0}, "snooze_days"),
        ({"severity": "grave"}, "severity"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_rule_that_is_wrong_says_which_field_is(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(BadRuleError) as error:
        rule_from(falling(**changed))

    assert error.value.field == field
    assert error.value.to_json()["error"]["field"] == field


@pytest.mark.parametrize("when", [{"kind": "band"}, {"kind": "change", "fall": 0.1}, {"kind": "change_point"}])
def test_what_is_learned_from_days_is_not_asked_of_weeks(when: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError, match="days"):
        rule_from(falling(when=when, grain="week"))


def test_a_file_of_rules_is_read_back_as_it_was_written() -> None:
    own = rule_from(falling(title='说 "跌"\n了\\', where='province=上海,"a,b"', quiet_hours="22:00-08:00", is_on=False))
    rules = (*BUILT_IN.values(), own)

    assert rules_from_toml(rules_to_toml(rules)) == rules


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("rule = 1", "rule"),
        ("[[rule]\n", "the file"),
        ('[[rule]]\nname = "a"\nmetric = "visitors"\nwhen = {kind = "below", limit = 1}\n' * 2, "name"),
    ],
)
def test_a_file_that_is_none_says_so(text: str, field: str) -> None:
    with pytest.raises(BadRuleError) as error:
        rules_from_toml(text)

    assert error.value.field == field


def test_every_core_figure_that_the_catalogue_holds_is_watched_without_any_configuration(tmp_path: Any) -> None:
    state = StateStore(tmp_path / "state.sqlite")
    watched = {each.rule.metric for each in RuleBook(state).rules() if each.rule and each.is_watched(0.0)}

    assert len(CORE_FIGURES) == 9
    assert {name for name in CORE_FIGURES.values() if list(CATALOGUE[name].leaves())} <= watched
    assert {"visitors", "return_rate", "gmv_paid"} <= watched
    state.close()


def test_a_rule_of_the_product_is_switched_off_changed_and_as_it_came_again(desk: Desk) -> None:
    book, name = RuleBook(desk.shop.state), "core_gmv_paid"
    book.forget(name)
    came = book.get(name)
    book.save([falling(name)], 1.0)
    book.switch(name, 1.0, is_on=False)
    changed = book.get(name)
    book.forget(name)

    assert (came.origin, came.is_on, changed.origin, changed.is_on) == ("built_in", True, "changed", False)
    assert changed.rule == rule_from(falling(name))
    assert book.get(name) == came


def test_of_several_rules_all_are_kept_or_none(desk: Desk) -> None:
    book = RuleBook(desk.shop.state)

    with pytest.raises(BadRuleError):
        book.save([falling("good"), falling("bad", metric="nothing")], 1.0)
    with pytest.raises(UnknownRuleError, match="'good'"):
        book.get("good")


def test_a_rule_whose_metric_is_there_no_more_stands_in_the_list_with_the_reason(desk: Desk) -> None:
    from zhanggui.ledger.jobs import AlertRules

    AlertRules(desk.shop.state).save({"old": falling("old", metric="taken_away")}, 1.0)
    kept = RuleBook(desk.shop.state).get("old")

    assert kept.error is not None
    assert (kept.rule, kept.is_on, kept.error.field) == (None, False, "metric")

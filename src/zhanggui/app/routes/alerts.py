"""``/alerts``: what was noticed, who looks after it, what came of it; the rules, and their test on history."""

from __future__ import annotations

import time
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from zhanggui.app.routes.load import JobStarted
from zhanggui.app.work import WATCH
from zhanggui.app.workbench import Bench
from zhanggui.ledger.jobs import AlertBook
from zhanggui.pagespec import ChartData
from zhanggui.understand.monitoring.answers import ACTIVE, AlertList, AlertPage, State, alert_list, alert_page
from zhanggui.understand.monitoring.course_chart import alert_course
from zhanggui.understand.monitoring.rule_answers import (
    BackTestAnswer,
    RuleLine,
    RuleList,
    rule_line,
    rule_list,
    tried_on_history,
)
from zhanggui.understand.monitoring.rule_book import RuleBook
from zhanggui.understand.monitoring.rules import rules_from_toml, rules_to_toml

router = APIRouter(prefix="/alerts", tags=["alerts"])

DAY_SECONDS = 86400
Note = Annotated[str, Field(max_length=2000)]


class Said(BaseModel):
    """A word about an alert."""

    note: Note = ""


class PutAway(Said):
    """For how many days an alert is put away."""

    days: Annotated[int, Field(ge=1, le=90)]


class Result(Said):
    """What came of an alert; the note says what was done."""

    outcome: str


class Given(BaseModel):
    """Whose an alert is now."""

    owner: Annotated[str, Field(min_length=1, max_length=100)]


class RulesEntered(BaseModel):
    """Rules as the form has them; each replaces the one of its name."""

    rules: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=500)]


class RulesFile(BaseModel):
    """A file of rules."""

    toml: Annotated[str, Field(max_length=1_000_000)]


class Switch(BaseModel):
    """Whether a rule is watched."""

    is_on: bool


class Mute(BaseModel):
    """For how many days a rule raises nothing; null ends that."""

    days: Annotated[int, Field(ge=1, le=365)] | None


class BackTestAsked(BaseModel):
    """A rule to hold against history, by name or as the form has it, and the days."""

    name: str | None = None
    rule: dict[str, Any] | None = None
    date_from: date | None = None
    date_to: date | None = None


class RulesKept(BaseModel):
    """Rules that were kept."""

    rules: tuple[RuleLine, ...]


@router.get("")
def alerts(
    bench: Bench, state: Annotated[list[State | Literal["all"]] | None, Query()] = None, grouped: bool = True
) -> AlertList:
    """Return alerts, those with most money at stake first; without `state` those that wait for somebody."""
    states = [each for each in state or ACTIVE if each != "all"] or ["open", "acknowledged", "snoozed", "resolved"]
    return alert_list(bench.shop, states, with_under=not grouped)


@router.post("/run", status_code=202)
def run(bench: Bench) -> JobStarted:
    """Hold every rule against the last days now, in the background."""
    return JobStarted(job_id=bench.queue.enqueue(WATCH, {}).job_id)


@router.get("/rules")
def rules(bench: Bench) -> RuleList:
    """Return every rule, and what a new one can be made of."""
    return rule_list(bench.shop)


@router.get("/rules/file")
def rules_file(bench: Bench) -> RulesFile:
    """Return the rules as a file that can be read back."""
    kept = [each.rule for each in RuleBook(bench.shop.state).rules() if each.rule is not None]
    return RulesFile(toml=rules_to_toml(kept))


@router.post("/rules")
def enter_rules(bench: Bench, entered: RulesEntered) -> RulesKept:
    """Keep rules, all of them or none; an error names the field that is wrong."""
    book = RuleBook(bench.shop.state)
    saved = book.save(entered.rules, time.time())
    return RulesKept(rules=tuple(rule_line(book.get(rule.name)) for rule in saved))


@router.post("/rules/file")
def enter_rules_file(bench: Bench, entered: RulesFile) -> RulesKept:
    """Keep the rules of a file, all of them or none; an error names the rule and the field."""
    book = RuleBook(bench.shop.state)
    saved = book.save([rule.document() for rule in rules_from_toml(entered.toml, bench.desk.catalogue)], time.time())
    return RulesKept(rules=tuple(rule_line(book.get(rule.name)) for rule in saved))


@router.post("/rules/{name}/switch")
def switch_rule(bench: Bench, name: str, switch: Switch) -> RuleList:
    """Switch a rule on or off."""
    RuleBook(bench.shop.state).switch(name, time.time(), is_on=switch.is_on)
    return rule_list(bench.shop)


@router.post("/rules/{name}/mute")
def mute_rule(bench: Bench, name: str, mute: Mute) -> RuleList:
    """Let a rule raise nothing for some days."""
    until = None if mute.days is None else time.time() + mute.days * DAY_SECONDS
    RuleBook(bench.shop.state).mute(name, until, time.time())
    return rule_list(bench.shop)


@router.post("/rules/{name}/forget")
def forget_rule(bench: Bench, name: str) -> RuleList:
    """Forget a rule of the shop's own; one of the product is as it came again."""
    RuleBook(bench.shop.state).forget(name)
    return rule_list(bench.shop)


@router.post("/backtest")
def backtest(bench: Bench, asked: BackTestAsked) -> BackTestAnswer:
    """Hold a rule against history; nothing is kept."""
    document = RuleBook(bench.shop.state).document(asked.name or "") if asked.rule is None else asked.rule
    return tried_on_history(bench.desk, document, first=asked.date_from, last=asked.date_to)


@router.get("/{alert_id}")
def alert(bench: Bench, alert_id: int) -> AlertPage:
    """Return everything about one alert."""
    return alert_page(bench.shop, alert_id)


@router.get("/{alert_id}/course")
def course(bench: Bench, alert_id: int) -> ChartData:
    """Return the course of an alert's metric around its days, with what was to be expected."""
    return alert_course(bench.desk, alert_id)


@router.post("/{alert_id}/acknowledge")
def acknowledge(bench: Bench, alert_id: int, said: Said) -> AlertPage:
    """Say that somebody looks after an alert."""
    AlertBook(bench.shop.state).acknowledge(alert_id, time.time(), said.note)
    return alert_page(bench.shop, alert_id)


@router.post("/{alert_id}/snooze")
def snooze(bench: Bench, alert_id: int, said: PutAway) -> AlertPage:
    """Put an alert away for some days, after which it is open again."""
    now = time.time()
    AlertBook(bench.shop.state).snooze(alert_id, now + said.days * DAY_SECONDS, now, said.note)
    return alert_page(bench.shop, alert_id)


@router.post("/{alert_id}/resolve")
def resolve(bench: Bench, alert_id: int, said: Result) -> AlertPage:
    """Close an alert with what came of it: fixed, expected, false_alarm or no_action, and a word on what was done."""
    AlertBook(bench.shop.state).resolve(alert_id, said.outcome, said.note, time.time())
    return alert_page(bench.shop, alert_id)


@router.post("/{alert_id}/note")
def write_note(bench: Bench, alert_id: int, said: Said) -> AlertPage:
    """Write a note to an alert."""
    AlertBook(bench.shop.state).add_note(alert_id, said.note, time.time())
    return alert_page(bench.shop, alert_id)


@router.post("/{alert_id}/assign")
def assign(bench: Bench, alert_id: int, given: Given) -> AlertPage:
    """Give an alert to somebody."""
    AlertBook(bench.shop.state).assign(alert_id, given.owner, time.time())
    return alert_page(bench.shop, alert_id)

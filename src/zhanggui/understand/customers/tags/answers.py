"""Tags as answers for the terminal, for programs and for the form."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

import ibis
from pydantic import BaseModel

from zhanggui.i18n import Text
from zhanggui.ledger.jobs import TagBook, UnknownTagError
from zhanggui.pagespec import TileAnswer
from zhanggui.understand.customers.coverage import coverage_said
from zhanggui.understand.customers.lifecycle import categorised_lines
from zhanggui.understand.customers.people import People, people_of
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.tags.preferences import FEWEST_PIECES, SMALLEST_SHARE, What, preferred
from zhanggui.understand.customers.tags.rules import ACTS, TagRule, known_rules, rule_of
from zhanggui.understand.customers.tags.scoring import tagged
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

MOST_SHOWN = 20
MOST_CATEGORIES = 300


class TagPerson(BaseModel):
    """One person with a tag, and what speaks for it."""

    customer: str
    score: float
    acts: int
    last_day: date


class TagSize(BaseModel):
    """How many people carried a tag on a day."""

    as_of: date
    people: int


class TagLine(BaseModel):
    """One tag: its rule, where it comes from, how many carry it, when it ends."""

    name: str
    label: Text
    rule: Text
    source: tuple[str, ...]
    people: int | None
    expires_days: int
    half_life_days: int | None
    needs_consent: bool
    days: tuple[TagSize, ...]
    document: dict[str, Any]


class TagPick(BaseModel):
    """One value that a rule can name."""

    value: str
    label: Text


class TagList(TileAnswer):
    """The shop's tags, and what a rule can name."""

    as_of: date | None
    tags: tuple[TagLine, ...]
    acts: tuple[TagPick, ...]
    categories: tuple[str, ...]


class TagTried(BaseModel):
    """How many people a rule gives its tag to, and the strongest of them."""

    as_of: date
    rule: Text
    people: int
    strongest: tuple[TagPerson, ...]
    warnings: tuple[Text, ...]


class TagsBuilt(BaseModel):
    """The sizes that were noted."""

    as_of: date
    built_at: datetime
    sizes: dict[str, int]


class PreferenceRow(BaseModel):
    """How many people prefer a value."""

    value: str
    people: int


class PreferencePerson(BaseModel):
    """What one person prefers, and the purchases that say so."""

    customer: str
    value: str
    pieces: int
    of_pieces: int
    last_day: date
    reason: Text


class PreferencesAnswer(BaseModel):
    """What people prefer."""

    what: str
    as_of: date
    people: int
    values: tuple[PreferenceRow, ...]
    examples: tuple[PreferencePerson, ...]
    rule: Text
    evidence: str
    warnings: tuple[Text, ...]


def tag_list(desk: Desk) -> TagList:
    """Return the tags with the sizes of today, and what a rule can name."""
    rules = known_rules(desk.shop)
    acts = tuple(TagPick(value=act, label=label) for act, label in ACTS.items())
    try:
        people = people_of(desk, View())
    except ThinDataError as error:
        return TagList(as_of=None, tags=_lines(desk, rules, {}), acts=acts, categories=(), empty=error.said)
    return TagList(
        as_of=people.as_of,
        tags=_lines(desk, rules, _sizes(desk, people, rules)),
        acts=acts,
        categories=desk.kept("tag categories", lambda: _categories(desk)),
        warnings=coverage_said(desk, View()),
    )


def _lines(desk: Desk, rules: dict[str, TagRule], sizes: dict[str, int]) -> tuple[TagLine, ...]:
    book = TagBook(desk.shop.state)
    return tuple(
        TagLine(
            name=rule.name,
            label=rule.shown,
            rule=rule.said,
            source=tuple(dict.fromkeys("orders" if each.act == "bought" else "events" for each in rule.signals)),
            people=sizes.get(rule.name),
            expires_days=rule.expires_days,
            half_life_days=rule.half_life_days,
            needs_consent=rule.needs_consent,
            days=tuple(
                TagSize(as_of=date.fromisoformat(day.as_of), people=day.n_people) for day in book.days(rule.name)
            ),
            document=rule.model_dump(mode="json"),
        )
        for rule in rules.values()
    )


def _sizes(desk: Desk, people: People, rules: dict[str, TagRule]) -> dict[str, int]:
    if not rules:
        return {}
    rows = tagged(desk, people, list(rules.values()))
    found = desk.ledger.query(rows.group_by("tag").aggregate(n=rows.count())).to_pylist()
    return dict.fromkeys(rules, 0) | {row["tag"]: int(row["n"]) for row in found}


def _categories(desk: Desk) -> tuple[str, ...]:
    lines = categorised_lines(desk)
    lines = lines.filter(lines.category.notnull())
    counted = lines.group_by("category").aggregate(n=lines.count())
    asked = counted.order_by([ibis.desc(counted.n), counted.category]).limit(MOST_CATEGORIES)
    return tuple(desk.ledger.query(asked).column("category").to_pylist())


def try_tag(desk: Desk, document: object) -> TagTried:
    """Return whom a rule gives its tag to; nothing is kept."""
    rule = rule_of(document)
    people = people_of(desk, View())
    rows = tagged(desk, people, [rule])
    n_people = desk.ledger.query(rows.count()).column(0)[0].as_py()
    best = rows.order_by([ibis.desc(rows.score), rows.buyer_key]).limit(MOST_SHOWN)
    return TagTried(
        as_of=people.as_of,
        rule=rule.said,
        people=int(n_people),
        strongest=tuple(
            TagPerson(
                customer=row["buyer_key"], score=float(row["score"]), acts=row["n_acts"], last_day=row["last_day"]
            )
            for row in desk.ledger.query(best).to_pylist()
        ),
        warnings=(*coverage_said(desk, View()), *people.warnings),
    )


def show_tag(desk: Desk, name: str) -> TagTried:
    """Return who carries a tag of the shop.

    Raises
    ------
    UnknownTagError
        There is none of that name.
    """
    rules = known_rules(desk.shop)
    if name not in rules:
        raise UnknownTagError(name)
    return try_tag(desk, rules[name].model_dump())


def build(desk: Desk, at: float | None = None) -> TagsBuilt:
    """Find who carries each tag on the last day with orders, and note how many; run daily, and at will."""
    people = people_of(desk, View())
    moment = time.time() if at is None else at
    sizes = _sizes(desk, people, known_rules(desk.shop))
    book = TagBook(desk.shop.state)
    with desk.shop.state.transaction():
        for name, n_people in sizes.items():
            book.note_day(name, people.as_of.isoformat(), n_people, moment)
    return TagsBuilt(as_of=people.as_of, built_at=datetime.fromtimestamp(moment, UTC), sizes=sizes)


def preferences(desk: Desk, what: What) -> PreferencesAnswer:
    """Return what people prefer, with examples that explain themselves."""
    people = people_of(desk, View())
    rows = preferred(desk, people, what)
    counted = rows.group_by("value").aggregate(n=rows.count())
    values = desk.ledger.query(counted.order_by([ibis.desc(counted.n), counted.value])).to_pylist()
    # One example of each value: whoever bought most of it.
    place = ibis.row_number().over(group_by=rows.value, order_by=[ibis.desc(rows.n_value), rows.buyer_key])
    best = rows.mutate(place=place)
    best = best.filter(best.place == 0).order_by([ibis.desc(best.n_value), best.buyer_key])
    return PreferencesAnswer(
        what=what,
        as_of=people.as_of,
        people=sum(row["n"] for row in values),
        values=tuple(PreferenceRow(value=row["value"], people=row["n"]) for row in values),
        examples=tuple(
            PreferencePerson(
                customer=row["buyer_key"], value=row["value"], pieces=row["n_value"], of_pieces=row["n_all"],
                last_day=row["last_day"],
                reason=Text(
                    f"购买的 {row['n_all']} 件里有 {row['n_value']} 件是 {row['value']}，最近一次 {row['last_day']}",
                    f"{row['n_value']} of {row['n_all']} pieces are {row['value']}, last on {row['last_day']}",
                ),
            )
            for row in desk.ledger.query(best).to_pylist()
        ),
        rule=Text(
            f"至少 {FEWEST_PIECES} 件，且不少于 {SMALLEST_SHARE:.0%}",
            f"at least {FEWEST_PIECES} pieces, and no less than {SMALLEST_SHARE:.0%}",
        ),
        evidence="counted",
        warnings=(*coverage_said(desk, View()), *people.warnings),
    )  # fmt: skip

"""Carts, payments and journeys of visits, held against a walk over each visitor's events in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest
from tests.ledger.sessions.made_events import event, put
from tests.metrics.ledgers import order
from tests.understand.traffic.made_visits import DAY, site, way

from zhanggui.ledger.derivations import refresh_following
from zhanggui.ledger.sessions import refresh_sessions, session_rules
from zhanggui.metrics import Question, answer
from zhanggui.understand.desk import Desk
from zhanggui.understand.traffic.carts import carts_of
from zhanggui.understand.view import View

Row = dict[str, Any]
COUNTS = (
    *("people_with_cart", "people_leaving_cart"),
    *("payment_visitors", "payment_visitors_paid", "payment_visitors_lost"),
    *("variant_visitors", "variant_visitors_onward"),
)
NAMES = (*COUNTS, "cart_abandonment_rate", "payment_step_bounce", "variant_step_rate", "conversion_days")
N_DAYS = 120
STEPS = ("page_view", "variant_view", "add_to_cart", "order_created", "add_payment_info", "purchase")
CHANNELS: Mapping[str | None, str] = {"wecom": "group_chat", None: "direct"}


def _events(rng: Random) -> Iterator[Row]:
    """Yield visits of devices that belong to one account, to two, or to none, and of accounts without a device."""
    for number in range(900):
        device = rng.randrange(60)
        account = None if device < 15 else f"u{device // 2}" if device < 50 else f"u{rng.randrange(20, 25)}"
        is_shown = account is not None and rng.random() < 0.5
        minute = rng.randrange(N_DAYS) * DAY + rng.randrange(DAY - 60)
        source = rng.choice(("wecom", None))
        steps = STEPS if rng.random() < 0.3 else STEPS[:3]
        names = [name for name in steps if rng.random() < 0.4] or ["page_view"]
        rng.shuffle(names)
        is_bot = rng.random() < 0.03
        for place, name in enumerate(names):
            yield event(
                minute + place,
                anon_id=None if device == 59 and is_shown else f"d{device}",
                user_key=account if is_shown else None,
                name=name,
                page_path=f"/{name}",
                device="mobile" if device % 3 else "desktop",
                utm_source=source,
                bot_mark="agent" if is_bot else None,
                order_id=f"o{number}" if name in STEPS[3:] else None,
            )


def _orders(rng: Random) -> Iterator[Row]:
    """Yield orders of accounts whose events were lost."""
    for number in range(40):
        at = event(rng.randrange(N_DAYS) * DAY + 7)["event_at"]
        told = order(f"lost{number}", f"{at:%Y-%m-%d}", 10_00, paid=f"{at:%Y-%m-%d}", buyer_key=f"u{number % 30}")
        yield told | {"paid_at": at if number % 2 else None, "created_at": at}


@dataclass(frozen=True)
class Visit:
    visitor: str
    person: str
    day: date
    channel: str
    device: str
    events: tuple[Row, ...]

    def times(self, *names: str) -> list[datetime]:
        return [each["event_at"] for each in self.events if each["name"] in names]


def _moment(told: Row) -> datetime:
    at = told["event_at"]
    assert isinstance(at, datetime)
    return at


def _people(events: Sequence[Row]) -> dict[str, str]:
    """Return the person of each device: its only account, else itself."""
    accounts: dict[str, set[str]] = defaultdict(set)
    for each in events:
        if each["anon_id"] and each["user_key"]:
            accounts[each["anon_id"]].add(each["user_key"])
    return {device: next(iter(those)) for device, those in accounts.items() if len(those) == 1}


def _visits(events: Sequence[Row]) -> list[Visit]:
    people = _people(events)
    of_visitor: dict[str, list[Row]] = defaultdict(list)
    for each in sorted(events, key=_moment):
        of_visitor[each["anon_id"] or each["user_key"]].append(each)
    found = []
    for visitor, those in of_visitor.items():
        parts: list[list[Row]] = []
        for each in those:
            last = parts[-1][-1] if parts else None
            if (
                last is None
                or each["event_at"] - last["event_at"] > timedelta(minutes=30)
                or (each["event_date"] != last["event_date"])
            ):
                parts.append([])
            parts[-1].append(each)
        for part in parts:
            if any(each["bot_mark"] for each in part):
                continue
            source = next((each["utm_source"] for each in part if each["utm_source"]), None)
            person, first = people.get(visitor, visitor), part[0]
            found.append(Visit(visitor, person, first["event_date"], CHANNELS[source], first["device"], tuple(part)))
    return found


@dataclass(frozen=True)
class Walk:
    """What plain Python finds: visits, when each person paid last, and how long each order took."""

    visits: list[Visit]
    paid: Mapping[str, datetime]
    journeys: list[tuple[Visit, date, float]]


def _walk(events: Sequence[Row], orders: Sequence[Row]) -> Walk:
    visits, people = _visits(events), _people(events)
    paid: dict[str, datetime] = {}
    for visit in visits:
        for at in visit.times("purchase"):
            paid[visit.person] = max(at, paid.get(visit.person, at))
    for row in orders:
        shared = {people.get(each["anon_id"], each["anon_id"]) for each in events
                  if each["anon_id"] and each["user_key"] == row["buyer_key"]}  # fmt: skip
        at = row["paid_at"] or row["created_at"]
        for person in (*shared, row["buyer_key"]):
            paid[person] = max(at, paid.get(person, at))
    return Walk(visits, paid, _journeys(events, visits, people))


def _journeys(events: Sequence[Row], visits: list[Visit], people: Mapping[str, str]) -> list[tuple[Visit, date, float]]:
    named: dict[str, Row] = {}
    for each in events:
        if each["order_id"] and not each["bot_mark"]:
            held = named.get(each["order_id"])
            named[each["order_id"]] = each if held is None or each["event_at"] < held["event_at"] else held
    ordered: dict[str, list[tuple[datetime, str, date]]] = defaultdict(list)
    for order_id, each in named.items():
        visitor = each["anon_id"] or each["user_key"]
        ordered[people.get(visitor, visitor)].append((each["event_at"], order_id, each["event_date"]))
    found = []
    for person, those in ordered.items():
        before = None
        for at, _, day in sorted(those):
            led = [
                visit for visit in visits
                if visit.person == person and at - timedelta(days=90) <= visit.events[0]["event_at"] <= at
                and (before is None or visit.events[0]["event_at"] > before)
            ]  # fmt: skip
            if led:
                first = min(led, key=lambda visit: visit.events[0]["event_at"])
                found.append((first, day, (at - first.events[0]["event_at"]) / timedelta(days=1)))
            before = at
    return found


def _wanted(walk: Walk, visits: Sequence[Visit], journeys: Sequence[tuple[Visit, date, float]]) -> Row:
    filled = [(visit.person, max(visit.times("add_to_cart"))) for visit in visits if visit.times("add_to_cart")]
    people = {person for person, _ in filled}
    left = {person for person, at in filled if not (person in walk.paid and walk.paid[person] > at)}
    at_payment = {visit.visitor for visit in visits if visit.times("order_created", "add_payment_info")}
    done = {
        visit.visitor for visit in visits
        if visit.times("order_created", "add_payment_info") and visit.times("purchase")
    }  # fmt: skip
    chose = {visit.visitor for visit in visits if visit.times("variant_view")}
    onward = {
        visit.visitor for visit in visits
        if visit.times("variant_view") and any(at > min(visit.times("variant_view"))
                                               for at in visit.times("add_to_cart"))
    }  # fmt: skip
    return {
        "people_with_cart": len(people),
        "people_leaving_cart": len(left),
        "payment_visitors": len(at_payment),
        "payment_visitors_paid": len(done),
        "payment_visitors_lost": len(at_payment) - len(done),
        "variant_visitors": len(chose),
        "variant_visitors_onward": len(onward),
        "cart_abandonment_rate": len(left) / len(people) if people else None,
        "payment_step_bounce": (len(at_payment) - len(done)) / len(at_payment) if at_payment else None,
        "variant_step_rate": len(onward) / len(chose) if chose else None,
        "conversion_days": median(days for _, _, days in journeys) if journeys else None,
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Walk]]:
    rng = Random("following")
    events, orders = list(_events(rng)), list(_orders(rng))
    with site(tmp_path_factory.mktemp("following") / "shop", events, order_header=orders) as desk:
        yield desk, _walk(events, orders)


def test_carts_payments_and_journeys_are_what_a_walk_over_the_events_finds(made: tuple[Desk, Walk]) -> None:
    desk, walk = made

    (whole,) = answer(desk.ledger, Question(NAMES)).rows

    wanted = _wanted(walk, walk.visits, walk.journeys)
    assert min(wanted[name] for name in COUNTS) >= 10
    assert len(walk.journeys) > 100
    assert wanted["conversion_days"] > 0.5
    assert whole == pytest.approx(wanted)


@pytest.mark.parametrize("by", ["channel", "device", "month", "week", "day"])
def test_and_so_in_every_cell(made: tuple[Desk, Walk], by: str) -> None:
    desk, walk = made

    def cell(visit: Visit, day: date) -> str:
        days = {"day": day, "week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}
        return days[by].isoformat() if by in days else str(getattr(visit, by))

    visits, journeys = defaultdict(list), defaultdict(list)
    for visit in walk.visits:
        visits[cell(visit, visit.day)].append(visit)
    for each in walk.journeys:
        journeys[cell(each[0], each[1])].append(each)
    told = {str(row[by]): row for row in answer(desk.ledger, Question(NAMES, by=(by,))).rows}

    assert set(told) == set(visits) | set(journeys)
    for name, row in told.items():
        wanted = _wanted(walk, visits[name], journeys[name])
        assert {each: row[each] for each in NAMES} == pytest.approx(wanted, nan_ok=True), name


@pytest.mark.parametrize("days", [(0, N_DAYS), (0, 3), (30, 60), (100, N_DAYS)])
def test_the_page_of_the_funnel_tells_the_same_carts(made: tuple[Desk, Walk], days: tuple[int, int]) -> None:
    desk, _ = made
    first, last = (event(each * DAY)["event_date"] for each in days)

    found = carts_of(desk, View(first, last))
    names = ("people_with_cart", "people_leaving_cart", "cart_abandonment_rate")
    (row,) = answer(desk.ledger, Question(names, date_from=first, date_to=last)).rows

    assert row == {
        "people_with_cart": found.n,
        "people_leaving_cart": found.abandoned,
        "cart_abandonment_rate": pytest.approx(found.rate),
    }


def test_a_cart_bought_later_on_another_device_stops_counting_once_the_payment_arrives(tmp_path: Path) -> None:
    asked = Question(("people_with_cart", "people_leaving_cart"), date_to=date(2026, 9, 1))
    with site(tmp_path / "shop", way("phone", 0, "page_view", "add_to_cart", user_key="u")) as desk:
        rules = session_rules(desk.shop.settings, desk.shop.dir)
        before = answer(desk.ledger, asked).rows
        put(desk.ledger, way("desk", 3 * DAY, "purchase", user_key="u"), batch_id=2)
        assert not refresh_following(desk.ledger)
        refresh_sessions(desk.ledger, rules)
        assert refresh_following(desk.ledger)
        assert not refresh_following(desk.ledger)

        assert before == [{"people_with_cart": 1, "people_leaving_cart": 1}]
        assert answer(desk.ledger, asked).rows == [{"people_with_cart": 1, "people_leaving_cart": 0}]


def test_a_shop_without_events_says_what_it_needs(tmp_path: Path) -> None:
    with site(tmp_path / "shop", []) as desk:
        found = answer(desk.ledger, Question(("cart_abandonment_rate", "conversion_days")))

    assert found.rows == [{"cart_abandonment_rate": None, "conversion_days": None}]
    assert {each.text.en.split(":")[0] for each in found.warnings} == {"needs events"}

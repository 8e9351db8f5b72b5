"""A shop of five weeks on two platforms, whose last day on one of them is a bad one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.metrics.ledgers import Row, batch, ledger_of, order, store

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.shop import Shop
from zhanggui.understand.desk import Desk
from zhanggui.understand.monitoring.builtin import BUILT_IN, SOURCE_RULE
from zhanggui.understand.monitoring.rule_book import RuleBook

FIRST = date(2020, 2, 3)
N_DAYS = 35
LAST = FIRST + timedelta(days=N_DAYS - 1)
NOW = datetime(2020, 3, 9, 2, tzinfo=UTC)
"""10:00 in Shanghai on the day after the last one."""
USUAL = {"tmall": 10, "jd": 5}
BAD = {("tmall", N_DAYS - 1): 4, ("jd", 10): 2}


def orders() -> Iterator[Row]:
    """Yield ten orders of 100.00 a day on Tmall and five on JD; 4 on Tmall's last day, 2 on JD's eleventh."""
    for shop_id, (platform, usual) in enumerate(USUAL.items(), start=1):
        for day in range(N_DAYS):
            at = f"{FIRST + timedelta(days=day)} 10"
            for n in range(BAD.get((platform, day), usual)):
                yield order(f"{platform}{day}-{n}", at, 100_00, paid=at, shop_id=shop_id)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    tables = {
        "store": [store(1, "一店"), store(2, "二店", platform="jd")],
        "source_batch": [batch(1, 1, datetime(2020, 3, 9, tzinfo=UTC))],
        "order_header": list(orders()),
    }
    with ledger_of(tmp_path_factory.mktemp("monitoring"), tables) as ledger:
        yield ledger


@pytest.fixture
def desk(tmp_path: Path, ledger: Ledger) -> Iterator[Desk]:
    """Give the desk of a shop of which nothing was watched so far, and no rule is on."""
    shop = Shop.create(tmp_path / "shop", "两店")
    shop.stores.add_store("tmall", "一店")
    shop.stores.add_store("jd", "二店")
    for name in (SOURCE_RULE, *BUILT_IN):
        RuleBook(shop.state).switch(name, 0.0, is_on=False)
    yield Desk(shop, ledger)
    shop.close()


def falling(name: str = "gmv", **other: Any) -> dict[str, Any]:  # fields of a rule
    """Return a rule that tells when the paid amount of a platform falls by 40 % against the week before."""
    when: Mapping[str, object] = {"kind": "change", "fall": 0.4}
    return {"name": name, "metric": "gmv_paid", "by": "platform", "when": when, **other}


def keep(desk: Desk, *rules: Mapping[str, Any]) -> None:
    """Keep rules in the shop of a desk."""
    RuleBook(desk.shop.state).save(rules, 0.0)

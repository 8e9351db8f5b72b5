"""Each rule of profit, worked by hand from its text (``docs/concepts/profit.md``) and loaded as files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.profit.case import Case, amounts_of
from tests.ledger.profit.cases_of_charges import CASES as CHARGES
from tests.ledger.profit.cases_of_goods import CASES as GOODS
from tests.ledger.profit.cases_of_no_order import CASES as NO_ORDER
from tests.ledger.profit.cases_of_refunds import CASES as REFUNDS
from tests.ledger.profit.cases_of_sales import CASES as SALES
from tests.ledger.profit.trade import Trade, trade_at

from zhanggui.ledger.profit import PROFIT_RULES

CASES = (*SALES, *GOODS, *REFUNDS, *CHARGES, *NO_ORDER)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trade]:
    """All cases in one company, whose goods S1 cost 40.00 and S2 3.00."""
    with trade_at(tmp_path_factory.mktemp("golden")) as found:
        found.cost("S1", "40.00")
        found.cost("S2", "3.00")
        for case in CASES:
            case.write(found)
        found.load()
        yield found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.fact)
def test_the_ledger_makes_of_the_files_what_the_rule_says(trade: Trade, case: Case) -> None:
    expected = dict(case.lines) | dict(case.orders)
    lines = {key: trade.line(key) for key in case.lines}
    lines |= {order: row for order in case.orders for row in trade.lines(order)}
    entries = {place: trade.entries(*place) for place in case.entries}

    assert {key: amounts_of(line, expected[key]) for key, line in lines.items()} == expected
    assert {
        place: tuple((row["account"], row["amount_minor"], row["evidence"]) for row in rows)
        for place, rows in entries.items()
    } == case.entries
    assert {place: tuple(row["product_id"] for row in entries[place]) for place in case.products} == case.products
    for key, told in case.told.items():
        assert {name: str(lines[key][name]) for name in told} == {name: str(value) for name, value in told.items()}


def test_every_rule_of_profit_has_a_case() -> None:
    assert {case.rule for case in CASES} == set(PROFIT_RULES)


def test_no_two_cases_state_one_fact() -> None:
    assert len({case.fact for case in CASES}) == len(CASES)

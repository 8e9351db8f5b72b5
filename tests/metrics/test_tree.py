"""The tree of a metric: its parts tie to it, their effects sum to its change, and it shows what is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.metrics.ledgers import Row, ledger_of, order, store

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.metrics import CATALOGUE, Filter
from zhanggui.metrics.identities import ROOTS, costed_of
from zhanggui.metrics.tree import Node, definition_tree, tree_of

WEEK = Period(date(2020, 2, 3), date(2020, 2, 9))


def visit(visitor: str, day: int, *, cart: bool = False, bought: bool = False) -> Row:
    return {
        "shop_id": 1,
        "session_id": day * 1000 + ord(visitor),
        "visitor_id": visitor,
        "session_date": date(2020, 2, day),
        "has_cart": cart,
        "has_order": bought,
        "n_pages": 2,
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Last week 4 visitors and one order of 100; this week 8 visitors, 2 buyers, 4 orders of 150 on average."""
    orders = [order("o0", "2020-01-28 09", 100_00, paid="2020-01-28 09", buyer_key="a")]
    orders += [
        order(f"o{number}", f"2020-02-0{day} 09", amount, paid=f"2020-02-0{day} 09", buyer_key=buyer)
        for number, (day, amount, buyer) in enumerate(
            ((3, 100_00, "a"), (4, 200_00, "a"), (5, 150_00, "b"), (6, 150_00, "b")), start=1
        )
    ]
    visits = [visit(who, 3, cart=who in "abc", bought=who in "ab") for who in "abcdefgh"]
    visits += [
        visit(who, 1, cart=who in "ab", bought=who == "a") | {"session_date": date(2020, 1, 28)} for who in "abcd"
    ]
    tables = {"store": [store(1, "官网", "own_site")], "order_header": orders, "session": visits}
    with ledger_of(tmp_path_factory.mktemp("site"), tables) as ledger:
        yield ledger


def named(root: Node) -> dict[str, Node]:
    return {node.metric.name: node for _, node in root.walk()}


def test_sales_are_visitors_times_conversion_times_orders_times_their_value(site: Ledger) -> None:
    root = tree_of(site, CATALOGUE["gmv_paid"], WEEK).root

    assert [(each.operator, each.metric.name, each.value) for each in root.children] == [
        ("×", "visitors", 8),
        ("×", "payment_conversion", 2 / 8),
        ("×", "orders_per_buyer", 2.0),
        ("×", "average_order_value", 150.0),
    ]
    assert root.value == 8 * (2 / 8) * 2 * 150
    steps = named(root)["payment_conversion"].children
    # Three of eight put something into the cart, two of these order, and two buyers pay.
    assert [each.value for each in steps] == [3 / 8, 2 / 3, 1.0]


def test_effects_of_the_parts_sum_to_the_change_above_them(site: Ledger) -> None:
    found = tree_of(site, CATALOGUE["gmv_paid"], WEEK, compare="previous")

    assert (found.root.value, found.root.before, found.root.change) == (600.0, 100.0, 5.0)
    for _, node in found.root.walk():
        effects = [child.effect for child in node.children if child.effect is not None]
        if effects and node.value is not None and node.before is not None:
            assert sum(effects) == pytest.approx(node.value - node.before)
    assert found.compared == Period(date(2020, 1, 27), date(2020, 2, 2))


def test_a_shop_without_visits_shows_orders_first_and_says_what_is_missing(shop: Ledger) -> None:
    period = Period(date(2020, 2, 1), date(2020, 2, 7))
    jd = tree_of(shop, CATALOGUE["gmv_paid"], period, where=(Filter("platform", ("jd",)),))

    # No order of that store names its buyer, and nobody's visits are known.
    assert [each.metric.name for each in jd.root.children] == ["orders_paid", "average_order_value"]
    below = named(jd.root)
    assert (below["orders_paid"].value, below["buyers"].value, below["visitors"].value) == (1, None, 0)
    assert "buyers_unidentifiable" in {each.code for each in jd.warnings}


def test_profit_is_revenue_less_every_cost(shop: Ledger) -> None:
    root = tree_of(shop, CATALOGUE["operating_profit"], Period(date(2020, 2, 1), date(2020, 2, 29))).root

    for _, node in root.walk():
        parts = [(1 if child.operator == "+" else -1, child.value) for child in node.children]
        if parts:
            assert {child.operator for child in node.children} <= {"+", "−"}
            assert sum(sign * (value or 0) for sign, value in parts) == pytest.approx(node.value)
    assert {"receivable_costed", "goods_cost_costed", "ad_spend", "fixed_costs"} <= set(named(root))


def test_a_target_stands_at_its_metric_alone(shop: Ledger) -> None:
    root = tree_of(shop, CATALOGUE["contribution_profit"], WEEK, targets={"ad_spend": 10.0}).root

    assert {name for name, node in named(root).items() if node.target is not None} == {"ad_spend"}


def test_no_tree_comes_back_to_itself() -> None:
    def paths(node: Node, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        here = (*above, node.metric.name)
        yield here
        for child in node.children:
            yield from paths(child, here)

    for metric in CATALOGUE.values():
        for path in paths(definition_tree(metric).root, ()):
            assert len(set(path)) == len(path)


def test_every_part_of_the_two_trees_has_a_page_of_its_own() -> None:
    for root in ROOTS:
        assert {costed_of(node.metric.name) for _, node in definition_tree(CATALOGUE[root]).root.walk()} <= set(
            CATALOGUE
        )


def test_a_tree_without_figures_says_who_answers_for_each_part() -> None:
    found = definition_tree(CATALOGUE["gmv_paid"]).to_json()

    assert (found["period"], found["compare"], found["warnings"]) == (None, None, [])
    tree = found["tree"]
    assert isinstance(tree, dict)
    assert (tree["owner_en"], tree["value"], tree["operator"]) == ("finance", None, "")
    assert [child["operator"] for child in tree["children"]] == ["×"] * 4

"""Every kind of condition, held against people counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from tests.understand.customers.audiences.people_with_everything import everything, of
from tests.understand.customers.crowd import LAST, crowd, desk_of

from zhanggui.metrics import Question
from zhanggui.metrics.problems import BadChoiceError, UnknownMetricError
from zhanggui.understand.customers.audiences.answers import choices, overlap, preview
from zhanggui.understand.customers.audiences.conditions import BadAudienceError, audience_of
from zhanggui.understand.customers.audiences.keeping import compile_audience, save
from zhanggui.understand.customers.audiences.passes import PERSON, NoMetricOfPeopleError, Pass, is_of_people, sums_of
from zhanggui.understand.customers.rfm import rfm
from zhanggui.understand.customers.segments import BY_NAME
from zhanggui.understand.customers.tags.rules import keep_rules
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

CROWD = crowd()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(tmp_path_factory.mktemp("audiences") / "shop", everything()) as found:
        yield found


def who(desk: Desk, *conditions: object, among: str = "buyers", joined: str = "all") -> set[str]:
    found = compile_audience(desk, of(*conditions, among=among, joined=joined))
    return set(desk.ledger.query(found.members).column(PERSON).to_pylist())


def buyers(test: Callable[[list[tuple[date, int]]], bool]) -> set[str]:
    """Return the buyers of whose purchases something is true, without any engine."""
    return {name for name, bought in CROWD.items() if test([(date.fromisoformat(day), minor) for day, minor in bought])}


def metric(name: str, compare: str, value: float, **more: object) -> dict[str, object]:
    return {"kind": "metric", "metric": name, "compare": compare, "value": value, **more}


def named(prefix: str) -> set[str]:
    return {name for name in CROWD if name.startswith(prefix)}


def test_metrics_of_a_person_are_compared_in_major_units_over_the_days_that_count(desk: Desk) -> None:
    assert who(desk, metric("orders_paid", ">=", 2)) == buyers(lambda bought: len(bought) >= 2)
    assert who(desk, metric("gmv_paid", ">=", 110)) == buyers(lambda bought: sum(m for _, m in bought) >= 110_00)
    assert who(desk, metric("average_order_value", "<", 20)) == buyers(
        lambda bought: sum(m for _, m in bought) < 20_00 * len(bought)
    )
    may = {"date_from": "2026-05-01", "date_to": "2026-05-31"}
    assert who(desk, metric("orders_paid", "=", 1, **may)) == buyers(
        lambda bought: sum(day.month == 5 for day, _ in bought) == 1
    )
    # Of the last 31 days, 31 May is not one: those of June are.
    assert who(desk, metric("orders_paid", ">=", 1, last_days=30)) == named("often")
    assert who(desk, metric("orders_paid", "=", 0, last_days=30)) == set(CROWD) - named("often")


def test_the_sums_of_people_add_up_to_the_metric_itself(desk: Desk) -> None:
    for name in ("orders_paid", "gmv_paid"):
        [leaf] = sums_of(desk.metric(name))
        one = Pass(leaf.table)
        one.add_sum("value", leaf, None, LAST)
        per_person = (
            desk.ledger.query(one.built(desk.ledger.table, None, lambda rows, _: rows).value.sum()).column(0)[0].as_py()
        )
        asked = desk.ask(Question(metrics=(name,))).rows[0][name]
        assert float(per_person) / (100 if name == "gmv_paid" else 1) == asked


def test_days_since_count_from_the_day_looked_at(desk: Desk) -> None:
    long_ago = {"kind": "days_since", "compare": ">=", "value": 100}
    assert who(desk, long_ago) == buyers(lambda bought: (LAST - max(day for day, _ in bought)).days >= 100)
    first = {"kind": "days_since", "moment": "first_order", "compare": "<", "value": 95}
    assert who(desk, first) == buyers(lambda bought: (LAST - min(day for day, _ in bought)).days < 95)
    assert who(desk, {"kind": "days_since", "moment": "last_visit", "compare": "<=", "value": 8}) == {"twice0"}


def test_goods_behaviour_members_and_places(desk: Desk) -> None:
    assert who(desk, {"kind": "bought", "any_of": ["衬衫"], "at_least": 2}) == named("twice")
    assert who(desk, {"kind": "bought", "what": "product", "any_of": ["p-tea"], "last_days": 30}) == named("often")
    # The second event of twice1 is a machine's.
    assert who(desk, {"kind": "did", "any_of": ["reviews_view"], "at_least": 2}) == {"twice0"}
    assert who(desk, {"kind": "member", "any_of": ["黑卡"]}) == named("often")
    assert who(desk, {"kind": "member"}) == named("often") | {f"twice{n}" for n in range(5)}
    assert who(desk, {"kind": "birth_month", "any_of": [7]}) == set()
    assert who(desk, {"kind": "province", "any_of": ["西藏"]}) == named("often")


def test_a_preference_needs_half_of_the_pieces_and_two_of_them(desk: Desk) -> None:
    # Three small shirts in April and one large in May: small. One packet of tea is no preference.
    assert who(desk, {"kind": "prefers", "what": "size", "any_of": ["S"]}) == named("twice")
    assert who(desk, {"kind": "prefers", "what": "size", "any_of": ["XL"]}) == set()
    assert who(desk, {"kind": "prefers", "what": "category", "any_of": ["茶"]}) == named("often")


def test_segments_stages_and_tags_are_those_of_their_pages(desk: Desk) -> None:
    counted = rfm(desk, View()).segments[BY_NAME["high_value"].code].n_customers
    assert len(who(desk, {"kind": "segment", "any_of": ["high_value"]})) == counted
    everybody = {"kind": "stage", "any_of": ["acquisition", "activation"]}
    assert who(desk, everybody, among="everybody") == {"looker", "newcomer"}
    assert who(desk, everybody) == set()
    keep_rules(desk.shop, [{"name": "tea", "label": "爱茶", "signals": [{"categories": ["茶"]}], "at_least": 3,
                            "half_life_days": None}], 0.0)  # fmt: skip
    assert who(desk, {"kind": "tag", "any_of": ["tea"]}) == named("often")


def test_all_any_and_not_are_those_of_sets(desk: Desk) -> None:
    one, other = metric("orders_paid", ">=", 2), {"kind": "member", "any_of": ["黑卡"]}
    first, second = who(desk, one), who(desk, other)

    assert who(desk, one, {"kind": "not", "of": other}) == first - second
    assert who(desk, {"kind": "any", "of": [other, metric("gmv_paid", "<", 12)]}) == second | buyers(
        lambda bought: sum(m for _, m in bought) < 12_00
    )
    assert who(desk, {"kind": "not", "of": {"kind": "any", "of": [one, other]}}) == set(CROWD) - first - second
    assert who(desk) == set(CROWD)


def test_an_audience_within_another_is_the_same_people_and_none_is_within_itself(desk: Desk) -> None:
    save(desk, of(metric("orders_paid", ">=", 2), name="again"))

    inside = {"kind": "audience", "name": "again"}
    assert who(desk, inside, {"kind": "member", "any_of": ["黑卡"]}) == named("often")
    with pytest.raises(BadChoiceError, match="'again' is not possible"):
        save(desk, of(inside, name="again"))


def test_overlap_is_that_of_the_sets(desk: Desk) -> None:
    save(desk, of(metric("orders_paid", ">=", 2), name="again"))
    found = overlap(desk, ["again"], of({"kind": "member"}, name="members"))

    # Twelve came again; nine are members, all of whom came again.
    assert found.sizes == {"again": 12, "members": 9}
    assert [(pair.people, pair.of_smaller, pair.of_both) for pair in found.pairs] == [(9, 1.0, 9 / 12)]
    assert {(row.audiences, row.people) for row in found.exactly} == {(("again", "members"), 9), (("again",), 3)}


def test_a_preview_counts_each_condition_by_itself(desk: Desk) -> None:
    found = preview(
        desk, of(metric("orders_paid", ">=", 2), {"kind": "member", "any_of": ["黑卡"]}), purpose="analysis"
    )

    assert (found.size, found.among, found.reachable, found.share) == (4, 36, 4, 4 / 36)
    assert [(part.kind, part.people) for part in found.parts] == [("metric", 12), ("member", 4)]
    assert preview(desk, of({"kind": "province", "any_of": ["月球"]})).size == 0


def test_a_day_in_the_past_knows_nothing_of_what_came_after(desk: Desk) -> None:
    found = preview(desk, of(metric("orders_paid", ">=", 2)), as_of=date(2026, 4, 30))

    # The four had bought in February, March and April; who came twice had come once.
    assert (found.size, found.as_of) == (4, date(2026, 4, 30))


def test_what_does_not_exist_is_refused_by_name(desk: Desk) -> None:
    for leaf in ({"kind": "segment", "any_of": ["none"]}, {"kind": "tag", "any_of": ["none"]},
                 {"kind": "stage", "any_of": ["none"]}):  # fmt: skip
        with pytest.raises(BadChoiceError, match="'none'"):
            who(desk, leaf)
    with pytest.raises(UnknownMetricError):
        who(desk, metric("none", ">=", 1))
    nobody = next(name for name, each in desk.catalogue.items() if not is_of_people(each))
    with pytest.raises(NoMetricOfPeopleError, match=nobody):
        who(desk, metric(nobody, ">=", 1))


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"name": "Big Spenders"}, "name"),
        ({"name": "a", "condition": {"kind": "none"}}, "condition"),
        ({"name": "a", "condition": {"kind": "all", "of": [{"kind": "segment", "any_of": []}]}}, "any_of"),
        ({"name": "a", "condition": metric("x", ">=", float("nan"))}, "value"),
        ({"name": "a", "condition": metric("x", ">=", 1, last_days=9, date_to="2026-01-01")}, "condition"),
        ({"name": "a", "sql": "drop table"}, "sql"),
        ("nothing", "condition"),
    ],
)
def test_a_document_that_is_wrong_says_where(document: object, field: str) -> None:
    with pytest.raises(BadAudienceError) as caught:
        audience_of(document)
    assert field in caught.value.field


def test_conditions_without_end_are_refused() -> None:
    deep: dict[str, object] = {"kind": "member"}
    for _ in range(9):
        deep = {"kind": "not", "of": deep}
    with pytest.raises(BadAudienceError, match="nested deeper"):
        audience_of({"name": "a", "condition": deep})
    with pytest.raises(BadAudienceError, match="more than 60"):
        audience_of({"name": "a", "condition": {"kind": "all", "of": [{"kind": "member"}] * 61}})


def test_a_builder_offers_what_the_shop_has(desk: Desk) -> None:
    found = choices(desk)

    assert {each.value for each in found.categories} == {"茶", "衬衫"}
    assert {each.value for each in found.tiers} == {"黑卡", "普通"}
    assert {each.value for each in found.events} == {"reviews_view", "product_view"}
    assert {"orders_paid", "gmv_paid", "refund_amount"} <= {each.value for each in found.metrics}

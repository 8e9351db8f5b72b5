"""Metrics that a shop defines itself; arithmetic after the orders of the shared ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.jobs import StateStore, StoreRecord, StoreRegistry
from zhanggui.metrics import CATALOGUE, Filter, Question, answer
from zhanggui.metrics.compiler.plan import possible_dimensions
from zhanggui.metrics.explaining import asked_from_pairs, explain
from zhanggui.metrics.own import (
    BadMetricError,
    NotOwnMetricError,
    OwnMetricBook,
    own_metric_from,
    own_metrics_from_toml,
    own_metrics_to_toml,
)
from zhanggui.metrics.own.building import Defined, catalogue_with
from zhanggui.metrics.own.definition import FilterOf, Restriction
from zhanggui.metrics.own.problems import MetricInUseError, NotDefinedThenError
from zhanggui.metrics.problems import UnknownMetricError

Document = dict[str, Any]  # values of any field

SHANGHAI: Document = {
    "kind": "filter",
    "name": "shanghai_sales",
    "label": "上海支付金额",
    "of": "gmv_paid",
    "where": [{"field": "province", "value": "上海"}],
}
ELSEWHERE: Document = SHANGHAI | {"name": "other_sales", "where": [{"field": "province", "is": "!=", "value": "上海"}]}
SHARE: Document = {
    "kind": "ratio",
    "name": "shanghai_share",
    "label": "上海占比",
    "numerator": "shanghai_sales",
    "denominator": "gmv_paid",
}
EFFORT: Document = {
    "kind": "weighted",
    "name": "effort",
    "label": "工作量",
    "parts": [{"metric": "orders_paid", "weight": 1}, {"metric": "orders_refunded", "weight": 2.5}],
}


@pytest.fixture
def state(tmp_path: Path) -> StateStore:
    """A state file that knows the two stores of the shared ledger."""
    state = StateStore(tmp_path / "state.sqlite")
    registry = StoreRegistry(state)
    registry.add_store("tmall", "旗舰店")
    registry.add_store("jd", "旗舰店")
    return state


@pytest.fixture
def book(state: StateStore) -> OwnMetricBook:
    return OwnMetricBook(state)


def moment(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def value(ledger: Ledger, name: str, *documents: Document, stores: StateStore, where: tuple[Filter, ...] = ()) -> Any:
    """Return what a metric comes to with these definitions."""
    own = [Defined(own_metric_from(each)) for each in documents]
    catalogue = catalogue_with(own, StoreRegistry(stores).list_stores())
    return answer(ledger, Question((name,), where=where), catalogue=catalogue).rows[0][name]


def test_a_filter_is_the_metric_asked_with_the_same_filter(shop: Ledger, state: StateStore) -> None:
    # o1 100 + o2 50 + o3 30 + o4 20 are from Shanghai.
    found = value(shop, "shanghai_sales", SHANGHAI, stores=state)

    assert found == 200.0
    assert found == value(shop, "gmv_paid", stores=state, where=(Filter("province", ("上海",)),))


def test_a_filter_and_its_complement_add_up_to_what_is_known(shop: Ledger, state: StateStore) -> None:
    # 420 in all; o6 10 and o7 15 name no province.
    parts = [value(shop, each["name"], each, stores=state) for each in (SHANGHAI, ELSEWHERE)]

    assert sum(parts) == 420.0 - 25.0


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        ({"field": "platform", "value": "jd"}, 190.0),
        ({"field": "platform", "is": "!=", "value": ["jd"]}, 230.0),
        ({"field": "paid", "is": ">=", "value": 50}, 100.0 + 50.0 + 190.0),
        ({"field": "province", "value": ["江苏", "北京"]}, 190.0 + 5.0),
        ({"field": "hour", "is": "<", "value": "9"}, 50.0 + 10.0 + 5.0),
    ],
)
def test_rows_are_left_out_by_store_amount_place_or_hour(
    shop: Ledger, state: StateStore, restriction: Document, expected: float
) -> None:
    assert value(shop, "shanghai_sales", SHANGHAI | {"where": [restriction]}, stores=state) == expected


def test_a_filter_of_a_ratio_divides_what_is_left_of_both_sides(shop: Ledger, state: StateStore) -> None:
    # Refunds of Shanghai: r1 30 of 200.
    found = value(shop, "shanghai_sales", SHANGHAI | {"of": "refund_rate"}, stores=state)

    assert found == 30 / 200


def test_an_own_ratio_is_divided_anew_at_every_level(shop: Ledger, state: StateStore) -> None:
    own = [Defined(own_metric_from(each)) for each in (SHARE, SHANGHAI)]
    catalogue = catalogue_with(own, StoreRegistry(state).list_stores())

    assert answer(shop, Question(("shanghai_share",)), catalogue=catalogue).rows[0]["shanghai_share"] == 200 / 420
    by_product = answer(shop, Question(("shanghai_share",), by=("product",)), catalogue=catalogue).rows
    # p2 of the first store: line 40 of o1 and 30 of o3, both from Shanghai; p1 of the second has none of 140.
    shares = {(row["shop_id"], row["product"]): row["shanghai_share"] for row in by_product}
    assert (shares[1, "p2"], shares[2, "p1"]) == (1.0, 0.0)


def test_a_weighted_sum_weighs_each_part(shop: Ledger, state: StateStore) -> None:
    orders, refunded = (value(shop, name, stores=state) for name in ("orders_paid", "orders_refunded"))

    assert value(shop, "effort", EFFORT, stores=state) == orders + 2.5 * refunded
    assert refunded > 0


def test_the_drivers_of_a_weighted_sum_are_its_weighted_parts(shop: Ledger) -> None:
    catalogue = catalogue_with([Defined(own_metric_from(EFFORT))])
    days = [("metric", "effort"), ("from", "2020-02-03"), ("to", "2020-02-04"), ("against", "2020-02-01..2020-02-02")]

    found = explain(shop, asked_from_pairs(days, catalogue))

    assert sum(each.amount for each in found.drivers) == pytest.approx(found.change)
    assert found.change != 0


def test_an_own_metric_goes_by_the_dimensions_of_what_it_is_made_of() -> None:
    built = catalogue_with([Defined(own_metric_from(SHANGHAI))])["shanghai_sales"]

    assert possible_dimensions(tuple(built.leaves())) == possible_dimensions(tuple(CATALOGUE["gmv_paid"].leaves()))


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (SHANGHAI | {"of": "gmv_payed"}, "of"),
        (SHANGHAI | {"of": "win_back_rate"}, "of"),
        # Counted over some rows alone they would be another number than under the same filter of a question.
        (SHANGHAI | {"of": "new_buyers"}, "of"),
        (SHANGHAI | {"of": "new_sku_rate"}, "of"),
        (SHANGHAI | {"of": "repurchase_rate"}, "of"),
        (SHANGHAI | {"name": "gmv_paid"}, "name"),
        (SHANGHAI | {"name": "province"}, "name"),
        (SHANGHAI | {"name": "Not a name"}, "name"),
        (SHANGHAI | {"kind": "sql"}, "kind"),
        (SHANGHAI | {"label": ""}, "label"),
        (SHANGHAI | {"where": []}, "where"),
        (SHANGHAI | {"where": [{"field": "product", "value": "p1"}]}, "where.0.field"),
        (SHANGHAI | {"where": [{"field": "buyer_key", "value": "a"}]}, "where.0.field"),
        (SHANGHAI | {"where": [{"field": "province", "is": "<", "value": "上海"}]}, "where.0.is"),
        (SHANGHAI | {"where": [{"field": "province", "is": "~", "value": "上海"}]}, "where.0.is"),
        (SHANGHAI | {"where": [{"field": "paid", "is": ">", "value": "many"}]}, "where.0.value"),
        (SHANGHAI | {"where": [{"field": "platform", "value": "amazon"}]}, "where.0.value"),
        (SHARE | {"numerator": "refund_rate"}, "numerator"),
        (SHARE | {"numerator": "orders_paid"}, "denominator"),
        (SHARE | {"numerator": "shanghai_share"}, "numerator"),
        (SHARE | {"numerator": "gmv_paid", "unit": "money"}, "unit"),
        (EFFORT | {"parts": [{"metric": "orders_paid", "weight": 1}, {"metric": "gmv_paid", "weight": 1}]},
         "parts.1.metric"),
        (EFFORT | {"parts": [{"metric": "orders_paid", "weight": 0}]}, "parts.0.weight"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_names_its_field(document: Document, field: str, book: OwnMetricBook) -> None:
    with pytest.raises(BadMetricError) as error:
        book.define([own_metric_from(document)], now=0.0)

    assert error.value.field == field
    assert error.value.to_json()["error"]["field"] == field
    assert dict(book.catalogue()) == dict(CATALOGUE)


def test_a_file_of_definitions_is_read_back_as_it_was_written() -> None:
    odd = SHANGHAI | {"label": 'a "b"\\\n\x7f', "where": [{"field": "paid", "is": ">", "value": [1, 2]}]}
    definitions = tuple(map(own_metric_from, (odd, SHARE, EFFORT)))

    assert own_metrics_from_toml(own_metrics_to_toml(definitions)) == definitions


def test_every_change_keeps_the_earlier_definition(shop: Ledger, book: OwnMetricBook) -> None:
    book.define([own_metric_from(SHANGHAI)], moment("2020-03-01 08:00"))
    book.define([own_metric_from(SHANGHAI | {"where": [{"field": "province", "value": "江苏"}]})],
                moment("2020-03-05 08:00"))  # fmt: skip
    book.remove("shanghai_sales", moment("2020-03-09 08:00"))

    versions = [(each.version, each.document is None) for each in book.history("shanghai_sales")]
    assert versions == [(1, False), (2, False), (3, True)]
    for day, expected in ((4, 200.0), (6, 195.0)):
        then = book.catalogue_on(date(2020, 3, day))
        row = answer(shop, Question(("shanghai_sales",)), catalogue=then).rows[0]
        assert row["shanghai_sales"] == expected
    assert [book.catalogue_on(date(2020, 3, day)).get("shanghai_sales") for day in (9, 20)] == [None, None]
    assert "shanghai_sales" not in book.catalogue()


def test_the_day_of_a_definition_ends_at_the_midnight_of_the_shop(book: OwnMetricBook) -> None:
    # 16:30 in UTC is half past midnight of the next day in Shanghai.
    book.define([own_metric_from(SHANGHAI)], moment("2020-03-01 16:30"))

    assert "shanghai_sales" not in book.catalogue_on(date(2020, 3, 1))
    assert "shanghai_sales" in book.catalogue_on(date(2020, 3, 2))
    with pytest.raises(NotDefinedThenError, match="first defined on 2020-03-02"):
        book.require(["gmv_paid", "shanghai_sales"], date(2020, 3, 1))


def test_a_definition_that_says_the_same_is_no_new_version(book: OwnMetricBook) -> None:
    for now in (1.0, 2.0):
        book.define([own_metric_from(SHANGHAI)], now)

    assert len(book.history("shanghai_sales")) == 1
    assert book.catalogue()["shanghai_sales"].version == 1


def test_a_clock_that_went_back_puts_no_definition_before_the_one_it_replaces(book: OwnMetricBook) -> None:
    book.define([own_metric_from(SHANGHAI)], 100.0)
    book.define([own_metric_from(SHANGHAI | {"label": "新名"})], 50.0)

    assert [each.defined_at for each in book.history("shanghai_sales")] == [100.0, 100.0]
    assert book.catalogue()["shanghai_sales"].label_zh == "新名"


def test_what_another_metric_is_made_of_cannot_be_taken_away(book: OwnMetricBook) -> None:
    book.define([own_metric_from(SHANGHAI), own_metric_from(SHARE)], 1.0)

    with pytest.raises(MetricInUseError, match="shanghai_share"):
        book.remove("shanghai_sales", 2.0)


def test_a_change_that_would_break_another_metric_is_refused(book: OwnMetricBook) -> None:
    book.define([own_metric_from(SHANGHAI), own_metric_from(SHARE)], 1.0)

    with pytest.raises(BadMetricError, match="shanghai_share"):
        book.define([own_metric_from(SHANGHAI | {"of": "refund_rate"})], 2.0)
    assert book.catalogue()["shanghai_sales"].version == 1


def test_a_metric_whose_store_was_renamed_says_why_and_leaves_the_others(state: StateStore) -> None:
    book = OwnMetricBook(state)
    of_store = SHANGHAI | {"name": "by_store", "where": [{"field": "shop", "value": "旗舰店"}]}
    book.define([own_metric_from(of_store), own_metric_from(SHANGHAI)], 1.0)
    registry = StoreRegistry(state)
    for store in registry.list_stores():
        state.execute(
            "UPDATE store SET name = ?, aliases_json = '[]' WHERE shop_id = ?", (f"新{store.shop_id}", store.shop_id)
        )

    assert "shanghai_sales" in book.catalogue()
    assert "by_store" not in book.catalogue()
    assert "旗舰店" in book.broken()["by_store"]


def test_the_history_of_what_was_never_defined_is_refused(book: OwnMetricBook) -> None:
    with pytest.raises(NotOwnMetricError, match="nothing"):
        book.history("nothing")
    with pytest.raises(UnknownMetricError):
        Question(("nothing",)).checked(book.catalogue())


@pytest.mark.parametrize(("dim", "word"), [("platform", "tmall"), ("province", "上海")])
def test_every_metric_filtered_by_definition_is_the_one_filtered_by_question(
    shop: Ledger, state: StateStore, dim: str, word: str
) -> None:
    stores = StoreRegistry(state).list_stores()
    own = [Defined(made) for name in CATALOGUE if (made := _fitting(name, dim, word, stores)) is not None]
    names = tuple(each.definition.name.removeprefix("own_") for each in own)
    catalogue = catalogue_with(own, stores)

    asked = answer(shop, Question(names, where=(Filter(dim, (word,)),))).rows[0]
    defined = answer(shop, Question(tuple(f"own_{name}" for name in names)), catalogue=catalogue).rows[0]
    # Of the part everything may be known where of the whole something is not; then nothing is claimed.
    known = {name: value for name in names if (value := defined[f"own_{name}"]) is not None}
    assert known == {name: asked[name] for name in known}
    assert len(known) > 50


def _fitting(name: str, dim: str, word: str, stores: list[StoreRecord]) -> FilterOf | None:
    """Return the definition of a metric over a part, where it can have one."""
    if dim not in possible_dimensions(tuple(CATALOGUE[name].leaves())):
        return None
    where = (Restriction(field=dim, value=word),)
    definition = FilterOf(name=f"own_{name}", label=name, of=name, where=where)
    try:
        catalogue_with([Defined(definition)], stores)
    except BadMetricError:
        return None
    return definition

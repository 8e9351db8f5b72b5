"""Questions are compiled once and their values are bound, never written into the statement."""

from __future__ import annotations

from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from zhanggui.ledger.engine import bound_value, open_ledger
from zhanggui.ledger.engine.prepared import _PLAIN, compile_expression, compile_with_parameters

STORES = ibis.table({"shop_id": "int32", "name": "string"}, name="store")
STORES_OF_TWO = pa.table({"shop_id": pa.array([1, 2], pa.int32()), "name": ["甲", "乙"]})
THIS_STORE = bound_value("this_store", "int32")


def test_a_parameter_stays_open_in_the_statement() -> None:
    name = ibis.param("string")

    prepared = compile_with_parameters(STORES.filter(STORES.name == name), {"name": name})

    assert "$name" in prepared.sql
    assert prepared.names == ("name",)


def test_several_values_of_one_column_are_bound_one_by_one() -> None:
    a, b = ibis.param("string"), ibis.param("string")

    prepared = compile_with_parameters(STORES.filter(STORES.name.isin([a, b])), {"a": a, "b": b})

    assert "IN (CAST($a AS TEXT), CAST($b AS TEXT))" in prepared.sql


def test_a_parameter_that_the_question_does_not_use_is_dropped() -> None:
    name, unused = ibis.param("string"), ibis.param("date")

    prepared = compile_with_parameters(STORES.filter(STORES.name == name), {"name": name, "unused": unused})

    assert prepared.bound({"name": "x", "unused": None}) == {"name": "x"}


def test_a_missing_value_is_refused() -> None:
    name = ibis.param("string")
    prepared = compile_with_parameters(STORES.filter(STORES.name == name), {"name": name})

    with pytest.raises(KeyError, match="name"):
        prepared.bound({})


def test_a_value_that_looks_like_sql_stays_a_value(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        store = ledger.table("store")
        name = ibis.param("string")
        prepared = ledger.prepare(store.filter(store.name == name), {"name": name})

        assert ledger.run(prepared, {"name": "' OR 1=1 --"}).num_rows == 0


def test_two_imports_ask_one_statement_with_numbers_of_their_own(tmp_path: Path) -> None:
    mine = STORES.filter(STORES.shop_id == bound_value("this_store", "int32"))

    assert compile_expression(mine) is compile_expression(STORES.filter(STORES.shop_id == THIS_STORE))
    with open_ledger(tmp_path) as ledger, ledger.transaction() as tx:
        held = tx.stage("two_stores", STORES_OF_TWO)
        counts = []
        for number in (1, 2):
            tx.bind(this_store=number)
            counts.append(tx.query(held.filter(held.shop_id == THIS_STORE)).column("name").to_pylist())

    assert counts == [["甲"], ["乙"]]


def test_a_value_that_a_statement_does_not_name_is_not_given_to_it() -> None:
    assert compile_expression(STORES.select("name")).bound({"mark": "x"}) == {}


EVENTS = ibis.table({"n": "int64", "word": "string", "words": "array<string>"}, name="made")


@pytest.mark.parametrize(
    "expression",
    [
        EVENTS,
        EVENTS.select("n", "word", "words"),
        EVENTS.select("word", "n", "words"),
        EVENTS.select("n", word=EVENTS.words[0], words=EVENTS.words),
        EVENTS.mutate(twice=EVENTS.n * 2).select("n", "word", "words"),
        EVENTS.filter(EVENTS.n > 1).distinct().order_by("n").limit(3),
        EVENTS.mutate(
            place=ibis.row_number().over(group_by="word", order_by="n"), part=ibis.ntile(3).over(order_by="n")
        ),
        EVENTS.mutate(second=EVENTS.n.nth(1).over(order_by="n")),
        EVENTS.filter(EVENTS.word.isin([])),
        EVENTS.select(place=EVENTS.word.find("a"), among=EVENTS.words.index("a"), of=EVENTS.word.find_in_set(["a"])),
        EVENTS.select(kept=EVENTS.words.filter(lambda word, place: place > 0)),
        EVENTS.select(bucket=EVENTS.n.bucket([0, 10, 20]), title=EVENTS.word.capitalize(), part=EVENTS.word[1:3]),
        EVENTS.inner_join(EVENTS.view(), "n").select("n"),
        EVENTS.group_by("word").aggregate(n=EVENTS.n.sum()),
    ],
)
def test_what_is_compiled_is_what_the_compiler_of_ibis_writes(
    expression: ir.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ibis.options.sql, "fuse_selects", False)
    written = DuckDBCompiler().to_sqlglot(expression).sql(dialect=DuckDBCompiler.dialect)

    assert compile_expression(expression).sql == written


def test_the_rules_of_ibis_are_those_that_the_compiler_knows() -> None:
    # One more of them may look for what `_REWRITTEN` does not name: it would be applied, in every pass.
    assert _PLAIN.rewrites == ()
    assert len(DuckDBCompiler.rewrites) == 5

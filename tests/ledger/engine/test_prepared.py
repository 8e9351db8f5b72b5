"""Questions are compiled once and their values are bound, never written into the statement."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from ibis.backends.sql import rewrites
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

from zhanggui.ledger.engine import bound_value, open_ledger
from zhanggui.ledger.engine.compiler import REWRITTEN
from zhanggui.ledger.engine.prepared import compile_expression, compile_with_parameters

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
FEW = EVENTS.filter(EVENTS.n > 1)
COUNTED = FEW.group_by("word").aggregate(n=FEW.n.sum())
WIDE = ibis.table({f"c{number}": "int64" for number in range(9)}, name="wide")


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
        EVENTS.mutate(
            place=ibis.row_number().over(group_by="word"), rank=ibis.dense_rank().over(order_by=ibis.desc("n")) * 2
        ),
        EVENTS.mutate(before=EVENTS.n.lag().over(order_by="n"), sum=EVENTS.n.sum().over(rows=(None, 0), order_by="n")),
        EVENTS.mutate(first=EVENTS.n.first().over(group_by="word", order_by="n")),
        EVENTS.mutate(second=EVENTS.n.nth(1).over(order_by="n")),
        EVENTS.filter(EVENTS.n > 1, ibis.row_number().over(order_by="n") < 3),
        EVENTS.filter(EVENTS.word.isin([])),
        EVENTS.filter(EVENTS.word.isin(["a", "b"]), EVENTS.n.isin(FEW.n)),
        EVENTS.select(place=EVENTS.word.find("a"), among=EVENTS.words.index("a"), of=EVENTS.word.find_in_set(["a"])),
        EVENTS.select(kept=EVENTS.words.filter(lambda word, place: place > 0)),
        EVENTS.select(bucket=EVENTS.n.bucket([0, 10, 20]), title=EVENTS.word.capitalize(), part=EVENTS.word[1:3]),
        EVENTS.select(named=EVENTS.n.name("other"), n=EVENTS.n.name("n")),
        EVENTS.inner_join(EVENTS.view(), "n").select("n"),
        EVENTS.group_by("word").aggregate(n=EVENTS.n.sum()),
        EVENTS.fill_null({"n": 0}).drop_null("word"),
        WIDE.drop("c3"),
        WIDE.drop(*(f"c{number}" for number in range(6))),
        COUNTED.inner_join(FEW, "word").select("n"),
        COUNTED.semi_join(FEW, "word").union(COUNTED, distinct=True),
        FEW.limit(3).left_join(FEW.limit(3), "n").anti_join(COUNTED, "word").select("n", "word"),
        FEW.cross_join(COUNTED.aggregate(most=COUNTED.n.max())).filter(FEW.n == COUNTED.n.max().as_scalar()),
        FEW.difference(EVENTS.filter(EVENTS.n > 5)).order_by(ibis.desc("n"), "word"),
    ],
)
def test_what_is_compiled_is_what_the_compiler_of_ibis_writes(
    expression: ir.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ibis.options.sql, "fuse_selects", False)
    written = DuckDBCompiler().to_sqlglot(expression).sql(dialect=DuckDBCompiler.dialect)

    assert renumbered(compile_expression(expression).sql) == renumbered(written)


def renumbered(statement: str) -> str:
    """Return a statement with its parts numbered as they stand in it, not as they were made."""
    numbers: dict[str, str] = {}
    return re.sub(r'"t\d+"', lambda found: numbers.setdefault(found[0], f'"t{len(numbers)}"'), statement)


def test_one_expression_has_one_statement_in_every_process() -> None:
    left_out = WIDE.drop("c7", "c1")

    assert 'EXCLUDE ("c1", "c7")' in compile_expression(left_out).sql


def test_the_rules_of_ibis_are_those_that_the_compiler_knows() -> None:
    # One more of them may look for what `REWRITTEN` does not name: it would not be applied.
    assert len(DuckDBCompiler.rewrites) == 5
    assert DuckDBCompiler.post_rewrites == ()
    assert set(DuckDBCompiler.lowered_ops) <= set(REWRITTEN)
    lowering = inspect.getsource(rewrites.sqlize).partition("lower the expression graph")[2].partition("context=")[0]
    assert set(re.findall(r"\w+_to_\w+|re\w+_\w+", lowering)) == {
        "replace_parameter", "remove_aliases", "project_to_select", "filter_to_select", "sort_to_select",
        "distinct_to_select", "fill_null_to_select", "drop_null_to_select", "drop_columns_to_select",
        "first_to_firstvalue",
    }  # fmt: skip

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from tests.collect.reading.bad_inputs import BadInput, bad_inputs
from tests.collect.reading.tables_of import Whole, all_tables

from zhanggui.collect.reading import ROW_RULES, ReadingError, open_tables
from zhanggui.collect.reading.values import VALUE_RULES, parse_ids, parse_money, parse_times

MONEY = ("总金额", "买家实际支付金额", "退款金额")
TIMES = ("订单创建时间", "订单付款时间")
DECIDED_LATER = {"unknown_format"}

REFUSED = [case for case in bad_inputs() if case.exit_code == 2 and case.code not in DECIDED_LATER]
READ = [case for case in bad_inputs() if case.exit_code != 2 or case.code in DECIDED_LATER]


def value_rules(read: Whole) -> dict[int, set[str]]:
    """Return the rules that cells of the order form break, by row."""
    broken: dict[int, set[str]] = {}
    header = read.table.header
    for name in header:
        column = pa.array([row[header.index(name)] for row in read.rows], pa.string())
        if name in MONEY:
            problem = parse_money(column, 2).problem
        elif name in TIMES:
            problem = parse_times(column).problem
        elif name == "订单编号":
            problem = parse_ids(column).problem
        else:
            continue
        for row_no, rule in zip(read.row_no, problem.to_pylist(), strict=True):
            if rule is not None:
                broken.setdefault(row_no, set()).add(rule)
    return broken


def test_there_are_more_than_forty_bad_inputs_with_names_of_their_own() -> None:
    names = [case.name for case in bad_inputs()]

    assert len(names) == len(set(names)) > 40


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_file_that_cannot_be_read_says_what_where_and_what_next(case: BadInput) -> None:
    with pytest.raises(ReadingError) as caught:
        all_tables(case.data, case.name)

    assert caught.value.code == case.code
    assert caught.value.exit_code == 2
    assert case.name in caught.value.where
    assert caught.value.next_step


@pytest.mark.parametrize("case", READ, ids=lambda case: case.name)
def test_a_readable_file_gives_its_good_rows_and_the_rule_that_the_others_break(case: BadInput) -> None:
    [read] = all_tables(case.data, case.name)
    broken = value_rules(read)
    rules = {problem.rule for problem in read.problems} | {rule for found in broken.values() for rule in found}

    if case.code in {*ROW_RULES, *VALUE_RULES}:
        assert rules == {case.code}
        assert len(read.rows) - len(broken) == case.good_rows
    else:
        assert rules == set()
    if case.exit_code == 0:
        assert len(read.rows) == case.good_rows


@pytest.mark.parametrize("case", [c for c in REFUSED if c.code == "too_large"], ids=lambda case: case.name)
def test_a_bomb_is_refused_before_it_fills_the_memory(case: BadInput) -> None:
    tracemalloc.start()
    with pytest.raises(ReadingError):
        sum(len(batch.row_no) for table in open_tables(BytesIO(case.data), case.name) for batch in table.batches())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 30_000_000


def test_every_outcome_is_in_the_reference_page() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/bad_input.md").read_text(encoding="utf-8")
    codes = {case.code for case in bad_inputs() if case.code} | set(ROW_RULES) | set(VALUE_RULES)

    assert {code for code in codes if f"`{code}`" not in page} == set()

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lengths import examples
from tests.metrics.ledgers import Row, refill
from tests.understand.finance.books import entry, given_back, sold
from tests.understand.finance.conftest import hand_written, open_desk

from zhanggui.metrics.question import Filter
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.profit_desk import profit_sentence, statement_tile
from zhanggui.understand.finance.profit_statement import SPLITS, Statement, profit_statement
from zhanggui.understand.view import View

ALL = View()


def values(found: Statement, key: str) -> tuple[int | None, ...]:
    row = found.row(key)
    assert row is not None, key
    return row.values


def sum_of_lines(found: Statement, until: str) -> list[int]:
    """Return what the lines above a result sum to, parts left out."""
    sums = [0] * len(found.columns)
    for row in found.rows:
        if row.key == until:
            break
        if row.role == "line" and row.parent is None:
            sums = [total + (value or 0) for total, value in zip(sums, row.values, strict=True)]
    return sums


def test_october_and_november_stand_side_by_side(desk: Desk) -> None:
    found = profit_statement(desk, ALL)

    # Receivable: 100 + 100 + 50, then 200; the brushing order is no income.
    assert values(found, "receivable") == (250_00, 200_00)
    # Refunds by the day of payment, though the money went back in November.
    assert values(found, "refunded") == (-20_00, 0)
    assert values(found, "net_receivable") == (230_00, 200_00)
    assert values(found, "goods_cost") == (-80_00, -90_00)
    # October: 100 - 40 - 5 - 3 = 52 and 100 - 20 - 40 - 5 = 35, less 10 of ads. November: 200 - 90 - 30.
    assert values(found, "contribution_profit") == (77_00, 80_00)


def test_line_of_unknown_cost_leaves_no_profit_instead_of_all_of_it(desk: Desk) -> None:
    found = profit_statement(desk, ALL)

    # 50.00 less 4.00 of freight would be left of it before goods; all of that is taken out.
    assert values(found, "uncosted") == (-46_00, 0)
    # 50.00 of the 250.00 in October.
    by_month, whole = found.ratios["cost_unknown_share"]
    assert (by_month, whole) == ((0.2, 0.0), 50 / 450)


@pytest.mark.parametrize("where", [(), (Filter("platform", ("jd",)),), (Filter("category", ("茶",)),)])
def test_rates_are_what_their_own_metrics_answer(desk: Desk, where: tuple[Filter, ...]) -> None:
    view = View(where=where)
    found = profit_statement(desk, view)

    whole = desk.ask(view.question(*found.ratios)).rows[0]
    months = desk.ask(view.question(*found.ratios, grain="month")).rows
    for name, (by_month, total) in found.ratios.items():
        assert total == (whole[name] if whole[name] is None else pytest.approx(whole[name])), name
        assert by_month == tuple(row[name] for row in months), name


def test_store_without_any_cost_has_no_profit_at_all(desk: Desk) -> None:
    found = profit_statement(desk, View(where=(Filter("platform", ("jd",)),)))

    assert values(found, "net_receivable") == (50_00,)
    assert values(found, "contribution_profit") == (None,)
    assert "template sku_costs" in profit_sentence(desk, View(where=(Filter("platform", ("jd",)),))).text.en


def test_brushing_stands_below_contribution_and_above_the_last_line(desk: Desk) -> None:
    found = profit_statement(desk, ALL)

    # 7.00 of freight for the brushing order, 15.00 of rent.
    assert values(found, "marked_order_cost") == (0, -7_00)
    assert values(found, "fixed_costs") == (0, -15_00)
    assert values(found, "operating_profit") == (77_00, 58_00)


def test_fees_still_to_come_are_shown_and_not_deducted(desk: Desk) -> None:
    found = profit_statement(desk, ALL)

    assert values(found, "expected_fees") == (0, 6_00)
    assert values(found, "contribution_after_fees") == (77_00, 74_00)


def test_refunds_by_the_day_of_their_success_move_to_november(desk: Desk) -> None:
    found = profit_statement(desk, replace(ALL, basis="completion"))

    assert values(found, "refund_amount_completed") == (0, -20_00)
    # 20.00 move from October to November; all else stays.
    assert values(found, "contribution_profit") == (97_00, 60_00)
    assert found.row("contribution_profit").metric is None  # type: ignore[union-attr]  # asserted above to be there
    assert "Refunds stand on the day they succeeded" in found.warnings[0].en


def test_refund_without_a_day_of_success_makes_the_second_basis_unknown(tmp_path: Path) -> None:
    tables = hand_written()
    tables["refund"].append(given_back("a1", "2026-10-03", 5_00) | {"refunded_date": None})
    with open_desk(tmp_path / "shop", tables) as desk:
        found = profit_statement(desk, replace(ALL, basis="completion"))

    assert values(found, "refund_amount_completed")[0] is None
    assert values(found, "contribution_profit")[0] is None


@pytest.mark.parametrize("by", SPLITS)
def test_parts_sum_to_the_whole_in_every_line(desk: Desk, by: str) -> None:
    found = profit_statement(desk, ALL, by=by)

    for row in found.rows:
        of_parts = [next((each.total or 0 for each in part.rows if each.key == row.key), 0) for part in found.parts]
        assert sum(of_parts) == (row.total or 0), row.key


def test_part_opens_with_its_own_filter(desk: Desk) -> None:
    found = statement_tile(desk, replace(ALL, by="category"))

    tea = next(line for line in found.lines if line.parent == "receivable" and line.label.zh == "茶")
    # 100.00 in October, 200.00 in November.
    assert tea.values == (100.0, 200.0)
    # The data end on the 5th of November.
    assert tea.hrefs[1] == "/metrics/receivable?where=category%3D%E8%8C%B6&from=2026-11-01&to=2026-11-05"


def test_month_that_is_cut_says_so(desk: Desk) -> None:
    found = statement_tile(desk, View(date_from=date(2026, 10, 10), date_to=date(2026, 10, 31)))

    assert [(column.label.en, column.note.en if column.note else None) for column in found.columns] == [
        ("Oct 2026", "10 Oct to 31 Oct")
    ]


def test_shop_without_orders_says_what_to_load(tmp_path: Path) -> None:
    with open_desk(tmp_path / "shop", {"store": []}) as desk:
        assert "Load an order report" in statement_tile(desk, ALL).empty.en  # type: ignore[union-attr]  # it is empty
        assert "Load an order report" in profit_sentence(desk, ALL).text.en


amounts = st.integers(0, 50_000)


@st.composite
def sales(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(1, 12))):
        due = draw(amounts)
        kind = draw(st.sampled_from(("ordinary", "ordinary", "ordinary", "brushing")))
        rows.append(
            sold(
                f"o{number}",
                f"2026-{draw(st.sampled_from((10, 11)))}-{draw(st.integers(1, 28)):02d}",
                due,
                cost=draw(st.one_of(st.none(), amounts)),
                order_kind=kind,
                shop_id=draw(st.sampled_from((1, 2))),
                refunded_minor=draw(st.integers(0, due)),
                freight_minor=draw(amounts),
                service_fee_minor=draw(st.integers(-500, 500)),
                commission_minor=draw(amounts),
                tax_minor=draw(amounts),
            )
        )
    return rows


@st.composite
def other_amounts(draw: st.DrawFn) -> list[Row]:
    accounts = (
        "ad_spend",
        "slot_fee",
        "content",
        "forfeited_deposit",
        "unmatched_settlement",
        "other_cost",
        "fixed_cost",
    )
    days = ("2026-10-05", "2026-11-05")
    return [
        entry(draw(st.sampled_from(accounts)), draw(st.sampled_from(days)), draw(st.integers(-9_999, 9_999)))
        for _ in range(draw(st.integers(0, 6)))
    ]


@pytest.fixture(scope="module")
def open_book(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]  # a fixture that yields
    with open_desk(tmp_path_factory.mktemp("random") / "shop", hand_written()) as desk:
        yield desk


@settings(max_examples=examples(40))
@given(sales(), other_amounts())
def test_whatever_was_sold_the_lines_sum_to_profit_to_the_fen(
    open_book: Desk, rows: list[Row], entries: list[Row]
) -> None:
    refill(open_book.ledger, {"line_profit": rows, "profit_entry": entries})
    open_book.changed()

    found = profit_statement(open_book, ALL, by="shop")

    ordinary = [row for row in rows if row["order_kind"] == "ordinary"]
    others = sum(int(str(each["amount_minor"])) for each in entries if each["account"] != "fixed_cost")
    known = sum(int(str(row["contribution_minor"])) for row in ordinary if row["cost_known"])
    unknown = sum(_before_goods(row) for row in ordinary if not row["cost_known"])
    uncosted, result = found.row("uncosted"), found.row("contribution_profit")
    assert sum(sum_of_lines(found, "contribution_profit")) == known + others
    assert (uncosted.total or 0 if uncosted else 0) == -unknown
    assert result is None or None in result.values or result.total == known + others
    for row in found.rows:
        of_parts = [next((each.total or 0 for each in part.rows if each.key == row.key), 0) for part in found.parts]
        assert row.role != "line" or sum(of_parts) == (row.total or 0), row.key


def _before_goods(row: Row) -> int:
    whole = {name: int(str(row[name])) for name in row if name.endswith("_minor") and row[name] is not None}
    charges = ("freight_minor", "service_fee_minor", "commission_minor", "tax_minor")
    return whole["receivable_minor"] - whole["refunded_minor"] - sum(whole[name] for name in charges)

"""Files of the input tables beside sales: settlement ledgers, costs, stock, advertising, people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.collect.loading.shops import Till, classes, csv, layout, till_at

from zhanggui.collect.mapping.map_file import layout_from
from zhanggui.columns import FACTS
from zhanggui.columns.fact import Fact, FactColumn
from zhanggui.columns.model import ValueKind

LEDGER = {
    "booked_at": "时间",
    "amount": "金额",
    "scene": "类型",
    "settlement_category": "类型",
    "order_id": "订单",
}
LATER = datetime(2026, 12, 1, tzinfo=UTC).replace(tzinfo=None)
JD = {"platform": "jd", "shop": "甲店"}
COSTS = {"internal_sku": "编码", "valid_from": "日期", "unit_cost": "成本"}
COST_MAP = {"table": "sku_costs", "columns": COSTS}
SAMPLE_CELLS = {
    ValueKind.ID: "A1",
    ValueKind.TEXT: "文字",
    ValueKind.MONEY: "12.50",
    ValueKind.QUANTITY: "3",
    ValueKind.COUNT: "3",
    ValueKind.RATIO: "0.25",
    ValueKind.TIME: "2026-09-01 10:00:00",
    ValueKind.DAY: "2026-09-01",
    ValueKind.HOUR: "10",
    ValueKind.REGION: "江苏",
}


def cell(column: FactColumn) -> str:
    return column.allowed[0] if column.allowed else SAMPLE_CELLS[column.kind]


@pytest.mark.parametrize("fact", FACTS.values(), ids=list(FACTS))
def test_every_fact_takes_a_full_row_once(till: Till, fact: Fact) -> None:
    mapped = layout(fact.name, {column.name: column.name for column in fact.columns}, constants=JD)
    data = csv([column.name for column in fact.columns], [cell(column) for column in fact.columns])

    first, again = till.taken("a.csv", data, layout=mapped), till.taken("b.csv", data, layout=mapped)

    assert (classes(first), classes(again)) == ((1, 0, 0, 0, 0), (0, 1, 0, 0, 0))
    [row] = till.rows(fact.table)
    assert [column.held_as for column in fact.columns if row[column.held_as] is None] == []


def test_equal_lines_of_a_ledger_all_count_and_a_repeat_of_the_file_adds_nothing(till: Till) -> None:
    mapped = layout("settlements", LEDGER, constants=JD)
    line = ["2026-09-01 10:00:00", "12.50", "goods", "1"]
    data = csv(["时间", "金额", "类型", "订单"], line, line, ["2026-09-02", "-3", "commission", "1"])

    first, again = till.taken("a.csv", data, layout=mapped), till.taken("a.csv", data, layout=mapped)

    assert (classes(first), classes(again)) == ((3, 0, 0, 0, 0), (0, 3, 0, 0, 0))
    assert (first.file_total, first.ledger_total) == (Decimal(22), Decimal(22))
    assert sum(till.column("settlement_entry", "amount_minor")) == 1250 + 1250 - 300


def test_a_word_that_nobody_knows_is_said_and_counts_as_unknown(till: Till) -> None:
    mapped = layout("settlements", LEDGER, constants=JD)

    taken = till.taken(
        "a.csv", csv(["时间", "金额", "类型", "订单"], ["2026-09-02", "-3", "神秘扣款", "1"]), layout=mapped
    )

    assert [(issue.rule, issue.detail) for issue in taken.issues] == [("unknown_word", "神秘扣款 × 1")]
    [row] = till.rows("settlement_entry")
    assert (row["category"], row["scene_raw"]) == ("unknown", "神秘扣款")


def test_a_map_says_what_the_words_of_its_file_mean(till: Till) -> None:
    mapped = layout("settlements", LEDGER, constants=JD, words={"settlement_category": {"佣金 A": "commission"}})
    rows = (["2026-09-02", "-3", "佣金 a", "1"], ["2026-09-03", "5", "goods", "1"], ["2026-09-04", "1", "别的", "1"])

    taken = till.taken("a.csv", csv(["时间", "金额", "类型", "订单"], *rows), layout=mapped)

    assert [(issue.rule, issue.detail) for issue in taken.issues] == [("unknown_word", "别的 × 1")]
    assert sorted(till.column("settlement_entry", "category")) == ["commission", "goods", "unknown"]


def test_costs_belong_to_the_company_and_the_newer_file_corrects_them(till: Till) -> None:
    till.taken(
        "a.csv",
        csv([*COSTS.values()], ["S1", "2026-01-01", "8"]),
        layout=layout_from(COST_MAP, file="costs.toml", name="costs"),
    )

    newer = till.taken(
        "b.csv", csv([*COSTS.values()], ["S1", "2026-01-01", "9"], ["S1", "2026-07-01", "10"]),
        layout=layout_from(COST_MAP, file="costs.toml", name="costs"),
    )  # fmt: skip

    assert newer.store == "公司"
    found = till.rows("sku_cost")
    assert sorted((row["valid_from"], row["unit_cost_minor"]) for row in found) == [
        (date(2026, 1, 1), 900),
        (date(2026, 7, 1), 1000),
    ]


def test_an_empty_cell_that_must_be_filled_and_a_broken_count_are_kept_apart(till: Till) -> None:
    columns = {"day": "日", "score_kind": "项", "score": "分"}
    reviews = {"review_id": "号", "reviewed_at": "时间", "stars": "星"}

    scores = till.taken(
        "a.csv",
        csv(["日", "项", "分"], ["2026-09-01", "", "4.8"]),
        layout=layout("store_scores", columns, constants=JD),
    )
    stars = till.taken(
        "b.csv", csv(["号", "时间", "星"], ["1", "2026-09-01", "4.5"], ["2", "2026-09-01", "5"]),
        layout=layout("reviews", reviews, constants=JD),
    )  # fmt: skip

    assert [(issue.rule, issue.column) for issue in scores.issues] == [("missing_value", "项")]
    assert [(issue.rule, issue.column) for issue in stars.issues] == [("not_a_count", "星")]
    assert classes(stars) == (1, 0, 0, 1, 0)


def test_ids_of_members_are_tokens_and_equal_ids_equal_tokens(till: Till) -> None:
    members = {"member_id": "会员", "joined_at": "入会", "phone": "手机"}
    points = {"points_entry_id": "流水", "member_id": "会员", "occurred_at": "时间", "points": "积分"}
    till.taken(
        "a.csv",
        csv([*members.values()], ["M1", "2026-01-01", "13800000000"]),
        layout=layout("members", members, constants=JD),
    )
    till.taken(
        "b.csv", csv([*points.values()], ["1", "M1", "2026-02-01", "-5"]), layout=layout("points", points, constants=JD)
    )

    [member], [entry] = till.rows("member"), till.rows("points_entry")

    assert member["member_key"] == entry["member_key"]
    assert "M1" not in member["member_key"]
    assert "138" not in member["phone_token"][:3]
    assert entry["points"] == -5


def test_a_report_that_is_finer_than_the_columns_it_shows_loses_no_row(till: Till) -> None:
    spend = {"day": "日", "campaign_id": "计划", "spend": "花费"}
    mapped = layout("ad_spend", spend, constants=JD)
    row = ["2026-09-01", "7", "1.00"]
    data = csv([*spend.values()], row, ["2026-09-01", "7", "2.00"], row)

    first, again = till.taken("a.csv", data, layout=mapped), till.taken("b.csv", data, layout=mapped)

    assert (first.file_total, first.ledger_total, again.ledger_total) == (Decimal(4), Decimal(4), Decimal(4))
    assert (classes(first), classes(again)) == ((3, 0, 0, 0, 0), (0, 3, 0, 0, 0))
    restated = till.taken(
        "c.csv", csv([*spend.values()], ["2026-09-01", "7", "5.00"]), layout=mapped, extracted_at=LATER
    )
    assert classes(restated) == (1, 0, 0, 0, 0)


COUPONS = {"coupon_id": "code", "issued_at": "issued", "expires_at": "until", "used_at": "used", "order_id": "order"}
ISSUED = ["Q1", "2026-09-01 10:00:00", "2026-12-31 23:59:59", None, None]
USED = ["Q1", "2026-09-01 10:00:00", "2026-12-31 23:59:59", "2026-09-05 12:00:00", "O1"]


def test_a_coupon_that_was_used_counts_over_the_same_coupon_when_it_was_issued(tmp_path: Path) -> None:
    mapped = layout("coupons", COUPONS)
    header = list(COUPONS.values())
    other = ["Q2", "2026-09-02 10:00:00", "2027-06-30 23:59:59", None, None]
    # Q2 is good for longer: a date of expiry says nothing about when a file was written.
    files = [csv(header, ISSUED, other), csv(header, USED)]
    for place, sequence in enumerate((files, files[::-1])):
        with till_at(tmp_path / str(place)) as till:
            done = [till.taken(f"{number}.csv", data, layout=mapped) for number, data in enumerate(sequence)]
            till.check()
            assert till.column("coupon_issue", "order_id", coupon_id="Q1") == ["O1"]
            # The used coupon is taken; the list of issued ones brings nothing but Q2 after it.
            assert classes(done[-1]) == ((1, 0, 1, 0, 0) if place else (1, 0, 0, 0, 0))


def test_of_two_states_of_a_coupon_in_one_file_the_further_counts(till: Till) -> None:
    done = till.taken("a.csv", csv(list(COUPONS.values()), USED, ISSUED), layout=layout("coupons", COUPONS))

    assert classes(done) == (1, 0, 1, 0, 0)
    assert till.column("coupon_issue", "order_id") == ["O1"]


def test_unknown_words_are_said_of_the_store_whose_rows_have_them(till: Till) -> None:
    mapped = layout("settlements", {**LEDGER, "store_name": "店铺"}, constants={"platform": "jd"})
    rows = [
        ["2026-09-01 10:00:00", "1", "goods", "1", "甲店"],
        ["2026-09-01 10:00:00", "2", "没见过", "2", "乙店"],
        ["2026-09-01 10:00:00", "4", "没见过", "3", "乙店"],
        ["2026-09-01 10:00:00", "8", "也没见过", "4", "丙店"],
    ]
    path = till.write("a.csv", csv(["时间", "金额", "类型", "订单", "店铺"], *rows))

    reports = {done.store: done for done in till.load_all([path], layout=mapped).files}

    said = {name: [(i.rule, i.n_rows, i.detail, i.money) for i in done.issues] for name, done in reports.items()}
    assert said == {
        "甲店": [],
        "乙店": [("unknown_word", 2, "没见过 × 2", Decimal(6))],
        "丙店": [("unknown_word", 1, "也没见过 × 1", Decimal(8))],
    }


def test_a_buyer_whom_nobody_names_is_not_called_masked(till: Till) -> None:
    columns = {"ticket_id": "id", "opened_at": "at", "buyer_id": "buyer"}
    at = "2026-09-01 10:00:00"
    rows = (["1", at, None], ["2", at, "王**"], ["3", at, "42"])

    done = till.taken("a.csv", csv(list(columns.values()), *rows), layout=layout("service_tickets", columns))

    assert [(issue.rule, issue.n_rows) for issue in done.issues] == [("masked_buyer", 1)]
    assert [key is None for key in till.column("service_ticket", "buyer_key")].count(True) == 2

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zhanggui.understand.customers.lifetime.log_file import LogFileError, read_log
from zhanggui.understand.customers.lifetime.purchases import REVENUE

TODAY = date(2026, 11, 22)


def written(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_rows_of_one_day_are_one_occasion_and_a_free_one_counts(tmp_path: Path) -> None:
    log = written(
        tmp_path, "customer,date,amount\na,2026-01-02,5\na,2026-01-02,2.5\na,2026-02-01,0\n b ,2026-01-05,9\n"
    )

    found = read_log(log, today=TODAY)

    assert found.customers.to_pylist() == ["a", "b"]
    assert found.occasions.customer.tolist() == [0, 0, 1]
    assert found.occasions.amounts[REVENUE].tolist() == [7.5, 0.0, 9.0]
    assert (found.last_day, found.currency, found.has_profit) == (date(2026, 2, 1), None, False)


def test_a_day_of_returns_is_no_occasion_and_lowers_the_one_before(tmp_path: Path) -> None:
    log = written(tmp_path, "客户,日期,金额\na,20260102,30\na,20260109,-10\n")

    found = read_log(log, today=TODAY)

    assert found.occasions.amounts[REVENUE].tolist() == [20.0]


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("customer,amount\na,1\n", "no column 'date'", "columns customer, amount"),
        ("customer,date,amount\n", "no purchase", "log.csv"),
        ("customer,date,amount\na,2026-01-02,1\n,2026-01-02,1\n", "cannot be used", "row 3, column customer"),
        ("customer,date,amount\na,2026-01-02,ten\n", "'ten'", "row 2, column amount"),
        ("customer,date,amount\na,2026-01-02,1\na,2 Jan,1\n", "'2 Jan'", "row 3, column date"),
        ("customer,date,amount\na,2026-13-02,1\n", "2026-13-02", "column date"),
        ("customer,date,amount\na,2026-01-02,1\na,2031-01-02,1\n", "'2031-01-02'", "row 3, column date"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, what: str, place: str) -> None:
    with pytest.raises(LogFileError) as refused:
        read_log(written(tmp_path, text), today=TODAY)

    assert what in refused.value.what
    assert place in refused.value.where


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogFileError, match="cannot be read"):
        read_log(tmp_path / "none.csv", today=TODAY)

"""``zhanggui query`` as a person reads it: periods side by side, and filters by words that are not right."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from zhanggui.cli.entry import run
from zhanggui.cli.terminal import WIDEST_CELL, table_lines, width
from zhanggui.ledger.shop import Shop


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, exports: list[Path]) -> Path:
    """Return a shop that holds the exports."""
    directory = tmp_path_factory.mktemp("asked") / "shop"
    Shop.create(directory).close()
    assert run(["load", *map(str, exports), "--shop", str(directory)]) == 0
    return directory


def test_a_comparison_stands_in_columns_of_its_own(zhanggui: Run, loaded: Path) -> None:
    asked = ("query", "gmv_paid", "refund_rate", "--from", "2026-08-02", "--to", "2026-08-02", "--compare", "previous")
    shown = zhanggui(*asked, "--shop", loaded)
    [row] = zhanggui(*asked, "--shop", loaded, "--json").json["rows"]

    header, figures = shown.out.splitlines()
    assert [each.strip() for each in header.split("  ") if each.strip()] == [
        f"{name}{part}" for name in ("gmv_paid", "refund_rate") for part in ("", " before", " change")
    ]
    assert figures.split() == [
        f"{row['gmv_paid']:,.2f}",
        f"{row['compare']['gmv_paid']:,.2f}",
        f"{row['change']['gmv_paid']:+.1%}",
        f"{row['refund_rate']:.4f}",
        f"{row['compare']['refund_rate']:.4f}",
        f"{row['change']['refund_rate']:+.4f}",
    ]
    assert "compared with 2026-08-01 to 2026-08-01" in shown.err


def test_a_platform_goes_by_what_people_call_it_too(zhanggui: Run, loaded: Path) -> None:
    called, coded = (
        zhanggui("query", "gmv_paid", "--where", f"platform={name}", "--shop", loaded, "--json").json["rows"]
        for name in ("淘宝", "taobao")
    )

    assert called == coded
    assert called[0]["gmv_paid"] > 0


@pytest.mark.parametrize(
    "words",
    [
        ["query", "gmv_paid", "--where", "shop=nowhere"],
        ["query", "gmv_paid", "--where", "platform=nowhere"],
        ["finance", "pnl", "--store", "nowhere"],
        ["customers", "rfm", "--store", "nowhere"],
        ["products", "matrix", "--platform", "nowhere"],
        ["traffic", "channels", "--store", "nowhere"],
        ["explain", "gmv_paid", "--from", "2026-08-02", "--to", "2026-08-02", "--against", "2026-08-01..2026-08-01",
         "--where", "shop=nowhere"],
    ],
)  # fmt: skip
def test_a_store_that_does_not_exist_is_no_store_without_sales(zhanggui: Run, loaded: Path, words: list[str]) -> None:
    found = zhanggui(*words, "--shop", loaded)

    assert (found.exit_code, found.out) == (2, "")
    assert "'nowhere' is not possible here." in found.err
    assert "next:  use one of: " in found.err


def test_nothing_by_a_word_that_no_row_has_says_so(zhanggui: Run, loaded: Path) -> None:
    def codes(*where: str) -> list[str]:
        found = zhanggui("query", "gmv_paid", "--where", *where, "--shop", loaded, "--json").json
        return [each["code"] for each in found["warnings"]]

    known = zhanggui("query", "gmv_paid", "--by", "province", "--shop", loaded, "--json").json["rows"][0]["province"]

    assert "filter_value_unknown" in codes("province=火星")
    assert "filter_value_unknown" not in codes(f"province={known}")
    # A province that is known and had nothing on a day sold nothing.
    assert "filter_value_unknown" not in codes(f"province={known}", "--to", "2020-01-01")


def test_a_very_long_title_does_not_push_figures_off_the_screen() -> None:
    titles = ["很长" * 150, "🍵" * 150, "茶"]
    shown = table_lines(["product", "units"], [[title, "1"] for title in titles], right=[False, True])

    # The widest cell, two columns between, and "units".
    assert {width(line) for line in shown} == {WIDEST_CELL - 1 + 2 + 5}
    assert [line.split()[-1] for line in shown] == ["units", "1", "1", "1"]


def test_what_stands_last_may_be_long() -> None:
    [_, line] = table_lines(["product", "reason"], [["茶", "因" * 200]], right=[False, False])

    assert line.endswith("因" * 200)

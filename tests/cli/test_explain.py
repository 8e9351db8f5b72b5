"""``zhanggui explain`` on three days of exports, by command and by HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

from zhanggui.cli.entry import run
from zhanggui.ledger.shop import Shop

PERIODS = ("--from", "2026-09-02", "--to", "2026-09-02", "--against", "2026-09-01..2026-09-01")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, exports: list[Path]) -> Path:
    """Return a shop that holds the exports."""
    directory = tmp_path_factory.mktemp("explained") / "shop"
    Shop.create(directory).close()
    assert run(["load", *map(str, exports), "--shop", str(directory)]) == 0
    return directory


def test_drivers_and_segments_explain_the_change_of_two_days(zhanggui: Run, loaded: Path) -> None:
    first, last = days_of(zhanggui, loaded)
    found = zhanggui("explain", "gmv_paid", *between(first, last), "--shop", loaded, "--json")

    assert found.exit_code == 0
    told = found.json
    assert told["change"] == pytest.approx(told["after"]["value"] - told["before"]["value"])
    assert sum(each["amount"] for each in told["drivers"]) == pytest.approx(told["change"], rel=1e-9)
    assert told["segments"]
    assert {"metric", "before", "after", "change", "drivers", "segments", "within_noise", "data_warnings"} <= set(told)
    values = {day: value_of(zhanggui, loaded, "gmv_paid", day) for day in (first, last)}
    assert (told["before"]["value"], told["after"]["value"]) == (values[first], values[last])


def test_each_segment_says_what_a_query_with_its_filter_answers(zhanggui: Run, loaded: Path) -> None:
    first, last = days_of(zhanggui, loaded)
    told = zhanggui("explain", "gmv_paid", *between(first, last), "--shop", loaded, "--json").json

    for segment in told["segments"]:
        where = ("--where", segment["where_text"])
        ends = [value_of(zhanggui, loaded, "gmv_paid", day, *where) for day in (first, last)]
        assert segment["amount"] == pytest.approx(ends[1] - ends[0])


def test_the_compared_period_may_be_two_dates(zhanggui: Run, loaded: Path) -> None:
    first, last = days_of(zhanggui, loaded)
    one = zhanggui("explain", "gmv_paid", *between(first, last), "--shop", loaded, "--json").json
    two = zhanggui(
        "explain", "gmv_paid", "--from", last, "--to", last, "--against", first, first, "--shop", loaded, "--json"
    )
    turned = zhanggui(
        "explain", "--from", last, "--to", last, "--against", first, first, "gmv_paid", "--shop", loaded, "--json"
    )

    assert two.json == one == turned.json


def test_sentences_stand_in_the_language_of_the_terminal(
    zhanggui: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = days_of(zhanggui, loaded)
    for language, word in (("zh", "支付金额从"), ("en", "GMV paid went from")):
        monkeypatch.setenv("ZHANGGUI_LANG", language)

        assert word in zhanggui("explain", "gmv_paid", *between(first, last), "--shop", loaded).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gmv", *PERIODS), "not in the catalogue"),
        (("gmv_paid", *PERIODS, "--by", "weather"), "is not a dimension"),
        (("gmv_paid", "--from", "2026-09-02", "--to", "2026-09-02", "--against", "may"), "FROM..TO"),
        (("gmv_paid", "--from", "2026-09-02", "--to", "2026-09-01", "--against", "2026-08-01"), "before it begins"),
        (("gmv_paid", "--from", "2026-09-02", "--to", "2026-09-02"), "--against"),
    ],
)
def test_what_cannot_be_asked_is_refused(zhanggui: Run, loaded: Path, words: tuple[str, ...], said: str) -> None:
    found = zhanggui("explain", *words, "--shop", loaded)

    assert (found.exit_code, found.out) == (2, "")
    assert said in found.err


def between(first: str, last: str) -> tuple[str, ...]:
    return ("--from", last, "--to", last, "--against", f"{first}..{first}")


def days_of(zhanggui: Run, shop: Path) -> tuple[str, str]:
    """Return the first two days with paid orders."""
    rows = zhanggui("query", "gmv_paid", "--grain", "day", "--shop", shop, "--json").json["rows"]
    days = [row["date"] for row in rows if row["date"] and row["gmv_paid"]]
    return days[0], days[1]


def value_of(zhanggui: Run, shop: Path, metric: str, day: str, *more: str) -> Any:
    """Return what a query of one day answers."""
    asked = ("query", metric, "--from", day, "--to", day, *more, "--shop", shop, "--json")
    return zhanggui(*asked).json["rows"][0][metric]

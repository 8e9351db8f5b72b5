"""``zhanggui finance``."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.cli.conftest import JsonValue, Run
from tests.understand.finance.traded import write_shop

from zhanggui.ledger.shop import Shop

pytestmark = pytest.mark.slow

PAGES = ("pnl", "bridge", "ads", "creators", "below-cost", "fees", "cash", "budget")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop of :func:`write_shop`."""
    return write_shop(tmp_path_factory.mktemp("finance"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop without any file."""
    home = tmp_path_factory.mktemp("empty") / "shop"
    Shop.create(home).close()
    return home


def line_of(found: JsonValue, key: str) -> JsonValue:
    [line] = [line for line in found["lines"] if line["key"] == key]
    return line["values"]


def test_statement_says_by_month_what_was_earned(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("finance", "pnl", "--json", "--shop", shop).json

    assert found["months"] == ["2026-09", "2026-10"]
    # October: 100 + 200 + 30 + 50; 50 went back; goods 40 + 40 + 95; ads 20 and a slot fee of 12; 30 of unknown cost.
    assert line_of(found, "receivable") == [100.0, 380.0]
    assert line_of(found, "refunded") == [0.0, -50.0]
    assert line_of(found, "goods_cost") == [-40.0, -175.0]
    assert line_of(found, "platform_fees") == [0.0, -5.0]
    assert line_of(found, "marketing_cost") == [0.0, -32.0]
    assert line_of(found, "uncosted") == [0.0, -30.0]
    assert line_of(found, "contribution_profit") == [60.0, 88.0]
    assert found["rates"]["cost_unknown_share"] == 30 / 480


def test_filters_and_a_split_narrow_the_same_statement(zhanggui: Run, shop: Path) -> None:
    one = zhanggui("finance", "pnl", "--json", "--store", "乙店", "--shop", shop).json
    days = zhanggui("finance", "pnl", "--json", "--from", "2026-10-01", "--to", "2026-10-04", "--shop", shop).json
    split = zhanggui("finance", "pnl", "--json", "--by", "shop", "--shop", shop).json

    # 50 - 95; then 100 - 40 - 5 - 20.
    assert (line_of(one, "contribution_profit"), line_of(days, "contribution_profit")) == ([-45.0], [35.0])
    parts = {part["name"]["zh"]: line_of(part, "contribution_profit") for part in split["parts"]}
    assert parts == {"甲店": [60.0, 133.0], "乙店": [0.0, -45.0]}


def test_refunds_by_the_day_of_their_success_are_said_to_be_so(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("finance", "pnl", "--json", "--basis", "completion", "--shop", shop).json

    assert found["basis"] == "completion"
    assert line_of(found, "refund_amount_completed") == [0.0, -50.0]
    assert any("退款完成口径" in text["zh"] for text in found["warnings"])


def test_text_speaks_both_languages(zhanggui: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tongue, words in (
        ("zh_CN.UTF-8", ("商家应收", "贡献利润", "合计", "缺成本明细的余额")),
        ("en_GB.UTF-8", ("Receivable", "Contribution profit", "total", "lines of unknown cost")),
    ):
        monkeypatch.setenv("LC_ALL", tongue)
        out = zhanggui("finance", "pnl", "--shop", shop).out
        assert [word for word in words if word not in out] == []


def test_workbook_holds_the_statement(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "利润.xlsx"
    done = zhanggui("finance", "pnl", "--out", path, "--json", "--shop", shop)

    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = {row[0].value: [cell.value for cell in row[1:4]] for row in sheet.iter_rows(min_row=5)}
    assert (done.exit_code, done.json["bytes"]) == (0, path.stat().st_size)
    assert rows["贡献利润"] == [60, 88, 148]


def test_bridge_leads_from_list_price_to_contribution(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("finance", "bridge", "--json", "--shop", shop).json

    levels = [step["value"] for step in found["steps"] if step["role"] == "level"]
    steps = [step["value"] for step in found["steps"] if step["role"] != "level"]
    assert (levels[0], levels[-1]) == (480.0, 148.0)
    assert sum(steps) == levels[-1] - levels[0]


def test_advertisement_stands_with_its_declared_roi(zhanggui: Run, shop: Path) -> None:
    [row] = zhanggui("finance", "ads", "--json", "--shop", shop).json["objects"]["rows"]

    # 100.00 claimed for 20.00.
    assert (row["spend"], row["roi"]) == (20.0, 5.0)
    assert zhanggui("finance", "ads", "--level", "product", "--json", "--shop", shop).json["objects"]["rows"] == []


def test_what_sold_below_cost_is_listed_with_what_it_lost(zhanggui: Run, shop: Path) -> None:
    [row] = zhanggui("finance", "below-cost", "--json", "--shop", shop).json["lines"]["rows"]

    assert (row["order_id"], row["loss"]) == ("B1", 45.0)


def test_wallet_took_in_what_its_lines_sum_to(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("finance", "cash", "--json", "--shop", shop).json

    [wallet] = found["wallets"]["rows"]
    assert (wallet["taken_in"], wallet["given_out"], wallet["left"]) == (100.0, 5.0, 95.0)


def test_targets_are_entered_kept_and_taken_away(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('["2026-10"]\ncontribution_profit = 100\nad_spend = 15.5\n')
    entered = zhanggui("finance", "budget", "--enter", plan, "--json", "--shop", shop).json
    kept = zhanggui("finance", "budget", "--json", "--shop", shop).json

    targets = {row["account"]: cell["target"] for row in kept["rows"] for cell in row["cells"] if cell["target"]}
    assert targets == {"contribution_profit": 100.0, "ad_spend": 15.5}
    assert entered == kept


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('["2026-13"]\nad_spend = 1', "not a month"),
        ('["2026-10"]\nluck = 1', "no account"),
        ('["2026-10"]\nad_spend = -1', "not an amount"),
        ("ad_spend = 1", "no table of a month"),
        ("[", "cannot be read"),
    ],
)
def test_targets_that_are_none_are_refused_and_change_nothing(
    zhanggui: Run, shop: Path, tmp_path: Path, written: str, said: str
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(written)
    before = zhanggui("finance", "budget", "--json", "--shop", shop).json

    refused = zhanggui("finance", "budget", "--enter", plan, "--shop", shop)

    assert refused.exit_code != 0
    assert said in refused.err
    assert zhanggui("finance", "budget", "--json", "--shop", shop).json == before


def test_agreed_rates_are_what_fees_are_held_to(zhanggui: Run, shop: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.toml"
    rates.write_text('"taobao" = 0.03\n')
    [row] = zhanggui("finance", "fees", "--rates", rates, "--json", "--shop", shop).json["rates"]["rows"]
    rates.write_text('"moon" = 0.03\n')
    refused = zhanggui("finance", "fees", "--rates", rates, "--shop", shop)

    # 5.00 of 100.00 were charged, 3.00 agreed.
    assert (row["agreed_rate"], row["over"]) == (0.03, 2.0)
    assert refused.exit_code != 0
    assert "'moon' is not a platform" in refused.err


@pytest.mark.parametrize("page", PAGES)
def test_every_page_prints_its_text_and_of_an_empty_shop_what_is_missing(
    zhanggui: Run, shop: Path, empty: Path, page: str
) -> None:
    full = zhanggui("finance", page, "--shop", shop)
    bare = zhanggui("finance", page, "--shop", empty)

    assert (full.exit_code, bare.exit_code) == (0, 0), bare.err
    assert len(full.out.splitlines()) > 2
    assert "Traceback" not in bare.err
    assert bare.out.strip() + bare.err.strip() != ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pnl", "--by", "moon"), "moon"),
        (("pnl", "--basis", "luck"), "luck"),
        (("pnl", "--from", "yesterday"), "yesterday"),
        (("pnl", "--from", "2026-10-02", "--to", "2026-10-01"), "2026-10-0"),
        (("pnl", "--where", "moon=1"), "moon"),
        (("ads", "--level", "moon"), "moon"),
        (("fees", "--rates", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_word(
    zhanggui: Run, shop: Path, words: tuple[str, ...], said: str
) -> None:
    refused = zhanggui("finance", *words, "--shop", shop)

    assert refused.exit_code == 2
    assert said in refused.err
    assert "Traceback" not in refused.err

"""``zhanggui traffic funnel | paths | journey``, from the shop and from its server alike."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.ledger.sessions.made_events import START
from tests.metrics.ledgers import order
from tests.understand.traffic.made_visits import STAGES, site, way


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "shop"
    with site(folder, [*way("buys", 0, *STAGES), *way("carts", 10, *STAGES[:3]), *way("leaves", 20, "page_view")]):
        pass
    return folder


def test_the_funnel_is_one_json_value_and_a_table(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("traffic", "funnel", "--by", "channel", "--shop", shop, "--json")
    assert (found.exit_code, [step["n"] for step in found.json["steps"]]) == (0, [3, 2, 2, 1, 1])
    assert found.json["worst_step"] == "order_created|add_payment_info"
    assert found.json["carts"]["abandoned"] == 1
    assert found.json["groups"][0]["counts"] == [3, 2, 2, 1, 1]
    assert "33.33%" in zhanggui("traffic", "funnel", "--shop", shop).out


def test_paths_and_a_journey_are_told(zhanggui: Run, shop: Path) -> None:
    found = zhanggui("traffic", "paths", "--node", "purchase", "--back", "--shop", shop, "--json")
    assert found.json["flow"][0] == {"step": 0, "source": "purchase", "target": "order_created", "n": 1}
    assert zhanggui("traffic", "paths", "--shop", shop).exit_code == 0
    journey = zhanggui("traffic", "journey", "o-buys", "--shop", shop, "--json")
    assert [one["event"] for one in journey.json["events"]] == list(STAGES)
    assert zhanggui("traffic", "journey", "o-buys", "--shop", shop).exit_code == 0


def test_what_cannot_be_answered_says_what_next(zhanggui: Run, shop: Path) -> None:
    refused = zhanggui("traffic", "journey", "nobody", "--shop", shop)
    assert refused.exit_code != 0
    assert "no order nobody" in refused.err
    assert zhanggui("traffic", "funnel", "--steps", "tap,visit", "--shop", shop).exit_code == 2


LIVE = {
    "shop_id": 1, "fact_key": "z", "live_session_id": "z", "creator_name": "主播", "started_at": START,
    "started_date": date(2026, 9, 1), "viewers": 1_000, "product_visitors": 100, "paid_orders": 6,
    "paid_minor": 102_000, "currency": "CNY",
}  # fmt: skip


def test_levels_below_channels_stand_under_headings_in_the_language_of_the_terminal(
    zhanggui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought = order("o-buys", "2026-09-01", 10_000, paid="2026-09-01", buyer_key="u", channel="direct")
    sold = {
        "shop_id": 1, "line_key": "1", "order_id": "o-buys", "order_kind": "ordinary", "channel": "direct",
        "product_id": "p", "paid_date": date(2026, 9, 1), "buyer_key": "u", "quantity": 1, "currency": "CNY",
        "receivable_minor": 10_000,
    }  # fmt: skip
    tables = {"live_session": [LIVE], "order_header": [bought], "line_profit": [sold]}
    with site(tmp_path / "shop", way("buys", 0, *STAGES), **tables):
        pass
    for language, live, cube in (("zh", ("每访客", "主播"), "新客"), ("en", ("Per visitor", "主播"), "New")):
        monkeypatch.setenv("ZHANGGUI_LANG", language)
        told = zhanggui("traffic", "channels", "--by", "live", "--shop", tmp_path / "shop").out
        assert all(word in told for word in (*live, "6.0%", "10.20"))
        assert cube in zhanggui("traffic", "channels", "--by", "cube", "--shop", tmp_path / "shop").out

"""``zhanggui traffic funnel | paths | journey``, from the shop and from its server alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run
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

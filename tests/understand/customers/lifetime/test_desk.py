from __future__ import annotations

import pytest
from tests.metrics.ledgers import Row
from tests.understand.customers.lifetime.conftest import FIRST, OpenDesk, paid

from zhanggui.pagespec import TableData
from zhanggui.understand.customers.lifetime.asking import lifetime_of_pairs
from zhanggui.understand.customers.pages import TILES
from zhanggui.understand.desk import Desk
from zhanggui.understand.view import View

OWN = ("figures", "forecast", "tenths", "acquisition", "at_risk", "models")


def test_the_page_tells_the_figures_of_the_command(desk: Desk) -> None:
    found = lifetime_of_pairs(desk, [])

    table = TILES["value/forecast"](desk, View())

    assert isinstance(table, TableData)
    assert found.revenue is not None
    revenue, profit = table.rows
    assert revenue["historic"] == found.revenue.historic
    assert revenue["ahead"] == round(found.revenue.within_horizon.forecast, 2)
    assert found.profit is not None
    assert profit["historic"] == found.profit.historic


@pytest.mark.parametrize("tile", OWN)
def test_every_tile_has_an_answer(desk: Desk, tile: str) -> None:
    assert TILES[f"value/{tile}"](desk, View()).empty is None


@pytest.mark.parametrize("tile", OWN)
def test_every_tile_says_why_there_is_no_number(open_desk: OpenDesk, tile: str) -> None:
    orders: list[Row] = [paid(f"b{each}", FIRST, 10_00, each) for each in range(3)]
    with open_desk(orders) as desk:
        found = TILES[f"value/{tile}"](desk, View())

    assert found.empty is not None
    assert "3 buyers" in found.empty.en

"""A shop whose second store lost Jiangsu in its last week."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.metrics.explaining.shops import orders_of, tables_of
from tests.metrics.ledgers import Row, ledger_of

from zhanggui.ledger.engine import Ledger


def lost_jiangsu(shop_id: int, province: str | None, day: int) -> float:
    return 0.1 if (shop_id, province) == (2, "江苏") and day >= 56 else 4.0 if province == "江苏" else 1.0


@pytest.fixture(scope="session")
def sold() -> list[Row]:
    return list(orders_of(lost_jiangsu))


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory, sold: list[Row]) -> Iterator[Ledger]:
    with ledger_of(tmp_path_factory.mktemp("faulty"), tables_of(sold)) as ledger:
        yield ledger

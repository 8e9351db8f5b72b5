"""What a metric without data asks for."""

from __future__ import annotations

from zhanggui.columns import INPUT_TABLES
from zhanggui.ledger.quality.sources import datasets_of
from zhanggui.metrics import CATALOGUE
from zhanggui.metrics.absence import needs
from zhanggui.metrics.model import Leaf

WITHOUT_SALES = {"line_profit", "profit_entry"}
"""Made of all that was loaded; never absent, for they are sales too."""


def test_advertising_that_was_never_loaded_asks_for_the_advertising_report() -> None:
    [caveat] = needs([CATALOGUE["claimed_return"]], frozenset({"ad_result"}))

    assert caveat.en.startswith("needs ad_spend: ")
    assert "--template ad_spend" in caveat.zh


def test_no_table_that_may_be_absent_asks_for_every_kind_of_file() -> None:
    leaves: set[Leaf] = {leaf for metric in CATALOGUE.values() for leaf in metric.leaves()}

    for table in {leaf.table for leaf in leaves} - WITHOUT_SALES:
        assert len(datasets_of(table)) < len(INPUT_TABLES), table

"""What every answer about stock says: its day, its window, its money, how it is known, and what to doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import BaseModel

from zhanggui.calendar import Period
from zhanggui.i18n import Text
from zhanggui.metrics.marks import failures, marks_on, sources_behind
from zhanggui.pagespec.words import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.inventory.book import StockBook
from zhanggui.understand.wording import never_heard

STOCK_TABLES = ("stock_balance", "stock_movement", "stock_snapshot")

BAND_NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "out": Text("缺货", "Out of stock"),
        "low": Text("偏少", "Too little"),
        "healthy": Text("健康", "Healthy"),
        "over": Text("偏多", "Too much"),
        "slow": Text("滞销", "Slow"),
        "dead": Text("呆滞", "Dead"),
        "new": Text("新品", "New"),
        "unmoved": Text("需求未知", "Demand unknown"),
    }
)
AGE_NAMES = (
    Text("30 天内", "Within 30 days"),
    Text("31–60 天", "31 to 60 days"),
    Text("61–90 天", "61 to 90 days"),
    Text("91–180 天", "91 to 180 days"),
    Text("180 天以上", "More than 180 days"),
    Text("建账前已有", "There before the books began"),
)


class StockAnswer(BaseModel):
    """What every answer about stock says.

    Attributes
    ----------
    first, last : date
        The window, and the day looked at.
    currency : str
        Of all money, which is in major units.
    evidence : dict
        How the figures are known, by field: counted, or estimated.
    warnings : tuple of Text
        What is missing from the data or wrong with it.
    """

    first: date
    last: date
    currency: str
    evidence: dict[str, Evidence] = {}
    warnings: tuple[Text, ...] = ()


def about(desk: Desk, book: StockBook, *more: Text, evidence: Mapping[str, Evidence]) -> dict[str, Any]:
    """Return the fields of `StockAnswer`; failed checks of the stock tables are among the warnings."""
    failed = marks_on(sources_behind(STOCK_TABLES), failures(desk.ledger, (), (Period(book.first, book.last),)))
    marks = tuple(
        Text(
            f"{mark.label.zh}：{mark.text.zh}{mark.next_step.zh}",
            f"{mark.label.en}: {mark.text.en} {mark.next_step.en}",
        )
        for mark in failed
    )
    return {
        "first": book.first,
        "last": book.last,
        "currency": book.currency,
        "evidence": dict(evidence),
        "warnings": (*book.warnings, *more, *marks),
    }


def plain(value: float | None, digits: int = 4) -> float | None:
    """Return a number that JSON can hold: None where it is not known or has no end."""
    return None if value is None or not np.isfinite(value) else round(float(value), digits)


SKU_NAME, WAREHOUSE_NAME = Text("商品编码", "SKU"), Text("仓库", "Warehouse")
CATEGORY_NAME = Text("类目", "Category")


def unheard(*asked: tuple[Text, str | None, Iterable[str]]) -> list[Text]:
    """Return a warning for each name that was asked for and stands nowhere; each comes with its label and all names."""
    return [
        never_heard(label, value, choices)
        for label, value, known in asked
        if value is not None and value not in (choices := sorted(set(known) - {""}))
    ]

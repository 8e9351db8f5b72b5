"""How far the ledger reaches, and when each source was loaded last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import ibis

from zhanggui.calendar import Period
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.quality.sources import told_until
from zhanggui.metrics.compiler.run import run_fixed
from zhanggui.metrics.compiler.scan import ScanExpression

_DAYS_OF_ORDERS = (("order_header", "created_date"), ("order_header", "paid_date"), ("refund", "cohort_date"))
_DAYS_OF_VISITS = (("session", "session_date"),)


@dataclass(frozen=True, slots=True)
class SourceFreshness:
    """The latest import of one kind of file of one store."""

    shop: str
    platform: str
    dataset: str
    loaded_at: datetime | None
    period_end: date | None

    def to_json(self) -> dict[str, object]:
        """Return its JSON shape, times in UTC."""
        return {
            "shop": self.shop,
            "platform": self.platform,
            "dataset": self.dataset,
            "loaded_at": _iso(self.loaded_at),
            "period_end": None if self.period_end is None else self.period_end.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the ledger was loaded last, in all and by source."""

    sources: tuple[SourceFreshness, ...]

    @property
    def loaded_at(self) -> datetime | None:
        """Time of the latest import, UTC."""
        return max((each.loaded_at for each in self.sources if each.loaded_at is not None), default=None)

    def to_json(self) -> dict[str, object]:
        """Return its JSON shape, times in UTC."""
        return {"loaded_at": _iso(self.loaded_at), "sources": [each.to_json() for each in self.sources]}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=UTC).isoformat(timespec="seconds")


def period_of(ledger: Ledger) -> Period | None:
    """Return the first and last business day with data, or None when the ledger holds none.

    Orders and refunds say it; visits only where there are neither, for they go on while the next export is awaited.
    A day that no file can tell of yet is a slip of the pen and ends no period.
    """
    return _period(ledger, "period", _DAYS_OF_ORDERS) or _period(ledger, "period of visits", _DAYS_OF_VISITS)


def _period(ledger: Ledger, name: str, days: Sequence[tuple[str, str]]) -> Period | None:
    def expression() -> ScanExpression:
        batches = ledger.table("source_batch")
        told = batches.aggregate(until=told_until(batches).max())
        held = ibis.union(*(ledger.table(table).select(day=column).distinct() for table, column in days))
        both = held.filter(held.day.notnull()).cross_join(told)
        ends = both.aggregate(
            first=both.day.min(), last=both.day.max(), last_told=both.day.max(where=both.day <= both.until)
        )
        return ScanExpression(ends, {})

    [row] = run_fixed(ledger, name, expression).to_pylist()
    return None if row["first"] is None else Period(row["first"], row["last_told"] or row["last"])


def freshness_of(ledger: Ledger) -> Freshness:
    """Return when each kind of file of each store was loaded last."""

    def expression() -> ScanExpression:
        batch, store = ledger.table("source_batch"), ledger.table("store")
        stores = store.select(store_id=store.shop_id, shop=store.name)
        named = batch.left_join(stores, batch.shop_id == stores.store_id)
        grouped = named.group_by(["shop_id", "shop", "platform", "dataset"])
        return ScanExpression(
            grouped.aggregate(loaded_at=named.loaded_at.max(), period_end=named.period_end.max()).order_by(
                ["shop_id", "dataset"]
            ),
            {},
        )

    rows = run_fixed(ledger, "freshness", expression).to_pylist()
    return Freshness(
        tuple(
            SourceFreshness(
                shop=row["shop"] or "",
                platform=row["platform"],
                dataset=row["dataset"],
                loaded_at=row["loaded_at"],
                period_end=row["period_end"],
            )
            for row in rows
        )
    )

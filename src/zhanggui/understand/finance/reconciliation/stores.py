"""The stores that are reconciled: how far their ledgers reach, and how their platforms settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from zhanggui.calendar import time_zone
from zhanggui.errors import ZhangguiError
from zhanggui.ledger.engine import Ledger
from zhanggui.ledger.matching.terms import terms_of
from zhanggui.ledger.schema.vocabulary import COMPANY
from zhanggui.understand.finance.reconciliation.asking import day_text, whole
from zhanggui.understand.finance.reconciliation.report import StoreReach


class UnknownStoreNameError(ZhangguiError):
    """No store is called that."""

    code = "unknown_store"

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        super().__init__(
            f"There is no store {name!r}.",
            where="--store",
            next_step=f"name one of: {', '.join(known)}" if known else "load files first: zhanggui load FILE...",
        )


@dataclass(frozen=True, slots=True)
class Store:
    """A store, and the days that its settlement ledger reaches from and to.

    Attributes
    ----------
    ledger_from, ledger_to : date or None
        First and last business day with a line; None where no ledger was loaded.
    """

    shop_id: int
    name: str
    platform: str
    tz: str
    ledger_from: date | None
    ledger_to: date | None

    def reach(self) -> StoreReach:
        """Return what is shown of it."""
        terms = terms_of(self.platform)
        return StoreReach(
            store=self.name,
            platform=self.platform,
            has_ledger=self.ledger_to is not None,
            ledger_from=day_text(self.ledger_from),
            ledger_to=day_text(self.ledger_to),
            begins=terms.begins,
            usual_days=terms.usual_days,
            latest_days=terms.latest_days,
            terms=terms.note,
        )

    def day_of(self, moment: object) -> date | None:
        """Return the business day of a moment in UTC; None where there is none."""
        if not isinstance(moment, datetime):
            return None
        return moment.replace(tzinfo=UTC).astimezone(time_zone(self.tz)).date()

    def age_days(self, day: object) -> int | None:
        """Return how many days before the end of the ledger a day lies; None where either is not known."""
        if self.ledger_to is None or not isinstance(day, date):
            return None
        return (self.ledger_to - day).days


def stores_of(ledger: Ledger, names: Sequence[str] = ()) -> dict[int, Store]:
    """Return the stores with these names, all but the company itself where none are given.

    Raises
    ------
    UnknownStoreNameError
        No store has one of the names.
    """
    store, entry = ledger.table("store"), ledger.table("settlement_entry")
    reach = entry.group_by("shop_id").aggregate(first=entry.booked_date.min(), last=entry.booked_date.max())
    rows = store.filter(store.platform != COMPANY).left_join(reach, "shop_id").order_by(["platform", "name"])
    found = {
        whole(row["shop_id"]): Store(
            whole(row["shop_id"]), str(row["name"]), str(row["platform"]), str(row["tz"]), row["first"], row["last"]
        )
        for row in ledger.query(rows.select("shop_id", "name", "platform", "tz", "first", "last")).to_pylist()
    }
    known = [one.name for one in found.values()]
    for name in names:
        if name not in known:
            raise UnknownStoreNameError(name, known)
    return {number: one for number, one in found.items() if not names or one.name in names}

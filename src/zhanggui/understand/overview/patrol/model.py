"""What a round of the stores finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel

from zhanggui.calendar import time_zone
from zhanggui.i18n import Text
from zhanggui.metrics.question import Filter
from zhanggui.pagespec import Evidence
from zhanggui.understand.desk import Desk
from zhanggui.understand.naming import store_names
from zhanggui.understand.view import View

JsonRow = dict[str, object]

KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "out_of_stock": Text("热卖断货", "Sells well, out of stock"),
        "stopped_selling": Text("热卖停售", "Sold well, sells no more"),
        "below_floor": Text("低于底价", "Below the floor"),
        "ship_by": Text("发货时限", "Shipping deadlines"),
        "after_sales": Text("售后超时", "After-sales overdue"),
        "penalties": Text("赔付与罚款", "Penalties"),
        "scores": Text("评分下降", "Scores fell"),
        "coupons": Text("优惠券将到期", "Coupons about to end"),
    }
)
"""What is looked for, in the order of the list."""

MOST_ROWS = 50
"""Rows that a finding carries along; it always says how many there are."""


class PatrolRow(BaseModel):
    """One row behind a finding; `href` opens its row of the source file, where it is of one."""

    text: Text
    money: float | None = None
    href: str | None = None


class PatrolFinding(BaseModel):
    """One thing to act on in one store.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    label : Text
        Its name.
    store : str
        The store.
    subject : Text
        What it is about.
    text : Text
        What is the matter, with its numbers.
    money : float or None
        At stake, in major units; None where it has no price.
    money_label : Text
        What that money is.
    currency : str or None
        Its currency.
    evidence : str
        How the money is known.
    n_rows : int
        Rows behind it.
    rows : tuple of PatrolRow
        The first of them.
    href : str or None
        Where it opens.
    """

    kind: str
    label: Text
    store: str
    subject: Text
    text: Text
    money: float | None = None
    money_label: Text
    currency: str | None = None
    evidence: Evidence = "counted"
    n_rows: int
    rows: tuple[PatrolRow, ...] = ()
    href: str | None = None


class PatrolNeed(BaseModel):
    """What could not be looked at, because a table is empty or knows nothing of some stores."""

    kind: str
    label: Text
    table: str
    text: Text


class Patrol(BaseModel):
    """A round of the stores: what was found, most money first, and what could not be looked at."""

    day: date
    findings: tuple[PatrolFinding, ...]
    needs: tuple[PatrolNeed, ...]


@dataclass
class Round:
    """A round that is being made: the shop, its last day, and the stores looked at.

    Attributes
    ----------
    desk : Desk
        The shop.
    day : date
        Everything is judged as of the end of this day.
    stores : mapping of int to str
        The stores looked at, by number.
    """

    desk: Desk
    day: date
    stores: Mapping[int, str]
    _params: dict[str, ir.Scalar] = field(default_factory=dict)
    _values: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, desk: Desk, where: tuple[Filter, ...], day: date) -> Round:
        """Return a round of the stores that the filters by store and platform allow."""
        names = store_names(desk)
        kept = {
            store.shop_id: names[store.shop_id]
            for store in desk.shop.stores.list_stores()
            if all(_allows(each, store.platform, store.name) for each in where) and store.platform != "company"
        }
        return cls(desk, day, kept)

    def ago(self, n_days: int) -> date:
        """Return a day before, or after, the last one."""
        return self.day - timedelta(days=n_days)

    def end(self, hours: int = 0) -> datetime:
        """Return the end of the last day plus so many hours, in UTC as the ledger holds it."""
        zone = time_zone(self.desk.shop.settings.shop.timezone)
        midnight = datetime.combine(self.day + timedelta(days=1), time(), zone)
        utc = midnight.astimezone(time_zone("UTC")) + timedelta(hours=hours)
        return utc.replace(tzinfo=None)

    def open(self, name: str, value: date | datetime) -> ir.Scalar:
        """Return a value that the question leaves open, so that another day's is the same statement."""
        self._values[name] = value
        return self._params.setdefault(name, ibis.param("timestamp" if isinstance(value, datetime) else "date"))

    def asked(self, expression: ir.Table) -> list[JsonRow]:
        """Return the rows of an expression; those of stores that are not looked at are left out."""
        desk = self.desk
        prepared = desk.ledger.prepare(expression, dict(self._params))
        rows: list[JsonRow] = desk.ledger.run(prepared, self._values).to_pylist()
        return [row for row in rows if "shop_id" not in row or int(str(row["shop_id"])) in self.stores]

    def n_rows(self, table: str) -> dict[int, int]:
        """Return how many rows a table holds of each store, the company's own among them."""
        rows = self.desk.ledger.table(table)
        counted = rows.group_by("shop_id").aggregate(n=rows.count())
        found = self.desk.kept(("patrol_rows", table), lambda: self._counted(counted))
        return dict(found)

    def _counted(self, counted: ir.Table) -> dict[int, int]:
        rows = self.desk.ledger.run(self.desk.ledger.prepare(counted, {}), {}).to_pylist()
        return {int(row["shop_id"]): int(row["n"]) for row in rows}

    def stands_on(self, *tables: str) -> None:
        """Say which tables the round reads, so that their failed checks mark it."""
        self.desk.stands_on(View(date_from=self.ago(27), date_to=self.day), *tables)


def _allows(each: Filter, platform: str, name: str) -> bool:
    values = {str(value) for value in each.values}
    return {"platform": platform, "shop": name}.get(each.dim) in values if each.dim in ("platform", "shop") else True


def whole(value: object) -> int:
    """Return a count or an amount in minor units, 0 where there is none."""
    return 0 if value is None else int(str(value))


def source_of(row: JsonRow) -> str | None:
    """Return where a row opens in its source file."""
    return None if row.get("batch_id") is None else f"/source/{row['batch_id']}/{row['row_no']}"


def need(kind: str, table: str, label: Text, stores: list[str] | None = None) -> PatrolNeed:
    """Return what is needed to look: a table, or the rows of some stores in it."""
    if not stores:
        text = Text(f"需要 {table}（{label.zh}）：还没有导入", f"needs {table} ({label.en}): not loaded yet")
    else:
        text = Text(
            f"需要 {table}（{label.zh}）：{'、'.join(stores)}还没有",
            f"needs {table} ({label.en}): nothing yet of {', '.join(stores)}",
        )
    return PatrolNeed(kind=kind, label=KINDS[kind], table=table, text=text)

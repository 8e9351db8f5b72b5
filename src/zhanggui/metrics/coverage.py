"""What a number cannot see: orders whose payment is unknown, buyers without an id, orders without lines, currencies.

The counts that tell are sums like any other, so they obey the question's filters and period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhanggui.metrics.catalogue.finance import IS_ORDINARY, IS_PAID
from zhanggui.metrics.dimensions import DIMENSIONS, path_of
from zhanggui.metrics.model import AnyOf, Chain, Condition, Distinct, Filters, IsNull, Leaf, NotNull, Sum, Unit

BUYER = "buyer_key"
_OF_COST = ("contribution_minor", "goods_cost_minor", "goods_back_minor")


def _count(name: str, *, where: Filters, table: str = "order_header", date: str, value: str | None = None) -> Sum:
    return Sum(
        name=name,
        label_zh=name,
        label_en=name,
        unit=Unit.COUNT if value is None else Unit.MONEY,
        good="none",
        definition_zh=name,
        definition_en=name,
        formula=name,
        chain=Chain.FINANCE,
        table=table,
        date=date,
        where=where,
        value=value,
    )


_STATUS_UNKNOWN = (IsNull("is_paid"), IS_ORDINARY, Condition("status", "=", "unknown"))
_PAYMENT_UNKNOWN = (IsNull("is_paid"), IS_ORDINARY, AnyOf((IsNull("status"), Condition("status", "!=", "unknown"))))
_HAS_BUYER = (IS_PAID, IS_ORDINARY, NotNull(BUYER))
_HAS_LINES = (IS_PAID, IS_ORDINARY, Condition("n_lines", ">", 0))

KNOWN = _count("_known", where=(NotNull("is_paid"), IS_ORDINARY), date="created_date")
UNKNOWN = _count("_unknown", where=(IsNull("is_paid"), IS_ORDINARY), date="created_date")
PAID = _count("_paid", where=(IS_PAID, IS_ORDINARY), date="paid_date")
IDENTIFIED = _count("_identified", where=_HAS_BUYER, date="paid_date")
LINED = _count("_lined", where=_HAS_LINES, date="paid_date")

_COSTED = (IS_ORDINARY, Condition("cost_known", "=", True))
_UNCOSTED = (IS_ORDINARY, Condition("cost_known", "=", False))
_REFUNDED = Condition("refunded_minor", "!=", 0)
_UNDATED = (IS_ORDINARY, IsNull("refunded_date"), _REFUNDED)
COSTED = _count("_costed", where=_COSTED, table="line_profit", date="paid_date")
UNCOSTED = _count("_uncosted", where=_UNCOSTED, table="line_profit", date="paid_date")
_UNTYPED = (IS_ORDINARY, IsNull("refund_type"), _REFUNDED)
TYPED = _count("_typed", where=(IS_ORDINARY, NotNull("refund_type")), table="refund", date="cohort_date")
UNTYPED = _count("_untyped", where=_UNTYPED, table="refund", date="cohort_date")
UNDATED = _count("_undated", where=_UNDATED, table="refund", date="cohort_date")
_BESIDE = {
    COSTED: _count("_costed_money", where=_COSTED, table="line_profit", date="paid_date", value="receivable_minor"),
    UNCOSTED: _count(
        "_uncosted_money", where=_UNCOSTED, table="line_profit", date="paid_date", value="receivable_minor"
    ),
    UNTYPED: _count("_untyped_money", where=_UNTYPED, table="refund", date="cohort_date", value="refunded_minor"),
    UNDATED: _count("_undated_money", where=_UNDATED, table="refund", date="cohort_date", value="refunded_minor"),
}
"""What is missing beside the orders themselves, each count with its money."""

_MONEY: Mapping[str, tuple[Filters, str, str]] = {
    "_status_unknown": (_STATUS_UNKNOWN, "created_date", "created_minor"),
    "_payment_unknown": (_PAYMENT_UNKNOWN, "created_date", "created_minor"),
    "_paid": ((IS_PAID, IS_ORDINARY), "paid_date", "paid_minor"),
    "_identified": (_HAS_BUYER, "paid_date", "paid_minor"),
    "_lined": (_HAS_LINES, "paid_date", "paid_minor"),
}
_COUNTED = {name: _count(name, where=where, date=date) for name, (where, date, _) in _MONEY.items()}
_SUMMED = {
    name: _count(f"{name}_money", where=where, date=date, value=value) for name, (where, date, value) in _MONEY.items()
}


_PURCHASES = ("purchase_day", "cohort")
"""Made of paid orders that name their buyer, and of no others."""


def needs_payment(leaf: Leaf) -> bool:
    """Return whether a leaf asks if an order was paid, so that orders of unknown payment are missing from it."""
    is_said = any(isinstance(each, Condition) and each.column == "is_paid" for each in leaf.where)
    return is_said or leaf.table in _PURCHASES


def needs_buyer(leaf: Leaf) -> bool:
    """Return whether a leaf counts people, or what only people do."""
    return leaf.table in _PURCHASES or (isinstance(leaf, Distinct) and leaf.entity == BUYER)


def needs_lines(leaf: Leaf) -> bool:
    """Return whether a leaf counts what only order lines tell; the money of an order is known without them."""
    return leaf.table == "order_line" and leaf.unit is Unit.COUNT


def needs_cost(leaf: Leaf) -> bool:
    """Return whether a leaf sums what is known only where the cost of the goods is; marked orders sell none."""
    is_of_cost = isinstance(leaf, Sum) and leaf.table == "line_profit" and leaf.value in _OF_COST
    return is_of_cost and IS_ORDINARY in leaf.where


def needs_refund_day(leaf: Leaf) -> bool:
    """Return whether a leaf is dated by the day on which refunds succeeded, which not every file tells."""
    return leaf.table == "refund" and leaf.date == "refunded_date"


def needs_refund_type(leaf: Leaf) -> bool:
    """Return whether a leaf asks what kind of refund it was, which not every file tells."""
    return leaf.table == "refund" and any(
        isinstance(each, Condition) and each.column == "refund_type" for each in leaf.where
    )


def scope_leaves(leaves: Iterable[Leaf]) -> tuple[Sum, ...]:
    """Return the counts, by currency, that say what is missing from `leaves` in the scope of a question."""
    wanted: dict[str, Sum] = {}
    for leaf in leaves:
        names = []
        if needs_payment(leaf):
            names += ["_paid", "_status_unknown", "_payment_unknown"]
        if needs_buyer(leaf):
            names.append("_identified")
        if needs_lines(leaf):
            names.append("_lined")
        for name in names:
            wanted[name] = _COUNTED[name]
            wanted[f"{name}_money"] = _SUMMED[name]
        missing = (COSTED, UNCOSTED) if needs_cost(leaf) else (UNDATED,) if needs_refund_day(leaf) else ()
        if needs_refund_type(leaf):
            missing = (*missing, UNTYPED)
            wanted[TYPED.name] = TYPED
        for count in missing:
            wanted[count.name], wanted[_BESIDE[count].name] = count, _BESIDE[count]
        if not needs_payment(leaf) and path_of(DIMENSIONS["currency"], (leaf.table,)) is not None:
            name = f"_rows_{leaf.table}_{leaf.date}"
            wanted[name] = _count(name, where=(), table=leaf.table, date=leaf.date)
        if needs_payment(leaf):
            wanted[KNOWN.name] = KNOWN
    return tuple(wanted.values())


@dataclass(frozen=True, slots=True)
class Scope:
    """What lies in the filters and period of a question, by currency.

    Parameters
    ----------
    by_currency : mapping of str to mapping of str to int
        For each currency with rows in the scope, the counts of :func:`scope_leaves`.
    """

    by_currency: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, object]]) -> Scope:
        """Return the scope that the rows of a scan by currency describe."""
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            counts = {name: int(str(value or 0)) for name, value in row.items() if name != "currency"}
            if row["currency"] is not None and any(counts.values()):
                found[str(row["currency"])] = counts
        return cls(found)

    @property
    def present(self) -> tuple[str, ...]:
        """Currencies of all rows in the scope, in alphabetical order."""
        return tuple(sorted(self.by_currency))

    @property
    def currencies(self) -> tuple[str, ...]:
        """Currencies that the metrics add up: an unpaid order in dollars does not keep paid yuan from being summed."""
        counted = [code for code in self.present if any(self._is_counted(code))]
        return tuple(counted) or self.present

    def _is_counted(self, currency: str) -> Iterator[bool]:
        for name, n in self.by_currency[currency].items():
            yield n > 0 and name.startswith(("_paid", "_rows"))

    def count(self, currency: str, name: str) -> int:
        """Return a count of one currency; 0 when it was not asked for."""
        return self.by_currency[currency].get(name, 0)

    def total(self, name: str) -> int:
        """Return a count over all currencies; 0 when it was not asked for."""
        return sum(counts.get(name, 0) for counts in self.by_currency.values())

    def cell_leaves(self, leaves: Iterable[Leaf]) -> tuple[Sum, ...]:
        """Return the counts needed in every cell to tell "none" from "not known"; empty when nothing is missing."""
        leaves = tuple(leaves)
        wanted: list[Sum] = []
        if any(map(needs_payment, leaves)) and self.total("_status_unknown") + self.total("_payment_unknown"):
            wanted += [KNOWN, UNKNOWN, PAID]
        if any(map(needs_buyer, leaves)) and self.total("_identified") < self.total("_paid"):
            wanted += [PAID, IDENTIFIED]
        if any(map(needs_lines, leaves)) and self.total("_lined") < self.total("_paid"):
            wanted += [PAID, LINED]
        if any(map(needs_cost, leaves)) and self.total(UNCOSTED.name):
            wanted += [COSTED, UNCOSTED]
        if any(map(needs_refund_day, leaves)) and self.total(UNDATED.name):
            wanted.append(UNDATED)
        if any(map(needs_refund_type, leaves)) and self.total(UNTYPED.name):
            wanted += [TYPED, UNTYPED]
        return tuple(dict.fromkeys(wanted))

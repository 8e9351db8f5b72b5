"""费用稽核: what platforms charged on each settled order, against the agreed rate or the one that is usual there.

Platforms charge whole orders; what stands on lines is their share. So rates are learnt from orders of one category that
nothing was refunded of, and orders are judged whole.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir

from zhanggui.errors import ZhangguiError
from zhanggui.i18n import Text
from zhanggui.ledger.schema.vocabulary import PLATFORM
from zhanggui.understand.desk import Desk
from zhanggui.understand.finance.scope import JsonRow, Scope, asked, scope_of, whole, with_product
from zhanggui.understand.view import View

RATES_KEY = "fee_rates"
"""Where the agreed rates are kept: by ``platform`` or ``platform/category``."""

FEWEST_ORDERS = 3
"""Orders of a category below which nothing is usual there."""

TOLERATED_MINOR = 5
TOLERATED_SHARE = 0.02
"""What the rounding of several fees may amount to."""

LEAST_BASE_MINOR = 1_000
"""Below it a rounded fee says little about its rate."""

MOST_ORDERS = 500
_ORDER = ["shop_id", "order_id"]


class FeeRateError(ZhangguiError):
    """Agreed rates cannot be taken."""

    code = "fee_rate"

    def __init__(self, what: str, *, where: str) -> None:
        super().__init__(
            what,
            where=where,
            next_step=f'write "tmall" = 0.005 or "tmall/美妆" = 0.045; platforms: {", ".join(PLATFORM)}',
        )


@dataclass(frozen=True, slots=True)
class FeeGroup:
    """Fees of one category of one store, in minor units of `currency`; an order counts where most of it lies.

    Attributes
    ----------
    usual_rate : float or None
        The middle rate of its orders; None where there are too few.
    agreed_rate : float or None
        What the operator entered.
    over_minor, under_minor : int
        By how much orders were charged above and below the rate they are held to, beyond what rounding explains.
    """

    shop_id: int
    category: str | None
    currency: str
    n_orders: int
    base_minor: int
    fee_minor: int
    usual_rate: float | None
    agreed_rate: float | None
    n_off: int
    over_minor: int
    under_minor: int


@dataclass(frozen=True, slots=True)
class OddFee:
    """One order whose fees deviate, in minor units of `currency`."""

    shop_id: int
    order_id: str
    product: str | None
    category: str | None
    paid_date: str
    base_minor: int
    fee_minor: int
    expected_minor: int
    cause: Text
    currency: str
    batch_id: int
    row_no: int

    @property
    def over_minor(self) -> int:
        """What was charged above the rate; negative below it."""
        return self.fee_minor - self.expected_minor


REFUND_KEPT_FEE = Text("退款后费用没有冲回", "fees were not reversed with the refund")
RATE_ABOVE = Text("费率高于应收的费率", "charged above the rate")
RATE_BELOW = Text("费率低于应收的费率", "charged below the rate")


def agreed_rates(desk: Desk) -> dict[str, float]:
    """Return the rates that the operator entered, by ``platform`` or ``platform/category``."""
    stored = desk.shop.state.get_setting(RATES_KEY)
    return {str(name): float(rate) for name, rate in stored.items()} if isinstance(stored, dict) else {}


def set_agreed_rates(desk: Desk, rates: Mapping[str, float]) -> None:
    """Keep these rates in place of those entered before.

    Raises
    ------
    FeeRateError
        A platform is not known, or a rate is no share.
    """
    for name, rate in rates.items():
        if name.partition("/")[0] not in PLATFORM:
            raise FeeRateError(f"{name.partition('/')[0]!r} is not a platform.", where=name)
        if not 0 <= rate < 1:
            raise FeeRateError(f"{rate!r} is not a rate between 0 and 1.", where=name)
    with desk.shop.state.transaction():
        desk.shop.state.set_setting(RATES_KEY, dict(rates))
    desk.changed()


def rates_in(path: Path) -> dict[str, float]:
    """Read agreed rates from a TOML file: one line per ``"platform"`` or ``"platform/category"``.

    Raises
    ------
    FeeRateError
        It cannot be read, or holds something else than rates.
    """
    try:
        held = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FeeRateError(f"The file cannot be read: {error}.", where=str(path)) from None
    found = {}
    for name, rate in held.items():
        if isinstance(rate, bool) or not isinstance(rate, int | float):
            raise FeeRateError(f"{name!r} has no rate.", where=str(path))
        found[name] = float(rate)
    return found


def fee_groups(desk: Desk, view: View) -> tuple[FeeGroup, ...]:
    """Return the fees of each category of each store, most money at stake first."""

    def found() -> tuple[FeeGroup, ...]:
        orders, scope = _judged(desk, view)
        off = orders.is_off
        sums = orders.group_by(["shop_id", "category", "currency"]).aggregate(
            n=orders.count(),
            base=orders.base.sum().cast("int64"),
            fee=orders.fee.sum().cast("int64"),
            usual=orders.usual.max(),
            agreed=orders.agreed.max(),
            n_off=ibis.coalesce(off.sum(), 0).cast("int64"),
            over=ibis.greatest(orders.over, 0).sum(where=off).cast("int64"),
            under=ibis.greatest(-orders.over, 0).sum(where=off).cast("int64"),
        )
        groups = map(_group, asked(desk, sums, scope))
        return tuple(sorted(groups, key=lambda each: (-each.over_minor, -each.fee_minor, each.shop_id)))

    return desk.kept(("fee_groups", view.date_from, view.date_to, view.where), found)


def _group(row: JsonRow) -> FeeGroup:
    return FeeGroup(
        shop_id=whole(row["shop_id"]),
        category=_text(row["category"]),
        currency=str(row["currency"]),
        n_orders=whole(row["n"]),
        base_minor=whole(row["base"]),
        fee_minor=whole(row["fee"]),
        usual_rate=_rate(row["usual"]),
        agreed_rate=_rate(row["agreed"]),
        n_off=whole(row["n_off"]),
        over_minor=whole(row["over"]),
        under_minor=whole(row["under"]),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _rate(value: object) -> float | None:
    return None if value is None else float(str(value))


def odd_fees(desk: Desk, view: View) -> tuple[OddFee, ...]:
    """Return the orders whose fees deviate, largest difference first."""

    def found() -> tuple[OddFee, ...]:
        orders, scope = _judged(desk, view)
        off = orders.filter(orders.is_off).drop("is_off", "usual", "agreed")
        largest = off.order_by([ibis.desc(off.over.abs()), "order_id"]).limit(MOST_ORDERS)
        return tuple(map(_odd, asked(desk, largest, scope)))

    return desk.kept(("odd_fees", view.date_from, view.date_to, view.where), found)


def _odd(row: JsonRow) -> OddFee:
    over = whole(row["over"])
    is_refunded = whole(row["refunded"]) > 0
    return OddFee(
        shop_id=whole(row["shop_id"]),
        order_id=str(row["order_id"]),
        product=_text(row["product"]),
        category=_text(row["category"]),
        paid_date=str(row["paid_date"]),
        base_minor=whole(row["base"]),
        fee_minor=whole(row["fee"]),
        expected_minor=whole(row["fee"]) - over,
        cause=REFUND_KEPT_FEE if is_refunded and over > 0 else (RATE_ABOVE if over > 0 else RATE_BELOW),
        currency=str(row["currency"]),
        batch_id=whole(row["batch_id"]),
        row_no=whole(row["row_no"]),
    )


def _judged(desk: Desk, view: View) -> tuple[ir.Table, Scope]:
    """Return the settled orders with what their fees should be and by how much they differ."""
    scope = scope_of(desk, view, "line_profit", day="paid_date")
    lines = with_product(desk, scope.rows)
    lines = lines.filter((lines.order_kind == "ordinary") & lines.is_settled & (lines.receivable_minor > 0))
    lines = lines.select(
        *_ORDER, "currency", "paid_date", "product_id", "product_name", "refunded_minor", "batch_id", "row_no",
        fee_category=ibis.coalesce(lines.category, lines.product_category),
        base=lines.receivable_minor - lines.refunded_minor - lines.borne_back_minor,
        fee=lines.commission_minor + lines.service_fee_minor,
    )  # fmt: skip
    lines = _with_usual(lines)
    lines = lines.mutate(agreed=_agreed(desk, lines))
    lines = lines.mutate(held_to=ibis.coalesce(lines.agreed, lines.usual))
    expected = lines.held_to * ibis.greatest(lines.base, 0)
    orders = lines.group_by([*_ORDER, "currency"]).aggregate(
        category=lines.fee_category.argmax(lines.base),
        product=ibis.coalesce(lines.product_name, lines.product_id).argmax(lines.base),
        usual=lines.usual.argmax(lines.base),
        agreed=lines.agreed.argmax(lines.base),
        paid_date=lines.paid_date.min(),
        base=lines.base.sum().cast("int64"),
        fee=lines.fee.sum().cast("int64"),
        expected=lines.held_to.notnull().all().ifelse(expected.sum().round(), None).cast("int64"),
        refunded=lines.refunded_minor.sum().cast("int64"),
        batch_id=lines.batch_id.min(),
        row_no=lines.row_no.min(),
    )
    # What nothing is known to be usual for is held to what it was charged.
    over = orders.fee - ibis.coalesce(orders.expected, orders.fee)
    margin = ibis.greatest(TOLERATED_MINOR, (ibis.coalesce(orders.expected, 0) * TOLERATED_SHARE).round())
    return orders.mutate(over=over, is_off=over.abs() > margin), scope


def _with_usual(lines: ir.Table) -> ir.Table:
    """Add the middle rate of each line's category in its store."""
    orders = lines.group_by(_ORDER).aggregate(
        fee_category=lines.fee_category.min(),
        # A category that no file names is one of its own.
        n_categories=ibis.coalesce(lines.fee_category, "").nunique(),
        fee=lines.fee.sum(),
        base=lines.base.sum(),
        refunded=lines.refunded_minor.sum(),
    )
    telling = orders.filter((orders.n_categories == 1) & (orders.refunded == 0) & (orders.base >= LEAST_BASE_MINOR))
    rate = telling.fee.cast("float64") / telling.base.cast("float64")
    rates = telling.group_by(["shop_id", "fee_category"]).aggregate(usual=rate.median(), n_usual=telling.count())
    rates = rates.filter(rates.n_usual >= FEWEST_ORDERS).drop("n_usual")
    same = (lines.shop_id == rates.shop_id) & lines.fee_category.identical_to(rates.fee_category)
    return lines.left_join(rates, same).drop("shop_id_right", "fee_category_right")


def _agreed(desk: Desk, lines: ir.Table) -> ir.Value:
    """Return the rate that the operator entered for a line's platform and category, else for its platform."""
    platforms = {store.shop_id: store.platform for store in desk.shop.stores.list_stores()}
    cases = []
    # What names a category stands before what names a platform only.
    for name, rate in sorted(agreed_rates(desk).items(), key=lambda entry: "/" not in entry[0]):
        platform, _, category = name.partition("/")
        stores = [shop_id for shop_id, held in platforms.items() if held == platform]
        test = lines.shop_id.isin(stores)
        cases.append((test & (lines.fee_category == category) if category else test, ibis.literal(rate)))
    return ibis.cases(*cases, else_=None).cast("float64") if cases else ibis.null("float64")

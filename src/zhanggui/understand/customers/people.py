"""The people behind paid orders: who can be told apart, up to which day, under the filters of a page.

A person is a keyed token of a stable buyer id. Masked names are none, and orders never stand in for people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from zhanggui.i18n import Text
from zhanggui.ledger.privacy.tokens import TOKEN_PREFIX
from zhanggui.ledger.purchases import LOAD_DIFFERENCE_DAYS, is_kept
from zhanggui.metrics import Filter
from zhanggui.metrics.problems import BadFilterError
from zhanggui.understand.customers.problems import ThinDataError
from zhanggui.understand.customers.tied_ids import by_person
from zhanggui.understand.desk import Desk
from zhanggui.understand.stores import store_ids
from zhanggui.understand.view import View

FEWEST_BUYERS = 30
"""Below it shares of people are chance."""

FULL_HISTORY_DAYS = 365
"""Days of history from which a first purchase is taken for one."""

_TOKEN_SHOWN = 10
_STORES = ("platform", "shop")
_COLUMNS: Mapping[str, str] = {"channel": "channel", "province": "province", "currency": "currency"}

NEXT_FILE = Text(
    "导入带会员编号的订单（ERP、自建商城、企业微信客户）后再看。",
    "Load orders with member ids (ERP, own shop, WeCom customers) and look again.",
)


@ibis.udf.agg.builtin(name="quantile_disc")  # type: ignore[untyped-decorator]  # Ibis ships no types
def order_statistics(values: dt.int64, at: dt.Array(dt.Decimal(3, 2))) -> dt.Array(dt.int64):  # type: ignore[valid-type]  # the engine's own types
    """Return the values at these shares of the sorted column, each one that occurs in it."""


@dataclass(frozen=True, slots=True)
class People:
    """Whose orders a page is about.

    Attributes
    ----------
    orders : ibis Table
        Paid ordinary orders of identified buyers, paid from the first day up to `as_of`.
    refunds : ibis Table
        Confirmed refunds to identified buyers in the same stores and days.
    first, as_of : date
        First day with such an order, and the day on which people are looked at.
    n_buyers : int
        Different buyers.
    n_days : int
        Different days with a paid order.
    currency : str
        The one currency of the orders.
    n_future : int
        Identified orders dated after the day on which their file was loaded; they are left out.
    """

    orders: ir.Table
    refunds: ir.Table
    first: date
    as_of: date
    n_buyers: int
    n_days: int
    currency: str
    n_future: int

    def until(self, day: date) -> ir.Table:
        """Return the orders paid up to a day."""
        return self.orders if day >= self.as_of else self.orders.filter(self.orders.paid_date <= day)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What was left out because it cannot have happened yet."""
        if not self.n_future:
            return ()
        return (
            Text(
                f"{self.n_future:,} 个订单的付款日晚于文件导入日，未计入；请核对文件的日期。",
                f"{self.n_future:,} orders are paid later than their file was loaded and stay out; check their dates.",
            ),
        )

    @property
    def history_said(self) -> tuple[Text, ...]:
        """That a first purchase may not have been the first, while the ledger reaches back less than a year."""
        n_days = (self.as_of - self.first).days + 1
        if n_days > FULL_HISTORY_DAYS:
            return ()
        return (
            Text(
                f"首购按账本的全部历史判断，现有 {n_days} 天（{self.first} 起）；更早买过的人会被当作新客，尚不成熟。",
                f"A first purchase is the first in the ledger, which reaches back {n_days} days (to {self.first}): who "
                "bought before looks new, so this is not mature yet.",
            ),
        )


def people_of(desk: Desk, view: View) -> People:
    """Return the people of a view; asked once until the ledger changes.

    Raises
    ------
    ThinDataError
        No order names its buyer, all are dated in the future, or they have several currencies.
    BadFilterError
        A filter that orders of people do not know.
    """
    return desk.kept(("people", view.where, view.date_to), lambda: _people(desk, view))


def in_stores(desk: Desk, rows: ir.Table, filters: Sequence[Filter]) -> ir.Table:
    """Return rows of a ledger table under filters by platform, store, channel, province and currency."""
    stores = [each for each in filters if each.dim in _STORES]
    if stores:
        rows = rows.filter(rows.shop_id.isin(store_ids(desk, stores)))
    for each in filters:
        if each.dim in _STORES:
            continue
        if each.dim not in _COLUMNS:
            raise BadFilterError(each.dim, why="is nothing that people can be filtered by")
        column = rows[_COLUMNS[each.dim]]
        named = [str(value) for value in each.values if value is not None]
        test = column.isin(named)
        rows = rows.filter(test | column.isnull() if None in each.values else test)
    return rows


def paid_orders(desk: Desk, view: View) -> ir.Table:
    """Return the paid ordinary orders of a view, whoever bought."""
    orders = desk.ledger.table("order_header")
    return in_stores(desk, orders.filter(orders.is_paid, orders.order_kind == "ordinary"), view.where)


def known_until(desk: Desk, dataset: str | None = None) -> date | None:
    """Return the last day that any loaded file can tell of, or None where no import says when it was.

    Parameters
    ----------
    desk : Desk
        The shop.
    dataset : str, optional
        Files of this input table alone.
    """
    batches = desk.ledger.table("source_batch")
    asked = batches.aggregate(at=batches.loaded_at.max(where=None if dataset is None else batches.dataset == dataset))
    found = desk.kept(("loaded until", dataset), lambda: desk.ledger.query(asked).column("at")[0].as_py())
    return None if found is None else found.date() + timedelta(days=LOAD_DIFFERENCE_DAYS)


def _people(desk: Desk, view: View) -> People:
    identified = by_person(desk, paid_orders(desk, view))
    identified = identified.filter(identified.buyer_key.notnull(), identified.paid_date.notnull())
    until_load = known_until(desk) or date.max
    is_past = identified.paid_date <= until_load
    inside = is_past & (identified.paid_date <= view.date_to) if view.date_to else is_past
    asked = identified.aggregate(
        n=inside.sum(),
        n_future=(~is_past).sum(),
        n_buyers=identified.buyer_key.nunique(where=inside),
        n_days=identified.paid_date.nunique(where=inside),
        n_currencies=identified.currency.nunique(where=inside),
        currency=identified.currency.max(where=inside),
        first=identified.paid_date.min(where=inside),
        last=identified.paid_date.max(where=is_past),
    )
    [found] = desk.ledger.query(asked).to_pylist()
    if not found["n"]:
        raise _nobody(int(found["n_future"] or 0), view.date_to if found["last"] else None)
    if found["n_currencies"] > 1:
        raise ThinDataError(
            Text("这些订单有多种货币，没有汇率不能相加。", "These orders have several currencies, not to be added up."),
            Text(
                "请按货币筛选（--where currency=CNY）或选一家店铺。", "Choose one (--where currency=CNY), or one store."
            ),
        )
    last: date = min(view.date_to or found["last"], found["last"])
    refunds = desk.ledger.table("refund")
    refunds = by_person(desk, in_stores(desk, refunds.filter(refunds.order_kind == "ordinary"), view.where))
    return People(
        orders=identified.filter(identified.paid_date <= last),
        refunds=refunds.filter(refunds.buyer_key.notnull(), refunds.cohort_date <= last),
        first=found["first"],
        as_of=last,
        n_buyers=found["n_buyers"],
        n_days=found["n_days"],
        currency=found["currency"],
        n_future=int(found["n_future"] or 0),
    )


def _nobody(n_future: int, too_early: date | None) -> ThinDataError:
    if too_early is not None:
        return ThinDataError(
            Text(
                f"到 {too_early} 为止还没有能识别买家的付款订单。",
                f"Until {too_early} there is no paid order that names its buyer.",
            ),
            Text("请选更晚的日期。", "Choose a later day."),
        )
    if n_future:
        return ThinDataError(
            Text(
                "所有能识别买家的订单，付款日都晚于文件导入日。",
                "Every order that names its buyer is paid later than its file was loaded.",
            ),
            Text("请核对文件的日期格式与时区。", "Check the date format and time zone of the file."),
        )
    return ThinDataError(
        Text(
            "不可识别：没有一个支付订单带稳定的买家标识，脱敏昵称不是标识，订单数也不能代替人数。",
            "Not identifiable: no paid order carries a stable buyer id; a masked name is none, and orders never stand "
            "in for people.",
        ),
        NEXT_FILE,
    )


def enough(people: People) -> None:
    """Refuse to speak of shares of people where they are too few, or all of one day.

    Raises
    ------
    ThinDataError
        Fewer than 30 buyers, or orders of a single day.
    """
    if people.n_buyers < FEWEST_BUYERS:
        raise ThinDataError(
            Text(
                f"只有 {people.n_buyers} 位可识别的买家，少于 {FEWEST_BUYERS} 位，占比只是偶然。",
                f"Only {people.n_buyers} buyers can be identified; below {FEWEST_BUYERS}, shares are chance.",
            ),
            NEXT_FILE,
        )
    if people.n_days < 2:
        raise ThinDataError(
            Text("数据只有一天，看不出先后与间隔。", "There is a single day of data: nothing came before or after."),
            Text("请导入更长时间的订单。", "Load orders of a longer time."),
        )


def enough_kept(n_buyers: int) -> None:
    """Refuse to speak of shares of people where too few have an order that was not given back whole.

    Raises
    ------
    ThinDataError
        Fewer than 30.
    """
    if n_buyers < FEWEST_BUYERS:
        raise ThinDataError(
            Text(
                f"订单没有全额退回的买家只有 {n_buyers} 位，少于 {FEWEST_BUYERS} 位，占比只是偶然。",
                f"Only {n_buyers} buyers have an order that was not given back whole; below {FEWEST_BUYERS}, shares "
                "are chance.",
            ),
            Text("请先核对退款文件；再看退款页。", "Check the refund files first; then see the page of refunds."),
        )


def nullable(column: ir.Column) -> ir.Column:
    """Return the same values as a column that may be null: a union wants both its tables to say the same of that."""
    return column.nullif(ibis.null(column.type()(nullable=True)))


def month_number(day: ir.DateColumn) -> ir.IntegerColumn:
    """Return the month of a day as a number that rises by one each month."""
    return day.year() * 12 + day.month() - 1


def month_of(number: int) -> date:
    """Return the first day of a numbered month.

    Examples
    --------
    >>> month_of(2026 * 12 + 10)
    datetime.date(2026, 11, 1)
    """
    return date(number // 12, number % 12 + 1, 1)


def customer_name(buyer_key: str) -> str:
    """Return how a customer is shown: the end of the token.

    Examples
    --------
    >>> customer_name("7-h1:f3ac72e4a254302ae0c0e22c6e401664")
    '#2c6e401664'
    """
    return f"#{buyer_key[-_TOKEN_SHOWN:]}"


def person_href(key: str) -> str:
    """Return the page of a customer.

    Examples
    --------
    >>> person_href("7-h1:ab12")
    '/customers/person/7-ab12'
    """
    return f"/customers/person/{quote(key.replace(TOKEN_PREFIX, ''), safe='@-')}"


def buying_days(orders: ir.Table) -> ir.Table:
    """Return the different paid days of each buyer, orders given back whole left out, with what was paid."""
    kept = orders.filter(is_kept(orders))
    return kept.group_by(["buyer_key", "paid_date"]).aggregate(n_orders=kept.count())

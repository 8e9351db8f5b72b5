"""Hold everything against each other: orders, refunds, settlement ledgers, wallets, the stock system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zhanggui.i18n import Text
from zhanggui.ledger.engine import Ledger
from zhanggui.understand.finance.reconciliation.asking import Asked, day_text
from zhanggui.understand.finance.reconciliation.listed import late_lines, open_differences, unmatched_lines
from zhanggui.understand.finance.reconciliation.rates import link_rates
from zhanggui.understand.finance.reconciliation.report import (
    MonthStatement,
    Reconciliation,
    StockSystemStore,
    Wallet,
)
from zhanggui.understand.finance.reconciliation.statement import ledger_months, month_statements
from zhanggui.understand.finance.reconciliation.stock_system import stock_system, stock_system_rates
from zhanggui.understand.finance.reconciliation.stores import stores_of
from zhanggui.understand.finance.reconciliation.wallets import wallet_gaps, wallets
from zhanggui.understand.finance.reconciliation.words import CAUSE_NAMES

N_LISTED = 100


def reconcile(
    ledger: Ledger,
    *,
    stores: Sequence[str] = (),
    date_from: date | None = None,
    date_to: date | None = None,
    n_listed: int = N_LISTED,
) -> Reconciliation:
    """Return the reconciliation of some stores.

    Parameters
    ----------
    ledger : Ledger
        Open, and what is derived in it in step (``refresh_derived``), as after every load and opening.
    stores : sequence of str
        Names of stores; all of the company where none are given.
    date_from, date_to : date, optional
        First and last business day: of payment where orders are meant, of booking where ledger lines are.
    n_listed : int
        Rows that each list shows at most.

    Raises
    ------
    UnknownStoreNameError
        No store has one of the names.
    """
    chosen = stores_of(ledger, stores)
    asked = Asked(ledger, tuple(chosen), date_from, date_to, n_listed)
    months = month_statements(asked, chosen)
    n_unmatched, unmatched = unmatched_lines(asked, chosen)
    n_differences, differences = open_differences(asked, chosen)
    n_late, late = late_lines(asked, chosen)
    of_wallets = wallets(asked, chosen)
    of_stock_system, n_stock_system_rows, stock_system_rows = stock_system(asked, chosen)
    problems = _problems(months, n_unmatched, of_wallets, of_stock_system)
    return Reconciliation(
        date_from=day_text(date_from),
        date_to=day_text(date_to),
        ties=not problems,
        problems=problems,
        stores=tuple(one.reach() for one in chosen.values()),
        months=months,
        ledgers=ledger_months(asked, chosen),
        link_rates=(*link_rates(asked, chosen), *stock_system_rates(asked, chosen)),
        n_unmatched=n_unmatched,
        unmatched=unmatched,
        n_differences=n_differences,
        differences=differences,
        n_late=n_late,
        late=late,
        wallets=of_wallets,
        wallet_gaps=wallet_gaps(asked, chosen),
        stock_system=of_stock_system,
        n_stock_system_rows=n_stock_system_rows,
        stock_system_rows=stock_system_rows,
    )


def _problems(
    months: Sequence[MonthStatement],
    n_unmatched: int,
    of_wallets: Sequence[Wallet],
    of_stock_system: Sequence[StockSystemStore],
) -> tuple[Text, ...]:
    """Return what does not tie, in sentences."""
    found = []
    for cause, label in CAUSE_NAMES.items():
        sums: dict[str, tuple[int, float]] = {}
        for month in months:
            for row in month.causes:
                if row.cause == cause and row.is_open:
                    n, amount = sums.get(month.currency, (0, 0.0))
                    sums[month.currency] = (n + row.n_orders, amount + row.amount)
        for currency, (n, amount) in sums.items():
            told = f"{amount:,.2f} {currency}"
            found.append(Text(f"{label.zh}：{n} 单，{told}", f"{label.en}: {n} orders, {told}"))
    if n_unmatched:
        found.append(Text(f"账单行找不到订单：{n_unmatched} 行", f"ledger lines without their order: {n_unmatched}"))
    n_gaps = sum(wallet.n_gaps for wallet in of_wallets)
    if n_gaps:
        found.append(
            Text(
                f"账户余额与流水对不上：{n_gaps} 处", f"places where a wallet's balance and its lines differ: {n_gaps}"
            )
        )
    n_orders = sum(row.n_missing_in_erp + row.n_missing_on_platform + row.n_amount_differs for row in of_stock_system)
    if n_orders:
        found.append(
            Text(f"平台与 ERP 不一致：{n_orders} 单", f"orders on which platform and stock system differ: {n_orders}")
        )
    return tuple(found)
